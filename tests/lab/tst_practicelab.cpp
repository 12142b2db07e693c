// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/PracticeLab.h"
#include "tests/support/LabFixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace sealbook;
using namespace std::chrono_literals;

// The lab tested with other people's tools: what dig and nsupdate see is what a program will see.
class TstPracticeLab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyServerAnswersWithAuthority_data();
    void everyServerAnswersWithAuthority();
    void theResolverFindsTheZoneFromTheRoot();
    void delegatesWithGlue();
    void anUpdateReachesThePrimaryAtOnceAndTheSlowServerLater();
    void refusesAnUpdateWithoutTheKey();
    void refusesAnUpdateOfAnotherType();
    void theResolverForgetsAtOnce();
    void theAuthorityTalksTlsThatItsFileProves();
    void keepsTheKeyInOnePrivateFile();
    void onlyItsOwnerEntersTheFolder();
    void doesNotStartTwice();
    void anotherProgramMayNotTakeTheFolder();
    void twoLabsLiveSideBySide();
    void servesExtraZonesAndRecords();
    void refusesANameThatIsNoZone();
    void tellsWhenAServerDies();
    void stopsAndStartsAgain();
    void cancelsWhileStarting();
    void diesWhileStarting();
    void diesWithItsProgramHoweverThatEnds();
    void clearsAwayWhatAKilledRunLeft();
    void livesInADeepFolder();
    void startsQuietlyBesideTheTerminal();
    void leavesStrangersAlone();
    void refusesAFolderOfSomebodyElse();

private:
    LabFixture m_lab;
};

namespace {

const char *const runLab = "--run-a-lab";

// What the killed program of a test does: it runs a lab.
int runALab(QCoreApplication &app, const QString &folder)
{
    PracticeLab lab(folder, LabFixture::cache());
    if (!await(lab.start({}, {}, {})))
        return 1;
    QTextStream(stdout) << "up" << Qt::endl;
    return app.exec();
}

bool isAlive(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/stat").arg(pid));
    // A zombie has ended; its parent has merely not looked yet.
    return status.open(QIODevice::ReadOnly) && !status.readAll().contains(") Z ");
}

QList<qint64> serverPids(const QString &folder)
{
    QFile list(folder + QStringLiteral("/pids"));
    QList<qint64> pids;
    if (!list.open(QIODevice::ReadOnly))
        return pids;
    const QList<QByteArray> lines = list.readAll().trimmed().split('\n');
    for (const QByteArray &line : lines)
        pids.append(line.toLongLong());
    return pids;
}

} // namespace

void TstPracticeLab::initTestCase()
{
    QVERIFY2(m_lab.start({}), m_lab.failure());
    QVERIFY(m_lab.lab().isRunning());
    QCOMPARE(m_lab.lab().missingPackages(), QStringList());
}

void TstPracticeLab::everyServerAnswersWithAuthority_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("transport");
    for (const char *transport : {"+notcp", "+tcp"}) {
        const QString how = QString::fromLatin1(transport);
        QTest::addRow("parent, root %s", transport) << "127.0.0.10"
                                                    << "." << how;
        QTest::addRow("parent, test %s", transport) << "127.0.0.10"
                                                    << "test" << how;
        QTest::addRow("ns1 %s", transport) << "127.0.0.11"
                                           << "practice.test" << how;
        QTest::addRow("ns2 %s", transport) << "127.0.0.12"
                                           << "practice.test" << how;
        QTest::addRow("ns3 %s", transport) << "127.0.0.13"
                                           << "practice.test" << how;
    }
}

void TstPracticeLab::everyServerAnswersWithAuthority()
{
    QFETCH(QString, server);
    QFETCH(QString, zone);
    QFETCH(QString, transport);
    const QByteArray answer = LabFixture::run(
        QStringLiteral("dig"),
        {QStringLiteral("@") + server, QStringLiteral("-p"), QString::number(m_lab.facts().dnsPort),
         transport, QStringLiteral("+norec"), zone, QStringLiteral("SOA")});
    QVERIFY2(answer.contains("status: NOERROR"), answer.constData());
    QVERIFY2(answer.contains("flags: qr aa"), answer.constData());
    QVERIFY2(answer.contains("ANSWER: 1"), answer.constData());
}

void TstPracticeLab::theResolverFindsTheZoneFromTheRoot()
{
    const QByteArray answer = LabFixture::run(
        QStringLiteral("dig"),
        {QStringLiteral("@127.0.0.1"), QStringLiteral("-p"), QString::number(m_lab.facts().dnsPort),
         QStringLiteral("+short"), QStringLiteral("ns3.practice.test"), QStringLiteral("A")});
    QCOMPARE(answer.trimmed(), QByteArray("127.0.0.13"));
}

