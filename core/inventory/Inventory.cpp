// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/Inventory.h"

#include "core/base/Task.h"
#include "core/inventory/InventoryMatcher.h"
#include "core/inventory/SortKeys.h"
#include "core/inventory/SortRanks.h"
#include "core/inventory/UnknownCertificates.h"

#include <QHash>

#include <numeric>

namespace sealbook {

namespace {

constexpr std::array fieldNames{
    std::pair{InventoryField::Name, "name"},
    std::pair{InventoryField::Issuer, "issuer"},
    std::pair{InventoryField::Expires, "expires"},
    std::pair{InventoryField::Issued, "issued"},
    std::pair{InventoryField::Added, "added"},
    std::pair{InventoryField::Lifetime, "lifetime"},
    std::pair{InventoryField::Key, "key"},
    std::pair{InventoryField::Signature, "sig"},
    std::pair{InventoryField::Owner, "owner"},
    std::pair{InventoryField::Tags, "tag"},
    std::pair{InventoryField::Places, "place"},
    std::pair{InventoryField::Credential, "credential"},
    std::pair{InventoryField::Urgency, "urgency"},
    std::pair{InventoryField::Zone, "zone"},
    std::pair{InventoryField::Serial, "serial"},
    std::pair{InventoryField::NameCount, "count"},
    std::pair{InventoryField::FailedRenewals, "failed"},
};
static_assert(fieldNames.size() == inventoryFieldCount);

constexpr std::array groupingNames{
    std::pair{InventoryGrouping::None, "none"},   std::pair{InventoryGrouping::Issuer, "issuer"},
    std::pair{InventoryGrouping::Zone, "zone"},   std::pair{InventoryGrouping::Tag, "tag"},
    std::pair{InventoryGrouping::Place, "place"}, std::pair{InventoryGrouping::Urgency, "urgency"}};

bool isTestIssuer(const QString &issuer)
{
    return issuer.contains(QLatin1String("staging"), Qt::CaseInsensitive)
        || issuer.startsWith(QLatin1String("Pebble"), Qt::CaseInsensitive)
        || issuer.startsWith(QLatin1String("Fake LE"), Qt::CaseInsensitive);
}

// "rsa", "ec", "ed": the part of a key's name that stays when its size changes.
QByteArray kindOfKey(const QByteArray &normalized)
{
    qsizetype end = 0;
    while (end < normalized.size() && end < 2 && normalized[end] >= 'a' && normalized[end] <= 'z')
        ++end;
    return normalized.left(end);
}

// Within a family: kind of key and test issuer (0 for the real ones) -> the latest end. Nearly all
// families have one or two; but strangers may bring one of thousands, each by an issuer of its own.
class Jobs
{
public:
    void clear()
    {
        m_jobs.clear();
        m_places.clear();
    }
    [[nodiscard]] qint64 latestEnd(quint32 kind, quint32 testIssuer, qint64 otherwise) const
    {
        const std::size_t place = placeOf(kind, testIssuer);
        return place < m_jobs.size() ? m_jobs[place].latestEnd : otherwise;
    }
    void add(quint32 kind, quint32 testIssuer, qint64 end)
    {
        const std::size_t place = placeOf(kind, testIssuer);
        if (place < m_jobs.size()) {
            m_jobs[place].latestEnd = std::max(m_jobs[place].latestEnd, end);
            return;
        }
        m_jobs.push_back({kind, testIssuer, end});
        if (m_jobs.size() < few)
            return;
        for (std::size_t i = static_cast<std::size_t>(m_places.size()); i < m_jobs.size(); ++i)
            m_places.insert(keyOf(m_jobs[i].kind, m_jobs[i].testIssuer), i);
    }

private:
    struct Job
    {
        quint32 kind = 0;
        quint32 testIssuer = 0;
        qint64 latestEnd = 0;
    };
    static constexpr std::size_t few = 8; // up to here a walk is quicker than a hash

    static quint64 keyOf(quint32 kind, quint32 testIssuer)
    {
        return quint64{kind} << 32 | testIssuer;
    }
    [[nodiscard]] std::size_t placeOf(quint32 kind, quint32 testIssuer) const
    {
        if (m_jobs.size() >= few)
            return m_places.value(keyOf(kind, testIssuer), m_jobs.size());
        std::size_t place = 0;
        while (place < m_jobs.size()
               && (m_jobs[place].kind != kind || m_jobs[place].testIssuer != testIssuer))
            ++place;
        return place;
    }

