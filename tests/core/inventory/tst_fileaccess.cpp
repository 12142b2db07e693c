// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/FileAccess.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace sealbook;

namespace {

std::span<const std::uint8_t> spanOf(const QByteArray &bytes)
{
    return {reinterpret_cast<const std::uint8_t *>(bytes.constData()),
            static_cast<std::size_t>(bytes.size())};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

unsigned modeOf(const QString &path)
{
    struct stat facts = {};
    ::stat(QFile::encodeName(path).constData(), &facts);
    return facts.st_mode & 07777;
}

QStringList everythingIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

} // namespace

class TstFileAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretFilesAreForTheOwnerOnly();
    void publicFilesFollowTheUmask();
    void publicFilesFollowThePersonsUmask_data();
    void publicFilesFollowThePersonsUmask();
    void replacesAnExistingFileAndItsRights();
    void replacesALinkAndNotWhatItPointsTo();
    void refusesWhereItCannotWrite_data();
    void refusesWhereItCannotWrite();
    void fullDiskLeavesTheOldFile();
    void C14_deathBeforeTheRenameLeavesTheOldFile_data();
    void C14_deathBeforeTheRenameLeavesTheOldFile();
    void readsAnOrdinaryFile();
    void B38_otherThingsEachHaveTheirText_data();
    void B38_otherThingsEachHaveTheirText();
    void B47_hugeFileIsRefusedUnread();
};

void TstFileAccess::secretFilesAreForTheOwnerOnly()
{
    const QTemporaryDir folder;
    const mode_t before = ::umask(0);
    const QString path = folder.filePath(QStringLiteral("www.key"));
    const Result<> done = replaceFile(path, spanOf("secret"), true);
    ::umask(before);
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(modeOf(path), 0600u);
    QCOMPARE(contentOf(path), QByteArray("secret"));
    QCOMPARE(everythingIn(folder.path()), QStringList{QStringLiteral("www.key")});
}

void TstFileAccess::publicFilesFollowTheUmask()
{
    const QTemporaryDir folder;
    const mode_t before = ::umask(027);
    const QString path = folder.filePath(QStringLiteral("www.pem"));
    const Result<> done = replaceFile(path, spanOf("public"), false);
    ::umask(before);
    QVERIFY(done);
    QCOMPARE(modeOf(path), 0640u);
}

void TstFileAccess::publicFilesFollowThePersonsUmask_data()
{
    QTest::addColumn<unsigned>("umask");
    QTest::addColumn<unsigned>("mode");
    QTest::newRow("usual") << 022u << 0644u;
    QTest::newRow("group writes") << 002u << 0644u;
    QTest::newRow("group reads") << 027u << 0640u;
    QTest::newRow("nobody else") << 077u << 0600u;
}

void TstFileAccess::publicFilesFollowThePersonsUmask()
{
    QFETCH(unsigned, umask);
    QFETCH(unsigned, mode);
    const QTemporaryDir folder;
    const mode_t before = ::umask(077); // as the program sets it
    const QString path = folder.filePath(QStringLiteral("www.pem"));
    const Result<> done = replaceFile(path, spanOf("public"), false, umask);
    const QString secret = folder.filePath(QStringLiteral("www.key"));
    const Result<> hidden = replaceFile(secret, spanOf("secret"), true, umask);
    ::umask(before);
    QVERIFY(done && hidden);
    QCOMPARE(modeOf(path), mode);
    QCOMPARE(modeOf(secret), 0600u);
}

void TstFileAccess::replacesAnExistingFileAndItsRights()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("www.key"));
    QVERIFY(replaceFile(path, spanOf("old and longer"), false));
    QVERIFY(replaceFile(path, spanOf("new"), true));
    QCOMPARE(contentOf(path), QByteArray("new"));
    QCOMPARE(modeOf(path), 0600u);
}

void TstFileAccess::replacesALinkAndNotWhatItPointsTo()
{
    const QTemporaryDir folder;
    const QString victim = folder.filePath(QStringLiteral("victim"));
    const QString path = folder.filePath(QStringLiteral("www.key"));
    QVERIFY(replaceFile(victim, spanOf("victim"), false));
    QVERIFY(QFile::link(victim, path));
    QVERIFY(replaceFile(path, spanOf("secret"), true));
    QCOMPARE(contentOf(victim), QByteArray("victim"));
    QCOMPARE(contentOf(path), QByteArray("secret"));
    QVERIFY(!QFileInfo(path).isSymLink());
}

void TstFileAccess::refusesWhereItCannotWrite_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("told");
    QTest::newRow("a folder") << QStringLiteral("/tmp") << QStringLiteral("is a folder");
    QTest::newRow("no such folder")
        << QStringLiteral("/nowhere/www.key") << QStringLiteral("cannot be written");
    QTest::newRow("below a file") << QStringLiteral("/dev/null/www.key")
                                  << QStringLiteral("cannot be written");
    QTest::newRow("a system of the kernel")
        << QStringLiteral("/proc/www.key") << QStringLiteral("cannot be written");
}

void TstFileAccess::refusesWhereItCannotWrite()
{
    QFETCH(QString, path);
    QFETCH(QString, told);
    const Result<> done = replaceFile(path, spanOf("x"), true);
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::BadRequest);
    QVERIFY2(done.error().detail.contains(told), qPrintable(done.error().detail));
}

