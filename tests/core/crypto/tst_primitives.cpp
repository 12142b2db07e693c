// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Aead.h"
#include "core/crypto/Base64.h"
#include "core/crypto/Digest.h"
#include "core/crypto/Hmac.h"
#include "core/crypto/Kdf.h"
#include "core/crypto/Random.h"
#include "tests/support/TestSecret.h"

#include <QTest>

using namespace sealbook;

namespace {

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}

} // namespace

// The published vectors of each primitive, and what must be refused.
class TstPrimitives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void digestsMatchFips180_data();
    void digestsMatchFips180();
    void hmacMatchesRfc4231AndRfc2202_data();
    void hmacMatchesRfc4231AndRfc2202();
    void hmacRefusesAnEmptyKey();
    void base64MatchesRfc4648_data();
    void base64MatchesRfc4648();
    void base64UrlRefuses_data();
    void base64UrlRefuses();
    void secretBase64TakesWhatPeoplePaste();
    void hkdfMatchesRfc5869_data();
    void hkdfMatchesRfc5869();
    void hkdfRefusesWhatItCannotGive();
    void scryptMatchesRfc7914_data();
    void scryptMatchesRfc7914();
    void scryptRefusesHostileParameters_data();
    void scryptRefusesHostileParameters();
    void gcmMatchesNistVectors_data();
    void gcmMatchesNistVectors();
    void gcmOpensNothingThatWasTouched();
    void gcmRefusesWrongSizes();
    void randomBytesDiffer();
};

void TstPrimitives::digestsMatchFips180_data()
{
    QTest::addColumn<HashAlgorithm>("algorithm");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("SHA-256 of abc")
        << HashAlgorithm::Sha256 << QByteArray("abc")
        << hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("SHA-256 of nothing")
        << HashAlgorithm::Sha256 << QByteArray()
        << hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("SHA-1 of abc") << HashAlgorithm::Sha1 << QByteArray("abc")
                                  << hex("a9993e364706816aba3e25717850c26c9cd0d89d");
    QTest::newRow("MD5 of abc") << HashAlgorithm::Md5 << QByteArray("abc")
                                << hex("900150983cd24fb0d6963f7d28e17f72");
}

void TstPrimitives::digestsMatchFips180()
{
    QFETCH(HashAlgorithm, algorithm);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, expected);
    QCOMPARE(digest(algorithm, bytesOf(data)), expected);
    if (algorithm == HashAlgorithm::Sha256)
        QCOMPARE(sha256Hex(data), QString::fromLatin1(expected.toHex()));
}

void TstPrimitives::hmacMatchesRfc4231AndRfc2202_data()
{
    QTest::addColumn<HashAlgorithm>("algorithm");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray key1(20, '\x0b');
    const QByteArray question("what do ya want for nothing?");
    QTest::newRow("4231 case 1, SHA-256")
        << HashAlgorithm::Sha256 << key1 << QByteArray("Hi There")
        << hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    QTest::newRow("4231 case 1, SHA-384")
        << HashAlgorithm::Sha384 << key1 << QByteArray("Hi There")
        << hex("afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
               "faea9ea9076ede7f4af152e8b2fa9cb6");
    QTest::newRow("4231 case 1, SHA-512")
        << HashAlgorithm::Sha512 << key1 << QByteArray("Hi There")
        << hex("87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
               "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
    QTest::newRow("4231 case 2, SHA-256")
        << HashAlgorithm::Sha256 << QByteArray("Jefe") << question
        << hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    QTest::newRow("4231 case 6, key longer than a block")
        << HashAlgorithm::Sha256 << QByteArray(131, '\xaa')
        << QByteArray("Test Using Larger Than Block-Size Key - Hash Key First")
        << hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    QTest::newRow("2202 MD5") << HashAlgorithm::Md5 << QByteArray("Jefe") << question
                              << hex("750c783e6ab0b503eaa86e310a5db738");
    QTest::newRow("2202 SHA-1") << HashAlgorithm::Sha1 << QByteArray("Jefe") << question
                                << hex("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

void TstPrimitives::hmacMatchesRfc4231AndRfc2202()
{
    QFETCH(HashAlgorithm, algorithm);
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, expected);
    const Secret secret = testSecret(key);
    const Result<QByteArray> mac = hmac(algorithm, secret, data);
    QVERIFY(mac);
    QCOMPARE(*mac, expected);
    QCOMPARE(revealed(hmacToSecret(algorithm, secret, data).value()), expected);
}

void TstPrimitives::hmacRefusesAnEmptyKey()
{
    QCOMPARE(hmac(HashAlgorithm::Sha256, Secret(), "data").error().kind, Error::Kind::BadRequest);
}

void TstPrimitives::base64MatchesRfc4648_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("standard");
    const auto row = [](const char *name, const QByteArray &bytes, const char *url,
                        const char *standard) {
        QTest::newRow(name) << bytes << QByteArray(url) << QByteArray(standard);
    };
    row("nothing", "", "", "");
    row("f", "f", "Zg", "Zg==");
    row("fo", "fo", "Zm8", "Zm8=");
    row("foo", "foo", "Zm9v", "Zm9v");
    row("foob", "foob", "Zm9vYg", "Zm9vYg==");
    row("fooba", "fooba", "Zm9vYmE", "Zm9vYmE=");
    row("foobar", "foobar", "Zm9vYmFy", "Zm9vYmFy");
    row("both special digits", hex("fbff"), "-_8", "+/8=");
}

void TstPrimitives::base64MatchesRfc4648()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, standard);
    QCOMPARE(toBase64Url(bytes), url);
    QCOMPARE(fromBase64Url(url).value(), bytes);
    const Secret secret = testSecret(bytes);
    QCOMPARE(revealed(encodeBase64(secret, Base64Alphabet::Url).value()), url);
    QCOMPARE(revealed(encodeBase64(secret, Base64Alphabet::Standard).value()), standard);
    QCOMPARE(revealed(decodeBase64(testSecret(url), Base64Alphabet::Url).value()), bytes);
    QCOMPARE(revealed(decodeBase64(testSecret(standard), Base64Alphabet::Standard).value()), bytes);
}

