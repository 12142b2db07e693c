// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace sealbook {

// How many bytes the serialized Java object at the beginning of `bytes` takes (Java Object
// Serialization Specification, version 2), its stream header included. JCEKS puts a SealedObject
// between its entries without saying how long it is. Nothing of it is made; nothing where it is
// damaged, or of a kind that such an object does not have.
[[nodiscard]] std::optional<std::size_t> javaObjectSize(std::span<const std::uint8_t> bytes);

} // namespace sealbook
