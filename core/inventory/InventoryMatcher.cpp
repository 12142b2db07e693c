// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/InventoryMatcher.h"

namespace sealbook {

namespace {

constexpr qint64 dayMs = 86'400'000;
constexpr qint64 longLifeMs = 200 * dayMs;
constexpr qsizetype shortestInnerHex = 8; // shorter ones are looked for at the beginning only
constexpr qint64 smallestRsaBits = 512; // sizes from here on are not those of curves

constexpr quint64 stepsBetweenLooks = 1 << 16;

bool contains(QByteArrayView text, QByteArrayView needle)
{
    return placeOf(needle, text) >= 0;
}

// A text of a term, as values are compared with it.
class WantedText
{
public:
    WantedText(const QueryTerm &term, const QString &text)
        : m_bytes(text.toUtf8())
        , m_isWhole(term.op == QueryOperator::Equal)
    {
        if (!term.isQuoted && isPattern(text))
            m_pattern.emplace(m_bytes);
    }
    [[nodiscard]] bool fits(QByteArrayView value) const
    {
        if (m_pattern)
            return m_pattern->fits(value);
        return m_isWhole ? value == m_bytes : contains(value, m_bytes);
    }

private:
    QByteArray m_bytes;
    bool m_isWhole;
    std::optional<TextPattern> m_pattern;
};

bool compare(QueryOperator op, qint64 value, qint64 wanted)
{
    switch (op) {
    case QueryOperator::Less:
        return value < wanted;
    case QueryOperator::LessEqual:
        return value <= wanted;
    case QueryOperator::Greater:
        return value > wanted;
    case QueryOperator::GreaterEqual:
        return value >= wanted;
    default:
        return value == wanted;
    }
}

// A moment against the days from `from` up to `to`.
bool compareDays(QueryOperator op, qint64 value, qint64 from, qint64 to)
{
    switch (op) {
    case QueryOperator::Less:
        return value < from;
    case QueryOperator::LessEqual:
        return value < to;
    case QueryOperator::Greater:
        return value >= to;
    case QueryOperator::GreaterEqual:
        return value >= from;
    default:
        return value >= from && value < to;
    }
}

qint64 startOfDay(qint64 moment)
{
    const qint64 rest = moment % dayMs;
    return moment - (rest < 0 ? rest + dayMs : rest);
}

QByteArrayView lineAround(QByteArrayView row, qsizetype position)
{
    qsizetype begin = position;
    while (begin > 0 && row[begin - 1] != '\n')
        --begin;
    qsizetype end = position;
    while (end < row.size() && row[end] != '\n')
        ++end;
    return row.sliced(begin, end - begin);
}

QByteArrayView withoutZeros(QByteArrayView digits)
{
    while (digits.size() > 1 && digits.front() == '0')
        digits = digits.sliced(1);
    return digits;
}

// Where the mark of the part stands that `position` lies in.
qsizetype partStart(QByteArrayView row, qsizetype position)
{
    while (position > 0 && static_cast<unsigned char>(row[position]) > InventoryColumns::End)
        --position;
    return position;
}

qsizetype partEnd(QByteArrayView row, qsizetype position)
{
    ++position;
    while (position < row.size()
           && static_cast<unsigned char>(row[position]) > InventoryColumns::End)
        ++position;
    return position;
}

qsizetype lineEnd(QByteArrayView row, qsizetype position)
{
    const qsizetype end = row.indexOf('\n', position + 1);
    return end < 0 ? row.size() : end;
}

// What of a plain word may be a part of a fingerprint or serial: its hex digits, or "".
QByteArray hexDigits(const QString &text)
{
    QString digits = text;
    digits.remove(QLatin1Char(':'));
    if (digits.startsWith(QLatin1String("0x")))
        digits.remove(0, 2);
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9'))
            || (c >= QLatin1Char('a') && c <= QLatin1Char('f'));
    });
    constexpr qsizetype shortest = 4;
    return isHex && digits.size() >= shortest ? digits.toLatin1() : QByteArray();
}

} // namespace

InventoryMatcher::InventoryMatcher(const Inventory &inventory, std::stop_token stop)
    : m_inventory(inventory)
    , m_columns(inventory.columns())
    , m_size(inventory.size())
    , m_stop(std::move(stop))
{
}

bool InventoryMatcher::goesOn(quint64 steps) const
{
    m_steps += steps;
    if (m_steps >= m_nextLook) {
        m_nextLook = m_steps + stepsBetweenLooks;
        m_isStopped = m_isStopped || m_stop.stop_requested();
    }
    return !m_isStopped;
}

