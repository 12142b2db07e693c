// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/TxtValue.h"

namespace sealbook {

namespace {

constexpr qsizetype longestString = 255; // RFC 1035 section 3.3

QString escaped(const QByteArray &octets)
{
    QString text;
    for (const char octet : octets) {
        const auto code = static_cast<uchar>(octet);
        if (octet == '"' || octet == '\\')
            text += QLatin1String("\\") + QLatin1Char(octet);
        else if (code < 0x20 || code > 0x7e)
            text += QLatin1String("\\") + QStringLiteral("%1").arg(code, 3, 10, QLatin1Char('0'));
        else
            text += QLatin1Char(octet);
    }
    return text;
}

// Reads the character after a backslash at `position` and moves past it: \X, or \DDD.
char unescaped(const QByteArray &text, qsizetype &position)
{
    bool isNumber = false;
    const int code = text.mid(position + 1, 3).toInt(&isNumber);
    if (isNumber && position + 3 < text.size() && code <= 255 && code >= 0) {
        position += 3;
        return static_cast<char>(code);
    }
    ++position;
    return text.at(position);
}

} // namespace

QString quotedTxt(const QString &value)
{
    const QByteArray octets = value.toUtf8();
    QStringList strings;
    for (qsizetype at = 0; at < octets.size() || at == 0; at += longestString)
        strings.append(QLatin1Char('"') + escaped(octets.mid(at, longestString))
                       + QLatin1Char('"'));
    return strings.join(QLatin1Char(' '));
}

QString plainTxt(const QString &asGiven)
{
    const QByteArray text = asGiven.trimmed().toUtf8();
    if (text.size() < 2 || !text.startsWith('"') || !text.endsWith('"'))
        return asGiven.trimmed();
    QByteArray value;
    bool inside = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text.at(i);
        if (c == '"')
            inside = !inside;
        else if (c == '\\' && i + 1 < text.size())
            value += unescaped(text, i);
        else if (inside)
            value += c;
    }
    return QString::fromUtf8(value);
}

} // namespace sealbook
