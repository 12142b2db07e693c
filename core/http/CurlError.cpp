// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/CurlError.h"

#include <cerrno>

namespace sealbook {

static const QString checkNetwork =
    QStringLiteral("Check this machine's network connection, then try again.");

struct Words
{
    Error::Kind kind = Error::Kind::Network;
    QString detail;
    QString advice;
};

static Words timeoutWords(const CurlFailure &failure)
{
    if (!failure.connected)
        return {Error::Kind::Timeout,
                QStringLiteral("%1 did not accept a connection on port %2 in time.")
                    .arg(failure.host)
                    .arg(failure.port),
                QStringLiteral("A firewall may block the way, or the server is down.")};
    return {
        Error::Kind::Timeout,
        QStringLiteral("%1 did not answer within %2 s.")
            .arg(failure.host, QString::number(double(failure.timeout.count()) / 1000.0, 'g', 3)),
        QStringLiteral("The server is slow or hangs; try again later.")};
}

static Words connectWords(const CurlFailure &failure)
{
    if (failure.systemError == ECONNREFUSED)
        return {Error::Kind::Network,
                QStringLiteral("%1 refused the connection on port %2.")
                    .arg(failure.host)
                    .arg(failure.port),
                QStringLiteral("Nothing listens there: check the address and the port.")};
    return {Error::Kind::Network,
            QStringLiteral("No connection to %1 on port %2: %3.")
                .arg(failure.host)
                .arg(failure.port)
                .arg(failure.systemError ? qt_error_string(failure.systemError)
                                         : QString::fromUtf8(failure.message)),
            checkNetwork};
}

static Words certificateWords(const CurlFailure &failure)
{
    const QString host = failure.host;
    const QByteArray &message = failure.message;
    if (message.contains("expired"))
        return {
            Error::Kind::Network,
            QStringLiteral("The TLS certificate of %1 has expired.").arg(host),
            QStringLiteral("If this machine's clock is right, the server's owner must renew it.")};
    if (message.contains("not yet valid"))
        return {Error::Kind::Network,
                QStringLiteral("The TLS certificate of %1 is not valid yet.").arg(host),
                QStringLiteral("Check this machine's clock.")};
    if (message.contains("subject name") || message.contains("hostname mismatch")
        || message.contains("IP address mismatch"))
        return {Error::Kind::Network,
                QStringLiteral("The TLS certificate of %1 is for another name.").arg(host),
                QStringLiteral("The address is wrong, or somebody stands between.")};
    if (message.contains("self-signed") || message.contains("self signed")
        || message.contains("local issuer"))
        return {
            Error::Kind::Network,
            QStringLiteral("The TLS certificate of %1 comes from an authority that this machine "
                           "does not trust.")
                .arg(host),
            QStringLiteral("For a server of your own, name its CA certificate as CA file.")};
    return {
        Error::Kind::Network,
        QStringLiteral("The TLS certificate of %1 was refused: %2.")
            .arg(host, QString::fromUtf8(message)),
        QStringLiteral("Certificate checks are never switched off; fix the server's certificate.")};
}

static Words wordsFor(const CurlFailure &failure)
{
    const QString host = failure.host;
    switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return {Error::Kind::Network,
                QStringLiteral("The name %1 could not be resolved.").arg(host),
                QStringLiteral("Check the spelling of the address, and this machine's DNS.")};
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return {Error::Kind::Network,
                QStringLiteral("The proxy for %1 cannot be used: %2.")
                    .arg(host, QString::fromUtf8(failure.message)),
                QStringLiteral("Check the proxy settings of your session (https_proxy).")};
    case CURLE_COULDNT_CONNECT:
        return connectWords(failure);
    case CURLE_OPERATION_TIMEDOUT:
        return timeoutWords(failure);
    case CURLE_PEER_FAILED_VERIFICATION:
        return certificateWords(failure);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_SHUTDOWN_FAILED:
        return {
            Error::Kind::Network,
            QStringLiteral("No TLS connection to %1: %2.")
                .arg(host, QString::fromUtf8(failure.message)),
            QStringLiteral("The server must offer TLS 1.2 or newer on port %1.").arg(failure.port)};
    case CURLE_SSL_CACERT_BADFILE:
        return {Error::Kind::Network,
                QStringLiteral("The list of trusted CA certificates cannot be read."),
                QStringLiteral("Install the package ca-certificates, or check SSL_CERT_FILE.")};
    case CURLE_BAD_CONTENT_ENCODING:
        return {Error::Kind::Network,
                QStringLiteral("The reply of %1 is compressed in a broken way.").arg(host),
                checkNetwork};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return {Error::Kind::Network, QStringLiteral("%1 does not speak HTTP.").arg(host),
                QStringLiteral("Check the address and the port.")};
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return {
            Error::Kind::Network,
            QStringLiteral("%1 broke the connection off before its reply was complete.").arg(host),
            checkNetwork};
    default:
        return {Error::Kind::Network,
                QStringLiteral("The exchange with %1 failed: %2.")
                    .arg(host,
                         failure.message.isEmpty()
                             ? QString::fromLatin1(curl_easy_strerror(failure.code))
                             : QString::fromUtf8(failure.message)),
                checkNetwork};
    }
}

Error curlError(const CurlFailure &failure)
{
    Words words = wordsFor(failure);
    Error error;
    error.kind = words.kind;
    error.detail = std::move(words.detail);
    error.advice = std::move(words.advice);
    error.evidence = {{QStringLiteral("host"), failure.host},
                      {QStringLiteral("url"), failure.url},
                      {QStringLiteral("curl"), int(failure.code)},
                      {QStringLiteral("message"), QString::fromUtf8(failure.message)}};
    return error;
}

} // namespace sealbook
