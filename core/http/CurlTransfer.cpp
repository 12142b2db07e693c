// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/CurlTransfer.h"

#include "core/base/Log.h"
#include "core/http/CurlError.h"
#include "core/http/CurlTransport.h"
#include "core/http/PrivateAddress.h"
#include "core/http/TrustRoots.h"

#include <QRegularExpression>

#include <cstring>

#ifndef Q_OS_WIN
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace sealbook {

static constexpr qint64 maxHeaderBytes = 64 * 1024;
static constexpr int maxHeaderLines = 100;
static constexpr long connectTimeoutMs = 10000;
static constexpr long rootsCacheSeconds = 24L * 3600;

static tl::unexpected<Error> badRequest(const QString &detail)
{
    return fail(Error::Kind::BadRequest, detail);
}

Result<> CurlHeaders::append(const QByteArray &name, std::string_view value)
{
    // A line break would smuggle in a header, or end them (RFC 9110 section 5.5).
    const bool badName = name.isEmpty()
        || std::any_of(name.begin(), name.end(), [](char c) { return c <= ' ' || c == ':'; });
    if (badName || value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
        return badRequest(QStringLiteral("The value of the header %1 cannot be sent: it holds a "
                                         "line break or a NUL byte.")
                              .arg(QString::fromLatin1(name)));
    // curl's way to send a header without a value is "Name;".
    const std::size_t size = std::size_t(name.size()) + 2 + value.size() + 1;
    Result<Secret> line = Secret::ofSize(size);
    if (!line)
        return fail(line.error(), "building a header");
    char *out = reinterpret_cast<char *>(line->writableBytes().data());
    std::memcpy(out, name.constData(), std::size_t(name.size()));
    out += name.size();
    if (value.empty()) {
        *out = ';';
    } else {
        *out++ = ':';
        *out++ = ' ';
        std::memcpy(out, value.data(), value.size());
    }
    appendRaw(line->text().data());
    return {};
}

void CurlHeaders::appendRaw(const char *line)
{
    if (curl_slist *list = curl_slist_append(m_list, line))
        m_list = list;
}

void CurlHeaders::clear()
{
    for (curl_slist *item = m_list; item; item = item->next)
        explicit_bzero(item->data, std::strlen(item->data));
    curl_slist_free_all(m_list);
    m_list = nullptr;
}

CurlTransfer::CurlTransfer(HttpRequest request, Deferred<HttpResponse> deferred)
    : m_request(std::move(request))
    , m_deferred(std::move(deferred))
    , m_easy(curl_easy_init())
    , m_url(curl_url())
{
}

Result<> CurlTransfer::prepare(const CurlTransportOptions &options, const TrustRoots &roots,
                               CURLSH *share)
{
    if (!m_easy || !m_url)
        return fail(Error::Kind::Internal, QStringLiteral("libcurl could not be started"));
    const Result<> url = setUrl(options);
    if (!url)
        return fail(url.error());
    const Result<> headers = setHeaders(options);
    if (!headers)
        return fail(headers.error());
    setMethod();
    setLimits();
    setTls(roots);

    CURL *easy = m_easy.get();
    curl_easy_setopt(easy, CURLOPT_SHARE, share);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_message.data());
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &CurlTransfer::takeHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CurlTransfer::takeBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    return {};
}

static bool isLoopback(const QString &host)
{
    // libcurl resolves "localhost" to loopback itself, without asking anybody.
    static const QRegularExpression loopbackV4(
        QStringLiteral("\\A127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\z"));
    return host == QLatin1String("localhost") || host == QLatin1String("::1")
        || loopbackV4.match(host).hasMatch();
}

// The port of the proxy that the environment names for a scheme, as curl reads it; 0 for none.
static int proxyPortFor(const QByteArray &scheme)
{
    QByteArray proxy = qgetenv((scheme + "_proxy").constData());
    if (proxy.isEmpty() && scheme != "http") // curl: HTTP_PROXY may be a request's header in CGI
        proxy = qgetenv((scheme.toUpper() + "_PROXY").constData());
    for (const char *name : {"all_proxy", "ALL_PROXY"}) {
        if (proxy.isEmpty())
            proxy = qgetenv(name);
    }
    if (proxy.isEmpty())
        return 0;
    if (!proxy.contains("://"))
        proxy.prepend("http://");
    return QUrl::fromEncoded(proxy).port(1080);
}

static int portOf(const sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, address, sizeof(four));
        return ntohs(four.sin_port);
    }
    sockaddr_in6 six{};
    std::memcpy(&six, address, sizeof(six));
    return ntohs(six.sin6_port);
}

