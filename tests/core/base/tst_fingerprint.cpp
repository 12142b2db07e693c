// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/Fingerprint.h"

#include <QTest>

using namespace sealbook;

class TstFingerprint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesToHexAndBack()
    {
        const QString hex =
            QStringLiteral("00ff0123456789abcdef00112233445566778899aabbccddeeff102030405060");
        const auto fingerprint = Fingerprint::fromHex(hex);
        QVERIFY(fingerprint && !fingerprint->isNull());
        QCOMPARE(fingerprint->hex(), hex);
        QCOMPARE(Fingerprint::fromHex(hex.toUpper()), fingerprint);
        QCOMPARE(fingerprint->bytes()[1], std::uint8_t{0xff});
        QVERIFY(Fingerprint() < *fingerprint);
        QVERIFY(Fingerprint().isNull());
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("short") << QString(63, QLatin1Char('a'));
        QTest::newRow("long") << QString(65, QLatin1Char('a'));
        QTest::newRow("no hex") << QString(63, QLatin1Char('a')) + QLatin1Char('g');
        QTest::newRow("other digits") << QString(63, QLatin1Char('a')) + QChar(0x0661);
        QTest::newRow("colons") << QStringLiteral("aa:").repeated(21) + QLatin1Char('a');
    }
    void refusesWhatIsNone()
    {
        QFETCH(QString, text);
        QVERIFY(!Fingerprint::fromHex(text));
    }
};

QTEST_GUILESS_MAIN(TstFingerprint)
#include "tst_fingerprint.moc"
