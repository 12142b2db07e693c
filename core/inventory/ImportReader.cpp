// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ImportReader.h"

#include "core/x509/PemBlocks.h"
#include "core/x509/Pkcs12.h"

#include <QHash>

#include <algorithm>
#include <string_view>

namespace sealbook {

namespace {

// From this many certificates on, a file is a collection instead of a chain: one bad piece says
// nothing about the others then.
constexpr std::size_t collectionSize = 20;
constexpr int listedAtMost = 20;
constexpr std::size_t longestChain = 10;

struct Pieces
{
    std::vector<Certificate> certificates;
    std::vector<PrivateKey> keys;
    QStringList notes;
};

bool startsWith(std::span<const std::uint8_t> bytes, std::string_view mark)
{
    return bytes.size() >= mark.size()
        && std::equal(mark.begin(), mark.end(), bytes.begin(),
                      [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

bool contains(std::span<const std::uint8_t> bytes, std::string_view mark)
{
    const std::string_view all(reinterpret_cast<const char *>(bytes.data()),
                               std::min<std::size_t>(bytes.size(), 64));
    return all.find(mark) != std::string_view::npos;
}

// B55: what it is, where we know it and cannot read it.
tl::unexpected<Error> unreadable(std::span<const std::uint8_t> bytes)
{
    using namespace std::string_view_literals;
    const auto named = [](const char *what, const char *advice) {
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("this is %1, which cannot be imported").arg(QLatin1String(what)),
                    QLatin1String(advice));
    };
    if (startsWith(bytes, "\xfe\xed\xfe\xed"sv) || startsWith(bytes, "\xce\xce\xce\xce"sv))
        return named("a Java keystore",
                     "Convert it with \"keytool -importkeystore -deststoretype PKCS12\".");
    if (startsWith(bytes, "PK\x03\x04"sv))
        return named("a zip archive", "Unpack it and import the files in it.");
    if (startsWith(bytes, "\x1f\x8b"sv))
        return named("a gzip archive", "Unpack it and import the files in it.");
    if (startsWith(bytes, "\xff\xfe"sv) || startsWith(bytes, "\xfe\xff"sv))
        return named("text in UTF-16", "Save it as UTF-8 or ASCII text.");
    if (startsWith(bytes, "ssh-"sv) || startsWith(bytes, "ecdsa-sha2-"sv))
        return named("an SSH public key", "Choose a certificate.");
    if (contains(bytes, "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"sv))
        return named("a PKCS#7 file",
                     "Convert it with \"openssl pkcs7 -inform DER -print_certs\".");
    return fail(Error::Kind::BadRequest,
                QStringLiteral("this is neither a certificate (PEM or DER) nor a PKCS#12 file"));
}

Result<Certificate> certificateIn(const PemBlock &block)
{
    const Result<QByteArray> der = decodePemBody(block);
    if (!der)
        return fail(der.error());
    Result<Certificate> certificate = Certificate::fromDer(*der);
    if (!certificate) {
        Error error = certificate.error();
        error.detail = QStringLiteral("the %1 that begins in line %2: %3")
                           .arg(QString::fromLatin1(block.label))
                           .arg(block.line)
                           .arg(error.detail);
        return fail(std::move(error));
    }
    return certificate;
}

Result<PrivateKey> keyIn(const PemBlock &block, const Secret &password)
{
    if (block.label.startsWith("OPENSSH"))
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the private key in line %1 is an SSH key").arg(block.line),
                    QStringLiteral("Convert it with \"ssh-keygen -p -m PEM\"."));
    const Result<Secret> text = Secret::copyOf(block.text);
    if (!text)
        return fail(text.error());
    return PrivateKey::fromPem(*text, password);
}

Result<Pieces> readPem(std::span<const std::uint8_t> bytes, const Secret &password)
{
    const Result<std::vector<PemBlock>> blocks = pemBlocks(bytes);
    if (!blocks)
        return fail(blocks.error());
    const auto isCertificate = [](const PemBlock &block) { return block.isCertificate(); };
    const auto count =
        static_cast<std::size_t>(std::count_if(blocks->begin(), blocks->end(), isCertificate));
    Pieces pieces;
    int bad = 0;
    for (const PemBlock &block : *blocks) {
        if (block.isPrivateKey()) {
            Result<PrivateKey> key = keyIn(block, password);
            if (!key)
                return fail(key.error());
            pieces.keys.push_back(std::move(*key));
        } else if (block.isCertificate()) {
            Result<Certificate> certificate = certificateIn(block);
            if (certificate) {
                pieces.certificates.push_back(std::move(*certificate));
                continue;
            }
            if (count < collectionSize)
                return fail(certificate.error());
            if (++bad <= listedAtMost)
                pieces.notes.append(QStringLiteral("Left out: ") + certificate.error().detail);
        } else if (block.label == "PKCS7") {
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("this is a PKCS#7 file, which cannot be imported"),
                        QStringLiteral("Convert it with \"openssl pkcs7 -print_certs\"."));
        } else {
            pieces.notes.append(QStringLiteral("Left out: the %1 in line %2")
                                    .arg(QString::fromLatin1(block.label))
                                    .arg(block.line));
        }
    }
    if (bad > listedAtMost)
        pieces.notes.append(QStringLiteral("Left out: %1 more").arg(bad - listedAtMost));
    if (pieces.certificates.empty() && pieces.keys.empty())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("there is no certificate in it, only: %1")
                        .arg(QString::fromLatin1(blocks->front().label)));
    return pieces;
}

Result<Pieces> readBinary(std::span<const std::uint8_t> bytes, const Secret &password)
{
    if (looksLikePkcs12(bytes)) {
        Result<Pkcs12Content> content = readPkcs12(bytes, password);
        if (!content)
            return fail(content.error());
        Pieces pieces;
        pieces.certificates = std::move(content->certificates);
        if (content->key)
            pieces.keys.push_back(std::move(*content->key));
        if (content->furtherKeys > 0)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the PKCS#12 file holds %1 private keys")
                            .arg(content->furtherKeys + 1),
                        QStringLiteral("Split it into one file for each key."));
        if (!content->hasMac)
            pieces.notes.append(QStringLiteral("The file has no checksum (MAC): nothing proves "
                                               "that it is as its maker left it."));
        if (pieces.certificates.empty() && pieces.keys.empty())
            return fail(Error::Kind::BadRequest, QStringLiteral("the PKCS#12 file is empty"));
        return pieces;
    }
    const QByteArray der(reinterpret_cast<const char *>(bytes.data()),
                         static_cast<qsizetype>(bytes.size()));
    Result<Certificate> certificate = Certificate::fromDer(der);
    if (certificate) {
        Pieces pieces;
        pieces.certificates.push_back(std::move(*certificate));
        return pieces;
    }
    const Result<Secret> asKey =
        Secret::copyOf(bytes.first(std::min<std::size_t>(bytes.size(), 65536)));
    if (asKey) {
        Result<PrivateKey> key = PrivateKey::fromPkcs8(*asKey);
        if (key) {
            Pieces pieces;
            pieces.keys.push_back(std::move(*key));
            return pieces;
        }
    }
    return unreadable(bytes);
}

