// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/inventory/ContainerProcess.h"
#include "core/x509/PrivateKey.h"
#include "tests/support/Await.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace sealbook;

namespace {

ImportHelper helper()
{
    return {QStringLiteral(SEALBOOK_CONTAINER_HELPER), {}};
}

QByteArray file(const char *name)
{
    return testData(QStringLiteral("x509/") + QLatin1String(name));
}

Result<ContainerContent> read(ImportFormat format, const QByteArray &bytes,
                              const char *password = "")
{
    return ContainerProcess(helper()).read(format, bytesOf(bytes), testSecret(password), {});
}

} // namespace

class TstContainerProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAPkcs12File();
    void tellsWhatIsWrong();
    void B43_wrongPasswordIsTold();
    void B44_tooManyRoundsAreRefusedUnread_data();
    void B44_tooManyRoundsAreRefusedUnread();
    void B45_oldCiphersAreReadAndTold_data();
    void B45_oldCiphersAreReadAndTold();
    void B46_deepNestingHarmsNobody();
    void encryptedKeysAreOpened();
    void withoutAProgramNothingIsRead();
    void aProgramThatDiesIsTold_data();
    void aProgramThatDiesIsTold();
    void aProgramThatHangsIsGivenUp();
    void aStopRequestKillsIt();
    void neitherEnvironmentNorArgumentsCarrySecrets();

private:
    QString script(const QByteArray &text);
    QTemporaryDir m_folder;
};

QString TstContainerProcess::script(const QByteArray &text)
{
    const QString path = m_folder.filePath(QStringLiteral("helper.sh"));
    QFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write("#!/bin/sh\n" + text) < 0)
        qFatal("no script");
    out.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

void TstContainerProcess::readsAPkcs12File()
{
    const Result<ContainerContent> content =
        read(ImportFormat::Pkcs12, file("pkcs12/java.p12"), "open sesame");
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QCOMPARE(content->certificates.size(), std::size_t{2});
    QCOMPARE(content->keys.size(), std::size_t{1});
    QVERIFY(PrivateKey::fromPkcs8(content->keys.front()));
}

void TstContainerProcess::tellsWhatIsWrong()
{
    const Result<ContainerContent> content = read(ImportFormat::Pkcs12, "no PKCS#12 at all");
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::BadRequest);
    QVERIFY(content.error().detail.contains(u"PKCS#12"));
}

void TstContainerProcess::B43_wrongPasswordIsTold()
{
    for (int i = 0; i < 3; ++i) {
        const Result<ContainerContent> content =
            read(ImportFormat::Pkcs12, file("pkcs12/aes.p12"), "wrong");
        QVERIFY(!content);
        QVERIFY(content.error().advice.contains(u"password"));
    }
    QVERIFY(read(ImportFormat::Pkcs12, file("pkcs12/aes.p12"), "open sesame"));
}

void TstContainerProcess::B44_tooManyRoundsAreRefusedUnread_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"pkcs12/B44-key-2-31.p12", "pkcs12/B44-mac-2-31.p12",
                             "pkcs12/B44-safe-2-31.p12", "pkcs12/B44-mac-ten-million-and-one.p12"})
        QTest::newRow(name) << QByteArray(name);
}

void TstContainerProcess::B44_tooManyRoundsAreRefusedUnread()
{
    QFETCH(QByteArray, name);
    const Result<ContainerContent> content =
        read(ImportFormat::Pkcs12, file(name.constData()), "open sesame");
    QVERIFY(!content);
    QVERIFY2(content.error().detail.contains(u"rounds"), qPrintable(content.error().detail));
}

void TstContainerProcess::B45_oldCiphersAreReadAndTold_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("cipher");
    QTest::newRow("RC2-40") << QByteArray("pkcs12/B45-rc2-40.p12") << QStringLiteral("RC2-40");
    QTest::newRow("Triple DES") << QByteArray("pkcs12/3des.p12") << QStringLiteral("Triple DES");
}

void TstContainerProcess::B45_oldCiphersAreReadAndTold()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, cipher);
    const Result<ContainerContent> content =
        read(ImportFormat::Pkcs12, file(name.constData()), "open sesame");
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QVERIFY(!content->certificates.empty());
    QVERIFY(content->notes.join(u' ').contains(cipher));
}

void TstContainerProcess::B46_deepNestingHarmsNobody()
{
    for (const ImportFormat format :
         {ImportFormat::Pkcs12, ImportFormat::Pkcs7, ImportFormat::EncryptedKey,
          ImportFormat::RevocationList, ImportFormat::Jks, ImportFormat::BouncyCastle}) {
        const Result<ContainerContent> content = read(format, file("odd/B46-deep.der"), "x");
        QVERIFY(!content);
        QCOMPARE(content.error().kind, Error::Kind::BadRequest);
    }
}

