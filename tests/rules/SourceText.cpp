// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/rules/SourceText.h"

#include <QRegularExpression>

namespace sealbook {

namespace {

bool isWordSign(QChar c)
{
    return c.isLetterOrNumber() || c == QLatin1Char('_');
}

// Where the literal or comment that begins at `at` ends; `at` where there is none.
qsizetype endOfSkipped(const QString &text, qsizetype at)
{
    const auto after = [&text](qsizetype found, qsizetype width) {
        return found < 0 ? text.size() : found + width;
    };
    const QStringView rest = QStringView(text).mid(at);
    if (rest.startsWith(QLatin1String("//")))
        return after(text.indexOf(QLatin1Char('\n'), at), 0);
    if (rest.startsWith(QLatin1String("/*")))
        return after(text.indexOf(QLatin1String("*/"), at + 2), 2);
    if (rest.startsWith(QLatin1String("R\"")) && (at == 0 || !isWordSign(text.at(at - 1)))) {
        const qsizetype open = text.indexOf(QLatin1Char('('), at);
        const QString close = QLatin1Char(')') + text.mid(at + 2, open - at - 2) + QLatin1Char('"');
        return after(text.indexOf(close, open), close.size());
    }
    const QChar quote = text.at(at);
    const bool separator = quote == QLatin1Char('\'') && at > 0 && text.at(at - 1).isDigit();
    if ((quote != QLatin1Char('"') && quote != QLatin1Char('\'')) || separator)
        return at;
    qsizetype end = at + 1;
    while (end < text.size() && text.at(end) != quote && text.at(end) != QLatin1Char('\n'))
        end += text.at(end) == QLatin1Char('\\') ? 2 : 1;
    return std::min(end + 1, text.size());
}

// Comments become nothing and literals "", all newlines stay.
QString withoutLiterals(const QString &text)
{
    QString code;
    code.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = endOfSkipped(text, at);
        if (end == at) {
            code.append(text.at(at++));
            continue;
        }
        const QStringView skipped = QStringView(text).mid(at, end - at);
        if (!skipped.startsWith(QLatin1Char('/')))
            code.append(QLatin1String("\"\""));
        code.append(QString(skipped.count(QLatin1Char('\n')), QLatin1Char('\n')));
        at = end;
    }
    return code;
}

} // namespace

bool Token::isWord() const
{
    return !text.isEmpty() && isWordSign(text.front());
}

SourceText::SourceText(const QString &text)
{
    // Includes are literals, so they are read from the text as it is.
    int number = 0;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (const QString &line : lines)
        readDirective(line, ++number);

    QStringList code = withoutLiterals(text).split(QLatin1Char('\n'));
    bool continued = false;
    for (QString &line : code) {
        const bool directive = continued || line.trimmed().startsWith(QLatin1Char('#'));
        continued = directive && line.endsWith(QLatin1Char('\\'));
        if (directive)
            line.clear();
    }
    readTokens(code.join(QLatin1Char('\n')));
}

void SourceText::readDirective(const QString &line, int number)
{
    static const QRegularExpression include(
        QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
    const auto match = include.match(line);
    if (match.hasMatch())
        m_includes.append({match.captured(2), match.captured(1) == QLatin1String("<"), number});
}

void SourceText::readTokens(const QString &code)
{
    int line = 1;
    for (qsizetype at = 0; at < code.size();) {
        const QChar c = code.at(at);
        if (c == QLatin1Char('\n'))
            ++line;
        if (c.isSpace()) {
            ++at;
            continue;
        }
        qsizetype end = at + 1;
        if (isWordSign(c)) {
            while (end < code.size() && isWordSign(code.at(end)))
                ++end;
        } else if (end < code.size()) {
            const QString two = code.mid(at, 2);
            if (two == QLatin1String("::") || two == QLatin1String("->"))
                ++end;
        }
        m_tokens.append({code.mid(at, end - at), line});
        at = end;
    }
}

} // namespace sealbook
