// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/Jws.h"

#include "core/crypto/Base64.h"
#include "core/crypto/Hmac.h"
#include "core/x509/PrivateKey.h"

#include <QJsonDocument>

namespace sealbook {

static QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

static QString text(const QUrl &url)
{
    return QString::fromLatin1(url.toEncoded());
}

Result<QByteArray> signedJws(const PrivateKey &key, const JwsHead &head, const QByteArray &payload)
{
    QJsonObject fields{
        {QStringLiteral("alg"), QString::fromLatin1(key.jwsAlgorithm())},
        {QStringLiteral("nonce"), QString::fromLatin1(head.nonce)},
        {QStringLiteral("url"), text(head.url)},
    };
    if (head.kid.isEmpty())
        fields[QLatin1String("jwk")] = key.publicJwk();
    else
        fields[QLatin1String("kid")] = text(head.kid);

    const QByteArray first = toBase64Url(compact(fields));
    const QByteArray second = toBase64Url(payload);
    const Result<QByteArray> signature = key.signJws(first + '.' + second);
    if (!signature)
        return fail(signature.error(), "signing a request to the CA");
    return "{\"protected\":\"" + first + "\",\"payload\":\"" + second + "\",\"signature\":\""
        + toBase64Url(*signature) + "\"}";
}

Result<QJsonObject> externalBinding(const PrivateKey &key, const QString &kid, const Secret &macKey,
                                    const QUrl &newAccount)
{
    const QJsonObject fields{
        {QStringLiteral("alg"), QStringLiteral("HS256")},
        {QStringLiteral("kid"), kid},
        {QStringLiteral("url"), text(newAccount)},
    };
    const QByteArray first = toBase64Url(compact(fields));
    const QByteArray second = toBase64Url(compact(key.publicJwk()));
    const Result<QByteArray> mac = hmac(HashAlgorithm::Sha256, macKey, first + '.' + second);
    if (!mac)
        return fail(mac.error(), "binding the account to the CA's credentials");
    return QJsonObject{
        {QStringLiteral("protected"), QString::fromLatin1(first)},
        {QStringLiteral("payload"), QString::fromLatin1(second)},
        {QStringLiteral("signature"), QString::fromLatin1(toBase64Url(*mac))},
    };
}

} // namespace sealbook
