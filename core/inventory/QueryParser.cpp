// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/QueryParser.h"

#include <QRegularExpression>

namespace sealbook {

namespace {

constexpr int mostTerms = 500;

struct Piece // of the text
{
    QString text;
    qsizetype position = 0;
    qsizetype length = 0;
    bool isQuoted = false;
};

struct Operator
{
    QueryOperator op = QueryOperator::Contains;
    bool isNegated = false; // "!="
    QString text;
};

tl::unexpected<Error> refuse(qsizetype position, qsizetype length, const QString &detail,
                             const QString &advice = {}, const QString &replacement = {})
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    error.detail = detail;
    error.advice = advice;
    error.evidence = {{QStringLiteral("position"), position}, {QStringLiteral("length"), length}};
    if (!replacement.isEmpty())
        error.evidence.insert(QStringLiteral("replacement"), replacement);
    return fail(std::move(error));
}

tl::unexpected<Error> incomplete(qsizetype position, const QString &detail)
{
    auto refused = refuse(position, 0, detail);
    refused.value().evidence.insert(QStringLiteral("incomplete"), true);
    return refused;
}

bool endsBareText(QChar c)
{
    return c.isSpace() || c == QLatin1Char('(') || c == QLatin1Char(')') || c == QLatin1Char('"');
}

// Without the characters that structure the haystack, and short.
QString folded(const QString &text)
{
    QString result = text.toLower();
    result.removeIf([](QChar c) { return c.unicode() < 0x20; });
    return result;
}

bool looksLikeAddressOrNumber(const QString &token)
{
    static const QRegularExpression hexPairs(
        QStringLiteral("^[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){2,}:?$"));
    static const QRegularExpression ipv6(
        QStringLiteral("^\\[?[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}(\\]|\\.|/|$)"));
    return hexPairs.match(token).hasMatch()
        || (token.contains(QLatin1String("::")) && ipv6.match(token).hasMatch())
        || (token.count(QLatin1Char(':')) == 7 && ipv6.match(token).hasMatch());
}

// What a person pasted, as what it is about: the host of a web address or of host:port.
QString plainWord(const QString &token)
{
    QString word = token;
    if (const qsizetype scheme = word.indexOf(QLatin1String("://")); scheme > 0) {
        word = word.mid(scheme + 3);
        for (const char end : {'/', '?', '#'})
            word = word.section(QLatin1Char(end), 0, 0);
    }
    static const QRegularExpression port(QStringLiteral("^([^:]+):[0-9]{1,5}$"));
    if (const QRegularExpressionMatch match = port.match(word);
        match.hasMatch() && match.captured(1).contains(QLatin1Char('.')))
        word = match.captured(1);
    if (word.size() > 2 && word.endsWith(QLatin1Char('.'))
        && word.indexOf(QLatin1Char('.')) < word.size() - 1)
        word.chop(1);
    return word.isEmpty() ? token : word;
}

QString withoutBlanks(const QString &text)
{
    QString result = text;
    result.removeIf(
        [](QChar c) { return c.isSpace() || c == QLatin1Char('-') || c == QLatin1Char('_'); });
    return result;
}

// "ecdsa-256", "EC P-256" and "ec256" are one thing to a person.
QString keyText(const QString &text)
{
    QString plain = withoutBlanks(text);
    if (plain.startsWith(QLatin1String("ecdsa")))
        plain.remove(2, 3);
    static const QRegularExpression size(QStringLiteral("^ec([0-9]+)$"));
    return plain.replace(size, QStringLiteral("ecp\\1"));
}

// One parse of one text. Keeps its place in the text; every function reads on from there.
class Parser
{
public:
    explicit Parser(const QString &text)
        : m_text(text)
    {
    }

    Result<QueryNode> parse()
    {
        skipBlanks();
        if (atEnd())
            return QueryNode();
        Result<QueryNode> node = either();
        if (!node)
            return node;
        if (!atEnd())
            return refuse(m_at, 1, QStringLiteral("this parenthesis closes nothing"),
                          QStringLiteral("Remove it, or put quotation marks around it."));
        return node;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] QChar current() const { return atEnd() ? QChar() : m_text[m_at]; }
    void skipBlanks()
    {
        while (!atEnd() && m_text[m_at].isSpace())
            ++m_at;
    }

