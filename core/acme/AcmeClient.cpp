// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/AcmeClient.h"

#include "core/acme/AcmeParser.h"
#include "core/acme/Jws.h"
#include "core/acme/NoncePool.h"
#include "core/acme/Problem.h"
#include "core/base/Log.h"
#include "core/crypto/Base64.h"
#include "core/crypto/Digest.h"
#include "core/http/RetryAfter.h"
#include "core/x509/Csr.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <deque>

using namespace std::chrono_literals;

namespace sealbook {

static constexpr int maxBadNonceRetries = 5;
static constexpr int maxFailedPolls = 3;
// A front end that sheds load has not looked at the request: it is worth a short wait, and else one
// of a hundred requests would end the job.
static constexpr int maxBusyWaits = 2;
static constexpr std::chrono::seconds longestBusyWait = 60s;
// Each reply brings the nonce of the next request. More at once would have to ask for nonces first,
// and CAs count those: Let's Encrypt takes ten in a burst and answers 503 to the next.
static constexpr int maxPostsAtOnce = 8;
static constexpr std::chrono::milliseconds longestTurn = 300s;
static constexpr qint64 jsonLimit = 256 * 1024;
static constexpr qint64 chainLimit = 1024 * 1024;
static constexpr std::chrono::milliseconds requestTimeout = 30s;

// Waits between polls where the CA does not ask for one. The first ones are short, because a CA
// that is done is done within milliseconds; the last is repeated, because one that takes long is
// not made faster by asking.
static constexpr std::array<std::chrono::milliseconds, 7> pollWaits{30ms,  60ms, 120ms, 250ms,
                                                                    500ms, 1s,   2s};

namespace {

struct Post
{
    QUrl url;
    QByteArray payload; // empty: POST-as-GET
    bool withKey = false; // newAccount: the key itself instead of the account's address
    qint64 bodyLimit = jsonLimit;
    QByteArray accept = "application/json";
    std::chrono::milliseconds timeout = requestTimeout;
    bool waitsWhenBusy = true;
};

struct JsonReply
{
    QJsonObject json;
    HttpResponse http;
};

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonArray contactList(const QStringList &contacts)
{
    QJsonArray list;
    for (const QString &contact : contacts)
        list.append(contact.contains(QLatin1Char(':')) ? contact
                                                       : QLatin1String("mailto:") + contact);
    return list;
}

} // namespace

struct AcmeClient::Private
{
    Private(HttpTransport &transport, QUrl directoryUrl, PrivateKey key, QUrl accountUrl)
        : transport(transport)
        , directoryUrl(std::move(directoryUrl))
        , key(std::move(key))
        , accountUrl(std::move(accountUrl))
    {
    }

    [[nodiscard]] Task<Directory> fetchDirectory(std::stop_token stop);
    [[nodiscard]] Task<Directory> directory(std::stop_token stop);
    [[nodiscard]] Task<> fetchNonce(std::stop_token stop);
    [[nodiscard]] Task<HttpResponse> post(Post wanted, std::stop_token stop);
    [[nodiscard]] Task<HttpResponse> postInTurn(Post wanted, std::stop_token stop);
    [[nodiscard]] Task<JsonReply> postForJson(Post wanted, std::stop_token stop);
    [[nodiscard]] Task<JsonReply> postJson(QUrl url, QByteArray payload, std::stop_token stop);
    [[nodiscard]] Task<Order> pollOnce(QUrl url, std::chrono::milliseconds timeout,
                                       std::stop_token stop);
    [[nodiscard]] Result<HttpRequest> sign(const Post &wanted, const QByteArray &nonce) const;
    [[nodiscard]] Result<QUrl> location(const JsonReply &reply, const QUrl &asked) const;
    void note(const HttpResponse &response);

