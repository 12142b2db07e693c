// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/LabPrograms.h"
#include "tests/support/Await.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// A machine of our own: a folder of programs, and an apt-get that hands out packages made here by
// the real dpkg-deb. Nothing is fetched from anywhere.
class TstLabPrograms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void usesWhatTheSystemHas();
    void unpacksWhatTheSystemLacks();
    void unpacksOnlyOnce();
    void fetchesTheLibrariesToo();
    void saysWhichPackageCannotBeHad();
    void saysWhatAptSaid();
    void aHalfUnpackedPackageIsNone();
    void listsWhatIsMissingWhereNothingCanBeFetched();
    void twoMayFetchAtOnce();
    void cancels();
    void tellsItsProgress();

private:
    void addScript(const QString &name, const QByteArray &body);
    void addPackage(const QString &name, const QString &file, const QByteArray &body,
                    const QByteArray &depends = {});
    [[nodiscard]] QString path(const char *name) const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }
    [[nodiscard]] LabPrograms programs() const
    {
        return LabPrograms(path("cache"), QStringList(path("bin")));
    }
    // What is unpacked belongs to one version of the system.
    [[nodiscard]] QString cache() const
    {
        return QStringLiteral("%1/%2-%3")
            .arg(path("cache"), QSysInfo::productType(), QSysInfo::productVersion());
    }
    [[nodiscard]] int downloads() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

void write(const QString &path, const QByteArray &text, bool executable)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(text);
    if (executable)
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner
                                    | QFileDevice::ExeOwner));
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void TstLabPrograms::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    // dpkg-deb is the real one.
    write(path("bin/dpkg-deb"), "#!/bin/sh\nexec /usr/bin/dpkg-deb \"$@\"\n", true);
    // Every download is counted.
    write(
        path("bin/apt-get"),
        "#!/bin/sh\nshift\nfor p in \"$@\"; do\n  echo \"$p\" >>" + path("asked").toUtf8()
            + "\n  cp " + path("pool").toUtf8()
            + "/\"$p\"_1_all.deb . || { echo \"E: Unable to locate package $p\" >&2; exit 100; }\n"
              "done\n",
        true);
}

void TstLabPrograms::addScript(const QString &name, const QByteArray &body)
{
    write(path("bin/") + name, "#!/bin/sh\n" + body, true);
}

void TstLabPrograms::addPackage(const QString &name, const QString &file, const QByteArray &body,
                                const QByteArray &depends)
{
    const QString tree = path("trees/") + name;
    QByteArray control = "Package: " + name.toUtf8()
        + "\nVersion: 1\nArchitecture: all\nMaintainer: Test <test@example.org>\n";
    if (!depends.isEmpty())
        control += "Depends: " + depends + '\n';
    write(tree + QStringLiteral("/DEBIAN/control"), control + "Description: test\n", false);
    write(tree + file, body, true);
    QVERIFY(QDir().mkpath(path("pool")));
    QProcess build;
    build.start(
        QStringLiteral("/usr/bin/dpkg-deb"),
        {QStringLiteral("-b"), tree, QStringLiteral("%1/%2_1_all.deb").arg(path("pool"), name)});
    QVERIFY(build.waitForFinished());
    QCOMPARE(build.exitCode(), 0);
}

int TstLabPrograms::downloads() const
{
    return static_cast<int>(contentOf(path("asked")).count('\n'));
}

void TstLabPrograms::usesWhatTheSystemHas()
{
    for (const char *name : {"pebble", "knotd", "named", "openssl"})
        addScript(QString::fromLatin1(name), "true\n");
    const auto tools = await(programs().provide({}, {}));
    QVERIFY2(tools.has_value(), tools ? "" : qPrintable(describe(tools.error())));
    QCOMPARE(tools->knotd, path("bin/knotd"));
    QVERIFY(tools->libraryPath.isEmpty());
    QCOMPARE(downloads(), 0);
    QVERIFY(programs().missingPackages().isEmpty());
}