void TstPrimitives::base64UrlRefuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("padding") << QByteArray("Zg==");
    QTest::newRow("one digit too many") << QByteArray("Zm9vY");
    QTest::newRow("stray bits") << QByteArray("Zh");
    QTest::newRow("standard digits") << QByteArray("+/8");
    QTest::newRow("blank") << QByteArray("Zm 9v");
    QTest::newRow("high byte") << QByteArray("Zm\xff"
                                             "v");
}

void TstPrimitives::base64UrlRefuses()
{
    QFETCH(QByteArray, text);
    QCOMPARE(fromBase64Url(text).error().kind, Error::Kind::BadRequest);
}

void TstPrimitives::secretBase64TakesWhatPeoplePaste()
{
    const Secret pasted = testSecret(" \tZm9vYg==\r\n");
    QCOMPARE(revealed(decodeBase64(pasted, Base64Alphabet::Url).value()), QByteArray("foob"));
    QVERIFY(!decodeBase64(testSecret("Zm9vYg="), Base64Alphabet::Url)); // padding by half
    QVERIFY(!decodeBase64(testSecret("Zm=v"), Base64Alphabet::Standard));
    QVERIFY(!decodeBase64(testSecret("===="), Base64Alphabet::Standard));
    QVERIFY(decodeBase64(Secret(), Base64Alphabet::Standard)->isEmpty());
    // The error names the place, never the text.
    const Result<Secret> wrong = decodeBase64(testSecret("Zm9!"), Base64Alphabet::Standard);
    QVERIFY(wrong.error().detail.contains(QStringLiteral("position 4")));
}

void TstPrimitives::hkdfMatchesRfc5869_data()
{
    QTest::addColumn<QByteArray>("ikm");
    QTest::addColumn<QByteArray>("salt");
    QTest::addColumn<QByteArray>("info");
    QTest::addColumn<QByteArray>("okm");
    QTest::newRow("A.1") << QByteArray(22, '\x0b') << hex("000102030405060708090a0b0c")
                         << hex("f0f1f2f3f4f5f6f7f8f9")
                         << hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                                "34007208d5b887185865");
    QTest::newRow("A.3") << QByteArray(22, '\x0b') << QByteArray() << QByteArray()
                         << hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                                "9d201395faa4b61a96c8");
}

void TstPrimitives::hkdfMatchesRfc5869()
{
    QFETCH(QByteArray, ikm);
    QFETCH(QByteArray, salt);
    QFETCH(QByteArray, info);
    QFETCH(QByteArray, okm);
    const Result<Secret> key =
        hkdfSha256(testSecret(ikm), salt, info, static_cast<int>(okm.size()));
    QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
    QCOMPARE(revealed(*key), okm);
}

void TstPrimitives::hkdfRefusesWhatItCannotGive()
{
    QVERIFY(!hkdfSha256(Secret(), "salt", "info", 32));
    QVERIFY(!hkdfSha256(testSecret("key"), "salt", "info", 0));
    QVERIFY(!hkdfSha256(testSecret("key"), "salt", "info", 255 * 32 + 1));
    QVERIFY(hkdfSha256(testSecret("key"), "salt", "info", 255 * 32));
}

void TstPrimitives::scryptMatchesRfc7914_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("salt");
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("r");
    QTest::addColumn<int>("p");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("empty") << QByteArray() << QByteArray() << 16 << 1 << 1
                           << hex("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                                  "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d1890"
                                  "6");
    QTest::newRow("password, NaCl")
        << QByteArray("password") << QByteArray("NaCl") << 1024 << 8 << 16
        << hex("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a388"
               "6ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
}

void TstPrimitives::scryptMatchesRfc7914()
{
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, salt);
    QFETCH(int, n);
    QFETCH(int, r);
    QFETCH(int, p);
    QFETCH(QByteArray, expected);
    const Result<Secret> key =
        scrypt(testSecret(password), salt, static_cast<std::uint64_t>(n),
               static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(p), 64);
    QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
    QCOMPARE(revealed(*key), expected);
}

