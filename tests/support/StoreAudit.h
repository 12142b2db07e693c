// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/AuditFunction.h"
#include "core/store/Store.h"

namespace sealbook {

// The audit log for tests that have no AuditLog: straight into the store, or refused.
[[nodiscard]] inline Task<> appendTo(Store *store, AuditEntry entry)
{
    const Result<AuditEntry> stored = co_await store->appendAudit(entry);
    if (!stored)
        co_return fail(stored.error());
    co_return {};
}

[[nodiscard]] inline AuditFunction auditInto(Store &store)
{
    return [&store](const QString &action, const QString &subject, const QString &result,
                    const QJsonObject &details) {
        return appendTo(&store, auditEntry(action, subject, result, details));
    };
}

[[nodiscard]] inline Task<> refusedEntry()
{
    co_return fail(Error::Kind::Conflict, QStringLiteral("the log is held by another process"),
                   QStringLiteral("Wait for it."));
}

[[nodiscard]] inline AuditFunction refusingAudit()
{
    return [](const QString &, const QString &, const QString &, const QJsonObject &) {
        return refusedEntry();
    };
}

} // namespace sealbook
