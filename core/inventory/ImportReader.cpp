// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ImportReader.h"

#include "core/crypto/Digest.h"
#include "core/x509/Certificate.h"
#include "core/x509/DerReader.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace sealbook {

struct ImportReader::Pieces
{
    std::vector<ImportedCertificate> certificates;
    std::vector<PrivateKey> keys;
    std::vector<Csr> requests;
    std::vector<PublicKeyFacts> publicKeys;
    std::vector<ContainerContent::ClosedKey> closedKeys;
    QStringList notes;
    int bad = 0;
    bool hadContainer = false;
    bool isDatabase = false; // of another program: its keys have certificates, or have none
};

namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr int listedAtMost = 20;
constexpr std::size_t longestChain = 10;
constexpr std::size_t largestKey = 65536;

// B55: what it is, where we know it and cannot read it.
tl::unexpected<Error> unreadable(const RecognizedFormat &recognized)
{
    if (recognized.what.isEmpty())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("this is neither a certificate (PEM or DER) nor a keystore"),
                    recognized.advice);
    return fail(Error::Kind::BadRequest,
                QStringLiteral("this is %1, which cannot be imported").arg(recognized.what),
                recognized.advice);
}

Error atLine(Error error, const PemBlock &block)
{
    error.detail = QStringLiteral("the %1 that begins in line %2: %3")
                       .arg(QString::fromLatin1(block.label))
                       .arg(block.line)
                       .arg(error.detail);
    return error;
}

bool isEncrypted(const PemBlock &block)
{
    const std::string_view text(reinterpret_cast<const char *>(block.body.data()),
                                std::min<std::size_t>(block.body.size(), 256));
    return block.label.startsWith("ENCRYPTED")
        || text.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos;
}

// Finds issuers among the certificates of one file. By name and key identifier; by signature only
// where there are no identifiers, because that costs a hundred times as much. Whether a chain holds
// is checked when it is shown.
class IssuerIndex
{
public:
    explicit IssuerIndex(const std::vector<ImportedCertificate> &all)
        : m_all(all)
    {
        for (std::size_t i = 0; i < all.size(); ++i)
            m_bySubject[all[i].facts.subjectDn].push_back(i);
    }

    [[nodiscard]] std::optional<std::size_t> issuerOf(std::size_t at) const
    {
        const CertificateFacts &facts = m_all[at].facts;
        if (facts.isSelfIssued)
            return std::nullopt;
        for (const std::size_t i : m_bySubject.value(facts.issuerDn)) {
            if (i != at && fits(m_all[at], m_all[i]))
                return i;
        }
        return std::nullopt;
    }

private:
    static bool fits(const ImportedCertificate &below, const ImportedCertificate &above)
    {
        if (!below.facts.authorityKeyId.isEmpty() && !above.facts.subjectKeyId.isEmpty())
            return below.facts.authorityKeyId == above.facts.subjectKeyId;
        const Result<Certificate> child = Certificate::fromDer(below.der);
        const Result<Certificate> issuer = Certificate::fromDer(above.der);
        return child && issuer && child->isIssuedBy(*issuer);
    }

    const std::vector<ImportedCertificate> &m_all;
    QHash<QString, std::vector<std::size_t>> m_bySubject;
};

std::vector<ImportedCertificate> withoutRepeats(std::vector<ImportedCertificate> certificates)
{
    std::vector<ImportedCertificate> all;
    all.reserve(certificates.size());
    QSet<QString> seen;
    for (ImportedCertificate &certificate : certificates) {
        if (seen.contains(certificate.facts.sha256))
            continue;
        seen.insert(certificate.facts.sha256);
        all.push_back(std::move(certificate));
    }
    return all;
}

