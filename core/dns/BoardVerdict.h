// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/Resolver.h"
#include "core/records/BoardRow.h"

namespace sealbook {

// What one answer means for one record: the evidence of a row, and the one place where product.md's
// verdicts are decided. A value.
struct Judgement
{
    Verdict verdict = Verdict::NotAsked;
    QString reason;
    QStringList values;
    QString rcode;
    bool authoritative = false;
    std::optional<int> ttl;
    std::optional<quint32> serial;
    std::optional<std::chrono::milliseconds> roundTrip;
    std::optional<DnsName> deeperZone; // the zone cut lies below the zone that was assumed
    bool unreachable = false; // no route, or silence: port 53 may be closed from here
    // No answer that a server of the zone gives: it is lame, or somebody on the way answers for it.
    bool foreign = false;
};

// `record.effectiveName` is set. For a server of `zone`.
[[nodiscard]] Judgement judge(const Result<DnsReply> &reply, const ExpectedRecord &record,
                              const DnsName &zone);
// For a CNAME at `name` that must lead to `target`.
[[nodiscard]] Judgement judgeHop(const Result<DnsReply> &reply, const DnsName &name,
                                 const DnsName &target, const DnsName &zone);
// For a recursive resolver, whose answers are hints: authority is not asked for.
[[nodiscard]] Judgement judgeHint(const Result<DnsReply> &reply, const ExpectedRecord &record);

// Names what is wrong with a value that is almost ours: quotes, blanks, a cut end. Empty where it
// is simply another one.
[[nodiscard]] QString slipIn(const QString &seen, const QStringList &wanted);

} // namespace sealbook