void TstLabPrograms::unpacksWhatTheSystemLacks()
{
    addScript(QStringLiteral("openssl"), "true\n");
    addPackage(QStringLiteral("pebble"), QStringLiteral("/usr/bin/pebble"), "#!/bin/sh\necho p\n");
    addPackage(QStringLiteral("knot"), QStringLiteral("/usr/sbin/knotd"), "#!/bin/sh\necho k\n");
    addPackage(QStringLiteral("bind9"), QStringLiteral("/usr/sbin/named"), "#!/bin/sh\necho n\n");
    const auto tools = await(programs().provide({}, {}));
    QVERIFY2(tools.has_value(), tools ? "" : qPrintable(describe(tools.error())));
    QCOMPARE(tools->openssl, path("bin/openssl"));
    QCOMPARE(contentOf(tools->pebble), QByteArray("#!/bin/sh\necho p\n"));
    QCOMPARE(contentOf(tools->named), QByteArray("#!/bin/sh\necho n\n"));
    QVERIFY(tools->knotd.startsWith(path("cache")));
    QCOMPARE(downloads(), 3);
}

void TstLabPrograms::unpacksOnlyOnce()
{
    unpacksWhatTheSystemLacks();
    const auto again = await(programs().provide({}, {}));
    QVERIFY(again.has_value());
    QCOMPARE(downloads(), 3);
}

void TstLabPrograms::fetchesTheLibrariesToo()
{
    // A real program that needs a library which no machine has, as knotd needs libknot.
    const QString source = path("lib.c");
    write(source, "int value(void) { return 7; }\n", false);
    write(path("main.c"), "int value(void); int main(void) { return value(); }\n", false);
    const auto compile = [](const QStringList &arguments) {
        QProcess compiler;
        compiler.start(QStringLiteral("cc"), arguments);
        return compiler.waitForFinished(60000) && compiler.exitCode() == 0;
    };
    const QString library = path("libsealbooktest.so.1");
    QVERIFY(compile({QStringLiteral("-shared"), QStringLiteral("-fPIC"),
                     QStringLiteral("-Wl,-soname,libsealbooktest.so.1"), QStringLiteral("-o"),
                     library, source}));
    QVERIFY(compile({QStringLiteral("-o"), path("knotd"), path("main.c"), library}));
    addPackage(QStringLiteral("knot"), QStringLiteral("/usr/sbin/knotd"), contentOf(path("knotd")),
               "libsealbooktest (= 1), libc6 (>= 2.1), adduser | passwd");
    // The library hangs on another package, one level deeper.
    addPackage(QStringLiteral("libsealbooktest"), QStringLiteral("/usr/share/doc/libsealbooktest"),
               "nothing\n", "libsealbookdeeper");
    addPackage(QStringLiteral("libsealbookdeeper"),
               QStringLiteral("/usr/lib/test-linux-gnu/libsealbooktest.so.1"), contentOf(library));
    for (const char *name : {"pebble", "named", "openssl"})
        addScript(QString::fromLatin1(name), "true\n");

    const auto tools = await(programs().provide({}, {}));
    QVERIFY2(tools.has_value(), tools ? "" : qPrintable(describe(tools.error())));
    QCOMPARE(contentOf(path("asked")), QByteArray("knot\nlibsealbooktest\nlibsealbookdeeper\n"));
    QProcess run;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LD_LIBRARY_PATH"), tools->libraryPath);
    run.setProcessEnvironment(environment);
    run.start(tools->knotd, QStringList());
    QVERIFY(run.waitForFinished());
    QCOMPARE(run.exitCode(), 7);
}

void TstLabPrograms::saysWhichPackageCannotBeHad()
{
    addPackage(QStringLiteral("pebble"), QStringLiteral("/usr/bin/other"), "x");
    const auto tools = await(programs().provide({}, {}));
    QCOMPARE(tools.error().kind, Error::Kind::NotFound);
    QVERIFY2(tools.error().detail.contains(QLatin1String("pebble")),
             qPrintable(tools.error().detail));
}