bool InventoryMatcher::fits(const TextPattern &pattern, QByteArrayView text) const
{
    quint64 steps = 1;
    const bool isFit = pattern.fits(text, steps);
    return goesOn(steps) && isFit;
}

template <typename Function>
RowSet InventoryMatcher::search(const Haystack &haystack, QByteArrayView needle,
                                Function fits) const
{
    RowSet found(m_size);
    const QByteArrayView text(haystack.text);
    qsizetype at = 0;
    auto row = haystack.start.begin();
    while (at < text.size()) {
        const qsizetype hit = placeOf(needle, text.sliced(at));
        if (!goesOn(static_cast<quint64>(hit < 0 ? text.size() - at : hit + needle.size()))
            || hit < 0)
            break;
        const auto offset = static_cast<std::size_t>(at + hit);
        row = std::upper_bound(row, haystack.start.end(), offset) - 1;
        const auto index = static_cast<std::size_t>(row - haystack.start.begin());
        const auto begin = static_cast<qsizetype>(*row);
        const std::optional<qsizetype> next = fits(index, at + hit - begin);
        if (!next)
            found.add(index);
        at = next ? begin + *next : static_cast<qsizetype>(*(row + 1));
    }
    return found;
}

template <typename Function>
RowSet InventoryMatcher::where(Function fits) const
{
    RowSet found(m_size);
    for (std::size_t row = 0; row < m_size && goesOn(1); ++row) {
        if (fits(row))
            found.add(row);
    }
    return found;
}

RowSet InventoryMatcher::holding(const Haystack &haystack, QByteArrayView needle) const
{
    return search(haystack, needle,
                  [](std::size_t, qsizetype) { return std::optional<qsizetype>(); });
}

std::vector<quint8> InventoryMatcher::fitting(const QueryTerm &term,
                                              const std::vector<QByteArray> &values) const
{
    std::vector<WantedText> wanted;
    for (const QString &text : term.texts)
        wanted.emplace_back(term, text);
    std::vector<quint8> fits;
    fits.reserve(values.size());
    for (const QByteArray &value : values) {
        const bool isFit = goesOn(static_cast<quint64>(value.size()) * wanted.size())
            && std::any_of(wanted.begin(), wanted.end(),
                           [&value](const WantedText &text) { return text.fits(value); });
        fits.push_back(isFit ? 1 : 0);
    }
    return fits;
}

RowSet InventoryMatcher::withOneOf(const ManyColumn &column, const std::vector<quint8> &fits) const
{
    if (std::all_of(fits.begin(), fits.end(), [](quint8 fit) { return fit == 0; }))
        return RowSet(m_size);
    return where([&](std::size_t row) {
        return std::any_of(column.ids.begin() + column.start[row],
                           column.ids.begin() + column.start[row + 1],
                           [&](quint32 id) { return fits[id] != 0; });
    });
}

RowSet InventoryMatcher::match(const QueryNode &node) const
{
    switch (node.kind) {
    case QueryNode::Kind::All:
        return RowSet(m_size, true);
    case QueryNode::Kind::Term:
        return matchTerm(node.term);
    case QueryNode::Kind::Not: {
        RowSet found = match(node.children.front());
        found.invert();
        return found;
    }
    case QueryNode::Kind::And: {
        RowSet found(m_size, true);
        for (const QueryNode &child : node.children) {
            found.intersect(match(child));
            if (found.isEmpty() || m_isStopped)
                break;
        }
        return found;
    }
    case QueryNode::Kind::Or: {
        RowSet found(m_size);
        for (const QueryNode &child : node.children)
            found.unite(match(child));
        return found;
    }
    }
    Q_UNREACHABLE();
}

