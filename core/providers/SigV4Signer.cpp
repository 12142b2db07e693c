// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/SigV4Signer.h"

#include "core/crypto/Hmac.h"

#include <QUrlQuery>

#include <algorithm>
#include <cstring>

namespace sealbook {

namespace {

QByteArray hexDigest(const QByteArray &bytes)
{
    return digest(HashAlgorithm::Sha256, bytesOf(bytes)).toHex();
}

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text, {}, "");
}

QByteArray canonicalQuery(const QUrl &url)
{
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    QByteArrayList parts;
    for (const auto &[name, value] : items)
        parts.append(encoded(name) + '=' + encoded(value));
    std::sort(parts.begin(), parts.end());
    return parts.join('&');
}

QByteArray canonicalPath(const QUrl &url)
{
    const QStringList segments = url.path(QUrl::FullyDecoded).split(QLatin1Char('/'));
    QByteArrayList parts;
    for (const QString &segment : segments)
        parts.append(encoded(segment));
    return parts.join('/');
}

Result<Secret> withPrefix(const char *prefix, const Secret &secret)
{
    const std::size_t length = std::strlen(prefix);
    Result<Secret> joined = Secret::ofSize(length + secret.size());
    if (!joined)
        return joined;
    std::memcpy(joined->writableBytes().data(), prefix, length);
    std::memcpy(joined->writableBytes().data() + length, secret.bytes().data(), secret.size());
    return joined;
}

Result<Secret> signingKey(const SigV4Credential &credential, const QByteArray &day)
{
    Result<Secret> key = withPrefix("AWS4", *credential.secret);
    for (const QByteArray &part :
         {day, credential.region, credential.service, QByteArrayLiteral("aws4_request")}) {
        if (!key)
            return key;
        key = hmacToSecret(HashAlgorithm::Sha256, *key, part);
    }
    return key;
}

} // namespace

Result<> signSigV4(HttpRequest &request, const SigV4Credential &credential, const QDateTime &now)
{
    const QByteArray stamp = now.toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'")).toLatin1();
    const QByteArray day = stamp.left(8);
    QByteArray headers = "host:" + request.url.host().toLatin1() + "\nx-amz-date:" + stamp + '\n';
    QByteArray names = "host;x-amz-date";
    if (credential.session) {
        headers += "x-amz-security-token:"
            + QByteArray::fromRawData(credential.session->text().data(),
                                      qsizetype(credential.session->size()))
            + '\n';
        names += ";x-amz-security-token";
    }
    QByteArray canonical = request.method + '\n' + canonicalPath(request.url) + '\n'
        + canonicalQuery(request.url) + '\n' + headers + '\n' + names + '\n'
        + hexDigest(request.body);
    const QByteArray scope =
        day + '/' + credential.region + '/' + credential.service + "/aws4_request";
    const QByteArray toSign =
        "AWS4-HMAC-SHA256\n" + stamp + '\n' + scope + '\n' + hexDigest(canonical);
    wipe(canonical);
    wipe(headers);

    const Result<Secret> key = signingKey(credential, day);
    if (!key)
        return fail(key.error(), "deriving the signing key");
    const Result<QByteArray> signature = hmac(HashAlgorithm::Sha256, *key, toSign);
    if (!signature)
        return fail(signature.error(), "signing the request");
    QByteArray text = "AWS4-HMAC-SHA256 Credential=" + credential.accessKey + '/' + scope
        + ", SignedHeaders=" + names + ", Signature=" + signature->toHex();
    Result<Secret> line = Secret::take(std::move(text));
    if (!line)
        return fail(line.error());
    request.headers.push_back({"X-Amz-Date", stamp});
    request.secretHeaders.push_back({"Authorization", std::move(*line)});
    if (credential.session) {
        Result<Secret> token = credential.session->clone();
        if (!token)
            return fail(token.error());
        request.secretHeaders.push_back({"X-Amz-Security-Token", std::move(*token)});
    }
    return {};
}

} // namespace sealbook