void TstPrimitives::scryptRefusesHostileParameters_data()
{
    QTest::addColumn<quint64>("n");
    QTest::addColumn<quint32>("r");
    QTest::addColumn<quint32>("p");
    QTest::newRow("no power of two") << quint64{1000} << 8u << 1u;
    QTest::newRow("one") << quint64{1} << 8u << 1u;
    QTest::newRow("zero") << quint64{0} << 8u << 1u;
    QTest::newRow("r beyond the limit") << quint64{2} << 2048u << 1u;
    QTest::newRow("a gigabyte") << (quint64{1} << 20) << 8u << 1u;
    QTest::newRow("everything") << (quint64{1} << 63) << 8u << 1u;
    QTest::newRow("r of zero") << quint64{1024} << 0u << 1u;
    QTest::newRow("p of zero") << quint64{1024} << 8u << 0u;
    QTest::newRow("p of 2^31") << quint64{1024} << 8u << (1u << 31);
}

void TstPrimitives::scryptRefusesHostileParameters()
{
    QFETCH(quint64, n);
    QFETCH(quint32, r);
    QFETCH(quint32, p);
    QCOMPARE(scrypt(testSecret("password"), "salt", n, r, p, 32).error().kind,
             Error::Kind::BadRequest);
}

void TstPrimitives::gcmMatchesNistVectors_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("nonce");
    QTest::addColumn<QByteArray>("aad");
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("sealed");
    const QByteArray feed = hex("feffe9928665731c6d6a8f9467308308");
    QTest::newRow("test case 13") << QByteArray(32, '\0') << QByteArray(12, '\0') << QByteArray()
                                  << QByteArray() << hex("530f8afbc74536b9a963b4f1c4cb738b");
    QTest::newRow("test case 14")
        << QByteArray(32, '\0') << QByteArray(12, '\0') << QByteArray() << QByteArray(16, '\0')
        << hex("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    QTest::newRow("test case 16")
        << feed + feed << hex("cafebabefacedbaddecaf888")
        << hex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        << hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
               "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
        << hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
               "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
               "76fc6ece0f4e1768cddf8853bb2d551b");
}

void TstPrimitives::gcmMatchesNistVectors()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, nonce);
    QFETCH(QByteArray, aad);
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, sealed);
    const Secret secretKey = testSecret(key);
    const Result<QByteArray> out = aesGcmSeal(secretKey, nonce, aad, testSecret(plain));
    QVERIFY(out);
    QCOMPARE(out->toHex(), sealed.toHex());
    const Result<Secret> back = aesGcmOpen(secretKey, nonce, aad, sealed);
    QVERIFY(back);
    QCOMPARE(revealed(*back), plain);
}

void TstPrimitives::gcmOpensNothingThatWasTouched()
{
    const Secret key = Secret::random(aesGcmKeySize).value();
    const QByteArray nonce = randomBytes(aesGcmNonceSize).value();
    const QByteArray sealed = aesGcmSeal(key, nonce, "row 1", testSecret("a token")).value();
    QCOMPARE(revealed(aesGcmOpen(key, nonce, "row 1", sealed).value()), QByteArray("a token"));
    const Error wrongPlace = aesGcmOpen(key, nonce, "row 2", sealed).error();
    QCOMPARE(wrongPlace.kind, Error::Kind::Corrupt);
    for (qsizetype i = 0; i < sealed.size(); ++i) {
        QByteArray touched = sealed;
        touched[i] = static_cast<char>(touched[i] ^ 1);
        QCOMPARE(aesGcmOpen(key, nonce, "row 1", touched).error(), wrongPlace);
        QCOMPARE(aesGcmOpen(key, nonce, "row 1", sealed.left(i)).error(), wrongPlace);
    }
    QCOMPARE(aesGcmOpen(Secret::random(aesGcmKeySize).value(), nonce, "row 1", sealed).error(),
             wrongPlace);
}

void TstPrimitives::gcmRefusesWrongSizes()
{
    const QByteArray nonce(aesGcmNonceSize, '\0');
    QVERIFY(!aesGcmSeal(testSecret(QByteArray(16, 'k')), nonce, {}, testSecret("x")));
    QVERIFY(!aesGcmSeal(testSecret(QByteArray(32, 'k')), nonce.left(8), {}, testSecret("x")));
    QVERIFY(!aesGcmOpen(testSecret(QByteArray(16, 'k')), nonce, {}, QByteArray(32, 'c')));
    QVERIFY(!aesGcmOpen(Secret(), nonce, {}, QByteArray(32, 'c')));
}

void TstPrimitives::randomBytesDiffer()
{
    QCOMPARE(randomBytes(16)->size(), 16);
    QVERIFY(randomBytes(16).value() != randomBytes(16).value());
}

QTEST_GUILESS_MAIN(TstPrimitives)
#include "tst_primitives.moc"