Result<> CurlTransfer::setUrl(const CurlTransportOptions &options)
{
    const QUrl &url = m_request.url;
    m_host = url.host(QUrl::FullyEncoded).toLower();
    const QString shown = safeUrl(url);
    const bool plain = url.scheme() == QLatin1String("http");
    const bool plainAllowed = plain
        && (options.allowPlainHttp || (options.allowPlainHttpToLoopback && isLoopback(m_host)));
    if (!url.isValid() || m_host.isEmpty())
        return badRequest(QStringLiteral("The address \"%1\" is not valid.").arg(shown));
    if (url.scheme() != QLatin1String("https") && !plainAllowed)
        return badRequest(
            QStringLiteral("The address %1 does not start with https://.").arg(shown));
    if (!url.userInfo().isEmpty())
        return badRequest(QStringLiteral("The address %1 holds a user name.").arg(shown));
    if (!options.allowedHosts.isEmpty() && !options.allowedHosts.contains(m_host))
        return badRequest(
            QStringLiteral("The host %1 is not one that may be asked here.").arg(m_host));

    // curl gets its own parse of the address, and both parsers must see the same host: where two
    // parsers differ, the one that checks is not the one that connects.
    const QByteArray encoded = url.toEncoded(QUrl::RemoveFragment);
    if (curl_url_set(m_url.get(), CURLUPART_URL, encoded.constData(), 0) != CURLUE_OK)
        return badRequest(QStringLiteral("The address \"%1\" is not valid.").arg(shown));
    char *parsed = nullptr;
    curl_url_get(m_url.get(), CURLUPART_HOST, &parsed, 0);
    QString curlHost = QString::fromLatin1(parsed).toLower();
    curl_free(parsed);
    if (curlHost.startsWith(QLatin1Char('[')))
        curlHost = curlHost.mid(1, curlHost.size() - 2);
    if (curlHost != m_host)
        return badRequest(QStringLiteral("The address \"%1\" is ambiguous.").arg(shown));

    CURL *easy = m_easy.get();
    curl_easy_setopt(easy, CURLOPT_CURLU, m_url.get());
    const char *protocols = plainAllowed ? "http,https" : "https";
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NETRC, long(CURL_NETRC_IGNORED));
    if (isLoopback(m_host))
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
    else
        m_proxyPort = proxyPortFor(url.scheme().toLatin1());
    m_guardsAddresses = options.refusesPrivateAddresses;
    if (m_guardsAddresses) {
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::openSocket);
        curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    }
    return {};
}

// Called for each address that curl is about to connect to, after its name was resolved: a name
// that leads elsewhere the second time cannot get round it.
curl_socket_t CurlTransfer::openSocket(void *self, curlsocktype purpose, curl_sockaddr *address)
{
    Q_UNUSED(purpose)
    auto *transfer = static_cast<CurlTransfer *>(self);
    const sockaddr *to = &address->addr;
    if (isPrivateAddress(to) && portOf(to) != transfer->m_proxyPort) {
        transfer->m_refusedAddress = addressText(to);
        return CURL_SOCKET_BAD;
    }
#ifdef SOCK_CLOEXEC
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
    return ::socket(address->family, address->socktype, address->protocol);
#endif
}

Result<> CurlTransfer::setHeaders(const CurlTransportOptions &options)
{
    bool hasContentType = false;
    for (const HttpHeader &header : m_request.headers) {
        hasContentType |= header.name.compare("content-type", Qt::CaseInsensitive) == 0;
        const std::string_view value(header.value.constData(), std::size_t(header.value.size()));
        const Result<> added = m_headers.append(header.name, value);
        if (!added)
            return fail(added.error());
    }
    for (const SecretHeader &header : m_request.secretHeaders) {
        const Result<> added = m_headers.append(header.name, header.value.text());
        if (!added)
            return fail(added.error());
    }
    if (!hasContentType)
        m_headers.appendRaw("Content-Type:"); // else curl claims that a body is a form
    m_headers.appendRaw("Expect:"); // costs a round trip, helps nobody here
    curl_easy_setopt(m_easy.get(), CURLOPT_HTTPHEADER, m_headers.list());
    const QByteArray agent =
        options.userAgent.isEmpty() ? QByteArray("Sealbook/" SEALBOOK_VERSION) : options.userAgent;
    curl_easy_setopt(m_easy.get(), CURLOPT_USERAGENT, agent.constData());
    return {};
}

void CurlTransfer::setMethod()
{
    CURL *easy = m_easy.get();
    const QByteArray &method = m_request.method;
    if (method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    const bool carriesBody = method == "POST" || method == "PUT" || method == "PATCH";
    if (carriesBody || !m_request.body.isEmpty()) {
        // curl reads from our buffer: m_request lives as long as the handle.
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_request.body.constData());
    }
    if (method != "GET" || !m_request.body.isEmpty())
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method.constData());
}

