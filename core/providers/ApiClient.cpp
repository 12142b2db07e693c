// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/ApiClient.h"

#include "core/base/Log.h"
#include "core/crypto/Base64.h"
#include "core/http/RetryAfter.h"
#include "core/providers/SigV4Signer.h"
#include "core/providers/XmlDocument.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <cstring>

namespace sealbook {

namespace {

constexpr int mostAttempts = 4;
constexpr std::chrono::seconds longestPatience(60);

Result<Secret> joined(const QByteArray &prefix, const Secret &secret)
{
    Result<Secret> line = Secret::ofSize(std::size_t(prefix.size()) + secret.size());
    if (!line)
        return line;
    std::memcpy(line->writableBytes().data(), prefix.constData(), std::size_t(prefix.size()));
    std::memcpy(line->writableBytes().data() + prefix.size(), secret.bytes().data(), secret.size());
    return line;
}

// RFC 8288: <address>; rel="next"
QUrl nextLink(const std::vector<HttpHeader> &headers)
{
    static const QRegularExpression pattern(QStringLiteral("<([^>]+)>\\s*;[^,]*rel=\"?next\"?"));
    for (const HttpHeader &header : headers) {
        if (header.name != "link")
            continue;
        const auto match = pattern.match(QString::fromUtf8(header.value));
        if (match.hasMatch())
            return QUrl(match.captured(1), QUrl::StrictMode);
    }
    return {};
}

bool isLoopback(const QUrl &url)
{
    return url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
}

} // namespace

ApiClient::ApiClient(const ProviderDefinition &definition, QMap<QString, QString> fields,
                     std::map<QString, Secret> secrets, HttpTransport &transport,
                     const Clock &clock)
    : m_definition(definition)
    , m_fields(std::move(fields))
    , m_secrets(std::move(secrets))
    , m_transport(transport)
    , m_clock(clock)
    , m_gate(definition.parallel)
{
}

const Secret *ApiClient::secret(const QString &field) const
{
    const auto found = m_secrets.find(field);
    return found == m_secrets.end() || found->second.isEmpty() ? nullptr : &found->second;
}

TemplateVariables ApiClient::variables() const
{
    TemplateVariables variables;
    for (auto it = m_fields.begin(); it != m_fields.end(); ++it)
        variables.values.insert(QLatin1String("cred.") + it.key(), it.value());
    return variables;
}

Result<QUrl> ApiClient::address(const RequestTemplate &request, const TemplateVariables &variables,
                                const QUrl &page) const
{
    Result<QString> base = expandText(m_definition.baseUrl, variables);
    const Result<QString> path = expandText(request.path, variables, TemplateEncoding::Path);
    if (!base || !path)
        return fail(base ? path.error() : base.error());
    while (base->endsWith(QLatin1Char('/')))
        base->chop(1);
    const QUrl baseUrl(*base, QUrl::StrictMode);
    QUrl url(*base + *path, QUrl::StrictMode);
    QByteArrayList query;
    for (const auto &[name, text] : request.query) {
        const Result<QString> value = expandText(text, variables);
        if (!value)
            return fail(value.error());
        if (!value->isEmpty())
            query.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(*value));
    }
    if (!query.isEmpty())
        url.setQuery(QString::fromLatin1(query.join('&')), QUrl::StrictMode);
    if (!page.isEmpty())
        url = baseUrl.resolved(page);
    const bool known = m_definition.hosts.isEmpty() ? url.host() == baseUrl.host()
                                                    : m_definition.hosts.contains(url.host());
    const bool secure = url.scheme() == QLatin1String("https")
        || (m_definition.hosts.isEmpty() && url.scheme() == QLatin1String("http")
            && isLoopback(url));
    if (!url.isValid() || !known || !secure || url.port() != baseUrl.port())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("%1 is not an address that %2 may be asked at")
                        .arg(safeUrl(url), m_definition.summary.name),
                    QStringLiteral("Only https, and only the provider's own hosts."));
    return url;
}

Result<> ApiClient::fillBody(HttpRequest &http, const RequestTemplate &request,
                             const TemplateVariables &variables) const
{
    if (request.bodyKind == RequestTemplate::Body::None)
        return {};
    const Result<QJsonValue> body = expandJson(request.body, variables);
    if (!body)
        return fail(body.error());
    QByteArray type;
    if (request.bodyKind == RequestTemplate::Body::Json) {
        type = "application/json";
        http.body = body->isArray()
            ? QJsonDocument(body->toArray()).toJson(QJsonDocument::Compact)
            : QJsonDocument(body->toObject()).toJson(QJsonDocument::Compact);
    } else if (request.bodyKind == RequestTemplate::Body::Form) {
        type = "application/x-www-form-urlencoded";
        QByteArrayList parts;
        const QJsonObject form = body->toObject();
        for (auto it = form.begin(); it != form.end(); ++it)
            parts.append(QUrl::toPercentEncoding(it.key()) + '='
                         + QUrl::toPercentEncoding(templateText(it.value())));
        http.body = parts.join('&');
    } else {
        type = "application/xml";
        const Result<QByteArray> xml = writeXml(*body);
        if (!xml)
            return fail(xml.error());
        http.body = *xml;
    }
    http.headers.push_back({"Content-Type", type});
    return {};
}

