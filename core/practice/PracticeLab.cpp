// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/PracticeLab.h"

#include "core/base/Log.h"
#include "core/practice/LabFiles.h"
#include "core/practice/LabPorts.h"
#include "core/practice/LabProbe.h"
#include "core/practice/LabPrograms.h"
#include "core/practice/ServerProcess.h"
#include "core/practice/ToolRun.h"

#include <QDir>
#include <QFile>
#include <QLockFile>

#include <csignal>

namespace sealbook {

using namespace std::chrono_literals;

// Shared with the coroutine of start(): it may be waiting when the lab dies, and must find its
// state (but no servers and a stop request) when it wakes. Everything else only borrows it.
struct PracticeLab::Private
{
    PracticeLab *lab = nullptr; // null once the lab is dead
    QString folder;
    QString cache;
    std::unique_ptr<QLockFile> lock;
    std::optional<LabPorts> ports;
    std::vector<std::unique_ptr<ServerProcess>> servers;
    std::stop_source starting; // ends start() for good
    std::stop_source attempt; // ends its waits, also when a server dies
    bool busy = false; // in start()
    bool running = false;
    PracticeFacts facts;
    PracticeOptions options;
    std::optional<Secret> tsigKey;

    [[nodiscard]] static Task<PracticeFacts> start(std::shared_ptr<Private> d,
                                                   ProgressSink progress, std::stop_token stop);
    [[nodiscard]] static Task<> tryOnce(std::shared_ptr<Private> d, LabTools tools,
                                        ProgressSink progress);
    [[nodiscard]] static Task<> stop(std::shared_ptr<Private> d);
    [[nodiscard]] Result<> takeFolder();
    void killLeftovers() const;
    void add(ServerSpec spec);
    void startNameServers(const LabTools &tools);
    void startAuthority(const LabTools &tools);
    [[nodiscard]] bool lostAPort() const;
    [[nodiscard]] QString lastWordsOfTheDead() const;
    [[nodiscard]] Result<> writeProcessIds() const;
    void setRunning(bool now);
    void dropServers();
    void release();
};

namespace {

constexpr std::chrono::milliseconds patience = 30s;
constexpr int portTries = 4;

void tell(const ProgressSink &progress, const char *key, int step)
{
    if (!progress)
        return;
    Progress now;
    now.text = QString::fromLatin1(key);
    now.step = step;
    now.of = 4;
    progress(now);
}

QString at(const QString &folder, const char *path)
{
    return QDir(folder).filePath(QString::fromLatin1(path));
}

Task<> makeTlsCertificate(QString openssl, QString libraryPath, QString folder,
                          std::stop_token stop)
{
    ToolCall call;
    call.program = openssl;
    call.libraryPath = libraryPath;
    call.folder = folder;
    const QString arguments = QStringLiteral(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -config tls.conf "
        "-keyout tls.key -out tls.pem");
    call.arguments = arguments.split(QLatin1Char(' '));
    Task<QByteArray> task = outputOf(std::move(call), stop);
    const auto made = co_await std::move(task);
    if (!made)
        co_return fail(made.error(), "making the practice CA's TLS certificate");
    co_return Result<>();
}

// GET /roots/0 of pebble's management port, by the openssl program: HTTP is above this module.
Task<QByteArray> fetchRoot(QString openssl, QString libraryPath, PracticeFacts facts,
                           std::stop_token stop)
{
    const QString host = facts.managementUrl.section(QLatin1Char('/'), 2, 2);
    ToolCall call;
    call.program = openssl;
    call.libraryPath = libraryPath;
    call.arguments = QStringList{QStringLiteral("s_client"),
                                 QStringLiteral("-quiet"),
                                 QStringLiteral("-connect"),
                                 host,
                                 QStringLiteral("-CAfile"),
                                 facts.caFile,
                                 QStringLiteral("-verify_ip"),
                                 QStringLiteral("127.0.0.1"),
                                 QStringLiteral("-verify_return_error")};
    call.input = "GET /roots/0 HTTP/1.0\r\nHost: " + host.toLatin1() + "\r\n\r\n";
    Task<QByteArray> task = outputOf(std::move(call), stop);
    const auto reply = co_await std::move(task);
    if (!reply)
        co_return fail(reply.error(), "fetching the practice CA's root");
    const qsizetype begin = reply->indexOf("-----BEGIN CERTIFICATE-----");
    if (begin < 0)
        co_return fail(Error::Kind::Network, QStringLiteral("the practice CA gave no root"));
    co_return reply->mid(begin);
}

Task<> untilAllAnswer(LabPlan plan, std::stop_token stop)
{
    const QStringList addresses = LabPorts::addresses();
    const auto of = [&addresses](LabServer server) {
        return addresses.at(static_cast<int>(server));
    };
    const QStringList zones = QStringList(practiceZone()) + plan.options.extraZones;
    std::vector<Task<>> waits;
    waits.push_back(untilItAnswers(of(LabServer::Parent), plan.dnsPort, QStringLiteral("test"),
                                   true, patience, stop));
    for (const LabServer server : {LabServer::Primary, LabServer::Secondary, LabServer::Slow}) {
        for (const QString &zone : zones)
            waits.push_back(untilItAnswers(of(server), plan.dnsPort, zone, true, patience, stop));
    }
    for (const QString &zone : zones)
        waits.push_back(
            untilItAnswers(of(LabServer::Resolver), plan.dnsPort, zone, false, patience, stop));
    for (const quint16 port : {plan.directoryPort, plan.managementPort})
        waits.push_back(untilItAccepts(of(LabServer::Resolver), port, patience, stop));
    auto waiting = all(std::move(waits));
    const auto results = co_await std::move(waiting);
    for (const auto &result : results) {
        if (!result)
            co_return fail(result.error());
    }
    co_return Result<>();
}

PracticeFacts factsOf(const LabPlan &plan)
{
    PracticeFacts facts;
    facts.directoryUrl = QStringLiteral("https://127.0.0.1:%1/dir").arg(plan.directoryPort);
    facts.managementUrl = QStringLiteral("https://127.0.0.1:%1").arg(plan.managementPort);
    facts.caFile = at(plan.folder, "pebble/tls.pem");
    facts.rootFile = at(plan.folder, "pebble/root.pem");
    facts.dnsPort = plan.dnsPort;
    facts.resolver = QStringLiteral("127.0.0.1");
    facts.primary = LabPorts::addresses().at(static_cast<int>(LabServer::Primary));
    facts.zone = practiceZone();
    facts.tsigName = QStringLiteral("practice");
    facts.tsigAlgorithm = QStringLiteral("hmac-sha256");
    facts.logFile = at(plan.folder, "pebble.log");
    facts.slowServerSeconds = plan.options.slowServer ? 8 : 0;
    return facts;
}

Result<Secret> newTsigKey()
{
    const auto bytes = Secret::random(32);
    if (!bytes)
        return fail(bytes.error());
    QByteArray plain(reinterpret_cast<const char *>(bytes->bytes().data()),
                     static_cast<qsizetype>(bytes->size()));
    auto key = Secret::take(plain.toBase64());
    wipe(plain);
    return key;
}

} // namespace

Result<> PracticeLab::Private::takeFolder()
{
    // Beside the folder, which is emptied.
    if (!QDir().mkpath(QDir(folder).absoluteFilePath(QStringLiteral(".."))))
        return fail(Error::Kind::Internal, QStringLiteral("%1 could not be made").arg(folder));
    lock = std::make_unique<QLockFile>(folder + QStringLiteral(".lock"));
    lock->setStaleLockTime(0); // stale only when its owner is dead
    if (!lock->tryLock()) {
        lock.reset();
        return fail(Error::Kind::Conflict,
                    QStringLiteral("another program runs the practice lab in %1").arg(folder),
                    QStringLiteral("Stop practice there first."));
    }
    killLeftovers();
    return {};
}

// The kernel kills our children when we die. This is for the child that changed its ties, and for
// systems where it does not.
void PracticeLab::Private::killLeftovers() const
{
    QFile list(at(folder, "pids"));
    if (!list.open(QIODevice::ReadOnly))
        return;
    const QList<QByteArray> lines = list.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const int pid = line.toInt();
        QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(pid));
        // The number may belong to somebody else by now: only who was started from this folder.
        if (pid > 1 && commandLine.open(QIODevice::ReadOnly)
            && commandLine.readAll().contains(QFile::encodeName(folder + QLatin1Char('/'))))
            ::kill(pid, SIGKILL);
    }
}