RowSet InventoryMatcher::matchTerm(const QueryTerm &term) const
{
    switch (term.field) {
    case QueryField::Any:
        return anywhere(term);
    case QueryField::Name:
        return inNames(term);
    case QueryField::Covers:
        return covering(term.texts.front());
    case QueryField::Zone:
        return inZone(term);
    case QueryField::Subject:
        return inSubject(term);
    case QueryField::Issuer: {
        RowSet found = inShared(term, m_columns.issuer);
        found.unite(inShared(term, m_columns.issuerDn));
        return found;
    }
    case QueryField::Serial:
        return serials(term);
    case QueryField::Sha256:
        return fingerprints(term);
    case QueryField::Same:
        return sameNames(term);
    case QueryField::Key:
        return term.number ? keySizes(term) : inShared(term, m_columns.key);
    case QueryField::Signature:
        return inShared(term, m_columns.signature);
    case QueryField::Owner:
        return inShared(term, m_columns.owner);
    case QueryField::Credential:
        return inShared(term, m_columns.credential);
    case QueryField::Tag:
        return inTags(term);
    case QueryField::Note:
        return inPart(term, InventoryColumns::Note);
    case QueryField::Place:
        return inPlaces(term);
    case QueryField::Expires:
    case QueryField::Issued:
    case QueryField::Added:
    case QueryField::Seen:
    case QueryField::Lifetime:
        return times(term);
    case QueryField::NameCount:
        return where([&](std::size_t row) {
            return compare(term.op, m_inventory.row(row).nameCount(), *term.number);
        });
    case QueryField::Failed:
        return where([&](std::size_t row) {
            return compare(term.op, m_inventory.row(row).failedRenewals, *term.number);
        });
    case QueryField::Is:
    case QueryField::Has:
        return word(term.words.front());
    }
    Q_UNREACHABLE();
}

RowSet InventoryMatcher::anywhere(const QueryTerm &term) const
{
    const QString &text = term.texts.front();
    if (!term.isQuoted && isPattern(text)) {
        RowSet found = inNames(term);
        found.unite(inSubject(term));
        return found;
    }
    const QByteArray needle = text.toUtf8();
    RowSet found = holding(m_columns.names, needle);
    // A short word that happens to be hex ("cafe") would turn up inside of many serial numbers.
    found.unite(search(m_columns.rest, needle, [&](std::size_t row, qsizetype position) {
        std::optional<qsizetype> next;
        if (needle.size() >= shortestInnerHex)
            return next;
        const QByteArrayView parts = m_columns.rest.ofRow(row);
        const qsizetype start = partStart(parts, position);
        if (parts[start] == InventoryColumns::Serial && position != start + 1)
            next = partEnd(parts, position);
        return next;
    }));
    for (const SharedColumn *column : {&m_columns.issuer, &m_columns.issuerDn, &m_columns.owner})
        found.unite(inShared(term, *column));
    QueryTerm tag = term; // a part of a tag is enough here
    tag.op = QueryOperator::Contains;
    found.unite(withOneOf(m_columns.tags, fitting(tag, m_columns.tags.lower)));
    const QByteArray digits = hexDigits(text);
    if (digits.isEmpty())
        return found;
    QueryTerm hex = term;
    hex.op = QueryOperator::Contains;
    const QString star = digits.size() < shortestInnerHex ? QStringLiteral("*") : QString();
    hex.texts = {QString::fromLatin1(digits) + star};
    hex.isQuoted = star.isEmpty();
    found.unite(fingerprints(hex));
    if (digits != needle) // it had colons
        found.unite(serials(hex));
    return found;
}

RowSet InventoryMatcher::inNames(const QueryTerm &term) const
{
    const QByteArray text = term.texts.front().toUtf8();
    if (text.isEmpty())
        return where([&](std::size_t row) { return m_columns.names.ofRow(row).isEmpty(); });
    if (term.isQuoted || !isPattern(term.texts.front()))
        return holding(m_columns.names,
                       term.op == QueryOperator::Equal ? QByteArray('\n' + text + '\n') : text);
    const TextPattern pattern(text);
    if (pattern.literal().isEmpty())
        return where([&](std::size_t row) {
            const QByteArrayView names = m_columns.names.ofRow(row);
            for (qsizetype at = 1; at < names.size();) {
                const QByteArrayView line = lineAround(names, at);
                if (fits(pattern, line))
                    return true;
                at += line.size() + 1;
            }
            return false;
        });
    return search(m_columns.names, pattern.literal(), [&](std::size_t row, qsizetype position) {
        const QByteArrayView names = m_columns.names.ofRow(row);
        std::optional<qsizetype> next;
        if (!fits(pattern, lineAround(names, position)))
            next = lineEnd(names, position);
        return next;
    });
}

RowSet InventoryMatcher::covering(const QString &host) const
{
    const QByteArray name = host.toUtf8();
    RowSet found = holding(m_columns.names, QByteArray('\n' + name + '\n'));
    const qsizetype dot = name.indexOf('.');
    // RFC 6125 section 6.4.3: the star stands for one label.
    if (dot > 0 && !name.startsWith('*'))
        found.unite(holding(m_columns.names, QByteArray("\n*" + name.mid(dot) + '\n')));
    return found;
}

