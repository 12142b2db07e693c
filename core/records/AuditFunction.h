// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QJsonObject>
#include <QString>

#include <functional>

namespace sealbook {

// Writes one entry of the audit log, as AuditLog::record does, for services that may not know the
// log (R33). What leaves the profile MUST wait for it and not leave where it fails; what only
// changes the profile hands its entry to the store instead, to be one transaction with it.
using AuditFunction =
    std::function<Task<>(QString action, QString subject, QString result, QJsonObject details)>;

} // namespace sealbook
