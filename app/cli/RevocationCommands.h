// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/RevocationRecord.h"

#include <QJsonObject>

namespace sealbook {

// What the terminal says of a certificate's revocation: as an object, and in one line.
[[nodiscard]] QJsonObject revocationJson(const RevocationRecord &record);
[[nodiscard]] QString revocationText(const RevocationRecord &record);

} // namespace sealbook
