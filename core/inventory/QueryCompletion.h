// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

namespace sealbook {

// What could be typed next.
struct QueryCandidate
{
    QString text; // goes in place of what is typed: "issuer:", "\"Let's Encrypt\""
    QString label; // to show: the value as it is, the field's or word's name
    QString help; // a sentence about a field or word; empty for values
    quint32 count = 0; // of a value: how many certificates outside the trash have it
    bool operator==(const QueryCandidate &) const = default;
};

struct QueryCompletion
{
    qsizetype position = 0; // what is replaced: UTF-16 units of the text
    qsizetype length = 0;
    std::vector<QueryCandidate> candidates; // best first
};

// Candidates for the place of the cursor: behind a field and its operator the values that the
// inventory holds, most frequent first; else fields, and the words that join terms. At most
// `limit`.
[[nodiscard]] QueryCompletion completeQuery(const QString &text, qsizetype cursor,
                                            const Inventory &inventory, std::size_t limit = 12);

} // namespace sealbook
