// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

struct sockaddr;

namespace sealbook {

// Whether an address leads to this machine, into its network, or to nowhere (the special-purpose
// registries of RFC 6890), instead of to the public internet. For addresses that strangers write
// into certificates. What is neither IPv4 nor IPv6 counts as private.
[[nodiscard]] bool isPrivateAddress(const sockaddr *address);
[[nodiscard]] QString addressText(const sockaddr *address); // "192.0.2.1"

} // namespace sealbook