void PracticeLab::Private::add(ServerSpec spec)
{
    auto server = std::make_unique<ServerProcess>(std::move(spec));
    QObject::connect(server.get(), &ServerProcess::died, server.get(), [this, raw = server.get()] {
        if (!running) {
            attempt.request_stop();
            return;
        }
        logWarning("practice: {} died", raw->name());
        Q_EMIT lab->serverDied(raw->name(), raw->lastWords());
    });
    server->start();
    servers.push_back(std::move(server));
}

void PracticeLab::Private::startNameServers(const LabTools &tools)
{
    for (const LabServer server : {LabServer::Parent, LabServer::Primary, LabServer::Secondary,
                                   LabServer::Slow, LabServer::Resolver}) {
        ServerSpec spec;
        spec.name = labServerName(server);
        spec.folder = QDir(folder).filePath(spec.name);
        spec.logFile = spec.folder + QStringLiteral(".log");
        if (!tools.libraryPath.isEmpty())
            spec.environment.emplace_back(QStringLiteral("LD_LIBRARY_PATH"), tools.libraryPath);
        if (server == LabServer::Resolver) {
            spec.program = tools.named;
            spec.arguments =
                QStringList{QStringLiteral("-c"), spec.folder + QStringLiteral("/named.conf"),
                            QStringLiteral("-n"), QStringLiteral("1"), QStringLiteral("-g")};
        } else {
            spec.program = tools.knotd;
            spec.arguments =
                QStringList{QStringLiteral("-c"), spec.folder + QStringLiteral("/knot.conf")};
        }
        add(std::move(spec));
    }
}

