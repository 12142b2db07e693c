// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/x509/OpensslHandles.h"

#include <QByteArray>
#include <QString>

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <vector>

namespace sealbook {

using SslCtxPtr = std::unique_ptr<SSL_CTX, OpensslFree<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, OpensslFree<SSL_free>>;

// What a TLS server shows in a handshake.
struct TlsFacts
{
    QString protocol; // "TLS 1.3"
    QString cipher; // "TLS_AES_256_GCM_SHA384"
    QString alpn; // "h2"; empty where none was agreed on
    bool asksClientCertificate = false;
    QByteArray staple; // an OCSP response that came along, DER
    std::vector<QByteArray> chain; // DER, in the server's order, the leaf first
};

// The client's side of one TLS handshake over memory: it is fed what the server sends and says what
// to send. It offers all that OpenSSL can still do, TLS 1.0 included, and accepts every
// certificate, because it is there to see what is served; nobody may send anything of worth over
// it. Owned by one probe.
class TlsHandshake
{
public:
    struct Options
    {
        QString serverName; // empty: no SNI
        bool offersAlpn = true;
        int newestVersion = 0; // TLS1_2_VERSION; 0 = the newest there is
    };

    // Shared by all handshakes of a probe.
    [[nodiscard]] static Result<SslCtxPtr> makeContext();
    [[nodiscard]] static Result<std::unique_ptr<TlsHandshake>> make(SSL_CTX *context,
                                                                    const Options &options);
    TlsHandshake(const TlsHandshake &) = delete;
    TlsHandshake &operator=(const TlsHandshake &) = delete;

    [[nodiscard]] Result<QByteArray> start() { return feed({}); }
    // Gives what to send now. Fails with Network when the handshake cannot succeed; what the server
    // showed until then stays.
    [[nodiscard]] Result<QByteArray> feed(const QByteArray &bytes);
    [[nodiscard]] bool isDone() const { return m_isDone; }
    [[nodiscard]] QByteArray closing(); // a close_notify, once the handshake is done

    [[nodiscard]] const TlsFacts &facts() const { return m_facts; }
    [[nodiscard]] std::optional<int> alert() const { return m_alert; } // of the server's, if fatal
    // "nothing", "TLS 1.2", "SSL 3.0": by the version of its records.
    [[nodiscard]] QString serverRecords() const;
    [[nodiscard]] QString offer() const; // "TLS 1.0 to TLS 1.3, 60 cipher suites"

private:
    TlsHandshake() = default;
    static int onCertificates(X509_STORE_CTX *store, void *unused);
    static int onCertificateRequest(SSL *ssl, X509 **certificate, EVP_PKEY **key);
    static void onInfo(const SSL *ssl, int where, int value);
    void readFacts();
    [[nodiscard]] Error failure(int code) const;

    SslPtr m_ssl;
    BIO *m_in = nullptr; // m_ssl's
    BIO *m_out = nullptr; // m_ssl's
    TlsFacts m_facts;
    QByteArray m_firstBytes; // of the server's
    std::optional<int> m_alert;
    int m_newestVersion = 0;
    bool m_isDone = false;
};

[[nodiscard]] QString tlsAlertName(int alert); // "handshake_failure"

} // namespace sealbook