Result<> ApiClient::authorize(HttpRequest &http) const
{
    using Kind = AuthDefinition::Kind;
    const AuthDefinition &auth = m_definition.auth;
    const Secret *key = secret(auth.secret);
    if (!key)
        return fail(Error::Kind::Unauthorized,
                    QStringLiteral("the credential has no %1").arg(auth.secret));
    const QByteArray user = m_fields.value(auth.user).toUtf8();
    if (auth.kind == Kind::AwsSigV4) {
        const SigV4Credential credential{user, key, secret(auth.session), auth.region.toLatin1(),
                                         auth.service.toLatin1()};
        return signSigV4(http, credential, m_clock.utcNow());
    }
    if (auth.kind == Kind::Query) {
        // The weakest kind: an address with a secret in it. Only for APIs that know no other.
        QString value = QString::fromUtf8(key->text().data(), qsizetype(key->size()));
        QString query = http.url.query(QUrl::FullyEncoded);
        query += (query.isEmpty() ? QString() : QStringLiteral("&")) + auth.name + QLatin1Char('=')
            + QString::fromLatin1(QUrl::toPercentEncoding(value));
        http.url.setQuery(query, QUrl::StrictMode);
        wipe(value);
        wipe(query);
        return {};
    }
    QByteArray name = "Authorization";
    Result<Secret> line;
    if (auth.kind == Kind::Bearer) {
        line = joined("Bearer ", *key);
    } else if (auth.kind == Kind::Header) {
        name = auth.name.toLatin1();
        line = joined(auth.prefix.toLatin1(), *key);
    } else {
        const Result<Secret> pair = joined(user + ':', *key);
        const Result<Secret> encoded =
            pair ? encodeBase64(*pair, Base64Alphabet::Standard) : fail(pair.error());
        line = encoded ? joined("Basic ", *encoded) : fail(encoded.error());
    }
    if (!line)
        return fail(line.error(), "writing the authorization header");
    http.secretHeaders.push_back({name, std::move(*line)});
    return {};
}

Result<HttpRequest> ApiClient::build(const RequestTemplate &request,
                                     const TemplateVariables &variables, const QUrl &page) const
{
    const Result<QUrl> url = address(request, variables, page);
    if (!url)
        return fail(url.error());
    HttpRequest http;
    http.method = request.method;
    http.url = *url;
    http.bodyLimit = qint64(4) * 1024 * 1024; // a whole zone may come back
    http.headers.push_back({"Accept",
                            m_definition.reply == ProviderDefinition::Reply::Xml
                                ? QByteArrayLiteral("application/xml")
                                : QByteArrayLiteral("application/json")});
    for (const auto &[name, text] : request.headers) {
        const Result<QString> value = expandText(text, variables);
        if (!value)
            return fail(value.error());
        http.headers.push_back({name.toLatin1(), value->toUtf8()});
    }
    const Result<> body = fillBody(http, request, variables);
    if (!body)
        return fail(body.error());
    const Result<> authorized = authorize(http);
    if (!authorized)
        return fail(authorized.error());
    return http;
}

ApiReply ApiClient::read(const HttpResponse &response) const
{
    ApiReply reply;
    reply.status = response.status;
    reply.body = response.body;
    reply.contentType = response.header("content-type");
    reply.next = nextLink(response.headers);
    reply.document = QJsonValue(QJsonValue::Undefined);
    if (m_definition.reply == ProviderDefinition::Reply::Xml) {
        const Result<QJsonValue> xml = readXml(response.body);
        if (xml)
            reply.document = *xml;
        return reply;
    }
    const QJsonDocument json = QJsonDocument::fromJson(response.body);
    if (json.isArray())
        reply.document = json.array();
    else if (json.isObject())
        reply.document = json.object();
    return reply;
}

QString ApiClient::errorCode(const ApiReply &reply) const
{
    for (const ValuePath &path : m_definition.errorCodes) {
        const QString code = path.text(reply.document, {});
        if (!code.isEmpty())
            return code;
    }
    return {};
}

// How long to wait before the same request is sent again; nothing where it should not be.
std::optional<std::chrono::seconds>
ApiClient::patience(const ApiReply &reply, const HttpResponse &response, int attempt) const
{
    const QByteArray header = response.header("retry-after");
    const bool asked = reply.status == 429 || (reply.status == 503 && !header.isEmpty())
        || (!reply.isSuccess() && m_definition.retryCodes.contains(errorCode(reply)));
    if (!asked)
        return std::nullopt;
    const auto wanted = retryAfter(response);
    return wanted ? *wanted : std::chrono::seconds(1 << attempt);
}

