// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/keychain/SystemSecretStore.h"
#include "tests/support/Await.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace sealbook;

namespace {

const QString walletDaemon = QStringLiteral("org.kde.kwalletd5");

Secret secretOf(const QByteArray &bytes)
{
    return std::move(*Secret::copyOf(bytesOf(bytes)));
}

QByteArray textOf(const Secret &secret)
{
    return QByteArray(secret.text().data(), static_cast<qsizetype>(secret.size()));
}

QString itemOf(const QString &id)
{
    return QStringLiteral("sealbook/11111111-2222-4333-8444-555555555555/token/%1").arg(id);
}

} // namespace

// Against a real KWallet of Plasma 5; keyring-session.sh starts it with a wallet that is open. The
// tests run in this order: the last one closes it for good.
class TstKWallet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Never the wallet of whoever runs the tests.
        QVERIFY2(qEnvironmentVariableIsSet("SEALBOOK_KEYRING_SESSION"),
                 "run this through tests/support/keyring-session.sh kwallet");
    }

    void saysThatKWalletHoldsTheItems()
    {
        SystemSecretStore store;
        const auto status = await(store.status({}));
        QVERIFY(status);
        QCOMPARE(keychainStateName(status->state), QStringLiteral("ok"));
        QCOMPARE(status->backend, QStringLiteral("KWallet"));
        QCOMPARE(status->collection, QStringLiteral("kdewallet"));
    }

    void keepsASecret_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("token") << QByteArray("a token");
        QTest::newRow("zero bytes") << QByteArray("\0a\0b\0", 5);
        QTest::newRow("not utf-8") << QByteArray("\xff\xfe\x80");
        QTest::newRow("large") << QByteArray(20000, 'x');
    }
    void keepsASecret()
    {
        QFETCH(QByteArray, value);
        SystemSecretStore store;
        const QString item = itemOf(QStringLiteral("keeps-") + QString::number(value.size()));
        const auto written = await(store.write(item, secretOf(value), {}));
        QVERIFY2(written, written ? "" : qPrintable(describe(written.error())));
        QCOMPARE(textOf(*await(store.read(item, {}))), value);
        SystemSecretStore another;
        QCOMPARE(textOf(*await(another.read(item, {}))), value);
        QVERIFY(await(store.remove(item, {})));
        QCOMPARE(await(store.read(item, {})).error().kind, Error::Kind::NotFound);
        QVERIFY(await(store.remove(item, {}))); // gone is gone
    }

    void replacesAValue()
    {
        SystemSecretStore store;
        const QString item = itemOf(QStringLiteral("replaced"));
        QVERIFY(await(store.write(item, secretOf("old"), {})));
        QVERIFY(await(store.write(item, secretOf("new"), {})));
        QCOMPARE(textOf(*await(store.read(item, {}))), QByteArray("new"));
    }

    void believesAbsenceOnlyBesideItsSentinel()
    {
        SystemSecretStore store;
        const QString item = QStringLiteral("sealbook/another-vault/vk/1");
        QCOMPARE(await(store.read(item, {})).error().kind, Error::Kind::KeychainDenied);
        const QString other = QStringLiteral("sealbook/another-vault/token/1");
        QVERIFY(await(store.write(other, secretOf("x"), {})));
        QCOMPARE(await(store.read(item, {})).error().kind, Error::Kind::NotFound);
    }

    void R07_leavesNothingReadableInTheWalletFile()
    {
        SystemSecretStore store;
        const QByteArray canary("canary-0123456789-abcdef");
        QVERIFY(await(store.write(itemOf(QStringLiteral("canary")), secretOf(canary), {})));
        const QString file =
            qEnvironmentVariable("XDG_DATA_HOME") + QStringLiteral("/kwalletd/kdewallet.kwl");
        // The daemon writes it a moment later.
        const auto content = [&file] {
            QFile wallet(file);
            return wallet.open(QIODevice::ReadOnly) ? wallet.readAll() : QByteArray();
        };
        QTRY_VERIFY_WITH_TIMEOUT(content().size() > 100, 20000);
        QVERIFY(!content().contains(canary));
        QVERIFY(!content().contains(canary.toBase64()));
    }

    void doesNotHangOnAStoppedDaemon()
    {
        SystemSecretStore::Options options;
        options.limit = std::chrono::milliseconds(300);
        SystemSecretStore store(options);
        const auto pid = static_cast<pid_t>(
            QDBusConnection::sessionBus().interface()->servicePid(walletDaemon).value());
        QVERIFY(pid > 1);
        QCOMPARE(::kill(pid, SIGSTOP), 0);
        const auto read = await(store.read(itemOf(QStringLiteral("canary")), {}));
        ::kill(pid, SIGCONT);
        QVERIFY(!read);
        QVERIFY(read.error().kind != Error::Kind::NotFound);
        SystemSecretStore patient;
        QTRY_VERIFY_WITH_TIMEOUT(await(patient.read(itemOf(QStringLiteral("canary")), {})), 20000);
    }

    // KWallet asks for its password then, in a window that nobody answers here.
    void aClosedWalletIsNotAnEmptyOne()
    {
        QDBusMessage close = QDBusMessage::createMethodCall(
            walletDaemon, QStringLiteral("/modules/kwalletd5"), QStringLiteral("org.kde.KWallet"),
            QStringLiteral("closeAllWallets"));
        QCOMPARE(QDBusConnection::sessionBus().call(close).type(), QDBusMessage::ReplyMessage);
        SystemSecretStore::Options options;
        options.limit = std::chrono::seconds(2);
        SystemSecretStore store(options);
        const auto read = await(store.read(itemOf(QStringLiteral("canary")), {}));
        QVERIFY(!read);
        QVERIFY2(read.error().kind == Error::Kind::KeychainDenied,
                 qPrintable(describe(read.error())));
        QVERIFY(!read.error().advice.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TstKWallet)
#include "tst_kwallet.moc"
