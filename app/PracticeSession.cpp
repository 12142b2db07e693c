// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/PracticeSession.h"

#include "app/Services.h"
#include "core/governance/CredentialService.h"
#include "core/vault/Vault.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

#include <csignal>

namespace sealbook {

namespace {
const QString stateName = QStringLiteral("lab.json");
const QString ownerName = QStringLiteral("owner"); // when the process of a folder began

QString cacheFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + QStringLiteral("/sealbook/practice-programs");
}

bool isAlive(qint64 pid)
{
    return pid > 0 && (::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM);
}

// When a process began, in the kernel's own count (proc(5), field 22 of stat); empty if unknown.
// With it a number that was given to another process since is told from the old one.
QByteArray beginOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    return fields.value(19);
}

// The process that a folder is named after, if it still runs; else 0.
qint64 keeperOf(const QString &folder)
{
    const qint64 pid = QFileInfo(folder).fileName().toLongLong();
    if (!isAlive(pid) || pid == QCoreApplication::applicationPid())
        return 0; // our own number can only be a dead one's: we have not begun
    QFile owner(folder + u'/' + ownerName);
    if (!owner.open(QIODevice::ReadOnly))
        return pid; // it is just beginning
    const QByteArray begin = owner.readAll();
    return begin.isEmpty() || begin == beginOf(pid) ? pid : 0;
}

// The folders of practice processes, and nothing else that may lie there.
QStringList foldersIn(const QString &root)
{
    QStringList folders;
    const QDir dir(root);
    for (const QString &entry :
         dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks)) {
        if (entry.toLongLong() > 0)
            folders.append(dir.filePath(entry));
    }
    return folders;
}

QJsonObject toJson(const PracticeFacts &facts)
{
    return {{QStringLiteral("directory_url"), facts.directoryUrl},
            {QStringLiteral("management_url"), facts.managementUrl},
            {QStringLiteral("ca_file"), facts.caFile},
            {QStringLiteral("root_file"), facts.rootFile},
            {QStringLiteral("dns_port"), facts.dnsPort},
            {QStringLiteral("resolver"), facts.resolver},
            {QStringLiteral("primary"), facts.primary},
            {QStringLiteral("zone"), facts.zone},
            {QStringLiteral("tsig_name"), facts.tsigName},
            {QStringLiteral("tsig_algorithm"), facts.tsigAlgorithm},
            {QStringLiteral("log_file"), facts.logFile}};
}

PracticeFacts factsFromJson(const QJsonObject &object)
{
    const auto text = [&object](const char *key) {
        return object.value(QLatin1String(key)).toString();
    };
    PracticeFacts facts;
    facts.directoryUrl = text("directory_url");
    facts.managementUrl = text("management_url");
    facts.caFile = text("ca_file");
    facts.rootFile = text("root_file");
    facts.dnsPort = static_cast<quint16>(object.value(QLatin1String("dns_port")).toInt());
    facts.resolver = text("resolver");
    facts.primary = text("primary");
    facts.zone = text("zone");
    facts.tsigName = text("tsig_name");
    facts.tsigAlgorithm = text("tsig_algorithm");
    facts.logFile = text("log_file");
    return facts;
}

// What core's keys of progress are called in the terminal.
QString wordsOf(const QString &key)
{
    if (key == QLatin1String("practice.searching"))
        return QStringLiteral("Looking for the practice programs");
    if (key == QLatin1String("practice.downloading"))
        return QStringLiteral("Fetching a name server from the package archive");
    if (key == QLatin1String("practice.starting"))
        return QStringLiteral("Starting the name servers and the CA");
    if (key == QLatin1String("practice.waiting"))
        return QStringLiteral("Waiting until they answer");
    if (key == QLatin1String("practice.ready"))
        return QStringLiteral("They answer");
    return key;
}

ProgressSink inWords(ProgressSink progress)
{
    if (!progress)
        return {};
    return [sink = std::move(progress)](Progress now) {
        now.text = wordsOf(now.text);
        sink(now);
    };
}
} // namespace

PracticeSession::PracticeSession(QString home)
    : m_root(std::move(home) + QStringLiteral("/practice"))
{
}

PracticeSession::~PracticeSession() = default;

QString PracticeSession::credentialName()
{
    return QStringLiteral("practice");
}

QStringList PracticeSession::missingPackages(const QString &home)
{
    const PracticeLab lab(home + QStringLiteral("/practice/none"), cacheFolder());
    return lab.missingPackages();
}

Result<PracticeSession::Running> PracticeSession::running(const QString &home)
{
    for (const QString &folder : foldersIn(home + QStringLiteral("/practice"))) {
        QFile file(folder + u'/' + stateName);
        const qint64 pid = keeperOf(folder);
        if (pid == 0 || !file.open(QIODevice::ReadOnly))
            continue;
        Running found;
        found.pid = pid;
        found.folder = folder;
        found.facts = factsFromJson(QJsonDocument::fromJson(file.readAll()).object());
        return found;
    }
    return fail(Error::Kind::NotFound, QStringLiteral("no practice lab is running"),
                QStringLiteral("Start one: sealbook practice start"));
}

