// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/QueryTerms.h"

namespace sealbook {

QStringList queryTerms(const Query &query)
{
    const QueryNode &root = query.root();
    if (root.kind == QueryNode::Kind::All)
        return {};
    // What stands in parentheses as a whole has a length, and stays one part as it does beside
    // others.
    if (root.kind != QueryNode::Kind::And || root.length != 0)
        return {query.text().trimmed()};
    QStringList terms;
    for (const QueryNode &part : root.children)
        terms << query.text().mid(part.position, part.length).trimmed();
    return terms;
}

QString queryOfTerms(const QStringList &terms)
{
    QStringList parts;
    for (const QString &term : terms) {
        if (!term.trimmed().isEmpty())
            parts << term.trimmed();
    }
    if (parts.size() < 2)
        return parts.join(QString());
    for (QString &part : parts) {
        const Result<Query> alone = Query::parse(part);
        if (alone && alone->root().kind == QueryNode::Kind::Or && alone->root().length == 0)
            part = QLatin1Char('(') + part + QLatin1Char(')');
    }
    return parts.join(QLatin1Char(' '));
}

std::optional<QueryField> queryFieldOfTerm(const QString &term)
{
    const Result<Query> query = Query::parse(term);
    if (!query)
        return std::nullopt;
    const QueryNode *node = &query->root();
    while (node->kind == QueryNode::Kind::Not && node->children.size() == 1)
        node = &node->children.front();
    if (node->kind != QueryNode::Kind::Term)
        return std::nullopt;
    return node->term.field;
}

QString queryWithTerm(const Query &query, QueryField field, const QString &term)
{
    QStringList terms = queryTerms(query);
    terms.removeIf([field](const QString &old) { return queryFieldOfTerm(old) == field; });
    terms << term;
    return queryOfTerms(terms);
}

} // namespace sealbook
