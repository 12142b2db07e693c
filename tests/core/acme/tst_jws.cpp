// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/Jws.h"

#include "core/crypto/Base64.h"
#include "core/crypto/Digest.h"
#include "core/x509/PrivateKey.h"

#include <QJsonDocument>
#include <QTest>
#include <QUrl>

#include <openssl/ecdsa.h>
#include <openssl/hmac.h>

using namespace sealbook;

class TstJws : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheKeyOfRfc7515();
    void makesTheThumbprintOfRfc7638();
    void signsVerifiably();
    void sendsTheKeyOrTheAccountButNotBoth();
    void makesAnEmptyPayloadForPostAsGet();
    void bindsAnExternalAccountWithHs256();
    void refusesAnEmptyMacKey();
};

// RFC 7515 appendix A.3.1.
static const QByteArray x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
static const QByteArray y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
static const QByteArray d = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";

static QByteArray decoded(const QByteArray &text)
{
    return fromBase64Url(text).value();
}

// The key as SEC 1 (RFC 5915), which is all that a PEM file of it needs.
static PrivateKey rfcKey()
{
    const QByteArray der = QByteArray::fromHex("307702010104 20") + decoded(d)
        + QByteArray::fromHex("a00a06082a8648ce3d030107a14403420004") + decoded(x) + decoded(y);
    const QByteArray pem = "-----BEGIN EC PRIVATE KEY-----\n" + der.toBase64().left(64) + "\n"
        + der.toBase64().mid(64, 64) + "\n" + der.toBase64().mid(128)
        + "\n-----END EC PRIVATE KEY-----\n";
    const Secret secret = std::move(Secret::take(QByteArray(pem)).value());
    return std::move(PrivateKey::fromPem(secret, Secret()).value());
}

static QJsonObject jsonOf(const QByteArray &part)
{
    return QJsonDocument::fromJson(decoded(part)).object();
}

static JwsHead head(const QUrl &kid = {})
{
    return {QUrl(QStringLiteral("https://ca.example/new-order?a=b%20c")), "n0-_", kid};
}

void TstJws::readsTheKeyOfRfc7515()
{
    const PrivateKey key = rfcKey();
    QCOMPARE(key.jwsAlgorithm(), QByteArray("ES256"));
    QCOMPARE(key.publicJwk()[QLatin1String("x")].toString().toLatin1(), x);
    QCOMPARE(key.publicJwk()[QLatin1String("y")].toString().toLatin1(), y);
    QVERIFY(!key.publicJwk().contains(QLatin1String("d")));
}

void TstJws::makesTheThumbprintOfRfc7638()
{
    const QByteArray json = R"({"crv":"P-256","kty":"EC","x":")" + x + R"(","y":")" + y + R"("})";
    QCOMPARE(rfcKey().jwkThumbprint(), toBase64Url(sha256(json)));
}

static bool verifies(const PrivateKey &key, const QByteArray &input, const QByteArray &signature)
{
    // OpenSSL wants ECDSA signatures as DER.
    const auto *bytes = reinterpret_cast<const unsigned char *>(signature.constData());
    const std::unique_ptr<ECDSA_SIG, OpensslFree<ECDSA_SIG_free>> parts(ECDSA_SIG_new());
    ECDSA_SIG_set0(parts.get(), BN_bin2bn(bytes, 32, nullptr), BN_bin2bn(bytes + 32, 32, nullptr));
    unsigned char *der = nullptr;
    const int size = i2d_ECDSA_SIG(parts.get(), &der);
    const EvpMdCtxPtr context(EVP_MD_CTX_new());
    EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.handle());
    const int verdict = EVP_DigestVerify(context.get(), der, size_t(size),
                                         reinterpret_cast<const unsigned char *>(input.constData()),
                                         size_t(input.size()));
    OPENSSL_free(der);
    return verdict == 1;
}