    // Consumes `word` where it stands alone.
    bool takeKeyword(QLatin1String word)
    {
        if (!QStringView(m_text).mid(m_at).startsWith(word, Qt::CaseInsensitive))
            return false;
        const qsizetype end = m_at + word.size();
        if (end < m_text.size() && !endsBareText(m_text[end]))
            return false;
        m_at = end;
        return true;
    }
    bool takeSign(char sign)
    {
        if (current() != QLatin1Char(sign))
            return false;
        while (current() == QLatin1Char(sign)) // "||" too
            ++m_at;
        return true;
    }
    bool takeOr() { return takeSign('|') || takeKeyword(QLatin1String("or")); }
    bool takeAnd() { return takeSign('&') || takeKeyword(QLatin1String("and")); }

    [[nodiscard]] Result<QueryNode> either()
    {
        QueryNode node;
        node.kind = QueryNode::Kind::Or;
        do {
            skipBlanks();
            const qsizetype start = m_at;
            Result<QueryNode> part = together();
            if (!part)
                return part;
            if (part->kind == QueryNode::Kind::And && part->children.empty()) {
                if (atEnd())
                    return incomplete(m_at, QStringLiteral("something is missing at the end"));
                return refuse(start, 1,
                              QStringLiteral("something is missing before \"%1\"").arg(current()));
            }
            node.children.push_back(std::move(*part));
            skipBlanks();
        } while (takeOr());
        if (node.children.size() == 1)
            return std::move(node.children.front());
        return node;
    }

    [[nodiscard]] Result<QueryNode> together()
    {
        QueryNode node;
        node.kind = QueryNode::Kind::And;
        for (;;) {
            skipBlanks();
            if (atEnd() || current() == QLatin1Char(')') || current() == QLatin1Char('|'))
                break;
            const qsizetype start = m_at;
            if (takeKeyword(QLatin1String("or"))) {
                m_at = start;
                break;
            }
            if (takeAnd()) {
                if (node.children.empty())
                    return refuse(start, m_at - start,
                                  QStringLiteral("something is missing before \"%1\"")
                                      .arg(m_text.mid(start, m_at - start)));
                skipBlanks();
                if (atEnd())
                    return incomplete(m_at, QStringLiteral("something is missing at the end"));
                continue;
            }
            Result<QueryNode> part = unary();
            if (!part)
                return part;
            part->position = start;
            part->length = m_at - start;
            node.children.push_back(std::move(*part));
        }
        if (node.children.size() == 1)
            return std::move(node.children.front());
        return node;
    }

    [[nodiscard]] Result<QueryNode> unary()
    {
        const qsizetype start = m_at;
        const bool isSign = (current() == QLatin1Char('-') || current() == QLatin1Char('!'))
            && m_at + 1 < m_text.size() && !m_text[m_at + 1].isSpace();
        if (isSign)
            ++m_at;
        if (!isSign && !takeKeyword(QLatin1String("not")))
            return primary();
        skipBlanks();
        if (atEnd())
            return incomplete(m_at, QStringLiteral("something is missing at the end"));
        const Deeper deeper(*this);
        if (m_depth > Query::deepest)
            return tooDeep(start);
        Result<QueryNode> part = unary();
        if (!part)
            return part;
        QueryNode node;
        node.kind = QueryNode::Kind::Not;
        node.children.push_back(std::move(*part));
        return node;
    }

    [[nodiscard]] Result<QueryNode> primary()
    {
        if (++m_terms > mostTerms)
            return refuse(m_at, 0,
                          QStringLiteral("the question has more than %1 parts").arg(mostTerms));
        const qsizetype start = m_at;
        if (current() == QLatin1Char('(')) {
            const Deeper deeper(*this);
            if (m_depth > Query::deepest)
                return tooDeep(start);
            ++m_at;
            skipBlanks();
            if (current() == QLatin1Char(')'))
                return refuse(start, m_at + 1 - start,
                              QStringLiteral("there is nothing in the parentheses"));
            Result<QueryNode> node = either();
            if (!node)
                return node;
            if (current() != QLatin1Char(')'))
                return incomplete(m_at, QStringLiteral("a closing parenthesis is missing"));
            ++m_at;
            return node;
        }
        if (current() == QLatin1Char(')'))
            return refuse(start, 1, QStringLiteral("something is missing before \")\""));
        if (current() == QLatin1Char('"'))
            return plain(quoted());
        return fieldOrWord();
    }

