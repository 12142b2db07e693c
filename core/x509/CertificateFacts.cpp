// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/CertificateFacts.h"

#include "core/crypto/Digest.h"
#include "core/x509/Certificate.h"
#include "core/x509/DerReader.h"
#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"

#include <QTimeZone>

#include <algorithm>
#include <array>
#include <climits>

namespace sealbook {

namespace {

using Bytes = std::span<const std::uint8_t>;
using NamePtr = std::unique_ptr<X509_NAME, OpensslFree<X509_NAME_free>>;
using NamesPtr = std::unique_ptr<GENERAL_NAMES, OpensslFree<GENERAL_NAMES_free>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>>;

constexpr qsizetype rememberedTexts = 4096;

constexpr std::array<std::uint8_t, 3> sanOid{0x55, 0x1d, 0x11};
constexpr std::array<std::uint8_t, 3> keyUsageOid{0x55, 0x1d, 0x0f};
constexpr std::array<std::uint8_t, 3> basicConstraintsOid{0x55, 0x1d, 0x13};
constexpr std::array<std::uint8_t, 3> subjectKeyIdOid{0x55, 0x1d, 0x0e};
constexpr std::array<std::uint8_t, 3> authorityKeyIdOid{0x55, 0x1d, 0x23};

bool equal(Bytes a, Bytes b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

QByteArray viewOf(Bytes bytes)
{
    return QByteArray::fromRawData(reinterpret_cast<const char *>(bytes.data()),
                                   static_cast<qsizetype>(bytes.size()));
}

QByteArray copyOf(Bytes bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

// As OpenSSL wants it: no arc begins with a padding byte, and the last one ends.
bool isOid(Bytes oid)
{
    bool starts = true;
    for (const std::uint8_t byte : oid) {
        if (starts && byte == 0x80)
            return false;
        starts = byte < 0x80;
    }
    return !oid.empty() && starts;
}

// Parameters of usual kinds only; the long way knows the others.
bool isPlainParameter(const DerReader::Element &parameter)
{
    return parameter.tag == DerReader::sequence
        || (parameter.tag == DerReader::null && parameter.body.empty())
        || (parameter.tag == DerReader::oid && isOid(parameter.body));
}

struct Algorithm
{
    Bytes oid;
    std::optional<DerReader::Element> parameter;
};

std::optional<Algorithm> algorithmOf(const std::optional<DerReader::Element> &element)
{
    if (!element)
        return std::nullopt;
    DerReader parts(element->body);
    const auto oid = parts.next(DerReader::oid);
    if (!oid || !isOid(oid->body))
        return std::nullopt;
    Algorithm algorithm{oid->body, std::nullopt};
    if (parts.atEnd())
        return algorithm;
    algorithm.parameter = parts.next();
    if (!algorithm.parameter || !isPlainParameter(*algorithm.parameter) || !parts.atEnd())
        return std::nullopt;
    return algorithm;
}

bool isBitString(const std::optional<DerReader::Element> &element)
{
    return element && !element->body.empty() && element->body.front() < 8
        && (element->body.size() > 1 || element->body.front() == 0);
}

NamePtr nameOf(Bytes whole)
{
    const unsigned char *in = whole.data();
    NamePtr name(d2i_X509_NAME(nullptr, &in, static_cast<long>(whole.size())));
    if (!name)
        (void)opensslReason();
    return name;
}

// UTCTime and GeneralizedTime as RFC 5280 section 4.1.2.5 wants them: Zulu, with seconds.
std::optional<QDateTime> timeOf(const std::optional<DerReader::Element> &element)
{
    if (!element
        || (element->tag != DerReader::utcTime && element->tag != DerReader::generalizedTime))
        return std::nullopt;
    const std::size_t yearDigits = element->tag == DerReader::utcTime ? 2 : 4;
    if (element->body.size() != yearDigits + 11 || element->body.back() != 'Z')
        return std::nullopt;
    std::size_t at = 0;
    bool digitsOnly = true;
    const auto number = [&](std::size_t count) {
        int value = 0;
        for (; count > 0; --count, ++at) {
            const std::uint8_t c = element->body[at];
            digitsOnly = digitsOnly && c >= '0' && c <= '9';
            value = value * 10 + (c - '0');
        }
        return value;
    };
    int year = number(yearDigits);
    if (yearDigits == 2)
        year += year < 50 ? 2000 : 1900;
    const int month = number(2);
    const int day = number(2);
    const int hour = number(2);
    const int minute = number(2);
    const QDate date(year, month, day);
    const QTime time(hour, minute, number(2));
    if (!digitsOnly || year == 0 || !date.isValid() || !time.isValid())
        return std::nullopt;
    return QDateTime(date, time, QTimeZone::utc()).toUTC();
}

// Positive, in its shortest form.
std::optional<QString> serialOf(const std::optional<DerReader::Element> &element)
{
    if (!element || element->body.empty() || element->body.front() >= 0x80)
        return std::nullopt;
    Bytes digits = element->body;
    if (digits.size() > 1 && digits.front() == 0) {
        if (digits[1] < 0x80)
            return std::nullopt;
        digits = digits.subspan(1);
    }
    return QString::fromLatin1(viewOf(digits).toHex());
}

struct Extensions
{
    std::optional<Bytes> alternativeNames;
    std::optional<Bytes> keyUsage;
    std::optional<Bytes> basicConstraints;
    std::optional<Bytes> subjectKeyId;
    std::optional<Bytes> authorityKeyId;
};

bool keep(std::optional<Bytes> &place, Bytes value)
{
    if (place) // twice: what that means is OpenSSL's to say
        return false;
    place = value;
    return true;
}

std::optional<Extensions> extensionsOf(const DerReader::Element &explicitTag)
{
    DerReader outer(explicitTag.body);
    const auto list = outer.next(DerReader::sequence);
    if (!list || !outer.atEnd())
        return std::nullopt;
    Extensions found;
    for (DerReader all(list->body); !all.atEnd();) {
        const auto one = all.next(DerReader::sequence);
        if (!one)
            return std::nullopt;
        DerReader parts(one->body);
        const auto oid = parts.next(DerReader::oid);
        if (!oid || !isOid(oid->body))
            return std::nullopt;
        if (parts.nextIs(DerReader::boolean)) {
            const auto critical = parts.next();
            if (!critical || critical->body.size() != 1)
                return std::nullopt;
        }
        const auto value = parts.next(DerReader::octetString);
        if (!value || !parts.atEnd())
            return std::nullopt;
        if (equal(oid->body, sanOid) && !keep(found.alternativeNames, value->body))
            return std::nullopt;
        if (equal(oid->body, keyUsageOid) && !keep(found.keyUsage, value->body))
            return std::nullopt;
        if (equal(oid->body, basicConstraintsOid) && !keep(found.basicConstraints, value->body))
            return std::nullopt;
        if (equal(oid->body, subjectKeyIdOid) && !keep(found.subjectKeyId, value->body))
            return std::nullopt;
        if (equal(oid->body, authorityKeyIdOid) && !keep(found.authorityKeyId, value->body))
            return std::nullopt;
    }
    return found;
}

QStringList namesIn(Bytes value)
{
    const unsigned char *in = value.data();
    const NamesPtr list(d2i_GENERAL_NAMES(nullptr, &in, static_cast<long>(value.size())));
    if (!list)
        (void)opensslReason();
    QStringList names;
    for (int i = 0; list && i < sk_GENERAL_NAME_num(list.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(list.get(), i);
        if (name->type == GEN_DNS || name->type == GEN_IPADD)
            names.append(generalNameText(name));
    }
    return names;
}

QByteArray subjectKeyIdIn(Bytes value)
{
    DerReader outer(value);
    const auto id = outer.next(DerReader::octetString);
    return id ? copyOf(id->body) : QByteArray();
}

QByteArray authorityKeyIdIn(Bytes value)
{
    DerReader outer(value);
    const auto list = outer.next(DerReader::sequence);
    if (!list)
        return {};
    DerReader parts(list->body);
    const auto id = parts.next(0x80); // [0] IMPLICIT OCTET STRING
    return id ? copyOf(id->body) : QByteArray();
}

QByteArray octetsOf(const ASN1_OCTET_STRING *octets)
{
    return octets == nullptr
        ? QByteArray()
        : QByteArray(reinterpret_cast<const char *>(ASN1_STRING_get0_data(octets)),
                     ASN1_STRING_length(octets));
}

// Nothing where it is not as RFC 5280 has it.
std::optional<bool> isAuthority(const Extensions &extensions, bool isFirstVersion, bool isOwnIssuer)
{
    constexpr std::uint8_t keyCertSign = 0x04;
    if (extensions.keyUsage) {
        DerReader outer(*extensions.keyUsage);
        const auto bits = outer.next(DerReader::bitString);
        if (!isBitString(bits) || !outer.atEnd())
            return std::nullopt;
        if (bits->body.size() < 2 || (bits->body[1] & keyCertSign) == 0)
            return false;
    }
    if (!extensions.basicConstraints)
        return isFirstVersion && isOwnIssuer;
    DerReader outer(*extensions.basicConstraints);
    const auto list = outer.next(DerReader::sequence);
    if (!list || !outer.atEnd())
        return std::nullopt;
    DerReader parts(list->body);
    if (!parts.nextIs(DerReader::boolean))
        return parts.atEnd() ? std::optional(false) : std::nullopt;
    const auto isCa = parts.next();
    if (!isCa || isCa->body.size() != 1)
        return std::nullopt;
    if (!parts.atEnd() && (!parts.next(DerReader::integer) || !parts.atEnd()))
        return std::nullopt;
    return isCa->body.front() != 0;
}

// The bits of an RSA modulus; 0 where it is none.
int modulusBits(Bytes publicKey)
{
    DerReader outer(publicKey);
    const auto list = outer.next(DerReader::sequence);
    if (!list)
        return 0;
    DerReader parts(list->body);
    const auto modulus = parts.next(DerReader::integer);
    if (!modulus || !parts.next(DerReader::integer) || !parts.atEnd())
        return 0;
    Bytes digits = modulus->body;
    while (!digits.empty() && digits.front() == 0)
        digits = digits.subspan(1);
    if (digits.empty() || digits.size() > 1U << 16U)
        return 0;
    int bits = static_cast<int>(digits.size()) * 8;
    for (std::uint8_t mask = 0x80; (digits.front() & mask) == 0; mask >>= 1U)
        --bits;
    return bits;
}

ObjectPtr objectOf(Bytes oid)
{
    QByteArray whole;
    if (oid.size() >= 0x80)
        return {};
    whole.append(static_cast<char>(DerReader::oid));
    whole.append(static_cast<char>(oid.size()));
    whole.append(viewOf(oid));
    const auto *in = reinterpret_cast<const unsigned char *>(whole.constData());
    return ObjectPtr(d2i_ASN1_OBJECT(nullptr, &in, whole.size()));
}

int nidOf(Bytes oid)
{
    const ObjectPtr object = objectOf(oid);
    return object ? OBJ_obj2nid(object.get()) : NID_undef;
}

QString curveText(int nid)
{
    switch (nid) {
    case NID_X9_62_prime256v1:
        return QStringLiteral("EC P-256");
    case NID_secp384r1:
        return QStringLiteral("EC P-384");
    case NID_secp521r1:
        return QStringLiteral("EC P-521");
    case NID_undef:
        return {};
    default:
        return QStringLiteral("EC ") + QString::fromLatin1(OBJ_nid2sn(nid));
    }
}

} // namespace

CertificateFacts certificateFactsOf(const Certificate &certificate)
{
    CertificateFacts facts;
    facts.sha256 = certificate.sha256();
    facts.names = certificate.names();
    facts.subject = certificate.commonName();
    if (facts.subject.isEmpty())
        facts.subject = facts.names.isEmpty() ? certificate.subject() : facts.names.first();
    facts.issuer = certificate.issuerShort();
    facts.serial = certificate.serial();
    facts.notBefore = certificate.notBefore();
    facts.notAfter = certificate.notAfter();
    facts.keyAlgorithm = certificate.keyAlgorithm();
    facts.signatureAlgorithm = certificate.signatureAlgorithm();
    facts.publicKeySha256 = certificate.publicKeySha256();
    facts.isCa = certificate.isCa();
    facts.isSelfIssued = certificate.isSelfIssued();
    facts.subjectDn = certificate.subject();
    facts.issuerDn = certificate.issuer();
    facts.subjectKeyId = octetsOf(X509_get0_subject_key_id(certificate.handle()));
    facts.authorityKeyId = octetsOf(X509_get0_authority_key_id(certificate.handle()));
    (void)opensslReason();
    return facts;
}

Result<CertificateFacts> CertificateFactsReader::read(const QByteArray &der)
{
    CertificateFacts facts;
    const Bytes bytes(reinterpret_cast<const std::uint8_t *>(der.constData()),
                      static_cast<std::size_t>(der.size()));
    if (readQuickly(bytes, facts)) {
        facts.sha256 = sha256Hex(der);
        return facts;
    }
    const Result<Certificate> certificate = Certificate::fromDer(der);
    if (!certificate)
        return fail(certificate.error());
    return certificateFactsOf(*certificate);
}

bool CertificateFactsReader::readQuickly(Bytes der, CertificateFacts &facts)
{
    DerReader file(der);
    const auto certificate = file.next(DerReader::sequence);
    if (!certificate || !file.atEnd())
        return false;
    DerReader outer(certificate->body);
    const auto signedPart = outer.next(DerReader::sequence);
    const auto signature = algorithmOf(outer.next(DerReader::sequence));
    if (!signedPart || !signature || !isBitString(outer.next(DerReader::bitString))
        || !outer.atEnd())
        return false;

    DerReader parts(signedPart->body);
    bool isFirstVersion = true;
    if (parts.nextIs(DerReader::context(0))) {
        const auto version = parts.next();
        constexpr std::array<std::uint8_t, 3> third{0x02, 0x01, 0x02};
        if (!version || !equal(version->body, third))
            return false;
        isFirstVersion = false;
    }
    const auto serial = serialOf(parts.next(DerReader::integer));
    const auto innerSignature = algorithmOf(parts.next(DerReader::sequence));
    const auto issuer = parts.next(DerReader::sequence);
    const auto validity = parts.next(DerReader::sequence);
    const auto subject = parts.next(DerReader::sequence);
    const auto keyInfo = parts.next(DerReader::sequence);
    if (!serial || !innerSignature || !issuer || !validity || !subject || !keyInfo)
        return false;
    facts.serial = *serial;

    DerReader times(validity->body);
    const auto notBefore = timeOf(times.next());
    const auto notAfter = timeOf(times.next());
    if (!notBefore || !notAfter || !times.atEnd())
        return false;
    facts.notBefore = *notBefore;
    facts.notAfter = *notAfter;

    Extensions extensions;
    if (parts.nextIs(DerReader::context(3))) {
        const auto tagged = parts.next();
        const auto found = tagged ? extensionsOf(*tagged) : std::nullopt;
        if (!found || isFirstVersion)
            return false;
        extensions = *found;
    }
    if (!parts.atEnd()) // unique identifiers: hardly ever seen
        return false;

    facts.keyAlgorithm = keyText(keyInfo->body);
    const auto issuerTexts = issuerOf(issuer->whole);
    facts.signatureAlgorithm = algorithmText(signature->oid);
    const NamePtr name = nameOf(subject->whole);
    if (facts.keyAlgorithm.isEmpty() || !issuerTexts || !name)
        return false;
    facts.issuer = issuerTexts->text;
    facts.issuerDn = issuerTexts->dn;
    facts.subjectDn = rfc4514(name.get());
    facts.publicKeySha256 = sha256Hex(viewOf(keyInfo->whole));
    facts.isSelfIssued = equal(issuer->whole, subject->whole);
    const auto isCa = isAuthority(extensions, isFirstVersion, facts.isSelfIssued);
    if (!isCa)
        return false;
    facts.isCa = *isCa;
    if (extensions.alternativeNames)
        facts.names = namesIn(*extensions.alternativeNames);
    facts.subject = attributeOf(name.get(), NID_commonName);
    if (facts.subject.isEmpty())
        facts.subject = facts.names.isEmpty() ? facts.subjectDn : facts.names.first();
    if (extensions.subjectKeyId)
        facts.subjectKeyId = subjectKeyIdIn(*extensions.subjectKeyId);
    if (extensions.authorityKeyId)
        facts.authorityKeyId = authorityKeyIdIn(*extensions.authorityKeyId);
    return true;
}

std::optional<CertificateFactsReader::Issuer> CertificateFactsReader::issuerOf(Bytes name)
{
    const auto known = m_issuers.constFind(viewOf(name));
    if (known != m_issuers.constEnd())
        return *known;
    const NamePtr parsed = nameOf(name);
    if (!parsed)
        return std::nullopt;
    Issuer issuer;
    issuer.dn = rfc4514(parsed.get());
    issuer.text = attributeOf(parsed.get(), NID_organizationName);
    if (issuer.text.isEmpty())
        issuer.text = attributeOf(parsed.get(), NID_commonName);
    if (issuer.text.isEmpty())
        issuer.text = issuer.dn;
    if (m_issuers.size() >= rememberedTexts)
        m_issuers.clear();
    m_issuers.insert(copyOf(name), issuer);
    return issuer;
}

QString CertificateFactsReader::algorithmText(Bytes oid)
{
    const auto known = m_algorithms.constFind(viewOf(oid));
    if (known != m_algorithms.constEnd())
        return *known;
    const ObjectPtr object = objectOf(oid);
    if (!object)
        return QStringLiteral("unknown");
    const int nid = OBJ_obj2nid(object.get());
    const QString text =
        nid == NID_undef ? oidText(object.get()) : QString::fromLatin1(OBJ_nid2ln(nid));
    if (m_algorithms.size() >= rememberedTexts)
        m_algorithms.clear();
    m_algorithms.insert(copyOf(oid), text);
    return text;
}

// Null where the long way knows better.
QString CertificateFactsReader::keyText(Bytes keyInfo)
{
    DerReader parts(keyInfo);
    const auto algorithm = algorithmOf(parts.next(DerReader::sequence));
    const auto key = parts.next(DerReader::bitString);
    if (!algorithm || !isBitString(key) || !parts.atEnd())
        return {};
    QString text;
    const int nid = nidOf(algorithm->oid);
    if (nid == NID_rsaEncryption) {
        const int bits = modulusBits(key->body.subspan(1));
        if (bits > 0)
            text = QStringLiteral("RSA %1").arg(bits);
    } else if (nid == NID_X9_62_id_ecPublicKey) {
        if (algorithm->parameter && algorithm->parameter->tag == DerReader::oid)
            text = curveText(nidOf(algorithm->parameter->body));
    } else if (nid == NID_ED25519 && key->body.size() == 33) {
        text = QStringLiteral("Ed25519");
    } else if (nid == NID_ED448 && key->body.size() == 58) {
        text = QStringLiteral("Ed448");
    }
    if (text.isEmpty())
        return {};
    const auto known = m_keys.constFind(text);
    if (known != m_keys.constEnd())
        return *known;
    if (m_keys.size() >= rememberedTexts)
        m_keys.clear();
    m_keys.insert(text, text);
    return text;
}

} // namespace sealbook
