// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/ForeignDatabase.h"

#ifdef SEALBOOK_SQLITE
#include <sqlite3.h>

#include <array>
#include <cstring>
#include <memory>
#endif

namespace sealbook {

#ifdef SEALBOOK_SQLITE

namespace {

using Bytes = std::span<const std::uint8_t>;

struct Free
{
    void operator()(sqlite3 *handle) const { sqlite3_close(handle); }
    void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, Free>;
using Statement = std::unique_ptr<sqlite3_stmt, Free>;

tl::unexpected<Error> damaged(sqlite3 *handle)
{
    return fail(Error::Kind::BadRequest,
                QStringLiteral("the SQLite database is damaged or cut off (%1)")
                    .arg(QString::fromUtf8(sqlite3_errmsg(handle))),
                QStringLiteral("Close the program it belongs to, and copy the whole file again."));
}

// A database somebody else made, opened in memory: no views, no triggers, no functions in its
// schema, nothing written.
class Reader
{
public:
    Reader(std::size_t mostRows, qsizetype largestValue)
        : m_mostRows(mostRows)
        , m_largestValue(largestValue)
    {
    }

    Result<> open(Bytes bytes)
    {
        constexpr std::size_t headSize = 100;
        sqlite3 *handle = nullptr;
        const int code = sqlite3_open_v2(":memory:", &handle,
                                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
        m_handle.reset(handle);
        if (code != SQLITE_OK)
            return fail(Error::Kind::Internal, QStringLiteral("SQLite does not start"));
        if (bytes.size() < headSize)
            return damaged(handle);
        auto *copy = static_cast<unsigned char *>(sqlite3_malloc64(bytes.size()));
        if (copy == nullptr)
            return fail(Error::Kind::Internal, QStringLiteral("there is not enough memory"));
        std::memcpy(copy, bytes.data(), bytes.size());
        // SQLite's file format, section 1.3.3: a database in memory has no write-ahead log.
        copy[18] = copy[19] = 1;
        const auto size = static_cast<sqlite3_int64>(bytes.size());
        if (sqlite3_deserialize(handle, "main", copy, size, size,
                                SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)
            != SQLITE_OK)
            return damaged(handle);
        sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
        sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
        return rows("PRAGMA cell_size_check = ON", [](sqlite3_stmt *) {});
    }

    // A real table; what a virtual one does is its module's affair.
    Result<bool> hasTable(const char *name)
    {
        bool has = false;
        const Result<> looked =
            rows("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0",
                 [&](sqlite3_stmt *row) { has = has || valueOf(row, 0) == name; });
        if (!looked)
            return fail(looked.error());
        return has;
    }

    template <typename Take>
    Result<> rows(const char *sql, Take take)
    {
        sqlite3_stmt *raw = nullptr;
        const int prepared = sqlite3_prepare_v2(m_handle.get(), sql, -1, &raw, nullptr);
        const Statement statement(raw);
        if (prepared != SQLITE_OK)
            return damaged(m_handle.get());
        std::size_t count = 0;
        for (;;) {
            const int code = sqlite3_step(raw);
            if (code == SQLITE_DONE)
                return {};
            if (code != SQLITE_ROW)
                return damaged(m_handle.get());
            if (++count > m_mostRows)
                return fail(Error::Kind::BadRequest,
                            QStringLiteral("the database holds more than %1 objects of a kind")
                                .arg(m_mostRows));
            for (int column = 0; column < sqlite3_column_count(raw); ++column) {
                if (sqlite3_column_bytes(raw, column) > m_largestValue)
                    return fail(Error::Kind::BadRequest,
                                QStringLiteral("the database holds an object of more than %1 KiB")
                                    .arg(m_largestValue / 1024));
            }
            take(raw);
        }
    }

    // Text as UTF-8, whatever the database stores it in.
    static QByteArray valueOf(sqlite3_stmt *row, int column)
    {
        const void *value = sqlite3_column_type(row, column) == SQLITE_TEXT
            ? sqlite3_column_text(row, column)
            : sqlite3_column_blob(row, column);
        return value == nullptr
            ? QByteArray()
            : QByteArray(static_cast<const char *>(value), sqlite3_column_bytes(row, column));
    }

private:
    std::size_t m_mostRows;
    qsizetype m_largestValue;
    Handle m_handle;
};

// Everything is base64 of DER; keys are PKCS#8 under the database's password, or under one of their
// own where `ownPass` is not 0.
Result<ForeignDatabase> readXca(Reader &reader)
{
    ForeignDatabase found;
    found.program = QStringLiteral("XCA");
    bool isDamaged = false;
    // What was deleted there stays for a while; the column is younger than the table.
    bool marksDeleted = false;
    if (const Result<> looked = reader.rows("SELECT name FROM pragma_table_info('items')",
                                            [&](sqlite3_stmt *row) {
                                                marksDeleted = marksDeleted
                                                    || Reader::valueOf(row, 0) == "del";
                                            });
        !looked)
        return fail(looked.error());
    const QByteArray living = marksDeleted ? " WHERE items.del = 0" : "";
    const auto select = [&](const char *table, const char *column) {
        return QByteArray("SELECT ") + column + " FROM " + table
            + " JOIN items ON items.id = " + table + ".item" + living + " ORDER BY items.id";
    };
    const auto base64 = [&](sqlite3_stmt *row, int column) {
        const auto der = QByteArray::fromBase64Encoding(Reader::valueOf(row, column),
                                                        QByteArray::AbortOnBase64DecodingErrors);
        isDamaged = isDamaged || !der;
        return *der;
    };
    const Result<> certificates =
        reader.rows(select("certs", "certs.cert").constData(),
                    [&](sqlite3_stmt *row) { found.certificates.push_back(base64(row, 0)); });
    if (!certificates)
        return fail(certificates.error());
    const Result<> requests =
        reader.rows(select("requests", "requests.request").constData(),
                    [&](sqlite3_stmt *row) { found.requests.push_back(base64(row, 0)); });
    if (!requests)
        return fail(requests.error());
    const Result<> keys =
        reader.rows(select("private_keys", "items.name, private_keys.private, private_keys.ownPass")
                        .constData(),
                    [&](sqlite3_stmt *row) {
                        ForeignDatabase::Key key;
                        key.name = QString::fromUtf8(Reader::valueOf(row, 0));
                        key.pkcs8 = base64(row, 1);
                        key.hasOwnPassword = sqlite3_column_int(row, 2) != 0;
                        found.keys.push_back(std::move(key));
                    });
    if (!keys)
        return fail(keys.error());
    if (isDamaged)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("an object in the database of XCA is no base64 text"));
    return found;
}

// PKCS#11 objects, an attribute a column, named by its number: a0 is CKA_CLASS, a11 CKA_VALUE
// (PKCS#11 3.0 section 4). Classes: 1 is a certificate, 3 a private key.
Result<ForeignDatabase> readNssCertificates(Reader &reader)
{
    ForeignDatabase found;
    found.program = QStringLiteral("NSS");
    const Result<> read = reader.rows(
        "SELECT a11 FROM nssPublic WHERE a0 = x'00000001' ORDER BY rowid",
        [&](sqlite3_stmt *row) { found.certificates.push_back(Reader::valueOf(row, 0)); });
    if (!read)
        return fail(read.error());
    return found;
}

// Which columns there are depends on the version of NSS.
Result<QList<int>> attributesOf(Reader &reader)
{
    // CKA_LABEL, CKA_VALUE, CKA_KEY_TYPE, CKA_MODULUS to CKA_COEFFICIENT, CKA_EC_PARAMS.
    static constexpr std::array wanted{0x3,   0x11,  0x100, 0x120, 0x122, 0x123,
                                       0x124, 0x125, 0x126, 0x127, 0x128, 0x180};
    QList<int> attributes;
    const Result<> read =
        reader.rows("SELECT name FROM pragma_table_info('nssPrivate')", [&](sqlite3_stmt *row) {
            const QByteArray name = Reader::valueOf(row, 0);
            bool isNumber = false;
            const int number = name.mid(1).toInt(&isNumber, 16);
            if (isNumber && name.startsWith('a')
                && std::find(wanted.begin(), wanted.end(), number) != wanted.end())
                attributes.append(number);
        });
    if (!read)
        return fail(read.error());
    return attributes;
}

Result<ForeignDatabase> readNssKeys(Reader &reader)
{
    ForeignDatabase found;
    found.program = QStringLiteral("NSS");
    const Result<QList<int>> attributes = attributesOf(reader);
    if (!attributes)
        return fail(attributes.error());
    QByteArray columns = "id";
    for (const int attribute : *attributes)
        columns += ", a" + QByteArray::number(attribute, 16);
    const Result<> keys = reader.rows(
        QByteArray("SELECT " + columns + " FROM nssPrivate WHERE a0 = x'00000003'").constData(),
        [&](sqlite3_stmt *row) {
            ForeignDatabase::Key key;
            int column = 0;
            for (const int attribute : *attributes)
                key.attributes.insert(attribute, Reader::valueOf(row, ++column));
            const QByteArray label = key.attributes.value(0x3);
            // NSS writes an empty value as these three bytes.
            if (label != QByteArray::fromHex("a5005a"))
                key.name = QString::fromUtf8(label);
            found.keys.push_back(std::move(key));
        });
    if (!keys)
        return fail(keys.error());
    const Result<bool> hasCheck = reader.hasTable("metaData");
    if (!hasCheck)
        return fail(hasCheck.error());
    if (!*hasCheck)
        return found;
    const Result<> check = reader.rows("SELECT item1, item2 FROM metaData WHERE id = 'password'",
                                       [&](sqlite3_stmt *row) {
                                           found.salt = Reader::valueOf(row, 0);
                                           found.passwordCheck = Reader::valueOf(row, 1);
                                       });
    if (!check)
        return fail(check.error());
    return found;
}

} // namespace

Result<ForeignDatabase> readForeignDatabase(Bytes bytes, std::size_t mostRows,
                                            qsizetype largestValue)
{
    Reader reader(mostRows, largestValue);
    if (const Result<> opened = reader.open(bytes); !opened)
        return fail(opened.error());
    bool isXca = true;
    for (const char *table : {"items", "certs", "private_keys", "requests"}) {
        const Result<bool> has = reader.hasTable(table);
        if (!has)
            return fail(has.error());
        isXca = isXca && *has;
    }
    if (isXca)
        return readXca(reader);
    const Result<bool> hasPublic = reader.hasTable("nssPublic");
    const Result<bool> hasPrivate = reader.hasTable("nssPrivate");
    if (!hasPublic || !hasPrivate)
        return fail(hasPublic ? hasPrivate.error() : hasPublic.error());
    if (*hasPublic || *hasPrivate)
        return *hasPublic ? readNssCertificates(reader) : readNssKeys(reader);
    return fail(Error::Kind::BadRequest,
                QStringLiteral("this is an SQLite database, and neither XCA's nor one of NSS"),
                QStringLiteral("Choose a certificate, a keystore or a folder of them."));
}

#else

Result<ForeignDatabase> readForeignDatabase(std::span<const std::uint8_t>, std::size_t, qsizetype)
{
    return fail(Error::Kind::BadRequest,
                QStringLiteral("this is an SQLite database, and this build reads none"),
                QStringLiteral("Export the certificates as PEM or PKCS#12 from the program it "
                               "belongs to."));
}

#endif

} // namespace sealbook
