// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/AuditChain.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace sealbook {

QByteArray auditGenesis()
{
    return QByteArray(32, '\0');
}

QByteArray canonicalForm(const AuditEntry &entry)
{
    const QString at =
        entry.at.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")) + QLatin1Char('Z');
    // QJsonObject keeps its members sorted by name.
    const QJsonObject object{
        {QStringLiteral("action"), entry.action},
        {QStringLiteral("actor"), entry.actor},
        {QStringLiteral("at"), at},
        {QStringLiteral("details"), entry.details},
        {QStringLiteral("result"), entry.result},
        {QStringLiteral("sequence"), entry.sequence},
        {QStringLiteral("subject"), entry.subject},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray auditHash(const AuditEntry &entry)
{
    return QCryptographicHash::hash(entry.previousHash + canonicalForm(entry),
                                    QCryptographicHash::Sha256);
}

AuditWalk::AuditWalk(std::optional<AuditEntry> anchor)
    : m_anchor(std::move(anchor))
    , m_previous(auditGenesis())
{
}

bool AuditWalk::refuse(qint64 sequence, const QString &reason)
{
    m_verdict.intact = false;
    m_verdict.firstBad = sequence;
    m_verdict.reason = reason;
    return false;
}

bool AuditWalk::take(const AuditEntry &entry)
{
    if (!m_verdict.intact)
        return false;
    const qint64 expected = m_verdict.entries + 1;
    if (entry.sequence != expected)
        return refuse(expected,
                      QStringLiteral("entry %1 is missing: entry %2 stands in its place")
                          .arg(expected)
                          .arg(entry.sequence));
    if (entry.previousHash != m_previous)
        return refuse(expected,
                      QStringLiteral("entry %1 does not follow the entry before it: something was "
                                     "removed, moved or replaced there")
                          .arg(expected));
    if (entry.hash != auditHash(entry))
        return refuse(expected, QStringLiteral("entry %1 was edited").arg(expected));
    if (m_anchor && m_anchor->sequence == entry.sequence && m_anchor->hash != entry.hash)
        return refuse(expected,
                      QStringLiteral("entry %1 is not the one that the keychain remembers: the log "
                                     "was written anew")
                          .arg(expected));
    m_previous = entry.hash;
    m_verdict.entries = expected;
    return true;
}

AuditVerdict AuditWalk::finish()
{
    if (m_verdict.intact && m_anchor && m_anchor->sequence > m_verdict.entries)
        refuse(m_verdict.entries + 1,
               QStringLiteral("the log ends at entry %1, but the keychain remembers entry %2: its "
                              "end was cut off, or the database is an older copy")
                   .arg(m_verdict.entries)
                   .arg(m_anchor->sequence));
    return m_verdict;
}

} // namespace sealbook