    [[nodiscard]] tl::unexpected<Error> tooDeep(qsizetype start)
    {
        return refuse(start, 1,
                      QStringLiteral("more than %1 levels within each other").arg(Query::deepest));
    }

    // A quotation that does not end yet, because it is being typed, reaches to the end.
    [[nodiscard]] Piece quoted()
    {
        Piece piece;
        piece.position = m_at++;
        piece.isQuoted = true;
        while (!atEnd() && current() != QLatin1Char('"')) {
            if (current() == QLatin1Char('\\') && m_at + 1 < m_text.size()
                && (m_text[m_at + 1] == QLatin1Char('"') || m_text[m_at + 1] == QLatin1Char('\\')))
                ++m_at;
            piece.text += m_text[m_at++];
        }
        if (!atEnd())
            ++m_at;
        piece.length = m_at - piece.position;
        return piece;
    }

    [[nodiscard]] Piece bare(bool untilComma)
    {
        Piece piece;
        piece.position = m_at;
        while (!atEnd() && !endsBareText(current())
               && !(untilComma && current() == QLatin1Char(',')))
            piece.text += m_text[m_at++];
        piece.length = m_at - piece.position;
        return piece;
    }

    [[nodiscard]] QueryNode plain(const Piece &piece)
    {
        QueryNode node;
        const QString word = folded(piece.isQuoted ? piece.text : plainWord(piece.text));
        if (word.isEmpty())
            return node;
        node.kind = QueryNode::Kind::Term;
        node.term.texts = {word};
        node.term.isQuoted = piece.isQuoted;
        return node;
    }

    [[nodiscard]] Result<QueryNode> fieldOrWord()
    {
        const qsizetype start = m_at;
        const Piece whole = bare(false);
        const qsizetype end = m_at;
        if (looksLikeAddressOrNumber(whole.text) || whole.text.contains(QLatin1String("://")))
            return plain(whole);

        static const QRegularExpression identifier(QStringLiteral("^[A-Za-z][A-Za-z0-9_-]*"));
        const QString name = identifier.match(whole.text).captured(0);
        m_at = start + name.size();
        if (name.isEmpty() || (m_at < end && !takesOperator(m_at))) {
            m_at = end;
            return plain(whole);
        }
        const QueryFieldInfo *info = queryFieldFromName(name);
        const bool isApart = m_at == end; // "expires < 30d"
        if (isApart && info)
            skipBlanks();
        if (atEnd() || (isApart && !info) || !takesOperator(m_at)) {
            m_at = end;
            return plain(whole);
        }
        static const QRegularExpression twoPairs(QStringLiteral("^[0-9a-fA-F]{2}:[0-9a-fA-F]{2}$"));
        if (!info && twoPairs.match(whole.text).hasMatch()) {
            m_at = end;
            return plain(whole);
        }
        if (!info)
            return unknownField(start, name);
        const Operator op = takeOperator();
        return term(*info, name, start, op);
    }

    [[nodiscard]] bool takesOperator(qsizetype at) const
    {
        const QChar c = m_text[at];
        return c == QLatin1Char(':') || c == QLatin1Char('=') || c == QLatin1Char('<')
            || c == QLatin1Char('>')
            || (c == QLatin1Char('!') && at + 1 < m_text.size()
                && m_text[at + 1] == QLatin1Char('='));
    }

    // ":", "=", "==", "!=", "<", "<=", ">", ">=", and the latter behind a ":".
    [[nodiscard]] Operator takeOperator()
    {
        Operator result;
        const qsizetype start = m_at;
        if (current() == QLatin1Char(':'))
            ++m_at;
        if (current() == QLatin1Char('!') && m_at + 1 < m_text.size()
            && m_text[m_at + 1] == QLatin1Char('=')) {
            result.isNegated = true;
            result.op = QueryOperator::Equal;
            m_at += 2;
        } else if (current() == QLatin1Char('<') || current() == QLatin1Char('>')) {
            const bool isLess = current() == QLatin1Char('<');
            ++m_at;
            const bool orEqual = current() == QLatin1Char('=');
            m_at += orEqual ? 1 : 0;
            result.op = isLess ? (orEqual ? QueryOperator::LessEqual : QueryOperator::Less)
                               : (orEqual ? QueryOperator::GreaterEqual : QueryOperator::Greater);
        } else if (current() == QLatin1Char('=')) {
            takeSign('=');
            result.op = QueryOperator::Equal;
        }
        result.text = m_text.mid(start, m_at - start);
        return result;
    }

