// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/CertificateRecord.h"
#include "core/x509/Certificate.h"

#include <openssl/ec.h>
#include <openssl/x509v3.h>

#include <vector>

namespace sealbook {

// The made-up certificates of the design's pictures (reserved names only), as records with real DER
// in them, all by one key and one issuing chain. Made for a moment that the test gives. A value.
class SampleCertificates
{
public:
    struct Wish
    {
        QStringList names;
        QString issuer = QStringLiteral("Let's Encrypt");
        double lifeDays = 90;
        double leftDays = 60; // negative: expired
        QString key = QStringLiteral("EC P-256");
        QString origin = QStringLiteral("issued");
        QString credential;
        int failedRenewals = 0;
        bool retired = false;
        bool holdsKey = true;
    };

    explicit SampleCertificates(const QDateTime &now)
        : m_now(now)
        , m_key(EVP_EC_gen("P-256"))
    {
        m_root = sign("Sample Root", "Example Trust", nullptr, {}, now.addYears(-5),
                      now.addYears(5), true);
        m_issuer = sign("Sample Issuer E1", "Let's Encrypt", m_root.get(), {}, now.addYears(-2),
                        now.addYears(2), true);
    }

    [[nodiscard]] QByteArray issuerPem() const { return pemOf(m_issuer.get()); }

    [[nodiscard]] CertificateRecord make(const Wish &wish)
    {
        CertificateRecord record;
        record.notAfter = m_now.addSecs(static_cast<qint64>(wish.leftDays * 86400));
        record.notBefore = record.notAfter.addSecs(-static_cast<qint64>(wish.lifeDays * 86400));
        const X509Ptr x509 = sign(wish.names.value(0).toUtf8(), "", m_issuer.get(), wish.names,
                                  record.notBefore, record.notAfter, false);
        record.der = derOf(x509.get());
        const Result<Certificate> parsed = Certificate::fromDer(record.der);
        if (parsed) {
            record.sha256 = parsed->sha256();
            record.serial = parsed->serial();
            record.publicKeySha256 = parsed->publicKeySha256();
            record.signatureAlgorithm = parsed->signatureAlgorithm();
        }
        record.chainPem = issuerPem();
        record.subject = wish.names.value(0);
        record.names = wish.names;
        record.issuer = wish.issuer;
        record.keyAlgorithm = wish.key;
        record.keyId = wish.holdsKey ? KeyId::make() : KeyId();
        record.origin = wish.origin;
        record.credential = wish.credential;
        record.addedAt = record.notBefore;
        record.failedRenewals = wish.failedRenewals;
        record.retired = wish.retired;
        return record;
    }

    // What the pictures show, worst first.
    [[nodiscard]] std::vector<CertificateRecord> all()
    {
        const auto names = [](const char *text) {
            return QString::fromUtf8(text).split(QLatin1Char(' '));
        };
        const QString google = QStringLiteral("Google Trust");
        const QString corp = QStringLiteral("Corp CA 2");
        const QString le = QStringLiteral("Let's Encrypt");
        const QString rsa = QStringLiteral("RSA 2048");
        const QString ec = QStringLiteral("EC P-256");
        const QString issued = QStringLiteral("issued");
        const QString file = QStringLiteral("file:/srv/tls/legacy.pem");
        const QString cloudflare = QStringLiteral("cloudflare-all");
        const QString bind = QStringLiteral("bind-primary");
        const QString none;
        std::vector<CertificateRecord> records;
        const auto add = [&](const Wish &wish) { records.push_back(make(wish)); };
        add({names("legacy.example.net"), corp, 365, -3.2, rsa, file, none, 0, false, false});
        add({names("api.example.org"), le, 6.7, 0.88, ec, issued, bind, 2});
        add({names("*.shop.example.com shop.example.com"), le, 90, 4.25, ec, issued, cloudflare,
             2});
        add({names("vpn.example.com a.vpn.example.com b.vpn.example.com"), google, 47, 6.05, ec,
             issued, cloudflare});
        add({names("edge-fra.example.org a.example.org b.example.org c.example.org d.example.org "
                   "e.example.org"),
             le, 6.7, 2.92, ec, issued, QStringLiteral("desec-org")});
        add({names("*.example.net example.net"), google, 47, 13.2, ec, issued,
             QStringLiteral("hetzner-net")});
        add({names("login.example.com"), le, 90, 22.4, ec, issued, cloudflare});
        add({names("mail.example.com mx1.example.com mx2.example.com imap.example.com"), le, 90,
             26.1, rsa, issued, QStringLiteral("azure-corp")});
        add({names("xn--bcher-kva.example www.xn--bcher-kva.example"), le, 90, 28.3,
             QStringLiteral("EC P-384"), issued, bind});
        add({names("ldap.corp.example"), corp, 365, 97.5, QStringLiteral("RSA 3072"),
             QStringLiteral("file:ldap.pem"), none, 0, false, false});
        add({names("status.example.com a.example.com b.example.com"), le, 6.7, 4.8, ec, issued,
             bind});
        add({names("cdn.example.net 1.cdn.example.net 2.cdn.example.net 3.cdn.example.net"), google,
             47, 33.3, ec, issued, QStringLiteral("hetzner-net")});
        add({names("git.example.com"), le, 90, 70.2, ec, issued, bind});
        add({names("orders.eu-central.prod.internal-services.example.com"), le, 90, 82.6, ec,
             issued, bind});
        add({names("www.example.org example.org"), le, 90, 88.1, ec, issued, bind});
        add({names("ntp.corp.example"), corp, 398, 288.4, rsa, QStringLiteral("pasted"), none, 0,
             false, false});
        add({names("old.example.com"), le, 90, 12.5, ec, issued, bind, 0, true});
        return records;
    }

