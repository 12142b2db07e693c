// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>

namespace sealbook {

// Takes a table away behind the back of an open store, so that every write to it fails from now on:
// the audit log that cannot be written, the job's log that is gone.
[[nodiscard]] inline bool dropTable(const QString &file, const QString &table)
{
    const QString connection = QStringLiteral("behind the back");
    bool done = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(file);
        done =
            database.open() && QSqlQuery(database).exec(QStringLiteral("DROP TABLE %1").arg(table));
        database.close();
    }
    QSqlDatabase::removeDatabase(connection);
    return done;
}

} // namespace sealbook
