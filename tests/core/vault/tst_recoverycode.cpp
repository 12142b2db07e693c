// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/vault/RecoveryCode.h"

#include <QTest>

using namespace sealbook;

namespace {

Secret secretOf(const QByteArray &bytes)
{
    return std::move(*Secret::copyOf(bytesOf(bytes)));
}

QByteArray textOf(const Secret &secret)
{
    return QByteArray(secret.text().data(), static_cast<qsizetype>(secret.size()));
}

const QString vaultId = QStringLiteral("11111111-2222-4333-8444-555555555555");

} // namespace

class TstRecoveryCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndReadsCodes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("zeros") << QByteArray(16, '\0')
                               << QByteArray("00000-00000-00000-00000-00000-00");
        QTest::newRow("ones") << QByteArray(16, '\xff')
                              << QByteArray("7ZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-Z*");
        QTest::newRow("counting") << QByteArray(
            "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f", 16)
                                  << QByteArray("00041-06105-0R3GG-28A1C-60T3G-F6");
    }
    void writesAndReadsCodes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, code);
        const auto text = formatRecoveryCode(secretOf(bytes));
        QVERIFY(text);
        QCOMPARE(textOf(*text), code);
        const auto back = parseRecoveryCode(*text);
        QVERIFY(back);
        QCOMPARE(textOf(*back), bytes);
    }

    void readsWhatPeopleType_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::newRow("lower case") << QByteArray("00041-06105-0r3gg-28a1c-60t3g-f6");
        QTest::newRow("blanks") << QByteArray("00041 06105 0R3GG 28A1C 60T3G F6 \n");
        QTest::newRow("no groups") << QByteArray("00041061050R3GG28A1C60T3GF6");
        QTest::newRow("letters for digits") << QByteArray("OOO4l-O6IO5-OR3GG-28A1C-6OT3G-F6");
    }
    void readsWhatPeopleType()
    {
        QFETCH(QByteArray, typed);
        const auto code = parseRecoveryCode(secretOf(typed));
        QVERIFY(code);
        QCOMPARE(textOf(*code).toHex(), QByteArray("000102030405060708090a0b0c0d0e0f"));
    }

    void refusesWhatIsNoCode_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("short") << QByteArray("00041-06105");
        QTest::newRow("long") << QByteArray("00041-06105-0R3GG-28A1C-60T3G-F60");
        QTest::newRow("umlaut") << QByteArray("\xc3\xbc");
        QTest::newRow("check sign too early") << QByteArray("*0041-06105-0R3GG-28A1C-60T3G-F6");
        QTest::newRow("more than 128 bits") << QByteArray("ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZ");
    }
    void refusesWhatIsNoCode()
    {
        QFETCH(QByteArray, typed);
        const auto code = parseRecoveryCode(secretOf(typed));
        QVERIFY(!code);
        QCOMPARE(code.error().kind, Error::Kind::BadRequest);
    }

    void findsEverySingleTypingError()
    {
        const QByteArray right("00041061050R3GG28A1C60T3GF6");
        const QByteArray alphabet("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
        for (int i = 0; i < right.size(); ++i) {
            for (const char c : alphabet) {
                if (c == right.at(i))
                    continue;
                QByteArray wrong = right;
                wrong[i] = c;
                QVERIFY(!parseRecoveryCode(secretOf(wrong)));
            }
        }
        for (int i = 0; i + 1 < right.size(); ++i) {
            QByteArray swapped = right;
            std::swap(swapped.data()[i], swapped.data()[i + 1]);
            QVERIFY(swapped == right || !parseRecoveryCode(secretOf(swapped)));
        }
    }

    void wrapsAndUnwrapsTheVaultKey()
    {
        const Secret code = secretOf(QByteArray(16, 'c'));
        const Secret key = secretOf(QByteArray(32, 'k'));
        const auto wrap = wrapKey(code, vaultId, 3, key);
        QVERIFY(wrap);
        const auto read = recoveryWrapFromJson(toJson(*wrap));
        QVERIFY(read);
        QCOMPARE(read->n, 131072U);
        QCOMPARE(read->epoch, 3U);
        const auto back = unwrapKey(code, vaultId, *read);
        QVERIFY(back);
        QVERIFY(back->equals(key));
        const auto wrong = unwrapKey(secretOf(QByteArray(16, 'd')), vaultId, *read);
        QCOMPARE(wrong.error().kind, Error::Kind::Unauthorized);
        QVERIFY(!unwrapKey(code, QStringLiteral("another profile"), *read));
    }

    void refusesParametersThatWeNeverWrite_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<qint64>("value");
        QTest::newRow("cheap") << QStringLiteral("n") << qint64(1024);
        QTest::newRow("endless") << QStringLiteral("n") << qint64(1) * (1LL << 30);
        QTest::newRow("beyond") << QStringLiteral("n") << qint64(1) * (1LL << 40);
        QTest::newRow("block size") << QStringLiteral("r") << qint64(1);
        QTest::newRow("parallel") << QStringLiteral("p") << qint64(1000);
        QTest::newRow("negative") << QStringLiteral("p") << qint64(-1);
        QTest::newRow("format") << QStringLiteral("alg") << qint64(9);
    }
    void refusesParametersThatWeNeverWrite()
    {
        QFETCH(QString, member);
        QFETCH(qint64, value);
        RecoveryWrap wrap;
        wrap.salt = QByteArray(16, 's');
        wrap.nonce = QByteArray(12, 'n');
        wrap.sealed = QByteArray(48, 'x');
        QJsonObject object = toJson(wrap);
        object.insert(member, value);
        const auto read = recoveryWrapFromJson(object);
        const auto key = read ? unwrapKey(secretOf(QByteArray(16, 'c')), vaultId, *read)
                              : Result<Secret>(fail(read.error()));
        QVERIFY(!key);
        QCOMPARE(key.error().kind, Error::Kind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TstRecoveryCode)
#include "tst_recoverycode.moc"
