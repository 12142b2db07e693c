// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/BoardRow.h"

#include <QJsonArray>

namespace sealbook {

QJsonObject toJson(const BoardRow &row)
{
    QJsonObject evidence{{QStringLiteral("reason"), row.reason},
                         {QStringLiteral("rcode"), row.rcode},
                         {QStringLiteral("aa"), row.authoritative},
                         {QStringLiteral("values"), QJsonArray::fromStringList(row.valuesSeen)},
                         {QStringLiteral("rounds"), row.rounds}};
    if (row.ttl)
        evidence.insert(QStringLiteral("ttl"), *row.ttl);
    if (row.serial)
        evidence.insert(QStringLiteral("serial"), static_cast<qint64>(*row.serial));
    if (row.roundTrip)
        evidence.insert(QStringLiteral("rtt_ms"), static_cast<qint64>(row.roundTrip->count()));
    if (row.askedAt.isValid())
        evidence.insert(QStringLiteral("asked_at"), row.askedAt.toString(Qt::ISODateWithMs));
    return {{QStringLiteral("name"), row.recordName.text()},
            {QStringLiteral("zone"), row.zone},
            {QStringLiteral("server"), row.server},
            {QStringLiteral("address"), row.address},
            {QStringLiteral("resolver"), row.isResolver},
            {QStringLiteral("verdict"), verdictName(row.verdict)},
            {QStringLiteral("evidence"), evidence}};
}

QString phaseName(BoardState::Phase phase)
{
    switch (phase) {
    case BoardState::Phase::Looking:
        return QStringLiteral("looking");
    case BoardState::Phase::Waiting:
        return QStringLiteral("waiting");
    case BoardState::Phase::Confirming:
        return QStringLiteral("confirming");
    case BoardState::Phase::Ready:
        return QStringLiteral("ready");
    case BoardState::Phase::ReadyWithWarning:
        return QStringLiteral("ready_with_warning");
    case BoardState::Phase::ReadyByOutsideView:
        return QStringLiteral("ready_by_outside_view");
    case BoardState::Phase::Stopped:
        return QStringLiteral("stopped");
    }
    Q_UNREACHABLE();
}

} // namespace sealbook
