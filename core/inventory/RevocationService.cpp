// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/RevocationService.h"

#include "core/base/Log.h"
#include "core/http/HttpTransport.h"
#include "core/records/InventoryRow.h"
#include "core/store/Store.h"
#include "core/x509/OcspResponse.h"

#include <QHash>

namespace sealbook {

namespace {

constexpr int parallel = 8;
constexpr qint64 longestAnswer = 64L * 1024;
constexpr qint64 longestIssuer = 256L * 1024;
constexpr qint64 mostKeptBytes = 64L * 1024 * 1024; // of lists, while one check runs
constexpr std::chrono::seconds drainLimit(10);
constexpr std::chrono::seconds answerLimit(15);
constexpr std::chrono::seconds listLimit(120);

// Those that HTTP can reach, of all that a certificate names.
QStringList reachable(const QStringList &addresses)
{
    QStringList list;
    for (const QString &address : addresses) {
        if (address.startsWith(QLatin1String("http://"), Qt::CaseInsensitive)
            || address.startsWith(QLatin1String("https://"), Qt::CaseInsensitive))
            list.append(address);
    }
    return list;
}

// Why nobody can be asked; empty where somebody can.
QString whyNotOffered(const Certificate &leaf, const RevocationSources &sources,
                      const QDateTime &now)
{
    if (leaf.isSelfIssued() && leaf.isIssuedBy(leaf))
        return QStringLiteral(
            "It is signed by itself: nobody stands above it who could revoke it.");
    if (leaf.notAfter() < now)
        return QStringLiteral("It has expired: CAs do not say any more whether such a certificate "
                              "was revoked.");
    if (sources.isNeverRevoked)
        return QStringLiteral("Its CA does not revoke such certificates: they end soon instead "
                              "(RFC 9608).");
    if (!reachable(sources.ocsp).isEmpty() || !reachable(sources.crls).isEmpty())
        return {};
    if (!sources.ocsp.isEmpty() || !sources.crls.isEmpty())
        return QStringLiteral("It names only addresses that are not of the web: %1")
            .arg(QStringList(sources.ocsp + sources.crls).first());
    if (sources.hasForeignCrls)
        return QStringLiteral("It names only lists that another one than its issuer signs "
                              "(indirect CRLs), which are not read here.");
    return QStringLiteral("It names neither an OCSP responder nor a revocation list.");
}

std::vector<Certificate> certificatesIn(const QByteArray &bytes)
{
    if (const Result<Certificate> one = Certificate::fromDer(bytes))
        return {*one};
    if (const auto many = certificatesFromPem(bytes, true))
        return *many;
    return {};
}

Error noAnswer(const std::vector<Error::Part> &parts, const std::vector<Error> &errors)
{
    Error error = errors.empty() ? Error() : errors.front();
    for (const Error &other : errors) {
        // What a person can decide comes first.
        if (other.kind == Error::Kind::PolicyDenied)
            error = other;
    }
    error.parts = parts;
    return error;
}

} // namespace

// Counts what is under way, so that close() can wait for it.
class RevocationService::Running
{
public:
    explicit Running(RevocationService &service)
        : m_service(service)
    {
        ++m_service.m_running;
    }
    ~Running()
    {
        if (--m_service.m_running == 0 && m_service.m_drained)
            m_service.m_drained->settle({});
    }
    Running(const Running &) = delete;
    Running &operator=(const Running &) = delete;

private:
    RevocationService &m_service;
};

// One call of check(). Shared by its workers.
struct RevocationService::Run
{
    struct List
    {
        std::optional<Result<Crl>> result;
        std::vector<Deferred<Crl>> waiting;
    };
    HttpTransport *transport = nullptr;
    Options options;
    ProgressSink progress;
    QStringList order; // by issuer, so that lists are met again while they are here
    qsizetype next = 0;
    int done = 0;
    QHash<QString, List> lists; // by address and issuer
    qint64 keptBytes = 0;
    QHash<QString, RevocationRecord> found;
};

// One certificate of it.
struct RevocationService::Case
{
    CertificateRecord record;
    std::optional<Certificate> leaf;
    std::optional<Certificate> issuer;
    RevocationSources sources;
    RevocationRecord result;
    std::vector<Error> errors;
    std::vector<Error::Part> parts;

