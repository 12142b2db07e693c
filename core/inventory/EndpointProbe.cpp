// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/EndpointProbe.h"

#include "core/inventory/StarttlsTalk.h"
#include "core/records/CertificateRecord.h"
#include "core/x509/OcspResponse.h"

#include <QElapsedTimer>
#include <QHostInfo>
#include <QNetworkProxy>
#include <QTcpSocket>

#include <openssl/x509v3.h>

#include <deque>

namespace sealbook {

namespace {

constexpr std::chrono::minutes anchorsLast{10};
constexpr int unrecognizedName = 112; // RFC 6066 section 3
constexpr int noApplicationProtocol = 120; // RFC 7301 section 3.2

QString whereOf(const QHostAddress &address, quint16 port)
{
    return (address.protocol() == QAbstractSocket::IPv6Protocol ? QStringLiteral("[%1]:%2")
                                                                : QStringLiteral("%1:%2"))
        .arg(address.toString())
        .arg(port);
}

QString nameToAsk(const EndpointTarget &target)
{
    if (!target.serverName.isEmpty())
        return target.serverName;
    return target.address.isIpAddress() ? QString() : target.address.host;
}

Error networkError(const QString &detail)
{
    Error error;
    error.kind = Error::Kind::Network;
    error.detail = detail;
    return error;
}

// One connection to one address, from connecting to hanging up. Lives in the frame of the coroutine
// that awaits `done`.
class Visit
{
public:
    Visit(const EndpointTarget &target, QHostAddress address, qsizetype maxBytes,
          std::unique_ptr<TlsHandshake> handshake)
        : m_target(target)
        , m_address(std::move(address))
        , m_maxBytes(maxBytes)
        , m_talk(target.address.kind,
                 target.serverName.isEmpty() ? target.address.host : target.serverName)
        , m_handshake(std::move(handshake))
    {
        m_socket.setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        m_socket.setReadBufferSize(64L * 1024);
        QObject::connect(&m_socket, &QTcpSocket::connected, &m_socket, [this] { onConnected(); });
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { onReadable(); });
        QObject::connect(&m_socket, &QTcpSocket::errorOccurred, &m_socket,
                         [this](QAbstractSocket::SocketError error) { onError(error); });
    }
    ~Visit()
    {
        m_socket.disconnect();
        m_socket.abort();
    }
    Visit(const Visit &) = delete;
    Visit &operator=(const Visit &) = delete;

    void start() { m_socket.connectToHost(m_address, m_target.address.port); }
    [[nodiscard]] Deferred<> done() const { return m_done; }
    [[nodiscard]] const TlsHandshake &handshake() const { return *m_handshake; }
    [[nodiscard]] bool wasConnected() const { return m_isConnected; }
    [[nodiscard]] QString waitsFor() const
    {
        if (!m_isConnected)
            return QStringLiteral("the connection to %1").arg(where());
        return m_talk.isReady() ? QStringLiteral("the server's part of the TLS handshake")
                                : m_talk.waitsFor();
    }

private:
    [[nodiscard]] QString where() const { return whereOf(m_address, m_target.address.port); }

    void onConnected()
    {
        m_isConnected = true;
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_socket.write(m_talk.opening());
        if (m_talk.isReady())
            send(m_handshake->start());
    }

    void onReadable()
    {
        if (m_done.isSettled())
            return;
        const QByteArray bytes = m_socket.readAll();
        m_received += bytes.size();
        if (m_received > m_maxBytes) {
            m_done.settle(fail(networkError(
                QStringLiteral("the server sent more than %1 KiB").arg(m_maxBytes / 1024))));
            return;
        }
        if (m_talk.isReady()) {
            send(m_handshake->feed(bytes));
            return;
        }
        const Result<QByteArray> answer = m_talk.feed(bytes);
        if (!answer) {
            m_done.settle(fail(answer.error()));
            return;
        }
        m_socket.write(*answer);
        if (m_talk.isReady())
            send(m_handshake->start());
    }

    void send(const Result<QByteArray> &bytes)
    {
        if (!bytes) {
            m_done.settle(fail(bytes.error()));
            return;
        }
        m_socket.write(*bytes);
        if (!m_handshake->isDone())
            return;
        m_socket.write(m_handshake->closing());
        m_socket.flush(); // the socket is aborted next
        m_done.settle({});
    }

