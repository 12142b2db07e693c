// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QDateTime>
#include <QHash>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <span>

namespace sealbook {

class Certificate;

// What a table shows of a certificate, each as Certificate says it.
struct CertificateFacts
{
    QString sha256; // 64 lower-case hex digits
    QString subject; // the common name, else the first name, else the whole subject
    QStringList names;
    QString issuer; // Certificate::issuerShort()
    QString subjectDn; // RFC 4514
    QString issuerDn; // RFC 4514
    QString serial;
    QDateTime notBefore; // UTC
    QDateTime notAfter; // UTC
    QString keyAlgorithm;
    QString signatureAlgorithm;
    QString publicKeySha256;
    bool isCa = false;
    bool isSelfIssued = false;
    // RFC 5280 sections 4.2.1.1 and 4.2.1.2; empty where it has none.
    QByteArray authorityKeyId;
    QByteArray subjectKeyId;
    bool operator==(const CertificateFacts &) const = default;
};

// Takes the facts of many certificates, some twenty times quicker than by parsing each with
// OpenSSL, whose d2i_X509 looks for a decoder of every public key. It walks the DER itself, and
// hands over only names and alternative names; whatever it finds unusual goes the long way, through
// Certificate. So nothing is taken here that Certificate would refuse. Texts that repeat (issuers,
// algorithms) are made once and shared. One thread at a time.
class CertificateFactsReader
{
public:
    // BadRequest where it is no certificate, or bytes follow it.
    [[nodiscard]] Result<CertificateFacts> read(const QByteArray &der);

private:
    [[nodiscard]] bool readQuickly(std::span<const std::uint8_t> der, CertificateFacts &facts);
    struct Issuer
    {
        QString text;
        QString dn;
    };
    [[nodiscard]] std::optional<Issuer> issuerOf(std::span<const std::uint8_t> name);
    [[nodiscard]] QString algorithmText(std::span<const std::uint8_t> oid);
    [[nodiscard]] QString keyText(std::span<const std::uint8_t> keyInfo);

    QHash<QByteArray, Issuer> m_issuers;
    QHash<QByteArray, QString> m_algorithms;
    QHash<QString, QString> m_keys;
};

[[nodiscard]] CertificateFacts certificateFactsOf(const Certificate &certificate);

} // namespace sealbook
