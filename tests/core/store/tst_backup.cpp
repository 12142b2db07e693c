// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/BackupFile.h"
#include "core/store/BackupFolder.h"
#include "core/store/BackupRestore.h"
#include "core/store/BackupService.h"
#include "core/store/DatabaseFile.h"
#include "core/store/Migrations.h"
#include "core/store/SettingRepository.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace sealbook;

// Backups of a real file: made, looked at, damaged, and brought back.
class TstBackup : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    FakeClock m_clock;

    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    QString file() const { return path("profile/sealbook.sqlite"); }

    static QByteArray contentOf(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString &name, const QByteArray &content)
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    // A backup whose hash holds, whatever stands in it.
    static QByteArray packed(const QByteArray &head, const QByteArray &database)
    {
        const QByteArray body = head + '\n' + database;
        return "Sealbook backup 1 "
            + QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex() + '\n' + body;
    }
    static QStringList filesIn(const QString &folder)
    {
        return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    void open()
    {
        auto store = await(Store::open(file(), {}));
        QVERIFY2(store, store ? "" : qPrintable(describe(store.error())));
        m_store = std::move(*store);
    }
    void set(const char *key, int value)
    {
        QVERIFY(await(m_store->setSetting(QLatin1String(key), value)));
    }
    void use()
    {
        const AuditEntry entry =
            auditEntry(QStringLiteral("x"), QString(), QStringLiteral("ok"), {});
        QVERIFY(await(m_store->appendAudit(entry)));
    }
    int setting(const char *key) const
    {
        return await(m_store->setting(QLatin1String(key)))->toInt();
    }
    Result<BackupRecord> create(const QString &target)
    {
        BackupService backups(*m_store, m_clock);
        return await(backups.create(target, {}));
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup()
    {
        m_store.reset();
        m_folder.reset();
    }

    void holdsWhatTheProfileHoldsAndSaysWhatThatIs()
    {
        set("color", 7);
        KeyRecord key;
        key.id = KeyId::make();
        key.sealed = "sealed";
        key.createdAt = QDateTime::currentDateTimeUtc();
        QVERIFY(await(m_store->saveKey(key)));
        const auto made = create(path("one.sealbook"));
        QVERIFY2(made, made ? "" : qPrintable(describe(made.error())));
        QCOMPARE(made->vaultId, m_store->vaultId());
        QCOMPARE(made->keys, 1);
        QCOMPARE(made->auditEntries, 1); // of its own making
        QCOMPARE(made->reason, BackupReason::Asked);
        const auto verified = verifyBackup(path("one.sealbook"));
        QVERIFY(verified);
        QCOMPARE(*verified, *made);
        QCOMPARE(*readBackupHead(path("one.sealbook")), *made);
    }

    void R33_theEntryStandsBeforeTheBackup()
    {
        QVERIFY(create(path("one.sealbook")));
        const auto entries = await(m_store->audit(1, 10));
        QCOMPARE(entries->size(), std::size_t(1));
        QCOMPARE(entries->front().action, QStringLiteral("backup.create"));
        QVERIFY(extractBackup(path("one.sealbook"), path("copy.sqlite")));
        QCOMPARE(::chmod(QFile::encodeName(path("copy.sqlite")).constData(), 0600), 0);
        const auto copy = await(Store::open(path("copy.sqlite"), {}));
        QVERIFY(copy);
        QCOMPARE(await((*copy)->audit(1, 10))->front().hash, entries->front().hash);
    }

    void isItsOwnersAloneAndLeavesNoDraft()
    {
        QVERIFY(create(path("one.sealbook")));
        struct stat info = {};
        QCOMPARE(::stat(QFile::encodeName(path("one.sealbook")).constData(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
        QCOMPARE(filesIn(m_folder->path()), QStringList{QStringLiteral("one.sealbook")});
    }

    void neverWritesOverAFile()
    {
        write(path("one.sealbook"), "mine");
        const auto made = create(path("one.sealbook"));
        QCOMPARE(made.error().kind, Error::Kind::Conflict);
        QCOMPARE(contentOf(path("one.sealbook")), QByteArray("mine"));
    }

    void saysWhyItCannotBeMade()
    {
        const auto made = create(path("no/such/folder/one.sealbook"));
        QVERIFY(!made);
        QVERIFY(made.error().detail.contains(QStringLiteral("No such file")));
    }

    void restoresOntoNothing()
    {
        set("color", 7);
        QVERIFY(create(path("one.sealbook")));
        const QString elsewhere = path("new/sealbook.sqlite");
        const auto report = restoreBackup(path("one.sealbook"), elsewhere);
        QVERIFY2(report, report ? "" : qPrintable(describe(report.error())));
        QVERIFY(report->keptAs.isEmpty() && !report->wasDamaged && report->entriesLost == 0);
        QCOMPARE(filesIn(path("new")), QStringList{QStringLiteral("sealbook.sqlite")});
        const auto store = await(Store::open(elsewhere, {}));
        QVERIFY(store);
        QCOMPARE((*store)->vaultId(), m_store->vaultId());
        QCOMPARE(await((*store)->setting(QStringLiteral("color")))->toInt(), 7);
        const auto newest = await((*store)->newestAudit());
        QCOMPARE((*newest)->action, QStringLiteral("backup.restore"));
        QVERIFY(await((*store)->verifyAudit(std::nullopt))->intact);
    }

    void C20_keepsWhatWasThereAsABackup()
    {
        set("color", 7);
        QVERIFY(create(path("one.sealbook")));
        set("color", 8);
        use();
        QVERIFY(await(m_store->saveKeychainItem(QStringLiteral("sealbook/x/token/1"), {})));
        m_store.reset();
        const auto report = restoreBackup(path("one.sealbook"), file());
        QVERIFY2(report, report ? "" : qPrintable(describe(report.error())));
        QCOMPARE(report->entriesLost, 1);
        open();
        QCOMPARE(setting("color"), 7);
        // What the keychain has of this profile is never forgotten.
        QCOMPARE(*await(m_store->keychainItems()),
                 QStringList{QStringLiteral("sealbook/x/token/1")});
        m_store.reset();
        const auto back = restoreBackup(report->keptAs, file());
        QVERIFY2(back, back ? "" : qPrintable(describe(back.error())));
        open();
        QCOMPARE(setting("color"), 8);
    }

    void C20_whoStillHasTheOldFileOpenCanWriteNothingMore()
    {
        set("color", 7);
        QVERIFY(create(path("one.sealbook")));
        const auto report = restoreBackup(path("one.sealbook"), file());
        QVERIFY2(report, report ? "" : qPrintable(describe(report.error())));
        const auto lost = await(m_store->setSetting(QStringLiteral("color"), 9));
        QVERIFY(!lost);
        QCOMPARE(lost.error().kind, Error::Kind::Conflict);
        QVERIFY2(lost.error().detail.contains(QStringLiteral("a backup was restored")),
                 qPrintable(lost.error().detail));
        m_store.reset();
        open();
        QCOMPARE(setting("color"), 7);
        set("color", 10);
    }

    void B56_oneFlippedBitRefusesTheWhole_data()
    {
        QTest::addColumn<double>("where"); // of the file's length
        QTest::addColumn<int>("byte");
        QTest::addColumn<int>("bit");
        QTest::newRow("first letter") << 0.0 << 0 << 0;
        QTest::newRow("its version") << 0.0 << 16 << 4;
        QTest::newRow("the hash") << 0.0 << 30 << 5;
        QTest::newRow("end of line") << 0.0 << 82 << 0;
        QTest::newRow("description") << 0.0 << 90 << 1;
        QTest::newRow("head of the database") << 0.05 << 0 << 3;
        QTest::newRow("middle") << 0.5 << 0 << 7;
        QTest::newRow("near the end") << 0.99 << 0 << 0;
    }
    void B56_oneFlippedBitRefusesTheWhole()
    {
        QFETCH(double, where);
        QFETCH(int, byte);
        QFETCH(int, bit);
        set("color", 7);
        QVERIFY(create(path("one.sealbook")));
        m_store.reset();
        QByteArray content = contentOf(path("one.sealbook"));
        const auto at = static_cast<qsizetype>(static_cast<double>(content.size()) * where) + byte;
        content[at] = static_cast<char>(content.at(at) ^ (1 << bit));
        write(path("one.sealbook"), content);
        refuses(path("one.sealbook"), Error::Kind::Corrupt);
    }

    void B56_refusesWhatWasCutOrAddedTo()
    {
        QVERIFY(create(path("one.sealbook")));
        const QByteArray content = contentOf(path("one.sealbook"));
        for (const qsizetype size :
             {qsizetype(0), qsizetype(10), qsizetype(83), qsizetype(200), content.size() - 1}) {
            write(path("cut.sealbook"), content.left(size));
            refuses(path("cut.sealbook"), Error::Kind::Corrupt);
        }
        write(path("more.sealbook"), content + '\0');
        refuses(path("more.sealbook"), Error::Kind::Corrupt);
    }

    void B56_refusesWhatIsNoBackup()
    {
        refuses(file(), Error::Kind::Corrupt); // the database itself
        refuses(m_folder->path(), Error::Kind::Corrupt);
        refuses(path("nothing"), Error::Kind::NotFound);
        refuses(QStringLiteral("/dev/zero"), Error::Kind::Corrupt);
    }

    // The hash holds, so it was made by hand: it has to be a database of ours all the same.
    void B56_refusesAForgedOne()
    {
        QVERIFY(create(path("one.sealbook")));
        const QByteArray head = contentOf(path("one.sealbook")).split('\n').at(1);
        write(path("forged.sealbook"), packed(head, QByteArray(8192, 'x')));
        refuses(path("forged.sealbook"), Error::Kind::Corrupt);
        write(path("empty.sealbook"), packed(head, {}));
        refuses(path("empty.sealbook"), Error::Kind::Corrupt);
        write(path("unsaid.sealbook"), packed("{}", QByteArray(8192, 'x')));
        refuses(path("unsaid.sealbook"), Error::Kind::Corrupt);
    }

    void B57_refusesABackupOfANewerSealbook()
    {
        QVERIFY(create(path("one.sealbook")));
        QByteArray content = contentOf(path("one.sealbook"));
        QByteArray head = content.split('\n').at(1);
        const QByteArray database = content.mid(content.indexOf("SQLite format 3"));
        head.replace("\"format\":" + QByteArray::number(newestSchemaVersion), "\"format\":99");
        QVERIFY(head.contains("99"));
        write(path("newer.sealbook"), packed(head, database));
        refuses(path("newer.sealbook"), Error::Kind::BadRequest);
        content.replace(0, 18, "Sealbook backup 2 ");
        write(path("container.sealbook"), content);
        refuses(path("container.sealbook"), Error::Kind::BadRequest);
    }

    void B57_refusesABackupOfAnotherProfile()
    {
        const auto other = await(Store::open(path("other/sealbook.sqlite"), {}));
        QVERIFY(other);
        BackupService backups(**other, m_clock);
        QVERIFY(await(backups.create(path("other.sealbook"), {})));
        m_store.reset();
        refuses(path("other.sealbook"), Error::Kind::Conflict);
        const auto report = restoreBackup(path("other.sealbook"), file());
        QVERIFY(report.error().detail.contains(QStringLiteral("another profile")));
        QVERIFY(report.error().advice.contains(QStringLiteral("--home")));
    }

    // The journal that a crash left belongs to the damaged file, and must not be played into the
    // restored one.
    void B61_bringsADamagedProfileBack()
    {
        set("color", 7);
        QVERIFY(create(path("one.sealbook")));
        m_store.reset();
        const QByteArray damaged = "SQLite format 3" + QByteArray(5000, 'x');
        write(file(), damaged);
        const QByteArray journal = QByteArray::fromHex("d9d505f920a163d7") + QByteArray(600, '\1');
        write(file() + QStringLiteral("-journal"), journal);
        const auto report = restoreBackup(path("one.sealbook"), file());
        QVERIFY2(report, report ? "" : qPrintable(describe(report.error())));
        QVERIFY(report->wasDamaged);
        QCOMPARE(contentOf(report->keptAs), damaged);
        QVERIFY(!QFile::exists(file() + QStringLiteral("-journal")));
        open();
        QCOMPARE(setting("color"), 7);
    }

    void aDamagedDatabaseIsNotBackedUp()
    {
        for (int i = 0; i < 100; ++i)
            QVERIFY(await(
                m_store->setSetting(QStringLiteral("k%1").arg(i), QString(500, QLatin1Char('x')))));
        m_store.reset();
        QFile database(file());
        QVERIFY(database.open(QIODevice::ReadWrite));
        QVERIFY(database.seek(database.size() - 4096));
        QCOMPARE(database.write(QByteArray(4096, '\x5a')), qint64(4096));
        database.close();
        const auto opened = Database::open(file(), {});
        QVERIFY(opened);
        const auto made = writeBackup(**opened, path("one.sealbook"), BackupReason::Asked);
        QCOMPARE(made.error().kind, Error::Kind::Corrupt);
        QCOMPARE(filesIn(m_folder->path()), QStringList());
    }

    void aProfileThatWasNeverUsedNeedsNone()
    {
        BackupService backups(*m_store, m_clock);
        QVERIFY(!await(backups.daily({}))->has_value());
        QVERIFY(!QDir(backups.folder()).exists());
        use();
        QVERIFY(await(backups.daily({}))->has_value());
    }

    void aDayNeedsOneBackupAndSevenAreKept()
    {
        use();
        BackupService backups(*m_store, m_clock);
        QSignalSpy changes(&backups, &BackupService::changed);
        m_clock.setUtcNow(QDateTime::currentDateTimeUtc());
        const auto first = await(backups.daily({}));
        QVERIFY2(first, first ? "" : qPrintable(describe(first.error())));
        QVERIFY(first->has_value());
        QVERIFY(!changes.isEmpty());
        QVERIFY(!await(backups.daily({}))->has_value());
        const auto asked = await(backups.create(QString(), {}));
        QVERIFY(asked);
        for (int day = 1; day < 10; ++day) {
            // Each is made now; the clock that says whether it is due runs ahead.
            m_clock.setUtcNow(QDateTime::currentDateTimeUtc().addDays(1));
            QVERIFY(await(backups.daily({}))->has_value());
        }
        const auto all = await(backups.list({}));
        QCOMPARE(all->size(), std::size_t(8));
        const auto isKept = [&all](const BackupRecord &record) {
            return std::find(all->begin(), all->end(), record) != all->end();
        };
        QVERIFY(isKept(*asked));
        QVERIFY(!isKept(**first));
        QVERIFY(std::is_sorted(all->begin(), all->end(), [](const auto &left, const auto &right) {
            return left.takenAt > right.takenAt;
        }));
        QCOMPARE(backups.lastProblem(), QString());
    }

    void aBackupFromTheFutureDoesNotEndTheDailyOnes()
    {
        use();
        BackupService backups(*m_store, m_clock);
        QVERIFY(await(backups.daily({}))->has_value());
        m_clock.setUtcNow(QDateTime::currentDateTimeUtc().addYears(-1));
        QVERIFY(await(backups.daily({}))->has_value());
    }

    void aDailyBackupThatFailsSaysSoAndRemovesNothing()
    {
        use();
        BackupService backups(*m_store, m_clock);
        m_clock.setUtcNow(QDateTime::currentDateTimeUtc());
        QVERIFY(await(backups.daily({}))->has_value());
        m_clock.setUtcNow(QDateTime::currentDateTimeUtc().addDays(2));
        const QByteArray folder = QFile::encodeName(backups.folder());
        QCOMPARE(::chmod(folder.constData(), 0777), 0);
        QVERIFY(!await(backups.daily({})));
        QVERIFY(!backups.lastProblem().isEmpty());
        QCOMPARE(await(backups.list({}))->size(), std::size_t(1));
        QCOMPARE(::chmod(folder.constData(), 0700), 0);
        QVERIFY(await(backups.daily({}))->has_value());
        QVERIFY(backups.lastProblem().isEmpty());
    }

    void listsWhatCannotBeUsedWithTheReason()
    {
        BackupService backups(*m_store, m_clock);
        QVERIFY(await(backups.create(QString(), {})));
        write(backups.folder() + QStringLiteral("/x.sealbook"), "Sealbook backup 1 rubbish\n");
        const auto all = await(backups.list({}));
        QCOMPARE(all->size(), std::size_t(2));
        const auto broken = std::find_if(all->begin(), all->end(), [](const BackupRecord &record) {
            return record.file.endsWith(QStringLiteral("/x.sealbook"));
        });
        QVERIFY(broken != all->end());
        QVERIFY(broken->problem.contains(QStringLiteral("damaged")));
    }

private:
    // Neither can it be verified nor restored, and not a byte of the profile changes.
    void refuses(const QString &backup, Error::Kind kind)
    {
        const QByteArray before = contentOf(file());
        const QStringList there = filesIn(path("profile"));
        QVERIFY(!before.isEmpty());
        if (kind != Error::Kind::Conflict && !backup.contains(QStringLiteral("forged"))
            && !backup.contains(QStringLiteral("empty"))) {
            const auto verified = verifyBackup(backup);
            QVERIFY(!verified);
            QCOMPARE(kindName(verified.error().kind), kindName(kind));
        }
        const auto report = restoreBackup(backup, file());
        QVERIFY(!report);
        QVERIFY2(report.error().kind == kind, qPrintable(describe(report.error())));
        QCOMPARE(contentOf(file()), before);
        QCOMPARE(filesIn(path("profile")), there);
    }
};

QTEST_GUILESS_MAIN(TstBackup)
#include "tst_backup.moc"
