// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/Database.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSqlDriver>
#include <QSqlError>
#include <QThread>
#include <QTimeZone>

#include <sys/stat.h>

#ifdef SEALBOOK_SQLITE
#include <sqlite3.h>
#endif

namespace sealbook {

namespace {

constexpr int sqliteBusy = 5;
constexpr int sqliteLocked = 6;
constexpr int sqliteReadOnly = 8;
constexpr int sqliteIoError = 10;
constexpr int sqliteCorrupt = 11;
constexpr int sqliteFull = 13;
constexpr int sqliteCantOpen = 14;
constexpr int sqliteConstraint = 19;
constexpr int sqliteNotADatabase = 26;

// Keeps SQL from writing into the schema table itself. Only where Qt's driver uses the very library
// that we link: another build of it in the driver may lay its handle out differently.
void defend([[maybe_unused]] const QSqlDatabase &database)
{
#ifdef SEALBOOK_SQLITE
    QSqlQuery query(database);
    const bool isKnown = query.exec(QStringLiteral("SELECT sqlite_source_id()")) && query.next()
        && query.value(0).toString() == QLatin1String(sqlite3_sourceid());
    query.finish();
    const QVariant handle = database.driver()->handle();
    if (!isKnown || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return;
    sqlite3 *const raw = *static_cast<sqlite3 *const *>(handle.constData());
    if (raw)
        sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
#endif
}

} // namespace

Rows::~Rows()
{
    if (m_query)
        m_query->finish();
}

QDateTime Rows::time(int column) const
{
    const QVariant value = m_query->value(column);
    return value.isNull()
        ? QDateTime()
        : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), QTimeZone::utc()).toUTC();
}

QStringList Rows::list(int column) const
{
    QStringList list;
    for (const QJsonValue &item : QJsonDocument::fromJson(text(column).toUtf8()).array())
        list.append(item.toString());
    return list;
}

QJsonObject Rows::object(int column) const
{
    return QJsonDocument::fromJson(text(column).toUtf8()).object();
}

QVariant textValue(const QString &text)
{
    return text.isNull() ? QVariant(QStringLiteral("")) : QVariant(text);
}

QVariant blobValue(const QByteArray &bytes)
{
    return bytes.isNull() ? QVariant(QByteArray("", 0)) : QVariant(bytes);
}

QVariant timeValue(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

QVariant listValue(const QStringList &list)
{
    const QJsonDocument document(QJsonArray::fromStringList(list));
    return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
}

QVariant objectValue(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Database::Database(QString file, QString connection)
    : m_file(std::move(file))
    , m_connection(std::move(connection))
    , m_thread(QThread::currentThread())
{
}

Database::~Database()
{
    m_prepared.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<Database>> Database::open(const QString &file, const Options &options)
{
    const QString connection = QUuid::createUuid().toString(QUuid::WithoutBraces);
    std::unique_ptr<Database> database(new Database(file, connection));
    if (const Result<> connected = database->connect(options); !connected)
        return fail(connected.error(), "opening the database");
    return database;
}

Result<std::unique_ptr<Database>> Database::openInMemory()
{
    return open(QStringLiteral(":memory:"), Options());
}

Result<> Database::connect(const Options &options)
{
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    if (!m_database.isValid())
        return fail(Error::Kind::Internal, QStringLiteral("Qt's SQLite driver is not installed"),
                    QStringLiteral("Install the package libqt6sql6-sqlite."));
    m_database.setDatabaseName(m_file);
    m_database.setConnectOptions(
        QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(options.busyTimeout.count()));
    if (!m_database.open())
        return fail(errorOf(m_database.lastError()));
    struct stat info = {};
    if (::stat(QFile::encodeName(m_file).constData(), &info) == 0) {
        m_device = info.st_dev;
        m_fileNumber = info.st_ino;
    }
    defend(m_database);
    // Before anything is read: what a planted schema could do with functions is switched off.
    return execute(QStringLiteral("PRAGMA trusted_schema=OFF"));
}

Result<> Database::configure()
{
    // DELETE and not WAL: SQLite before 3.51.3 can corrupt a WAL file that two processes share.
    // EXTRA also syncs the folder after the journal is gone, so that a commit stays one.
    for (const QLatin1String pragma :
         {QLatin1String("journal_mode=DELETE"), QLatin1String("synchronous=EXTRA"),
          QLatin1String("foreign_keys=ON"), QLatin1String("cell_size_check=ON"),
          QLatin1String("secure_delete=ON"), QLatin1String("temp_store=MEMORY"),
          QLatin1String("fullfsync=ON")}) {
        if (const Result<> done = execute(QLatin1String("PRAGMA ") + pragma); !done)
            return done;
    }
    return {};
}

Result<Rows> Database::run(const char *sql, const QVariantList &values)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    auto found = m_prepared.find(sql);
    if (found == m_prepared.end()) {
        QSqlQuery query(m_database);
        query.setForwardOnly(true);
        if (!query.prepare(QString::fromLatin1(sql)))
            return fail(errorOf(query.lastError()));
        found = m_prepared.emplace(sql, std::move(query)).first;
    }
    QSqlQuery &query = found->second;
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, values.at(i));
    if (!query.exec()) {
        const Error error = errorOf(query.lastError());
        query.finish();
        return fail(error);
    }
    return Rows(query);
}

Result<int> Database::change(const char *sql, const QVariantList &values)
{
    const Result<Rows> rows = run(sql, values);
    if (!rows)
        return fail(rows.error());
    return rows->affected();
}

Result<> Database::execute(const QString &sql)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return fail(errorOf(query.lastError()));
    return {};
}