    HttpTransport &transport;
    QUrl directoryUrl;
    PrivateKey key;
    QUrl accountUrl;
    NoncePool nonces;
    std::optional<Directory> known;
    AcmeParser parser;
    bool fetchingDirectory = false;
    std::vector<Deferred<>> waitingForDirectory;
    int posts = 0;
    std::deque<Deferred<>> waitingForTurn;
    std::optional<std::chrono::seconds> clockSkew;
};

void AcmeClient::Private::note(const HttpResponse &response)
{
    nonces.add(response.header("replay-nonce"));
    const QDateTime date = httpDate(response.header("date"));
    if (date.isValid())
        clockSkew = std::chrono::seconds(QDateTime::currentDateTimeUtc().secsTo(date));
}

Task<Directory> AcmeClient::Private::fetchDirectory(std::stop_token stop)
{
    HttpRequest request;
    request.url = directoryUrl;
    request.headers = {{"Accept", "application/json"}};
    request.bodyLimit = jsonLimit;
    request.timeout = requestTimeout;
    Task<HttpResponse> sending = transport.send(std::move(request), stop);
    const Result<HttpResponse> response = co_await std::move(sending);
    if (!response)
        co_return fail(response.error(), "fetching the CA's directory");
    note(*response);
    if (response->status != 200)
        co_return fail(errorFromReply(*response, directoryUrl), "fetching the CA's directory");
    const Result<QJsonObject> json = acmeJson(response->body);
    if (!json)
        co_return fail(json.error(), "fetching the CA's directory");
    co_return AcmeParser::directory(*json);
}

Task<Directory> AcmeClient::Private::directory(std::stop_token stop)
{
    while (!known) {
        if (fetchingDirectory) {
            // Somebody fetches it already. If that fails or is cancelled, it is our turn.
            const Deferred<> turn;
            waitingForDirectory.push_back(turn);
            const QString what = QStringLiteral("The CA's directory did not come in time.");
            Task<> waiting = within(turn, requestTimeout + 5s, what, stop);
            const Result<> waited = co_await std::move(waiting);
            if (!waited)
                co_return fail(waited.error());
            continue;
        }
        fetchingDirectory = true;
        Task<Directory> fetching = fetchDirectory(stop);
        const Result<Directory> fetched = co_await std::move(fetching);
        fetchingDirectory = false;
        if (fetched) {
            known = *fetched;
            parser = AcmeParser(directoryUrl, *fetched);
        }
        for (const Deferred<> &turn : std::exchange(waitingForDirectory, {}))
            turn.settle({});
        if (!fetched)
            co_return fail(fetched.error());
    }
    // Named, because QCoro 0.8 moves out of whatever non-const lvalue is co_returned.
    const Directory copy = *known;
    co_return copy;
}

Task<> AcmeClient::Private::fetchNonce(std::stop_token stop)
{
    Task<Directory> asking = directory(stop);
    const Result<Directory> index = co_await std::move(asking);
    if (!index)
        co_return fail(index.error());
    HttpRequest request;
    request.method = "HEAD"; // RFC 8555 section 7.2
    request.url = index->newNonce;
    request.timeout = requestTimeout;
    Task<HttpResponse> sending = transport.send(std::move(request), stop);
    const Result<HttpResponse> response = co_await std::move(sending);
    if (!response)
        co_return fail(response.error(), "asking the CA for a nonce");
    if (response->status >= 300)
        co_return fail(errorFromReply(*response, index->newNonce), "asking the CA for a nonce");
    note(*response);
    if (nonces.isEmpty())
        co_return fail(Error::Kind::Corrupt, QStringLiteral("The CA's reply holds no nonce."));
    co_return Result<>();
}

Result<HttpRequest> AcmeClient::Private::sign(const Post &wanted, const QByteArray &nonce) const
{
    if (!wanted.withKey && accountUrl.isEmpty())
        return fail(Error::Kind::Internal,
                    QStringLiteral("a request was made before the account is known"));
    JwsHead head;
    head.url = wanted.url;
    head.nonce = nonce;
    if (!wanted.withKey)
        head.kid = accountUrl;
    Result<QByteArray> body = signedJws(key, head, wanted.payload);
    if (!body)
        return fail(body.error());
    HttpRequest request;
    request.method = "POST";
    request.url = wanted.url;
    request.headers = {{"Content-Type", "application/jose+json"}, // RFC 8555 section 6.2
                       {"Accept", wanted.accept},
                       {"Accept-Language", "en"}};
    request.body = std::move(*body);
    request.bodyLimit = wanted.bodyLimit;
    request.timeout = wanted.timeout;
    return request;
}

Task<HttpResponse> AcmeClient::Private::post(Post wanted, std::stop_token stop)
{
    while (posts >= maxPostsAtOnce) {
        const Deferred<> turn;
        waitingForTurn.push_back(turn);
        const QString what = QStringLiteral("The requests before this one took too long.");
        Task<> waiting = within(turn, longestTurn, what, stop);
        const Result<> waited = co_await std::move(waiting);
        if (!waited)
            co_return fail(waited.error());
    }
    ++posts;
    Task<HttpResponse> posting = postInTurn(std::move(wanted), stop);
    Result<HttpResponse> response = co_await std::move(posting);
    --posts;
    // Who gave up waiting has settled its turn itself.
    while (!waitingForTurn.empty()) {
        const Deferred<> next = waitingForTurn.front();
        waitingForTurn.pop_front();
        if (next.isSettled())
            continue;
        next.settle({});
        break;
    }
    co_return response;
}

Task<HttpResponse> AcmeClient::Private::postInTurn(Post wanted, std::stop_token stop)
{
    int nonceRetries = 0;
    int busyWaits = 0;
    for (;;) {
        // Other requests may have taken what fetchNonce brought.
        while (nonces.isEmpty()) {
            Task<> asking = fetchNonce(stop);
            const Result<> asked = co_await std::move(asking);
            if (!asked)
                co_return fail(asked.error());
        }
        const std::optional<QByteArray> nonce = nonces.take();
        Result<HttpRequest> request = sign(wanted, nonce.value_or(QByteArray()));
        if (!request)
            co_return fail(request.error());
        Task<HttpResponse> sending = transport.send(std::move(*request), stop);
        Result<HttpResponse> response = co_await std::move(sending);
        if (!response)
            co_return fail(response.error());
        // The newest nonce is taken first, and nothing runs in between: a retry signs with the
        // nonce of the error reply (RFC 8555 section 6.5).
        note(*response);
        if (response->status >= 200 && response->status < 300)
            co_return response;
        const Error error = errorFromReply(*response, wanted.url);
        const bool isBusy = response->status == 503 && error.retryAfter
            && *error.retryAfter <= longestBusyWait && wanted.waitsWhenBusy;
        if (isBusy && busyWaits++ < maxBusyWaits) {
            logWarning("the CA is busy and asks to wait {} s", error.retryAfter->count());
            Task<> sleeping = sleepFor(politeWait(*error.retryAfter), stop);
            const Result<> slept = co_await std::move(sleeping);
            if (!slept)
                co_return fail(slept.error());
            continue;
        }
        if (!isProblem(error, "badNonce") || nonceRetries >= maxBadNonceRetries)
            co_return fail(error);
        ++nonceRetries;
        logDebug("the CA refused a nonce, attempt {}", nonceRetries);
    }
}

Task<JsonReply> AcmeClient::Private::postForJson(Post wanted, std::stop_token stop)
{
    Task<HttpResponse> posting = post(std::move(wanted), stop);
    Result<HttpResponse> response = co_await std::move(posting);
    if (!response)
        co_return fail(response.error());
    Result<QJsonObject> json = acmeJson(response->body);
    if (!json)
        co_return fail(json.error());
    JsonReply reply;
    reply.json = std::move(*json);
    reply.http = std::move(*response);
    co_return reply;
}

Task<JsonReply> AcmeClient::Private::postJson(QUrl url, QByteArray payload, std::stop_token stop)
{
    // The directory comes first: it tells which hosts may be named.
    Task<Directory> asking = directory(stop);
    const Result<Directory> index = co_await std::move(asking);
    if (!index)
        co_return fail(index.error());
    Post wanted;
    wanted.url = std::move(url);
    wanted.payload = std::move(payload);
    Task<JsonReply> posting = postForJson(std::move(wanted), stop);
    co_return co_await std::move(posting);
}

Result<QUrl> AcmeClient::Private::location(const JsonReply &reply, const QUrl &asked) const
{
    const QByteArray header = reply.http.header("location");
    if (header.isEmpty())
        return fail(Error::Kind::Corrupt, QStringLiteral("The CA's reply has no Location header."));
    const QUrl resolved = asked.resolved(QUrl::fromEncoded(header, QUrl::StrictMode));
    return parser.address(resolved.toString(QUrl::FullyEncoded), QStringLiteral("Location"));
}

AcmeClient::AcmeClient(HttpTransport &transport, QUrl directoryUrl, PrivateKey key, QUrl accountUrl)
    : d(std::make_unique<Private>(transport, std::move(directoryUrl), std::move(key),
                                  std::move(accountUrl)))
{
}

AcmeClient::~AcmeClient() = default;

Task<Directory> AcmeClient::directory(std::stop_token stop)
{
    return d->directory(std::move(stop));
}

Task<> AcmeClient::warmNonce(std::stop_token stop)
{
    if (!d->nonces.isEmpty())
        co_return Result<>();
    Task<> asking = d->fetchNonce(stop);
    co_return co_await std::move(asking);
}

Task<Account> AcmeClient::newAccount(NewAccount wanted, std::stop_token stop)
{
    Task<Directory> asking = d->directory(stop);
    const Result<Directory> index = co_await std::move(asking);
    if (!index)
        co_return fail(index.error());
    QJsonObject payload;
    if (wanted.onlyExisting)
        payload[QLatin1String("onlyReturnExisting")] = true;
    if (wanted.agreesToTerms)
        payload[QLatin1String("termsOfServiceAgreed")] = true;
    if (!wanted.contacts.isEmpty())
        payload[QLatin1String("contact")] = contactList(wanted.contacts);
    if (wanted.binding) {
        const Result<QJsonObject> binding =
            externalBinding(d->key, wanted.binding->kid, wanted.binding->macKey, index->newAccount);
        if (!binding)
            co_return fail(binding.error(), "opening the account");
        payload[QLatin1String("externalAccountBinding")] = *binding;
    }
    Post post;
    post.url = index->newAccount;
    post.payload = compact(payload);
    post.withKey = true;
    Task<JsonReply> posting = d->postForJson(std::move(post), stop);
    const Result<JsonReply> reply = co_await std::move(posting);
    if (!reply)
        co_return fail(reply.error(), "opening the account");
    const Result<QUrl> url = d->location(*reply, index->newAccount);
    if (!url)
        co_return fail(url.error(), "opening the account");
    Account account = AcmeParser::account(reply->json);
    account.url = *url;
    d->accountUrl = *url;
    co_return account;
}

Task<Account> AcmeClient::updateContacts(QStringList contacts, std::stop_token stop)
{
    const QJsonObject payload{{QStringLiteral("contact"), contactList(contacts)}};
    Task<JsonReply> posting = d->postJson(d->accountUrl, compact(payload), stop);
    const Result<JsonReply> reply = co_await std::move(posting);
    if (!reply)
        co_return fail(reply.error(), "changing the account's contacts");
    Account account = AcmeParser::account(reply->json);
    account.url = d->accountUrl;
    co_return account;
}

Task<> AcmeClient::deactivateAccount(std::stop_token stop)
{
    const QByteArray payload = R"({"status":"deactivated"})";
    Task<JsonReply> posting = d->postJson(d->accountUrl, payload, stop);
    const Result<JsonReply> reply = co_await std::move(posting);
    if (!reply)
        co_return fail(reply.error(), "deactivating the account");
    co_return Result<>();
}

Task<Order> AcmeClient::newOrder(QStringList names, QString profile, std::stop_token stop)
{
    Task<Directory> asking = d->directory(stop);
    const Result<Directory> index = co_await std::move(asking);
    if (!index)
        co_return fail(index.error());
    QJsonArray identifiers;
    for (const QString &name : names)
        identifiers.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("dns")},
                                       {QStringLiteral("value"), name}});
    QJsonObject payload{{QStringLiteral("identifiers"), identifiers}};
    if (!profile.isEmpty())
        payload[QLatin1String("profile")] = profile;
    Task<JsonReply> posting = d->postJson(index->newOrder, compact(payload), stop);
    const Result<JsonReply> reply = co_await std::move(posting);
    if (!reply)
        co_return fail(reply.error(), "creating the order");
    // The only reply that is sure to tell the order's address.
    const Result<QUrl> url = d->location(*reply, index->newOrder);
    if (!url)
        co_return fail(url.error(), "creating the order");
    Result<Order> order = d->parser.order(reply->json, *url);
    if (order)
        order->retryAfter = retryAfter(reply->http);
    co_return order;
}