    void onError(QAbstractSocket::SocketError error)
    {
        if (error == QAbstractSocket::RemoteHostClosedError && m_isConnected) {
            const QString records = m_handshake->serverRecords();
            QString detail = QStringLiteral("the server closed the connection while we waited for "
                                            "%1")
                                 .arg(waitsFor());
            Error closed = networkError(detail);
            if (m_talk.isReady()) {
                closed.evidence.insert(QStringLiteral("offered"), m_handshake->offer());
                closed.evidence.insert(QStringLiteral("server_records"), records);
            }
            m_done.settle(fail(std::move(closed)));
            return;
        }
        m_done.settle(fail(networkError(
            error == QAbstractSocket::ConnectionRefusedError
                ? QStringLiteral("nobody listens on %1: the connection was refused").arg(where())
                : QStringLiteral("no connection to %1: %2").arg(where(), m_socket.errorString()))));
    }

    const EndpointTarget m_target;
    const QHostAddress m_address;
    const qsizetype m_maxBytes;
    StarttlsTalk m_talk;
    const std::unique_ptr<TlsHandshake> m_handshake;
    QTcpSocket m_socket;
    const Deferred<> m_done;
    qsizetype m_received = 0;
    bool m_isConnected = false;
};

// The addresses of a host by the system's resolver, as any program here would see them.
Task<std::vector<QHostAddress>> addressesOf(QString host, std::chrono::milliseconds limit,
                                            std::stop_token stop)
{
    QObject receiver;
    const Deferred<std::vector<QHostAddress>> found;
    const int id = QHostInfo::lookupHost(host, &receiver, [found, host](const QHostInfo &info) {
        if (info.error() != QHostInfo::NoError || info.addresses().isEmpty()) {
            found.settle(
                fail(networkError(info.error() == QHostInfo::HostNotFound
                                      ? QStringLiteral("the name %1 has no address").arg(host)
                                      : QStringLiteral("the name %1 cannot be resolved: "
                                                       "%2")
                                            .arg(host, info.errorString()))));
            return;
        }
        std::vector<QHostAddress> addresses;
        for (const QHostAddress &address : info.addresses()) {
            if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
                addresses.push_back(address);
        }
        found.settle(std::move(addresses));
    });
    QString what = QStringLiteral("no answer from the resolver for %1").arg(host);
    Task<std::vector<QHostAddress>> waiting = within(found, limit, std::move(what), stop);
    auto result = co_await std::move(waiting);
    QHostInfo::abortHostLookup(id);
    co_return result;
}

bool nameMatches(const Certificate &leaf, const QString &name)
{
    const QByteArray ascii = name.toLatin1();
    if (X509_check_ip_asc(leaf.handle(), ascii.constData(), 0) == 1)
        return true;
    return X509_check_host(leaf.handle(), ascii.constData(), std::size_t(ascii.size()),
                           X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, nullptr)
        == 1;
}

void addNotes(EndpointSight &sight, const TlsFacts &facts)
{
    EndpointCheck &check = sight.check;
    if (facts.protocol == QLatin1String("TLS 1.0") || facts.protocol == QLatin1String("TLS 1.1"))
        check.notes.append(QStringLiteral("The server speaks nothing newer than %1, which browsers "
                                          "refuse.")
                               .arg(facts.protocol));
    if (facts.chain.size() == 1 && !sight.chain.empty() && !sight.chain.front().isSelfIssued())
        check.notes.append(QStringLiteral("The server sends no issuing certificate along; clients "
                                          "that do not have it already will refuse."));
}

} // namespace

// Who may connect now. Like the lanes of DNS, but one for all.
struct EndpointProbe::Turns
{
    int free = 0;
    std::deque<Deferred<>> waiting;

    Deferred<> enter()
    {
        Deferred<> turn;
        if (free > 0) {
            --free;
            turn.settle({});
        } else {
            waiting.push_back(turn);
        }
        return turn;
    }
    void leave()
    {
        while (!waiting.empty()) {
            const Deferred<> next = waiting.front();
            waiting.pop_front();
            if (!next.isSettled()) {
                next.settle({}); // the place goes on to the next one
                return;
            }
        }
        ++free;
    }

    // A place, given back when it dies.
    class Place
    {
    public:
        explicit Place(std::shared_ptr<Turns> turns)
            : m_turns(std::move(turns))
        {
        }
        ~Place() { m_turns->leave(); }
        Place(const Place &) = delete;
        Place &operator=(const Place &) = delete;

    private:
        std::shared_ptr<Turns> m_turns;
    };
};

EndpointTarget targetOf(const EndpointRecord &record)
{
    return {record.address, record.serverName, record.onlyAddress};
}