void TstLabPrograms::saysWhatAptSaid()
{
    const auto tools = await(programs().provide({}, {}));
    QVERIFY(!tools.has_value());
    QCOMPARE(tools.error().kind, Error::Kind::Network);
    QVERIFY2(tools.error().detail.contains(QLatin1String("Unable to locate package pebble")),
             qPrintable(tools.error().detail));
    QVERIFY(tools.error().advice.contains(QLatin1String("pebble")));
}

void TstLabPrograms::aHalfUnpackedPackageIsNone()
{
    unpacksWhatTheSystemLacks();
    // Killed while unpacking: the tree is still aside.
    QVERIFY(QDir().mkpath(cache() + QStringLiteral("/fetching-killed")));
    const QString aside = cache() + QStringLiteral("/fetching-killed/knot");
    QVERIFY(QDir().rename(cache() + QStringLiteral("/packages/knot"), aside));
    QFile::remove(aside + QStringLiteral("/usr/sbin/knotd"));
    const auto tools = await(programs().provide({}, {}));
    QVERIFY2(tools.has_value(), tools ? "" : qPrintable(describe(tools.error())));
    QCOMPARE(contentOf(tools->knotd), QByteArray("#!/bin/sh\necho k\n"));
    QCOMPARE(downloads(), 4);
}

void TstLabPrograms::listsWhatIsMissingWhereNothingCanBeFetched()
{
    QFile::remove(path("bin/apt-get"));
    addScript(QStringLiteral("openssl"), "true\n");
    const QStringList expected{QStringLiteral("pebble"), QStringLiteral("knot"),
                               QStringLiteral("bind9")};
    QCOMPARE(programs().missingPackages(), expected);
}

void TstLabPrograms::twoMayFetchAtOnce()
{
    addScript(QStringLiteral("openssl"), "true\n");
    addPackage(QStringLiteral("pebble"), QStringLiteral("/usr/bin/pebble"), "#!/bin/sh\n");
    addPackage(QStringLiteral("knot"), QStringLiteral("/usr/sbin/knotd"), "#!/bin/sh\n");
    addPackage(QStringLiteral("bind9"), QStringLiteral("/usr/sbin/named"), "#!/bin/sh\n");
    Task<LabTools> first = programs().provide({}, {});
    Task<LabTools> second = programs().provide({}, {});
    const auto one = await(std::move(first));
    const auto two = await(std::move(second));
    QVERIFY2(one.has_value(), one ? "" : qPrintable(describe(one.error())));
    QVERIFY2(two.has_value(), two ? "" : qPrintable(describe(two.error())));
    const QDir left(cache());
    QCOMPARE(left.entryList(QDir::Dirs | QDir::NoDotAndDotDot),
             QStringList(QStringLiteral("packages")));
}

void TstLabPrograms::cancels()
{
    write(path("bin/apt-get"), "#!/bin/sh\nexec sleep 60\n", true);
    std::stop_source source;
    Task<LabTools> task = programs().provide({}, source.get_token());
    QTimer::singleShot(30, this, [&source] { source.request_stop(); });
    QCOMPARE(await(std::move(task)).error().kind, Error::Kind::Cancelled);
}

void TstLabPrograms::tellsItsProgress()
{
    addScript(QStringLiteral("openssl"), "true\n");
    addScript(QStringLiteral("named"), "true\n");
    addPackage(QStringLiteral("pebble"), QStringLiteral("/usr/bin/pebble"), "#!/bin/sh\n");
    addPackage(QStringLiteral("knot"), QStringLiteral("/usr/sbin/knotd"), "#!/bin/sh\n");
    std::vector<Progress> told;
    const auto tools =
        await(programs().provide([&told](Progress now) { told.push_back(now); }, {}));
    QVERIFY(tools.has_value());
    QCOMPARE(told.size(), std::size_t(2));
    QCOMPARE(told.front().text, QStringLiteral("practice.downloading"));
    QCOMPARE(told.front().step, 1);
    QCOMPARE(told.front().of, 4);
}

QTEST_GUILESS_MAIN(TstLabPrograms)
#include "tst_labprograms.moc"