Task<Order> AcmeClient::order(QUrl url, std::stop_token stop)
{
    Task<Order> polling = d->pollOnce(std::move(url), requestTimeout, stop);
    co_return co_await std::move(polling);
}

Task<Order> AcmeClient::Private::pollOnce(QUrl url, std::chrono::milliseconds timeout,
                                          std::stop_token stop)
{
    Task<Directory> asking = directory(stop);
    const Result<Directory> index = co_await std::move(asking);
    if (!index)
        co_return fail(index.error());
    Post wanted;
    wanted.url = url;
    wanted.timeout = timeout;
    wanted.waitsWhenBusy = false; // pollOrder() waits, and knows until when
    Task<JsonReply> posting = postForJson(std::move(wanted), stop);
    const Result<JsonReply> reply = co_await std::move(posting);
    if (!reply)
        co_return fail(reply.error(), "reading the order");
    Result<Order> order = parser.order(reply->json, url);
    if (order)
        order->retryAfter = retryAfter(reply->http);
    co_return order;
}

Task<Authorization> AcmeClient::authorization(QUrl url, std::stop_token stop)
{
    Task<JsonReply> posting = d->postJson(url, QByteArray(), stop);
    const Result<JsonReply> reply = co_await std::move(posting);
    if (!reply)
        co_return fail(reply.error(), "reading an authorization");
    Result<Authorization> authorization = d->parser.authorization(reply->json, url);
    if (authorization)
        authorization->retryAfter = retryAfter(reply->http);
    co_return authorization;
}