RowSet InventoryMatcher::inZone(const QueryTerm &term) const
{
    const QByteArray zone = term.texts.front().toUtf8();
    const ManyColumn &zones = m_columns.zones;
    if (zone.isEmpty())
        return where([&](std::size_t row) { return zones.start[row] == zones.start[row + 1]; });
    if (!term.isQuoted && isPattern(term.texts.front()))
        return withOneOf(zones, fitting(term, zones.lower));
    RowSet found = holding(m_columns.names, QByteArray('\n' + zone + '\n'));
    found.unite(holding(m_columns.names, QByteArray('.' + zone + '\n')));
    return found;
}

RowSet InventoryMatcher::inPart(const QueryTerm &term, InventoryColumns::Part part) const
{
    const Haystack &rest = m_columns.rest;
    const QByteArray text = term.texts.front().toUtf8();
    const auto next = static_cast<char>(part + 1);
    if (!term.isQuoted && isPattern(term.texts.front()))
        return where([&, pattern = TextPattern(text)](std::size_t row) {
            const QByteArrayView parts = rest.ofRow(row);
            const qsizetype begin = parts.indexOf(static_cast<char>(part)) + 1;
            const qsizetype end = parts.indexOf(next, begin);
            return fits(pattern, parts.sliced(begin, end - begin));
        });
    if (term.op == QueryOperator::Equal)
        return holding(rest, QByteArray(static_cast<char>(part) + text + next));
    return search(rest, text, [&](std::size_t row, qsizetype position) {
        const QByteArrayView parts = rest.ofRow(row);
        std::optional<qsizetype> other;
        if (parts[partStart(parts, position)] != static_cast<char>(part))
            other = partEnd(parts, position);
        return other;
    });
}

RowSet InventoryMatcher::inSubject(const QueryTerm &term) const
{
    RowSet found = inPart(term, InventoryColumns::Subject);
    if (!term.texts.front().isEmpty())
        found.unite(inPart(term, InventoryColumns::SubjectDn));
    return found;
}

// Leading zeros are a matter of taste: tools print 0a and a.
RowSet InventoryMatcher::serials(const QueryTerm &term) const
{
    const QByteArray text = term.texts.front().toLatin1();
    if (!term.isQuoted || term.op == QueryOperator::Equal) {
        const QByteArray wanted = withoutZeros(text).toByteArray();
        return where([&, pattern = TextPattern(wanted)](std::size_t row) {
            const QByteArrayView serial = withoutZeros(m_inventory.row(row).serial);
            return term.isQuoted ? serial == wanted : fits(pattern, serial);
        });
    }
    QueryTerm part = term;
    part.texts = {QString::fromLatin1(withoutZeros(text))};
    return inPart(part, InventoryColumns::Serial);
}

RowSet InventoryMatcher::fingerprints(const QueryTerm &term) const
{
    const WantedText wanted(term, term.texts.front());
    std::array<char, 2 * Fingerprint::size> digits{};
    const QByteArrayView view(digits.data(), 2 * Fingerprint::size);
    return where([&](std::size_t row) {
        m_inventory.row(row).sha256.writeHex(digits.data());
        return wanted.fits(view);
    });
}

RowSet InventoryMatcher::sameNames(const QueryTerm &term) const
{
    RowSet found(m_size);
    const QByteArray text = term.texts.front().toLatin1();
    std::array<char, 2 * Fingerprint::size> digits{};
    for (std::size_t row = 0; row < m_size && goesOn(1); ++row) {
        if (found.contains(row)) // its whole family is in already
            continue;
        m_inventory.row(row).sha256.writeHex(digits.data());
        if (!QByteArrayView(digits.data(), 2 * Fingerprint::size).startsWith(text))
            continue;
        const std::vector<quint32> family = m_inventory.lineage(row);
        if (!goesOn(family.size()))
            break;
        for (const quint32 member : family)
            found.add(member);
    }
    return found;
}

RowSet InventoryMatcher::inShared(const QueryTerm &term, const SharedColumn &column) const
{
    const std::vector<quint8> fits = fitting(term, column.lower);
    if (std::all_of(fits.begin(), fits.end(), [](quint8 fit) { return fit == 0; }))
        return RowSet(m_size);
    return where([&](std::size_t row) { return fits[column.of[row]] != 0; });
}