    std::vector<Job> m_jobs;
    QHash<quint64, std::size_t> m_places; // empty while there are few
};

} // namespace

QString inventoryFieldName(InventoryField field)
{
    return QString::fromLatin1(fieldNames[static_cast<std::size_t>(field)].second);
}

std::optional<InventoryField> inventoryFieldFromName(const QString &name)
{
    for (const auto &[field, candidate] : fieldNames) {
        if (name.compare(QLatin1String(candidate), Qt::CaseInsensitive) == 0)
            return field;
    }
    return std::nullopt;
}

QString inventoryGroupingName(InventoryGrouping grouping)
{
    return QString::fromLatin1(groupingNames[static_cast<std::size_t>(grouping)].second);
}

std::optional<InventoryGrouping> inventoryGroupingFromName(const QString &name)
{
    for (const auto &[grouping, candidate] : groupingNames) {
        if (name.compare(QLatin1String(candidate), Qt::CaseInsensitive) == 0)
            return grouping;
    }
    return std::nullopt;
}

Inventory Inventory::of(std::vector<InventoryRow> rows, qint64 now)
{
    Inventory inventory;
    inventory.m_rows = std::move(rows);
    inventory.m_columns = InventoryColumns::of(inventory.m_rows);
    inventory.m_byFingerprint.resize(inventory.m_rows.size());
    std::iota(inventory.m_byFingerprint.begin(), inventory.m_byFingerprint.end(), 0U);
    std::sort(inventory.m_byFingerprint.begin(), inventory.m_byFingerprint.end(),
              [&inventory](quint32 a, quint32 b) {
                  return inventory.m_rows[a].sha256 < inventory.m_rows[b].sha256;
              });
    inventory.setTimes(inventory.timesAt(now));
    // What is dear to rank, and what every first view needs: not on the thread that shows it.
    for (const InventoryField field : {InventoryField::Name, InventoryField::Expires})
        static_cast<void>(inventory.ranks(field));
    return inventory;
}

Inventory Inventory::with(const std::vector<InventoryRow> &changed,
                          const std::vector<Fingerprint> &removed, qint64 now) const
{
    std::vector<InventoryRow> rows = m_rows;
    std::vector<bool> isGone(rows.size());
    for (const InventoryRow &row : changed) {
        if (const std::optional<std::size_t> index = indexOf(row.sha256))
            rows[*index] = row;
        else
            rows.push_back(row);
    }
    for (const Fingerprint &sha256 : removed) {
        if (const std::optional<std::size_t> index = indexOf(sha256))
            isGone[*index] = true;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i < isGone.size() && isGone[i])
            continue;
        if (kept != i)
            rows[kept] = std::move(rows[i]);
        ++kept;
    }
    rows.resize(kept);
    return of(std::move(rows), now);
}

std::optional<std::size_t> Inventory::indexOf(const Fingerprint &sha256) const
{
    const auto found = std::lower_bound(
        m_byFingerprint.begin(), m_byFingerprint.end(), sha256,
        [this](quint32 row, const Fingerprint &wanted) { return m_rows[row].sha256 < wanted; });
    if (found == m_byFingerprint.end() || m_rows[*found].sha256 != sha256)
        return std::nullopt;
    return *found;
}

InventoryTimes Inventory::timesAt(qint64 now) const
{
    InventoryTimes times;
    times.now = now;
    times.superseded = supersededAt(now);
    times.urgency = urgencyAt(times);
    return times;
}

bool Inventory::setTimes(InventoryTimes times)
{
    const bool isChanged = times.urgency != m_times.urgency;
    m_times = std::move(times);
    if (isChanged)
        m_ranks[static_cast<std::size_t>(InventoryField::Urgency)].clear();
    return isChanged;
}

