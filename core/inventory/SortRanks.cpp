// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/SortRanks.h"

#include "core/inventory/SortKeys.h"

#include <array>

namespace sealbook {

Ranks ranksOfShared(const SharedColumn &column)
{
    const Ranks ofValue = rankedByBytes(column.values.size(), [&](QByteArray &to, std::size_t i) {
        if (column.values[i].isEmpty())
            to += '\x7f'; // those without come last
        appendNaturalKey(to, column.lower[i]);
    });
    Ranks ranks(column.of.size());
    for (std::size_t i = 0; i < ranks.size(); ++i)
        ranks[i] = ofValue[column.of[i]];
    return ranks;
}

Ranks ranksOfMany(const ManyColumn &column, std::size_t rows)
{
    const Ranks ofValue = rankedByBytes(column.values.size(), [&](QByteArray &to, std::size_t i) {
        appendNaturalKey(to, column.lower[i]);
    });
    return rankedBy(rows, [&](std::size_t row) {
        const quint32 begin = column.start[row];
        const quint32 count = column.start[row + 1] - begin;
        constexpr quint64 none = 0xFFFFFFFF;
        const quint64 first = count > 0 ? ofValue[column.ids[begin]] : none;
        const quint64 second = count > 1 ? ofValue[column.ids[begin + 1]] + 1 : 0;
        return first << 32 | second;
    });
}

void sortByRanks(std::vector<quint32> &rows, const Ranks &ranks, bool descending)
{
    if (rows.size() < 2)
        return;
    constexpr unsigned bits = 11;
    constexpr quint32 mask = (1U << bits) - 1;
    quint32 largest = 0;
    for (const quint32 row : rows)
        largest = std::max(largest, ranks[row]);
    std::vector<quint32> other(rows.size());
    for (unsigned shift = 0; shift == 0 || largest >> shift != 0; shift += bits) {
        std::array<quint32, mask + 2> start{};
        const auto digit = [&](quint32 row) {
            const quint32 value = ranks[row] >> shift & mask;
            return descending ? mask - value : value;
        };
        for (const quint32 row : rows)
            ++start[digit(row) + 1];
        for (std::size_t i = 1; i < start.size(); ++i)
            start[i] += start[i - 1];
        for (const quint32 row : rows)
            other[start[digit(row)]++] = row;
        rows.swap(other);
    }
}

} // namespace sealbook
