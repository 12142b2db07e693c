// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Base64.h"
#include "core/x509/PrivateKey.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QJsonObject>
#include <QTest>

using namespace sealbook;

namespace {

PrivateKey keyFrom(const char *file, const char *password = "")
{
    const QByteArray pem = testData(QStringLiteral("x509/") + QLatin1String(file));
    return PrivateKey::fromPem(testSecret(pem), testSecret(password)).value();
}

} // namespace

class TstPrivateKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesEveryKindAndReadsItBack_data();
    void makesEveryKindAndReadsItBack();
    void thumbprintMatchesRfc7638();
    void signaturesVerify_data();
    void signaturesVerify();
    void readsForeignPem_data();
    void readsForeignPem();
    void encryptedPemOpensWithItsPassword();
    void B43_wrongPasswordThreeTimesChangesNothing();
    void encryptedKeyAsksForAPassword();
    void refusesWhatIsNoKey_data();
    void refusesWhatIsNoKey();
    void aKeyThatCannotSignForAcmeSaysSo();
};

void TstPrivateKey::makesEveryKindAndReadsItBack_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QByteArray>("jws");
    QTest::newRow("ec256") << KeyType::Ec256 << QStringLiteral("EC P-256") << QByteArray("ES256");
    QTest::newRow("ec384") << KeyType::Ec384 << QStringLiteral("EC P-384") << QByteArray("ES384");
    QTest::newRow("rsa2048") << KeyType::Rsa2048 << QStringLiteral("RSA 2048")
                             << QByteArray("RS256");
    QTest::newRow("rsa3072") << KeyType::Rsa3072 << QStringLiteral("RSA 3072")
                             << QByteArray("RS256");
}

void TstPrivateKey::makesEveryKindAndReadsItBack()
{
    QFETCH(KeyType, type);
    QFETCH(QString, algorithm);
    QFETCH(QByteArray, jws);
    const Result<PrivateKey> key = PrivateKey::generate(type);
    QVERIFY(key);
    QCOMPARE(key->algorithm(), algorithm);
    QCOMPARE(key->type(), std::optional(type));
    QCOMPARE(key->jwsAlgorithm(), jws);
    const Result<Secret> der = key->toPkcs8();
    QVERIFY(der);
    const Result<PrivateKey> again = PrivateKey::fromPkcs8(*der);
    QVERIFY2(again, again ? "" : qPrintable(again.error().detail));
    QCOMPARE(again->publicKeySha256(), key->publicKeySha256());
    const Result<Secret> pem = key->toPem();
    QVERIFY(pem);
    QVERIFY(pem->text().starts_with("-----BEGIN PRIVATE KEY-----\n"));
    const Result<PrivateKey> fromPem = PrivateKey::fromPem(*pem, Secret());
    QVERIFY(fromPem);
    QCOMPARE(fromPem->publicKeyDer(), key->publicKeyDer());
    QCOMPARE(key->publicKeySha256().size(), 64);
}

void TstPrivateKey::thumbprintMatchesRfc7638()
{
    const PrivateKey key = keyFrom("rfc7517-a2.key");
    QCOMPARE(key.publicJwk().value(QLatin1String("e")).toString(), QStringLiteral("AQAB"));
    QCOMPARE(key.jwkThumbprint(), QByteArray("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
}

void TstPrivateKey::signaturesVerify_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<int>("size");
    QTest::newRow("ES256") << KeyType::Ec256 << 64;
    QTest::newRow("ES384") << KeyType::Ec384 << 96;
    QTest::newRow("RS256") << KeyType::Rsa2048 << 256;
}

void TstPrivateKey::signaturesVerify()
{
    QFETCH(KeyType, type);
    QFETCH(int, size);
    const PrivateKey key = PrivateKey::generate(type).value();
    // Many, because r or s is short once in 256 signatures and must be padded then.
    for (int i = 0; i < (type == KeyType::Rsa2048 ? 2 : 600); ++i) {
        const QByteArray input = "header.payload" + QByteArray::number(i);
        const Result<QByteArray> signature = key.signJws(input);
        QVERIFY(signature);
        QCOMPARE(signature->size(), size);
        QByteArray der = *signature;
        if (type != KeyType::Rsa2048) {
            const auto *bytes = reinterpret_cast<const unsigned char *>(signature->constData());
            ECDSA_SIG *ecdsa = ECDSA_SIG_new();
            ECDSA_SIG_set0(ecdsa, BN_bin2bn(bytes, size / 2, nullptr),
                           BN_bin2bn(bytes + size / 2, size / 2, nullptr));
            der.resize(i2d_ECDSA_SIG(ecdsa, nullptr));
            auto *out = reinterpret_cast<unsigned char *>(der.data());
            i2d_ECDSA_SIG(ecdsa, &out);
            ECDSA_SIG_free(ecdsa);
        }
        const EvpMdCtxPtr context(EVP_MD_CTX_new());
        const char *hash = type == KeyType::Ec384 ? "SHA384" : "SHA256";
        QCOMPARE(EVP_DigestVerifyInit_ex(context.get(), nullptr, hash, nullptr, nullptr,
                                         key.handle(), nullptr),
                 1);
        QCOMPARE(EVP_DigestVerify(context.get(),
                                  reinterpret_cast<const unsigned char *>(der.constData()),
                                  static_cast<std::size_t>(der.size()),
                                  reinterpret_cast<const unsigned char *>(input.constData()),
                                  static_cast<std::size_t>(input.size())),
                 1);
    }
}

void TstPrivateKey::readsForeignPem_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("PKCS#8") << QByteArray("leaf.key") << QByteArray() << QStringLiteral("EC P-256");
    QTest::newRow("SEC 1") << QByteArray("leaf-sec1.key") << QByteArray()
                           << QStringLiteral("EC P-256");
    QTest::newRow("encrypted PKCS#8") << QByteArray("leaf-encrypted.key")
                                      << QByteArray("open sesame") << QStringLiteral("EC P-256");
    QTest::newRow("PKCS#1") << QByteArray("rsa-pkcs1.key") << QByteArray()
                            << QStringLiteral("RSA 2048");
    QTest::newRow("Ed25519") << QByteArray("ed25519.key") << QByteArray()
                             << QStringLiteral("Ed25519");
}