void TstPracticeLab::delegatesWithGlue()
{
    const QByteArray answer =
        LabFixture::run(QStringLiteral("dig"),
                        {QStringLiteral("@127.0.0.10"), QStringLiteral("-p"),
                         QString::number(m_lab.facts().dnsPort), QStringLiteral("+norec"),
                         QStringLiteral("www.practice.test"), QStringLiteral("A")});
    for (const char *part : {"AUTHORITY: 3", "127.0.0.11", "127.0.0.12", "127.0.0.13"})
        QVERIFY2(answer.contains(part), answer.constData());
}

void TstPracticeLab::anUpdateReachesThePrimaryAtOnceAndTheSlowServerLater()
{
    const QString name = QStringLiteral("_acme-challenge.www.practice.test");
    QCOMPARE(m_lab.addTxt(name, QStringLiteral("one")), QByteArray());
    QCOMPARE(m_lab.ask(QStringLiteral("127.0.0.11"), name, QStringLiteral("TXT")),
             QByteArray("\"one\""));
    QTRY_COMPARE_WITH_TIMEOUT(m_lab.ask(QStringLiteral("127.0.0.12"), name, QStringLiteral("TXT")),
                              QByteArray("\"one\""), 5000);

    // The slow server looks every 6 to 8 seconds, and may look right now. So the claim is about
    // several updates: it must be seen behind at least once, and must follow every time.
    bool wasBehind = false;
    for (int i = 0; i < 4 && !wasBehind; ++i) {
        const QString value = QStringLiteral("round%1").arg(i);
        QCOMPARE(m_lab.addTxt(name, value), QByteArray());
        const auto slow = [this, &name] {
            return m_lab.ask(QStringLiteral("127.0.0.13"), name, QStringLiteral("TXT"));
        };
        wasBehind = wasBehind || !slow().contains(value.toUtf8());
        QTRY_VERIFY_WITH_TIMEOUT(slow().contains(value.toUtf8()), 20000);
    }
    QVERIFY(wasBehind);
    QCOMPARE(m_lab.update(QStringLiteral("delete %1 TXT").arg(name)), QByteArray());
    QCOMPARE(m_lab.ask(QStringLiteral("127.0.0.11"), name, QStringLiteral("TXT")), QByteArray());
}

void TstPracticeLab::refusesAnUpdateWithoutTheKey()
{
    const QByteArray script =
        QStringLiteral("server 127.0.0.11 %1\nadd x.practice.test 60 TXT no\nsend\n")
            .arg(m_lab.facts().dnsPort)
            .toUtf8();
    const QByteArray said = LabFixture::run(QStringLiteral("nsupdate"), {}, script);
    QVERIFY2(said.contains("NOTAUTH") || said.contains("REFUSED"), said.constData());
    QCOMPARE(m_lab.ask(QStringLiteral("127.0.0.11"), QStringLiteral("x.practice.test"),
                       QStringLiteral("TXT")),
             QByteArray());
}

void TstPracticeLab::refusesAnUpdateOfAnotherType()
{
    const QByteArray said = m_lab.update(QStringLiteral("add x.practice.test 60 A 127.0.0.99"));
    QVERIFY2(said.contains("NOTAUTH") || said.contains("REFUSED"), said.constData());
    QCOMPARE(m_lab.ask(QStringLiteral("127.0.0.11"), QStringLiteral("x.practice.test"),
                       QStringLiteral("A")),
             QByteArray());
}

void TstPracticeLab::theResolverForgetsAtOnce()
{
    // The authority looks through it: a value of an earlier order must not decide about this one.
    LabFixture fast;
    QVERIFY2(fast.startFast(), fast.failure());
    const QString name = QStringLiteral("_acme-challenge.again.practice.test");
    const auto seen = [&fast, &name] {
        return LabFixture::run(QStringLiteral("dig"),
                               {QStringLiteral("@127.0.0.1"), QStringLiteral("-p"),
                                QString::number(fast.facts().dnsPort), QStringLiteral("+short"),
                                name, QStringLiteral("TXT")})
            .trimmed();
    };
    const QStringList servers{QStringLiteral("127.0.0.11"), QStringLiteral("127.0.0.12"),
                              QStringLiteral("127.0.0.13")};
    QCOMPARE(seen(), QByteArray());
    for (const char *value : {"first", "second"}) {
        const QByteArray quoted = '"' + QByteArray(value) + '"';
        QCOMPARE(fast.update(QStringLiteral("delete %1 TXT\nadd %1 60 TXT %2")
                                 .arg(name, QString::fromLatin1(value))),
                 QByteArray());
        for (const QString &server : servers)
            QTRY_COMPARE_WITH_TIMEOUT(fast.ask(server, name, QStringLiteral("TXT")), quoted, 5000);
        QCOMPARE(seen(), quoted);
    }
}

