// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/Query.h"

#include "core/inventory/QueryParser.h"

#include <QRegularExpression>

namespace sealbook {

namespace {

bool mentionsWord(const QueryNode &node, QueryWord word)
{
    const std::vector<QueryWord> &words = node.term.words;
    return std::find(words.begin(), words.end(), word) != words.end()
        || std::any_of(node.children.begin(), node.children.end(),
                       [word](const QueryNode &child) { return mentionsWord(child, word); });
}

} // namespace

Result<Query> Query::parse(const QString &text)
{
    Result<QueryNode> root = parseQuery(text);
    if (!root)
        return fail(root.error(), "reading the question");
    Query query;
    query.m_text = text;
    query.m_root = std::move(*root);
    return query;
}

bool Query::mentions(QueryWord word) const
{
    return mentionsWord(m_root, word);
}

QString queryQuoted(const QString &value)
{
    static const QRegularExpression plain(QStringLiteral("^[\\p{L}\\p{N}][\\p{L}\\p{N}._/@+-]*$"));
    if (plain.match(value).hasMatch())
        return value;
    QString escaped = value;
    escaped.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    escaped.replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + escaped + QLatin1Char('"');
}

bool isPattern(const QString &text)
{
    return text.contains(QLatin1Char('*')) || text.contains(QLatin1Char('?'));
}

} // namespace sealbook