Task<> AcmeClient::deactivateAuthorization(QUrl url, std::stop_token stop)
{
    const QByteArray payload = R"({"status":"deactivated"})";
    Task<JsonReply> posting = d->postJson(std::move(url), payload, stop);
    const Result<JsonReply> reply = co_await std::move(posting);
    if (!reply)
        co_return fail(reply.error(), "giving up an authorization");
    co_return Result<>();
}

Task<Challenge> AcmeClient::answerChallenge(QUrl url, std::stop_token stop)
{
    const QByteArray payload = "{}"; // RFC 8555 section 7.5.1
    Task<JsonReply> posting = d->postJson(std::move(url), payload, stop);
    const Result<JsonReply> reply = co_await std::move(posting);
    if (!reply)
        co_return fail(reply.error(), "answering a challenge");
    co_return d->parser.challenge(reply->json);
}

Task<Order> AcmeClient::finalize(Order order, QByteArray csrDer, std::stop_token stop)
{
    // RFC 8555 section 11.1: the account key must never become a certificate's key.
    const Result<Csr> csr = Csr::read(csrDer);
    if (!csr)
        co_return fail(csr.error(), "finalizing the order");
    if (csr->publicKeySha256 == d->key.publicKeySha256())
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("The request holds the account's own key."),
                       QStringLiteral("Make another key for the certificate."));
    const QJsonObject payload{{QStringLiteral("csr"), QString::fromLatin1(toBase64Url(csrDer))}};
    Task<JsonReply> posting = d->postJson(order.finalize, compact(payload), stop);
    const Result<JsonReply> reply = co_await std::move(posting);
    if (!reply)
        co_return fail(reply.error(), "finalizing the order");
    // Not every CA repeats the Location here; the order's address is the one of newOrder.
    Result<Order> finalized = d->parser.order(reply->json, order.url);
    if (finalized)
        finalized->retryAfter = retryAfter(reply->http);
    co_return finalized;
}

