// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/LogEntry.h"
#include "tests/support/LogBytes.h"

#include <QTest>
#include <QTimeZone>

using namespace sealbook;

class TstLogEntry : public QObject
{
    Q_OBJECT

private:
    static constexpr quint64 at = 1'790'000'000'123;
    const QByteArray m_der = QByteArray(700, 'd');

private Q_SLOTS:
    void readsBothKinds_data()
    {
        QTest::addColumn<bool>("isPrecertificate");
        QTest::newRow("certificate") << false;
        QTest::newRow("precertificate") << true;
    }
    void readsBothKinds()
    {
        QFETCH(bool, isPrecertificate);
        const auto entry = readLogEntry(LogBytes::leafInput(m_der, isPrecertificate, at),
                                        LogBytes::extraData(m_der, isPrecertificate));
        QVERIFY(entry);
        QCOMPARE(entry->der, m_der);
        QCOMPARE(entry->isPrecertificate, isPrecertificate);
        QCOMPARE(entry->loggedAt.toMSecsSinceEpoch(), qint64(at));
        const QByteArray leaf = LogBytes::tileLeaf(m_der, isPrecertificate, at);
        const auto tile = readLogTile(leaf + LogBytes::tileLeaf("other", false, at + 1) + leaf);
        QVERIFY(tile);
        QCOMPARE(tile->size(), std::size_t(3));
        QCOMPARE(tile->front(), *entry);
        QCOMPARE(tile->back(), *entry);
    }

    void refusesEveryCutAndWhatIsBehind()
    {
        for (const bool isPrecertificate : {false, true}) {
            const QByteArray leaf = LogBytes::leafInput("der", isPrecertificate, at);
            const QByteArray extra = LogBytes::extraData("der", isPrecertificate);
            for (qsizetype size = 0; size < leaf.size(); ++size)
                QVERIFY(!readLogEntry(leaf.left(size), extra));
            QVERIFY(!readLogEntry(leaf + 'x', extra));
            const QByteArray tile = LogBytes::tileLeaf("der", isPrecertificate, at);
            for (qsizetype size = 1; size < tile.size(); ++size)
                QVERIFY(!readLogTile(tile.left(size)));
            QVERIFY(!readLogTile(tile + 'x'));
        }
        QVERIFY(readLogTile({})->empty());
    }

    void refusesKindsThatItDoesNotKnow()
    {
        QByteArray leaf = LogBytes::leafInput(m_der, false, at);
        leaf[0] = 1; // another version
        QVERIFY(!readLogEntry(leaf, {}));
        leaf = LogBytes::leafInput(m_der, false, at);
        leaf[11] = 7; // another kind of entry
        QVERIFY(!readLogEntry(leaf, {}));
    }

    void readsTheSizeOfALog_data()
    {
        QTest::addColumn<QByteArray>("checkpoint");
        QTest::addColumn<qint64>("size"); // -1: refused
        QTest::newRow("right") << LogBytes::checkpoint(12345) << qint64(12345);
        QTest::newRow("empty log") << LogBytes::checkpoint(0) << qint64(0);
        QTest::newRow("nothing") << QByteArray() << qint64(-1);
        QTest::newRow("a page") << QByteArray("<html>\n404\n</html>\n\n") << qint64(-1);
        QTest::newRow("less than nothing") << LogBytes::checkpoint(-5) << qint64(-1);
        QTest::newRow("leading zero")
            << LogBytes::checkpoint(7).replace("\n7\n", "\n07\n") << qint64(-1);
        QTest::newRow("no hash") << QByteArray("log\n7\nabc\n\n") << qint64(-1);
    }
    void readsTheSizeOfALog()
    {
        QFETCH(QByteArray, checkpoint);
        QFETCH(qint64, size);
        const auto read = sizeFromCheckpoint(checkpoint);
        QCOMPARE(read.value_or(-1), size);
    }
};

QTEST_GUILESS_MAIN(TstLogEntry)
#include "tst_logentry.moc"