// Puts issuers behind what they issued.
std::vector<ImportContent::Entry> arranged(std::vector<ImportedCertificate> all,
                                           const std::vector<PrivateKey> &keys)
{
    std::vector<ImportContent::Entry> entries;
    if (all.size() >= collectionSize) {
        for (ImportedCertificate &certificate : all)
            entries.push_back({std::move(certificate), {}});
        return entries;
    }
    const IssuerIndex index(all);
    std::vector<std::optional<std::size_t>> issuers;
    std::vector<bool> isIssuer(all.size(), false);
    for (std::size_t i = 0; i < all.size(); ++i) {
        issuers.push_back(index.issuerOf(i));
        if (issuers.back())
            isIssuer[*issuers.back()] = true;
    }
    QSet<QString> withKey;
    for (const PrivateKey &key : keys)
        withKey.insert(key.publicKeySha256());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (isIssuer[i] && !withKey.contains(all[i].facts.publicKeySha256))
            continue;
        ImportContent::Entry entry;
        entry.certificate = all[i];
        for (std::optional<std::size_t> up = issuers[i]; up && entry.issuers.size() < longestChain;
             up = issuers[*up])
            entry.issuers.push_back(all[*up]);
        entries.push_back(std::move(entry));
    }
    if (entries.empty()) { // a ring of cross-signed authorities
        for (ImportedCertificate &certificate : all)
            entries.push_back({std::move(certificate), {}});
    }
    return entries;
}

// B42
Result<> checkKeys(const ImportContent &content)
{
    if (content.entries.empty())
        return {};
    for (const PrivateKey &key : content.keys) {
        const QString publicKey = key.publicKeySha256();
        const bool belongs = std::any_of(
            content.entries.begin(), content.entries.end(), [&](const ImportContent::Entry &e) {
                return e.certificate.facts.publicKeySha256 == publicKey;
            });
        if (!belongs)
            return fail(
                Error::Kind::BadRequest,
                QStringLiteral("the private key (%1) does not belong to the certificate "
                               "\"%2\": their public keys differ")
                    .arg(key.algorithm(), content.entries.front().certificate.facts.subject),
                QStringLiteral("Import the certificate with its own key, or without any."));
    }
    return {};
}

// A private key in DER: PKCS#8, or the older kinds that OpenSSL tells apart in PEM only.
Result<PrivateKey> keyFromDer(Bytes bytes)
{
    const Result<Secret> der = Secret::copyOf(bytes.first(std::min(bytes.size(), largestKey)));
    if (!der)
        return fail(der.error());
    Result<PrivateKey> key = PrivateKey::fromPkcs8(*der);
    if (!key)
        key = PrivateKey::fromTraditionalDer(*der);
    if (!key)
        return fail(Error::Kind::BadRequest, QStringLiteral("the private key is damaged"));
    return key;
}

} // namespace

Result<ImportedCertificate> ImportReader::certificateFrom(const QByteArray &der)
{
    if (der.size() > largestContainerObject)
        return fail(
            Error::Kind::BadRequest,
            QStringLiteral("a certificate of %1 bytes: at most 256 KiB are read").arg(der.size()));
    Result<CertificateFacts> facts = m_facts.read(der);
    if (!facts)
        return fail(facts.error());
    return ImportedCertificate{der, std::move(*facts)};
}

Result<ImportedCertificate> ImportReader::certificateIn(const PemBlock &block)
{
    Result<QByteArray> der = decodePemBody(block);
    if (!der)
        return fail(der.error());
    if (block.label
        == "TRUSTED CERTIFICATE") { // OpenSSL's own: what it trusts it for stands behind
        DerReader parts(bytesOf(*der));
        if (const auto first = parts.next(DerReader::sequence))
            der->truncate(static_cast<qsizetype>(first->whole.size()));
    }
    Result<ImportedCertificate> certificate = certificateFrom(*der);
    if (!certificate)
        return fail(atLine(certificate.error(), block));
    return certificate;
}

Result<PrivateKey> ImportReader::keyIn(const PemBlock &block, const Secret &password)
{
    if (block.label.startsWith("OPENSSH"))
        return fail(
            Error::Kind::BadRequest,
            QStringLiteral("the private key in line %1 is an OpenSSH private key").arg(block.line),
            QStringLiteral("Convert it with \"ssh-keygen -p -m PEM\"."));
    if (isEncrypted(block)) {
        if (password.isEmpty())
            return fail(Error::Kind::BadRequest, QStringLiteral("the private key is encrypted"),
                        QStringLiteral("Give the password of the key."));
        Result<ContainerContent> content =
            m_containers(ImportFormat::EncryptedKey, block.text, password);
        if (!content)
            return fail(content.error());
        if (content->keys.size() != 1)
            return fail(Error::Kind::Internal, QStringLiteral("the key did not come back"));
        return PrivateKey::fromPkcs8(content->keys.front());
    }
    const Result<Secret> text = Secret::copyOf(block.text);
    if (!text)
        return fail(text.error());
    return PrivateKey::fromPem(*text, password);
}