RowSet InventoryMatcher::inTags(const QueryTerm &term) const
{
    const ManyColumn &tags = m_columns.tags;
    if (term.texts.front().isEmpty())
        return where([&](std::size_t row) { return tags.start[row] == tags.start[row + 1]; });
    QueryTerm whole = term; // "prod" must not find "nonprod"
    whole.op = QueryOperator::Equal;
    return withOneOf(tags, fitting(whole, tags.lower));
}

RowSet InventoryMatcher::inPlaces(const QueryTerm &term) const
{
    const QString &text = term.texts.front();
    if (text.isEmpty())
        return where([&](std::size_t row) { return m_inventory.row(row).places.isEmpty(); });
    if (const std::optional<PlaceRecord::Kind> kind = placeKindFromName(text))
        return where([&](std::size_t row) { return m_inventory.row(row).hasPlace(*kind); });
    // Rare enough to look at each place: folders are case-sensitive, but people are not.
    const QByteArray wanted = text.toUtf8();
    const bool isGlob = !term.isQuoted && isPattern(text);
    const TextPattern pattern(wanted);
    return where([&](std::size_t row) {
        const QByteArray &places = m_inventory.row(row).places;
        if (places.isEmpty())
            return false;
        const QByteArray lower = places.toLower();
        if (!isGlob && term.op != QueryOperator::Equal)
            return contains(lower, wanted);
        for (qsizetype at = 0; at < lower.size();) {
            const QByteArrayView line = lineAround(lower, at);
            const QByteArrayView location = line.sliced(line.indexOf(':') + 1);
            if (isGlob ? fits(pattern, line) || fits(pattern, location)
                       : line == wanted || location == wanted)
                return true;
            at += line.size() + 1;
        }
        return false;
    });
}

RowSet InventoryMatcher::keySizes(const QueryTerm &term) const
{
    std::vector<quint8> fits;
    for (std::size_t i = 0; i < m_columns.key.lower.size(); ++i) {
        const bool isLarge =
            m_columns.key.lower[i].startsWith("rsa") || m_columns.key.lower[i].startsWith("dsa");
        const qint64 bits = m_columns.keyBits[i];
        fits.push_back(bits != 0 && isLarge == (*term.number >= smallestRsaBits)
                       && compare(term.op, bits, *term.number));
    }
    return where([&](std::size_t row) { return fits[m_columns.key.of[row]] != 0; });
}

RowSet InventoryMatcher::times(const QueryTerm &term) const
{
    const qint64 now = m_inventory.now();
    // What is no certificate has neither begun nor does it end.
    const bool isOfCertificates = term.field != QueryField::Added && term.field != QueryField::Seen;
    const auto where = [&](auto fits) {
        return this->where([&](std::size_t row) {
            return (!isOfCertificates || m_inventory.row(row).isCertificate()) && fits(row);
        });
    };
    const auto valueOf = [&](std::size_t row) {
        const InventoryRow &given = m_inventory.row(row);
        switch (term.field) {
        case QueryField::Expires:
            return given.notAfter;
        case QueryField::Issued:
            return given.notBefore;
        case QueryField::Added:
            return given.addedAt;
        case QueryField::Seen:
            return given.seenAt;
        default:
            return given.notAfter - given.notBefore;
        }
    };
    if (term.moment) {
        QueryMoment days = *term.moment;
        if (days.isRelative) {
            days.from = startOfDay(now) + days.dayOffset * dayMs;
            days.to = days.from + dayMs;
        }
        return where([&](std::size_t row) {
            return compareDays(term.op, valueOf(row), days.from, days.to);
        });
    }
    const qint64 span = *term.span;
    if (term.field == QueryField::Lifetime) {
        const bool isAbout = term.op == QueryOperator::Contains || term.op == QueryOperator::Equal;
        return where([&](std::size_t row) {
            const qint64 life = valueOf(row);
            return isAbout ? std::abs(life - span) <= dayMs : compare(term.op, life, span);
        });
    }
    // "expires:30d" and "issued:30d" say: within.
    const QueryOperator op =
        term.op == QueryOperator::Contains ? QueryOperator::LessEqual : term.op;
    if (op == QueryOperator::Equal)
        return where([&](std::size_t row) {
            const qint64 distance =
                term.field == QueryField::Expires ? valueOf(row) - now : now - valueOf(row);
            return startOfDay(distance) == startOfDay(span);
        });
    if (term.field == QueryField::Expires)
        return where([&](std::size_t row) { return compare(op, valueOf(row) - now, span); });
    return where([&](std::size_t row) { return compare(op, now - valueOf(row), span); });
}

