// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/InventoryRepository.h"

#include "core/records/EndpointAddress.h"
#include "core/store/Database.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <limits>

namespace sealbook {

namespace {

// Texts as blobs: Qt's driver would have SQLite turn each into UTF-16 first, and most of them stay
// bytes in a row. At 100,000 rows that is half the time.
#define ROW_COLUMNS                                                                                \
    "SELECT CAST(sha256 AS BLOB), CAST(public_key_sha256 AS BLOB), not_before, not_after, "        \
    "added_at, trashed_at, revoked_at, window_start, window_end, CAST(subject AS BLOB), "          \
    "CAST(subject_dn AS BLOB), CAST(issuer AS BLOB), CAST(issuer_dn AS BLOB), "                    \
    "CAST(key_algorithm AS BLOB), CAST(signature_algorithm AS BLOB), CAST(owner AS BLOB), "        \
    "CAST(credential AS BLOB), CAST(tags AS BLOB), CAST(note AS BLOB), CAST(names AS BLOB), "      \
    "CAST(serial AS BLOB), failed_renewals, "                                                      \
    "(key_id IS NOT NULL) + 2 * retired + 4 * is_ca + 8 * is_self_issued, CAST(origin AS BLOB) "   \
    "FROM certificate "

// In the order in which they were inserted, which costs nothing: sorting wide rows would.
constexpr auto selectRows = ROW_COLUMNS "ORDER BY rowid";
constexpr auto selectOneRow = ROW_COLUMNS "WHERE sha256 = ?";
#undef ROW_COLUMNS

// What watched endpoints serve: the checks as of their last look.
#define SERVED_NOW                                                                                 \
    "FROM endpoint e JOIN endpoint_check c ON c.endpoint_id = e.id AND c.last_at = e.checked_at "  \
    "WHERE e.removed_at IS NULL AND c.outcome = 'served' "
constexpr auto selectServed =
    "SELECT CAST(c.sha256 AS BLOB), COUNT(*) " SERVED_NOW "GROUP BY c.sha256";
constexpr auto selectServing = "SELECT e.kind, e.host, e.port " SERVED_NOW "AND c.sha256 = ?";
#undef SERVED_NOW

constexpr int originColumn = 23;

// In the columns that RowMaker::makeWaiting reads.
constexpr auto selectRequests =
    "SELECT CAST(sha256 AS BLOB), CAST(public_key_sha256 AS BLOB), added_at, trashed_at, "
    "CAST(key_algorithm AS BLOB), CAST(owner AS BLOB), CAST(tags AS BLOB), CAST(note AS BLOB), "
    "CAST(names AS BLOB), EXISTS (SELECT 1 FROM key_pair k "
    "WHERE k.public_key_sha256 = r.public_key_sha256 AND k.purpose = 'leaf'), "
    "CAST(origin AS BLOB) FROM certificate_request r WHERE NOT EXISTS (SELECT 1 FROM certificate c "
    "WHERE c.public_key_sha256 = r.public_key_sha256) ORDER BY added_at, sha256";
// A key that an account or a job uses is theirs.
constexpr auto selectLoneKeys =
    "SELECT CAST(public_key_sha256 AS BLOB), CAST(public_key_sha256 AS BLOB), created_at, "
    "trashed_at, CAST(algorithm AS BLOB), CAST(owner AS BLOB), CAST(tags AS BLOB), "
    "CAST(note AS BLOB), CAST('' AS BLOB), 1, CAST(origin AS BLOB) FROM key_pair k "
    "WHERE purpose = 'leaf' AND NOT EXISTS (SELECT 1 FROM certificate c "
    "WHERE c.public_key_sha256 = k.public_key_sha256) AND NOT EXISTS (SELECT 1 "
    "FROM certificate_request r WHERE r.public_key_sha256 = k.public_key_sha256) AND NOT EXISTS "
    "(SELECT 1 FROM account a WHERE a.key_id = k.id) AND NOT EXISTS (SELECT 1 FROM job j "
    "WHERE j.key_id = k.id AND j.state NOT IN ('done', 'cancelled')) ORDER BY created_at, id";
// The vault's own stand before.
constexpr auto selectTokenKeys =
    "SELECT CAST(public_key_sha256 AS BLOB), CAST(public_key_sha256 AS BLOB), added_at, "
    "trashed_at, CAST(algorithm AS BLOB), CAST(owner AS BLOB), CAST(tags AS BLOB), "
    "CAST(note AS BLOB), CAST('' AS BLOB), 0, CAST(origin AS BLOB) FROM token_key t "
    "WHERE NOT EXISTS (SELECT 1 FROM certificate c "
    "WHERE c.public_key_sha256 = t.public_key_sha256) AND NOT EXISTS (SELECT 1 "
    "FROM certificate_request r WHERE r.public_key_sha256 = t.public_key_sha256) "
    "ORDER BY added_at, public_key_sha256";
constexpr int waitingOriginColumn = 10;
constexpr int rowFlags =
    InventoryRow::HasKey | InventoryRow::Retired | InventoryRow::IsCa | InventoryRow::SelfIssued;

Fingerprint fingerprintOf(const QByteArray &hex)
{
    return Fingerprint::fromHex(QLatin1String(hex)).value_or(Fingerprint());
}

// A list of the database as lines. What we wrote without escapes needs no JSON reader, which at
// 100,000 rows is felt.
QByteArray linesOf(const QByteArray &json)
{
    if (json.size() <= 4)
        return {};
    QByteArray lines;
    if (json.contains('\\')) {
        for (const QJsonValue &item : QJsonDocument::fromJson(json).array()) {
            if (!lines.isEmpty())
                lines += '\n';
            lines += item.toString().replace(QLatin1Char('\n'), QLatin1Char(' ')).toUtf8();
        }
    } else {
        lines = json.mid(2, json.size() - 4);
        lines.replace("\",\"", "\n");
    }
    lines.squeeze();
    return lines;
}

// A stored key is called by its type ("ec256"), what is signed as people say it.
QByteArray spelledAlgorithm(const QByteArray &name)
{
    if (name == "ec256")
        return "EC P-256";
    if (name == "ec384")
        return "EC P-384";
    return name.startsWith("rsa") ? "RSA " + name.mid(3) : name;
}

// Makes rows of what the database gives, and lets equal texts share their characters.
class RowMaker
{
public:
    [[nodiscard]] InventoryRow make(const Rows &rows)
    {
        InventoryRow row;
        row.sha256 = fingerprintOf(rows.blob(0));
        row.publicKey = fingerprintOf(rows.blob(1));
        row.notBefore = rows.integer(2);
        row.notAfter = rows.integer(3);
        row.addedAt = rows.integer(4);
        row.trashedAt = rows.integer(5);
        row.revokedAt = rows.integer(6);
        row.windowStart = rows.integer(7);
        row.windowEnd = rows.integer(8);
        row.names = linesOf(rows.blob(19));
        const QByteArray subject = rows.blob(9);
        const bool isFirstName = row.names.startsWith(subject)
            && (row.names.size() == subject.size() || row.names.at(subject.size()) == '\n');
        if (!isFirstName)
            row.commonName = QString::fromUtf8(subject);
        const QByteArray dn = rows.blob(10);
        if (dn.size() != subject.size() + 3 || !dn.endsWith(subject))
            row.subjectDn = QString::fromUtf8(dn);
        row.issuer = interned(rows.blob(11));
        row.issuerDn = interned(rows.blob(12));
        row.keyAlgorithm = interned(rows.blob(13));
        row.signatureAlgorithm = interned(rows.blob(14));
        row.owner = interned(rows.blob(15));
        row.credential = interned(rows.blob(16));
        row.tags = tagsOf(rows.blob(17));
        row.note = QString::fromUtf8(rows.blob(18));
        row.serial = rows.blob(20);
        row.failedRenewals = static_cast<quint16>(std::min<qint64>(rows.integer(21), 0xFFFF));
        row.flags = static_cast<quint16>(rows.integer(22) & rowFlags);
        return row;
    }

