// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/keychain/SecretServiceProbe.h"
#include "core/keychain/SystemSecretStore.h"
#include "tests/support/Await.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

using namespace sealbook;

namespace {

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

void lockTheKeyring()
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
        QStringLiteral("org.freedesktop.Secret.Service"), QStringLiteral("Lock"));
    const QList<QDBusObjectPath> collections{
        QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login"))};
    message << QVariant::fromValue(collections);
    QCOMPARE(QDBusConnection::sessionBus().call(message).type(), QDBusMessage::ReplyMessage);
}

} // namespace

// Against a real gnome-keyring; keyring-session.sh starts it. The tests run in this order: the last
// one locks the keyring for good.
class TstSystemSecretStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Never the keyring of whoever runs the tests.
        QVERIFY2(qEnvironmentVariableIsSet("SEALBOOK_KEYRING_SESSION"),
                 "run this through tests/support/keyring-session.sh unlocked");
    }

    void saysThatAllIsWell()
    {
        SystemSecretStore store;
        const auto status = await(store.status({}));
        QVERIFY(status);
        QCOMPARE(keychainStateName(status->state), QStringLiteral("ok"));
        QCOMPARE(status->backend, QStringLiteral("Secret Service"));
        QCOMPARE(status->collection, QStringLiteral("login"));
        QVERIFY(status->advice.isEmpty());
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
        QVERIFY(await(store.write(item, secretOf(value), {})));
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
        const auto unseen = await(store.read(item, {}));
        QCOMPARE(unseen.error().kind, Error::Kind::KeychainDenied);
        QVERIFY(unseen.error().detail.contains(QStringLiteral("none of this profile's items")));
        const QString other = QStringLiteral("sealbook/another-vault/token/1");
        QVERIFY(await(store.write(other, secretOf("x"), {})));
        QCOMPARE(await(store.read(item, {})).error().kind, Error::Kind::NotFound);
    }

    void callsAtOnceDoNotMix()
    {
        SystemSecretStore store;
        std::vector<Task<>> writes;
        for (int i = 0; i < 10; ++i)
            writes.push_back(store.write(itemOf(QStringLiteral("many-%1").arg(i)),
                                         secretOf(QByteArray::number(i)), {}));
        QCoro::Task<std::vector<Result<void>>> together = all<void>(std::move(writes));
        for (const auto &result : QCoro::waitFor(std::move(together)))
            QVERIFY(result);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(textOf(*await(store.read(itemOf(QStringLiteral("many-%1").arg(i)), {}))),
                     QByteArray::number(i));
    }

    void R07_leavesNothingReadableInTheKeyringFile()
    {
        SystemSecretStore store;
        const QByteArray canary("canary-0123456789-abcdef");
        QVERIFY(await(store.write(itemOf(QStringLiteral("canary")), secretOf(canary), {})));
        const QDir folder(qEnvironmentVariable("XDG_DATA_HOME") + QStringLiteral("/keyrings"));
        const QStringList names = folder.entryList(QDir::Files);
        QVERIFY(!names.isEmpty());
        for (const QString &name : names) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            QVERIFY(!content.contains(canary));
            QVERIFY(!content.contains(canary.toBase64()));
            QVERIFY(!content.startsWith("[keyring]"));
        }
    }

    void canBeCancelled()
    {
        SystemSecretStore store;
        std::stop_source source;
        Task<Secret> reading = store.read(itemOf(QStringLiteral("canary")), source.get_token());
        Task<Secret> queued = store.read(itemOf(QStringLiteral("canary")), source.get_token());
        source.request_stop();
        QCOMPARE(await(std::move(reading)).error().kind, Error::Kind::Cancelled);
        QCOMPARE(await(std::move(queued)).error().kind, Error::Kind::Cancelled);
        QVERIFY(await(store.read(itemOf(QStringLiteral("canary")), {}))); // and goes on after it
    }

    void doesNotHangOnAStoppedService()
    {
        SystemSecretStore::Options options;
        options.limit = std::chrono::milliseconds(300);
        SystemSecretStore store(options);
        QVERIFY(await(store.read(itemOf(QStringLiteral("canary")), {})));
        const auto pid =
            static_cast<pid_t>(QDBusConnection::sessionBus()
                                   .interface()
                                   ->servicePid(QStringLiteral("org.freedesktop.secrets"))
                                   .value());
        QVERIFY(pid > 1);
        QCOMPARE(::kill(pid, SIGSTOP), 0);
        const auto read = await(store.read(itemOf(QStringLiteral("canary")), {}));
        const auto write = await(store.write(itemOf(QStringLiteral("w")), secretOf("x"), {}));
        const auto status = await(store.status({}));
        ::kill(pid, SIGCONT);
        QCOMPARE(read.error().evidence.value(QStringLiteral("keychain")).toString(),
                 QStringLiteral("timed_out"));
        QCOMPARE(write.error().kind, Error::Kind::KeychainDenied);
        QCOMPARE(keychainStateName(status->state), QStringLiteral("timed_out"));
        QVERIFY(!status->advice.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(await(store.read(itemOf(QStringLiteral("canary")), {})), 20000);
    }

    void aLockedKeyringIsNotAnEmptyOne()
    {
        SystemSecretStore store;
        const QString item = itemOf(QStringLiteral("canary"));
        QVERIFY(await(store.read(item, {})));
        lockTheKeyring();
        const auto removed = await(store.remove(item, {}));
        QCOMPARE(removed.error().evidence.value(QStringLiteral("keychain")).toString(),
                 QStringLiteral("locked"));
        SystemSecretStore another;
        const auto read = await(another.read(item, {}));
        QCOMPARE(read.error().kind, Error::Kind::KeychainDenied);
        QVERIFY(read.error().detail.contains(QStringLiteral("locked")));
        QVERIFY(!read.error().advice.isEmpty());
        QCOMPARE(await(another.write(item, secretOf("x"), {})).error().kind,
                 Error::Kind::KeychainDenied);
    }
};

QTEST_GUILESS_MAIN(TstSystemSecretStore)
#include "tst_systemsecretstore.moc"
