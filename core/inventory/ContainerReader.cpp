// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ContainerReader.h"

#include "core/store/ForeignDatabase.h"
#include "core/x509/BouncyCastleKeystore.h"
#include "core/x509/JavaKeystore.h"
#include "core/x509/NameText.h"
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

Result<ContainerContent> readDatabase(std::span<const std::uint8_t> bytes)
{
    // Base64 takes a third more.
    Result<ForeignDatabase> database =
        readForeignDatabase(bytes, mostContainerObjects, largestContainerObject * 3 / 2);
    if (!database)
        return fail(database.error());
    ContainerContent content;
    content.certificates = std::move(database->certificates);
    for (const QString &name : database->keys)
        content.closedKeys.push_back(
            {name.isEmpty() ? QStringLiteral("without a name") : printable(name),
             QStringLiteral("it stays in the database of %1; export it from there as PKCS#12")
                 .arg(database->program)});
    if (database->requests > 0)
        content.notes.append(QStringLiteral("Its requests (%1) were not read: export them from %2.")
                                 .arg(database->requests)
                                 .arg(database->program));
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
        return readDatabase(bytes);
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
