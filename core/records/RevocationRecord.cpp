// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/RevocationRecord.h"

#include <array>

namespace sealbook {

namespace {

constexpr std::array names{std::pair{RevocationRecord::State::Good, "good"},
                           std::pair{RevocationRecord::State::Revoked, "revoked"},
                           std::pair{RevocationRecord::State::Unknown, "unknown"},
                           std::pair{RevocationRecord::State::NotOffered, "not_offered"},
                           std::pair{RevocationRecord::State::Unanswered, "unanswered"}};

} // namespace

QString revocationStateName(RevocationRecord::State state)
{
    for (const auto &[candidate, name] : names) {
        if (candidate == state)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<RevocationRecord::State> revocationStateFromName(QStringView name)
{
    for (const auto &[state, candidate] : names) {
        if (name == QLatin1String(candidate))
            return state;
    }
    return std::nullopt;
}

bool isAnswer(RevocationRecord::State state)
{
    return state != RevocationRecord::State::NotOffered
        && state != RevocationRecord::State::Unanswered;
}

RevocationRecord laterOf(const RevocationRecord &before, const RevocationRecord &after)
{
    if (isAnswer(after.state) || !isAnswer(before.state))
        return after;
    RevocationRecord kept = before;
    kept.failedAt = after.failedAt;
    kept.error = after.error;
    return kept;
}

} // namespace sealbook
