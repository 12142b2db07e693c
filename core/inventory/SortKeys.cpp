// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/SortKeys.h"

#include <algorithm>

namespace sealbook {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr qsizetype longestNumber = 200; // its length has to fit into one byte

} // namespace

// A run of digits becomes '0', its length, its digits: a shorter number is a smaller one. The '0'
// keeps numbers at their place among letters and signs.
void appendNaturalKey(QByteArray &to, QByteArrayView lower)
{
    for (qsizetype i = 0; i < lower.size();) {
        if (!isDigit(lower[i])) {
            to += lower[i++];
            continue;
        }
        while (i + 1 < lower.size() && lower[i] == '0' && isDigit(lower[i + 1]))
            ++i;
        qsizetype end = i;
        while (end < lower.size() && end - i < longestNumber && isDigit(lower[end]))
            ++end;
        to += '0';
        to += static_cast<char>(end - i);
        to.append(lower.sliced(i, end - i));
        i = end;
    }
}

void appendNameKey(QByteArray &to, QByteArrayView lower)
{
    const bool isAddress = lower.contains(':')
        || std::all_of(lower.begin(), lower.end(), [](char c) { return isDigit(c) || c == '.'; });
    if (isAddress) {
        appendNaturalKey(to, lower);
        return;
    }
    qsizetype end = lower.size();
    for (;;) {
        qsizetype begin = end;
        while (begin > 0 && lower[begin - 1] != '.')
            --begin;
        appendNaturalKey(to, lower.sliced(begin, end - begin));
        if (begin == 0)
            break;
        to += '\1'; // below all that a label can hold
        end = begin - 1;
    }
}

} // namespace sealbook