    [[nodiscard]] tl::unexpected<Error> unknownField(qsizetype start, const QString &name)
    {
        const QString guess = nearestSpelling(name, queryFieldNames());
        return refuse(start, name.size(), QStringLiteral("there is no field \"%1\"").arg(name),
                      guess.isEmpty()
                          ? QStringLiteral("Fields are %1. Put quotation marks around a word with "
                                           "a colon.")
                                .arg(queryFieldNames().join(QStringLiteral(", ")))
                          : QStringLiteral("Did you mean \"%1\"?").arg(guess),
                      guess);
    }

    [[nodiscard]] Result<QueryNode> term(const QueryFieldInfo &info, const QString &name,
                                         qsizetype start, const Operator &op)
    {
        skipBlanks();
        std::vector<Piece> pieces;
        for (;;) {
            Piece piece = current() == QLatin1Char('"') ? quoted() : bare(true);
            if (piece.length == 0) {
                if (atEnd())
                    return incomplete(
                        m_at,
                        QStringLiteral("\"%1%2\" needs a value behind it").arg(name, op.text));
                return refuse(
                    start, m_at - start,
                    QStringLiteral("\"%1%2\" needs a value behind it").arg(name, op.text));
            }
            pieces.push_back(std::move(piece));
            if (current() != QLatin1Char(','))
                break;
            ++m_at;
            skipBlanks();
            if (atEnd())
                break;
        }
        QueryNode node;
        node.kind = QueryNode::Kind::Or;
        for (const Piece &piece : pieces) {
            Result<QueryTerm> one = read(info, op, piece, start);
            if (!one)
                return fail(one.error());
            QueryNode leaf;
            leaf.kind = QueryNode::Kind::Term;
            leaf.term = std::move(*one);
            node.children.push_back(std::move(leaf));
        }
        if (node.children.size() == 1) {
            QueryNode only = std::move(node.children.front());
            node = std::move(only);
        }
        if (!op.isNegated)
            return node;
        QueryNode turned;
        turned.kind = QueryNode::Kind::Not;
        turned.children.push_back(std::move(node));
        return turned;
    }

    [[nodiscard]] Result<QueryTerm> read(const QueryFieldInfo &info, const Operator &op,
                                         const Piece &piece, qsizetype start)
    {
        QueryTerm result;
        result.field = info.field;
        result.op = op.op;
        result.isQuoted = piece.isQuoted;
        const bool compares = op.op != QueryOperator::Contains && op.op != QueryOperator::Equal;
        const bool isCount = info.field == QueryField::Name && compares;
        if (isCount)
            result.field = QueryField::NameCount;
        if (info.kind == QueryValueKind::Number || isCount || isSizeOfKey(info, op, piece))
            return readNumber(std::move(result), piece);
        if (compares
            && (info.kind == QueryValueKind::Text || info.kind == QueryValueKind::Exact
                || info.kind == QueryValueKind::Word))
            return refuse(start, piece.position - start,
                          QStringLiteral("\"%1\" cannot be compared with \"%2\"")
                              .arg(QLatin1String(info.name), op.text),
                          QStringLiteral("Use \":\" for a part of it or \"=\" for the whole."));
        switch (info.kind) {
        case QueryValueKind::Word:
            return readWord(std::move(result), piece);
        case QueryValueKind::Expiry:
        case QueryValueKind::Past:
            return readTime(std::move(result), piece);
        case QueryValueKind::Span:
            return readSpan(std::move(result), piece);
        default:
            return readText(std::move(result), piece);
        }
    }

    [[nodiscard]] static bool isSizeOfKey(const QueryFieldInfo &info, const Operator &op,
                                          const Piece &piece)
    {
        if (info.field != QueryField::Key || op.op == QueryOperator::Contains)
            return false;
        bool isNumber = false;
        piece.text.toInt(&isNumber);
        return isNumber || op.op != QueryOperator::Equal;
    }

    [[nodiscard]] Result<QueryTerm> readNumber(QueryTerm result, const Piece &piece)
    {
        bool isNumber = false;
        result.number = piece.text.toLongLong(&isNumber);
        if (!isNumber)
            return refuse(piece.position, piece.length,
                          QStringLiteral("\"%1\" is not a number").arg(piece.text));
        return result;
    }

