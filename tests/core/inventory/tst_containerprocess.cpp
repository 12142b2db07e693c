// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/inventory/ContainerProcess.h"
#include "core/x509/PrivateKey.h"
#include "tests/support/Await.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <thread>
#include <unistd.h>

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
    void aFailureIsShownSafely();
    void whatItForksDiesWithIt_data();
    void whatItForksDiesWithIt();
    void noDescriptorGoesAlong();
    void itTakesFromItselfWhatItDoesNotNeed();
    void aQuestionThatIsNoneIsRefused_data();
    void aQuestionThatIsNoneIsRefused();
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
    QTest::newRow("with a key of nothing") << QByteArray("printf 'K\\000\\000\\000\\000'; sleep 9")
                                           << QStringLiteral("broke the rules");
    QTest::newRow("with an end that has a body")
        << QByteArray("printf 'Z\\000\\000\\000\\001x'; sleep 9")
        << QStringLiteral("broke the rules");
    QTest::newRow("without an end")
        << QByteArray("printf 'N\\000\\000\\000\\002hi'") << QStringLiteral("died");
    QTest::newRow("not, but hangs behind closed doors")
        << QByteArray("exec 0<&- 1>&-; sleep 60") << QStringLiteral("broke the rules");
    QTest::newRow("with a flood of text")
        << QByteArray("exec yes") << QStringLiteral("broke the rules");
    QTest::newRow("with a flood of certificates") << QByteArray(
        "while printf 'C\\000\\004\\000\\000' && head -c 262144 /dev/zero; do :; done")
                                                  << QStringLiteral("broke the rules");
    QTest::newRow("with too many keys")
        << QByteArray("printf 'K\\000\\000\\000\\001k%.0s' $(seq 2001); sleep 9")
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

// What it says may come from the file's author.
void TstContainerProcess::aFailureIsShownSafely()
{
    const QByteArray text = "printf 'E\\000\\000\\000\\044KeychainDenied\\000bad\\033[2Jword'; "
                            "printf '\\000unlock\\nit'; printf 'Z\\000\\000\\000\\000'";
    const Result<ContainerContent> content =
        ContainerProcess({script(text), {}})
            .read(ImportFormat::Pkcs12, bytesOf(QByteArray("x")), {}, {});
    QVERIFY(!content);
    QCOMPARE(content.error().kind, Error::Kind::BadRequest);
    QVERIFY2(content.error().detail.contains(u"word"), qPrintable(content.error().detail));
    for (const QString &said : {content.error().detail, content.error().advice}) {
        QVERIFY(!said.contains(QChar(0x1b)));
        QVERIFY(!said.contains(u'\n'));
    }
}

void TstContainerProcess::whatItForksDiesWithIt_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("it dies first") << QByteArray("exit 1");
    QTest::newRow("it hangs too") << QByteArray("wait");
    QTest::newRow("it answers") << QByteArray("printf 'Z\\000\\000\\000\\000'");
}

void TstContainerProcess::whatItForksDiesWithIt()
{
    QFETCH(QByteArray, text);
    const QString seen = m_folder.filePath(QStringLiteral("forked"));
    QFile::remove(seen);
    const ContainerProcess process(
        {script("sleep 600 & echo $! > " + QFile::encodeName(seen) + "; " + text), {}},
        std::chrono::seconds(2));
    (void)process.read(ImportFormat::Pkcs12, bytesOf(QByteArray("x")), {}, {});
    QFile file(seen);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString forked =
        QStringLiteral("/proc/%1/cmdline").arg(QString::fromLatin1(file.readAll().trimmed()));
    const auto isGone = [&] { // or a zombie, which has no command line any more
        QFile line(forked);
        return !line.open(QIODevice::ReadOnly) || line.readAll().isEmpty();
    };
    QTRY_VERIFY(isGone());
}

void TstContainerProcess::noDescriptorGoesAlong()
{
    QTemporaryFile open;
    QVERIFY(open.open());
    const int copy = ::dup(open.handle()); // without FD_CLOEXEC
    const QString seen = m_folder.filePath(QStringLiteral("descriptors"));
    const ContainerProcess process({script("ls -l /proc/$$/fd > " + QFile::encodeName(seen)), {}});
    (void)process.read(ImportFormat::Pkcs12, bytesOf(QByteArray("x")), {}, {});
    ::close(copy);
    QFile file(seen);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    QVERIFY(all.contains("socket:"));
    QVERIFY2(!all.contains(QFile::encodeName(QFileInfo(open).fileName())), all.constData());
}

// The real one, as the kernel sees it while it waits for its question.
void TstContainerProcess::itTakesFromItselfWhatItDoesNotNeed()
{
    QProcess servant;
    servant.start(helper().program, QStringList());
    QVERIFY(servant.waitForStarted());
    const QString proc = QStringLiteral("/proc/%1/").arg(servant.processId());
    const auto read = [&proc](const char *name) {
        QFile file(proc + QLatin1String(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll().simplified() : QByteArray();
    };
    // The processor's time is what it takes first, and the rest follows at once.
    QTRY_VERIFY(read("limits").contains("Max cpu time 10 11 seconds"));
    QVERIFY(read("limits").contains("Max core file size 0 0 bytes"));
    QVERIFY(read("status").contains("NoNewPrivs: 1"));
#ifndef SEALBOOK_SANITIZED
    QTRY_VERIFY(read("limits").contains("Max processes 0 0 processes"));
    QVERIFY(read("limits").contains("Max open files 0 0 files"));
    QVERIFY(read("limits").contains("Max file size 0 0 bytes"));
    const QByteArray limits = read("limits");
    const QByteArray space = limits.mid(limits.indexOf("Max address space") + 18);
    const qlonglong most = space.left(space.indexOf(' ')).toLongLong();
    const qlonglong pages = read("statm").split(' ').first().toLongLong();
    const qlonglong taken = pages * ::sysconf(_SC_PAGESIZE);
    QVERIFY(taken > 0);
    QVERIFY2(most > taken && most <= taken + 256LL * 1024 * 1024, limits.constData());
#endif
    servant.closeWriteChannel();
    QVERIFY(servant.waitForFinished());
    QCOMPARE(servant.exitStatus(), QProcess::NormalExit);
    QCOMPARE(servant.exitCode(), 4); // no question
}

void TstContainerProcess::aQuestionThatIsNoneIsRefused_data()
{
    QTest::addColumn<QByteArray>("question");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("another greeting") << QByteArray("SBC2\6pkcs12\0\0\0\0x", 16);
    QTest::newRow("cut in the code") << QByteArray("SBC1\xffpkcs12");
    QTest::newRow("a password of 4 GiB") << QByteArray("SBC1\6pkcs12\xff\xff\xff\xffx", 16);
    QTest::newRow("a password of 5,000")
        << QByteArray("SBC1\6pkcs12\0\0\x13\x88", 15) + QByteArray(6000, 'p');
    QTest::newRow("20 MiB") << QByteArray("SBC1\6pkcs12\0\0\0\0", 15)
            + QByteArray(20 * 1024 * 1024, 'x');
}

void TstContainerProcess::aQuestionThatIsNoneIsRefused()
{
    QFETCH(QByteArray, question);
    QProcess servant;
    servant.start(helper().program, QStringList());
    servant.write(question);
    servant.closeWriteChannel();
    QVERIFY(servant.waitForFinished());
    QCOMPARE(servant.exitStatus(), QProcess::NormalExit);
    QCOMPARE(servant.exitCode(), 4);
    QCOMPARE(servant.readAllStandardOutput(), QByteArray());
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
