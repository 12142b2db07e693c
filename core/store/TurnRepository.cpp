// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/TurnRepository.h"

#include "core/base/LeaseHolder.h"
#include "core/store/Database.h"

namespace sealbook {

Result<> TurnRepository::take(const QString &name, const QString &holder,
                              std::chrono::seconds duration)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    {
        Result<Rows> rows =
            m_database.run("SELECT holder, lease_until FROM name_turn WHERE name = ? AND "
                           "holder <> ? AND lease_until > ?",
                           {textValue(name), textValue(holder), timeValue(now)});
        if (!rows)
            return fail(rows.error(), "looking for whose turn it is");
        if (rows->next()) {
            const QString other = rows->text(0);
            const std::optional<LeaseHolder> process = LeaseHolder::fromText(other);
            if (!process || !process->isDead()) {
                Error error;
                error.kind = Error::Kind::Conflict;
                error.detail = QStringLiteral("%1 is changing the TXT records at %2")
                                   .arg(holderInWords(other), name);
                error.advice = QStringLiteral("Try again when it has finished.");
                error.evidence = {{QStringLiteral("holder"), other},
                                  {QStringLiteral("until"), rows->time(1).toString(Qt::ISODate)}};
                return fail(std::move(error));
            }
        }
    }
    const Result<int> done = m_database.change(
        "INSERT INTO name_turn (name, holder, lease_until) VALUES (?, ?, ?) ON CONFLICT (name) "
        "DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until",
        {textValue(name), textValue(holder), timeValue(now.addSecs(duration.count()))});
    if (!done)
        return fail(done.error(), "taking the turn at a name");
    return {};
}

// A row that is still ours was nobody else's meanwhile, whether its lease has ended or not.
Result<> TurnRepository::renew(const QString &name, const QString &holder,
                               std::chrono::seconds duration)
{
    const QDateTime until = QDateTime::currentDateTimeUtc().addSecs(duration.count());
    const Result<int> done =
        m_database.change("UPDATE name_turn SET lease_until = ? WHERE name = ? AND holder = ?",
                          {timeValue(until), textValue(name), textValue(holder)});
    if (!done)
        return fail(done.error(), "renewing the turn at a name");
    if (*done > 0)
        return {};
    Error error;
    error.kind = Error::Kind::Conflict;
    error.detail = QStringLiteral("the turn at %1 went to another process: this one was not heard "
                                  "of for too long (did the computer sleep?)")
                       .arg(name);
    error.advice = QStringLiteral("Try again.");
    error.evidence = {{QStringLiteral("turn_lost"), true}};
    return fail(std::move(error));
}

Result<> TurnRepository::giveBack(const QString &name, const QString &holder)
{
    const Result<int> done =
        m_database.change("DELETE FROM name_turn WHERE name = ? AND holder = ?",
                          {textValue(name), textValue(holder)});
    if (!done)
        return fail(done.error(), "giving the turn at a name back");
    return {};
}

} // namespace sealbook
