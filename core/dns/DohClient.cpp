// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DohClient.h"

#include "core/dns/DnsMessage.h"
#include "core/http/HttpTransport.h"

#include <QElapsedTimer>

namespace sealbook {

namespace {

constexpr const char *messageType = "application/dns-message"; // RFC 8484 section 6
constexpr qint64 mostBytes = 65535; // of a DNS message

tl::unexpected<Error> unusable(Error::Kind kind, const QUrl &url, const QString &detail)
{
    return fail(kind, QStringLiteral("%1 %2").arg(url.host(), detail));
}

// "application/dns-message; charset=…" is one too (RFC 9110 section 8.3.1).
bool isDnsMessage(const QByteArray &contentType)
{
    return contentType.split(';').constFirst().trimmed().toLower() == messageType;
}

Result<DnsReply> readResponse(const HttpResponse &response, const QUrl &url, const QByteArray &sent,
                              const DnsQuestion &question)
{
    if (response.status != 200)
        return unusable(Error::Kind::Network, url,
                        QStringLiteral("answers with HTTP status %1").arg(response.status));
    if (!isDnsMessage(response.header("content-type")))
        return unusable(Error::Kind::Corrupt, url, QStringLiteral("sends no DNS message"));
    if (!isReplyTo(response.body, sent))
        return unusable(Error::Kind::Corrupt, url,
                        QStringLiteral("answers another question than the one asked"));
    return parseReply(response.body, question);
}

Task<DnsReply> askOne(HttpTransport *transport, QUrl url, DnsQuestion question,
                      std::chrono::milliseconds limit, std::stop_token stop)
{
    if (url.scheme() != QLatin1String("https"))
        co_return unusable(Error::Kind::BadRequest, url,
                           QStringLiteral("is asked over https only"));
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = {{"Accept", messageType}, {"Content-Type", messageType}};
    request.body = packQuestion(question, 0); // RFC 8484 section 4.1: the same bytes each time
    request.bodyLimit = mostBytes;
    request.timeout = limit;
    const QByteArray sent = request.body;
    QElapsedTimer since;
    since.start();
    Task<HttpResponse> sending = transport->send(std::move(request), stop);
    const Result<HttpResponse> response = co_await std::move(sending);
    if (!response)
        co_return fail(response.error());
    Result<DnsReply> reply = readResponse(*response, url, sent, question);
    if (reply)
        reply->roundTrip = std::chrono::milliseconds(since.elapsed());
    co_return reply;
}

} // namespace

Task<DnsReply> DohClient::ask(QUrl url, DnsQuestion question, std::chrono::milliseconds limit,
                              std::stop_token stop)
{
    return askOne(&m_transport, std::move(url), std::move(question), limit, std::move(stop));
}

} // namespace sealbook