    [[nodiscard]] InventoryRow makeWaiting(const Rows &rows)
    {
        InventoryRow row;
        row.sha256 = fingerprintOf(rows.blob(0));
        row.publicKey = fingerprintOf(rows.blob(1));
        row.notBefore = row.addedAt = rows.integer(2);
        row.notAfter = InventoryRow::noEnd;
        row.trashedAt = rows.integer(3);
        row.keyAlgorithm = interned(spelledAlgorithm(rows.blob(4)));
        row.owner = interned(rows.blob(5));
        row.tags = tagsOf(rows.blob(6));
        row.note = QString::fromUtf8(rows.blob(7));
        row.names = linesOf(rows.blob(8));
        row.flags = rows.integer(9) != 0 ? InventoryRow::HasKey : 0;
        return row;
    }

private:
    [[nodiscard]] QString interned(const QByteArray &utf8)
    {
        if (utf8.isEmpty())
            return {};
        const auto known = m_texts.constFind(utf8);
        return known != m_texts.cend() ? *known : *m_texts.insert(utf8, QString::fromUtf8(utf8));
    }
    [[nodiscard]] QStringList tagsOf(const QByteArray &json)
    {
        if (json.size() <= 2)
            return {};
        const auto known = m_tags.constFind(json);
        if (known != m_tags.cend())
            return *known;
        QStringList tags;
        for (const QJsonValue &tag : QJsonDocument::fromJson(json).array())
            tags.append(interned(tag.toString().toUtf8()));
        m_tags.insert(json, tags);
        return tags;
    }