// Within a family newest first: a certificate is superseded where one that was seen before it in
// this walk, and does the same job, ends later.
std::vector<quint8> Inventory::supersededAt(qint64 now) const
{
    Jobs jobs;
    QHash<QByteArray, quint32> knownKinds;
    std::vector<quint32> kinds;
    for (const QByteArray &key : m_columns.key.lower) {
        const auto next = static_cast<quint32>(knownKinds.size());
        const QByteArray kind = kindOfKey(key);
        if (!knownKinds.contains(kind))
            knownKinds.insert(kind, next);
        kinds.push_back(knownKinds.value(kind));
    }
    std::vector<bool> isTest;
    for (const QString &issuer : m_columns.issuer.values)
        isTest.push_back(isTestIssuer(issuer));

    std::vector<quint8> superseded(m_rows.size());
    for (std::size_t family = 0; family + 1 < m_columns.familyStart.size(); ++family) {
        const quint32 end = m_columns.familyStart[family + 1];
        quint32 at = m_columns.familyStart[family];
        if (end - at < 2)
            continue;
        jobs.clear();
        while (at < end) {
            // Those that began in the same moment do not supersede each other.
            const qint64 began = m_rows[m_columns.familyRows[at]].notBefore;
            quint32 next = at;
            for (; next < end && m_rows[m_columns.familyRows[next]].notBefore == began; ++next) {
                const quint32 row = m_columns.familyRows[next];
                const quint32 issuer = m_columns.issuer.of[row];
                const bool isTry = isTest[issuer] || m_rows[row].is(InventoryRow::SelfIssued);
                const quint32 kind = kinds[m_columns.key.of[row]];
                const qint64 own = m_rows[row].notAfter;
                if (jobs.latestEnd(kind, 0, own) > own
                    || (isTry && jobs.latestEnd(kind, issuer + 1, own) > own))
                    superseded[row] = 1;
            }
            for (; at < next; ++at) {
                const quint32 row = m_columns.familyRows[at];
                const InventoryRow &given = m_rows[row];
                if (given.notBefore > now || given.revokedAt != 0 || given.trashedAt != 0
                    || given.is(InventoryRow::Retired) || isOnlyLogged(given))
                    continue;
                const quint32 issuer = m_columns.issuer.of[row];
                const bool isTry = isTest[issuer] || given.is(InventoryRow::SelfIssued);
                jobs.add(kinds[m_columns.key.of[row]], isTry ? issuer + 1 : 0, given.notAfter);
            }
        }
    }
    return superseded;
}

std::vector<quint8> Inventory::urgencyAt(const InventoryTimes &times) const
{
    std::vector<quint8> urgency(m_rows.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const InventoryRow &row = m_rows[i];
        UrgencyTimes its;
        its.notBefore = row.notBefore;
        its.notAfter = row.notAfter;
        its.windowStart = row.windowStart;
        its.windowEnd = row.windowEnd;
        its.failedRenewals = row.failedRenewals;
        its.servedExpired = row.isServedExpired(times.now);
        its.retired = row.is(InventoryRow::Retired) || row.revokedAt != 0 || row.trashedAt != 0
            || (times.superseded[i] != 0 && !its.servedExpired);
        urgency[i] = static_cast<quint8>(urgencyOf(its, times.now));
    }
    return urgency;
}

std::vector<quint32> Inventory::lineage(std::size_t index) const
{
    const quint32 family = m_columns.family[index];
    if (family == InventoryColumns::noFamily)
        return {static_cast<quint32>(index)};
    const auto begin = m_columns.familyRows.begin();
    return {begin + m_columns.familyStart[family], begin + m_columns.familyStart[family + 1]};
}

std::optional<quint32> Inventory::replacementOf(std::size_t index) const
{
    if (!isSuperseded(index))
        return std::nullopt;
    for (const quint32 other : lineage(index)) {
        if (!isSuperseded(other) && !isOnlyLogged(m_rows[other])
            && m_rows[other].notAfter > m_rows[index].notAfter)
            return other;
    }
    return std::nullopt;
}

int Inventory::drifting(std::size_t index) const
{
    int addresses = 0;
    for (const quint32 other : lineage(index)) {
        if (m_rows[other].servedBy > 0 && replacementOf(other) == index)
            addresses += m_rows[other].servedBy;
    }
    return addresses;
}

RowSet Inventory::matching(const Query &query) const
{
    return InventoryMatcher(*this).match(query.root());
}

ExpiryWeeks Inventory::expiryWeeks(const Query &query) const
{
    return expiryWeeksOf(matching(query));
}

Result<ExpiryWeeks> Inventory::expiryWeeks(const InventoryRequest &request,
                                           std::stop_token stop) const
{
    InventoryMatcher matcher(*this, stop);
    RowSet found = matcher.match(request.query.root());
    if (matcher.isStopped())
        return fail(cancelled(), "counting what expires when");
    RowSet hidden = hiddenBy(request);
    hidden.invert();
    found.intersect(hidden);
    return expiryWeeksOf(found);
}

ExpiryWeeks Inventory::expiryWeeksOf(const RowSet &found) const
{
    ExpiryWeeks weeks(now());
    found.each([&](std::size_t row) {
        if (m_rows[row].isCertificate())
            weeks.addCertificate(m_rows[row].notAfter, urgency(row));
    });
    return weeks;
}