void PracticeLab::Private::startAuthority(const LabTools &tools)
{
    const auto number = [](int value) { return QString::number(value); };
    ServerSpec spec;
    spec.name = labServerName(LabServer::Authority);
    spec.program = tools.pebble;
    spec.folder = QDir(folder).filePath(spec.name);
    spec.logFile = facts.logFile;
    spec.arguments =
        QStringList{QStringLiteral("-config"), spec.folder + QStringLiteral("/pebble.json"),
                    QStringLiteral("-dnsserver"),
                    QStringLiteral("%1:%2").arg(facts.resolver).arg(facts.dnsPort)};
    spec.environment = {
        {QStringLiteral("PEBBLE_WFE_NONCEREJECT"), number(options.nonceRejectPercent)},
        {QStringLiteral("PEBBLE_AUTHZREUSE"), number(options.authorizationReusePercent)},
    };
    if (!options.validationSleep)
        spec.environment.emplace_back(QStringLiteral("PEBBLE_VA_NOSLEEP"), QStringLiteral("1"));
    if (!tools.libraryPath.isEmpty())
        spec.environment.emplace_back(QStringLiteral("LD_LIBRARY_PATH"), tools.libraryPath);
    add(std::move(spec));
}

// Whether a server found its port taken: somebody came between our look and its start.
bool PracticeLab::Private::lostAPort() const
{
    return std::any_of(servers.begin(), servers.end(), [](const auto &server) {
        const QString words = server->lastWords();
        return words.contains(QLatin1String("address already in use"))
            || words.contains(QLatin1String("cannot bind"))
            || words.contains(QLatin1String("address in use"));
    });
}