void TstPracticeLab::theAuthorityTalksTlsThatItsFileProves()
{
    const QByteArray said = LabFixture::run(
        QStringLiteral("openssl"),
        {QStringLiteral("s_client"), QStringLiteral("-quiet"), QStringLiteral("-connect"),
         m_lab.facts().directoryUrl.section(QLatin1Char('/'), 2, 2), QStringLiteral("-CAfile"),
         m_lab.facts().caFile, QStringLiteral("-verify_return_error")},
        "GET /dir HTTP/1.0\r\nHost: localhost\r\n\r\n");
    QVERIFY2(said.contains("\"newOrder\""), said.constData());

    QFile root(m_lab.facts().rootFile);
    QVERIFY(root.open(QIODevice::ReadOnly));
    const QByteArray subject = LabFixture::run(
        QStringLiteral("openssl"),
        {QStringLiteral("x509"), QStringLiteral("-noout"), QStringLiteral("-subject")},
        root.readAll());
    QVERIFY2(subject.contains("Pebble Root CA"), subject.constData());
    QCOMPARE(m_lab.lab().ca().directoryUrl, m_lab.facts().directoryUrl);
    QVERIFY(m_lab.lab().ca().isPractice);
}

void TstPracticeLab::keepsTheKeyInOnePrivateFile()
{
    const auto key = m_lab.lab().tsigKey();
    QVERIFY(key.has_value());
    const QByteArray plain(key->text().data(), static_cast<qsizetype>(key->size()));
    QCOMPARE(QByteArray::fromBase64(plain).size(), 32);
    const QByteArray found = LabFixture::run(
        QStringLiteral("grep"),
        {QStringLiteral("-rlF"), QStringLiteral("-f"), QStringLiteral("-"), m_lab.folder()},
        plain + '\n');
    const QString file = m_lab.folder() + QStringLiteral("/ns1/knot.conf");
    QCOMPARE(QString::fromUtf8(found.trimmed()), file);
    QCOMPARE(QFile::permissions(file)
                 & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup
                    | QFileDevice::WriteOther),
             QFileDevice::Permissions());
}

void TstPracticeLab::onlyItsOwnerEntersTheFolder()
{
    const auto foreign = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    QCOMPARE(QFile::permissions(m_lab.folder()) & foreign, QFileDevice::Permissions());
}

void TstPracticeLab::doesNotStartTwice()
{
    const QList<qint64> before = serverPids(m_lab.folder());
    QCOMPARE(before.size(), 6);
    QVERIFY2(m_lab.start({}), m_lab.failure());
    QCOMPARE(serverPids(m_lab.folder()), before);
}

void TstPracticeLab::anotherProgramMayNotTakeTheFolder()
{
    PracticeLab other(m_lab.folder(), LabFixture::cache());
    const auto started = await(other.start({}, {}, {}));
    QVERIFY(!started.has_value());
    QCOMPARE(started.error().kind, Error::Kind::Conflict);
    QVERIFY(!other.isRunning());
    for (const qint64 pid : serverPids(m_lab.folder()))
        QVERIFY(isAlive(pid));
}

void TstPracticeLab::twoLabsLiveSideBySide()
{
    LabFixture other;
    QVERIFY2(other.start({}), other.failure());
    QVERIFY(other.facts().dnsPort != m_lab.facts().dnsPort);
    const QString name = QStringLiteral("_acme-challenge.two.practice.test");
    QCOMPARE(other.addTxt(name, QStringLiteral("theirs")), QByteArray());
    QCOMPARE(other.ask(QStringLiteral("127.0.0.11"), name, QStringLiteral("TXT")),
             QByteArray("\"theirs\""));
    QCOMPARE(m_lab.ask(QStringLiteral("127.0.0.11"), name, QStringLiteral("TXT")), QByteArray());
    QVERIFY(other.stop());
    QCOMPARE(m_lab
                 .ask(QStringLiteral("127.0.0.11"), QStringLiteral("practice.test"),
                      QStringLiteral("NS"))
                 .count('\n'),
             2);
}

