// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <utility>
#include <vector>

namespace sealbook {

// What the program is made of, with the versions that are loaded now (not those it was built with):
// for the About section.
[[nodiscard]] std::vector<std::pair<QString, QString>> componentVersions();

} // namespace sealbook
