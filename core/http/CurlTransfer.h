// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/HttpTransport.h"

#include <curl/curl.h>

#include <array>
#include <memory>

namespace sealbook {

struct CurlTransportOptions;
struct TrustRoots;

template <auto freeFunction>
struct CurlFree
{
    template <typename T>
    void operator()(T *object) const
    {
        freeFunction(object);
    }
};
using CurlEasyPtr = std::unique_ptr<CURL, CurlFree<curl_easy_cleanup>>;
using CurlUrlPtr = std::unique_ptr<CURLU, CurlFree<curl_url_cleanup>>;

// A curl_slist of header lines that may hold secrets: every line is overwritten before it is freed.
class CurlHeaders
{
public:
    CurlHeaders() = default;
    ~CurlHeaders() { clear(); }
    CurlHeaders(const CurlHeaders &) = delete;
    CurlHeaders &operator=(const CurlHeaders &) = delete;

    [[nodiscard]] Result<> append(const QByteArray &name, std::string_view value);
    void appendRaw(const char *line);
    void clear();
    [[nodiscard]] curl_slist *list() const { return m_list; }

private:
    curl_slist *m_list = nullptr;
};

// One exchange: its easy handle, the request that the handle reads from, and the reply as it grows,
// within the caps. Owned by CurlTransport from prepare() to finish(); does not move, because curl
// holds its address.
class CurlTransfer
{
public:
    CurlTransfer(HttpRequest request, Deferred<HttpResponse> deferred);

    // Checks the request against `options` and tells curl everything. Sends nothing.
    [[nodiscard]] Result<> prepare(const CurlTransportOptions &options, const TrustRoots &roots,
                                   CURLSH *share);
    // Hands the reply, or what went wrong, to who waits; wipes the secrets.
    void finish(CURLcode code);
    void abandon(Error error);

    [[nodiscard]] CURL *easy() const { return m_easy.get(); }

private:
    [[nodiscard]] Result<> setUrl(const CurlTransportOptions &options);
    [[nodiscard]] Result<> setHeaders(const CurlTransportOptions &options);
    void setMethod();
    void setLimits();
    void setTls(const TrustRoots &roots);
    [[nodiscard]] Error errorOf(CURLcode code) const;

    static curl_socket_t openSocket(void *self, curlsocktype purpose, curl_sockaddr *address);
    static size_t takeHeader(char *bytes, size_t size, size_t count, void *self);
    static size_t takeBody(char *bytes, size_t size, size_t count, void *self);
    [[nodiscard]] bool addHeaderLine(QByteArray line);

    HttpRequest m_request;
    Deferred<HttpResponse> m_deferred;
    CurlEasyPtr m_easy;
    CurlUrlPtr m_url;
    CurlHeaders m_headers;
    QString m_host;
    HttpResponse m_response;
    std::array<char, CURL_ERROR_SIZE> m_message{};
    qint64 m_headerBytes = 0;
    int m_headerLines = 0;
    bool m_headersComplete = false;
    bool m_tooManyHeaders = false;
    bool m_bodyTooLarge = false;
    bool m_guardsAddresses = false;
    int m_proxyPort = 0; // of the environment's proxy for this request; 0: none
    QString m_refusedAddress;
};

} // namespace sealbook
