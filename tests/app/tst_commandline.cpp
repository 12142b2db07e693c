// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CommandLine.h"

#include <QSet>
#include <QTest>

using namespace sealbook;

namespace {
CommandLine parsed(const QString &words)
{
    return CommandLine::parse(QStringList{QStringLiteral("sealbook")}
                              + words.split(u' ', Qt::SkipEmptyParts));
}
} // namespace

// What the words of a command line come to: product.md, "Command line".
class TstCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noWordsOpenTheWindow();
    void globalOptionsStandOnEitherSide_data();
    void globalOptionsStandOnEitherSide();
    void findsTheCommand_data();
    void findsTheCommand();
    void tellsWhatItDoesNotUnderstand_data();
    void tellsWhatItDoesNotUnderstand();
    void anUnknownCommandKeepsItsJson();
    void helpIsNoError_data();
    void helpIsNoError();
    void theHelpNamesEveryCommand();
    void everyCommandIsWhole();
    void noOptionTakesASecret();
    void theHomeFromTheCommandLineWins();
    void usageErrorsAreTold();
};

void TstCommandLine::noWordsOpenTheWindow()
{
    const CommandLine line = parsed(QString());
    QVERIFY(line.command == nullptr);
    QVERIFY2(line.problem.isEmpty(), qPrintable(line.problem));
    QVERIFY(line.help.isEmpty());
    QVERIFY(!line.global.home.isEmpty());
    QCOMPARE(line.global.dnsPort, quint16(53));
    QVERIFY(!line.global.practice && !line.global.json && !line.global.timeout);
}

void TstCommandLine::globalOptionsStandOnEitherSide_data()
{
    QTest::addColumn<QString>("words");
    const char *rows[] = {
        "--home /tmp/h --practice --json --resolver 127.0.0.1:5300 --dns-port 5300 --timeout 7 "
        "--log-level debug --ca-file /tmp/ca.pem issue a.test b.test",
        "issue a.test b.test --home /tmp/h --practice --json --resolver 127.0.0.1:5300 "
        "--dns-port 5300 --timeout 7 --log-level debug --ca-file /tmp/ca.pem",
        "--home=/tmp/h --practice --json issue a.test --resolver=127.0.0.1:5300 b.test "
        "--dns-port=5300 --timeout=7 --log-level=debug --ca-file=/tmp/ca.pem",
    };
    QTest::newRow("before") << QString::fromLatin1(rows[0]);
    QTest::newRow("behind") << QString::fromLatin1(rows[1]);
    QTest::newRow("among, with =") << QString::fromLatin1(rows[2]);
}

void TstCommandLine::globalOptionsStandOnEitherSide()
{
    QFETCH(QString, words);
    const CommandLine line = parsed(words);
    QVERIFY2(line.problem.isEmpty(), qPrintable(line.problem));
    QVERIFY(line.command != nullptr);
    QCOMPARE(line.command->words, QStringLiteral("issue"));
    QCOMPARE(line.arguments, QStringList({QStringLiteral("a.test"), QStringLiteral("b.test")}));
    QCOMPARE(line.global.home, QStringLiteral("/tmp/h"));
    QVERIFY(line.global.practice);
    QVERIFY(line.global.json);
    QCOMPARE(line.global.resolver, QStringLiteral("127.0.0.1:5300"));
    QCOMPARE(line.global.dnsPort, quint16(5300));
    QCOMPARE(line.global.timeout.value().count(), std::chrono::seconds::rep(7));
    QCOMPARE(line.global.logLevel, QStringLiteral("debug"));
    QCOMPARE(line.global.caFile, QStringLiteral("/tmp/ca.pem"));
}

void TstCommandLine::findsTheCommand_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *words, const char *command, const QStringList &arguments) {
        QTest::newRow(words) << QString::fromLatin1(words) << QString::fromLatin1(command)
                             << arguments;
    };
    row("list", "list", {});
    row("credential add rfc2136", "credential add", {QStringLiteral("rfc2136")});
    row("--json credential list", "credential list", {});
    row("practice start", "practice start", {});
    // A value that looks like a command is not one.
    row("--home list credential list", "credential list", {});
    // What follows the command's words is its argument, even where it is a command's name.
    row("show list", "show", {QStringLiteral("list")});
}

void TstCommandLine::findsTheCommand()
{
    QFETCH(QString, words);
    QFETCH(QString, command);
    QFETCH(QStringList, arguments);
    const CommandLine line = parsed(words);
    QVERIFY2(line.problem.isEmpty(), qPrintable(line.problem));
    QVERIFY(line.command != nullptr);
    QCOMPARE(line.command->words, command);
    QCOMPARE(line.arguments, arguments);
}

