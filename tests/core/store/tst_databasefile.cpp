// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/BackupFile.h"
#include "core/store/BackupFolder.h"
#include "core/store/DatabaseFile.h"
#include "core/store/Migrations.h"
#include "core/store/SettingRepository.h"
#include "core/store/Store.h"
#include "core/x509/Certificate.h"
#include "tests/support/Await.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/TestData.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace sealbook;

class TstDatabaseFile : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString file() const { return m_folder->filePath(QStringLiteral("sealbook.db")); }
    QString journal() const { return file() + QStringLiteral("-journal"); }

    static Result<std::unique_ptr<Database>>
    openWithin(const QString &file, std::chrono::milliseconds wait = std::chrono::milliseconds(200))
    {
        Database::Options options;
        options.busyTimeout = wait;
        return openDatabaseFile(file, options);
    }

    void make() { QVERIFY(openWithin(file())); }

    // A file as that version left it.
    void makeOld(int version)
    {
        const auto database = Database::open(file(), {});
        QVERIFY((*database)->execute(
            QStringLiteral("PRAGMA application_id=%1").arg(databaseApplicationId)));
        QVERIFY(migrate(**database, 0, version));
        QVERIFY((*database)->change("INSERT INTO setting (key, value) VALUES ('vault.id', ?)",
                                    {QStringLiteral("[\"x\"]")}));
    }

    void fill(int settings)
    {
        const auto database = openWithin(file());
        QVERIFY(database);
        QVERIFY((*database)->begin());
        for (int i = 0; i < settings; ++i)
            QVERIFY(SettingRepository(**database)
                        .save(QStringLiteral("k%1").arg(i), QString(200, QLatin1Char('x'))));
        QVERIFY((*database)->commit());
    }

    Result<BackupRecord> backUp() const
    {
        const auto database = openWithin(file());
        const auto name = BackupFolder(file()).newFile(BackupReason::Daily);
        if (!database || !name)
            return fail(database ? name.error() : database.error());
        return writeBackup(**database, *name, BackupReason::Daily);
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void overwrite(const QString &path, qint64 at, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(at));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    // Refused, with these words, and not a byte of the file changed.
    void refuses(Error::Kind kind, const QString &words)
    {
        const QByteArray before = contentOf(file());
        const auto database = openWithin(file());
        QVERIFY(!database);
        QCOMPARE(kindName(database.error().kind), kindName(kind));
        QVERIFY2(database.error().detail.contains(words), qPrintable(database.error().detail));
        QVERIFY(!database.error().advice.isEmpty());
        QCOMPARE(contentOf(file()), before);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    void makesAFileThatOnlyItsOwnerReads()
    {
        const QString file = m_folder->filePath(QStringLiteral("a/b/sealbook.db"));
        QVERIFY(openWithin(file));
        struct stat info = {};
        QCOMPARE(::stat(QFile::encodeName(file).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
        QCOMPARE(info.st_nlink, 1U);
        const QByteArray folder = QFile::encodeName(m_folder->filePath(QStringLiteral("a/b")));
        QCOMPARE(::stat(folder.constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0700U);
        QCOMPARE(
            QDir(m_folder->filePath(QStringLiteral("a/b"))).entryList(QDir::Files | QDir::Hidden),
            QStringList{QStringLiteral("sealbook.db")});
    }

    void setsThePragmas()
    {
        const auto database = openWithin(file());
        QVERIFY(database);
        QCOMPARE(*(*database)->pragma("synchronous"), 3);
        QCOMPARE(*(*database)->pragma("foreign_keys"), 1);
        QCOMPARE(*(*database)->pragma("trusted_schema"), 0);
        QCOMPARE(*(*database)->pragma("cell_size_check"), 1);
        QCOMPARE(*(*database)->pragma("secure_delete"), 1);
        QCOMPARE(*(*database)->pragma("temp_store"), 2);
        QCOMPARE(*(*database)->pragma("application_id"), databaseApplicationId);
        QCOMPARE(*(*database)->pragma("user_version"), qint64(newestSchemaVersion));
        Result<Rows> mode = (*database)->run("PRAGMA journal_mode");
        QVERIFY(mode && mode->next());
        QCOMPARE(mode->text(0), QStringLiteral("delete"));
    }

    void closesAFileThatOthersCouldRead()
    {
        make();
        QCOMPARE(::chmod(QFile::encodeName(file()).constData(), 0644), 0);
        QVERIFY(openWithin(file()));
        struct stat info = {};
        QCOMPARE(::stat(QFile::encodeName(file()).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
    }

    void refusesASymbolicLink()
    {
        make();
        const QString link = m_folder->filePath(QStringLiteral("link.db"));
        QVERIFY(QFile::link(file(), link));
        const auto database = openWithin(link);
        QCOMPARE(database.error().kind, Error::Kind::BadRequest);
        QVERIFY(database.error().detail.contains(QStringLiteral("symbolic link")));
    }

    void refusesAFolderThatOthersCanWrite()
    {
        QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0777), 0);
        const auto database = openWithin(file());
        QCOMPARE(database.error().kind, Error::Kind::BadRequest);
        QVERIFY(!QFile::exists(file()));
    }

    void refusesWhatIsNoFile()
    {
        QVERIFY(QDir().mkpath(file()));
        QCOMPARE(openWithin(file()).error().kind, Error::Kind::BadRequest);
    }

    void twoMakersEndUpWithOneDatabase()
    {
        QStringList ids(4);
        std::vector<std::thread> threads;
        for (QString &id : ids) {
            threads.emplace_back([&id, file = file()] {
                const auto database = openWithin(file, std::chrono::seconds(20));
                if (database)
                    id =
                        SettingRepository(**database).value(QStringLiteral("vault.id"))->toString();
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(!ids.first().isEmpty());
        QCOMPARE(ids, QStringList(4, ids.first()));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void B58_refusesAnEmptyFile()
    {
        QFile empty(file());
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        refuses(Error::Kind::Corrupt, QStringLiteral("is empty (0 bytes)"));
    }

    void B59_refusesWhatIsNoDatabase_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("short text") << QByteArray("hello");
        QTest::newRow("long text") << QByteArray(10000, 'x');
        QTest::newRow("zeros") << QByteArray(8192, '\0');
    }
    void B59_refusesWhatIsNoDatabase()
    {
        QFETCH(QByteArray, content);
        QFile other(file());
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(content);
        other.close();
        refuses(Error::Kind::Corrupt, QStringLiteral("is not a database"));
    }

    void B59_refusesSomebodyElsesDatabase()
    {
        {
            const auto database = Database::open(file(), {});
            QVERIFY((*database)->execute(QStringLiteral("CREATE TABLE x (y)")));
        }
        refuses(Error::Kind::Corrupt, QStringLiteral("but not Sealbook's"));
    }

    void B57_B60_refusesANewerFormatAndWritesNothing()
    {
        make();
        {
            const auto database = openWithin(file());
            QVERIFY((*database)->execute(QStringLiteral("PRAGMA user_version=99")));
            QVERIFY((*database)->execute(QStringLiteral("PRAGMA journal_mode=WAL")));
        }
        refuses(Error::Kind::Corrupt, QStringLiteral("newer Sealbook (format 99"));
    }

    void B61_findsADamagedPageAndNamesTheBackup()
    {
        make();
        fill(200);
        const auto good = backUp();
        QVERIFY2(good, good ? "" : qPrintable(describe(good.error())));
        overwrite(file(), 4096 * 20, QByteArray(4096, '\x5a'));
        refuses(Error::Kind::Corrupt, QStringLiteral("is damaged"));
        const Error error = openWithin(file()).error();
        QVERIFY2(error.advice.contains(good->file), qPrintable(error.advice));
        QCOMPARE(error.evidence.value(QStringLiteral("backup")).toString(), good->file);
    }

    // What was damaged later than the profile itself is no way back.
    void B61_offersTheLastGoodBackup()
    {
        make();
        fill(200);
        const auto good = backUp();
        const auto later = backUp();
        QVERIFY(good && later && good->takenAt < later->takenAt);
        overwrite(later->file, 20000, "\x5a");
        overwrite(file(), 4096 * 20, QByteArray(4096, '\x5a'));
        const Error error = openWithin(file()).error();
        QCOMPARE(error.evidence.value(QStringLiteral("backup")).toString(), good->file);
    }

    void B61_saysSoWhereThereIsNoBackup()
    {
        make();
        fill(200);
        overwrite(file(), 4096 * 20, QByteArray(4096, '\x5a'));
        const Error error = openWithin(file()).error();
        QVERIFY(error.advice.contains(QStringLiteral("your own backup")));
        QVERIFY(!error.evidence.contains(QStringLiteral("backup")));
    }

    void B61_findsATruncatedFile()
    {
        make();
        fill(200);
        QVERIFY(QFile::resize(file(), 4096 * 9));
        refuses(Error::Kind::Corrupt, QStringLiteral("is damaged"));
    }

    void B62_recoversWhatACrashLeft()
    {
        make();
        fill(200);
        const QString crashed = m_folder->filePath(QStringLiteral("crashed.db"));
        {
            // A tiny cache makes SQLite write pages before the commit: file and journal are then
            // as a killed process leaves them.
            const auto database = openWithin(file());
            QVERIFY((*database)->execute(QStringLiteral("PRAGMA cache_size=2")));
            QVERIFY((*database)->begin());
            QVERIFY((*database)->execute(QStringLiteral("UPDATE setting SET value = '[1]'")));
            QVERIFY(QFile::copy(file(), crashed));
            QVERIFY(QFile::copy(journal(), crashed + QStringLiteral("-journal")));
            QVERIFY(contentOf(crashed).contains("[1]"));
            (*database)->rollBack();
        }
        const auto database = openWithin(crashed);
        QVERIFY(database);
        QVERIFY(!QFile::exists(crashed + QStringLiteral("-journal")));
        const auto value = SettingRepository(**database).value(QStringLiteral("k7"));
        QCOMPARE(value->toString(), QString(200, QLatin1Char('x')));
    }

    void B63_refusesAReadOnlyMedium()
    {
        SmallDisk disk(m_folder->path());
        make();
        if (disk.isMounted()) {
            QVERIFY(disk.makeReadOnly());
        } else {
            QCOMPARE(::chmod(QFile::encodeName(file()).constData(), 0400), 0);
            QVERIFY(::geteuid() != 0);
        }
        refuses(Error::Kind::Internal, QStringLiteral("cannot be written"));
    }

    void B64_losesNothingOnAFullDisk()
    {
        SmallDisk disk(m_folder->path());
        Result<std::unique_ptr<Store>> store = await(Store::open(file(), {}));
        QVERIFY(store);
        QVERIFY(await((*store)->setSetting(QStringLiteral("before"), 1)));
        disk.fillUp();
        const QString large(100000, QLatin1Char('x'));
        const auto failed = await((*store)->setSetting(QStringLiteral("large"), large));
        QVERIFY(!failed);
        QVERIFY2(failed.error().detail.contains(QStringLiteral("disk")),
                 qPrintable(failed.error().detail));
        QVERIFY(!failed.error().advice.isEmpty());
        QCOMPARE(await((*store)->setting(QStringLiteral("before")))->toInt(), 1);
        QVERIFY(await((*store)->setting(QStringLiteral("large")))->isUndefined());
        disk.freeUp();
        QVERIFY(await((*store)->setSetting(QStringLiteral("after"), 2)));
        store->reset();
        const auto again = openWithin(file());
        QVERIFY(again);
        QCOMPARE(SettingRepository(**again).value(QStringLiteral("before"))->toInt(), 1);
        QCOMPARE(SettingRepository(**again).value(QStringLiteral("after"))->toInt(), 2);
    }

    void B65_saysWhoIsInTheWay()
    {
        make();
        const auto holder = openWithin(file());
        QVERIFY(holder);
        QVERIFY((*holder)->execute(QStringLiteral("BEGIN EXCLUSIVE")));
        refuses(Error::Kind::Conflict, QStringLiteral("another process holds the database"));
    }

    void B65_waitsForTheOther()
    {
        make();
        std::atomic<bool> isHeld = false;
        std::thread other([file = file(), &isHeld] {
            const auto holder = openWithin(file);
            if (!(*holder)->execute(QStringLiteral("BEGIN EXCLUSIVE")))
                return;
            isHeld = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            (*holder)->rollBack();
        });
        while (!isHeld)
            std::this_thread::yield();
        const auto database = openWithin(file(), std::chrono::seconds(20));
        other.join();
        QVERIFY(database);
    }

    void B69_findsWhatWasPlanted_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("words");
        QTest::newRow("trigger") << QStringLiteral(
            "CREATE TRIGGER spy AFTER INSERT ON credential BEGIN DELETE FROM setting; END")
                                 << QStringLiteral("trigger named \"spy\"");
        QTest::newRow("view") << QStringLiteral("CREATE VIEW spy AS SELECT 1")
                              << QStringLiteral("view named \"spy\"");
        QTest::newRow("table") << QStringLiteral("CREATE TABLE spy (x)")
                               << QStringLiteral("table named \"spy\"");
        QTest::newRow("missing trigger") << QStringLiteral("DROP TRIGGER audit_is_never_cut")
                                         << QStringLiteral("lacks its \"audit_is_never_cut\"");
        QTest::newRow("changed table") << QStringLiteral("ALTER TABLE account ADD COLUMN spy TEXT")
                                       << QStringLiteral("\"account\" is not as");
    }
    void B69_findsWhatWasPlanted()
    {
        QFETCH(QString, sql);
        QFETCH(QString, words);
        make();
        QVERIFY((*openWithin(file()))->execute(sql));
        refuses(Error::Kind::Corrupt, words);
    }
    // SQL cannot give a trigger a name of SQLite's own, but whoever writes into the file can.
    void B69_noNameHidesATrigger()
    {
        make();
        QVERIFY((*openWithin(file()))
                    ->execute(QStringLiteral("CREATE TRIGGER sxlite_spy AFTER INSERT ON credential "
                                             "BEGIN DELETE FROM setting; END")));
        QByteArray content = contentOf(file());
        QVERIFY(content.contains("sxlite_spy"));
        content.replace("sxlite_spy", "sqlite_spy");
        QFile handle(file());
        QVERIFY(handle.open(QIODevice::WriteOnly));
        QCOMPARE(handle.write(content), content.size());
        handle.close();
        refuses(Error::Kind::Corrupt, QStringLiteral("trigger named \"sqlite_spy\""));
    }
    void whatAnalyzeLeavesIsNotPlanted()
    {
        make();
        fill(5);
        QVERIFY((*openWithin(file()))->execute(QStringLiteral("ANALYZE")));
        QVERIFY(openWithin(file()));
    }

#ifdef SEALBOOK_SQLITE
    void B69_sqlCannotRewriteTheSchema()
    {
        const auto database = openWithin(file());
        QVERIFY((*database)->execute(QStringLiteral("PRAGMA writable_schema=ON")));
        QVERIFY(!(*database)->execute(QStringLiteral("UPDATE sqlite_master SET sql = ''")));
    }
#endif

    void C19_copiesTheFileBeforeItsFormatChanges()
    {
        makeOld(1);
        QVERIFY(openWithin(file()));
        const auto copy = BackupFolder(file()).newestSound();
        QVERIFY(copy);
        QCOMPARE(copy->format, 1);
        QCOMPARE(copy->reason, BackupReason::Format);
    }

    // A file as version 1 left it: three certificates, of which two share a chain, and one that
    // cannot be read.
    void C19_bringsAVersion1FileUpToDate()
    {
        const QByteArray leaf = testData(QStringLiteral("x509/leaf.der"));
        const auto roots = certificatesFromPem(testData(QStringLiteral("x509/root.pem")), true);
        QVERIFY(roots);
        const QByteArray root = roots->front().der();
        {
            const auto database = Database::open(file(), {});
            QVERIFY((*database)->execute(
                QStringLiteral("PRAGMA application_id=%1").arg(databaseApplicationId)));
            QVERIFY(migrate(**database, 0, 1));
            QVERIFY((*database)->change("INSERT INTO setting (key, value) VALUES ('vault.id', ?)",
                                        {QStringLiteral("[\"x\"]")}));
            const auto insert = [&](char seed, const QByteArray &der, const QByteArray &chain,
                                    const char *origin) {
                return (*database)->change(
                    "INSERT INTO certificate VALUES (?, ?, ?, 'www.example.org', "
                    "'[\"www.example.org\",\"x.example.org\"]', 'Example Trust', '0a', 1000, "
                    "2000, 'EC P-256', 'ecdsa-with-SHA256', 'ff', NULL, ?, NULL, 'cf', "
                    "3000, 2, 1)",
                    {QString(64, QLatin1Char(seed)), der, blobValue(chain),
                     QString::fromLatin1(origin)});
            };
            QVERIFY(insert('a', leaf, "chain", "issued"));
            QVERIFY(insert('b', root, "chain", "file:root.der"));
            QVERIFY(insert('c', "rubbish", QByteArray(), "pasted"));
        }
        const auto store = await(Store::open(file(), {}));
        QVERIFY2(store, store ? "" : qPrintable(describe(store.error())));
        const auto copy = BackupFolder(file()).newestSound();
        QVERIFY(copy && copy->format == 1 && copy->certificates == 3);
        const auto certificates = await((*store)->certificates());
        QCOMPARE(certificates->size(), std::size_t(3));
        const CertificateRecord &first = certificates->at(0);
        QCOMPARE(first.der, leaf);
        QCOMPARE(first.chainPem, QByteArray("chain"));
        QCOMPARE(first.names.size(), 2);
        QCOMPARE(first.notAfter.toMSecsSinceEpoch(), 2000);
        QCOMPARE(first.credential, QStringLiteral("cf"));
        QCOMPARE(first.failedRenewals, 2);
        QVERIFY(first.retired && !first.isCa && !first.isSelfIssued);
        QVERIFY(first.subjectDn.contains(QStringLiteral("www.example.org")));
        QVERIFY(!first.issuerDn.isEmpty());
        QVERIFY(first.tags.isEmpty() && !first.trashedAt.isValid());
        QVERIFY(certificates->at(1).isCa && certificates->at(1).isSelfIssued);
        QCOMPARE(certificates->at(1).chainPem, QByteArray("chain"));
        QCOMPARE(certificates->at(2).der, QByteArray("rubbish"));
        QVERIFY(certificates->at(2).chainPem.isEmpty());
        const std::vector<std::pair<PlaceRecord::Kind, QString>> wanted{
            {PlaceRecord::Kind::Issued, QString()},
            {PlaceRecord::Kind::File, QStringLiteral("root.der")},
            {PlaceRecord::Kind::Pasted, QString()}};
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const auto places = await((*store)->places(certificates->at(i).sha256));
            QCOMPARE(places->size(), std::size_t(1));
            QCOMPARE(places->front().kind, wanted[i].first);
            QCOMPARE(places->front().location, wanted[i].second);
            QCOMPARE(places->front().firstSeenAt.toMSecsSinceEpoch(), 3000);
        }
    }

    // Of an older format and damaged: refused before the first change, and before a copy is made.
    void C19_aDamagedOldFileIsRefusedAsItIs_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("words");
        for (int version = 1; version < newestSchemaVersion; ++version) {
            const auto row = [version](const char *what, const char *sql, const char *words) {
                QTest::addRow("%d %s", version, what)
                    << version << QString::fromLatin1(sql) << QString::fromLatin1(words);
            };
            row("missing table", "DROP TABLE certificate", "lacks its \"certificate\"");
            row("missing column", "ALTER TABLE certificate DROP COLUMN issuer",
                "\"certificate\" is not as");
            row("trigger that a migration would fire",
                "CREATE TRIGGER spy AFTER DELETE ON setting BEGIN DELETE FROM credential; END",
                "trigger named \"spy\"");
            row("table of a later format", "CREATE TABLE token_key (x)",
                "table named \"token_key\"");
            row("format before all others", "PRAGMA user_version=-5", "never was");
            row("format of a newer one", "PRAGMA user_version=99", "newer Sealbook");
        }
    }
    void C19_aDamagedOldFileIsRefusedAsItIs()
    {
        QFETCH(int, version);
        QFETCH(QString, sql);
        QFETCH(QString, words);
        makeOld(version);
        QVERIFY((*Database::open(file(), {}))->execute(sql));
        refuses(Error::Kind::Corrupt, words);
        QVERIFY(!BackupFolder(file()).newestSound());
    }

    void C19_aTruncatedOldFileIsRefusedAsItIs()
    {
        for (int version = 1; version < newestSchemaVersion; ++version) {
            makeOld(version);
            QFile handle(file());
            QVERIFY(handle.resize(handle.size() / 2 / 4096 * 4096));
            refuses(Error::Kind::Corrupt, QString());
            QVERIFY(!BackupFolder(file()).newestSound());
            QVERIFY(handle.remove());
        }
    }

    void C19_aFaultInALaterStepTakesTheEarlierOnesBack()
    {
        makeOld(1);
        const auto database = Database::open(file(), {});
        QVERIFY((*database)->execute(QStringLiteral("CREATE TABLE endpoint_check (x)")));
        const Result<> done = migrate(**database, 1);
        QVERIFY(!done);
        QVERIFY(done.error().context.contains(
            QStringLiteral("bringing the database's schema up to date")));
        QCOMPARE((*database)->pragma("user_version").value(), qint64(1));
        QVERIFY((*database)->run("SELECT chain_pem FROM certificate")); // as version 1 has it
        QVERIFY(!(*database)->run("SELECT 1 FROM place"));
    }

    // What SQLite takes for any type: nothing of it stops the step, nor the list after it.
    void C19_valuesOfWrongTypesAreCarriedOver()
    {
        makeOld(1);
        QVERIFY((*Database::open(file(), {}))
                    ->change("INSERT INTO certificate VALUES (?, 'text', x'00', x'ff', 'no list', "
                             "x'fffe', '', 'abc', 'def', '', '', 'zz', 'no id', x'00', 'no id', "
                             "'', 'ghi', 'many', 1)",
                             {QString(64, QLatin1Char('a'))}));
        const auto store = await(Store::open(file(), {}));
        QVERIFY2(store, store ? "" : qPrintable(describe(store.error())));
        QCOMPARE(await((*store)->certificates())->size(), std::size_t(1));
        const auto rows = await((*store)->inventoryRows());
        QCOMPARE(rows->size(), std::size_t(1));
        QCOMPARE(rows->front().notAfter, qint64(0));
    }
};

QTEST_GUILESS_MAIN(TstDatabaseFile)
#include "tst_databasefile.moc"
