// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/inventory/ImportFormat.h"
#include "core/x509/ContainerContent.h"

#include <functional>

namespace sealbook {

// Reads one container of a hostile format (isHostileFormat), somehow.
using ContainerReader = std::function<Result<ContainerContent>(
    ImportFormat format, std::span<const std::uint8_t> bytes, const Secret &password)>;

// Reads it in this process. That is for the child process which does nothing else, for tests and
// for fuzz targets; everywhere else a ContainerProcess reads.
[[nodiscard]] Result<ContainerContent>
readContainer(ImportFormat format, std::span<const std::uint8_t> bytes, const Secret &password);

} // namespace sealbook
