// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/Sealbook.h"
#include "tests/support/LabFixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// Practice mode and the edges of the terminal, by the program itself in a keychain session of its
// own.
class TstPractice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void issuesAndLeavesNothing();
    void keepsALabBetweenCommands();
    void clearsAwayWhatAKilledRunLeft();
    void asksNoRealCa();
    void NHI8_refusesAPracticeProfileWithoutPractice();
    void startsOnABareTerminal();
    void refusesToStartWithoutAKeychain();
    void refusesWithoutAKeychainAndWritesNothing();
    void tellsUsageErrors_data();
    void tellsUsageErrors();

private:
    [[nodiscard]] Sealbook sealbook(QStringList more = {}) const;
    [[nodiscard]] static int keychainItems();

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_home;
};

void TstPractice::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_home = m_folder->filePath(QStringLiteral("home"));
}

Sealbook TstPractice::sealbook(QStringList more) const
{
    return Sealbook(QStringList{QStringLiteral("--home"), m_home} + more);
}

int TstPractice::keychainItems()
{
    const QByteArray said = LabFixture::run(
        QStringLiteral("gdbus"),
        {QStringLiteral("call"), QStringLiteral("--session"), QStringLiteral("--dest"),
         QStringLiteral("org.freedesktop.secrets"), QStringLiteral("--object-path"),
         QStringLiteral("/org/freedesktop/secrets/collection/login"), QStringLiteral("--method"),
         QStringLiteral("org.freedesktop.DBus.Properties.Get"),
         QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Items")});
    if (!said.startsWith('('))
        return -1;
    return static_cast<int>(said.count("/org/freedesktop/secrets/collection/login/"));
}

void TstPractice::issuesAndLeavesNothing()
{
    const int before = keychainItems();
    QVERIFY(before >= 0);
    const SealbookRun run =
        sealbook({QStringLiteral("--practice")})
            .run({QStringLiteral("issue"), QStringLiteral("www.practice.test")});
    QVERIFY2(run.ok(), run.story().constData());
    QCOMPARE(keychainItems(), before);
    QCOMPARE(
        QDir(m_home + QStringLiteral("/practice")).entryList(QDir::Dirs | QDir::NoDotAndDotDot),
        QStringList());
}

void TstPractice::keepsALabBetweenCommands()
{
    const int before = keychainItems();
    Sealbook plain = sealbook();
    const SealbookRun started = plain.run({QStringLiteral("practice"), QStringLiteral("start")});
    QVERIFY2(started.ok(), started.story().constData());
    const SealbookRun status = plain.run({QStringLiteral("practice"), QStringLiteral("status")});
    QCOMPARE(status.result().value(QStringLiteral("running")).toBool(), true);

    Sealbook practising = sealbook({QStringLiteral("--practice")});
    const SealbookRun issued =
        practising.run({QStringLiteral("issue"), QStringLiteral("*.practice.test")});
    QVERIFY2(issued.ok(), issued.story().constData());
    const SealbookRun listed = practising.run({QStringLiteral("list")});
    QCOMPARE(listed.result().value(QStringLiteral("count")).toInt(), 1);

    const SealbookRun stopped = plain.run({QStringLiteral("practice"), QStringLiteral("stop")});
    QVERIFY2(stopped.ok(), stopped.story().constData());
    QCOMPARE(keychainItems(), before);
    QCOMPARE(
        QDir(m_home + QStringLiteral("/practice")).entryList(QDir::Dirs | QDir::NoDotAndDotDot),
        QStringList());
}

void TstPractice::clearsAwayWhatAKilledRunLeft()
{
    const int before = keychainItems();
    Sealbook practising = sealbook({QStringLiteral("--practice")});
    const QStringList issue{QStringLiteral("issue"), QStringLiteral("www.practice.test")};
    const SealbookRun died = practising.runFailing(QStringLiteral("C7:kill"), issue);
    QVERIFY2(died.killed, died.story().constData());
    QVERIFY(keychainItems() > before);
    const SealbookRun again = practising.run(issue);
    QVERIFY2(again.ok(), again.story().constData());
    QCOMPARE(keychainItems(), before);
    QCOMPARE(
        QDir(m_home + QStringLiteral("/practice")).entryList(QDir::Dirs | QDir::NoDotAndDotDot),
        QStringList());
}

void TstPractice::asksNoRealCa()
{
    const SealbookRun run =
        sealbook({QStringLiteral("--practice")})
            .run({QStringLiteral("issue"), QStringLiteral("--ca"), QStringLiteral("letsencrypt"),
                  QStringLiteral("www.practice.test")});
    QVERIFY(!run.ok());
    QCOMPARE(run.errorKind(), QStringLiteral("PolicyDenied"));
}

// The folder of a practice profile, given as a home of its own.
void TstPractice::NHI8_refusesAPracticeProfileWithoutPractice()
{
    Sealbook plain = sealbook();
    const SealbookRun started = plain.run({QStringLiteral("practice"), QStringLiteral("start")});
    QVERIFY2(started.ok(), started.story().constData());
    const QString profile = QStringLiteral("%1/practice/%2/profile")
                                .arg(m_home)
                                .arg(started.result().value(QStringLiteral("pid")).toInteger());
    QVERIFY(QFile::exists(profile + QStringLiteral("/sealbook.sqlite")));
    Sealbook mixing({QStringLiteral("--home"), profile});
    for (const char *command : {"list", "jobs", "credential list"}) {
        const SealbookRun run = mixing.run(QString::fromLatin1(command).split(u' '));
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.errorKind(), QStringLiteral("PolicyDenied"));
    }
    const SealbookRun issued = mixing.run(
        {QStringLiteral("issue"), QStringLiteral("--credential"), QStringLiteral("practice"),
         QStringLiteral("--agree-to-terms"), QStringLiteral("www.practice.test")});
    QCOMPARE(issued.errorKind(), QStringLiteral("PolicyDenied"));
    const SealbookRun stopped = plain.run({QStringLiteral("practice"), QStringLiteral("stop")});
    QVERIFY2(stopped.ok(), stopped.story().constData());
    // A real profile is no practice profile afterwards.
    const SealbookRun real = plain.run({QStringLiteral("list")});
    QVERIFY2(real.ok(), real.story().constData());
}

// No display, no terminal's settings: only the keychain's bus.
void TstPractice::startsOnABareTerminal()
{
    Sealbook bare = sealbook();
    bare.clearEnvironment({QStringLiteral("PATH"), QStringLiteral("HOME"),
                           QStringLiteral("XDG_RUNTIME_DIR"), QStringLiteral("XDG_CACHE_HOME"),
                           QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                           QStringLiteral("ASAN_OPTIONS"), QStringLiteral("UBSAN_OPTIONS"),
                           QStringLiteral("LSAN_OPTIONS")});
    const SealbookRun started = bare.run({QStringLiteral("practice"), QStringLiteral("start")});
    QVERIFY2(started.ok(), started.story().constData());
    const SealbookRun stopped = bare.run({QStringLiteral("practice"), QStringLiteral("stop")});
    QVERIFY2(stopped.ok(), stopped.story().constData());
}

void TstPractice::refusesToStartWithoutAKeychain()
{
    Sealbook bare = sealbook();
    bare.setEnvironment(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                        QStringLiteral("unix:path=/nonexistent"));
    const SealbookRun run = bare.run({QStringLiteral("practice"), QStringLiteral("start")});
    QCOMPARE(run.exitCode, 4);
    QVERIFY2(run.errorKind().startsWith(QLatin1String("Keychain")), run.story().constData());
    const QString advice = run.result()
                               .value(QStringLiteral("error"))
                               .toObject()
                               .value(QStringLiteral("advice"))
                               .toString();
    QVERIFY2(!advice.isEmpty(), run.story().constData());
    QVERIFY(!QFile::exists(m_home));
}

void TstPractice::refusesWithoutAKeychainAndWritesNothing()
{
    Sealbook bare = sealbook();
    bare.setEnvironment(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                        QStringLiteral("unix:path=/nonexistent"));
    const SealbookRun run = bare.run({QStringLiteral("issue"), QStringLiteral("--credential"),
                                      QStringLiteral("x"), QStringLiteral("www.example.org")});
    QCOMPARE(run.exitCode, 4);
    QVERIFY2(run.errorKind().startsWith(QLatin1String("Keychain")), run.story().constData());
    QVERIFY(!QFile::exists(m_home));
}

void TstPractice::tellsUsageErrors_data()
{
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char *name, const QString &words) {
        QTest::newRow(name) << words.split(u' ');
    };
    row("no such command", QStringLiteral("frobnicate"));
    row("no such option", QStringLiteral("list --frobnicate"));
    row("argument missing", QStringLiteral("show"));
    row("port that is none", QStringLiteral("--dns-port 70000 list"));
}

void TstPractice::tellsUsageErrors()
{
    QFETCH(QStringList, words);
    const SealbookRun run = sealbook().run(words);
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.events(QStringLiteral("result")).size(), 1);
    QCOMPARE(run.result().value(QStringLiteral("ok")).toBool(), false);
}

QTEST_GUILESS_MAIN(TstPractice)
#include "tst_practice.moc"