Task<QByteArray> AcmeClient::certificate(QUrl url, std::stop_token stop)
{
    Post wanted;
    wanted.url = url;
    wanted.bodyLimit = chainLimit;
    wanted.accept = "application/pem-certificate-chain"; // RFC 8555 section 7.4.2
    Task<HttpResponse> posting = d->post(std::move(wanted), stop);
    const Result<HttpResponse> response = co_await std::move(posting);
    if (!response)
        co_return fail(response.error(), "fetching the certificate");
    if (!response->header("content-type").toLower().startsWith("application/pem-certificate-chain"))
        co_return fail(Error::Kind::Corrupt,
                       QStringLiteral("The CA sent \"%1\" instead of a certificate chain.")
                           .arg(QString::fromLatin1(response->header("content-type").left(100))));
    co_return response->body;
}

Task<> AcmeClient::revoke(QByteArray certificateDer, int reason, std::stop_token stop)
{
    Task<Directory> asking = d->directory(stop);
    const Result<Directory> index = co_await std::move(asking);
    if (!index)
        co_return fail(index.error());
    if (index->revokeCert.isEmpty())
        co_return fail(Error::Kind::NotFound, QStringLiteral("The CA offers no revocation."));
    const QJsonObject payload{
        {QStringLiteral("certificate"), QString::fromLatin1(toBase64Url(certificateDer))},
        {QStringLiteral("reason"), reason}};
    Post wanted;
    wanted.url = index->revokeCert;
    wanted.payload = compact(payload);
    Task<HttpResponse> posting = d->post(std::move(wanted), stop); // the reply has no body
    const Result<HttpResponse> response = co_await std::move(posting);
    if (!response)
        co_return fail(response.error(), "revoking the certificate");
    co_return Result<>();
}