void TstCommandLine::tellsWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("word"); // that the text names
    const auto row = [](const char *words, const char *word) {
        QTest::newRow(words) << QString::fromLatin1(words) << QString::fromLatin1(word);
    };
    row("frobnicate", "frobnicate");
    row("credential", "credential");
    row("credential frobnicate", "credential");
    row("list --frobnicate", "frobnicate");
    row("--frobnicate list", "frobnicate");
    row("--frobnicate", "frobnicate");
    row("show", "show takes: ");
    row("list surplus", "list takes: ");
    row("list --dns-port 0", "--dns-port");
    row("list --dns-port 65536", "--dns-port");
    row("list --dns-port many", "--dns-port");
    row("list --timeout 0", "--timeout");
    row("list --timeout -5", "--timeout");
    row("list --timeout soon", "--timeout");
    row("list --home", "home");
    row("list --json=yes", "json");
    row("list --log-level loud", "--log-level");
}

void TstCommandLine::tellsWhatItDoesNotUnderstand()
{
    QFETCH(QString, words);
    QFETCH(QString, word);
    const CommandLine line = parsed(words);
    QVERIFY2(line.problem.contains(word), qPrintable(line.problem));
    QVERIFY(line.help.isEmpty());
}

void TstCommandLine::anUnknownCommandKeepsItsJson()
{
    QVERIFY(parsed(QStringLiteral("frobnicate --json")).global.json);
    QVERIFY(parsed(QStringLiteral("--json frobnicate")).global.json);
    QVERIFY(!parsed(QStringLiteral("frobnicate")).global.json);
}

void TstCommandLine::helpIsNoError_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("word"); // that the help contains
    QTest::newRow("of all") << QStringLiteral("--help") << QStringLiteral("credential add");
    QTest::newRow("short") << QStringLiteral("-h") << QStringLiteral("credential add");
    QTest::newRow("as a word") << QStringLiteral("help") << QStringLiteral("credential add");
    QTest::newRow("of one") << QStringLiteral("credential add --help")
                            << QStringLiteral("--secret-fd");
    QTest::newRow("of one, without its argument")
        << QStringLiteral("show --help") << QStringLiteral("sealbook show");
}

void TstCommandLine::helpIsNoError()
{
    QFETCH(QString, words);
    QFETCH(QString, word);
    const CommandLine line = parsed(words);
    QVERIFY2(line.help.contains(word), qPrintable(line.help));
}

void TstCommandLine::theHelpNamesEveryCommand()
{
    const QString text = usage();
    for (const Command &command : allCommands())
        QCOMPARE(text.contains(QStringLiteral("  ") + command.words + u' '), !command.isInternal);
    for (const char *code : {"0 done", "2 usage", "3 approval", "4 keychain", "5 DNS", "6 the CA",
                             "7 the", "130 cancelled"})
        QVERIFY2(text.contains(QLatin1String(code)), code);
}

void TstCommandLine::everyCommandIsWhole()
{
    QSet<QString> seen;
    for (const Command &command : allCommands()) {
        const QByteArray name = command.words.toLatin1();
        QVERIFY2(!seen.contains(command.words), name.constData());
        seen.insert(command.words);
        QVERIFY2(command.run != nullptr, name.constData());
        QVERIFY2(command.isInternal || !command.summary.isEmpty(), name.constData());
        QVERIFY2(command.maximumArguments < 0
                     || command.minimumArguments <= command.maximumArguments,
                 name.constData());
        QVERIFY2((command.maximumArguments == 0) == command.arguments.isEmpty(), name.constData());
        // Global options must not be taken again by a command: QCommandLineParser would lose one.
        const CommandLine line = parsed(command.words + QStringLiteral(" --help"));
        QVERIFY2(line.command == &command, name.constData());
        QVERIFY2(line.help.contains(command.words), name.constData());
    }
}

void TstCommandLine::noOptionTakesASecret()
{
    // R07: a secret comes by a file descriptor or a prompt, never as an argument.
    for (const Command &command : allCommands()) {
        for (const QCommandLineOption &option : command.options) {
            for (const QString &name : option.names()) {
                const bool secret = name.contains(QLatin1String("secret"))
                    || name.contains(QLatin1String("token"))
                    || name.contains(QLatin1String("password"))
                    || name.contains(QLatin1String("code")) || name == QLatin1String("eab-key");
                const bool isDescriptor = name.endsWith(QLatin1String("-fd"));
                QVERIFY2(!secret || isDescriptor || option.valueName().isEmpty(),
                         qPrintable(command.words + u' ' + name));
            }
        }
    }
}

void TstCommandLine::theHomeFromTheCommandLineWins()
{
    const QByteArray before = qgetenv("SEALBOOK_HOME");
    qputenv("SEALBOOK_HOME", "/tmp/environment");
    QCOMPARE(parsed(QStringLiteral("list")).global.home, QStringLiteral("/tmp/environment"));
    QCOMPARE(parsed(QStringLiteral("list --home /tmp/given")).global.home,
             QStringLiteral("/tmp/given"));
    if (before.isNull())
        qunsetenv("SEALBOOK_HOME");
    else
        qputenv("SEALBOOK_HOME", before);
}

void TstCommandLine::usageErrorsAreTold()
{
    QVERIFY(isUsageError(usageError(QStringLiteral("what")).value()));
    QVERIFY(!isUsageError(fail(Error::Kind::BadRequest, QStringLiteral("what")).value()));
}

QTEST_GUILESS_MAIN(TstCommandLine)
#include "tst_commandline.moc"
