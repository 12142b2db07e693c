// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/TextPattern.h"

#include <cstring>
#include <string_view>

namespace sealbook {

namespace {

bool isInside(char c) // of a character, behind its first byte
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Where `part` ends that begins at `at`, or -1.
qsizetype matchAt(QByteArrayView part, QByteArrayView text, qsizetype at, quint64 &steps)
{
    for (const char c : part) {
        ++steps;
        if (at >= text.size() || (c != '?' && c != text[at]))
            return -1;
        ++at;
        while (c == '?' && at < text.size() && isInside(text[at]))
            ++at;
    }
    return at;
}

// Where `part` begins that ends with the text, not before `least`, or -1.
qsizetype matchAtEnd(QByteArrayView part, QByteArrayView text, qsizetype least, quint64 &steps)
{
    qsizetype at = text.size();
    for (qsizetype i = part.size() - 1; i >= 0; --i) {
        ++steps;
        while (part[i] == '?' && at > least && isInside(text[at - 1]))
            --at;
        if (at <= least || (part[i] != '?' && part[i] != text[at - 1]))
            return -1;
        --at;
    }
    return at;
}

} // namespace

// The C library's search is several times faster than the standard library's where it is there.
qsizetype placeOf(QByteArrayView needle, QByteArrayView text)
{
    if (needle.isEmpty() || text.size() < needle.size())
        return -1;
#ifdef __GLIBC__
    const void *const hit = ::memmem(text.data(), static_cast<std::size_t>(text.size()),
                                     needle.data(), static_cast<std::size_t>(needle.size()));
    return hit ? static_cast<const char *>(hit) - text.data() : -1;
#else
    const std::string_view whole(text.data(), static_cast<std::size_t>(text.size()));
    const std::size_t at =
        whole.find(std::string_view(needle.data(), static_cast<std::size_t>(needle.size())));
    return at == std::string_view::npos ? -1 : static_cast<qsizetype>(at);
#endif
}

TextPattern::TextPattern(const QByteArray &pattern)
{
    const QList<QByteArray> parts = pattern.split('*');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool isInner = i > 0 && i + 1 < parts.size();
        if (!isInner || !parts.at(i).isEmpty()) // two stars are one
            m_parts.push_back({parts.at(i), parts.at(i).contains('?')});
        for (const QByteArray &piece : parts.at(i).split('?')) {
            if (piece.size() > m_literal.size())
                m_literal = piece;
        }
    }
}

bool TextPattern::fits(QByteArrayView text) const
{
    quint64 steps = 0;
    return fits(text, steps);
}

bool TextPattern::fits(QByteArrayView text, quint64 &steps) const
{
    qsizetype at = matchAt(m_parts.front().bytes, text, 0, steps);
    if (m_parts.size() == 1)
        return at == text.size();
    if (at < 0)
        return false;
    const qsizetype end = matchAtEnd(m_parts.back().bytes, text, at, steps);
    if (end < 0)
        return false;
    text = text.first(end);
    for (std::size_t i = 1; i + 1 < m_parts.size(); ++i) {
        const Part &part = m_parts[i];
        if (!part.hasMarks) {
            const qsizetype place = placeOf(part.bytes, text.sliced(at));
            steps += static_cast<quint64>(place < 0 ? text.size() - at : place + part.bytes.size());
            if (place < 0)
                return false;
            at += place + part.bytes.size();
            continue;
        }
        qsizetype next = -1;
        for (; next < 0 && at < text.size(); ++at) {
            if (!isInside(text[at]))
                next = matchAt(part.bytes, text, at, steps);
        }
        if (next < 0)
            return false;
        at = next;
    }
    return true;
}

} // namespace sealbook