std::array<quint32, 5> Inventory::urgencyCounts() const
{
    std::array<quint32, 5> counts{};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].trashedAt == 0)
            ++counts[m_times.urgency[i]];
    }
    return counts;
}

const std::vector<quint32> &Inventory::ranks(InventoryField field) const
{
    Ranks &ranks = m_ranks[static_cast<std::size_t>(field)];
    if (ranks.size() == m_rows.size())
        return ranks;
    const auto byNumber = [this](auto value) {
        return rankedBy(m_rows.size(),
                        [&](std::size_t i) { return static_cast<qint64>(value(m_rows[i])); });
    };
    switch (field) {
    case InventoryField::Name:
        ranks = rankedByBytes(m_rows.size(), [this](QByteArray &to, std::size_t i) {
            const QByteArrayView names = m_columns.names.ofRow(i);
            const qsizetype end = names.size() > 1 ? names.indexOf('\n', 1) : 0;
            appendNameKey(to,
                          end > 0 ? names.sliced(1, end - 1)
                                  : QByteArrayView(m_rows[i].subject().toLower().toUtf8()));
        });
        break;
    case InventoryField::Issuer:
        ranks = ranksOfShared(m_columns.issuer);
        break;
    case InventoryField::Expires:
        ranks = byNumber([](const InventoryRow &row) { return row.notAfter; });
        break;
    case InventoryField::Issued:
        ranks = byNumber([](const InventoryRow &row) { return row.notBefore; });
        break;
    case InventoryField::Added:
        ranks = byNumber([](const InventoryRow &row) { return row.addedAt; });
        break;
    case InventoryField::Lifetime:
        ranks = byNumber([](const InventoryRow &row) { return row.notAfter - row.notBefore; });
        break;
    case InventoryField::Key:
        ranks = ranksOfShared(m_columns.key);
        break;
    case InventoryField::Signature:
        ranks = ranksOfShared(m_columns.signature);
        break;
    case InventoryField::Owner:
        ranks = ranksOfShared(m_columns.owner);
        break;
    case InventoryField::Tags:
        ranks = ranksOfMany(m_columns.tags, m_rows.size());
        break;
    case InventoryField::Places:
        ranks = ranksOfMany(m_columns.places, m_rows.size());
        break;
    case InventoryField::Credential:
        ranks = ranksOfShared(m_columns.credential);
        break;
    case InventoryField::Urgency:
        ranks.assign(m_times.urgency.begin(), m_times.urgency.end());
        break;
    case InventoryField::Zone:
        ranks = ranksOfMany(m_columns.zones, m_rows.size());
        break;
    case InventoryField::Serial:
        ranks = rankedByBytes(m_rows.size(), [this](QByteArray &to, std::size_t i) {
            const QByteArray &serial = m_rows[i].serial; // longer hex is a larger number
            to += static_cast<char>(std::min<qsizetype>(serial.size(), 255));
            to += serial;
        });
        break;
    case InventoryField::NameCount:
        ranks = byNumber([](const InventoryRow &row) { return row.nameCount(); });
        break;
    case InventoryField::FailedRenewals:
        ranks = byNumber([](const InventoryRow &row) { return row.failedRenewals; });
        break;
    }
    return ranks;
}

RowSet Inventory::hiddenBy(const InventoryRequest &request) const
{
    const Query &query = request.query;
    const bool expired = request.hidesExpired && !query.mentions(QueryWord::Expired);
    const bool superseded = request.hidesSuperseded && !query.mentions(QueryWord::Superseded);
    const bool revoked = request.hidesRevoked && !query.mentions(QueryWord::Revoked);
    const bool trashed = request.hidesTrashed && !query.mentions(QueryWord::Trashed);
    RowSet hidden(m_rows.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const InventoryRow &row = m_rows[i];
        if ((trashed && row.trashedAt != 0) || (revoked && row.revokedAt != 0)
            || (expired && row.notAfter <= m_times.now)
            || (superseded && m_times.superseded[i] != 0))
            hidden.add(i);
    }
    return hidden;
}

namespace {

// Which groups a row belongs to. `none` is the group of those without any.
struct Grouper
{
    std::vector<QString> keys; // in the order in which they are shown
    std::vector<quint32> placeOf; // value -> index in `keys`
    quint32 none = 0;

