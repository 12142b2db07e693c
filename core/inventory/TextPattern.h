// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <vector>

namespace sealbook {

// A pattern with * (anything) and ? (one character), taken apart once for many texts. Pattern and
// texts are UTF-8 in the same case. What stands between two stars is looked for once, from left to
// right, and never again further to the left: a text costs its length, at most times the longest
// part that has a question mark, however many stars there are. A value.
class TextPattern
{
public:
    explicit TextPattern(const QByteArray &pattern);

    // Adds to `steps` how many bytes it looked at.
    [[nodiscard]] bool fits(QByteArrayView text, quint64 &steps) const;
    [[nodiscard]] bool fits(QByteArrayView text) const;
    // The longest piece without stars and question marks: every text that fits holds it. "" where
    // there is none.
    [[nodiscard]] const QByteArray &literal() const { return m_literal; }

private:
    struct Part
    {
        QByteArray bytes;
        bool hasMarks = false;
    };

    std::vector<Part> m_parts; // what the stars set apart; the outer ones stand at the ends
    QByteArray m_literal;
};

// The first place of `needle`, or -1; also for an empty one.
[[nodiscard]] qsizetype placeOf(QByteArrayView needle, QByteArrayView text);

} // namespace sealbook
