// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ContainerReader.h"

#include "core/crypto/Digest.h"
#include "core/inventory/TokenReader.h"
#include "core/store/ForeignDatabase.h"
#include "core/x509/BouncyCastleKeystore.h"
#include "core/x509/JavaKeystore.h"
#include "core/x509/NameText.h"
#include "core/x509/NssKeys.h"
#include "core/x509/Pkcs12.h"
#include "core/x509/Pkcs7.h"

namespace sealbook {

namespace {

Result<> takeKey(ContainerContent &content, const PrivateKey &key)
{
    Result<Secret> der = key.toPkcs8();
    if (!der)
        return fail(der.error());
    content.keys.push_back(std::move(*der));
    return {};
}

Result<ContainerContent> readPkcs12Content(std::span<const std::uint8_t> bytes,
                                           const Secret &password)
{
    const Result<Pkcs12Content> file = readPkcs12(bytes, password);
    if (!file)
        return fail(file.error());
    if (file->certificates.empty() && !file->key)
        return fail(Error::Kind::BadRequest, QStringLiteral("the PKCS#12 file is empty"));
    ContainerContent content;
    for (const Certificate &certificate : file->certificates)
        content.certificates.push_back(certificate.der());
    if (file->key) {
        if (const Result<> taken = takeKey(content, *file->key); !taken)
            return fail(taken.error());
    }
    for (const PrivateKey &key : file->furtherKeyList) {
        if (const Result<> taken = takeKey(content, key); !taken)
            return fail(taken.error());
    }
    if (!file->hasMac)
        content.notes.append(QStringLiteral("The file has no checksum (MAC): nothing proves that "
                                            "it is as its maker left it."));
    for (const QString &cipher : file->oldCiphers)
        content.notes.append(QStringLiteral("The file is protected by the old cipher %1, which is "
                                            "weak today: export it again with AES-256.")
                                 .arg(cipher));
    return content;
}

Result<ContainerContent> readEncryptedKey(std::span<const std::uint8_t> bytes,
                                          const Secret &password)
{
    const Result<PrivateKey> key = PrivateKey::fromEncrypted(bytes, password);
    if (!key)
        return fail(key.error());
    ContainerContent content;
    if (const Result<> taken = takeKey(content, *key); !taken)
        return fail(taken.error());
    return content;
}

// A key that cannot be opened is named, and the rest of the database is read all the same.
void takeOrName(ContainerContent &content, const QString &name, const Result<PrivateKey> &key)
{
    const Result<> taken = key ? takeKey(content, *key) : Result<>(fail(key.error()));
    if (!taken)
        content.closedKeys.push_back(
            {name.isEmpty() ? QStringLiteral("without a name") : printable(name),
             taken.error().detail});
}

void takeXcaKeys(ContainerContent &content, const ForeignDatabase &database, const Secret &password)
{
    for (const ForeignDatabase::Key &sealed : database.keys) {
        Result<PrivateKey> key =
            fail(Error::Kind::BadRequest,
                 QStringLiteral("the password of XCA's database opens it; import again with that"));
        if (sealed.pkcs8.isEmpty())
            key = fail(Error::Kind::BadRequest, QStringLiteral("it is not in the database"));
        else if (!password.isEmpty())
            key = PrivateKey::fromEncrypted(bytesOf(sealed.pkcs8), password);
        if (!key && !sealed.pkcs8.isEmpty() && sealed.hasOwnPassword)
            key = fail(Error::Kind::BadRequest,
                       QStringLiteral("it has a password of its own in XCA; export it from there"));
        takeOrName(content, sealed.name, key);
    }
}

NssSealedKey nssKeyOf(const QHash<int, QByteArray> &attributes)
{
    const QByteArray rsa = QByteArray(4, '\0'); // CKK_RSA
    NssSealedKey key;
    key.value = attributes.value(0x11);
    key.curve = attributes.value(0x100) == rsa ? QByteArray() : attributes.value(0x180);
    key.modulus = attributes.value(0x120);
    key.publicExponent = attributes.value(0x122);
    for (std::size_t i = 0; i < key.rsa.size(); ++i)
        key.rsa[i] = attributes.value(0x123 + static_cast<int>(i));
    return key;
}

// Without a primary password the empty one opens it.
void takeNssKeys(ContainerContent &content, const ForeignDatabase &database, const Secret &password)
{
    Result<NssKeys> opened = NssKeys::open(database.salt, database.passwordCheck, password);
    if (!opened && !password.isEmpty()) {
        Result<NssKeys> open = NssKeys::open(database.salt, database.passwordCheck, Secret());
        if (open)
            opened = std::move(open);
    }
    for (const ForeignDatabase::Key &sealed : database.keys) {
        const Result<PrivateKey> key = opened ? opened->key(nssKeyOf(sealed.attributes))
                                              : Result<PrivateKey>(fail(opened.error()));
        takeOrName(content, sealed.name, key);
    }
}

Result<ContainerContent> readDatabase(std::span<const std::uint8_t> bytes, const Secret &password)
{
    // Base64 takes a third more.
    Result<ForeignDatabase> database =
        readForeignDatabase(bytes, mostContainerObjects, largestContainerObject * 3 / 2);
    if (!database)
        return fail(database.error());
    ContainerContent content;
    content.certificates = std::move(database->certificates);
    content.requests = std::move(database->requests);
    if (database->program == QLatin1String("XCA"))
        takeXcaKeys(content, *database, password);
    else
        takeNssKeys(content, *database, password);
    // A password that opens nothing is a wrong one (B43).
    if (!password.isEmpty() && content.keys.empty() && !database->keys.empty())
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the password opens no key of the database: %1")
                        .arg(content.closedKeys.front().why),
                    QStringLiteral("Check the password, or import without one."));
    return content;
}

} // namespace

Result<ContainerContent> readContainer(ImportFormat format, std::span<const std::uint8_t> bytes,
                                       const Secret &password)
{
    switch (format) {
    case ImportFormat::Pkcs12:
        return readPkcs12Content(bytes, password);
    case ImportFormat::Pkcs7:
        return readPkcs7(bytes);
    case ImportFormat::EncryptedKey:
        return readEncryptedKey(bytes, password);
    case ImportFormat::Jks:
    case ImportFormat::Jceks:
        return readJavaKeystore(bytes, password);
    case ImportFormat::BouncyCastle:
        return readBouncyCastleKeystore(bytes, password);
    case ImportFormat::Database:
        return readDatabase(bytes, password);
    case ImportFormat::TokenList:
    case ImportFormat::Token: {
        const QByteArray uri(reinterpret_cast<const char *>(bytes.data()),
                             static_cast<qsizetype>(bytes.size()));
        return format == ImportFormat::Token ? readToken(uri) : listTokens(uri);
    }
    case ImportFormat::RevocationList: {
        const Result<QString> text = describeRevocationList(bytes);
        if (!text)
            return fail(text.error());
        ContainerContent content;
        content.notes.append(QStringLiteral("It is ") + *text
                             + QStringLiteral("; nothing of it was stored."));
        return content;
    }
    default:
        return fail(Error::Kind::Internal, QStringLiteral("this is no container"));
    }
}

} // namespace sealbook
