// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

namespace sealbook {

// Finds the rows that fit a query: one pass over a column for each term, no row by row. Lives for
// one search; the inventory outlives it.
class InventoryMatcher
{
public:
    explicit InventoryMatcher(const Inventory &inventory);

    [[nodiscard]] RowSet match(const QueryNode &node) const;

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

    // Rows whose haystack holds `needle` and where `fits(row, position)` says yes.
    template <typename Function>
    [[nodiscard]] RowSet search(const Haystack &haystack, QByteArrayView needle,
                                Function fits) const;
    template <typename Function>
    [[nodiscard]] RowSet where(Function fits) const;

    const Inventory &m_inventory;
    const InventoryColumns &m_columns;
    std::size_t m_size;
};

} // namespace sealbook