// Finds issuers among the certificates of one file.
class IssuerIndex
{
public:
    explicit IssuerIndex(const std::vector<Certificate> &all)
        : m_all(all)
    {
        for (std::size_t i = 0; i < all.size(); ++i)
            m_bySubject[all[i].subject()].push_back(i);
    }

    [[nodiscard]] std::optional<std::size_t> issuerOf(std::size_t at) const
    {
        const Certificate &certificate = m_all[at];
        if (certificate.isSelfIssued())
            return std::nullopt;
        for (const std::size_t i : m_bySubject.value(certificate.issuer())) {
            if (i != at && certificate.isIssuedBy(m_all[i]))
                return i;
        }
        return std::nullopt;
    }

private:
    const std::vector<Certificate> &m_all;
    QHash<QString, std::vector<std::size_t>> m_bySubject;
};

// Drops repeats, and puts issuers behind what they issued.
ImportContent arranged(Pieces pieces)
{
    std::vector<Certificate> all;
    QHash<QString, bool> seen;
    for (Certificate &certificate : pieces.certificates) {
        const QString sha256 = certificate.sha256();
        if (!seen.contains(sha256))
            all.push_back(std::move(certificate));
        seen.insert(sha256, true);
    }
    const IssuerIndex index(all);
    std::vector<std::optional<std::size_t>> issuers;
    std::vector<bool> isIssuer(all.size(), false);
    for (std::size_t i = 0; i < all.size(); ++i) {
        issuers.push_back(index.issuerOf(i));
        if (issuers.back())
            isIssuer[*issuers.back()] = true;
    }
    ImportContent content;
    content.notes = std::move(pieces.notes);
    content.keys = std::move(pieces.keys);
    const auto hasKey = [&content](const Certificate &certificate) {
        return std::any_of(content.keys.begin(), content.keys.end(), [&](const PrivateKey &key) {
            return key.publicKeySha256() == certificate.publicKeySha256();
        });
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (isIssuer[i] && !hasKey(all[i]))
            continue;
        ImportContent::Entry entry;
        entry.certificate = all[i];
        for (std::optional<std::size_t> up = issuers[i]; up && entry.issuers.size() < longestChain;
             up = issuers[*up])
            entry.issuers.push_back(all[*up]);
        content.entries.push_back(std::move(entry));
    }
    if (content.entries.empty() && !all.empty()) { // a ring of cross-signed authorities
        for (const Certificate &certificate : all)
            content.entries.push_back({certificate, {}});
    }
    return content;
}

// B42
Result<> checkKeys(const ImportContent &content)
{
    if (content.entries.empty())
        return {};
    for (const PrivateKey &key : content.keys) {
        const bool belongs = std::any_of(
            content.entries.begin(), content.entries.end(), [&key](const ImportContent::Entry &e) {
                return e.certificate.publicKeySha256() == key.publicKeySha256();
            });
        if (!belongs)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the private key (%1) does not belong to the certificate "
                                       "\"%2\": their public keys differ")
                            .arg(key.algorithm(), content.entries.front().certificate.commonName()),
                        QStringLiteral("Import the certificate with its own key, or without any."));
    }
    return {};
}

} // namespace

Result<ImportContent> readImport(std::span<const std::uint8_t> bytes, const Secret &password)
{
    if (bytes.empty())
        return fail(Error::Kind::BadRequest, QStringLiteral("there is nothing in it (0 bytes)"));
    if (bytes.size() > static_cast<std::size_t>(maxImportSize))
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("it has %1 bytes; at most 16 MiB can be imported at once")
                        .arg(bytes.size()));
    Result<Pieces> pieces =
        looksLikePem(bytes) ? readPem(bytes, password) : readBinary(bytes, password);
    if (!pieces)
        return fail(pieces.error(), "reading what to import");
    ImportContent content = arranged(std::move(*pieces));
    if (const Result<> keys = checkKeys(content); !keys)
        return fail(keys.error(), "reading what to import");
    return content;
}

} // namespace sealbook
