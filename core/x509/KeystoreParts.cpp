// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/KeystoreParts.h"

#include "core/x509/NameText.h"
#include "core/x509/OpensslErrors.h"
#include "core/x509/OpensslHandles.h"

namespace sealbook {

using CipherPtr = std::unique_ptr<EVP_CIPHER_CTX, OpensslFree<EVP_CIPHER_CTX_free>>;

tl::unexpected<Error> KeystoreParts::damaged(const char *where) const
{
    return fail(Error::Kind::BadRequest,
                QStringLiteral("the %1 keystore is damaged or cut off (%2)")
                    .arg(m_kind, QLatin1String(where)),
                QStringLiteral("Copy the whole file again."));
}

tl::unexpected<Error> KeystoreParts::tooMany(const char *what) const
{
    return fail(Error::Kind::BadRequest,
                QStringLiteral("the %1 keystore holds more than %2 %3")
                    .arg(m_kind)
                    .arg(mostContainerObjects)
                    .arg(QLatin1String(what)));
}

tl::unexpected<Error> KeystoreParts::refused() const
{
    return fail(Error::Kind::BadRequest,
                QStringLiteral("the password does not open the %1 keystore, or the keystore was "
                               "changed")
                    .arg(m_kind),
                QStringLiteral("Check the password and try again; nothing was changed."));
}

Result<> KeystoreParts::addCertificate(Bytes der)
{
    if (der.size() > static_cast<std::size_t>(largestContainerObject))
        return damaged("a certificate");
    if (content.certificates.size() >= mostContainerObjects)
        return tooMany("certificates");
    content.certificates.emplace_back(reinterpret_cast<const char *>(der.data()),
                                      static_cast<qsizetype>(der.size()));
    return {};
}

void KeystoreParts::close(const QString &alias, const QString &why)
{
    content.closedKeys.push_back({alias, why});
}

void KeystoreParts::noteUnproved()
{
    content.notes.append(QStringLiteral("Without its password nothing proves that the keystore is "
                                        "as its maker left it."));
}

QString KeystoreParts::textOf(Bytes bytes)
{
    return printable(QString::fromUtf8(reinterpret_cast<const char *>(bytes.data()),
                                       static_cast<qsizetype>(bytes.size())));
}

Result<Secret> KeystoreParts::decryptTripleDes(Bytes sealed, Bytes key, Bytes iv)
{
    Result<Secret> plain = Secret::ofSize(sealed.size() + 8);
    const CipherPtr cipher(EVP_CIPHER_CTX_new());
    int first = 0;
    int last = 0;
    if (!plain)
        return plain;
    std::uint8_t *out = plain->writableBytes().data();
    if (!cipher
        || EVP_DecryptInit_ex(cipher.get(), EVP_des_ede3_cbc(), nullptr, key.data(), iv.data()) != 1
        || EVP_DecryptUpdate(cipher.get(), out, &first, sealed.data(),
                             static_cast<int>(sealed.size()))
            != 1
        || EVP_DecryptFinal_ex(cipher.get(), out + first, &last) != 1) {
        (void)opensslReason();
        return fail(Error::Kind::BadRequest, QStringLiteral("its password is another one"));
    }
    return Secret::copyOf(plain->bytes().first(static_cast<std::size_t>(first + last)));
}

} // namespace sealbook
