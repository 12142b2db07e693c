// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Base64.h"
#include "core/http/HttpTransport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace sealbook {

// What a ScriptedCa was asked, with the JWS taken apart.
struct CaRequest
{
    QByteArray method;
    QUrl url;
    QJsonObject head; // the protected header
    QByteArray payload;
    qint64 bodyLimit = 0;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(payload).object(); }
};

// An HttpTransport that is a CA: it answers the directory, nonces and accounts by itself and all
// else as the test says, path by path. Every POST is checked as RFC 8555 section 6 has it (the url
// is the target, the nonce is one of ours and fresh); what breaks that lands in violations(). It
// does not verify signatures. Owned by the test.
class ScriptedCa final : public HttpTransport
{
public:
    using Handler = std::function<HttpResponse(const CaRequest &)>;

    [[nodiscard]] static QUrl url(const QString &path)
    {
        return QUrl(QStringLiteral("https://ca.example") + path);
    }
    [[nodiscard]] static QString text(const char *path)
    {
        return QStringLiteral("https://ca.example") + QLatin1String(path);
    }
    [[nodiscard]] static HttpResponse reply(int status, const QJsonObject &json,
                                            std::vector<HttpHeader> headers = {})
    {
        HttpResponse response;
        response.status = status;
        response.headers = std::move(headers);
        response.headers.push_back(
            {"content-type", status < 400 ? "application/json" : "application/problem+json"});
        response.body = QJsonDocument(json).toJson(QJsonDocument::Compact);
        return response;
    }
    [[nodiscard]] static HttpResponse problem(int status, const char *type, const QString &detail,
                                              std::vector<HttpHeader> headers = {})
    {
        return reply(status,
                     {{QStringLiteral("type"),
                       QLatin1String("urn:ietf:params:acme:error:") + QLatin1String(type)},
                      {QStringLiteral("detail"), detail}},
                     std::move(headers));
    }

    // Whatever is asked of `path`, on any host, is answered by `handler`.
    void on(const QString &path, Handler handler) { m_handlers[path] = std::move(handler); }
    // The next request fails on the way.
    void loseNext(Error error) { m_lost.push_back(std::move(error)); }
    void setDirectory(QJsonObject directory) { m_directory = std::move(directory); }
    [[nodiscard]] const QJsonObject &directory() const { return m_directory; }
    [[nodiscard]] const std::vector<CaRequest> &requests() const { return m_requests; }
    [[nodiscard]] int count(const QString &path) const
    {
        return int(std::count_if(m_requests.begin(), m_requests.end(),
                                 [&path](const CaRequest &r) { return r.url.path() == path; }));
    }
    [[nodiscard]] const QStringList &violations() const { return m_violations; }
    [[nodiscard]] QByteArray lastNonce() const { return nonceOf(m_serial); }
    [[nodiscard]] int requestCount() const override { return int(m_requests.size()); }

    [[nodiscard]] Task<HttpResponse> send(HttpRequest request, std::stop_token stop) override
    {
        Deferred<HttpResponse> deferred;
        Result<HttpResponse> result = answer(request);
        QMetaObject::invokeMethod(
            qApp, [deferred, result] { deferred.settle(result); }, Qt::QueuedConnection);
        const QString what = QStringLiteral("the scripted CA");
        Task<HttpResponse> task = within(deferred, std::chrono::seconds(10), what, stop);
        co_return co_await std::move(task);
    }

private:
    static QByteArray nonceOf(int serial) { return "nonce-" + QByteArray::number(serial); }

    [[nodiscard]] Result<HttpResponse> answer(const HttpRequest &request)
    {
        CaRequest asked = takenApart(request);
        m_requests.push_back(asked);
        if (!m_lost.empty()) {
            const Error error = m_lost.front();
            m_lost.erase(m_lost.begin());
            return fail(error);
        }
        HttpResponse response = respond(asked);
        if (response.header("replay-nonce").isEmpty()) {
            const QByteArray nonce = nonceOf(++m_serial);
            m_fresh.insert(nonce);
            response.headers.push_back({"replay-nonce", nonce});
        }
        return response;
    }

    CaRequest takenApart(const HttpRequest &request)
    {
        CaRequest asked{request.method, request.url, {}, {}, request.bodyLimit};
        if (request.method != "POST")
            return asked;
        const QJsonObject jws = QJsonDocument::fromJson(request.body).object();
        const auto part = [&jws](const char *name) {
            return fromBase64Url(jws[QLatin1String(name)].toString().toLatin1())
                .value_or(QByteArray());
        };
        asked.head = QJsonDocument::fromJson(part("protected")).object();
        asked.payload = part("payload");
        const QString target = request.url.toString(QUrl::FullyEncoded);
        if (asked.head[QLatin1String("url")].toString() != target)
            m_violations.append(QStringLiteral("the url header is not ") + target);
        const QByteArray nonce = asked.head[QLatin1String("nonce")].toString().toLatin1();
        if (m_fresh.erase(nonce) == 0)
            m_violations.append(QStringLiteral("not a fresh nonce: ") + QString::fromLatin1(nonce));
        if (asked.head.contains(QLatin1String("kid")) == asked.head.contains(QLatin1String("jwk")))
            m_violations.append(QStringLiteral("there must be a kid or a jwk"));
        const auto isJose = [](const HttpHeader &header) {
            return header.name == "Content-Type" && header.value == "application/jose+json";
        };
        if (std::none_of(request.headers.begin(), request.headers.end(), isJose))
            m_violations.append(QStringLiteral("wrong content type"));
        return asked;
    }

    HttpResponse respond(const CaRequest &asked)
    {
        const auto found = m_handlers.find(asked.url.path());
        if (found != m_handlers.end())
            return found->second(asked);
        if (asked.url.path() == QLatin1String("/directory"))
            return reply(200, m_directory);
        if (asked.url.path() == QLatin1String("/new-nonce"))
            return reply(200, {});
        if (asked.url.path() == QLatin1String("/new-account"))
            return reply(201, {{QStringLiteral("status"), QStringLiteral("valid")}},
                         {{"location", "https://ca.example/account/1"}});
        return problem(404, "malformed", QStringLiteral("no such page"));
    }

    std::map<QString, Handler> m_handlers;
    std::vector<Error> m_lost;
    std::vector<CaRequest> m_requests;
    std::set<QByteArray> m_fresh;
    QStringList m_violations;
    int m_serial = 0;
    QJsonObject m_directory{
        {QStringLiteral("newNonce"), text("/new-nonce")},
        {QStringLiteral("newAccount"), text("/new-account")},
        {QStringLiteral("newOrder"), text("/new-order")},
        {QStringLiteral("revokeCert"), text("/revoke-cert")},
        {QStringLiteral("keyChange"), text("/key-change")},
        {QStringLiteral("meta"),
         QJsonObject{{QStringLiteral("termsOfService"), text("/terms")},
                     {QStringLiteral("caaIdentities"), QJsonArray{QStringLiteral("ca.example")}},
                     {QStringLiteral("profiles"),
                      QJsonObject{{QStringLiteral("classic"), QStringLiteral("the usual one")}}}}},
    };
};

} // namespace sealbook