void CurlTransfer::setLimits()
{
    CURL *easy = m_easy.get();
    const long timeout = std::clamp(long(m_request.timeout.count()), 1L, 3600000L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connectTimeoutMs);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // Else giving up a transfer waits for the thread that still resolves its name.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

void CurlTransfer::setTls(const TrustRoots &roots)
{
    CURL *easy = m_easy.get();
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    if (!roots.folder.isEmpty() || !roots.bundlePath.isEmpty()) {
        const auto pathOrNull = [](const QByteArray &path) {
            return path.isEmpty() ? nullptr : path.constData();
        };
        curl_easy_setopt(easy, CURLOPT_CAINFO, pathOrNull(roots.bundlePath));
        curl_easy_setopt(easy, CURLOPT_CAPATH, pathOrNull(roots.folder));
        // A bundle is parsed once for all connections of the transport.
        curl_easy_setopt(easy, CURLOPT_CA_CACHE_TIMEOUT, rootsCacheSeconds);
    }
    if (!roots.blob.isEmpty()) {
        curl_blob blob{};
        blob.data = const_cast<char *>(roots.blob.constData());
        blob.len = std::size_t(roots.blob.size());
        blob.flags = CURL_BLOB_NOCOPY; // the transport keeps it
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
    }
}

size_t CurlTransfer::takeHeader(char *bytes, size_t size, size_t count, void *self)
{
    auto *transfer = static_cast<CurlTransfer *>(self);
    const qsizetype length = qsizetype(size * count);
    return transfer->addHeaderLine(QByteArray(bytes, length)) ? size * count : 0;
}

bool CurlTransfer::addHeaderLine(QByteArray line)
{
    m_headerBytes += line.size();
    ++m_headerLines;
    if (m_headerBytes > maxHeaderBytes || m_headerLines > maxHeaderLines) {
        m_tooManyHeaders = true;
        return false;
    }
    line = line.trimmed();
    if (line.startsWith("HTTP/")) { // an interim reply's headers are not the reply's
        m_response.headers.clear();
        m_headersComplete = false;
        return true;
    }
    m_headersComplete |= line.isEmpty();
    const qsizetype colon = line.indexOf(':');
    if (colon > 0)
        m_response.headers.push_back({line.left(colon).toLower(), line.mid(colon + 1).trimmed()});
    return true;
}

size_t CurlTransfer::takeBody(char *bytes, size_t size, size_t count, void *self)
{
    // curl has undone gzip, brotli and zstd by now: the cap counts what would fill memory.
    auto *transfer = static_cast<CurlTransfer *>(self);
    const qsizetype length = qsizetype(size * count);
    if (transfer->m_response.body.size() + length > transfer->m_request.bodyLimit) {
        transfer->m_bodyTooLarge = true;
        return 0;
    }
    transfer->m_response.body.append(bytes, length);
    return size * count;
}

void CurlTransfer::finish(CURLcode code)
{
    m_headers.clear();
    m_request.secretHeaders.clear();
    // A connection that ends inside the headers is a success to curl.
    if (code == CURLE_OK && !m_headersComplete)
        code = CURLE_PARTIAL_FILE;
    if (code != CURLE_OK) {
        m_deferred.settle(fail(errorOf(code)));
        return;
    }
    long status = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_RESPONSE_CODE, &status);
    m_response.status = int(status);
    m_deferred.settle(std::move(m_response));
}

void CurlTransfer::abandon(Error error)
{
    m_headers.clear();
    m_deferred.settle(fail(std::move(error)));
}

Error CurlTransfer::errorOf(CURLcode code) const
{
    CurlFailure failure;
    failure.code = code;
    failure.host = m_host;
    failure.port = m_request.url.port(m_request.url.scheme() == QLatin1String("http") ? 80 : 443);
    failure.url = safeUrl(m_request.url);
    failure.message = QByteArray(m_message.data());
    failure.timeout = m_request.timeout;
    long systemError = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_OS_ERRNO, &systemError);
    failure.systemError = int(systemError);
    curl_off_t connectTime = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_CONNECT_TIME_T, &connectTime);
    failure.connected = connectTime > 0;
    Error error = curlError(failure);
    if (!m_refusedAddress.isEmpty() && !failure.connected) {
        error = Error();
        error.kind = Error::Kind::PolicyDenied;
        error.detail = QStringLiteral("%1 leads to %2, an address of this machine or its network.")
                           .arg(m_host, m_refusedAddress);
        error.advice = QStringLiteral("Nothing was sent. Ask there only if you know the place.");
        error.evidence.insert(QStringLiteral("private_address"), m_refusedAddress);
    }
    if (m_bodyTooLarge)
        error.detail = QStringLiteral("The reply of %1 is larger than %2 KiB.")
                           .arg(m_host)
                           .arg(m_request.bodyLimit / 1024);
    if (m_tooManyHeaders)
        error.detail = QStringLiteral("The reply of %1 has too many headers.").arg(m_host);
    if (m_bodyTooLarge || m_tooManyHeaders)
        error.advice = QStringLiteral("No honest reply is like that: check the address.");
    return error;
}

} // namespace sealbook