void TstPrivateKey::readsForeignPem()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, password);
    QFETCH(QString, algorithm);
    QCOMPARE(keyFrom(file.constData(), password.constData()).algorithm(), algorithm);
}

void TstPrivateKey::encryptedPemOpensWithItsPassword()
{
    const PrivateKey key = keyFrom("leaf.key");
    const Result<Secret> pem = key.toEncryptedPem(testSecret("pässword"));
    QVERIFY(pem);
    QVERIFY(pem->text().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    const Result<PrivateKey> again = PrivateKey::fromPem(*pem, testSecret("pässword"));
    QVERIFY(again);
    QCOMPARE(again->publicKeySha256(), key.publicKeySha256());
    QVERIFY(!PrivateKey::fromPem(*pem, testSecret("passwort")));
    QVERIFY(!key.toEncryptedPem(Secret()));
}

void TstPrivateKey::B43_wrongPasswordThreeTimesChangesNothing()
{
    const Secret pem = testSecret(testData(QStringLiteral("x509/leaf-encrypted.key")));
    for (int i = 0; i < 3; ++i) {
        const Result<PrivateKey> key = PrivateKey::fromPem(pem, testSecret("wrong"));
        QVERIFY(!key);
        QCOMPARE(key.error().kind, Error::Kind::BadRequest);
        QVERIFY(key.error().detail.contains(QStringLiteral("password does not open")));
        QVERIFY(!key.error().advice.isEmpty());
    }
    QVERIFY(PrivateKey::fromPem(pem, testSecret("open sesame")));
}

void TstPrivateKey::encryptedKeyAsksForAPassword()
{
    const Secret pem = testSecret(testData(QStringLiteral("x509/leaf-encrypted.key")));
    const Result<PrivateKey> key = PrivateKey::fromPem(pem, Secret());
    QVERIFY(!key);
    QVERIFY(key.error().detail.contains(QStringLiteral("encrypted")));
}

void TstPrivateKey::refusesWhatIsNoKey_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << QByteArray("hello");
    QTest::newRow("a certificate") << testData(QStringLiteral("x509/leaf.pem"));
    QTest::newRow("cut off") << testData(QStringLiteral("x509/leaf.key")).left(120);
    QTest::newRow("empty block") << QByteArray(
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n");
}

void TstPrivateKey::refusesWhatIsNoKey()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!PrivateKey::fromPem(testSecret(bytes), Secret()));
    QVERIFY(!PrivateKey::fromPkcs8(testSecret(bytes)));
}

void TstPrivateKey::aKeyThatCannotSignForAcmeSaysSo()
{
    const PrivateKey key = keyFrom("ed25519.key");
    QVERIFY(!key.type());
    QVERIFY(key.jwsAlgorithm().isEmpty());
    QCOMPARE(key.signJws("input").error().kind, Error::Kind::BadRequest);
}

QTEST_GUILESS_MAIN(TstPrivateKey)
#include "tst_privatekey.moc"