Result<> ImportReader::readBlock(const PemBlock &block, const Secret &password, bool isCollection,
                                 Pieces &pieces)
{
    const auto leaveOut = [&](const Error &error) -> Result<> {
        if (!isCollection)
            return fail(error);
        if (++pieces.bad <= listedAtMost)
            pieces.notes.append(QStringLiteral("Left out: ") + error.detail);
        return {};
    };
    if (block.isPrivateKey()) {
        Result<PrivateKey> key = keyIn(block, password);
        if (!key)
            return fail(key.error());
        pieces.keys.push_back(std::move(*key));
    } else if (block.isCertificate() || block.label == "TRUSTED CERTIFICATE") {
        Result<ImportedCertificate> certificate = certificateIn(block);
        if (!certificate)
            return leaveOut(certificate.error());
        pieces.certificates.push_back(std::move(*certificate));
    } else if (block.label.endsWith("CERTIFICATE REQUEST")) {
        const QByteArray text(reinterpret_cast<const char *>(block.text.data()),
                              static_cast<qsizetype>(block.text.size()));
        Result<Csr> request = Csr::read(text);
        if (!request)
            return leaveOut(atLine(request.error(), block));
        pieces.requests.push_back(std::move(*request));
    } else if (block.label == "PKCS7" || block.label == "CMS" || block.label == "X509 CRL") {
        const Result<QByteArray> der = decodePemBody(block);
        if (!der)
            return leaveOut(der.error());
        const bool isList = block.label == "X509 CRL";
        return readHostile(isList ? ImportFormat::RevocationList : ImportFormat::Pkcs7,
                           bytesOf(*der), password, pieces);
    } else if (!block.label.endsWith("PARAMETERS")) { // those stand before a key, and say little
        pieces.notes.append(QStringLiteral("Left out: the %1 in line %2")
                                .arg(QString::fromLatin1(block.label))
                                .arg(block.line));
    }
    return {};
}

Result<ImportReader::Pieces> ImportReader::readPem(Bytes bytes, const Secret &password)
{
    const Result<std::vector<PemBlock>> blocks = pemBlocks(bytes);
    if (!blocks)
        return fail(blocks.error());
    const auto isCertificate = [](const PemBlock &block) { return block.isCertificate(); };
    const auto count =
        static_cast<std::size_t>(std::count_if(blocks->begin(), blocks->end(), isCertificate));
    Pieces pieces;
    for (const PemBlock &block : *blocks) {
        if (const Result<> read = readBlock(block, password, count >= collectionSize, pieces);
            !read)
            return fail(read.error());
    }
    if (pieces.bad > listedAtMost)
        pieces.notes.append(QStringLiteral("Left out: %1 more").arg(pieces.bad - listedAtMost));
    if (pieces.certificates.empty() && pieces.keys.empty() && pieces.requests.empty()
        && !pieces.hadContainer)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("there is no certificate in it, only: %1")
                        .arg(QString::fromLatin1(blocks->front().label)));
    return pieces;
}

Result<> ImportReader::readHostile(ImportFormat format, Bytes bytes, const Secret &password,
                                   Pieces &pieces)
{
    Result<ContainerContent> content = m_containers(format, bytes, password);
    if (!content)
        return fail(content.error());
    pieces.hadContainer = true;
    pieces.isDatabase = pieces.isDatabase || format == ImportFormat::Database;
    for (const QByteArray &der : content->certificates) {
        Result<ImportedCertificate> certificate = certificateFrom(der);
        if (!certificate)
            return fail(certificate.error());
        pieces.certificates.push_back(std::move(*certificate));
    }
    for (const QByteArray &der : content->requests) {
        Result<Csr> request = Csr::read(der);
        if (!request)
            pieces.notes.append(QStringLiteral("Left out a request: ") + request.error().detail);
        else
            pieces.requests.push_back(std::move(*request));
    }
    for (const QByteArray &der : content->publicKeys) {
        Result<PublicKeyFacts> key = publicKeyFacts(der);
        if (!key)
            return fail(key.error());
        pieces.publicKeys.push_back(std::move(*key));
    }
    for (const Secret &der : content->keys) {
        Result<PrivateKey> key = PrivateKey::fromPkcs8(der);
        if (!key)
            return fail(Error::Kind::BadRequest, key.error().detail);
        pieces.keys.push_back(std::move(*key));
    }
    pieces.notes.append(content->notes);
    for (ContainerContent::ClosedKey &key : content->closedKeys)
        pieces.closedKeys.push_back(std::move(key));
    return {};
}

