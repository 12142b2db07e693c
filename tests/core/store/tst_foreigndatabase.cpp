// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/store/Database.h"
#include "core/store/ForeignDatabase.h"
#include "tests/support/TestData.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// Databases of XCA as its schema lays them out, one that NSS made, and such as do harm.
class TstForeignDatabase : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;

    QByteArray made(const QStringList &statements)
    {
        const QString path = m_folder.filePath(QStringLiteral("%1.db").arg(++m_count));
        {
            const auto database = Database::open(path, {});
            for (const QString &statement : statements) {
                const Result<> done = (*database)->execute(statement);
                if (!done)
                    qFatal("%s: %s", qPrintable(statement), qPrintable(done.error().detail));
            }
        }
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QStringList xca()
    {
        return {QStringLiteral("CREATE TABLE items(id INTEGER PRIMARY KEY, name VARCHAR(128), "
                               "type INTEGER, del SMALLINT NOT NULL DEFAULT 0)"),
                QStringLiteral("CREATE TABLE certs (item INTEGER, hash INTEGER, cert TEXT)"),
                QStringLiteral("CREATE TABLE private_keys (item INTEGER, ownPass INTEGER, private "
                               "TEXT)"),
                QStringLiteral("CREATE TABLE requests (item INTEGER, request TEXT)"),
                QStringLiteral("INSERT INTO items (id, name, del) VALUES (1, 'web', 0), (2, 'old', "
                               "1), (3, 'the key', 0), (4, 'asked', 0)"),
                QStringLiteral("INSERT INTO certs VALUES (1, 1, 'bGVhZg=='), (2, 2, 'b2xk')"),
                QStringLiteral("INSERT INTO private_keys VALUES (3, 0, 'c2VhbGVk')"),
                QStringLiteral("INSERT INTO requests VALUES (4, 'cmVxdWVzdA==')")};
    }
    static Result<ForeignDatabase> read(const QByteArray &bytes)
    {
        return readForeignDatabase(bytesOf(bytes), 100, 4096);
    }
    static void isRefused(const QByteArray &bytes, const char *told)
    {
        const Result<ForeignDatabase> found = read(bytes);
        QVERIFY(!found);
        QCOMPARE(found.error().kind, Error::Kind::BadRequest);
        QVERIFY2(found.error().detail.contains(QLatin1String(told)),
                 qPrintable(found.error().detail));
    }

private Q_SLOTS:
    void readsXca()
    {
        const Result<ForeignDatabase> found = read(made(xca()));
        QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
        QCOMPARE(found->program, QStringLiteral("XCA"));
        QCOMPARE(found->certificates, std::vector<QByteArray>{"leaf"}); // the deleted one not
        QCOMPARE(found->keys.size(), std::size_t{1});
        QCOMPARE(found->keys.front().name, QStringLiteral("the key"));
        QCOMPARE(found->keys.front().pkcs8, QByteArray("sealed"));
        QVERIFY(!found->keys.front().hasOwnPassword);
        QCOMPARE(found->requests, std::vector<QByteArray>{"request"});
    }

    void readsAnOldXcaWithoutMarksOfDeletion()
    {
        QStringList statements = xca();
        statements.append(QStringLiteral("ALTER TABLE items DROP COLUMN del"));
        const Result<ForeignDatabase> found = read(made(statements));
        QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
        QCOMPARE(found->certificates.size(), std::size_t{2});
    }

    void readsAWriteAheadLogsDatabase()
    {
        QStringList statements = xca();
        statements.prepend(QStringLiteral("PRAGMA journal_mode = WAL"));
        const QByteArray bytes = made(statements);
        QCOMPARE(bytes.at(18), char(2));
        QVERIFY(read(bytes));
    }

    void readsNss()
    {
        const Result<ForeignDatabase> found =
            read(testData(QStringLiteral("foreign/nss-cert9.db")));
        QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
        QCOMPARE(found->program, QStringLiteral("NSS"));
        QCOMPARE(found->certificates.size(), std::size_t{2});
        for (const QByteArray &der : found->certificates)
            QVERIFY(der.startsWith("\x30\x82"));
    }

    void countsTheKeysOfNss()
    {
        const Result<ForeignDatabase> found =
            read(made({QStringLiteral("CREATE TABLE nssPrivate (id PRIMARY KEY, a0, a11)"),
                       QStringLiteral("INSERT INTO nssPrivate VALUES (1, x'00000003', x'00'), "
                                      "(2, x'00000002', x'00')")}));
        QVERIFY(found);
        QCOMPARE(found->keys.size(), std::size_t{1});
        QVERIFY(found->certificates.empty());
    }

    void readsTheSealedKeysOfNss()
    {
        const Result<ForeignDatabase> found = readForeignDatabase(
            bytesOf(testData(QStringLiteral("foreign/nss-key4.db"))), 2000, 65536);
        QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
        QCOMPARE(found->keys.size(), std::size_t{2});
        QCOMPARE(found->salt.size(), 20);
        QVERIFY(found->passwordCheck.startsWith("\x30\x81\x82"));
        for (const ForeignDatabase::Key &key : found->keys)
            QVERIFY(!key.attributes.value(0x11).isEmpty() || key.attributes.contains(0x123));
    }

    void B55_otherDatabasesAreRefused()
    {
        isRefused(made({QStringLiteral("CREATE TABLE x (y)")}), "neither XCA's nor one of NSS");
        isRefused({}, "damaged");
        isRefused(QByteArray("SQLite format 3\0", 16), "damaged");
        isRefused(QByteArray("SQLite format 3\0", 16) + QByteArray(5000, 'x'), "SQLite database");
    }

    // What stands for the tables may run as long as it likes, or do more than read.
    void viewsAndVirtualTablesAreNoTables()
    {
        QStringList views;
        for (const char *name : {"items", "certs", "private_keys", "requests"})
            views.append(QStringLiteral("CREATE VIEW %1 AS WITH RECURSIVE n(i) AS (SELECT 1 UNION "
                                        "ALL SELECT i + 1 FROM n) SELECT i AS id, i AS item, i AS "
                                        "cert, i AS name FROM n")
                             .arg(QLatin1String(name)));
        isRefused(made(views), "neither XCA's");
        isRefused(made({QStringLiteral("CREATE VIRTUAL TABLE nssPublic USING fts5(a0, a11)")}),
                  "neither XCA's");
    }

    void limitsHold()
    {
        QStringList many = xca();
        many.append(
            QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n "
                           "WHERE i < 200) INSERT INTO items (id) SELECT i FROM n"));
        many.append(
            QStringLiteral("INSERT INTO certs (item, cert) SELECT id, 'bGVhZg==' FROM items"));
        isRefused(made(many), "more than 100");
        QStringList large = xca();
        large.append(QStringLiteral("UPDATE certs SET cert = hex(zeroblob(4000))"));
        isRefused(made(large), "more than 4 KiB");
        QStringList wrong = xca();
        wrong.append(QStringLiteral("UPDATE certs SET cert = '*not base64*'"));
        isRefused(made(wrong), "base64");
    }

    void B46_cutOrTouchedOnesDoNotCrash()
    {
        const QByteArray whole = made(xca());
        for (qsizetype size = 0; size < whole.size(); size += 509)
            (void)read(whole.left(size));
        for (qsizetype at = 0; at < whole.size(); at += 7) {
            QByteArray touched = whole;
            touched[at] = static_cast<char>(touched[at] ^ 0xff);
            (void)read(touched);
        }
        QVERIFY(read(whole));
    }
};

QTEST_GUILESS_MAIN(TstForeignDatabase)
#include "tst_foreigndatabase.moc"
