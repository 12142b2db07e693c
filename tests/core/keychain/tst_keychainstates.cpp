// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/keychain/SecretServiceProbe.h"
#include "core/keychain/SystemSecretStore.h"
#include "tests/support/Await.h"
#include "tests/support/MemorySecretStore.h"

#include <QProcess>
#include <QTest>
#include <QTextStream>

using namespace sealbook;

namespace {

// Runs in a session of the test's making: prints the state, and what a write comes to.
int probe()
{
    SystemSecretStore::Options options;
    options.limit = std::chrono::seconds(10);
    SystemSecretStore store(options);
    const Result<KeychainStatus> status = await(store.status({}));
    const QString state = status ? keychainStateName(status->state) : describe(status.error());
    Result<Secret> value = Secret::random(16);
    const QString item = QStringLiteral("sealbook/v/token/1");
    const Result<> written = await(store.write(item, std::move(*value), {}));
    const bool isAdvised =
        status && (status->state == KeychainState::Ok || !status->advice.isEmpty());
    QTextStream(stdout) << state << ' '
                        << (written ? QStringLiteral("written") : kindName(written.error().kind))
                        << ' ' << (isAdvised ? "advised" : "silent");
    return 0;
}

} // namespace

// The states that a machine's keychain can be in, each in a session of its own: this program starts
// itself there with --probe.
class TstKeychainStates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheStatesApart_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("said");
        QTest::newRow("unlocked") << QStringLiteral("unlocked")
                                  << QStringLiteral("ok written advised");
        QTest::newRow("no keyring yet")
            << QStringLiteral("none") << QStringLiteral("no_keyring_yet KeychainAbsent advised");
        // Whether a plain one is good enough is the vault's decision.
        QTest::newRow("plain keyring")
            << QStringLiteral("plain") << QStringLiteral("plain_keyring written advised");
        QTest::newRow("no service")
            << QStringLiteral("bare") << QStringLiteral("no_service KeychainAbsent advised");
    }
    void tellsTheStatesApart()
    {
        QFETCH(QString, mode);
        QFETCH(QString, said);
        QProcess session;
        session.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        session.start(QStringLiteral(SEALBOOK_KEYRING_SESSION),
                      {mode, QCoreApplication::applicationFilePath(), QStringLiteral("--probe")});
        QVERIFY(session.waitForFinished(60000));
        QCOMPARE(QString::fromUtf8(session.readAllStandardOutput()), said);
        QCOMPARE(session.exitCode(), 0);
    }

    void tellsWhenThereIsNoBus()
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                           QStringLiteral("unix:path=/nonexistent/bus"));
        process.setProcessEnvironment(environment);
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--probe")});
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()),
                 QStringLiteral("no_service KeychainAbsent advised"));
    }

    void decodesCollectionNames_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("name");
        const QString root = QStringLiteral("/org/freedesktop/secrets/collection/");
        QTest::newRow("login") << root + QStringLiteral("login") << QStringLiteral("login");
        QTest::newRow("escaped") << root + QStringLiteral("Default_5fkeyring")
                                 << QStringLiteral("Default_keyring");
        QTest::newRow("umlaut") << root + QStringLiteral("Schl_c3_bcssel")
                                << QString::fromUtf8("Schl\xc3\xbcssel");
        QTest::newRow("cut escape") << root + QStringLiteral("x_5") << QStringLiteral("x_5");
    }
    void decodesCollectionNames()
    {
        QFETCH(QString, path);
        QFETCH(QString, name);
        QCOMPARE(collectionName(path), name);
    }

    void namesTheSentinelOfAVault()
    {
        QCOMPARE(SystemSecretStore::sentinelOf(QStringLiteral("sealbook/id/token/7")),
                 QStringLiteral("sealbook/id/sentinel/1"));
    }

    void everyStateHasANameAndAnError()
    {
        QStringList names;
        for (const KeychainState state :
             {KeychainState::Ok, KeychainState::Absent, KeychainState::NoService,
              KeychainState::NoKeyringYet, KeychainState::PlainKeyring, KeychainState::Locked,
              KeychainState::Denied, KeychainState::ChangedBackend, KeychainState::TimedOut,
              KeychainState::Lied}) {
            KeychainStatus status;
            status.state = state;
            const QString name = keychainStateName(state);
            QCOMPARE(errorOf(status).evidence.value(QStringLiteral("keychain")).toString(), name);
            QVERIFY(!names.contains(name));
            names.append(name);
        }
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (app.arguments().contains(QStringLiteral("--probe")))
        return probe();
    TstKeychainStates test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keychainstates.moc"