void TstJws::signsVerifiably()
{
    const PrivateKey key = rfcKey();
    const QByteArray jws = signedJws(key, head(), "{\"a\":1}").value();
    const QJsonObject json = QJsonDocument::fromJson(jws).object();
    QCOMPARE(json.keys(),
             (QStringList{QStringLiteral("payload"), QStringLiteral("protected"),
                          QStringLiteral("signature")}));
    const QByteArray first = json[QLatin1String("protected")].toString().toLatin1();
    const QByteArray second = json[QLatin1String("payload")].toString().toLatin1();
    const QByteArray signature = decoded(json[QLatin1String("signature")].toString().toLatin1());
    QCOMPARE(signature.size(), 64); // r and s of fixed width, RFC 7518 section 3.4
    QVERIFY(verifies(key, first + '.' + second, signature));
    QVERIFY(!verifies(key, first + '.' + second + 'x', signature));
    QCOMPARE(decoded(second), QByteArray("{\"a\":1}"));
}

void TstJws::sendsTheKeyOrTheAccountButNotBoth()
{
    const PrivateKey key = rfcKey();
    const QByteArray withKey = signedJws(key, head(), "{}").value();
    const QJsonObject first =
        jsonOf(QJsonDocument::fromJson(withKey)[QLatin1String("protected")].toString().toLatin1());
    QCOMPARE(first[QLatin1String("jwk")].toObject(), key.publicJwk());
    QVERIFY(!first.contains(QLatin1String("kid")));
    QCOMPARE(first[QLatin1String("alg")].toString(), QStringLiteral("ES256"));
    QCOMPARE(first[QLatin1String("nonce")].toString(), QStringLiteral("n0-_"));
    QCOMPARE(first[QLatin1String("url")].toString(),
             QStringLiteral("https://ca.example/new-order?a=b%20c"));

    const QUrl kid(QStringLiteral("https://ca.example/account/1"));
    const QByteArray withAccount = signedJws(key, head(kid), "{}").value();
    const QJsonObject second = jsonOf(
        QJsonDocument::fromJson(withAccount)[QLatin1String("protected")].toString().toLatin1());
    QCOMPARE(second[QLatin1String("kid")].toString(), kid.toString());
    QVERIFY(!second.contains(QLatin1String("jwk")));
}

void TstJws::makesAnEmptyPayloadForPostAsGet()
{
    const QByteArray jws = signedJws(rfcKey(), head(), {}).value();
    const QJsonDocument json = QJsonDocument::fromJson(jws);
    QVERIFY(json[QLatin1String("payload")].isString());
    QCOMPARE(json[QLatin1String("payload")].toString(), QString());
}

void TstJws::bindsAnExternalAccountWithHs256()
{
    const PrivateKey key = rfcKey();
    const QByteArray macKey = "0123456789abcdef0123456789abcdef";
    const Secret secret = std::move(Secret::take(QByteArray(macKey)).value());
    const QUrl newAccount(QStringLiteral("https://ca.example/new-account"));
    const QJsonObject binding =
        externalBinding(key, QStringLiteral("kid-1"), secret, newAccount).value();
    const QByteArray first = binding[QLatin1String("protected")].toString().toLatin1();
    const QByteArray second = binding[QLatin1String("payload")].toString().toLatin1();
    QCOMPARE(jsonOf(first),
             (QJsonObject{{QStringLiteral("alg"), QStringLiteral("HS256")},
                          {QStringLiteral("kid"), QStringLiteral("kid-1")},
                          {QStringLiteral("url"), newAccount.toString()}}));
    QCOMPARE(jsonOf(second), key.publicJwk());
    const QByteArray input = first + '.' + second;
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), macKey.constData(), int(macKey.size()),
         reinterpret_cast<const unsigned char *>(input.constData()), size_t(input.size()), mac,
         &size);
    QCOMPARE(decoded(binding[QLatin1String("signature")].toString().toLatin1()),
             QByteArray(reinterpret_cast<const char *>(mac), qsizetype(size)));
}

void TstJws::refusesAnEmptyMacKey()
{
    const QUrl newAccount(QStringLiteral("https://ca.example/new-account"));
    QVERIFY(!externalBinding(rfcKey(), QStringLiteral("kid-1"), Secret(), newAccount).has_value());
}

QTEST_GUILESS_MAIN(TstJws)
#include "tst_jws.moc"
