// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/DerTree.h"
#include "tests/support/FakeClock.h"
#include "tests/support/SampleCertificates.h"

#include <QTest>

using namespace sealbook;

class TstDerTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensACertificateToTheLastByte()
    {
        const FakeClock clock;
        SampleCertificates samples(clock.utcNow());
        const QByteArray der = samples.all().front().der;
        const Result<std::vector<DerNode>> tree = derTree(der);
        QVERIFY(tree.has_value());
        QCOMPARE(tree->front().type, QStringLiteral("SEQUENCE"));
        QCOMPARE(tree->front().headLength + tree->front().bodyLength, der.size());
        const auto holds = [&tree](const QString &type, const QString &value) {
            return std::any_of(tree->begin(), tree->end(), [&](const DerNode &node) {
                return node.type == type && node.value == value;
            });
        };
        QVERIFY(holds(QStringLiteral("OBJECT IDENTIFIER"), QStringLiteral("commonName (2.5.4.3)")));
        // Within the octet string of the extension.
        QVERIFY(holds(QStringLiteral("[2]"), QStringLiteral("legacy.example.net")));
        for (const DerNode &node : *tree)
            QVERIFY(node.offset >= 0
                    && node.offset + node.headLength + node.bodyLength <= der.size());
    }

    void refusesWhatIsNoDer_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("too short") << QByteArray::fromHex("3005020101");
        QTest::newRow("indefinite length") << QByteArray::fromHex("30800201010000");
        QTest::newRow("B46 30,000 levels") << [] {
            QByteArray bytes;
            for (int i = 0; i < 30000; ++i) {
                const qsizetype size = bytes.size();
                QByteArray head = QByteArray::fromHex("3084");
                for (int shift = 24; shift >= 0; shift -= 8)
                    head += static_cast<char>(size >> shift & 0xff);
                bytes.prepend(head);
            }
            return bytes;
        }();
        QByteArray many;
        for (int i = 0; i < 30000; ++i)
            many += QByteArray::fromHex("0500");
        QTest::newRow("too many elements") << many;
    }
    void refusesWhatIsNoDer()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(!derTree(bytes).has_value());
    }

    void saysValuesInWords_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *name, const char *hex, const char *value) {
            QTest::newRow(name) << QByteArray::fromHex(hex) << QString::fromUtf8(value);
        };
        row("true", "0101ff", "true");
        row("negative", "0201ff", "-1");
        row("large", "0209010000000000000000", "01 00 00 00 00 00 00 00 00");
        row("text", "0c03c3bc61", "\u00fca");
        row("a character that turns text round", "0c04e280ae61", "\ufffda");
        row("an unknown name", "06032a0304", "1.2.3.4");
        row("time", "170d3236313132353134303630305a", "261125140600Z");
        row("bits", "030206c0", "6 unused bits, c0");
        row("wide text", "1e0400410042", "AB");
    }
    void saysValuesInWords()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, value);
        const Result<std::vector<DerNode>> tree = derTree(bytes);
        QVERIFY(tree.has_value());
        QCOMPARE(tree->size(), std::size_t{1});
        QCOMPARE(tree->front().value, value);
    }
};

QTEST_GUILESS_MAIN(TstDerTree)
#include "tst_dertree.moc"