void TstContainerProcess::encryptedKeysAreOpened()
{
    const QByteArray key = file("leaf-encrypted.key");
    const Result<ContainerContent> none = read(ImportFormat::EncryptedKey, key);
    QVERIFY(!none);
    QVERIFY(none.error().advice.contains(u"password"));
    const Result<ContainerContent> wrong = read(ImportFormat::EncryptedKey, key, "wrong");
    QVERIFY(!wrong);
    QVERIFY(wrong.error().advice.contains(u"password"));
    const Result<ContainerContent> content = read(ImportFormat::EncryptedKey, key, "open sesame");
    QVERIFY2(content, content ? "" : qPrintable(content.error().detail));
    QCOMPARE(content->keys.size(), std::size_t{1});
}

void TstContainerProcess::withoutAProgramNothingIsRead()
{
    const Result<ContainerContent> content =
        ContainerProcess({}).read(ImportFormat::Pkcs12, bytesOf(file("pkcs12/aes.p12")), {}, {});
    QCOMPARE(content.error().kind, Error::Kind::Internal);
    const Result<ContainerContent> missing =
        ContainerProcess({QStringLiteral("/nowhere/helper"), {}})
            .read(ImportFormat::Pkcs12, bytesOf(file("pkcs12/aes.p12")), {}, {});
    QCOMPARE(missing.error().kind, Error::Kind::Internal);
}

void TstContainerProcess::aProgramThatDiesIsTold_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("told");
    QTest::newRow("at once") << QByteArray("exit 1") << QStringLiteral("died");
    QTest::newRow("by a signal") << QByteArray("kill -SEGV $$") << QStringLiteral("died");
    QTest::newRow("out of memory") << QByteArray("exit 3") << QStringLiteral("256 MiB");
    QTest::newRow("out of time") << QByteArray("kill -XCPU $$") << QStringLiteral("10 s");
    QTest::newRow("in the middle")
        << QByteArray("printf 'C\\000\\000\\000\\020abc'") << QStringLiteral("died");
    QTest::newRow("with an unknown frame") << QByteArray("printf 'Q\\000\\000\\000\\000'; sleep 9")
                                           << QStringLiteral("broke the rules");
    QTest::newRow("with a frame of 4 GiB") << QByteArray("printf 'C\\377\\377\\377\\377'; sleep 9")
                                           << QStringLiteral("broke the rules");
    QTest::newRow("with a key of 1 GiB") << QByteArray("printf 'K\\100\\000\\000\\000'; sleep 9")
                                         << QStringLiteral("broke the rules");
    QTest::newRow("with too many frames")
        << QByteArray("printf 'N\\000\\000\\000\\000%.0s' $(seq 9000); sleep 9")
        << QStringLiteral("broke the rules");
}

void TstContainerProcess::aProgramThatDiesIsTold()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, told);
    const Result<ContainerContent> content =
        ContainerProcess({script(text), {}})
            .read(ImportFormat::Pkcs12, bytesOf(QByteArray("x")), {}, {});
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::BadRequest);
    QVERIFY2(content.error().detail.contains(told), qPrintable(content.error().detail));
}

void TstContainerProcess::aProgramThatHangsIsGivenUp()
{
    const ContainerProcess process({script("exec sleep 60"), {}}, std::chrono::milliseconds(300));
    const Result<ContainerContent> content =
        process.read(ImportFormat::Pkcs12, bytesOf(QByteArray(2'000'000, 'x')), {}, {});
    QVERIFY(!content);
    QVERIFY(content.error().detail.contains(u"given up"));
}

void TstContainerProcess::aStopRequestKillsIt()
{
    std::stop_source stop;
    std::thread later([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        stop.request_stop();
    });
    const ContainerProcess process({script("exec sleep 60"), {}});
    const Result<ContainerContent> content =
        process.read(ImportFormat::Pkcs12, bytesOf(QByteArray("x")), {}, stop.get_token());
    later.join();
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::Cancelled);
}

// Our environment does not go along, and a secret is on no command line.
void TstContainerProcess::neitherEnvironmentNorArgumentsCarrySecrets()
{
    qputenv("SEALBOOK_TEST_SECRET", "in the environment");
    const QString seen = m_folder.filePath(QStringLiteral("seen"));
    const QByteArray text = "env > " + QFile::encodeName(seen)
        + "; tr '\\0' ' ' < /proc/$$/cmdline >> " + QFile::encodeName(seen);
    const Result<ContainerContent> content =
        ContainerProcess({script(text), {}})
            .read(ImportFormat::Pkcs12, bytesOf(QByteArray("x")), testSecret("the password"), {});
    QVERIFY(!content);
    QFile file(seen);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    QVERIFY(!all.isEmpty());
    QVERIFY(!all.contains("in the environment"));
    QVERIFY(!all.contains("the password"));
    qunsetenv("SEALBOOK_TEST_SECRET");
}

QTEST_GUILESS_MAIN(TstContainerProcess)
#include "tst_containerprocess.moc"
