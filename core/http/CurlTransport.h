// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/HttpTransport.h"

#include <QStringList>

#include <memory>

namespace sealbook {

struct CurlTransportOptions
{
    QString caFile; // PEM, trusted besides the system's roots
    QByteArray userAgent; // empty: "Sealbook/<version>"
    QStringList allowedHosts; // lower case; empty: every host
    // The one way to speak without TLS, and only to this machine: a self-hosted PowerDNS API.
    bool allowPlainHttpToLoopback = false;
    // For what needs no TLS because it is signed itself: CRLs, OCSP answers, issuers' certificates.
    bool allowPlainHttp = false;
    // For addresses that strangers wrote: no request goes to this machine or into its network
    // (PolicyDenied, with "private_address" as evidence). A proxy of the environment may be there.
    bool refusesPrivateAddresses = false;
};

// HTTPS through libcurl's multi socket interface on the main thread's event loop. Owned by
// Services, one for each credential or account, because connections belong to it and stay warm in
// it. Follows no redirect, reads no netrc, keeps no cookie, verifies peer and host, and speaks
// TLS 1.2 or newer. A proxy is taken from the environment, as curl does, but never for loopback.
// MUST outlive its tasks; what is under way when it dies ends with Cancelled.
class CurlTransport final : public HttpTransport
{
public:
    explicit CurlTransport(CurlTransportOptions options = {});
    ~CurlTransport() override;

    [[nodiscard]] Task<HttpResponse> send(HttpRequest request, std::stop_token stop) override;
    [[nodiscard]] int requestCount() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

// The version of the libcurl that is loaded: "8.14.1".
[[nodiscard]] QString httpLibraryVersion();

} // namespace sealbook
