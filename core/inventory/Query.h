// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/inventory/QueryValue.h"
#include "core/inventory/QueryWords.h"

#include <vector>

namespace sealbook {

enum class QueryOperator { Contains, Equal, Less, LessEqual, Greater, GreaterEqual };

// One condition. What it compares with is read once, when the text is parsed.
struct QueryTerm
{
    QueryField field = QueryField::Any;
    QueryOperator op = QueryOperator::Contains;
    QStringList texts; // lower case; one of them has to fit
    bool isQuoted = false; // stars in it are stars
    std::optional<QueryMoment> moment;
    std::optional<qint64> span; // milliseconds
    std::optional<qint64> number;
    std::vector<QueryWord> words; // of is: and has:; one of them has to fit
};

struct QueryNode
{
    enum class Kind { All, And, Or, Not, Term };
    Kind kind = Kind::All;
    std::vector<QueryNode> children;
    QueryTerm term;
    // Where it stands in the text, with its sign or parentheses: of what has to hold together with
    // others, and of what stands alone. 0 where an "or" joins all.
    qsizetype position = 0;
    qsizetype length = 0;
};

// A question to the inventory in the language that queryHelp() explains:
//
//     query  := and { ("or" | "|") and }
//     and    := unary { ["and" | "&"] unary }
//     unary  := ("not" | "-" | "!") unary | "(" query ")" | term
//     term   := word | '"' text '"' | field operator value { "," value }
//
// What cannot be a field is a plain word: a serial with colons, an IPv6 address, host:port and a
// web address just work. A value; independent of the inventory and of the time of day.
class Query
{
public:
    Query() = default; // finds everything

    // BadRequest with evidence "position" and "length" (in UTF-16 units of the text), and
    // "replacement" where there is a suggestion for what stands there; "incomplete": true where
    // the text only stops too early, as it does while it is typed.
    [[nodiscard]] static Result<Query> parse(const QString &text);

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] const QueryNode &root() const { return m_root; }
    [[nodiscard]] bool isEmpty() const { return m_root.kind == QueryNode::Kind::All; }
    // Whether the question is about such certificates, so that hiding them makes no sense.
    [[nodiscard]] bool mentions(QueryWord word) const;

    static constexpr qsizetype longestText = 4096;
    static constexpr int deepest = 50; // parentheses within each other

private:
    QString m_text;
    QueryNode m_root;
};

// Text that stands for itself in a query: quoted where it must be.
[[nodiscard]] QString queryQuoted(const QString &value);
[[nodiscard]] bool isPattern(const QString &text); // see TextPattern

} // namespace sealbook
