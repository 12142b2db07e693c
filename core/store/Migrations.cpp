// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/Migrations.h"

#include "core/store/CertificateRepository.h"
#include "core/store/Database.h"

#include <QFile>
#include <QMap>

// Outside of the namespace, because the macro declares a global function.
static void loadSchemaResource()
{
    Q_INIT_RESOURCE(schema);
}

namespace sealbook {

namespace {

const char *const schemaFiles[newestSchemaVersion] = {
    ":/schema/001_initial.sql",   ":/schema/002_inventory.sql", ":/schema/003_name_turn.sql",
    ":/schema/004_endpoints.sql", ":/schema/005_requests.sql",  ":/schema/006_revocation.sql",
    ":/schema/007_waiting.sql"};
constexpr int inventoryVersion = 2;

QStringList statementsOf(int version)
{
    loadSchemaResource();
    QFile file(QString::fromLatin1(schemaFiles[version - 1]));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return {};
    QStringList statements;
    const QString text = QString::fromUtf8(file.readAll());
    for (const QString &paragraph : text.split(QStringLiteral("\n\n"), Qt::SkipEmptyParts)) {
        if (!paragraph.startsWith(QLatin1String("--")))
            statements.append(paragraph.trimmed());
    }
    return statements;
}

Result<> runMigration(Database &database, int version)
{
    const QStringList statements = statementsOf(version);
    if (statements.isEmpty())
        return fail(Error::Kind::Internal,
                    QStringLiteral("the schema of version %1 is missing").arg(version));
    for (const QString &statement : statements) {
        if (const Result<> done = database.execute(statement); !done)
            return done;
    }
    if (version == inventoryVersion) {
        // SQL cannot read a certificate.
        if (const Result<> done = CertificateRepository(database).completeFacts(); !done)
            return done;
    }
    return database.execute(QStringLiteral("PRAGMA user_version=%1").arg(version));
}

// Name -> kind and SQL text of everything in the schema.
Result<QMap<QString, QString>> schemaOf(Database &database)
{
    // Left out is only what SQLite makes by itself: an index without SQL, and ANALYZE's tables. A
    // name alone says nothing: a file made by hand may hold a trigger called sqlite_something.
    Result<Rows> rows = database.run(
        "SELECT name, type, sql FROM sqlite_master WHERE NOT (type = 'index' AND sql IS NULL) "
        "AND NOT (type = 'table' AND sql LIKE 'CREATE TABLE sqlite\\_stat%' ESCAPE '\\')");
    if (!rows)
        return fail(rows.error());
    QMap<QString, QString> schema;
    while (rows->next())
        schema.insert(rows->text(0), rows->text(1) + QLatin1Char(' ') + rows->text(2));
    return schema;
}

tl::unexpected<Error> strange(const QString &detail)
{
    return fail(Error::Kind::Corrupt, detail,
                QStringLiteral("Somebody changed the database's structure. Do not trust its "
                               "contents; restore a backup."));
}

} // namespace

Result<> migrate(Database &database, int version)
{
    return migrate(database, version, newestSchemaVersion);
}

Result<> migrate(Database &database, int version, int target)
{
    if (const Result<> begun = database.begin(); !begun)
        return begun;
    Result<> done;
    for (int next = version + 1; next <= target && done; ++next)
        done = runMigration(database, next);
    if (done)
        done = database.commit();
    if (done)
        return {};
    database.rollBack();
    return fail(done.error(), "bringing the database's schema up to date");
}

Result<> checkSchema(Database &database, int version)
{
    const Result<std::unique_ptr<Database>> model = Database::openInMemory();
    if (!model)
        return fail(model.error());
    if (const Result<> made = migrate(**model, 0, version); !made)
        return made;
    const Result<QMap<QString, QString>> wanted = schemaOf(**model);
    const Result<QMap<QString, QString>> found = schemaOf(database);
    if (!wanted || !found)
        return fail(wanted ? found.error() : wanted.error());
    for (auto item = found->cbegin(); item != found->cend(); ++item) {
        if (!wanted->contains(item.key()))
            return strange(QStringLiteral("the database holds a %1 named \"%2\" that Sealbook did "
                                          "not make")
                               .arg(item.value().section(QLatin1Char(' '), 0, 0), item.key()));
        if (wanted->value(item.key()) != item.value())
            return strange(
                QStringLiteral("the database's \"%1\" is not as Sealbook made it").arg(item.key()));
    }
    for (auto item = wanted->cbegin(); item != wanted->cend(); ++item) {
        if (!found->contains(item.key()))
            return strange(QStringLiteral("the database lacks its \"%1\"").arg(item.key()));
    }
    return {};
}

} // namespace sealbook
