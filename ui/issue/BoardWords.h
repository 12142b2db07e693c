// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/BoardRow.h"
#include "ui/widgets/StateStyle.h"

#include <utility>
#include <vector>

namespace sealbook {

// What a board means in words: pure functions of its state, so that tests read them without a
// window. Translated.

// "A", "A and B", "A, B and C".
[[nodiscard]] QString joinedNames(const QStringList &names);
// RFC 1982: whether `serial` is behind `other`.
[[nodiscard]] bool isOlderSerial(quint32 serial, quint32 other);
// One row as a line of text, with its values in full.
[[nodiscard]] QString rowAsText(const BoardState &board, const BoardRow &row);

// How many authoritative addresses say what.
struct BoardCounts
{
    int reachable = 0; // all but those that cannot be checked from here
    int served = 0;
    std::vector<std::pair<Verdict, int>> byVerdict; // in the order of the enum, without zeros
};
[[nodiscard]] BoardCounts countsOf(const BoardState &board);
// "Waiting for 1 of 4 name servers"
[[nodiscard]] QString headlineOf(const BoardState &board);
// The line beneath: what happens next.
[[nodiscard]] QString promiseOf(const BoardState &board);

// What is risky about a board that is ready without every name server; empty for any other.
[[nodiscard]] QString riskOf(const BoardState &board);

// One answer to "why is this taking long?".
struct Explanation
{
    StateStyle style; // glyph and colour
    QString title;
    std::vector<std::pair<QString, QString>> facts;
    QString text;
    QString command; // something to run elsewhere; may be empty
    bool operator==(const Explanation &) const = default;
};
// What holds the board up, worst first, then what does not but looks like it. Never empty.
[[nodiscard]] std::vector<Explanation> explain(const BoardState &board, bool byHand);

// What somebody else needs to publish the records: names, values, and what each server says now.
[[nodiscard]] QString handOverSheet(const BoardState &board, const QStringList &names,
                                    const QString &caName, const QDateTime &now);
// The records alone, as zone file lines.
[[nodiscard]] QString recordsAsText(const BoardState &board);

} // namespace sealbook