EndpointProbe::EndpointProbe(const Clock &clock, Options options)
    : m_clock(clock)
    , m_options(std::move(options))
    , m_turns(std::make_shared<Turns>())
{
    m_turns->free = m_options.parallel;
}

EndpointProbe::~EndpointProbe() = default;

Task<std::vector<EndpointSight>> EndpointProbe::look(EndpointTarget target, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return fail(cancelled());
    if (!m_context) {
        Result<SslCtxPtr> context = TlsHandshake::makeContext();
        if (!context)
            co_return fail(context.error());
        m_context = std::move(*context);
    }
    const QString host = target.onlyAddress.isEmpty() ? target.address.host : target.onlyAddress;
    std::vector<QHostAddress> addresses;
    EndpointSight nowhere;
    if (QHostAddress literal; literal.setAddress(host)) {
        addresses.push_back(literal);
    } else {
        Task<std::vector<QHostAddress>> resolving = addressesOf(host, m_options.limit, stop);
        auto resolved = co_await std::move(resolving);
        if (resolved)
            addresses = std::move(*resolved);
        else if (resolved.error().kind == Error::Kind::Cancelled)
            co_return fail(resolved.error());
        else
            nowhere.check.error = resolved.error();
    }
    std::vector<EndpointSight> sights;
    if (addresses.empty()) {
        nowhere.check.firstAt = nowhere.check.lastAt = m_clock.utcNow();
        sights.push_back(std::move(nowhere));
        co_return sights;
    }
    if (addresses.size() > std::size_t(maxAddresses))
        addresses.resize(std::size_t(maxAddresses));
    std::vector<Task<EndpointSight>> looks;
    looks.reserve(addresses.size());
    for (const QHostAddress &address : addresses)
        looks.push_back(lookAt(target, address, stop));
    auto waiting = all(std::move(looks));
    auto results = co_await std::move(waiting);
    for (Result<EndpointSight> &result : results) {
        if (!result)
            co_return fail(result.error());
        sights.push_back(std::move(*result));
    }
    co_return sights;
}

Task<EndpointSight> EndpointProbe::lookAt(EndpointTarget target, QHostAddress address,
                                          std::stop_token stop)
{
    const std::shared_ptr<Turns> turns = m_turns;
    const Deferred<> turn = turns->enter();
    {
        const std::stop_callback onStop(stop, [turn] { turn.settle(fail(cancelled())); });
        const Result<> entered = co_await turn; // bounded: each place is held for a bounded time
        if (!entered)
            co_return fail(entered.error());
    }
    const Turns::Place place(turns);
    Task<EndpointSight> visiting = visit(target, address, stop);
    auto sight = co_await std::move(visiting);
    if (!sight)
        co_return fail(sight.error());
    co_return std::move(*sight);
}

