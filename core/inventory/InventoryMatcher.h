// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"
#include "core/inventory/TextPattern.h"

#include <stop_token>

namespace sealbook {

// Finds the rows that fit a query: one pass over a column for each term, no row by row. Names and
// notes are foreign and may be made to hurt, so nothing looks at the same text twice for one term.
// Lives for one search on one thread; the inventory outlives it.
class InventoryMatcher
{
public:
    explicit InventoryMatcher(const Inventory &inventory, std::stop_token stop = {});

    // Means nothing where isStopped() says yes after it.
    [[nodiscard]] RowSet match(const QueryNode &node) const;
    [[nodiscard]] bool isStopped() const { return m_isStopped; }
    // What it took: bytes and rows that were looked at.
    [[nodiscard]] quint64 steps() const { return m_steps; }

private:
    [[nodiscard]] RowSet matchTerm(const QueryTerm &term) const;
    [[nodiscard]] RowSet anywhere(const QueryTerm &term) const;
    [[nodiscard]] RowSet inNames(const QueryTerm &term) const;
    [[nodiscard]] RowSet covering(const QString &host) const;
    [[nodiscard]] RowSet inZone(const QueryTerm &term) const;
    [[nodiscard]] RowSet inPart(const QueryTerm &term, InventoryColumns::Part part) const;
    [[nodiscard]] RowSet inSubject(const QueryTerm &term) const;
    [[nodiscard]] RowSet serials(const QueryTerm &term) const;
    [[nodiscard]] RowSet fingerprints(const QueryTerm &term) const;
    [[nodiscard]] RowSet sameNames(const QueryTerm &term) const;
    [[nodiscard]] RowSet inShared(const QueryTerm &term, const SharedColumn &column) const;
    [[nodiscard]] RowSet inTags(const QueryTerm &term) const;
    [[nodiscard]] RowSet inPlaces(const QueryTerm &term) const;
    [[nodiscard]] RowSet keySizes(const QueryTerm &term) const;
    [[nodiscard]] RowSet times(const QueryTerm &term) const;
    [[nodiscard]] RowSet word(QueryWord word) const;

    // Rows whose haystack holds `needle` and where `fits(row, position)` says yes by giving
    // nothing. Else it gives the position in the row from which the search goes on, behind all
    // that it would say no to.
    template <typename Function>
    [[nodiscard]] RowSet search(const Haystack &haystack, QByteArrayView needle,
                                Function fits) const;
    template <typename Function>
    [[nodiscard]] RowSet where(Function fits) const;
    [[nodiscard]] RowSet holding(const Haystack &haystack, QByteArrayView needle) const;
    // For each value of a column whether one of the term's texts fits it.
    [[nodiscard]] std::vector<quint8> fitting(const QueryTerm &term,
                                              const std::vector<QByteArray> &values) const;
    [[nodiscard]] RowSet withOneOf(const ManyColumn &column, const std::vector<quint8> &fits) const;
    [[nodiscard]] bool fits(const TextPattern &pattern, QByteArrayView text) const;
    // Counts, and looks now and then whether to stop.
    [[nodiscard]] bool goesOn(quint64 steps) const;

    const Inventory &m_inventory;
    const InventoryColumns &m_columns;
    std::size_t m_size;
    std::stop_token m_stop;
    mutable quint64 m_steps = 0;
    mutable quint64 m_nextLook = 0;
    mutable bool m_isStopped = false;
};

} // namespace sealbook