void TstPracticeLab::servesExtraZonesAndRecords()
{
    PracticeOptions options;
    options.slowServer = false;
    options.extraZones =
        QStringList{QStringLiteral("other.test"), QStringLiteral("sub.practice.test"),
                    QStringLiteral("example.org")};
    options.extraRecords =
        QStringList(QStringLiteral("_acme-challenge.a.practice.test. 60 CNAME a.other.test."));
    LabFixture lab;
    QVERIFY2(lab.start(options), lab.failure());
    for (const QString &zone : std::as_const(options.extraZones)) {
        const QString name = QStringLiteral("_acme-challenge.") + zone;
        QCOMPARE(lab.addTxt(name, QStringLiteral("v")), QByteArray());
        for (const char *server : {"127.0.0.11", "127.0.0.12", "127.0.0.13"})
            QTRY_COMPARE_WITH_TIMEOUT(
                lab.ask(QString::fromLatin1(server), name, QStringLiteral("TXT")),
                QByteArray("\"v\""), 5000);
        QCOMPARE(LabFixture::run(QStringLiteral("dig"),
                                 {QStringLiteral("@127.0.0.1"), QStringLiteral("-p"),
                                  QString::number(lab.facts().dnsPort), QStringLiteral("+short"),
                                  name, QStringLiteral("TXT")})
                     .trimmed(),
                 QByteArray("\"v\""));
    }
    QCOMPARE(lab.ask(QStringLiteral("127.0.0.12"),
                     QStringLiteral("_acme-challenge.a.practice.test"), QStringLiteral("CNAME")),
             QByteArray("a.other.test."));
}

void TstPracticeLab::refusesANameThatIsNoZone()
{
    LabFixture lab;
    QVERIFY(!lab.startFast({QStringLiteral("a b\n  - domain: .")}));
    QVERIFY2(QByteArray(lab.failure()).contains("cannot be a practice zone"), lab.failure());
    QVERIFY(!lab.lab().isRunning());
}

void TstPracticeLab::tellsWhenAServerDies()
{
    LabFixture lab;
    QVERIFY2(lab.startFast(), lab.failure());
    QSignalSpy died(&lab.lab(), &PracticeLab::serverDied);
    const qint64 last = serverPids(lab.folder()).last();
    QCOMPARE(::kill(static_cast<pid_t>(last), SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(died.count(), 1, 10000);
    QCOMPARE(died.first().at(0).toString(), QStringLiteral("pebble"));
    QVERIFY(!died.first().at(1).toString().isEmpty());
    QVERIFY(lab.stop());
    QCOMPARE(died.count(), 1);
}

void TstPracticeLab::stopsAndStartsAgain()
{
    LabFixture lab;
    QVERIFY2(lab.startFast(), lab.failure());
    QSignalSpy changed(&lab.lab(), &PracticeLab::runningChanged);
    const QList<qint64> pids = serverPids(lab.folder());
    QVERIFY(lab.stop());
    QVERIFY(!lab.lab().isRunning());
    for (const qint64 pid : pids)
        QVERIFY(!isAlive(pid));
    QVERIFY(!QFile::exists(lab.folder() + QStringLiteral("/ns1/knot.conf")));
    QVERIFY(!lab.lab().tsigKey().has_value());
    QVERIFY(lab.stop()); // nothing to do
    QVERIFY2(lab.startFast(), lab.failure());
    QCOMPARE(changed.count(), 2);
    QVERIFY(lab.lab().isRunning());
}

void TstPracticeLab::cancelsWhileStarting()
{
    LabFixture lab;
    std::stop_source source;
    Task<PracticeFacts> task = lab.lab().start({}, {}, source.get_token());
    QTimer::singleShot(30, this, [&source] { source.request_stop(); });
    const auto started = await(std::move(task));
    QCOMPARE(started.error().kind, Error::Kind::Cancelled);
    QVERIFY(!lab.lab().isRunning());
    for (const qint64 pid : serverPids(lab.folder()))
        QVERIFY(!isAlive(pid));
    QVERIFY2(lab.startFast(), lab.failure());
}

void TstPracticeLab::diesWhileStarting()
{
    QTemporaryDir folder;
    auto lab =
        std::make_unique<PracticeLab>(folder.filePath(QStringLiteral("lab")), LabFixture::cache());
    Task<PracticeFacts> task = lab->start({}, {}, {});
    QTimer::singleShot(30, this, [&lab] { lab.reset(); });
    QCOMPARE(await(std::move(task)).error().kind, Error::Kind::Cancelled);
}

void TstPracticeLab::diesWithItsProgramHoweverThatEnds()
{
    QTemporaryDir folder;
    const QString lab = folder.filePath(QStringLiteral("lab"));
    QProcess program;
    program.start(QCoreApplication::applicationFilePath(), {QLatin1String(runLab), lab});
    QVERIFY(program.waitForStarted());
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += program.readAllStandardOutput()).contains("up"), 60000);
    const QList<qint64> pids = serverPids(lab);
    QCOMPARE(pids.size(), 6);
    for (const qint64 pid : pids)
        QVERIFY(isAlive(pid));
    program.kill(); // SIGKILL: no destructor runs
    QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 10000);
    for (const qint64 pid : pids)
        QTRY_VERIFY_WITH_TIMEOUT(!isAlive(pid), 10000);

    PracticeLab next(lab, LabFixture::cache());
    const auto started = await(next.start({}, {}, {}));
    QVERIFY2(started.has_value(), started ? "" : qPrintable(describe(started.error())));
}

