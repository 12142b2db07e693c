// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/LabPrograms.h"

#include "core/practice/ToolRun.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTemporaryDir>

#include <array>

namespace sealbook {

using namespace std::chrono_literals;

namespace {

struct Program
{
    const char *name;
    const char *package;
    QString LabTools::*place;
};
constexpr std::array programs{
    Program{"pebble", "pebble", &LabTools::pebble},
    Program{"knotd", "knot", &LabTools::knotd},
    Program{"named", "bind9", &LabTools::named},
    Program{"openssl", "openssl", &LabTools::openssl},
};

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

// Debian's AppArmor profiles are named after the path of what they confine; named's lets it
// read its own folders only, and so not the lab's.
bool isConfined(const QString &path)
{
    QFile switched(QStringLiteral("/sys/module/apparmor/parameters/enabled"));
    if (!switched.open(QIODevice::ReadOnly) || !switched.readAll().startsWith('Y'))
        return false;
    const QString profile = QString(path.mid(1)).replace(QLatin1Char('/'), QLatin1Char('.'));
    return QFileInfo::exists(QStringLiteral("/etc/apparmor.d/") + profile);
}

QStringList namesIn(const QByteArray &depends)
{
    QStringList names;
    const QStringList parts = QString::fromUtf8(depends).split(QLatin1Char(','));
    for (const QString &part : parts) {
        static const QRegularExpression name(QStringLiteral("^\\s*([a-z0-9][a-z0-9+.-]*)"));
        const auto match = name.match(part);
        if (match.hasMatch())
            names.append(match.captured(1));
    }
    return names;
}

bool isLibrary(const QString &package)
{
    return package.startsWith(QLatin1String("lib")) || package.endsWith(QLatin1String("-libs"));
}

} // namespace

LabPrograms::LabPrograms(QString cache, QStringList searchPath)
    // A newer system gets newer programs: an old one's may miss their libraries.
    : m_cache(
        QStringLiteral("%1/%2-%3").arg(cache, QSysInfo::productType(), QSysInfo::productVersion()))
    , m_searchPath(std::move(searchPath))
{
    if (!m_searchPath.isEmpty())
        return;
    m_searchPath = qEnvironmentVariable("PATH").split(QLatin1Char(':'), Qt::SkipEmptyParts);
    // An ordinary user's PATH has no folders of servers.
    for (const char *folder : {"/usr/local/sbin", "/usr/sbin", "/sbin"})
        m_searchPath.append(text(folder));
}

QStringList LabPrograms::missingPackages() const
{
    QStringList missing;
    for (const Program &program : programs) {
        const QString name = text(program.name);
        const QString package = text(program.package);
        if (onSystem(name).isEmpty() && unpacked(name, package).isEmpty() && !canFetch())
            missing.append(package);
    }
    return missing;
}

Task<LabTools> LabPrograms::provide(ProgressSink progress, std::stop_token stop) const
{
    const LabPrograms self = *this; // a value of our own: the caller's may be gone after a wait
    LabTools tools;
    int step = 0;
    for (const Program &program : programs) {
        ++step;
        const QString name = text(program.name);
        const QString package = text(program.package);
        QString path = self.onSystem(name);
        if (!path.isEmpty()) {
            const auto usable = self.unconfined(path);
            if (!usable)
                co_return fail(usable.error());
            tools.*program.place = *usable;
            continue;
        }
        if (self.unpacked(name, package).isEmpty()) {
            if (progress) {
                const Progress now{QStringLiteral("practice.downloading"), step,
                                   static_cast<int>(programs.size()), true};
                progress(now);
            }
            const QStringList wanted(package);
            const auto fetched = co_await self.fetch(wanted, stop);
            if (!fetched)
                co_return fail(fetched.error());
        }
        path = self.unpacked(name, package);
        if (path.isEmpty())
            co_return fail(Error::Kind::NotFound,
                           QStringLiteral("the package %1 has no program %2").arg(package, name));
        const auto complete = co_await self.completeLibraries(path, package, stop);
        if (!complete)
            co_return fail(complete.error());
        tools.*program.place = path;
        tools.libraryPath = self.libraryPath();
    }
    co_return tools;
}

QString LabPrograms::onSystem(const QString &program) const
{
    return QStandardPaths::findExecutable(program, m_searchPath);
}

QString LabPrograms::unpacked(const QString &program, const QString &package) const
{
    const QString root = QStringLiteral("%1/packages/%2").arg(m_cache, package);
    const QStringList folders{root + QStringLiteral("/usr/bin"),
                              root + QStringLiteral("/usr/sbin")};
    return QStandardPaths::findExecutable(program, folders);
}

bool LabPrograms::canFetch() const
{
    const QDir lists(QStringLiteral("/var/lib/apt/lists"));
    const QStringList packages(QStringLiteral("*_Packages*"));
    return !onSystem(QStringLiteral("apt-get")).isEmpty()
        && !onSystem(QStringLiteral("dpkg-deb")).isEmpty()
        && !lists.entryList(packages, QDir::Files).isEmpty();
}

QString LabPrograms::libraryPath() const
{
    QStringList folders;
    const QDir packages(m_cache + QStringLiteral("/packages"));
    const QStringList names = packages.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        for (const char *lib : {"/usr/lib", "/lib"}) {
            const QString below = packages.filePath(name) + text(lib);
            QDirIterator it(below, QStringList(QStringLiteral("*-linux-gnu*")), QDir::Dirs);
            while (it.hasNext())
                folders.append(it.next());
        }
    }
    return folders.join(QLatin1Char(':'));
}