Task<EndpointSight> EndpointProbe::visit(EndpointTarget target, QHostAddress address,
                                         std::stop_token stop)
{
    QElapsedTimer timer;
    timer.start();
    EndpointSight sight;
    sight.check.address = address.toString();
    TlsHandshake::Options options;
    options.serverName = nameToAsk(target);
    options.offersAlpn = target.address.kind == EndpointKind::Tls;
    QStringList notes;
    TlsFacts facts;
    std::optional<Error> firstError;
    // A second and third try where a server stumbles over what is offered; all within one limit.
    for (int attempt = 0; attempt < 3; ++attempt) {
        Result<std::unique_ptr<TlsHandshake>> handshake =
            TlsHandshake::make(m_context.get(), options);
        if (!handshake)
            co_return fail(handshake.error());
        Visit connection(target, address, m_options.maxBytes, std::move(*handshake));
        connection.start();
        const auto rest = m_options.limit - std::chrono::milliseconds(timer.elapsed());
        Task<> visiting = within(connection.done(), std::max(rest, std::chrono::milliseconds(1)),
                                 QString(), stop);
        const Result<> visited = co_await std::move(visiting);
        facts = connection.handshake().facts();
        if (visited || !facts.chain.empty()) {
            sight.check.notes = notes;
            break;
        }
        Error error = visited.error();
        if (error.kind == Error::Kind::Cancelled)
            co_return fail(std::move(error));
        const bool isLate = error.kind == Error::Kind::Timeout;
        if (isLate)
            error.detail = QStringLiteral("waited %1 s in vain for %2")
                               .arg((m_options.limit.count() + 500) / 1000)
                               .arg(connection.waitsFor());
        sight.check.outcome = connection.wasConnected() ? EndpointCheck::Outcome::NoTls
                                                        : EndpointCheck::Outcome::NoAnswer;
        const bool spokeTls = !connection.handshake().serverRecords().isEmpty();
        const std::optional<int> alert = connection.handshake().alert();
        if (!firstError)
            firstError = std::move(error);
        if (isLate || !connection.wasConnected() || !spokeTls
            || !firstError->evidence.contains(QStringLiteral("offered")))
            break;
        if (alert == unrecognizedName && !options.serverName.isEmpty()) {
            notes.append(
                QStringLiteral("The server does not know the name %1.").arg(options.serverName));
            options.serverName.clear();
        } else if (alert == noApplicationProtocol && options.offersAlpn) {
            options.offersAlpn = false;
        } else if (options.newestVersion == 0) {
            notes.append(QStringLiteral("The server fails when TLS 1.3 is offered, and answers "
                                        "without it."));
            options.newestVersion = TLS1_2_VERSION;
            options.offersAlpn = false;
        } else {
            break;
        }
    }
    EndpointCheck &check = sight.check;
    check.firstAt = check.lastAt = m_clock.utcNow();
    check.took = std::chrono::milliseconds(timer.elapsed());
    for (const QByteArray &der : facts.chain) {
        Result<Certificate> certificate = Certificate::fromDer(der);
        if (certificate)
            sight.chain.push_back(std::move(*certificate));
        else if (sight.chain.empty())
            break; // without a leaf the rest means nothing
    }
    if (sight.chain.empty()) {
        check.error = firstError ? *firstError
                                 : networkError(QStringLiteral("the server showed no certificate "
                                                               "that can be read"));
        co_return sight;
    }
    check.outcome = EndpointCheck::Outcome::Served;
    check.protocol = facts.protocol;
    check.cipher = facts.cipher;
    check.alpn = facts.alpn;
    check.asksClientCertificate = facts.asksClientCertificate;
    check.hasStaple = !facts.staple.isEmpty();
    addNotes(sight, facts);
    const ChainVerdict verdict = judge(target, sight);
    heedStaple(sight, facts.staple, verdict.path);
    co_return sight;
}

// Read anew from time to time: this process may run for weeks.
const TrustAnchors &EndpointProbe::anchors()
{
    const std::chrono::milliseconds now = m_clock.monotonic();
    if (!m_anchors || now - m_anchorsReadAt > anchorsLast) {
        m_anchors.emplace(m_options.extraRoots);
        m_anchorsReadAt = now;
    }
    return *m_anchors;
}

// Not to be trusted any more: clients that look at the answer refuse it, whatever the chain says.
void EndpointProbe::heedStaple(EndpointSight &sight, const QByteArray &staple,
                               const std::vector<Certificate> &path)
{
    if (staple.isEmpty() || path.empty())
        return;
    const std::vector<Certificate> issuers(path.begin() + 1, path.end());
    const std::optional<OcspVerdict> verdict =
        readOcspResponse(staple, sight.chain.front(), issuers, anchors());
    if (!verdict || verdict->status != OcspVerdict::Status::Revoked)
        return;
    sight.revokedAt = verdict->revokedAt;
    sight.check.isTrusted = false;
    sight.check.trustReason = QStringLiteral("it was revoked on %1, says the OCSP answer that the "
                                             "server itself sends along")
                                  .arg(verdict->revokedAt.toString(QStringLiteral("yyyy-MM-dd")));
}

ChainVerdict EndpointProbe::judge(const EndpointTarget &target, EndpointSight &sight)
{
    EndpointCheck &check = sight.check;
    const Certificate &leaf = sight.chain.front();
    const CertificateRecord record = certificateRecordOf(leaf);
    check.sha256 = record.sha256;
    check.subject = record.subject;
    check.notBefore = record.notBefore;
    check.notAfter = record.notAfter;
    check.nameMatches =
        nameMatches(leaf, target.serverName.isEmpty() ? target.address.host : target.serverName);
    // Time is told by the dates; trust is judged at a moment at which the leaf was valid.
    const QDateTime now = m_clock.utcNow();
    const bool inTime = check.notBefore <= now && now <= check.notAfter;
    const std::vector<Certificate> issuers(sight.chain.begin() + 1, sight.chain.end());
    ChainVerdict verdict =
        verifyChain(leaf, issuers, anchors(), inTime ? now : check.notAfter.addSecs(-1));
    check.isTrusted = verdict.verified;
    check.trustReason = verdict.reason;
    return verdict;
}

} // namespace sealbook
