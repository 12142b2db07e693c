// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CsvFile.h"

#include <algorithm>

namespace sealbook {

namespace {

// Also the full-width forms, which some spreadsheets read like the others.
bool startsFormula(QChar c)
{
    static const QString signs = QStringLiteral("=+-@\uFF1D\uFF0B\uFF0D\uFF20");
    return signs.contains(c);
}

bool isControl(QChar c)
{
    return c < u' ' || (c >= u'\x7F' && c <= u'\x9F');
}

bool mayEndCell(QChar c)
{
    return c == QLatin1Char(',') || c == QLatin1Char(';') || c == QLatin1Char('\n');
}

// A number is no formula, whatever its sign.
bool isNumber(QStringView text)
{
    const QStringView digits = text.startsWith(u'-') ? text.sliced(1) : text;
    return !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](QChar c) {
        return c >= u'0' && c <= u'9';
    });
}

} // namespace

QString harmlessCell(const QString &text)
{
    if (isNumber(text))
        return text;
    QString result;
    result.reserve(text.size() + 2);
    bool isAtStart = true;
    for (const QChar original : text) {
        const QChar c =
            isControl(original) && original != QLatin1Char('\n') ? QChar(u' ') : original;
        if (isAtStart && startsFormula(c))
            result += QLatin1Char('\'');
        isAtStart = mayEndCell(c) || (isAtStart && (c.isSpace() || c == QLatin1Char('"')));
        result += c;
    }
    return result;
}

QByteArray csvRecord(const QStringList &cells)
{
    QByteArray record;
    for (const QString &cell : cells) {
        if (!record.isEmpty())
            record += ',';
        QByteArray bytes = harmlessCell(cell).toUtf8();
        record += '"' + bytes.replace('"', "\"\"") + '"';
    }
    return record + "\r\n";
}

} // namespace sealbook
