// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <bit>
#include <vector>

namespace sealbook {

// A set of rows as bits: what a term of a query finds, so that and, or and not of 100,000 rows are
// a few thousand words. All sets that meet have the same size. A value.
class RowSet
{
public:
    explicit RowSet(std::size_t rows, bool full = false)
        : m_size(rows)
        , m_words((rows + 63) / 64, full ? ~quint64{0} : 0)
    {
        trim();
    }

    void add(std::size_t row) { m_words[row / 64] |= quint64{1} << (row % 64); }
    void remove(std::size_t row) { m_words[row / 64] &= ~(quint64{1} << (row % 64)); }
    [[nodiscard]] bool contains(std::size_t row) const
    {
        return (m_words[row / 64] >> (row % 64) & 1) != 0;
    }
    [[nodiscard]] std::size_t count() const
    {
        std::size_t sum = 0;
        for (const quint64 word : m_words)
            sum += static_cast<std::size_t>(std::popcount(word));
        return sum;
    }
    [[nodiscard]] bool isEmpty() const
    {
        return std::all_of(m_words.begin(), m_words.end(), [](quint64 word) { return word == 0; });
    }
    void intersect(const RowSet &other)
    {
        for (std::size_t i = 0; i < m_words.size(); ++i)
            m_words[i] &= other.m_words[i];
    }
    void unite(const RowSet &other)
    {
        for (std::size_t i = 0; i < m_words.size(); ++i)
            m_words[i] |= other.m_words[i];
    }
    void invert()
    {
        for (quint64 &word : m_words)
            word = ~word;
        trim();
    }
    template <typename Function>
    void each(Function function) const
    {
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            for (quint64 word = m_words[i]; word != 0; word &= word - 1)
                function(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
        }
    }

private:
    void trim()
    {
        if (m_size % 64 != 0)
            m_words.back() &= (quint64{1} << (m_size % 64)) - 1;
    }

    std::size_t m_size;
    std::vector<quint64> m_words;
};

} // namespace sealbook
