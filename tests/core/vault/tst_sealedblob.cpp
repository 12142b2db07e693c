// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/vault/SealedBlob.h"
#include "core/vault/TokenItem.h"

#include <QTest>

using namespace sealbook;

namespace {

Secret secretOf(const QByteArray &bytes)
{
    return std::move(*Secret::copyOf(bytesOf(bytes)));
}

QByteArray sequence(int from, int count)
{
    QByteArray bytes;
    for (int i = 0; i < count; ++i)
        bytes.append(static_cast<char>(from + i));
    return bytes;
}

const SealContext profile{QStringLiteral("11111111-2222-4333-8444-555555555555"), 1};
const SealedPlace keyPlace{QStringLiteral("key_pair"),
                           QStringLiteral("66666666-7777-4888-8999-aaaaaaaaaaaa"),
                           QStringLiteral("sealed"), 1};

} // namespace

class TstSealedBlob : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The published vectors of format SBV1. Vault key 00..1f, salt 20..3f, nonce 40..4b, profile
    // 11111111-2222-4333-8444-555555555555. Computed with Python's cryptography from the text in
    // SealedBlob.h alone.
    void matchesThePublishedVectors_data()
    {
        QTest::addColumn<quint32>("epoch");
        QTest::addColumn<QStringList>("place");
        QTest::addColumn<int>("version");
        QTest::addColumn<QByteArray>("plain");
        QTest::addColumn<QByteArray>("blob");
        QTest::newRow("a key")
            << quint32(1)
            << QStringList{QStringLiteral("key_pair"),
                           QStringLiteral("66666666-7777-4888-8999-aaaaaaaaaaaa"),
                           QStringLiteral("sealed")}
            << 1 << QByteArray("attack at dawn")
            << QByteArray("534256310100000001202122232425262728292a2b2c2d2e2f3031323334"
                          "35363738393a3b3c3d3e3f404142434445464748494a4b1350991049160a"
                          "d843aa2f82ff0006c1293c970ad7e1c3bdaf579c5e1ee9004d1f5732e539"
                          "0b023d907811975cf5dcb56b9d66566deadf2c8aefdafe8eb8");
        QTest::newRow("nothing, epoch 7")
            << quint32(7) << QStringList{QStringLiteral("t"), QString(), QStringLiteral("f")} << 12
            << QByteArray("")
            << QByteArray("534256310100000007202122232425262728292a2b2c2d2e2f3031323334"
                          "35363738393a3b3c3d3e3f404142434445464748494a4b676b753677300f"
                          "d517241deab0fb71c95e58a81850f9f577f4f710f03ac84aefec29617b0a"
                          "8b0febd831f44ad78caf80");
    }
    void matchesThePublishedVectors()
    {
        QFETCH(quint32, epoch);
        QFETCH(QStringList, place);
        QFETCH(int, version);
        QFETCH(QByteArray, plain);
        QFETCH(QByteArray, blob);
        const SealContext context{profile.vaultId, epoch};
        const SealedPlace where{place.at(0), place.at(1), place.at(2), version};
        const Secret key = secretOf(sequence(0, 32));
        const auto sealed =
            sealBlobWith(sequence(32, 32), sequence(64, 12), key, context, where, secretOf(plain));
        QVERIFY(sealed);
        QCOMPARE(sealed->toHex(), blob);
        const auto opened = openBlob(key, context, where, QByteArray::fromHex(blob));
        QVERIFY(opened);
        QVERIFY(opened->equals(secretOf(plain)));
    }

    void neverSealsTheSameWayTwice()
    {
        const Secret key = secretOf(sequence(0, 32));
        const Secret plain = secretOf("secret");
        const auto first = sealBlob(key, profile, keyPlace, plain);
        const auto second = sealBlob(key, profile, keyPlace, plain);
        QVERIFY(first && second);
        QVERIFY(*first != *second);
        QVERIFY(!first->contains("secret"));
    }

    void B68_opensNowhereElse_data()
    {
        QTest::addColumn<QString>("vaultId");
        QTest::addColumn<quint32>("epoch");
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("row");
        QTest::addColumn<int>("version");
        const QString id = profile.vaultId;
        const QString row = keyPlace.row;
        QTest::newRow("other profile")
            << QStringLiteral("other") << 1U << keyPlace.table << row << 1;
        QTest::newRow("other epoch") << id << 2U << keyPlace.table << row << 1;
        QTest::newRow("other table") << id << 1U << QStringLiteral("token") << row << 1;
        QTest::newRow("other row") << id << 1U << keyPlace.table << QStringLiteral("x") << 1;
        QTest::newRow("other version") << id << 1U << keyPlace.table << row << 2;
        // Without lengths in front, these two would look alike.
        QTest::newRow("shifted") << id << 1U << keyPlace.table + row.left(1) << row.mid(1) << 1;
    }
    void B68_opensNowhereElse()
    {
        QFETCH(QString, vaultId);
        QFETCH(quint32, epoch);
        QFETCH(QString, table);
        QFETCH(QString, row);
        QFETCH(int, version);
        const Secret key = secretOf(sequence(0, 32));
        const auto sealed = sealBlob(key, profile, keyPlace, secretOf("secret"));
        const auto opened =
            openBlob(key, {vaultId, epoch}, {table, row, keyPlace.field, version}, *sealed);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, Error::Kind::Corrupt);
    }

    void findsEveryFlippedByteAndEveryCut()
    {
        const Secret key = secretOf(sequence(0, 32));
        const QByteArray sealed = *sealBlob(key, profile, keyPlace, secretOf("secret"));
        for (int i = 0; i < sealed.size(); ++i) {
            QByteArray bad = sealed;
            bad[i] = static_cast<char>(bad.at(i) ^ 1);
            const auto opened = openBlob(key, profile, keyPlace, bad);
            QVERIFY2(!opened, qPrintable(QString::number(i)));
            QCOMPARE(opened.error().kind, Error::Kind::Corrupt);
            QVERIFY(!openBlob(key, profile, keyPlace, sealed.left(i)));
        }
    }

    void saysWhenAFormatIsNewer()
    {
        const Secret key = secretOf(sequence(0, 32));
        QByteArray sealed = *sealBlob(key, profile, keyPlace, secretOf("secret"));
        sealed[4] = 2;
        QVERIFY(openBlob(key, profile, keyPlace, sealed)
                    .error()
                    .detail.contains(QStringLiteral("does not know")));
    }

    void refusesAnotherKey()
    {
        const auto sealed =
            sealBlob(secretOf(sequence(0, 32)), profile, keyPlace, secretOf("secret"));
        QVERIFY(!openBlob(secretOf(sequence(1, 32)), profile, keyPlace, *sealed));
    }

    void padsTokensToSteps_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("padded");
        QTest::newRow("empty") << 0 << 64;
        QTest::newRow("short") << 40 << 64;
        QTest::newRow("just fits") << 59 << 64;
        QTest::newRow("just not") << 60 << 128;
        QTest::newRow("large") << 2000 << 2048;
    }
    void padsTokensToSteps()
    {
        QFETCH(int, size);
        QFETCH(int, padded);
        const Secret token = secretOf(QByteArray(size, 't'));
        const auto item = packTokenItem(TokenForm::Direct, token);
        QVERIFY(item);
        QCOMPARE(static_cast<int>(item->size()), padded);
        const auto back = unpackTokenItem(*item);
        QVERIFY(back);
        QVERIFY(back->value.equals(token));
        QCOMPARE(static_cast<int>(back->form), 1);
    }

    void refusesAnItemThatIsNotOurs_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("password");
        QTest::newRow("unknown form") << QByteArray("\x09\0\0\0\x01xxxx", 9);
        QTest::newRow("too long") << QByteArray("\x01\0\0\0\x09xxxx", 9);
        QTest::newRow("huge") << QByteArray("\x01\xff\xff\xff\xffxxxx", 9);
    }
    void refusesAnItemThatIsNotOurs()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(unpackTokenItem(secretOf(bytes)).error().kind, Error::Kind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TstSealedBlob)
#include "tst_sealedblob.moc"