    [[nodiscard]] Result<QueryTerm> readTime(QueryTerm result, const Piece &piece)
    {
        const Result<std::optional<QueryMoment>> moment = momentFromText(piece.text);
        if (!moment)
            return refuse(piece.position, piece.length, moment.error().detail,
                          moment.error().advice);
        result.moment = *moment;
        return result.moment ? std::move(result) : readSpan(std::move(result), piece);
    }

    [[nodiscard]] Result<QueryTerm> readSpan(QueryTerm result, const Piece &piece)
    {
        const Result<qint64> span = spanFromText(piece.text);
        if (!span)
            return refuse(piece.position, piece.length, span.error().detail, span.error().advice);
        result.span = *span;
        return result;
    }

    [[nodiscard]] Result<QueryTerm> readWord(QueryTerm result, const Piece &piece)
    {
        const std::optional<QueryWord> word = queryWordFromName(result.field, piece.text);
        if (word) {
            result.words = {*word};
            return result;
        }
        const QueryField other = result.field == QueryField::Is ? QueryField::Has : QueryField::Is;
        const QLatin1String own(queryFieldInfo(result.field).name);
        const QLatin1String otherName(queryFieldInfo(other).name);
        const bool isOfOther = queryWordFromName(other, piece.text).has_value();
        const QString guess = nearestSpelling(piece.text, queryWordNames(result.field));
        QString advice = QStringLiteral("There are %1.")
                             .arg(queryWordNames(result.field).join(QStringLiteral(", ")));
        if (isOfOther)
            advice = QStringLiteral("Did you mean \"%1:%2\"?").arg(otherName, piece.text);
        else if (!guess.isEmpty())
            advice = QStringLiteral("Did you mean \"%1:%2\"?").arg(own, guess);
        return refuse(piece.position, piece.length,
                      QStringLiteral("\"%1:\" does not know \"%2\"").arg(own, piece.text), advice,
                      isOfOther ? QString() : guess);
    }

    [[nodiscard]] Result<QueryTerm> readText(QueryTerm result, const Piece &piece)
    {
        QString text = folded(piece.text);
        const bool hasStars = !piece.isQuoted && isPattern(text);
        switch (result.field) {
        case QueryField::Serial:
        case QueryField::Sha256:
        case QueryField::Same: {
            text = withoutBlanks(text).remove(QLatin1Char(':'));
            if (text.startsWith(QLatin1String("0x")))
                text.remove(0, 2);
            static const QRegularExpression hex(QStringLiteral("^[0-9a-f*?]+$"));
            if (!hex.match(text).hasMatch())
                return refuse(
                    piece.position, piece.length,
                    QStringLiteral("\"%1\" is not written in hex digits").arg(piece.text));
            break;
        }
        case QueryField::Key:
            text = keyText(text);
            break;
        case QueryField::Signature:
            text = withoutBlanks(text);
            break;
        case QueryField::Zone:
        case QueryField::Covers:
            if (text.endsWith(QLatin1Char('.')))
                text.chop(1);
            if (result.field == QueryField::Zone && text.startsWith(QLatin1String("*.")))
                text.remove(0, 2);
            break;
        default:
            break;
        }
        // An empty quotation asks for those without: owner:"" is -has:owner.
        if (text.isEmpty() && !(piece.isQuoted && piece.text.isEmpty()))
            return refuse(piece.position, piece.length,
                          QStringLiteral("there is nothing to look for"));
        if (text.isEmpty())
            result.op = QueryOperator::Equal;
        result.isQuoted = !hasStars;
        result.texts = {text};
        return result;
    }

    // Counts the levels for as long as it lives.
    class Deeper
    {
    public:
        explicit Deeper(Parser &parser)
            : m_parser(parser)
        {
            ++m_parser.m_depth;
        }
        ~Deeper() { --m_parser.m_depth; }
        Deeper(const Deeper &) = delete;
        Deeper &operator=(const Deeper &) = delete;

    private:
        Parser &m_parser;
    };

    const QString &m_text;
    qsizetype m_at = 0;
    int m_depth = 0;
    int m_terms = 0;
};

} // namespace

Result<QueryNode> parseQuery(const QString &text)
{
    if (text.size() > Query::longestText)
        return refuse(
            Query::longestText, text.size() - Query::longestText,
            QStringLiteral("the question is longer than %1 characters").arg(Query::longestText));
    return Parser(text).parse();
}

} // namespace sealbook
