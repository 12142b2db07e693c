// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <array>

namespace sealbook {

// What one server's answer means for one validation record. Decided in core/dns, shown by the
// board, printed by the terminal. The JSON spelling is verdictName().
enum class Verdict {
    NotAsked, // no verdict yet
    Served, // our values are all in the TXT set, answered with authority
    NotYet, // no TXT there (NXDOMAIN or no data)
    OtherValue, // TXT there, ours not among them: stale or foreign
    WrongPlace, // the CNAME leads elsewhere, or the zone cut is another
    Failing, // SERVFAIL, REFUSED, lame, time-out, garbage
    CannotCheck // no route from here: says nothing about the server
};

inline constexpr std::array allVerdicts{Verdict::NotAsked,   Verdict::Served,     Verdict::NotYet,
                                        Verdict::OtherValue, Verdict::WrongPlace, Verdict::Failing,
                                        Verdict::CannotCheck};

[[nodiscard]] QString verdictName(Verdict verdict); // "not_yet"

} // namespace sealbook
