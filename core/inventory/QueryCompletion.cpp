// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/QueryCompletion.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace sealbook {

namespace {

// The word under the cursor, cut at its field and operator.
struct Place
{
    qsizetype position = 0;
    qsizetype length = 0; // up to the cursor and on to the end of the word
    QString typed; // up to the cursor, without an opening quotation mark
    const QueryFieldInfo *field = nullptr;
    bool isOfNoField = false; // behind a colon, and what is before it is no field
};

bool endsWord(QChar c)
{
    return c.isSpace() || c == QLatin1Char('(') || c == QLatin1Char(')');
}

Place placeAt(const QString &text, qsizetype cursor)
{
    // From the start, because only so it is known whether the cursor is within a quotation.
    qsizetype start = 0;
    bool isQuoted = false;
    for (qsizetype i = 0; i < cursor; ++i) {
        const QChar c = text[i];
        if (c == QLatin1Char('\\') && isQuoted)
            ++i;
        else if (c == QLatin1Char('"'))
            isQuoted = !isQuoted;
        else if (!isQuoted && endsWord(c))
            start = i + 1;
    }
    while (start < cursor && (text[start] == QLatin1Char('-') || text[start] == QLatin1Char('!')))
        ++start;
    qsizetype end = cursor;
    while (end < text.size() && (isQuoted ? text[end] != QLatin1Char('"') : !endsWord(text[end])))
        ++end;
    if (isQuoted && end < text.size())
        ++end;

    Place place;
    place.position = start;
    const QString word = text.mid(start, cursor - start);
    static const QRegularExpression form(
        QStringLiteral("^([A-Za-z][A-Za-z0-9_-]*)(:?(?:[<>]=?|!?=|==)|:)(.*)$"),
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = form.match(word);
    if (match.hasMatch()) {
        place.field = queryFieldFromName(match.captured(1));
        place.isOfNoField = place.field == nullptr;
        place.position = start + match.capturedStart(3);
    }
    // Of a list only its last item.
    if (place.field && !isQuoted) {
        const qsizetype comma =
            text.lastIndexOf(QLatin1Char(','), std::max<qsizetype>(cursor - 1, 0));
        if (comma >= place.position && comma < cursor)
            place.position = comma + 1;
    }
    place.length = end - place.position;
    place.typed = text.mid(place.position, cursor - place.position);
    if (place.typed.startsWith(QLatin1Char('"')))
        place.typed.remove(0, 1);
    return place;
}

class Candidates
{
public:
    Candidates(const QString &typed, const Inventory &inventory)
        : m_typed(typed)
        , m_inventory(inventory)
    {
    }

    void add(const QString &text, const QString &label, const QString &help, quint32 count = 0)
    {
        const bool begins = label.startsWith(m_typed, Qt::CaseInsensitive);
        if ((!begins && !label.contains(m_typed, Qt::CaseInsensitive)) || m_known.contains(text))
            return;
        m_known.insert(text);
        const qsizetype more = label.size() - m_typed.size();
        const bool isWhole = begins && !m_typed.isEmpty()
            && (more == 0 || (more == 1 && !label.back().isLetterOrNumber()));
        m_found.push_back({isWhole ? 0 : begins ? 1 : 2, {text, label, help, count}});
    }

    void addShared(const SharedColumn &column)
    {
        std::vector<quint32> counts(column.values.size());
        eachRow([&](std::size_t row) { ++counts[column.of[row]]; });
        addValues(column.values, counts);
    }

    void addMany(const ManyColumn &column)
    {
        std::vector<quint32> counts(column.values.size());
        eachRow([&](std::size_t row) {
            for (quint32 i = column.start[row]; i < column.start[row + 1]; ++i)
                ++counts[column.ids[i]];
        });
        addValues(column.values, counts);
    }

    void addPlaceKinds()
    {
        for (const PlaceRecord::Kind kind :
             {PlaceRecord::Kind::Issued, PlaceRecord::Kind::File, PlaceRecord::Kind::Pasted,
              PlaceRecord::Kind::Endpoint, PlaceRecord::Kind::Store, PlaceRecord::Kind::Log,
              PlaceRecord::Kind::Token}) {
            quint32 count = 0;
            eachRow([&](std::size_t row) { count += m_inventory.row(row).hasPlace(kind) ? 1 : 0; });
            if (count > 0)
                add(placeKindName(kind), placeKindName(kind), {}, count);
        }
    }

    void addWords(QueryField field)
    {
        for (const QueryWordInfo &info : queryWords()) {
            if (info.field == field)
                add(QString::fromLatin1(info.name), QString::fromLatin1(info.name),
                    QString::fromLatin1(info.help));
        }
    }

    void addFields()
    {
        for (const QueryFieldInfo &info : queryFields()) {
            const QString name = QString::fromLatin1(info.name);
            const QString sign =
                info.kind == QueryValueKind::Expiry || info.kind == QueryValueKind::Past
                ? QStringLiteral("<")
                : info.kind == QueryValueKind::Span || info.kind == QueryValueKind::Number
                ? QStringLiteral(">")
                : QStringLiteral(":");
            if (name.startsWith(m_typed, Qt::CaseInsensitive))
                add(name + sign, name + sign, QString::fromLatin1(info.help));
        }
    }

    void addExamples(std::initializer_list<const char *> examples)
    {
        for (const char *example : examples)
            add(QString::fromLatin1(example), QString::fromLatin1(example), {});
    }

    [[nodiscard]] std::vector<QueryCandidate> best(std::size_t limit)
    {
        std::vector<std::size_t> order(m_found.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(limit, order.size()));
        std::partial_sort(order.begin(), end, order.end(), [this](std::size_t a, std::size_t b) {
            const auto key = [this](std::size_t i) {
                return std::tuple(m_found[i].rank, -static_cast<qint64>(m_found[i].candidate.count),
                                  i);
            };
            return key(a) < key(b);
        });
        std::vector<QueryCandidate> candidates;
        for (auto at = order.begin(); at != end; ++at)
            candidates.push_back(std::move(m_found[*at].candidate));
        return candidates;
    }

private:
    struct Found
    {
        int rank = 0; // what is the typed text, begins with it, holds it
        QueryCandidate candidate;
    };

    template <typename Function>
    void eachRow(Function function) const
    {
        for (std::size_t row = 0; row < m_inventory.size(); ++row) {
            if (m_inventory.row(row).trashedAt == 0)
                function(row);
        }
    }

    void addValues(const std::vector<QString> &values, const std::vector<quint32> &counts)
    {
        // There may be as many as certificates: nothing is made of those that do not fit.
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (counts[i] > 0 && !values[i].isEmpty()
                && values[i].contains(m_typed, Qt::CaseInsensitive))
                add(queryQuoted(values[i]), values[i], {}, counts[i]);
        }
    }

    const QString &m_typed;
    const Inventory &m_inventory;
    std::vector<Found> m_found;
    QSet<QString> m_known;
};

void addValuesOf(Candidates &candidates, QueryField field, const InventoryColumns &columns)
{
    switch (field) {
    case QueryField::Issuer:
        candidates.addShared(columns.issuer);
        break;
    case QueryField::Key:
        candidates.addShared(columns.key);
        break;
    case QueryField::Signature:
        candidates.addShared(columns.signature);
        break;
    case QueryField::Owner:
        candidates.addShared(columns.owner);
        break;
    case QueryField::Credential:
        candidates.addShared(columns.credential);
        break;
    case QueryField::Tag:
        candidates.addMany(columns.tags);
        break;
    case QueryField::Zone:
    case QueryField::Name:
        candidates.addMany(columns.zones);
        break;
    case QueryField::Place:
        candidates.addPlaceKinds();
        candidates.addMany(columns.places);
        break;
    case QueryField::Is:
    case QueryField::Has:
        candidates.addWords(field);
        break;
    case QueryField::Expires:
        candidates.addExamples({"7d", "14d", "30d", "60d", "90d", "1y", "today", "tomorrow"});
        break;
    case QueryField::Issued:
    case QueryField::Added:
    case QueryField::Seen:
        candidates.addExamples({"1d", "7d", "30d", "90d", "1y", "today", "yesterday"});
        break;
    case QueryField::Lifetime:
        candidates.addExamples({"6d", "47d", "90d", "200d", "398d"});
        break;
    default:
        break;
    }
}

} // namespace

QueryCompletion completeQuery(const QString &text, qsizetype cursor, const Inventory &inventory,
                              std::size_t limit)
{
    const Place place = placeAt(text, std::clamp<qsizetype>(cursor, 0, text.size()));
    QueryCompletion completion;
    completion.position = place.position;
    completion.length = place.length;
    if (place.isOfNoField)
        return completion;
    Candidates candidates(place.typed, inventory);
    if (place.field) {
        addValuesOf(candidates, place.field->field, inventory.columns());
    } else {
        candidates.addFields();
        if (place.position > 0 && !place.typed.isEmpty()) {
            candidates.add(QStringLiteral("or"), QStringLiteral("or"),
                           QStringLiteral("One of the two fits."));
            candidates.add(QStringLiteral("not"), QStringLiteral("not"),
                           QStringLiteral("What follows does not fit."));
        }
    }
    completion.candidates = candidates.best(limit);
    return completion;
}

} // namespace sealbook