static bool isWorthAnotherPoll(const Error &error)
{
    return error.kind == Error::Kind::Network || error.kind == Error::Kind::Timeout
        || error.kind == Error::Kind::RateLimited;
}

static Error pollTimeout(const QString &status, std::chrono::seconds limit,
                         std::optional<std::chrono::seconds> retryAfter)
{
    Error error;
    error.kind = Error::Kind::Timeout;
    error.detail =
        QStringLiteral("The order was still \"%1\" after %2 s.").arg(status).arg(limit.count());
    error.advice = QStringLiteral("The CA is slow. The order goes on there; resume it later.");
    error.retryAfter = retryAfter;
    return error;
}

Task<Order> AcmeClient::pollOrder(QUrl url, std::chrono::seconds limit, std::stop_token stop)
{
    Order known;
    known.url = std::move(url);
    known.status = QStringLiteral("pending");
    return pollOrder(std::move(known), limit, std::move(stop));
}

Task<Order> AcmeClient::pollOrder(Order known, std::chrono::seconds limit, std::stop_token stop)
{
    using Clock = std::chrono::steady_clock;
    const Clock::time_point deadline = Clock::now() + limit;
    const QUrl url = known.url;
    QString status = known.status;
    std::optional<std::chrono::seconds> asked = known.retryAfter;
    int failures = 0;
    for (std::size_t poll = 0;; ++poll) {
        std::chrono::milliseconds wait = pollWaits[std::min(poll, pollWaits.size() - 1)];
        if (asked)
            wait = politeWait(*asked);
        // A wait that the CA asked for is kept or not begun; ours is not worth ending late.
        if (Clock::now() + wait > deadline)
            co_return fail(pollTimeout(status, limit, asked));
        Task<> sleeping = sleepFor(wait, stop);
        const Result<> slept = co_await std::move(sleeping);
        if (!slept)
            co_return fail(slept.error(), "waiting for the order");

        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        const std::chrono::milliseconds timeout = std::clamp(left, 1000ms, requestTimeout);
        Task<Order> polling = d->pollOnce(url, timeout, stop);
        Result<Order> order = co_await std::move(polling);
        if (!order) {
            // A poll changes nothing, so one that was lost on the way does not end the order.
            if (!isWorthAnotherPoll(order.error()) || ++failures >= maxFailedPolls)
                co_return fail(order.error(), "waiting for the order");
            asked = order.error().retryAfter.value_or(1s);
            continue;
        }
        failures = 0;
        status = order->status;
        asked = order->retryAfter;
        if (status != QLatin1String("pending") && status != QLatin1String("processing"))
            co_return order;
    }
}

QUrl AcmeClient::accountUrl() const
{
    return d->accountUrl;
}

QString AcmeClient::dns01Value(const QString &token) const
{
    const QByteArray authorization = token.toUtf8() + '.' + d->key.jwkThumbprint();
    return QString::fromLatin1(toBase64Url(sha256(authorization)));
}

std::optional<std::chrono::seconds> AcmeClient::clockSkew() const
{
    return d->clockSkew;
}

} // namespace sealbook
