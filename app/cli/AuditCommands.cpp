// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "core/governance/AuditLog.h"

namespace sealbook {

namespace {
constexpr int pageSize = 500;

QJsonObject entryJson(const AuditEntry &entry)
{
    return {{QStringLiteral("sequence"), entry.sequence},
            {QStringLiteral("at"), entry.at.toString(Qt::ISODateWithMs)},
            {QStringLiteral("actor"), entry.actor},
            {QStringLiteral("action"), entry.action},
            {QStringLiteral("subject"), entry.subject},
            {QStringLiteral("result"), entry.result},
            {QStringLiteral("details"), entry.details},
            {QStringLiteral("hash"), QString::fromLatin1(entry.hash.toHex())}};
}

Task<QJsonObject> list(CommandCall call, std::stop_token stop)
{
    qint64 next = 1;
    qint64 count = 0;
    while (!stop.stop_requested()) {
        const auto entries = co_await call.services->audit().entries(next, pageSize);
        if (!entries)
            co_return fail(entries.error());
        if (entries->empty())
            break;
        for (const AuditEntry &entry : *entries) {
            ++count;
            next = entry.sequence + 1;
            call.output->item(entryJson(entry),
                              QStringLiteral("%1  %2  %3  %4  %5  %6")
                                  .arg(entry.sequence)
                                  .arg(rfc3339(entry.at), entry.actor, entry.action, entry.subject,
                                       entry.result));
        }
    }
    QJsonObject object{{QStringLiteral("count"), count}};
    co_return object;
}

Task<QJsonObject> verify(CommandCall call, std::stop_token stop)
{
    const auto verdict = co_await call.services->audit().verify(stop);
    if (!verdict)
        co_return fail(verdict.error());
    if (!verdict->intact) {
        Error error;
        error.kind = Error::Kind::Corrupt;
        error.detail = QStringLiteral("the audit chain does not hold at entry %1: %2")
                           .arg(verdict->firstBad)
                           .arg(verdict->reason);
        error.advice = QStringLiteral("Keep the file as evidence. Somebody changed it, or an older "
                                      "copy was put back.");
        error.evidence = {{QStringLiteral("first_bad"), verdict->firstBad},
                          {QStringLiteral("entries"), verdict->entries}};
        co_return fail(error);
    }
    call.output->say(QStringLiteral("Audit chain intact, %1 entries.").arg(verdict->entries));
    QJsonObject object{{QStringLiteral("intact"), true},
                       {QStringLiteral("entries"), verdict->entries}};
    co_return object;
}
} // namespace

std::vector<Command> auditCommands()
{
    Command all;
    all.words = QStringLiteral("audit list");
    all.summary = QStringLiteral("List the audit log, the oldest first.");
    all.run = list;

    Command check;
    check.words = QStringLiteral("audit verify");
    check.summary = QStringLiteral("Check the audit log's chain of hashes.");
    check.run = verify;
    return {all, check};
}

} // namespace sealbook
