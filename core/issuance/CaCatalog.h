// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/AccountRecord.h"

#include <QString>

#include <optional>
#include <vector>

namespace sealbook {

// The certificate authorities that Sealbook knows by itself, as of November 2026. Facts only: what
// a CA says about itself today is in its directory (AccountService::askCa).
[[nodiscard]] std::vector<CaRecord> builtInCas();

// A record for a directory that the user named by its URL; its id is the URL.
[[nodiscard]] CaRecord caByUrl(const QString &url);

} // namespace sealbook