Task<> PracticeSession::begin(ProgressSink progress, std::stop_token stop)
{
    const QString home = QFileInfo(m_root).path();
    if (const auto found = running(home)) {
        m_facts = found->facts;
        m_folder = found->folder;
        m_attached = true;
        co_return Result<>();
    }
    const auto cleared = co_await clearLeftovers(stop);
    if (!cleared)
        co_return fail(cleared.error(), "clearing away an earlier practice run");
    m_folder = m_root + u'/' + QString::number(QCoreApplication::applicationPid());
    QFile owner(m_folder + u'/' + ownerName);
    if (!QDir().mkpath(m_folder) || !owner.open(QIODevice::WriteOnly)
        || owner.write(beginOf(QCoreApplication::applicationPid())) < 0)
        co_return fail(Error::Kind::Internal, QStringLiteral("cannot make %1").arg(m_folder));
    owner.close();
    m_lab = std::make_unique<PracticeLab>(m_folder + QStringLiteral("/lab"), cacheFolder());
    PracticeOptions options;
    const ProgressSink worded = inWords(std::move(progress));
    Task<PracticeFacts> starting = m_lab->start(options, worded, stop);
    const auto facts = co_await std::move(starting);
    if (!facts)
        co_return fail(facts.error(), "starting the practice lab");
    m_facts = *facts;
    co_return Result<>();
}

GlobalOptions PracticeSession::options(GlobalOptions given) const
{
    given.practice = true;
    given.home = m_folder + QStringLiteral("/profile");
    given.caFile = m_facts.caFile;
    given.dnsPort = m_facts.dnsPort;
    given.resolver = QStringLiteral("%1:%2").arg(m_facts.resolver).arg(m_facts.dnsPort);
    return given;
}

Task<> PracticeSession::prepare(Services &services, std::stop_token stop)
{
    const auto known = co_await services.credentials().byName(credentialName());
    if (known)
        co_return Result<>();
    if (m_attached)
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("the running practice lab has no credential yet"),
                       QStringLiteral("Stop it and start it again: sealbook practice stop"));
    auto key = m_lab->tsigKey();
    if (!key)
        co_return fail(key.error(), "reading the practice key");
    NewCredential wanted;
    wanted.name = credentialName();
    wanted.provider = QStringLiteral("rfc2136");
    wanted.owner = QStringLiteral("practice");
    wanted.purpose = QStringLiteral("issue below %1").arg(m_facts.zone);
    wanted.fields = {{QStringLiteral("server"),
                      QStringLiteral("%1:%2").arg(m_facts.primary).arg(m_facts.dnsPort)},
                     {QStringLiteral("key_name"), m_facts.tsigName},
                     {QStringLiteral("algorithm"), m_facts.tsigAlgorithm}};
    wanted.secrets.emplace(QStringLiteral("key"), std::move(*key));
    Task<CredentialRecord> adding = services.credentials().add(std::move(wanted), stop);
    const auto added = co_await std::move(adding);
    if (!added)
        co_return fail(added.error(), "storing the practice credential");
    co_return Result<>();
}

Result<> PracticeSession::publish() const
{
    QSaveFile file(m_folder + u'/' + stateName);
    if (!file.open(QIODevice::WriteOnly))
        return fail(Error::Kind::Internal, QStringLiteral("cannot write %1").arg(file.fileName()));
    file.write(QJsonDocument(toJson(m_facts)).toJson());
    if (!file.commit())
        return fail(Error::Kind::Internal, QStringLiteral("cannot write %1").arg(file.fileName()));
    return {};
}

Task<> PracticeSession::end(Services *services)
{
    if (m_attached || m_folder.isEmpty())
        co_return Result<>();
    Result<> emptied;
    if (services != nullptr) {
        const std::stop_token none;
        emptied = co_await services->vault().removeAllItems(none);
    }
    if (m_lab) {
        const auto stopped = co_await m_lab->stop();
        if (emptied && !stopped)
            emptied = stopped;
        m_lab.reset();
    }
    // The profile's database is still open; its name goes now, its space when the process ends.
    QDir(m_folder).removeRecursively();
    co_return emptied;
}

// A practice process that was killed leaves a folder named after it: its servers died with it, its
// items are still in the keychain.
Task<> PracticeSession::clearLeftovers(std::stop_token stop)
{
    for (const QString &folder : foldersIn(m_root)) {
        if (keeperOf(folder) != 0)
            continue;
        GlobalOptions options;
        options.practice = true;
        options.home = folder + QStringLiteral("/profile");
        if (QFile::exists(Services::databaseFile(options))) {
            Task<std::unique_ptr<Services>> opening =
                Services::open(options, ServiceLevel::Profile, PracticeFacts(), stop);
            const auto services = co_await std::move(opening);
            if (services) {
                const auto emptied = co_await (*services)->vault().removeAllItems(stop);
                if (!emptied)
                    co_return fail(emptied.error(), "removing its items from the keychain");
            }
        }
        PracticeLab lab(folder + QStringLiteral("/lab"), cacheFolder());
        const auto stopped = co_await lab.stop();
        if (!stopped)
            co_return fail(stopped.error());
        QDir(folder).removeRecursively();
    }
    co_return Result<>();
}

} // namespace sealbook
