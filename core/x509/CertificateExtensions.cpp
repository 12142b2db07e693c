// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Certificate.h"
#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"

#include <QTimeZone>
#include <openssl/ct.h>
#include <openssl/x509v3.h>

namespace sealbook {

namespace {

// The words for one extension; "" where the value does not decode.
using Words = QString (*)(const X509_EXTENSION *);

template <typename T, auto freeFunction>
std::unique_ptr<T, OpensslFree<freeFunction>> decode(const X509_EXTENSION *extension)
{
    // The parameter is not const in OpenSSL 3.0, yet only read.
    return std::unique_ptr<T, OpensslFree<freeFunction>>(
        static_cast<T *>(X509V3_EXT_d2i(const_cast<X509_EXTENSION *>(extension))));
}

QString hex(const ASN1_OCTET_STRING *octets)
{
    const QByteArray raw(reinterpret_cast<const char *>(ASN1_STRING_get0_data(octets)),
                         ASN1_STRING_length(octets));
    return QString::fromLatin1(raw.toHex(':').toUpper());
}

QString namesIn(const GENERAL_NAMES *names)
{
    QStringList lines;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names); ++i)
        lines.append(taggedGeneralName(sk_GENERAL_NAME_value(names, i)));
    return lines.join(QLatin1Char('\n'));
}

QString alternativeNames(const X509_EXTENSION *extension)
{
    const auto names = decode<GENERAL_NAMES, GENERAL_NAMES_free>(extension);
    return namesIn(names.get());
}

QString keyUsage(const X509_EXTENSION *extension)
{
    const auto bits = decode<ASN1_BIT_STRING, ASN1_BIT_STRING_free>(extension);
    if (!bits)
        return {};
    // RFC 5280 section 4.2.1.3, in the order of the bits.
    static constexpr const char *usages[] = {
        "Digital signature", "Non-repudiation", "Key encipherment",
        "Data encipherment", "Key agreement",   "Certificate signing",
        "CRL signing",       "Encipher only",   "Decipher only"};
    QStringList words;
    for (int bit = 0; bit < 9; ++bit) {
        if (ASN1_BIT_STRING_get_bit(bits.get(), bit) == 1)
            words.append(QLatin1String(usages[bit]));
    }
    return words.isEmpty() ? QStringLiteral("None") : words.join(QStringLiteral(", "));
}

QString purposeText(const ASN1_OBJECT *object)
{
    switch (OBJ_obj2nid(object)) {
    case NID_server_auth:
        return QStringLiteral("TLS server");
    case NID_client_auth:
        return QStringLiteral("TLS client");
    case NID_code_sign:
        return QStringLiteral("Code signing");
    case NID_email_protect:
        return QStringLiteral("Email protection");
    case NID_time_stamp:
        return QStringLiteral("Time stamping");
    case NID_OCSP_sign:
        return QStringLiteral("OCSP signing");
    case NID_undef:
        return oidText(object);
    default:
        return QString::fromLatin1(OBJ_nid2ln(OBJ_obj2nid(object)));
    }
}

QString extendedKeyUsage(const X509_EXTENSION *extension)
{
    const auto list = decode<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>(extension);
    QStringList words;
    for (int i = 0; list && i < sk_ASN1_OBJECT_num(list.get()); ++i)
        words.append(purposeText(sk_ASN1_OBJECT_value(list.get(), i)));
    return words.join(QStringLiteral(", "));
}

QString basicConstraints(const X509_EXTENSION *extension)
{
    const auto constraints = decode<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>(extension);
    if (!constraints)
        return {};
    if (constraints->ca == 0)
        return QStringLiteral("Not a certificate authority");
    if (!constraints->pathlen)
        return QStringLiteral("Certificate authority");
    return QStringLiteral("Certificate authority, at most %1 below it")
        .arg(ASN1_INTEGER_get(constraints->pathlen));
}

QString subjectKeyId(const X509_EXTENSION *extension)
{
    const auto id = decode<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>(extension);
    return id ? hex(id.get()) : QString();
}

QString authorityKeyId(const X509_EXTENSION *extension)
{
    const auto id = decode<AUTHORITY_KEYID, AUTHORITY_KEYID_free>(extension);
    QStringList lines;
    if (id && id->keyid)
        lines.append(hex(id->keyid));
    if (id && id->issuer)
        lines.append(namesIn(id->issuer));
    if (id && id->serial)
        lines.append(QStringLiteral("Serial: ") + hex(id->serial));
    return lines.join(QLatin1Char('\n'));
}

QString crlPoints(const X509_EXTENSION *extension)
{
    const auto points = decode<CRL_DIST_POINTS, CRL_DIST_POINTS_free>(extension);
    QStringList lines;
    for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
        const DIST_POINT *point = sk_DIST_POINT_value(points.get(), i);
        if (point->distpoint && point->distpoint->type == 0)
            lines.append(namesIn(point->distpoint->name.fullname));
    }
    return lines.join(QLatin1Char('\n'));
}

QString informationAccess(const X509_EXTENSION *extension)
{
    const auto access = decode<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>(extension);
    QStringList lines;
    for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
        const ACCESS_DESCRIPTION *entry = sk_ACCESS_DESCRIPTION_value(access.get(), i);
        const int nid = OBJ_obj2nid(entry->method);
        const QString what = nid == NID_ad_OCSP ? QStringLiteral("OCSP")
            : nid == NID_ad_ca_issuers          ? QStringLiteral("CA issuers")
                                                : oidText(entry->method);
        lines.append(what + QStringLiteral(": ") + generalNameText(entry->location));
    }
    return lines.join(QLatin1Char('\n'));
}