void TstFileAccess::fullDiskLeavesTheOldFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("www.key"));
    QVERIFY(replaceFile(path, spanOf("old"), true));
    // A limit on the size of files ends a write early, as a full disk does.
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit tight = before;
    tight.rlim_cur = 1000;
    ::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const Result<> done = replaceFile(path, spanOf(QByteArray(5000, 'n')), true);
    ::setrlimit(RLIMIT_FSIZE, &before);
    QVERIFY(!done);
    QCOMPARE(contentOf(path), QByteArray("old"));
    QCOMPARE(everythingIn(folder.path()), QStringList{QStringLiteral("www.key")});
}

void TstFileAccess::C14_deathBeforeTheRenameLeavesTheOldFile_data()
{
    QTest::addColumn<QString>("point");
    QTest::newRow("written") << QStringLiteral("C14");
    QTest::newRow("under a hidden name") << QStringLiteral("C14-named");
}

// A key must not lie around under another name: nothing of it is left, or the next writer clears it
// away.
void TstFileAccess::C14_deathBeforeTheRenameLeavesTheOldFile()
{
    QFETCH(QString, point);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("www.key"));
    QVERIFY(replaceFile(path, spanOf("old"), true));
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("SEALBOOK_FAIL"), point + QStringLiteral(":kill"));
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--replace"), path});
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    QCOMPARE(contentOf(path), QByteArray("old"));
    const QStringList left = everythingIn(folder.path());
    QCOMPARE(left.size(), point == QLatin1String("C14") ? 1 : 2);
    for (const QString &name : left) {
        const timespec old[2] = {{1000, 0}, {1000, 0}};
        QCOMPARE(
            ::utimensat(AT_FDCWD, QFile::encodeName(folder.filePath(name)).constData(), old, 0), 0);
    }
    const QString other = folder.filePath(QStringLiteral(".www.key.of-somebody"));
    QVERIFY(replaceFile(other, spanOf("theirs"), true));
    QVERIFY(replaceFile(path, spanOf("new"), true));
    QCOMPARE(everythingIn(folder.path()),
             (QStringList{QStringLiteral(".www.key.of-somebody"), QStringLiteral("www.key")}));
}

void TstFileAccess::readsAnOrdinaryFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a"));
    QVERIFY(replaceFile(path, spanOf("content"), false));
    QByteArray seen;
    const Result<> done = readFileOnce(path, 100, [&seen](std::span<const std::uint8_t> bytes) {
        seen = QByteArray(reinterpret_cast<const char *>(bytes.data()),
                          static_cast<qsizetype>(bytes.size()));
        return Result<>();
    });
    QVERIFY(done);
    QCOMPARE(seen, QByteArray("content"));
    const Result<> refused = readFileOnce(path, 100, [](std::span<const std::uint8_t>) {
        return Result<>(fail(Error::Kind::BadRequest, QStringLiteral("no")));
    });
    QCOMPARE(refused.error().detail, QStringLiteral("no"));
}

void TstFileAccess::B38_otherThingsEachHaveTheirText_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("told");
    QTest::newRow("folder") << QStringLiteral("folder") << QStringLiteral("is a folder");
    QTest::newRow("pipe") << QStringLiteral("pipe") << QStringLiteral("no ordinary file");
    QTest::newRow("device") << QStringLiteral("/dev/zero") << QStringLiteral("no ordinary file");
    QTest::newRow("empty") << QStringLiteral("empty") << QStringLiteral("0 bytes");
    QTest::newRow("missing") << QStringLiteral("missing") << QStringLiteral("there is no file");
    QTest::newRow("dangling link")
        << QStringLiteral("dangling") << QStringLiteral("there is no file");
    QTest::newRow("link to itself") << QStringLiteral("loop") << QStringLiteral("cannot be opened");
}

void TstFileAccess::B38_otherThingsEachHaveTheirText()
{
    QFETCH(QString, name);
    QFETCH(QString, told);
    const QTemporaryDir folder;
    const auto path = [&folder](const char *file) { return folder.filePath(QLatin1String(file)); };
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("folder")));
    QCOMPARE(::mkfifo(QFile::encodeName(path("pipe")).constData(), 0600), 0);
    QVERIFY(replaceFile(path("empty"), {}, false));
    QVERIFY(QFile::link(QStringLiteral("/nowhere"), path("dangling")));
    QVERIFY(QFile::link(path("loop"), path("loop")));
    const QString file = name.startsWith(QLatin1Char('/')) ? name : folder.filePath(name);
    const Result<> done = readFileOnce(file, 100, [](auto) {
        return Result<>(fail(Error::Kind::Internal, QStringLiteral("it was read")));
    });
    QVERIFY(!done);
    QVERIFY2(done.error().detail.contains(told), qPrintable(done.error().detail));
}

void TstFileAccess::B47_hugeFileIsRefusedUnread()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("huge")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(500LL * 1024 * 1024)); // sparse
    const Result<> done = readFileOnce(file.fileName(), 16 * 1024 * 1024, [](auto) {
        return Result<>(fail(Error::Kind::Internal, QStringLiteral("it was read")));
    });
    QVERIFY(!done);
    QVERIFY2(done.error().detail.contains(QStringLiteral("500 MiB; at most 16 MiB")),
             qPrintable(done.error().detail));
}

// As the child of C14 it does the one thing that it dies of.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && QByteArray(argv[1]) == "--replace")
        return replaceFile(QFile::decodeName(argv[2]), spanOf("new"), true) ? 0 : 1;
    TstFileAccess test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fileaccess.moc"
