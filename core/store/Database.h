// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QDateTime>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <chrono>
#include <memory>
#include <unordered_map>

class QThread;

namespace sealbook {

// The rows of one statement. It MUST die before the same statement runs again: a statement that is
// not reset keeps its lock on the file. Made by Database::run.
class Rows
{
public:
    explicit Rows(QSqlQuery &query)
        : m_query(&query)
    {
    }
    ~Rows();
    Rows(Rows &&other) noexcept
        : m_query(std::exchange(other.m_query, nullptr))
    {
    }
    Rows(const Rows &) = delete;
    Rows &operator=(const Rows &) = delete;
    Rows &operator=(Rows &&) = delete;

    [[nodiscard]] bool next() { return m_query->next(); }
    [[nodiscard]] int affected() const { return m_query->numRowsAffected(); }

    [[nodiscard]] QString text(int column) const { return m_query->value(column).toString(); }
    [[nodiscard]] QByteArray blob(int column) const { return m_query->value(column).toByteArray(); }
    [[nodiscard]] qint64 integer(int column) const { return m_query->value(column).toLongLong(); }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] QDateTime time(int column) const; // invalid for NULL
    [[nodiscard]] QStringList list(int column) const;
    [[nodiscard]] QJsonObject object(int column) const;

private:
    QSqlQuery *m_query;
};

// What a column takes. A null QString or QByteArray is bound as NULL by the driver, so these make
// the empty value of it.
[[nodiscard]] QVariant textValue(const QString &text);
[[nodiscard]] QVariant blobValue(const QByteArray &bytes);
[[nodiscard]] QVariant timeValue(const QDateTime &time); // NULL where invalid
[[nodiscard]] QVariant listValue(const QStringList &list);
[[nodiscard]] QVariant objectValue(const QJsonObject &object);
template <typename AnyId>
[[nodiscard]] QVariant idValue(const AnyId &id) // NULL where invalid
{
    return id.isValid() ? QVariant(id.text()) : QVariant();
}

// One open SQLite file with the pragmas of security.md section 7, and every statement prepared
// once. Belongs to the thread that opened it (asserted: Qt 6.4 does not). Opening alone writes
// nothing; DatabaseFile decides whether the file is ours before configure() is called.
class Database
{
public:
    struct Options
    {
        std::chrono::milliseconds busyTimeout{10'000}; // how long to wait for another process
        bool copiesBeforeMigration = true; // see DatabaseFile
    };

    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString &file,
                                                                const Options &options);
    // A database that lives in memory, for comparing schemas.
    [[nodiscard]] static Result<std::unique_ptr<Database>> openInMemory();
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] const QString &file() const { return m_file; }
    // `sql` MUST be a literal: it is the key of the prepared statement.
    [[nodiscard]] Result<Rows> run(const char *sql, const QVariantList &values = {});
    // Runs a statement that changes rows; gives how many.
    [[nodiscard]] Result<int> change(const char *sql, const QVariantList &values = {});
    // Runs SQL that is not prepared: schema and pragmas.
    [[nodiscard]] Result<> execute(const QString &sql);
    [[nodiscard]] Result<qint64> pragma(const char *name);

    // Takes the write lock at once. Conflict where another file has our name by now (a backup was
    // restored): what we wrote would be lost.
    [[nodiscard]] Result<> begin();
    [[nodiscard]] Result<> commit();
    void rollBack();

    // The pragmas that write or that matter for writing; after the file is known to be ours.
    [[nodiscard]] Result<> configure();

private:
    Database(QString file, QString connection);
    [[nodiscard]] Result<> connect(const Options &options);
    [[nodiscard]] Error errorOf(const QSqlError &error) const;
    [[nodiscard]] bool isReplaced() const;

    QString m_file;
    QString m_connection;
    QSqlDatabase m_database;
    const QThread *m_thread;
    quint64 m_device = 0; // with the number below: which file it is; 0 = in memory
    quint64 m_fileNumber = 0;
    std::unordered_map<const char *, QSqlQuery> m_prepared;
};

// "SBK1": marks the file as ours (PRAGMA application_id).
inline constexpr qint64 databaseApplicationId = 0x53424B31;

} // namespace sealbook