    QHash<QByteArray, QString> m_texts;
    QHash<QByteArray, QStringList> m_tags;
};

// `origin` as the place that it is: PlaceRecord has no kind for what cannot be read.
QByteArray originPlace(const QByteArray &origin)
{
    const PlaceRecord place = placeOfOrigin({}, QString::fromUtf8(origin));
    const QByteArray kind = placeKindName(place.kind).toUtf8();
    return place.location.isEmpty() ? kind : kind + ':' + place.location.toUtf8();
}

void addPlace(InventoryRow &row, const QByteArray &origin, const QByteArray &kindName,
              const QByteArray &location, qint64 seenAt)
{
    row.seenAt = std::max(row.seenAt, seenAt);
    const std::optional<PlaceRecord::Kind> kind = placeKindFromName(QString::fromLatin1(kindName));
    if (!kind)
        return;
    row.placeKinds = static_cast<quint16>(row.placeKinds | (1U << static_cast<unsigned>(*kind)));
    QByteArray place = kindName;
    if (!location.isEmpty())
        place += ':' + QByteArray(location).replace('\n', ' ');
    if (row.places.isEmpty())
        row.places = place;
    else
        row.places =
            place == originPlace(origin) ? place + '\n' + row.places : row.places + '\n' + place;
    row.places.squeeze();
}

void setServed(InventoryRow &row, qint64 addresses)
{
    constexpr qint64 most = std::numeric_limits<quint16>::max();
    row.servedBy = static_cast<quint16>(std::min(addresses, most));
    if (addresses > 0)
        row.flags |= InventoryRow::Served;
}

// A key has no name: that of its file, or what it is and how its public key begins.
QString nameOfKey(const InventoryRow &row, const PlaceRecord &place)
{
    const QString file = place.location.section(QLatin1Char('/'), -1);
    if (!file.isEmpty())
        return file;
    constexpr qsizetype shown = 8;
    return QStringLiteral("%1 key %2").arg(row.keyAlgorithm, row.sha256.hex().left(shown));
}

} // namespace

Result<std::vector<InventoryRow>> InventoryRepository::rows()
{
    Result<Rows> stored = m_database.run(selectRows);
    if (!stored)
        return fail(stored.error(), "reading the inventory");
    RowMaker maker;
    std::vector<InventoryRow> rows;
    std::vector<QByteArray> origins;
    while (stored->next()) {
        rows.push_back(maker.make(*stored));
        origins.push_back(stored->blob(originColumn));
    }
    rows.shrink_to_fit();

    QHash<Fingerprint, std::size_t> at;
    at.reserve(static_cast<qsizetype>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        at.insert(rows[i].sha256, i);
    Result<Rows> places = m_database.run(
        "SELECT CAST(sha256 AS BLOB), CAST(kind AS BLOB), CAST(location AS BLOB), last_seen_at "
        "FROM place ORDER BY sha256, kind, location");
    if (!places)
        return fail(places.error(), "reading the places");
    while (places->next()) {
        const auto found = at.constFind(fingerprintOf(places->blob(0)));
        if (found != at.cend())
            addPlace(rows[*found], origins[*found], places->blob(1), places->blob(2),
                     places->integer(3));
    }
    Result<Rows> served = m_database.run(selectServed);
    if (!served)
        return fail(served.error(), "reading what endpoints serve");
    while (served->next()) {
        const auto found = at.constFind(fingerprintOf(served->blob(0)));
        if (found != at.cend())
            setServed(rows[*found], served->integer(1));
    }
    return rows;
}

Result<std::vector<InventoryRow>> InventoryRepository::rows(const QStringList &sha256)
{
    RowMaker maker;
    std::vector<InventoryRow> rows;
    for (const QString &one : sha256) {
        Result<Rows> stored = m_database.run(selectOneRow, {one});
        if (!stored)
            return fail(stored.error(), "reading the inventory");
        if (!stored->next())
            continue;
        InventoryRow row = maker.make(*stored);
        const QByteArray origin = stored->blob(originColumn);
        Result<Rows> places = m_database.run(
            "SELECT CAST(kind AS BLOB), CAST(location AS BLOB), last_seen_at FROM place "
            "WHERE sha256 = ? ORDER BY kind, location",
            {one});
        if (!places)
            return fail(places.error(), "reading the places");
        while (places->next())
            addPlace(row, origin, places->blob(0), places->blob(1), places->integer(2));
        Result<Rows> serving = m_database.run(selectServing, {one});
        if (!serving)
            return fail(serving.error(), "reading what endpoints serve");
        qint64 addresses = 0;
        while (serving->next())
            ++addresses;
        setServed(row, addresses);
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<InventoryRow>> InventoryRepository::waitingRows()
{
    RowMaker maker;
    std::vector<InventoryRow> waiting;
    QSet<Fingerprint> keys;
    for (const auto &[sql, kind] : {std::pair{selectRequests, InventoryRow::IsRequest},
                                    std::pair{selectLoneKeys, InventoryRow::IsKey},
                                    std::pair{selectTokenKeys, InventoryRow::IsKey}}) {
        Result<Rows> rows = m_database.run(sql);
        if (!rows)
            return fail(rows.error(), "reading what waits for a certificate");
        while (rows->next()) {
            InventoryRow row = maker.makeWaiting(*rows);
            row.flags |= kind;
            if (kind == InventoryRow::IsKey && keys.contains(row.sha256))
                continue; // it was stored twice
            keys.insert(row.sha256);
            const PlaceRecord place = placeOfOrigin({}, rows->text(waitingOriginColumn));
            addPlace(row, rows->blob(waitingOriginColumn), placeKindName(place.kind).toUtf8(),
                     place.location.toUtf8(), row.addedAt);
            if (kind == InventoryRow::IsKey)
                row.commonName =
                    nameOfKey(row, place.kind == PlaceRecord::Kind::File ? place : PlaceRecord());
            waiting.push_back(std::move(row));
        }
    }
    return waiting;
}

Result<bool> InventoryRepository::hasRows()
{
    Result<Rows> rows = m_database.run("SELECT 1 FROM certificate UNION ALL "
                                       "SELECT 1 FROM certificate_request LIMIT 1",
                                       {});
    if (!rows)
        return fail(rows.error(), "looking for certificates");
    if (rows->next())
        return true;
    const Result<std::vector<InventoryRow>> waiting = waitingRows();
    if (!waiting)
        return fail(waiting.error());
    return !waiting->empty();
}

Result<std::vector<PlaceRecord>> InventoryRepository::places(const QString &sha256)
{
    Result<Rows> rows =
        m_database.run("SELECT sha256, kind, location, first_seen_at, last_seen_at FROM place "
                       "WHERE sha256 = ? ORDER BY last_seen_at DESC, kind, location",
                       {sha256});
    if (!rows)
        return fail(rows.error(), "reading the places");
    std::vector<PlaceRecord> places;
    while (rows->next()) {
        PlaceRecord place;
        place.sha256 = rows->text(0);
        place.kind = placeKindFromName(rows->text(1)).value_or(PlaceRecord::Kind::File);
        place.location = rows->text(2);
        place.firstSeenAt = rows->time(3);
        place.lastSeenAt = rows->time(4);
        places.push_back(std::move(place));
    }
    Result<Rows> serving = m_database.run(selectServing, {sha256});
    if (!serving)
        return fail(serving.error(), "reading what endpoints serve");
    while (serving->next()) {
        EndpointAddress address;
        address.kind = endpointKindFromName(serving->text(0)).value_or(EndpointKind::Tls);
        address.host = serving->text(1);
        address.port = static_cast<quint16>(serving->integer(2));
        const QString location = address.text();
        for (PlaceRecord &place : places) {
            if (place.kind == PlaceRecord::Kind::Endpoint && place.location == location)
                place.isServing = true;
        }
    }
    return places;
}

Result<CertificateMarks> InventoryRepository::marksOf(const QString &sha256)
{
    Result<Rows> rows = m_database.run("SELECT sha256, owner, note, tags, retired, revoked_at, "
                                       "trashed_at FROM certificate WHERE sha256 = ?",
                                       {sha256});
    if (!rows)
        return fail(rows.error());
    if (!rows->next()) {
        const Result<std::optional<CertificateMarks>> waiting = marksOfWaiting(sha256);
        if (!waiting)
            return fail(waiting.error());
        if (*waiting)
            return **waiting;
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no certificate %1").arg(sha256));
    }
    CertificateMarks marks;
    marks.sha256 = rows->text(0);
    marks.owner = rows->text(1);
    marks.note = rows->text(2);
    marks.tags = rows->list(3);
    marks.retired = rows->flag(4);
    marks.revokedAt = rows->time(5);
    marks.trashedAt = rows->time(6);
    return marks;
}

Result<std::optional<CertificateMarks>> InventoryRepository::marksOfWaiting(const QString &sha256)
{
    for (const char *sql :
         {"SELECT owner, note, tags, trashed_at FROM certificate_request WHERE sha256 = ?",
          "SELECT owner, note, tags, trashed_at FROM key_pair WHERE public_key_sha256 = ? "
          "AND purpose = 'leaf' ORDER BY created_at DESC LIMIT 1",
          "SELECT owner, note, tags, trashed_at FROM token_key WHERE public_key_sha256 = ?"}) {
        Result<Rows> rows = m_database.run(sql, {sha256});
        if (!rows)
            return fail(rows.error());
        if (!rows->next())
            continue;
        CertificateMarks marks;
        marks.sha256 = sha256;
        marks.owner = rows->text(0);
        marks.note = rows->text(1);
        marks.tags = rows->list(2);
        marks.trashedAt = rows->time(3);
        return marks;
    }
    return std::optional<CertificateMarks>();
}

// What waits is neither put away nor revoked.
Result<> InventoryRepository::save(const CertificateMarks &marks)
{
    const Result<int> done = m_database.change(
        "UPDATE certificate SET owner = ?, note = ?, tags = ?, retired = ?, revoked_at = ?, "
        "trashed_at = ? WHERE sha256 = ?",
        {textValue(marks.owner), textValue(marks.note), listValue(marks.tags),
         marks.retired ? 1 : 0, timeValue(marks.revokedAt), timeValue(marks.trashedAt),
         marks.sha256});
    if (!done)
        return fail(done.error());
    if (*done > 0)
        return {};
    for (const char *sql : {"UPDATE certificate_request SET owner = ?, note = ?, tags = ?, "
                            "trashed_at = ? WHERE sha256 = ?",
                            "UPDATE key_pair SET owner = ?, note = ?, tags = ?, trashed_at = ? "
                            "WHERE public_key_sha256 = ? AND purpose = 'leaf'",
                            "UPDATE token_key SET owner = ?, note = ?, tags = ?, trashed_at = ? "
                            "WHERE public_key_sha256 = ?"}) {
        const Result<int> saved =
            m_database.change(sql,
                              {textValue(marks.owner), textValue(marks.note), listValue(marks.tags),
                               timeValue(marks.trashedAt), marks.sha256});
        if (!saved)
            return fail(saved.error());
    }
    return {};
}

Result<std::vector<CertificateMarks>> InventoryRepository::edit(const QStringList &sha256,
                                                                const CertificateEdit &edit)
{
    std::vector<CertificateMarks> before;
    for (const QString &one : sha256) {
        Result<CertificateMarks> marks = marksOf(one);
        if (!marks)
            return fail(marks.error(), "editing certificates");
        const CertificateMarks after = edited(*marks, edit);
        if (after == *marks)
            continue;
        if (const Result<> done = save(after); !done)
            return fail(done.error(), "editing certificates");
        before.push_back(std::move(*marks));
    }
    return before;
}

Result<std::vector<CertificateMarks>>
InventoryRepository::restore(const std::vector<CertificateMarks> &marks)
{
    std::vector<CertificateMarks> before;
    for (const CertificateMarks &wanted : marks) {
        Result<CertificateMarks> now = marksOf(wanted.sha256);
        if (!now)
            return fail(now.error(), "undoing an edit");
        if (const Result<> done = save(wanted); !done)
            return fail(done.error(), "undoing an edit");
        before.push_back(std::move(*now));
    }
    return before;
}

} // namespace sealbook
