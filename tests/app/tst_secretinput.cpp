// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/SecretInput.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace sealbook;

namespace {

// A file of a test, open for reading; closed with it.
struct OpenFile
{
    int descriptor = -1;
    explicit OpenFile(const QString &path, int flags = O_RDONLY)
        : descriptor(::open(path.toLocal8Bit().constData(), flags | O_CLOEXEC))
    {
    }
    ~OpenFile() { ::close(descriptor); }
    Q_DISABLE_COPY_MOVE(OpenFile)
};

QByteArray textOf(const Result<Secret> &secret)
{
    if (!secret)
        return "error: " + describe(secret.error()).toUtf8();
    return QByteArray(secret->text().data(), static_cast<qsizetype>(secret->size()));
}

} // namespace

// How a secret reaches a command, and what happens where it does not.
class TstSecretInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsTheLineEnd_data();
    void cutsTheLineEnd();
    void readsAPipeInPieces();
    void B27_refusesWhatIsTooLarge_data();
    void B27_refusesWhatIsTooLarge();
    void B38_eachOtherThingHasItsText_data();
    void B38_eachOtherThingHasItsText();
    void B38_aSilentPipeDoesNotHang();
    void B24_anEmptyFileIsAnEmptySecret();
    void readsFieldAndDescriptor_data();
    void readsFieldAndDescriptor();
    void promptsOnlyAtATerminal();

private:
    QString written(const QByteArray &content)
    {
        const QString path = m_folder.filePath(QStringLiteral("secret"));
        QFile file(path);
        return file.open(QIODevice::WriteOnly | QIODevice::Truncate)
                && file.write(content) == content.size()
            ? path
            : QString();
    }

    QTemporaryDir m_folder;
};

void TstSecretInput::cutsTheLineEnd_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("none") << QByteArray("abc") << QByteArray("abc");
    QTest::newRow("unix") << QByteArray("abc\n") << QByteArray("abc");
    QTest::newRow("windows") << QByteArray("abc\r\n") << QByteArray("abc");
    QTest::newRow("inside stays") << QByteArray("a\nb\n") << QByteArray("a\nb");
    QTest::newRow("blanks stay") << QByteArray(" abc \n") << QByteArray(" abc ");
    QTest::newRow("any byte") << QByteArray("a\0\xff", 3) << QByteArray("a\0\xff", 3);
    QTest::newRow("64 KiB") << QByteArray(65536, 'x') << QByteArray(65536, 'x');
}

void TstSecretInput::cutsTheLineEnd()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, secret);
    const OpenFile file(written(content));
    QCOMPARE(textOf(secretFromDescriptor(file.descriptor)), secret);
}

void TstSecretInput::readsAPipeInPieces()
{
    int ends[2] = {-1, -1};
    QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
    std::jthread writer([&ends] {
        for (const char *piece : {"first ", "second ", "third\n"}) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            const auto size = ::write(ends[1], piece, std::strlen(piece));
            Q_UNUSED(size)
        }
        ::close(ends[1]);
    });
    const QByteArray secret = textOf(secretFromDescriptor(ends[0]));
    writer.join();
    ::close(ends[0]);
    QCOMPARE(secret, QByteArray("first second third"));
}

void TstSecretInput::B27_refusesWhatIsTooLarge_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("one byte more") << 65537;
    QTest::newRow("a megabyte") << 1024 * 1024;
}

void TstSecretInput::B27_refusesWhatIsTooLarge()
{
    QFETCH(int, size);
    const OpenFile file(written(QByteArray(size, 'x')));
    const auto secret = secretFromDescriptor(file.descriptor);
    QVERIFY(!secret);
    QCOMPARE(secret.error().kind, Error::Kind::BadRequest);
    QVERIFY(secret.error().detail.contains(QStringLiteral("more than 65536 bytes")));
}

void TstSecretInput::B38_eachOtherThingHasItsText_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("words");
    QTest::newRow("folder") << QStringLiteral("/tmp") << QStringLiteral("is a folder");
    QTest::newRow("endless device") << QStringLiteral("/dev/zero") << QStringLiteral("is a device");
    QTest::newRow("not there") << QStringLiteral("/nowhere/at/all")
                               << QStringLiteral("is not open");
}

void TstSecretInput::B38_eachOtherThingHasItsText()
{
    QFETCH(QString, path);
    QFETCH(QString, words);
    const OpenFile file(path);
    const auto secret = secretFromDescriptor(file.descriptor);
    QVERIFY(!secret);
    QCOMPARE(secret.error().kind, Error::Kind::BadRequest);
    QVERIFY2(secret.error().detail.contains(words), qPrintable(secret.error().detail));
}

void TstSecretInput::B38_aSilentPipeDoesNotHang()
{
    const QString path = m_folder.filePath(QStringLiteral("fifo"));
    QCOMPARE(::mkfifo(path.toLocal8Bit().constData(), 0600), 0);
    const OpenFile fifo(path, O_RDWR); // a writer that never writes
    const auto secret = secretFromDescriptor(fifo.descriptor, std::chrono::milliseconds(50));
    QVERIFY(!secret);
    QCOMPARE(secret.error().kind, Error::Kind::Timeout);
    QVERIFY(secret.error().detail.contains(QStringLiteral("nothing came")));
}

void TstSecretInput::B24_anEmptyFileIsAnEmptySecret()
{
    for (const char *content : {"", "\n", "\r\n"}) {
        const OpenFile file(written(content));
        const auto secret = secretFromDescriptor(file.descriptor);
        QVERIFY(secret);
        QVERIFY(secret->isEmpty()); // the credential's own check says what is missing
    }
}

void TstSecretInput::readsFieldAndDescriptor_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("field"); // empty = refused
    QTest::addColumn<int>("descriptor");
    QTest::newRow("whole") << QStringLiteral("token=3") << QStringLiteral("token") << 3;
    QTest::newRow("stdin") << QStringLiteral("key=0") << QStringLiteral("key") << 0;
    QTest::newRow("no field") << QStringLiteral("=3") << QString() << -1;
    QTest::newRow("no equals") << QStringLiteral("token") << QString() << -1;
    QTest::newRow("no number") << QStringLiteral("token=") << QString() << -1;
    QTest::newRow("a word") << QStringLiteral("token=abc") << QString() << -1;
    QTest::newRow("negative") << QStringLiteral("token=-1") << QString() << -1;
    QTest::newRow("two equals") << QStringLiteral("token=3=4") << QString() << -1;
}

void TstSecretInput::readsFieldAndDescriptor()
{
    QFETCH(QString, argument);
    QFETCH(QString, field);
    QFETCH(int, descriptor);
    const auto source = secretSource(argument);
    QCOMPARE(source.has_value(), !field.isEmpty());
    if (!source)
        return;
    QCOMPARE(source->field, field);
    QCOMPARE(source->descriptor, descriptor);
}

void TstSecretInput::promptsOnlyAtATerminal()
{
    const int saved = ::dup(STDIN_FILENO);
    const OpenFile file(written("abc"));
    ::dup2(file.descriptor, STDIN_FILENO);
    const auto secret = secretFromPrompt(QStringLiteral("token"));
    ::dup2(saved, STDIN_FILENO);
    ::close(saved);
    QVERIFY(!secret);
    QVERIFY(secret.error().detail.contains(QStringLiteral("no terminal")));
    QVERIFY(!secret.error().advice.isEmpty());
}

QTEST_GUILESS_MAIN(TstSecretInput)
#include "tst_secretinput.moc"