void TstPracticeLab::livesInADeepFolder()
{
    // Longer than the address of a Unix socket may be, and with signs that files of configuration
    // give a meaning to.
    QTemporaryDir folder;
    const QString deep =
        folder.filePath(QStringLiteral("a \"b\" #c; é/%1/lab").arg(QString(120, QLatin1Char('d'))));
    PracticeLab lab(deep, LabFixture::cache());
    const auto started = await(lab.start({}, {}, {}));
    QVERIFY2(started.has_value(), started ? "" : qPrintable(describe(started.error())));
    QVERIFY(QFile::exists(lab.facts().rootFile));
}

void TstPracticeLab::startsQuietlyBesideTheTerminal()
{
    // Ctrl-C goes to the terminal's process group: the servers are not in it.
    for (const qint64 pid : serverPids(m_lab.folder()))
        QVERIFY(::getpgid(static_cast<pid_t>(pid)) != ::getpgrp());
}

void TstPracticeLab::clearsAwayWhatAKilledRunLeft()
{
    // Stands for a server that outlived its lab: it was started from the folder and is listed.
    QTemporaryDir folder;
    const QString lab = folder.filePath(QStringLiteral("lab"));
    QVERIFY(QDir().mkpath(lab));
    QProcess left;
    left.start(QStringLiteral("sh"),
               {QStringLiteral("-c"), QStringLiteral("sleep 300; true"),
                lab + QStringLiteral("/ns1/knot.conf")});
    QVERIFY(left.waitForStarted());
    QFile marker(lab + QStringLiteral("/practice-lab"));
    QFile pids(lab + QStringLiteral("/pids"));
    QVERIFY(marker.open(QIODevice::WriteOnly) && pids.open(QIODevice::WriteOnly));
    pids.write(QByteArray::number(left.processId()) + '\n');
    pids.close();

    PracticeLab next(lab, LabFixture::cache());
    QVERIFY(await(next.start({}, {}, {})).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(left.state(), QProcess::NotRunning, 5000);
    QCOMPARE(left.exitStatus(), QProcess::CrashExit);
}

void TstPracticeLab::leavesStrangersAlone()
{
    QTemporaryDir folder;
    const QString lab = folder.filePath(QStringLiteral("lab"));
    QVERIFY(QDir().mkpath(lab));
    QProcess stranger;
    stranger.start(QStringLiteral("sleep"), {QStringLiteral("300")});
    QVERIFY(stranger.waitForStarted());
    QFile marker(lab + QStringLiteral("/practice-lab"));
    QFile pids(lab + QStringLiteral("/pids"));
    QVERIFY(marker.open(QIODevice::WriteOnly) && pids.open(QIODevice::WriteOnly));
    pids.write(QByteArray::number(stranger.processId()) + '\n');
    pids.close();

    PracticeLab next(lab, LabFixture::cache());
    QVERIFY(await(next.start({}, {}, {})).has_value());
    QVERIFY(isAlive(stranger.processId()));
    stranger.kill();
    QVERIFY(stranger.waitForFinished(5000));
}

void TstPracticeLab::refusesAFolderOfSomebodyElse()
{
    QTemporaryDir folder;
    QFile letter(folder.filePath(QStringLiteral("letter")));
    QVERIFY(letter.open(QIODevice::WriteOnly));
    PracticeLab lab(folder.path(), LabFixture::cache());
    const auto started = await(lab.start({}, {}, {}));
    QCOMPARE(started.error().kind, Error::Kind::Conflict);
    QVERIFY(letter.exists());
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], runLab) == 0)
        return runALab(app, QString::fromLocal8Bit(argv[2]));
    TstPracticeLab test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_practicelab.moc"