QString policyText(const POLICYINFO *policy)
{
    // The CA/Browser Forum's reserved identifiers, Baseline Requirements section 7.1.6.1.
    static const std::pair<const char *, const char *> known[] = {
        {"2.23.140.1.2.1", "Domain validated"},
        {"2.23.140.1.2.2", "Organization validated"},
        {"2.23.140.1.2.3", "Individual validated"},
        {"2.23.140.1.1", "Extended validation"},
        {"2.5.29.32.0", "Any policy"}};
    const QString oid = oidText(policy->policyid);
    QString text = oid;
    for (const auto &[id, name] : known) {
        if (oid == QLatin1String(id))
            text = QStringLiteral("%1 (%2)").arg(QLatin1String(name), oid);
    }
    for (int i = 0; policy->qualifiers && i < sk_POLICYQUALINFO_num(policy->qualifiers); ++i) {
        const POLICYQUALINFO *qualifier = sk_POLICYQUALINFO_value(policy->qualifiers, i);
        if (OBJ_obj2nid(qualifier->pqualid) == NID_id_qt_cps)
            text += QStringLiteral(", ") + textOf(qualifier->d.cpsuri);
    }
    return text;
}

QString policies(const X509_EXTENSION *extension)
{
    const auto list = decode<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>(extension);
    QStringList lines;
    for (int i = 0; list && i < sk_POLICYINFO_num(list.get()); ++i)
        lines.append(policyText(sk_POLICYINFO_value(list.get(), i)));
    return lines.join(QLatin1Char('\n'));
}

QString timestamps(const X509_EXTENSION *extension)
{
    const auto list = decode<STACK_OF(SCT), SCT_LIST_free>(extension);
    if (!list)
        return {};
    const int count = sk_SCT_num(list.get());
    QStringList lines{QStringLiteral("%1 signed timestamps").arg(count)};
    for (int i = 0; i < count; ++i) {
        const SCT *sct = sk_SCT_value(list.get(), i);
        unsigned char *id = nullptr;
        const std::size_t size = SCT_get0_log_id(sct, &id);
        const QByteArray raw(reinterpret_cast<const char *>(id), static_cast<qsizetype>(size));
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(
                                 static_cast<qint64>(SCT_get_timestamp(sct)), QTimeZone::utc())
                                 .toUTC();
        lines.append(QStringLiteral("Log %1, %2")
                         .arg(QString::fromLatin1(raw.toHex()), at.toString(Qt::ISODate)));
    }
    return lines.join(QLatin1Char('\n'));
}

Words wordsFor(int nid)
{
    switch (nid) {
    case NID_subject_alt_name:
    case NID_issuer_alt_name:
        return alternativeNames;
    case NID_key_usage:
        return keyUsage;
    case NID_ext_key_usage:
        return extendedKeyUsage;
    case NID_basic_constraints:
        return basicConstraints;
    case NID_subject_key_identifier:
        return subjectKeyId;
    case NID_authority_key_identifier:
        return authorityKeyId;
    case NID_crl_distribution_points:
    case NID_freshest_crl:
        return crlPoints;
    case NID_info_access:
        return informationAccess;
    case NID_certificate_policies:
        return policies;
    case NID_ct_precert_scts:
        return timestamps;
    default:
        return nullptr;
    }
}

QString nameFor(int nid, const QString &oid)
{
    switch (nid) {
    case NID_undef:
        return oid;
    case NID_subject_alt_name:
        return QStringLiteral("Subject Alternative Name");
    case NID_key_usage:
        return QStringLiteral("Key Usage");
    case NID_ext_key_usage:
        return QStringLiteral("Extended Key Usage");
    case NID_basic_constraints:
        return QStringLiteral("Basic Constraints");
    case NID_subject_key_identifier:
        return QStringLiteral("Subject Key Identifier");
    case NID_authority_key_identifier:
        return QStringLiteral("Authority Key Identifier");
    case NID_crl_distribution_points:
        return QStringLiteral("CRL Distribution Points");
    case NID_info_access:
        return QStringLiteral("Authority Information Access");
    case NID_certificate_policies:
        return QStringLiteral("Certificate Policies");
    case NID_ct_precert_scts:
        return QStringLiteral("Certificate Transparency");
    default:
        return QString::fromLatin1(OBJ_nid2ln(nid));
    }
}

// What OpenSSL has to say about it, else its bytes.
QString otherWords(X509_EXTENSION *extension)
{
    const BioPtr out(BIO_new(BIO_s_mem()));
    if (out && X509V3_EXT_print(out.get(), extension, X509V3_EXT_DEFAULT, 0) == 1) {
        char *data = nullptr;
        const long size = BIO_get_mem_data(out.get(), &data);
        QStringList lines = QString::fromUtf8(data, static_cast<qsizetype>(size))
                                .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (QString &line : lines)
            line = printable(line.trimmed());
        if (!lines.isEmpty())
            return lines.join(QLatin1Char('\n'));
    }
    return hex(X509_EXTENSION_get_data(extension));
}

} // namespace

std::vector<Certificate::Extension> Certificate::extensions() const
{
    std::vector<Extension> extensions;
    const int count = X509_get_ext_count(m_x509.get());
    for (int i = 0; i < count; ++i) {
        X509_EXTENSION *raw = X509_get_ext(m_x509.get(), i);
        const ASN1_OBJECT *object = X509_EXTENSION_get_object(raw);
        const int nid = OBJ_obj2nid(object);
        Extension extension;
        extension.oid = oidText(object);
        extension.name = nameFor(nid, extension.oid);
        extension.critical = X509_EXTENSION_get_critical(raw) == 1;
        if (const Words words = wordsFor(nid))
            extension.value = words(raw);
        if (extension.value.isEmpty())
            extension.value = otherWords(raw);
        (void)opensslReason();
        extensions.push_back(std::move(extension));
    }
    return extensions;
}

} // namespace sealbook
