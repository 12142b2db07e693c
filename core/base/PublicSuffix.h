// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace sealbook {

// True where people register names right below `ascii` (A-labels), by the part of the public suffix
// list that the registries give: "com", "co.uk"; not "github.io", and no top-level domain that only
// a local network knows.
[[nodiscard]] bool isPublicSuffix(const QString &ascii);

} // namespace sealbook