    // `count` records with DER of their own size but no signature of their own: quick.
    [[nodiscard]] std::vector<CertificateRecord> many(int count)
    {
        std::vector<CertificateRecord> records = all();
        const std::vector<CertificateRecord> patterns = records;
        for (int i = static_cast<int>(records.size()); i < count; ++i) {
            CertificateRecord record = patterns[static_cast<std::size_t>(i) % patterns.size()];
            record.names[0] = QStringLiteral("host-%1.example.com").arg(i);
            record.subject = record.names[0];
            record.sha256 = QStringLiteral("%1").arg(i, 64, 16, QLatin1Char('0'));
            record.serial = QStringLiteral("%1").arg(i + 4096, 0, 16);
            record.notAfter = record.notAfter.addSecs(i % 977 * 60);
            records.push_back(std::move(record));
        }
        records.resize(static_cast<std::size_t>(count));
        return records;
    }

private:
    [[nodiscard]] X509Ptr sign(const QByteArray &commonName, const QByteArray &organization,
                               X509 *issuer, const QStringList &names, const QDateTime &notBefore,
                               const QDateTime &notAfter, bool isCa)
    {
        X509Ptr x509(X509_new());
        X509 *raw = x509.get();
        X509_set_version(raw, X509_VERSION_3);
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(raw), 0x03a1b2c3d4e50000ULL + ++m_serial);
        ASN1_TIME_set(X509_getm_notBefore(raw), notBefore.toSecsSinceEpoch());
        ASN1_TIME_set(X509_getm_notAfter(raw), notAfter.toSecsSinceEpoch());
        X509_NAME *name = X509_get_subject_name(raw);
        if (!organization.isEmpty())
            addName(name, "O", organization);
        if (commonName.size() <= 64)
            addName(name, "CN", commonName);
        X509_set_issuer_name(raw, issuer == nullptr ? name : X509_get_subject_name(issuer));
        X509_set_pubkey(raw, m_key.get());
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer == nullptr ? raw : issuer, raw, nullptr, nullptr, 0);
        if (!names.isEmpty()) {
            QByteArrayList list;
            for (const QString &san : names)
                list << "DNS:" + san.toLatin1();
            addExtension(raw, context, NID_subject_alt_name, list.join(','));
            addExtension(raw, context, NID_ext_key_usage, "serverAuth");
        }
        addExtension(raw, context, NID_basic_constraints,
                     isCa ? "critical,CA:TRUE" : "critical,CA:FALSE");
        addExtension(raw, context, NID_key_usage,
                     isCa ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
        addExtension(raw, context, NID_subject_key_identifier, "hash");
        X509_sign(raw, m_key.get(), EVP_sha256());
        return x509;
    }

    static void addName(X509_NAME *name, const char *field, const QByteArray &value)
    {
        X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(value.constData()),
                                   static_cast<int>(value.size()), -1, 0);
    }

    static void addExtension(X509 *x509, X509V3_CTX &context, int nid, const QByteArray &value)
    {
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
        X509_add_ext(x509, extension, -1);
        X509_EXTENSION_free(extension);
    }

    static QByteArray derOf(X509 *x509)
    {
        unsigned char *data = nullptr;
        const int size = i2d_X509(x509, &data);
        const QByteArray der(reinterpret_cast<const char *>(data), size);
        OPENSSL_free(data);
        return der;
    }

    static QByteArray pemOf(X509 *x509)
    {
        const Result<Certificate> parsed = Certificate::fromDer(derOf(x509));
        return parsed ? parsed->pem() : QByteArray();
    }

    QDateTime m_now;
    EvpPkeyPtr m_key;
    X509Ptr m_root;
    X509Ptr m_issuer;
    quint64 m_serial = 0;
};

} // namespace sealbook