// A copy elsewhere runs outside the profile.
Result<QString> LabPrograms::unconfined(const QString &path) const
{
    if (!isConfined(path))
        return path;
    const QFileInfo original(path);
    const QFileInfo copy(m_cache + QStringLiteral("/copies/") + original.fileName());
    if (copy.exists() && copy.size() == original.size()
        && copy.lastModified() >= original.lastModified())
        return copy.filePath();
    QFile::remove(copy.filePath());
    if (!QDir().mkpath(copy.path()) || !QFile::copy(path, copy.filePath()))
        return fail(Error::Kind::Internal,
                    QStringLiteral("%1 could not be copied to %2").arg(path, copy.filePath()));
    return copy.filePath();
}

Task<> LabPrograms::fetch(QStringList packages, std::stop_token stop) const
{
    const LabPrograms self = *this;
    // Of its own: another program may be fetching into the same cache just now.
    if (!QDir().mkpath(self.m_cache))
        co_return fail(Error::Kind::Internal,
                       QStringLiteral("%1 could not be made").arg(self.m_cache));
    const QTemporaryDir aside(self.m_cache + QStringLiteral("/fetching-XXXXXX"));
    const QString downloads = aside.path();
    if (!aside.isValid())
        co_return fail(Error::Kind::Internal, aside.errorString());

    ToolCall download;
    download.program = self.onSystem(QStringLiteral("apt-get"));
    download.arguments = QStringList(QStringLiteral("download")) + packages;
    download.folder = downloads;
    download.limit = 120s;
    Task<QByteArray> downloading = outputOf(std::move(download), stop);
    const auto downloaded = co_await std::move(downloading);
    if (!downloaded) {
        Error error = downloaded.error();
        if (error.kind == Error::Kind::Internal)
            error.kind = Error::Kind::Network;
        error.advice = QStringLiteral("Run \"apt-get update\", or install with apt: %1")
                           .arg(packages.join(QLatin1Char(' ')));
        co_return fail(error, "downloading the practice programs");
    }
    const QDir folder(downloads);
    const QStringList archives = folder.entryList(QStringList(QStringLiteral("*.deb")));
    for (const QString &archive : archives) {
        const QString package = archive.section(QLatin1Char('_'), 0, 0);
        const QString path = folder.filePath(archive);
        const auto unpacked = co_await self.unpack(path, package, stop);
        if (!unpacked)
            co_return fail(unpacked.error(), "unpacking the practice programs");
    }
    co_return Result<>();
}

