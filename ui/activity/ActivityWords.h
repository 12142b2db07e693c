// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/AuditEntry.h"
#include "core/records/JobRecord.h"

#include <QCoreApplication>

namespace sealbook {

// What the activity page calls things: steps, actions, results. Only pure functions.
class ActivityWords
{
    Q_DECLARE_TR_FUNCTIONS(ActivityWords)

public:
    [[nodiscard]] static QString step(const QString &step); // "propagation" -> "waiting for DNS"
    [[nodiscard]] static QString names(const JobRecord &job); // first name and how many more
    [[nodiscard]] static QString took(std::chrono::milliseconds duration); // "240 ms", "2.4 s"
    [[nodiscard]] static QString action(const QString &action); // "credential.read" in words
    // One sentence about the chain: "Audit chain intact, 2318 entries".
    [[nodiscard]] static QString chain(const AuditVerdict &verdict);
    [[nodiscard]] static QByteArray jsonLine(const AuditEntry &entry);
};

} // namespace sealbook