RowSet InventoryMatcher::word(QueryWord word) const
{
    const qint64 now = m_inventory.now();
    const auto flag = [this](InventoryRow::Flag wanted) {
        return where([&](std::size_t row) { return m_inventory.row(row).is(wanted); });
    };
    const auto trait = [this](InventoryColumns::Trait wanted) {
        return where([&](std::size_t row) { return (m_columns.traits[row] & wanted) != 0; });
    };
    const auto urgency = [this](Urgency wanted) {
        return where([&](std::size_t row) { return m_inventory.urgency(row) == wanted; });
    };
    const auto each = [this](auto fits) {
        return where([&](std::size_t row) { return fits(m_inventory.row(row)); });
    };
    switch (word) {
    case QueryWord::Expired:
        return each([now](const InventoryRow &row) { return row.notAfter <= now; });
    case QueryWord::Valid:
        return each([now](const InventoryRow &row) {
            return row.notBefore <= now && now < row.notAfter && row.isCertificate();
        });
    case QueryWord::Future:
        return each(
            [now](const InventoryRow &row) { return row.notBefore > now && row.isCertificate(); });
    case QueryWord::Overdue:
        return urgency(Urgency::Overdue);
    case QueryWord::ActNow:
        return urgency(Urgency::ActNow);
    case QueryWord::Soon:
        return urgency(Urgency::Soon);
    case QueryWord::Fine:
        return urgency(Urgency::Fine);
    case QueryWord::Retired:
        return urgency(Urgency::Retired);
    case QueryWord::Trashed:
        return each([](const InventoryRow &row) { return row.trashedAt != 0; });
    case QueryWord::Revoked:
        return each([](const InventoryRow &row) { return row.revokedAt != 0; });
    case QueryWord::Superseded:
        return where([&](std::size_t row) { return m_inventory.isSuperseded(row); });
    case QueryWord::Latest:
        return where([&](std::size_t row) {
            return !m_inventory.isSuperseded(row) && m_inventory.row(row).isCertificate();
        });
    case QueryWord::Wildcard:
        return trait(InventoryColumns::Wildcard);
    case QueryWord::Idn:
        return trait(InventoryColumns::Idn);
    case QueryWord::Ip:
        return trait(InventoryColumns::Ip);
    case QueryWord::Ca:
        return flag(InventoryRow::IsCa);
    case QueryWord::SelfSigned:
        return flag(InventoryRow::SelfIssued);
    case QueryWord::Weak:
        return trait(InventoryColumns::Weak);
    case QueryWord::Sha1:
        return trait(InventoryColumns::Sha1);
    case QueryWord::Long:
        return each([](const InventoryRow &row) {
            return !row.is(InventoryRow::IsCa) && row.isCertificate()
                && row.notAfter - row.notBefore > longLifeMs;
        });
    case QueryWord::SharedKey:
        return trait(InventoryColumns::SharedKey);
    case QueryWord::Served:
        return flag(InventoryRow::Served);
    case QueryWord::Drift:
        return where([&](std::size_t row) { return m_inventory.isDrift(row); });
    case QueryWord::Certificate:
        return each([](const InventoryRow &row) { return row.isCertificate(); });
    case QueryWord::Request:
        return flag(InventoryRow::IsRequest);
    case QueryWord::Key:
        return flag(InventoryRow::IsKey);
    case QueryWord::HasKey:
        return flag(InventoryRow::HasKey);
    case QueryWord::HasNote:
        return each([](const InventoryRow &row) { return !row.note.isEmpty(); });
    case QueryWord::HasOwner:
        return each([](const InventoryRow &row) { return !row.owner.isEmpty(); });
    case QueryWord::HasTag:
        return each([](const InventoryRow &row) { return !row.tags.isEmpty(); });
    case QueryWord::HasPlace:
        return each(
            [](const InventoryRow &row) { return row.hasPlace(PlaceRecord::Kind::Endpoint); });
    case QueryWord::HasCredential:
        return each([](const InventoryRow &row) { return !row.credential.isEmpty(); });
    case QueryWord::HasName:
        return each([](const InventoryRow &row) { return !row.names.isEmpty(); });
    case QueryWord::HasWindow:
        return each([](const InventoryRow &row) { return row.windowEnd != 0; });
    }
    Q_UNREACHABLE();
}

} // namespace sealbook
