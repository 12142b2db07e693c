// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ImportFormat.h"

#include "core/x509/DerReader.h"

#include <QByteArray>

#include <algorithm>
#include <array>
#include <string_view>

namespace sealbook {

namespace {

using namespace std::string_view_literals;
using Bytes = std::span<const std::uint8_t>;

// A pattern at the beginning of a file (or at `at`), and what it stands for.
struct Signature
{
    std::string_view bytes;
    const char *what;
    const char *advice;
    std::size_t at = 0;
};

constexpr auto unpack = "Unpack it and import the files in it.";
constexpr auto chooseOther = "Choose a certificate, a keystore or a folder of them.";

constexpr std::array signatures{
    Signature{"PK\x03\x04"sv, "a zip archive", unpack},
    Signature{"PK\x05\x06"sv, "an empty zip archive", chooseOther},
    Signature{"\x1f\x8b"sv, "a gzip archive", unpack},
    Signature{"BZh"sv, "a bzip2 archive", unpack},
    Signature{"\xfd"
              "7zXZ\0"sv,
              "an xz archive", unpack},
    Signature{"\x28\xb5\x2f\xfd"sv, "a zstd archive", unpack},
    Signature{"7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive", unpack},
    Signature{"Rar!"sv, "a RAR archive", unpack},
    Signature{"ustar"sv, "a tar archive", unpack, 257},
    Signature{"\0\x06\x15\x61"sv, "an old Berkeley database (NSS cert8.db)", chooseOther},
    Signature{"CERT"sv, "a Microsoft certificate store (SST)",
              "Export its certificates as PEM or PKCS#7.", 4},
    Signature{"\x1e\xf1\xb5\xb0"sv, "a Microsoft private key (PVK)",
              "Convert it with \"openssl rsa -inform PVK\"."},
    Signature{"\x03\xd9\xa2\x9a"sv, "a KeePass database",
              "Export the certificate from it, and import that."},
    Signature{"PuTTY-User-Key-File-"sv, "a PuTTY key", "SSH keys belong to no certificate here."},
    Signature{"openssh-key-v1"sv, "an OpenSSH private key",
              "SSH keys belong to no certificate here."},
    Signature{"ssh-"sv, "an SSH public key", chooseOther},
    Signature{"ecdsa-sha2-"sv, "an SSH public key", chooseOther},
    Signature{"sk-ssh-"sv, "an SSH public key", chooseOther},
    Signature{"\xff\xfe"sv, "text in UTF-16", "Save it as UTF-8 or ASCII text."},
    Signature{"\xfe\xff"sv, "text in UTF-16", "Save it as UTF-8 or ASCII text."},
    Signature{"%PDF"sv, "a PDF document", chooseOther},
    Signature{"\x89PNG"sv, "a picture", chooseOther},
    Signature{"\xff\xd8\xff"sv, "a picture", chooseOther},
    Signature{"GIF8"sv, "a picture", chooseOther},
    Signature{"\x7f"
              "ELF"sv,
              "a program", chooseOther},
    Signature{"MZ"sv, "a Windows program", chooseOther},
    Signature{"#!"sv, "a script", chooseOther},
    Signature{"{\\rtf"sv, "an RTF document", "Save the certificate as plain text."},
    Signature{"\x85\x01"sv, "an OpenPGP message", chooseOther},
    Signature{"\x99\x01"sv, "an OpenPGP key", chooseOther},
};

std::string_view textOf(Bytes bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view withoutLead(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"sv))
        text.remove_prefix(3);
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    return text;
}

bool beginsLike(std::string_view text, std::string_view lowerCase)
{
    return text.size() >= lowerCase.size()
        && std::equal(lowerCase.begin(), lowerCase.end(), text.begin(), [](char a, char b) {
               return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
           });
}

RecognizedFormat is(ImportFormat format, const char *what, const char *advice = "")
{
    return {format, QLatin1String(what), QLatin1String(advice)};
}

bool isDigit64(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+'
        || c == '/' || c == '=';
}

// "MII...": a SEQUENCE of more than 255 bytes in base64, and nothing else.
bool isBase64OfDer(std::string_view text)
{
    return text.starts_with("MI"sv) && text.size() > 64
        && std::all_of(text.begin(), text.end(), [](char c) { return isDigit64(c) || isSpace(c); });
}

std::optional<RecognizedFormat> recognizeText(Bytes head)
{
    const std::string_view all = textOf(head);
    if (all.find("-----BEGIN PGP "sv) != std::string_view::npos)
        return is(ImportFormat::Other, "an OpenPGP text", chooseOther);
    if (all.find("---- BEGIN SSH2 "sv) != std::string_view::npos
        && all.find("-----BEGIN "sv) == std::string_view::npos)
        return is(ImportFormat::Other, "an SSH public key", chooseOther);
    if (all.find("-----BEGIN "sv) != std::string_view::npos)
        return is(ImportFormat::Pem, "a PEM text");
    const std::string_view text = withoutLead(all);
    if (isBase64OfDer(text))
        return is(ImportFormat::Base64, "a base64 text");
    if (beginsLike(text, "<!doctype html"sv) || beginsLike(text, "<html"sv))
        return is(ImportFormat::Other, "an HTML page",
                  "The page was saved instead of the file: download it again.");
    if (beginsLike(text, "<?xml"sv))
        return is(ImportFormat::Other, "an XML document", chooseOther);
    if (text.starts_with('{') && text.find('"') != std::string_view::npos)
        return is(ImportFormat::Other, "a JSON text", chooseOther);
    return std::nullopt;
}

constexpr std::array<std::uint8_t, 8> pkcs7Oids{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07};

bool isPkcs7Oid(Bytes oid)
{
    return oid.size() == pkcs7Oids.size() + 1
        && std::equal(pkcs7Oids.begin(), pkcs7Oids.end(), oid.begin());
}

// The body of an element, also of one that the head of the file only begins with, or whose length
// is indefinite.
std::optional<Bytes> bodyOf(Bytes bytes, std::uint8_t tag)
{
    if (bytes.size() < 2 || bytes[0] != tag)
        return std::nullopt;
    if (bytes[1] <= 0x80)
        return bytes.subspan(2);
    const std::size_t count = bytes[1] & 0x7fU;
    if (count > 4 || bytes.size() < 2 + count)
        return std::nullopt;
    return bytes.subspan(2 + count);
}

ImportFormat recognizeBody(Bytes body)
{
    DerReader parts(body);
    if (parts.nextIs(DerReader::oid)) {
        const auto oid = parts.next();
        return oid && isPkcs7Oid(oid->body) ? ImportFormat::Pkcs7 : ImportFormat::Other;
    }
    if (parts.nextIs(DerReader::integer)) {
        const auto version = parts.next();
        if (!version || version->body.size() != 1)
            return ImportFormat::Other;
        const std::uint8_t number = version->body.front();
        if (number == 3 && parts.nextIs(DerReader::sequence))
            return ImportFormat::Pkcs12;
        const bool isKey = parts.nextIs(DerReader::sequence) // PKCS#8
            || (number == 1 && parts.nextIs(DerReader::octetString)) // SEC 1
            || (number == 0 && parts.nextIs(DerReader::integer)); // PKCS#1
        return isKey ? ImportFormat::PrivateKey : ImportFormat::Other;
    }
    if (!parts.nextIs(DerReader::sequence))
        return ImportFormat::Other;
    // A signed object, or the algorithm of an encrypted key. The head may cut it.
    const auto first = bodyOf(body, DerReader::sequence);
    if (!first)
        return ImportFormat::Other;
    DerReader inner(*first);
    if (inner.nextIs(DerReader::oid)) {
        const bool followed = parts.next() && parts.nextIs(DerReader::octetString);
        return followed ? ImportFormat::EncryptedKey : ImportFormat::Other;
    }
    if (inner.nextIs(DerReader::context(0)))
        return ImportFormat::Certificate; // with its version
    if (inner.nextIs(DerReader::sequence)) { // of version 1: the algorithm comes first
        const auto algorithm = inner.next();
        const bool isAlgorithm = algorithm && DerReader(algorithm->body).nextIs(DerReader::oid);
        return isAlgorithm ? ImportFormat::RevocationList : ImportFormat::Other;
    }
    const auto number = inner.next(DerReader::integer);
    if (!number || !inner.nextIs(DerReader::sequence))
        return ImportFormat::Other;
    const auto second = inner.next();
    if (!second)
        return ImportFormat::Certificate; // of version 1, damaged or cut
    DerReader algorithm(second->body);
    if (!algorithm.nextIs(DerReader::oid) || number->body.size() != 1)
        return algorithm.nextIs(DerReader::oid) ? ImportFormat::Certificate : ImportFormat::Request;
    const auto third = inner.next(DerReader::sequence);
    const bool timesFollow =
        inner.nextIs(DerReader::utcTime) || inner.nextIs(DerReader::generalizedTime);
    return third && timesFollow ? ImportFormat::RevocationList : ImportFormat::Certificate;
}

std::optional<RecognizedFormat> recognizeDer(Bytes head, std::uint64_t size)
{
    const auto body = bodyOf(head, DerReader::sequence);
    if (!body)
        return std::nullopt;
    switch (const ImportFormat format = recognizeBody(*body)) {
    case ImportFormat::Certificate:
        return is(format, "a certificate");
    case ImportFormat::Request:
        return is(format, "a certificate request");
    case ImportFormat::RevocationList:
        return is(format, "a revocation list");
    case ImportFormat::PrivateKey:
        return is(format, "a private key");
    case ImportFormat::EncryptedKey:
        return is(format, "an encrypted private key");
    case ImportFormat::Pkcs7:
        return is(format, "a PKCS#7 file");
    case ImportFormat::Pkcs12:
        return is(format, "a PKCS#12 file");
    default:
        if (!looksLikeDer(head, size))
            return std::nullopt;
        return is(ImportFormat::Other, "ASN.1 data of an unknown kind", chooseOther);
    }
}

std::uint32_t numberAt(Bytes bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8U | bytes[at + i];
    return value;
}

// Version, salt (length first), count of rounds.
bool isBouncyCastle(Bytes head, std::uint64_t size)
{
    constexpr std::size_t shortest = 16;
    if (head.size() < shortest || size < shortest)
        return false;
    const std::uint32_t version = numberAt(head, 0);
    const std::uint32_t salt = numberAt(head, 4);
    return version >= 1 && version <= 2 && salt >= 8 && salt <= 64;
}

bool isText(Bytes head)
{
    return std::none_of(head.begin(), head.end(), [](std::uint8_t c) {
        return c < 0x20 && c != '\t' && c != '\r' && c != '\n' && c != '\f' && c != 0x1b;
    });
}

} // namespace

RecognizedFormat recognizeFormat(Bytes head, std::uint64_t size)
{
    const std::string_view all = textOf(head);
    if (all.starts_with("\xfe\xed\xfe\xed"sv))
        return is(ImportFormat::Jks, "a Java keystore (JKS)");
    if (all.starts_with("\xce\xce\xce\xce"sv))
        return is(ImportFormat::Jceks, "a Java keystore (JCEKS)");
    if (all.starts_with("SQLite format 3\0"sv))
        return is(ImportFormat::Database, "an SQLite database");
    // A script or a mail may carry PEM: text comes first.
    if (const auto text = recognizeText(head))
        return *text;
    for (const Signature &signature : signatures) {
        if (all.size() > signature.at && all.substr(signature.at).starts_with(signature.bytes))
            return is(ImportFormat::Other, signature.what, signature.advice);
    }
    if (const auto der = recognizeDer(head, size))
        return *der;
    if (isBouncyCastle(head, size))
        return is(ImportFormat::BouncyCastle, "a Bouncy Castle keystore");
    return isText(head) ? is(ImportFormat::Other, "plain text", chooseOther)
                        : is(ImportFormat::Other, "", chooseOther);
}

bool isHostileFormat(ImportFormat format)
{
    switch (format) {
    case ImportFormat::EncryptedKey:
    case ImportFormat::RevocationList:
    case ImportFormat::Pkcs7:
    case ImportFormat::Pkcs12:
    case ImportFormat::Jks:
    case ImportFormat::Jceks:
    case ImportFormat::BouncyCastle:
    case ImportFormat::Database:
    case ImportFormat::TokenList:
    case ImportFormat::Token:
        return true;
    default:
        return false;
    }
}

namespace {

struct Code
{
    ImportFormat format;
    const char *text;
};
constexpr std::array codes{
    Code{ImportFormat::EncryptedKey, "key"}, Code{ImportFormat::RevocationList, "crl"},
    Code{ImportFormat::Pkcs7, "pkcs7"},      Code{ImportFormat::Pkcs12, "pkcs12"},
    Code{ImportFormat::Jks, "jks"},          Code{ImportFormat::Jceks, "jceks"},
    Code{ImportFormat::BouncyCastle, "bks"}, Code{ImportFormat::Database, "sqlite"},
    Code{ImportFormat::TokenList, "tokens"}, Code{ImportFormat::Token, "token"},
};

} // namespace

QByteArray formatCode(ImportFormat format)
{
    for (const Code &code : codes) {
        if (code.format == format)
            return code.text;
    }
    return {};
}

ImportFormat formatFromCode(const QByteArray &text)
{
    for (const Code &code : codes) {
        if (text == code.text)
            return code.format;
    }
    return ImportFormat::Other;
}

} // namespace sealbook