    Grouper(const std::vector<QString> &values, const std::vector<QByteArray> &lower)
    {
        const Ranks ranks = rankedByBytes(values.size(), [&](QByteArray &to, std::size_t i) {
            appendNaturalKey(to, lower[i]);
            to += '\1';
            to += QByteArray::number(static_cast<qulonglong>(i)); // so that each has its own
        });
        placeOf.resize(values.size());
        keys.resize(values.size() + 1);
        for (std::size_t i = 0; i < values.size(); ++i) {
            placeOf[i] = ranks[i];
            keys[ranks[i]] = values[i];
        }
        none = static_cast<quint32>(values.size());
    }
};

// Rows that are sorted already, put into their groups in that order.
template <typename EachGroup>
void distribute(InventoryView &view, const std::vector<QString> &keys, EachGroup eachGroup)
{
    std::vector<quint32> start(keys.size() + 1);
    for (const quint32 row : view.rows)
        eachGroup(row, [&](quint32 group) { ++start[group + 1]; });
    for (std::size_t i = 1; i < start.size(); ++i)
        start[i] += start[i - 1];
    std::vector<quint32> rows(start.back());
    std::vector<quint32> next(start.begin(), start.end() - 1);
    for (const quint32 row : view.rows)
        eachGroup(row, [&](quint32 group) { rows[next[group]++] = row; });
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (start[i] == start[i + 1])
            continue;
        InventoryGroup group;
        group.key = keys[i];
        group.begin = start[i];
        group.end = start[i + 1];
        view.groups.push_back(std::move(group));
    }
    view.rows = std::move(rows);
}

void distributeMany(InventoryView &view, const ManyColumn &column)
{
    const Grouper grouper(column.values, column.lower);
    distribute(view, grouper.keys, [&](quint32 row, auto use) {
        if (column.start[row] == column.start[row + 1])
            use(grouper.none);
        for (quint32 i = column.start[row]; i < column.start[row + 1]; ++i)
            use(grouper.placeOf[column.ids[i]]);
    });
}

} // namespace

InventoryView Inventory::view(const InventoryRequest &request) const
{
    return view(request, std::stop_token()).value_or(InventoryView());
}

Result<InventoryView> Inventory::view(const InventoryRequest &request, std::stop_token stop) const
{
    InventoryView view;
    InventoryMatcher matcher(*this, stop);
    RowSet found = matcher.match(request.query.root());
    if (matcher.isStopped())
        return fail(cancelled(), "looking through the inventory");
    RowSet hidden = hiddenBy(request);
    hidden.intersect(found);
    view.hidden = static_cast<quint32>(hidden.count());
    hidden.invert();
    found.intersect(hidden);
    view.rows.reserve(m_rows.size());
    found.each([&view](std::size_t row) { view.rows.push_back(static_cast<quint32>(row)); });
    view.matching = static_cast<quint32>(view.rows.size());

    for (auto key = request.sort.rbegin(); key != request.sort.rend(); ++key) {
        if (stop.stop_requested())
            return fail(cancelled(), "sorting the inventory");
        sortByRanks(view.rows, ranks(key->field), key->descending);
    }
    group(view, request.grouping);
    return view;
}

void Inventory::group(InventoryView &view, InventoryGrouping grouping) const
{
    switch (grouping) {
    case InventoryGrouping::None:
        return;
    case InventoryGrouping::Issuer: {
        const SharedColumn &column = m_columns.issuer;
        const Grouper grouper(column.values, column.lower);
        distribute(view, grouper.keys, [&](quint32 row, auto use) {
            const quint32 value = column.of[row];
            use(column.values[value].isEmpty() ? grouper.none : grouper.placeOf[value]);
        });
        break;
    }
    case InventoryGrouping::Zone:
        distributeMany(view, m_columns.zones);
        break;
    case InventoryGrouping::Tag:
        distributeMany(view, m_columns.tags);
        break;
    case InventoryGrouping::Place:
        distributeMany(view, m_columns.places);
        break;
    case InventoryGrouping::Urgency: {
        std::vector<QString> keys;
        for (const Urgency urgency :
             {Urgency::Overdue, Urgency::ActNow, Urgency::Soon, Urgency::Fine, Urgency::Retired})
            keys.push_back(urgencyName(urgency));
        distribute(view, keys, [&](quint32 row, auto use) { use(m_times.urgency[row]); });
        break;
    }
    }
    for (InventoryGroup &group : view.groups) {
        for (quint32 i = group.begin; i < group.end; ++i)
            group.worst = std::min(group.worst, urgency(view.rows[i]));
    }
}

} // namespace sealbook
