// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/SingleInstance.h"
#include "tests/e2e/Sealbook.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// Backups as a script sees them, with a keyring that remembers the end of the audit log; and kill
// -9 at each step of making and restoring one.
class TstBackupCommands : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Sealbook> m_sealbook;

    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    QString home() const { return path("profile"); }
    SealbookRun run(const QStringList &arguments) { return m_sealbook->run(arguments); }
    SealbookRun backup(const char *word, const QStringList &more = {})
    {
        return run(QStringList{QStringLiteral("backup"), QLatin1String(word)} + more);
    }
    void import(const char *file)
    {
        const SealbookRun imported =
            run({QStringLiteral("import"),
                 QStringLiteral(QT_TESTCASE_SOURCEDIR "/../data/x509/") + QLatin1String(file)});
        QVERIFY2(imported.ok(), imported.story().constData());
    }
    qint64 certificates()
    {
        return run({QStringLiteral("list")}).events(QStringLiteral("item")).size();
    }
    QString create(const QStringList &more = {})
    {
        const SealbookRun made = backup("create", more);
        return made.result()
            .value(QStringLiteral("backup"))
            .toObject()
            .value(QStringLiteral("file"))
            .toString();
    }
    QStringList drafts() const
    {
        QStringList found;
        for (const QString &folder : {home(), home() + QStringLiteral("/backups")})
            found += QDir(folder).entryList({QStringLiteral(".*.new")}, QDir::Files | QDir::Hidden);
        return found;
    }
    void verifyAuditHolds()
    {
        const SealbookRun audit = run({QStringLiteral("audit"), QStringLiteral("verify")});
        QVERIFY2(audit.ok(), audit.story().constData());
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_sealbook = std::make_unique<Sealbook>(QStringList{QStringLiteral("--home"), home()});
        import("leaf.pem");
    }
    void cleanup()
    {
        m_sealbook.reset();
        m_folder.reset();
    }

    void makesListsAndVerifies()
    {
        const QString own = create();
        QVERIFY(own.startsWith(home() + QStringLiteral("/backups/asked-")));
        const QString elsewhere = create({QStringLiteral("-o"), path("one.sealbook")});
        QCOMPARE(elsewhere, path("one.sealbook"));
        const SealbookRun listed = backup("list");
        QCOMPARE(listed.events(QStringLiteral("item")).size(), 1);
        const QJsonObject item = listed.events(QStringLiteral("item")).constFirst();
        QCOMPARE(item.value(QStringLiteral("certificates")).toInt(), 1);
        const SealbookRun verified = backup("verify", {elsewhere});
        QVERIFY2(verified.ok(), verified.story().constData());
        // By the name that the list gives, too.
        QVERIFY(backup("verify", {QFileInfo(own).fileName()}).ok());
        QCOMPARE(backup("verify", {path("nothing")}).errorKind(), QStringLiteral("NotFound"));
        QCOMPARE(backup("verify").exitCode, 2);
        QCOMPARE(backup("create", {QStringLiteral("-o"), m_folder->path()}).exitCode, 2);
        QCOMPARE(backup("create", {QStringLiteral("-o"), elsewhere}).errorKind(),
                 QStringLiteral("Conflict"));
    }

    void oneADayIsEnough()
    {
        const SealbookRun first = backup("create", {QStringLiteral("--daily")});
        QVERIFY2(first.ok(), first.story().constData());
        QVERIFY(first.result().value(QStringLiteral("made")).toBool());
        const SealbookRun second = backup("create", {QStringLiteral("--daily")});
        QVERIFY(second.ok());
        QVERIFY(!second.result().value(QStringLiteral("made")).toBool());
        QCOMPARE(backup("list").events(QStringLiteral("item")).size(), 1);
    }

    void B67_restoringIsNotTakenForAnAttack()
    {
        verifyAuditHolds();
        const QString file = create({QStringLiteral("-o"), path("one.sealbook")});
        import("root.pem");
        import("expired.pem");
        verifyAuditHolds(); // and pins the end
        const SealbookRun restored = backup("restore", {file});
        QVERIFY2(restored.ok(), restored.story().constData());
        QVERIFY(restored.result().value(QStringLiteral("entries_lost")).toInt() > 0);
        QCOMPARE(certificates(), 1);
        verifyAuditHolds();
        const QString kept = restored.result().value(QStringLiteral("kept_as")).toString();
        const SealbookRun back = backup("restore", {kept});
        QVERIFY2(back.ok(), back.story().constData());
        QCOMPARE(certificates(), 3);
        verifyAuditHolds();
    }

    // Put back by hand it still is: nobody said that he knows.
    void B67_anOlderFileIsNoticed()
    {
        verifyAuditHolds();
        const QString file = home() + QStringLiteral("/sealbook.sqlite");
        QVERIFY(QFile::copy(file, path("old.sqlite")));
        import("root.pem");
        verifyAuditHolds();
        QVERIFY(QFile::remove(file));
        QVERIFY(QFile::copy(path("old.sqlite"), file));
        const SealbookRun audit = run({QStringLiteral("audit"), QStringLiteral("verify")});
        QCOMPARE(audit.errorKind(), QStringLiteral("Corrupt"));
    }

    void aSealedKeyComesBackWithTheProfile()
    {
        const SealbookRun asked =
            run({QStringLiteral("csr"), QStringLiteral("new"), QStringLiteral("www.example.org"),
                 QStringLiteral("-o"), path("request.pem")});
        QVERIFY2(asked.ok(), asked.story().constData());
        const QString file = create({QStringLiteral("-o"), path("one.sealbook")});
        QFile content(file);
        QVERIFY(content.open(QIODevice::ReadOnly));
        QVERIFY(!content.readAll().contains("PRIVATE KEY"));
        QVERIFY(QDir(home()).removeRecursively());
        const SealbookRun restored = backup("restore", {file});
        QVERIFY2(restored.ok(), restored.story().constData());
        QCOMPARE(restored.result()
                     .value(QStringLiteral("backup"))
                     .toObject()
                     .value(QStringLiteral("keys"))
                     .toInt(),
                 1);
        const SealbookRun listed = run({QStringLiteral("csr"), QStringLiteral("list")});
        QCOMPARE(listed.events(QStringLiteral("item")).size(), 1);
        verifyAuditHolds();
    }

    void B61_theWayBackIsNamedAndLeadsBack()
    {
        const QString file = create();
        QFile database(home() + QStringLiteral("/sealbook.sqlite"));
        QVERIFY(database.open(QIODevice::ReadWrite));
        QVERIFY(database.seek(4096));
        QCOMPARE(database.write(QByteArray(4096 * 3, '\x5a')), qint64(4096 * 3));
        database.close();
        const SealbookRun refused = run({QStringLiteral("list")});
        QCOMPARE(refused.errorKind(), QStringLiteral("Corrupt"));
        const QJsonObject error = refused.result().value(QStringLiteral("error")).toObject();
        const QString named = error.value(QStringLiteral("evidence"))
                                  .toObject()
                                  .value(QStringLiteral("backup"))
                                  .toString();
        QCOMPARE(named, file);
        const SealbookRun restored = backup("restore", {named});
        QVERIFY2(restored.ok(), restored.story().constData());
        QVERIFY(restored.result().value(QStringLiteral("was_damaged")).toBool());
        QCOMPARE(certificates(), 1);
        verifyAuditHolds();
    }

    void aWindowKeepsItsProfile()
    {
        const QString file = create({QStringLiteral("-o"), path("one.sealbook")});
        SingleInstance window(home());
        QVERIFY(window.listen());
        std::unique_ptr<QProcess> process =
            m_sealbook->start({QStringLiteral("backup"), QStringLiteral("restore"), file});
        QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, 60000);
        const SealbookRun refused = Sealbook::finish(*process);
        QCOMPARE(refused.errorKind(), QStringLiteral("Conflict"));
        const QJsonObject error = refused.result().value(QStringLiteral("error")).toObject();
        QVERIFY(error.value(QStringLiteral("detail"))
                    .toString()
                    .contains(QStringLiteral("a window has this profile open")));
    }

    void practiceIsNeverRestored()
    {
        const QString file = create({QStringLiteral("-o"), path("one.sealbook")});
        const SealbookRun refused = run({QStringLiteral("--practice"), QStringLiteral("backup"),
                                         QStringLiteral("restore"), file});
        QCOMPARE(refused.exitCode, 2);
        QCOMPARE(certificates(), 1);
    }

    void C20_aBackupIsThereWholeOrNotAtAll()
    {
        const SealbookRun died =
            m_sealbook->runFailing(QStringLiteral("C20-packed:kill"),
                                   {QStringLiteral("backup"), QStringLiteral("create")});
        QVERIFY2(died.killed, died.story().constData());
        QCOMPARE(backup("list").events(QStringLiteral("item")).size(), 0);
        const QString file = create();
        QVERIFY(backup("verify", {file}).ok());
        QCOMPARE(certificates(), 1);
    }

    void C20_theProfileIsTheOldOneOrTheNewOne_data()
    {
        QTest::addColumn<QString>("point");
        QTest::addColumn<bool>("damaged");
        QTest::addColumn<int>("expected"); // certificates afterwards; -1 = still damaged
        QTest::newRow("prepared") << QStringLiteral("C20-prepared") << false << 2;
        QTest::newRow("kept") << QStringLiteral("C20-kept") << false << 2;
        QTest::newRow("placed") << QStringLiteral("C20-placed") << false << 1;
        QTest::newRow("damaged, prepared") << QStringLiteral("C20-prepared") << true << -1;
        QTest::newRow("damaged, kept") << QStringLiteral("C20-kept") << true << -1;
        QTest::newRow("damaged, placed") << QStringLiteral("C20-placed") << true << 1;
    }
    void C20_theProfileIsTheOldOneOrTheNewOne()
    {
        QFETCH(QString, point);
        QFETCH(bool, damaged);
        QFETCH(int, expected);
        const QString file = create({QStringLiteral("-o"), path("one.sealbook")});
        import("root.pem");
        verifyAuditHolds();
        if (damaged) {
            QFile database(home() + QStringLiteral("/sealbook.sqlite"));
            QVERIFY(database.resize(5000));
        }
        const SealbookRun died =
            m_sealbook->runFailing(point + QStringLiteral(":kill"),
                                   {QStringLiteral("backup"), QStringLiteral("restore"), file});
        QVERIFY2(died.killed, died.story().constData());
        if (expected < 0)
            QCOMPARE(run({QStringLiteral("list")}).errorKind(), QStringLiteral("Corrupt"));
        else
            QCOMPARE(certificates(), expected);
        const SealbookRun again = backup("restore", {file});
        QVERIFY2(again.ok(), again.story().constData());
        QCOMPARE(certificates(), 1);
        verifyAuditHolds();
        import("expired.pem");
    }

    // What a killed run left is cleared away, once it is surely nobody's any more.
    void C20_forgottenDraftsGo()
    {
        const SealbookRun died =
            m_sealbook->runFailing(QStringLiteral("C20-packed:kill"),
                                   {QStringLiteral("backup"), QStringLiteral("create")});
        QVERIFY(died.killed);
        const QStringList left = drafts();
        QCOMPARE(left.size(), 2);
        for (const QString &name : left) {
            QFile draft(home() + QStringLiteral("/backups/") + name);
            QVERIFY(draft.open(QIODevice::ReadWrite));
            QVERIFY(draft.setFileTime(QDateTime::currentDateTime().addDays(-1),
                                      QFileDevice::FileModificationTime));
        }
        QVERIFY(!create().isEmpty());
        QCOMPARE(drafts(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TstBackupCommands)
#include "tst_backupcommands.moc"