QString PracticeLab::Private::lastWordsOfTheDead() const
{
    for (const auto &server : servers) {
        if (server->hasDied())
            return server->name() + QLatin1String(": ") + server->lastWords();
    }
    return {};
}

Result<> PracticeLab::Private::writeProcessIds() const
{
    QByteArray list;
    for (const auto &server : servers)
        list += QByteArray::number(server->processId()) + '\n';
    return writePrivately(at(folder, "pids"), list);
}

void PracticeLab::Private::setRunning(bool now)
{
    if (running == now)
        return;
    running = now;
    if (lab != nullptr)
        Q_EMIT lab->runningChanged(now);
}

void PracticeLab::Private::dropServers()
{
    for (const auto &server : servers)
        static_cast<void>(server->kill()); // all at once; the destructors reap them one by one
    servers.clear();
    ports.reset();
    tsigKey.reset();
}

// Back to before start(). The logs stay for whoever wants to know why.
void PracticeLab::Private::release()
{
    dropServers();
    if (lock)
        QFile::remove(at(folder, "ns1/knot.conf")); // the one file with a key in it
    lock.reset();
    setRunning(false);
}

// One attempt: ports, files, servers, and waiting for them. Leaves the servers running.
Task<> PracticeLab::Private::tryOnce(std::shared_ptr<Private> d, LabTools tools,
                                     ProgressSink progress)
{
    d->attempt = std::stop_source();
    const std::stop_token stop = d->attempt.get_token();
    const std::stop_callback onStop(d->starting.get_token(), [d] { d->attempt.request_stop(); });
    auto ports = LabPorts::reserve();
    if (!ports)
        co_return fail(ports.error());
    LabPlan plan;
    plan.folder = d->folder;
    plan.dnsPort = ports->dns();
    plan.directoryPort = ports->directory();
    plan.managementPort = ports->management();
    plan.options = d->options;
    d->ports.emplace(std::move(*ports));
    d->facts = factsOf(plan);

    auto key = newTsigKey();
    if (!key)
        co_return fail(key.error(), "making the practice TSIG key");
    const auto emptied = makeLabFolder(d->folder);
    if (!emptied)
        co_return fail(emptied.error());
    const auto written = writeLabFiles(plan, *key);
    if (!written)
        co_return fail(written.error(), "writing the practice servers' files");
    d->tsigKey.emplace(std::move(*key));

    tell(progress, "practice.starting", 2);
    d->startNameServers(tools);
    const QString authorityFolder = at(d->folder, "pebble");
    const auto tls =
        co_await makeTlsCertificate(tools.openssl, tools.libraryPath, authorityFolder, stop);
    if (!tls)
        co_return fail(tls.error());
    d->startAuthority(tools);
    const auto listed = d->writeProcessIds();
    if (!listed)
        co_return fail(listed.error());

    tell(progress, "practice.waiting", 3);
    // Named first: g++ 12 destroys the copy of an aggregate argument twice inside co_await.
    Task<> waiting = untilAllAnswer(plan, stop);
    const auto up = co_await std::move(waiting);
    if (!up)
        co_return fail(up.error(), "waiting for the practice servers");
    Task<QByteArray> fetching = fetchRoot(tools.openssl, tools.libraryPath, d->facts, stop);
    const auto root = co_await std::move(fetching);
    if (!root)
        co_return fail(root.error());
    co_return writePrivately(d->facts.rootFile, *root);
}