// Unpacked aside and renamed: what an interrupted run leaves is never taken for a package.
Task<> LabPrograms::unpack(QString archive, QString package, std::stop_token stop) const
{
    const LabPrograms self = *this;
    const QString target = QStringLiteral("%1/packages/%2").arg(self.m_cache, package);
    const QString aside = QFileInfo(archive).path() + QLatin1Char('/') + package;
    if (QFileInfo::exists(target))
        co_return Result<>();
    if (!QDir().mkpath(aside) || !QDir().mkpath(self.m_cache + QStringLiteral("/packages")))
        co_return fail(Error::Kind::Internal, QStringLiteral("%1 could not be made").arg(aside));

    ToolCall extract;
    extract.program = self.onSystem(QStringLiteral("dpkg-deb"));
    extract.arguments = QStringList{QStringLiteral("-x"), archive, aside};
    ToolCall describe;
    describe.program = extract.program;
    describe.arguments = QStringList{QStringLiteral("-f"), archive, QStringLiteral("Depends")};
    Task<QByteArray> extracting = outputOf(std::move(extract), stop);
    const auto extracted = co_await std::move(extracting);
    if (!extracted)
        co_return fail(extracted.error());
    Task<QByteArray> describing = outputOf(std::move(describe), stop);
    const auto depends = co_await std::move(describing);
    if (!depends)
        co_return fail(depends.error());
    QFile list(aside + QStringLiteral("/depends"));
    if (!list.open(QIODevice::WriteOnly) || list.write(*depends) != depends->size())
        co_return fail(Error::Kind::Internal, list.errorString());
    list.close();
    // Whoever is first wins; both unpacked the same.
    if (!QDir().rename(aside, target) && !QFileInfo::exists(target))
        co_return fail(Error::Kind::Internal, QStringLiteral("%1 could not be made").arg(target));
    co_return Result<>();
}

// Fetches library packages that the unpacked program's package needs, then those that these need,
// until the loader is content.
Task<> LabPrograms::completeLibraries(QString program, QString package, std::stop_token stop) const
{
    const LabPrograms self = *this;
    QStringList round(package);
    constexpr int deepest = 6;
    for (int depth = 0;; ++depth) {
        const auto lacking = co_await self.lackingLibraries(program, stop);
        if (!lacking)
            co_return fail(lacking.error());
        if (lacking->isEmpty())
            co_return Result<>();
        const auto next = co_await self.libraryPackages(round, stop);
        if (!next)
            co_return fail(next.error());
        if (next->isEmpty() || depth == deepest)
            co_return fail(Error::Kind::NotFound,
                           QStringLiteral("%1 needs libraries that are not here: %2")
                               .arg(package, lacking->join(QLatin1String(", "))),
                           QStringLiteral("Install with apt: %1").arg(package));
        round = *next;
        const auto fetched = co_await self.fetch(round, stop);
        if (!fetched)
            co_return fail(fetched.error());
    }
}

Task<QStringList> LabPrograms::lackingLibraries(QString program, std::stop_token stop) const
{
    ToolCall call;
    call.program = QStringLiteral("ldd");
    call.arguments = QStringList(program);
    call.libraryPath = libraryPath();
    Task<ToolOutput> task = runTool(std::move(call), stop);
    const auto run = co_await std::move(task);
    if (!run)
        co_return fail(run.error());
    QStringList lacking;
    const QList<QByteArray> lines = run->output.split('\n');
    for (const QByteArray &line : lines) {
        if (line.contains("not found"))
            lacking.append(QString::fromUtf8(line.trimmed().split(' ').first()));
    }
    lacking.removeDuplicates();
    co_return lacking;
}

Task<QStringList> LabPrograms::libraryPackages(QStringList packages, std::stop_token stop) const
{
    QStringList names;
    for (const QString &package : packages) {
        QFile list(QStringLiteral("%1/packages/%2/depends").arg(m_cache, package));
        if (list.open(QIODevice::ReadOnly))
            names += namesIn(list.readAll()).filter(QRegularExpression(QStringLiteral("lib")));
    }
    names.removeDuplicates();
    QStringList candidates;
    for (const QString &name : names) {
        if (isLibrary(name) && !QFileInfo::exists(m_cache + QStringLiteral("/packages/") + name))
            candidates.append(name);
    }
    ToolCall call;
    call.program = QStringLiteral("dpkg-query");
    call.arguments = QStringList{QStringLiteral("-W"), QStringLiteral("-f"),
                                 QStringLiteral("${Package} ${db:Status-Status}\n")}
        + candidates;
    if (candidates.isEmpty())
        co_return candidates;
    // Its exit code is 1 as soon as one of them is unknown, which is what we are looking for.
    Task<ToolOutput> task = runTool(std::move(call), stop);
    const auto run = co_await std::move(task);
    if (!run)
        co_return fail(run.error());
    const QList<QByteArray> lines = run->output.split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() == 2 && words.last() == "installed")
            candidates.removeAll(QString::fromUtf8(words.first()));
    }
    co_return candidates;
}

} // namespace sealbook