Result<ImportReader::Pieces> ImportReader::readBinary(const RecognizedFormat &recognized,
                                                      Bytes bytes, const Secret &password)
{
    Pieces pieces;
    if (isHostileFormat(recognized.format)) {
        if (const Result<> read = readHostile(recognized.format, bytes, password, pieces); !read)
            return fail(read.error());
        return pieces;
    }
    const QByteArray der(reinterpret_cast<const char *>(bytes.data()),
                         static_cast<qsizetype>(bytes.size()));
    switch (recognized.format) {
    case ImportFormat::Certificate: {
        Result<ImportedCertificate> certificate = certificateFrom(der);
        if (!certificate)
            return fail(certificate.error());
        pieces.certificates.push_back(std::move(*certificate));
        return pieces;
    }
    case ImportFormat::Request: {
        Result<Csr> request = Csr::read(der);
        if (!request)
            return fail(request.error());
        pieces.requests.push_back(std::move(*request));
        return pieces;
    }
    case ImportFormat::PrivateKey: {
        Result<PrivateKey> key = keyFromDer(bytes);
        if (!key)
            return fail(key.error());
        pieces.keys.push_back(std::move(*key));
        return pieces;
    }
    case ImportFormat::Base64: {
        const QByteArray decoded = QByteArray::fromBase64(der);
        const RecognizedFormat inner =
            recognizeFormat(bytesOf(decoded), static_cast<std::uint64_t>(decoded.size()));
        if (inner.format != ImportFormat::Certificate && inner.format != ImportFormat::Request
            && inner.format != ImportFormat::Pkcs7)
            return unreadable(recognized);
        return readBinary(inner, bytesOf(decoded), password);
    }
    default:
        return unreadable(recognized);
    }
}

Result<ImportContent> ImportReader::read(Bytes bytes, const Secret &password)
{
    if (bytes.empty())
        return fail(Error::Kind::BadRequest, QStringLiteral("there is nothing in it (0 bytes)"));
    if (bytes.size() > static_cast<std::size_t>(maxImportSize))
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("it has %1 bytes; at most 16 MiB can be imported at once")
                        .arg(bytes.size()));
    const RecognizedFormat recognized = recognizeFormat(bytes, bytes.size());
    Result<Pieces> pieces = recognized.format == ImportFormat::Pem
        ? readPem(bytes, password)
        : readBinary(recognized, bytes, password);
    if (!pieces)
        return fail(pieces.error(), "reading what to import");
    return contentOf(std::move(*pieces));
}

Result<ImportContent> ImportReader::readToken(const QByteArray &uri)
{
    Pieces pieces;
    const Result<> read = readHostile(ImportFormat::Token, bytesOf(uri), Secret(), pieces);
    if (!read)
        return fail(read.error(), "reading a token");
    return contentOf(std::move(pieces));
}

Result<ImportContent> ImportReader::contentOf(Pieces pieces)
{
    ImportContent content;
    content.keys = std::move(pieces.keys);
    content.requests = std::move(pieces.requests);
    content.publicKeys = std::move(pieces.publicKeys);
    content.closedKeys = std::move(pieces.closedKeys);
    content.notes = std::move(pieces.notes);
    content.entries = arranged(withoutRepeats(std::move(pieces.certificates)), content.keys);
    const Result<> keys = pieces.isDatabase ? Result<>() : checkKeys(content);
    if (!keys)
        return fail(keys.error(), "reading what to import");
    return content;
}

} // namespace sealbook