Result<qint64> Database::pragma(const char *name)
{
    Q_ASSERT(QThread::currentThread() == m_thread);
    QSqlQuery query(m_database);
    if (!query.exec(QLatin1String("PRAGMA ") + QLatin1String(name)) || !query.next())
        return fail(errorOf(query.lastError()));
    return query.value(0).toLongLong();
}

Result<> Database::begin()
{
    if (const Result<> begun = execute(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun;
    if (!isReplaced())
        return {};
    rollBack();
    return fail(Error::Kind::Conflict,
                QStringLiteral("a backup was restored to %1 meanwhile; this change was not stored")
                    .arg(m_file),
                QStringLiteral("Close this Sealbook and start it again."));
}

bool Database::isReplaced() const
{
    struct stat info = {};
    return m_fileNumber != 0 && ::stat(QFile::encodeName(m_file).constData(), &info) == 0
        && (info.st_dev != m_device || info.st_ino != m_fileNumber);
}

Result<> Database::commit()
{
    return execute(QStringLiteral("COMMIT"));
}

void Database::rollBack()
{
    // Fails where SQLite has rolled back by itself already (disk full): that is what we want.
    QSqlQuery query(m_database);
    query.exec(QStringLiteral("ROLLBACK"));
}

Error Database::errorOf(const QSqlError &error) const
{
    Error result;
    const int code = error.nativeErrorCode().toInt() & 0xFF;
    result.evidence = {{QStringLiteral("sqlite_code"), error.nativeErrorCode()},
                       {QStringLiteral("sqlite_text"), error.databaseText()},
                       {QStringLiteral("file"), m_file}};
    switch (code) {
    case sqliteBusy:
    case sqliteLocked:
        result.kind = Error::Kind::Conflict;
        result.detail =
            QStringLiteral("another process holds the database %1 and did not let go").arg(m_file);
        result.advice = QStringLiteral("Wait for the other Sealbook (or backup program) to finish, "
                                       "then try again. Nothing was lost.");
        break;
    case sqliteReadOnly:
        result.detail = QStringLiteral("the database %1 cannot be written").arg(m_file);
        result.advice = QStringLiteral("Make the file and its folder writable for you.");
        break;
    case sqliteFull:
        result.detail = QStringLiteral("the disk that holds %1 is full; this change was not "
                                       "stored, everything before it was")
                            .arg(m_file);
        result.advice = QStringLiteral("Free some space on that disk, then try again.");
        break;
    case sqliteIoError:
    case sqliteCantOpen:
        result.detail = QStringLiteral("the disk refused to read or write %1 (%2)")
                            .arg(m_file, error.databaseText());
        result.advice = QStringLiteral("Check the disk and the folder's permissions.");
        break;
    case sqliteCorrupt:
        result.kind = Error::Kind::Corrupt;
        result.detail =
            QStringLiteral("the database %1 is damaged (%2)").arg(m_file, error.databaseText());
        break;
    case sqliteNotADatabase:
        result.kind = Error::Kind::Corrupt;
        result.detail = QStringLiteral("%1 is not a database").arg(m_file);
        result.advice = QStringLiteral("Choose another file. This one was not changed.");
        break;
    case sqliteConstraint:
        result.kind = Error::Kind::Conflict;
        result.detail =
            QStringLiteral("the database refused the change: %1").arg(error.databaseText());
        break;
    default:
        result.detail = QStringLiteral("the database said: %1 %2")
                            .arg(error.databaseText(), error.driverText());
        break;
    }
    return result;
}

} // namespace sealbook