Task<ApiReply> ApiClient::call(const RequestTemplate *request, TemplateVariables variables,
                               QUrl page, std::stop_token stop)
{
    const QString what = QStringLiteral("a place among the requests to the provider");
    Task<Gate::Pass> entering = m_gate.enter(what, stop);
    const Result<Gate::Pass> pass = co_await std::move(entering);
    if (!pass)
        co_return fail(pass.error());
    for (int attempt = 0;; ++attempt) {
        Result<HttpRequest> http = build(*request, variables, page);
        if (!http)
            co_return fail(http.error(), "preparing the provider's request");
        Task<HttpResponse> sending = m_transport.send(std::move(*http), stop);
        const Result<HttpResponse> response = co_await std::move(sending);
        if (!response) {
            // Reading may be tried again; whether a write arrived is not for us to guess.
            if (request->method != "GET" || attempt > 0
                || response.error().kind != Error::Kind::Network)
                co_return fail(response.error(), "asking the DNS provider");
            continue;
        }
        ApiReply reply = read(*response);
        auto wait = patience(reply, *response, attempt);
        // A gateway that stumbles once; whether a write went through it is not for us to guess.
        if (!wait && reply.status >= 500 && request->method == "GET" && attempt == 0)
            wait = std::chrono::seconds(1);
        if (!wait)
            co_return reply;
        if (attempt + 1 >= mostAttempts || *wait > longestPatience) {
            Error error = errorOf(reply, *request);
            error.kind = Error::Kind::RateLimited;
            error.retryAfter = *wait;
            co_return fail(std::move(error));
        }
        Task<> sleeping = sleepFor(*wait, stop);
        const Result<> slept = co_await std::move(sleeping);
        if (!slept)
            co_return fail(slept.error());
    }
}

bool ApiClient::succeeded(const ApiReply &reply, const QList<int> &status) const
{
    if (status.isEmpty() ? !reply.isSuccess() : !status.contains(reply.status))
        return false;
    return !m_definition.failedWhen || m_definition.failedWhen->select(reply.document, {}).empty();
}

Error ApiClient::errorOf(const ApiReply &reply, const RequestTemplate &request) const
{
    QString words;
    for (const ValuePath &path : m_definition.errorMessages) {
        if (words.isEmpty())
            words = path.text(reply.document, {});
    }
    const QString code = errorCode(reply);
    if (!code.isEmpty())
        words = words.isEmpty() ? code : QStringLiteral("%1 (%2)").arg(words, code);
    if (words.isEmpty())
        words = QString::fromUtf8(reply.body);
    words = m_redactor.clean(words.toUtf8(), 400);
    const QString &name = m_definition.summary.name;
    Error error;
    error.kind = Error::Kind::ProviderRefused;
    error.detail = QStringLiteral("%1 answered %2: %3")
                       .arg(name)
                       .arg(reply.status)
                       .arg(words.isEmpty() ? QStringLiteral("(nothing)") : words);
    if (reply.status == 401 || reply.status == 403) {
        error.kind = Error::Kind::Unauthorized;
        error.advice = reply.status == 401
            ? QStringLiteral("%1 does not accept the credential: it may be mistyped, expired or "
                             "revoked.")
                  .arg(name)
            : QStringLiteral("The credential is known but not allowed to do this; compare it with "
                             "the recipe.");
    } else if (reply.status >= 300 && reply.status < 400) {
        error.advice = QStringLiteral("A redirect is not followed, because the credential would "
                                      "go along. Check the address, or a captive portal.");
    } else if (reply.status >= 500) {
        error.kind = Error::Kind::Network;
        error.advice = QStringLiteral("The fault is at %1; try again later.").arg(name);
    }
    error.evidence = {{QStringLiteral("provider"), m_definition.summary.code},
                      {QStringLiteral("status"), reply.status},
                      {QStringLiteral("method"), QString::fromLatin1(request.method)},
                      {QStringLiteral("path"), request.path}};
    return error;
}

Error ApiClient::notUnderstood(const ApiReply &reply) const
{
    Error error;
    error.kind = Error::Kind::Corrupt;
    error.detail = QStringLiteral("%1 answered %2 with something that cannot be read (%3): %4")
                       .arg(m_definition.summary.name)
                       .arg(reply.status)
                       .arg(QString::fromLatin1(reply.contentType.left(80)),
                            m_redactor.clean(reply.body, 120));
    error.evidence = {{QStringLiteral("provider"), m_definition.summary.code},
                      {QStringLiteral("status"), reply.status}};
    return error;
}

} // namespace sealbook