    void take(const RevocationAnswer &answer, const QString &source, const QString &address)
    {
        result.state = answer.status == RevocationAnswer::Status::Good
            ? RevocationRecord::State::Good
            : answer.status == RevocationAnswer::Status::Revoked ? RevocationRecord::State::Revoked
                                                                 : RevocationRecord::State::Unknown;
        result.source = source;
        result.address = address;
        result.thisUpdate = answer.thisUpdate;
        result.nextUpdate = answer.nextUpdate;
        result.revokedAt = answer.revokedAt;
        result.reason = answer.reason;
    }
    void note(const Error &error, const QString &address)
    {
        errors.push_back(error);
        parts.push_back({address, kindName(error.kind), error.detail});
    }
};

RevocationService::RevocationService(Store &store, HttpTransport &guarded, HttpTransport &anywhere,
                                     const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_guarded(guarded)
    , m_anywhere(anywhere)
    , m_clock(clock)
{
}

Task<std::optional<RevocationRecord>> RevocationService::last(QString sha256)
{
    return m_store.revocation(std::move(sha256));
}

Task<std::vector<RevocationRecord>> RevocationService::check(QStringList sha256, Options options,
                                                             ProgressSink progress,
                                                             std::stop_token stop)
{
    if (m_ending.stop_requested())
        co_return fail(cancelled());
    const Running running(*this);
    std::stop_source either;
    const std::stop_callback onStop(stop, [either]() mutable { either.request_stop(); });
    const std::stop_callback onEnd(m_ending.get_token(),
                                   [either]() mutable { either.request_stop(); });
    const auto run = std::make_shared<Run>();
    run->transport = options.allowsPrivate ? &m_anywhere : &m_guarded;
    run->options = options;
    run->progress = std::move(progress);
    Task<std::vector<RevocationRecord>> checking =
        checkThese(std::move(sha256), run, either.get_token());
    co_return co_await std::move(checking);
}

Task<> RevocationService::close()
{
    if (m_running > 0)
        m_drained.emplace();
    m_ending.request_stop();
    if (!m_drained)
        co_return Result<>();
    const std::stop_token none;
    QString what = QStringLiteral("asking about revocation did not end");
    Task<> draining = within(*m_drained, drainLimit, std::move(what), none);
    const auto drained = co_await std::move(draining);
    if (!drained)
        logWarning("closing: {}", describe(drained.error()));
    co_return Result<>();
}

Task<std::vector<RevocationRecord>>
RevocationService::checkThese(QStringList sha256, std::shared_ptr<Run> run, std::stop_token stop)
{
    auto rows = co_await m_store.inventoryRows(sha256);
    if (!rows)
        co_return fail(rows.error());
    std::stable_sort(rows->begin(), rows->end(), [](const InventoryRow &a, const InventoryRow &b) {
        return a.issuerDn < b.issuerDn;
    });
    for (const InventoryRow &row : *rows)
        run->order.append(row.sha256.hex());
    std::vector<Task<>> workers;
    for (qsizetype i = 0; i < std::min<qsizetype>(parallel, run->order.size()); ++i)
        workers.push_back(work(run, stop));
    auto waiting = all(std::move(workers));
    const auto ended = co_await std::move(waiting);
    for (const Result<> &one : ended) {
        if (!one)
            co_return fail(one.error(), "asking about revocation");
    }
    std::vector<RevocationRecord> records;
    for (const QString &one : sha256) {
        const auto found = run->found.constFind(one);
        if (found != run->found.cend())
            records.push_back(*found);
    }
    co_return records;
}

Task<> RevocationService::work(std::shared_ptr<Run> run, std::stop_token stop)
{
    while (run->next < run->order.size()) {
        if (stop.stop_requested())
            co_return fail(cancelled());
        const QString sha256 = run->order.at(run->next++);
        const auto record = co_await checkOne(run, sha256, stop);
        // One that was deleted meanwhile.
        if (!record && record.error().kind == Error::Kind::NotFound)
            continue;
        if (!record)
            co_return fail(record.error());
        run->found.insert(sha256, *record);
        Q_EMIT checked(*record);
        if (run->progress) {
            Progress progress;
            progress.text = QStringLiteral("revocation.checking");
            progress.step = ++run->done;
            progress.of = static_cast<int>(run->order.size());
            run->progress(progress);
        }
    }
    co_return Result<>();
}

Task<RevocationRecord> RevocationService::checkOne(std::shared_ptr<Run> run, QString sha256,
                                                   std::stop_token stop)
{
    const auto known = co_await m_store.revocation(sha256);
    if (!known)
        co_return fail(known.error());
    const QDateTime now = m_clock.utcNow();
    const auto isFresh = [&](const RevocationRecord &record) {
        return isAnswer(record.state) && record.checkedAt <= now
            && record.checkedAt.addSecs(run->options.maxAge.count()) > now
            && (!record.nextUpdate.isValid() || record.nextUpdate > now);
    };
    if (*known && isFresh(**known))
        co_return **known;

    const auto one = std::make_shared<Case>();
    auto record = co_await m_store.certificate(sha256);
    if (!record)
        co_return fail(record.error());
    one->record = std::move(*record);
    const Result<Certificate> leaf = Certificate::fromDer(one->record.der);
    if (!leaf)
        co_return fail(leaf.error(), "reading a stored certificate");
    one->leaf = *leaf;
    one->sources = revocationSourcesOf(*leaf);
    one->result.sha256 = sha256;
    one->result.detail = whyNotOffered(*leaf, one->sources, now);
    if (!one->result.detail.isEmpty()) {
        one->result.state = RevocationRecord::State::NotOffered;
    } else {
        const auto asked = co_await ask(run, one, stop);
        if (!asked)
            co_return fail(asked.error());
    }
    const QDateTime at = m_clock.utcNow();
    if (one->result.state == RevocationRecord::State::Unanswered) {
        one->result.failedAt = at;
        one->result.error = noAnswer(one->parts, one->errors);
    } else {
        one->result.checkedAt = at;
    }
    const std::vector<RevocationRecord> results{one->result};
    const auto kept = co_await m_store.keepRevocations(results);
    if (!kept)
        co_return fail(kept.error());
    if (kept->empty())
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("there is no certificate %1").arg(sha256));
    co_return kept->front();
}

// Fails with Cancelled only: who does not answer is part of the result.
Task<> RevocationService::ask(std::shared_ptr<Run> run, std::shared_ptr<Case> one,
                              std::stop_token stop)
{
    const auto hasIssuer = co_await findIssuer(run, one, stop);
    if (!hasIssuer)
        co_return fail(hasIssuer.error());
    if (!*hasIssuer) {
        Error error;
        error.kind = Error::Kind::NotFound;
        error.detail = QStringLiteral("The certificate of its issuer, \"%1\", is not here, and "
                                      "could not be fetched: without it no answer can be checked.")
                           .arg(one->record.issuer);
        error.advice = QStringLiteral("Import the issuer's certificate.");
        if (!one->errors.empty())
            error.evidence = one->errors.front().evidence;
        // First, as what everything else hangs on.
        one->errors.insert(one->errors.begin(), error);
        co_return Result<>();
    }
    for (const QString &address : reachable(one->sources.ocsp)) {
        const auto answer = co_await askResponder(run, one, address, stop);
        if (stop.stop_requested())
            co_return fail(cancelled());
        if (!answer) {
            one->note(answer.error(), address);
            continue;
        }
        one->take(*answer, QStringLiteral("ocsp"), address);
        if (answer->status != RevocationAnswer::Status::Unknown)
            co_return Result<>();
        break;
    }
    for (const QString &address : reachable(one->sources.crls)) {
        const auto answer = co_await askList(run, one, address, stop);
        if (stop.stop_requested())
            co_return fail(cancelled());
        if (answer) {
            one->take(*answer, QStringLiteral("crl"), address);
            co_return Result<>();
        }
        one->note(answer.error(), address);
    }
    co_return Result<>();
}

// From its chain, from the profile, or from where the certificate says that it lies. Whoever names
// it, only its key proves it.
Task<bool> RevocationService::findIssuer(std::shared_ptr<Run> run, std::shared_ptr<Case> one,
                                         std::stop_token stop)
{
    std::vector<Certificate> candidates = certificatesIn(one->record.chainPem);
    const QString issuerName = one->leaf->issuer();
    const auto stored = co_await m_store.authoritiesNamed(issuerName);
    if (!stored)
        co_return fail(stored.error());
    for (const QByteArray &der : *stored) {
        if (const Result<Certificate> authority = Certificate::fromDer(der))
            candidates.push_back(*authority);
    }
    const auto choose = [&one](const std::vector<Certificate> &from) {
        for (const Certificate &candidate : from) {
            if (candidate.isCa() && one->leaf->isIssuedBy(candidate)) {
                one->issuer = candidate;
                return true;
            }
        }
        return false;
    };
    if (choose(candidates))
        co_return true;
    for (const QString &address : reachable(one->sources.issuers)) {
        HttpRequest request;
        request.url = QUrl(address, QUrl::StrictMode);
        request.bodyLimit = longestIssuer;
        request.timeout = answerLimit;
        Task<QByteArray> fetching = fetch(run, std::move(request), stop);
        const auto bytes = co_await std::move(fetching);
        if (stop.stop_requested())
            co_return fail(cancelled());
        if (!bytes)
            one->note(bytes.error(), address);
        else if (choose(certificatesIn(*bytes)))
            co_return true;
    }
    co_return false;
}

Task<RevocationAnswer> RevocationService::askResponder(std::shared_ptr<Run> run,
                                                       std::shared_ptr<Case> one, QString address,
                                                       std::stop_token stop)
{
    const Result<QByteArray> question = makeOcspQuestion(*one->leaf, *one->issuer);
    if (!question)
        co_return fail(question.error());
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(address, QUrl::StrictMode);
    request.headers = {{"Content-Type", "application/ocsp-request"},
                       {"Accept", "application/ocsp-response"}};
    request.body = *question;
    request.bodyLimit = longestAnswer;
    request.timeout = answerLimit;
    Task<QByteArray> fetching = fetch(run, std::move(request), stop);
    const auto bytes = co_await std::move(fetching);
    if (!bytes)
        co_return fail(bytes.error());
    co_return readOcspAnswer(*bytes, *question, *one->leaf, *one->issuer, m_clock.utcNow());
}

Task<RevocationAnswer> RevocationService::askList(std::shared_ptr<Run> run,
                                                  std::shared_ptr<Case> one, QString address,
                                                  std::stop_token stop)
{
    const Certificate issuer = *one->issuer;
    const auto list = co_await listAt(run, address, issuer, stop);
    if (!list)
        co_return fail(list.error());
    // It may have ended while a long check runs.
    if (list->nextUpdate() < m_clock.utcNow())
        co_return fail(Error::Kind::Conflict, QStringLiteral("the revocation list has ended"));
    co_return list->answerFor(*one->leaf);
}

// Each list once in a run, whoever needs it.
Task<Crl> RevocationService::listAt(std::shared_ptr<Run> run, QString address, Certificate issuer,
                                    std::stop_token stop)
{
    const QString key = address + QLatin1Char(' ') + issuer.sha256();
    if (const auto known = run->lists.constFind(key); known != run->lists.cend()) {
        if (known->result)
            co_return *known->result;
        const Deferred<Crl> mine;
        run->lists[key].waiting.push_back(mine);
        QString what = QStringLiteral("the revocation list did not come");
        Task<Crl> waiting = within(mine, listLimit, std::move(what), stop);
        co_return co_await std::move(waiting);
    }
    run->lists.insert(key, Run::List());
    const auto list = co_await fetchList(run, address, issuer, stop);
    const std::vector<Deferred<Crl>> waiting = std::exchange(run->lists[key].waiting, {});
    for (const Deferred<Crl> &one : waiting)
        one.settle(list);
    run->keptBytes += list ? list->byteCount() : 0;
    if (run->keptBytes > mostKeptBytes) {
        // Who still needs one that goes here fetches it again.
        run->lists.removeIf([](std::pair<const QString &, Run::List &> entry) {
            return entry.second.result.has_value();
        });
        run->keptBytes = list ? list->byteCount() : 0;
    }
    run->lists[key].result = list;
    co_return list;
}

Task<Crl> RevocationService::fetchList(std::shared_ptr<Run> run, QString address,
                                       Certificate issuer, std::stop_token stop)
{
    HttpRequest request;
    request.url = QUrl(address, QUrl::StrictMode);
    request.bodyLimit = longestCrl;
    request.timeout = listLimit;
    Task<QByteArray> fetching = fetch(run, std::move(request), stop);
    auto bytes = co_await std::move(fetching);
    if (!bytes)
        co_return fail(bytes.error());
    // A list of a large CA takes a while to read.
    const QDateTime now = m_clock.utcNow();
    std::function<Result<Crl>()> reading = [list = std::move(*bytes), issuer, now] {
        return Crl::read(list, issuer, now);
    };
    Task<Crl> task = runBlocking<Crl>(stop, std::move(reading));
    co_return co_await std::move(task);
}

Task<QByteArray> RevocationService::fetch(std::shared_ptr<Run> run, HttpRequest request,
                                          std::stop_token stop)
{
    const QString address = request.url.toString();
    Task<HttpResponse> sending = run->transport->send(std::move(request), stop);
    auto response = co_await std::move(sending);
    if (!response)
        co_return fail(response.error());
    if (response->status >= 300 && response->status < 400)
        co_return fail(
            Error::Kind::Network,
            QStringLiteral("%1 sends on to another address, which is not followed").arg(address));
    if (response->status != 200)
        co_return fail(
            Error::Kind::Network,
            QStringLiteral("%1 answers with HTTP status %2").arg(address).arg(response->status));
    co_return std::move(response->body);
}

} // namespace sealbook
