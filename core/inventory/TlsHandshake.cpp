// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/TlsHandshake.h"

#include "core/inventory/StarttlsTalk.h"
#include "core/x509/OpensslErrors.h"

#include <openssl/err.h>

#include <array>

namespace sealbook {

namespace {

constexpr qsizetype keptBytes = 256;
constexpr long longestCertificates = 200L * 1024;
constexpr int mostCertificates = 32;

QByteArray drained(BIO *bio)
{
    QByteArray bytes(static_cast<qsizetype>(BIO_ctrl_pending(bio)), '\0');
    const int size = bytes.isEmpty() ? 0 : BIO_read(bio, bytes.data(), int(bytes.size()));
    bytes.truncate(std::max(size, 0));
    return bytes;
}

QString versionName(int version)
{
    switch (version) {
    case SSL3_VERSION:
        return QStringLiteral("SSL 3.0");
    case TLS1_VERSION:
        return QStringLiteral("TLS 1.0");
    case TLS1_1_VERSION:
        return QStringLiteral("TLS 1.1");
    case TLS1_2_VERSION:
        return QStringLiteral("TLS 1.2");
    case TLS1_3_VERSION:
        return QStringLiteral("TLS 1.3");
    default:
        return QStringLiteral("version %1").arg(version, 4, 16, QLatin1Char('0'));
    }
}

} // namespace

QString tlsAlertName(int alert)
{
    // RFC 8446 section 6 and the registry, in its spelling.
    static const std::array names{std::pair{0, "close_notify"},
                                  std::pair{10, "unexpected_message"},
                                  std::pair{20, "bad_record_mac"},
                                  std::pair{22, "record_overflow"},
                                  std::pair{40, "handshake_failure"},
                                  std::pair{42, "bad_certificate"},
                                  std::pair{43, "unsupported_certificate"},
                                  std::pair{46, "certificate_unknown"},
                                  std::pair{47, "illegal_parameter"},
                                  std::pair{48, "unknown_ca"},
                                  std::pair{49, "access_denied"},
                                  std::pair{50, "decode_error"},
                                  std::pair{51, "decrypt_error"},
                                  std::pair{70, "protocol_version"},
                                  std::pair{71, "insufficient_security"},
                                  std::pair{80, "internal_error"},
                                  std::pair{86, "inappropriate_fallback"},
                                  std::pair{90, "user_canceled"},
                                  std::pair{109, "missing_extension"},
                                  std::pair{110, "unsupported_extension"},
                                  std::pair{112, "unrecognized_name"},
                                  std::pair{116, "certificate_required"},
                                  std::pair{120, "no_application_protocol"}};
    for (const auto &[number, name] : names) {
        if (number == alert)
            return QLatin1String(name);
    }
    return QStringLiteral("alert %1").arg(alert);
}

Result<SslCtxPtr> TlsHandshake::makeContext()
{
    SslCtxPtr context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX *raw = context.get();
    // Level 0: old servers show their certificate too, and are told to be old.
    if (raw == nullptr || SSL_CTX_set_cipher_list(raw, "ALL:@SECLEVEL=0") != 1
        || SSL_CTX_set_min_proto_version(raw, TLS1_VERSION) != 1)
        return opensslFail(Error::Kind::Internal, QStringLiteral("OpenSSL cannot begin TLS"));
    SSL_CTX_set_options(raw, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_NO_TICKET);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_verify(raw, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_cert_verify_callback(raw, &TlsHandshake::onCertificates, nullptr);
    SSL_CTX_set_client_cert_cb(raw, &TlsHandshake::onCertificateRequest);
    SSL_CTX_set_info_callback(raw, &TlsHandshake::onInfo);
    SSL_CTX_set_max_cert_list(raw, longestCertificates);
    return context;
}

Result<std::unique_ptr<TlsHandshake>> TlsHandshake::make(SSL_CTX *context, const Options &options)
{
    std::unique_ptr<TlsHandshake> handshake(new TlsHandshake);
    handshake->m_ssl.reset(SSL_new(context));
    SSL *ssl = handshake->m_ssl.get();
    BioPtr in(BIO_new(BIO_s_mem()));
    BioPtr out(BIO_new(BIO_s_mem()));
    bool ready = ssl != nullptr && in && out;
    if (ready) {
        BIO_set_mem_eof_return(in.get(), -1);
        handshake->m_in = in.get();
        handshake->m_out = out.get();
        SSL_set_bio(ssl, in.release(), out.release());
        SSL_set_app_data(ssl, handshake.get());
        SSL_set_connect_state(ssl);
        SSL_set_tlsext_status_type(ssl, TLSEXT_STATUSTYPE_ocsp);
    }
    if (ready && !options.serverName.isEmpty())
        ready = SSL_set_tlsext_host_name(ssl, options.serverName.toLatin1().constData()) == 1;
    if (ready && options.offersAlpn) {
        static const std::array<unsigned char, 12> protocols{2,   'h', '2', 8,   'h', 't',
                                                             't', 'p', '/', '1', '.', '1'};
        ready = SSL_set_alpn_protos(ssl, protocols.data(), protocols.size()) == 0; // 0 is success
    }
    if (ready && options.newestVersion != 0)
        ready = SSL_set_max_proto_version(ssl, options.newestVersion) == 1;
    if (!ready)
        return opensslFail(Error::Kind::Internal, QStringLiteral("OpenSSL cannot begin TLS"));
    handshake->m_newestVersion =
        options.newestVersion != 0 ? options.newestVersion : TLS1_3_VERSION;
    return handshake;
}

// Called with what the server showed, whatever it is worth; all are accepted.
int TlsHandshake::onCertificates(X509_STORE_CTX *store, void *)
{
    auto *ssl =
        static_cast<SSL *>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto *self = static_cast<TlsHandshake *>(SSL_get_app_data(ssl));
    const STACK_OF(X509) *shown = X509_STORE_CTX_get0_untrusted(store);
    const int count = std::min(sk_X509_num(shown), mostCertificates);
    for (int i = 0; i < count; ++i) {
        X509 *x509 = sk_X509_value(shown, i);
        QByteArray der(std::max(i2d_X509(x509, nullptr), 0), '\0');
        auto *out = reinterpret_cast<unsigned char *>(der.data());
        i2d_X509(x509, &out);
        self->m_facts.chain.push_back(std::move(der));
    }
    self->readFacts(); // for the case that nothing follows
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
}

int TlsHandshake::onCertificateRequest(SSL *ssl, X509 **, EVP_PKEY **)
{
    static_cast<TlsHandshake *>(SSL_get_app_data(ssl))->m_facts.asksClientCertificate = true;
    return 0; // none
}

void TlsHandshake::onInfo(const SSL *ssl, int where, int value)
{
    constexpr int fatal = 2;
    if ((where & SSL_CB_READ) != 0 && (where & SSL_CB_ALERT) != 0 && value >> 8 == fatal)
        static_cast<TlsHandshake *>(SSL_get_app_data(ssl))->m_alert = value & 0xff;
}

void TlsHandshake::readFacts()
{
    SSL *ssl = m_ssl.get();
    m_facts.protocol = versionName(SSL_version(ssl));
    if (const SSL_CIPHER *cipher = SSL_get_pending_cipher(ssl))
        m_facts.cipher = QString::fromLatin1(SSL_CIPHER_standard_name(cipher));
    if (const SSL_CIPHER *cipher = SSL_get_current_cipher(ssl); cipher && m_isDone)
        m_facts.cipher = QString::fromLatin1(SSL_CIPHER_standard_name(cipher));
    const unsigned char *alpn = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(ssl, &alpn, &size);
    m_facts.alpn = quotedWords(QByteArray(reinterpret_cast<const char *>(alpn), int(size)));
    const unsigned char *staple = nullptr;
    const long stapleSize = SSL_get_tlsext_status_ocsp_resp(ssl, &staple);
    m_facts.staple =
        QByteArray(reinterpret_cast<const char *>(staple), stapleSize > 0 ? int(stapleSize) : 0);
}

Result<QByteArray> TlsHandshake::feed(const QByteArray &bytes)
{
    if (m_isDone)
        return QByteArray(); // what a server says unasked is of no interest
    if (m_firstBytes.size() < keptBytes)
        m_firstBytes += bytes.left(keptBytes - m_firstBytes.size());
    if (!bytes.isEmpty())
        BIO_write(m_in, bytes.constData(), int(bytes.size()));
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl.get());
    const int code = SSL_get_error(m_ssl.get(), result);
    if (result != 1 && code != SSL_ERROR_WANT_READ && code != SSL_ERROR_WANT_WRITE)
        return fail(failure(code));
    if (result == 1) {
        m_isDone = true;
        readFacts();
    }
    return drained(m_out);
}

QByteArray TlsHandshake::closing()
{
    if (!m_isDone)
        return {};
    ERR_clear_error();
    SSL_shutdown(m_ssl.get());
    ERR_clear_error();
    return drained(m_out);
}

QString TlsHandshake::serverRecords() const
{
    // A record: type 20 to 23, major version 3.
    if (m_firstBytes.isEmpty())
        return QStringLiteral("nothing");
    const auto type = static_cast<unsigned char>(m_firstBytes.at(0));
    if (m_firstBytes.size() < 3 || type < 20 || type > 23 || m_firstBytes.at(1) != 3)
        return {};
    return versionName(0x300 | static_cast<unsigned char>(m_firstBytes.at(2)));
}

QString TlsHandshake::offer() const
{
    const STACK_OF(SSL_CIPHER) *ciphers = SSL_get_ciphers(m_ssl.get());
    return QStringLiteral("TLS 1.0 to %1, %2 cipher suites")
        .arg(versionName(m_newestVersion))
        .arg(sk_SSL_CIPHER_num(ciphers));
}

Error TlsHandshake::failure(int code) const
{
    const unsigned long reason = ERR_peek_error();
    const QString words = opensslReason();
    Error error;
    error.kind = Error::Kind::Network;
    const QString records = serverRecords();
    const QString protocol = protocolOfBytes(m_firstBytes);
    if (m_alert) {
        error.detail = QStringLiteral("the server ended the TLS handshake with the alert %1")
                           .arg(tlsAlertName(*m_alert));
        error.evidence.insert(QStringLiteral("alert"), tlsAlertName(*m_alert));
    } else if (!protocol.isEmpty()) {
        error.detail = QStringLiteral("the server does not speak TLS here; this looks like %1 "
                                      "(\"%2\")")
                           .arg(protocol, quotedWords(m_firstBytes).left(60));
    } else if (records.isEmpty()) {
        error.detail = QStringLiteral("the server does not speak TLS here");
    } else if (ERR_GET_REASON(reason) == SSL_R_EXCESSIVE_MESSAGE_SIZE) {
        error.detail = QStringLiteral("the server's chain of certificates is larger than %1 KiB")
                           .arg(longestCertificates / 1024);
    } else {
        error.detail = QStringLiteral("the TLS handshake failed (%1)")
                           .arg(words.isEmpty() ? QStringLiteral("code %1").arg(code) : words);
    }
    error.evidence.insert(QStringLiteral("offered"), offer());
    error.evidence.insert(QStringLiteral("server_records"), records);
    if (records == QLatin1String("SSL 3.0"))
        error.detail += QStringLiteral("; the server speaks SSL 3.0");
    return error;
}

} // namespace sealbook