Task<PracticeFacts> PracticeLab::Private::start(std::shared_ptr<Private> d, ProgressSink progress,
                                                std::stop_token stop)
{
    const std::stop_callback onStop(stop, [d] { d->starting.request_stop(); });
    const auto taken = d->takeFolder();
    if (!taken)
        co_return fail(taken.error(), "starting practice");

    tell(progress, "practice.searching", 1);
    const LabPrograms programs(d->cache);
    const auto tools = co_await programs.provide(progress, d->starting.get_token());
    if (!tools)
        co_return fail(tools.error(), "starting practice");

    Result<> started = fail(Error::Kind::Internal, QString());
    for (int i = 0; i < portTries && !started; ++i) {
        Task<> attempt = tryOnce(d, *tools, progress);
        started = co_await std::move(attempt);
        if (d->starting.stop_requested())
            co_return fail(cancelled());
        if (started)
            break;
        const bool again = d->lostAPort();
        const QString dead = d->lastWordsOfTheDead();
        if (!dead.isEmpty())
            started = fail(Error::Kind::Internal, dead);
        d->dropServers();
        if (!again)
            break;
    }
    if (!started)
        co_return fail(started.error(), "starting practice");
    tell(progress, "practice.ready", 4);
    // Copied by hand: QCoro 0.8 moves from whatever it has to convert, members too.
    PracticeFacts facts = d->facts;
    co_return facts;
}

Task<> PracticeLab::Private::stop(std::shared_ptr<Private> d)
{
    d->starting.request_stop();
    // A start under way clears up after itself.
    for (int i = 0; d->busy && i < 1000; ++i) {
        const std::stop_token none;
        const std::chrono::milliseconds pause = 5ms;
        static_cast<void>(co_await sleepFor(pause, none));
    }
    std::vector<Deferred<>> ends;
    for (const auto &server : d->servers)
        ends.push_back(server->kill());
    for (const Deferred<> &end : ends) {
        const std::stop_token none;
        const std::chrono::milliseconds limit = 5s;
        const QString what = QStringLiteral("a practice server did not end");
        const auto ended = co_await within(end, limit, what, none);
        if (!ended)
            co_return fail(ended.error(), "stopping practice");
    }
    d->release();
    co_return Result<>();
}

PracticeLab::PracticeLab(QString folder, QString cache, QObject *parent)
    : QObject(parent)
    , d(std::make_shared<Private>())
{
    d->lab = this;
    d->folder = QDir(folder).absolutePath();
    d->cache = QDir(cache).absolutePath();
}

PracticeLab::~PracticeLab()
{
    d->lab = nullptr;
    d->starting.request_stop();
    d->release();
}

QStringList PracticeLab::missingPackages() const
{
    return LabPrograms(d->cache).missingPackages();
}

Task<PracticeFacts> PracticeLab::start(PracticeOptions options, ProgressSink progress,
                                       std::stop_token stop)
{
    const std::shared_ptr<Private> state = d;
    if (state->running) {
        PracticeFacts facts = state->facts; // see above
        co_return facts;
    }
    if (state->busy)
        co_return fail(Error::Kind::Conflict, QStringLiteral("practice is starting already"));
    state->busy = true;
    state->starting = std::stop_source();
    state->options = options;
    Task<PracticeFacts> task = Private::start(state, progress, stop);
    auto result = co_await std::move(task);
    state->busy = false;
    if (!result)
        state->release();
    else
        state->setRunning(true);
    co_return result;
}

Task<> PracticeLab::stop()
{
    return Private::stop(d);
}

bool PracticeLab::isRunning() const
{
    return d->running;
}

PracticeFacts PracticeLab::facts() const
{
    return d->facts;
}

Result<Secret> PracticeLab::tsigKey() const
{
    if (!d->tsigKey)
        return fail(Error::Kind::NotFound, QStringLiteral("practice is not running"));
    return d->tsigKey->clone();
}

CaRecord PracticeLab::ca() const
{
    CaRecord ca;
    ca.id = QStringLiteral("practice");
    ca.name = QStringLiteral("Practice CA");
    ca.directoryUrl = d->facts.directoryUrl;
    ca.caFile = d->facts.caFile;
    ca.terms = QStringLiteral("90 days; for practice only, nobody trusts its certificates");
    ca.needsEab = d->options.externalAccountBinding;
    ca.builtIn = true;
    ca.isPractice = true;
    return ca;
}

} // namespace sealbook
