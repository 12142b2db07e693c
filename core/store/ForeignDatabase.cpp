// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/ForeignDatabase.h"

#ifdef SEALBOOK_SQLITE
#include <sqlite3.h>

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
            if (sqlite3_column_count(raw) > 0 && sqlite3_column_bytes(raw, 0) > m_largestValue)
                return fail(Error::Kind::BadRequest,
                            QStringLiteral("the database holds an object of more than %1 KiB")
                                .arg(m_largestValue / 1024));
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

// Everything is base64 of DER; keys are PKCS#8 under the database's password.
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
    if (const Result<> read = reader.rows(select("certs", "certs.cert").constData(),
                                          [&](sqlite3_stmt *row) {
                                              const auto der = QByteArray::fromBase64Encoding(
                                                  Reader::valueOf(row, 0),
                                                  QByteArray::AbortOnBase64DecodingErrors);
                                              isDamaged = isDamaged || !der;
                                              found.certificates.push_back(*der);
                                          });
        !read)
        return fail(read.error());
    if (isDamaged)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("a certificate in the database of XCA is no base64 text"));
    if (const Result<> read =
            reader.rows(select("private_keys", "items.name").constData(),
                        [&](sqlite3_stmt *row) {
                            found.keys.append(QString::fromUtf8(Reader::valueOf(row, 0)));
                        });
        !read)
        return fail(read.error());
    if (const Result<> read = reader.rows(select("requests", "items.id").constData(),
                                          [&](sqlite3_stmt *) { ++found.requests; });
        !read)
        return fail(read.error());
    return found;
}

// PKCS#11 objects, an attribute a column, named by its number: a0 is CKA_CLASS, a11 CKA_VALUE
// (PKCS#11 3.0 section 4). Classes: 1 is a certificate, 3 a private key.
Result<ForeignDatabase> readNss(Reader &reader, bool hasPublic)
{
    ForeignDatabase found;
    found.program = QStringLiteral("NSS");
    const Result<> read = hasPublic
        ? reader.rows(
            "SELECT a11 FROM nssPublic WHERE a0 = x'00000001' ORDER BY rowid",
            [&](sqlite3_stmt *row) { found.certificates.push_back(Reader::valueOf(row, 0)); })
        : reader.rows("SELECT id FROM nssPrivate WHERE a0 = x'00000003'",
                      [&](sqlite3_stmt *) { found.keys.append(QString()); });
    if (!read)
        return fail(read.error());
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
        return readNss(reader, *hasPublic);
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
