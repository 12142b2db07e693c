// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/x509/OpensslHandles.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace sealbook {

// A certificate, parsed (RFC 5280). A shared, read-only value.
class Certificate
{
public:
    struct Extension
    {
        QString name; // "Key Usage"
        QString oid;
        bool critical = false;
        QString value; // in words, lines separated by \n
    };

    [[nodiscard]] static Result<Certificate> fromDer(const QByteArray &der);

    [[nodiscard]] QByteArray der() const { return m_der; }
    [[nodiscard]] QByteArray pem() const;
    [[nodiscard]] QString sha256() const; // 64 lower-case hex digits
    [[nodiscard]] QStringList names() const; // SANs: dNSName, iPAddress as text; NUL bytes escaped
    [[nodiscard]] QString subject() const; // RFC 4514
    [[nodiscard]] QString commonName() const;
    [[nodiscard]] QString issuer() const; // RFC 4514
    [[nodiscard]] QString issuerShort() const; // organisation, else common name
    [[nodiscard]] QString serial() const; // lower-case hex
    [[nodiscard]] QDateTime notBefore() const;
    [[nodiscard]] QDateTime notAfter() const;
    [[nodiscard]] QString keyAlgorithm() const;
    [[nodiscard]] QString signatureAlgorithm() const;
    [[nodiscard]] QString publicKeySha256() const;
    [[nodiscard]] bool isCa() const;
    [[nodiscard]] bool isSelfIssued() const;
    [[nodiscard]] std::vector<Extension> extensions() const;
    [[nodiscard]] bool isIssuedBy(const Certificate &issuer) const; // name and signature
    [[nodiscard]] X509 *handle() const { return m_x509.get(); }

private:
    std::shared_ptr<X509> m_x509; // shared: the parsed form is immutable and costly to copy
    QByteArray m_der;
};

// The certificates of a PEM bundle in its order: text around them, CRLF and a BOM are fine (B40).
// Refuses, whole: a PEM block of another kind when `onlyCertificates` (RFC 8555 section 11.4, B39),
// truncated base64 (B41), a block that is no certificate.
[[nodiscard]] Result<std::vector<Certificate>> certificatesFromPem(const QByteArray &pem,
                                                                   bool onlyCertificates);

// Whether `chain` (issuers in order) leads from `leaf` to a root that this machine or `extraRoots`
// trusts, and why not, in plain English.
struct ChainVerdict
{
    bool verified = false;
    QString reason;
    std::vector<Certificate> path; // leaf first, as far as it could be built
};
[[nodiscard]] ChainVerdict verifyChain(const Certificate &leaf,
                                       const std::vector<Certificate> &chain,
                                       const std::vector<Certificate> &extraRoots,
                                       const QDateTime &at);

// The roots that this machine trusts (or SSL_CERT_FILE and SSL_CERT_DIR name) and those of the
// user's, for many checks in a row: reading a bundle of 140 takes 20 ms. Move-only.
class TrustAnchors
{
public:
    explicit TrustAnchors(const std::vector<Certificate> &extraRoots);
    [[nodiscard]] X509_STORE *handle() const { return m_store.get(); }

private:
    std::unique_ptr<X509_STORE, OpensslFree<X509_STORE_free>> m_store;
};
[[nodiscard]] ChainVerdict verifyChain(const Certificate &leaf,
                                       const std::vector<Certificate> &chain,
                                       const TrustAnchors &anchors, const QDateTime &at);

// PKCS#12 (RFC 7292): AES-256-CBC and an HMAC-SHA256 MAC, or 3DES and HMAC-SHA1 for readers that
// know nothing better (not RC2, which OpenSSL 3 itself has put away).
enum class Pkcs12Ciphers { Modern, Legacy };
[[nodiscard]] Result<QByteArray> makePkcs12(const class PrivateKey &key, const Certificate &leaf,
                                            const std::vector<Certificate> &chain,
                                            const QString &friendlyName,
                                            const class Secret &password, Pkcs12Ciphers ciphers);

// The certificates alone, in a PKCS#7 SignedData without a signer (RFC 2315 section 9.1), as PEM.
[[nodiscard]] Result<QByteArray> makePkcs7(const std::vector<Certificate> &certificates);

} // namespace sealbook
