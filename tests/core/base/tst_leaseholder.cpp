// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"

#include <QProcess>
#include <QTest>

using namespace sealbook;

class TstLeaseHolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesThisProcess()
    {
        const LeaseHolder here = LeaseHolder::ofThisProcess();
        QCOMPARE(here.pid, QCoreApplication::applicationPid());
        QCOMPARE(here.boot.size(), 32);
        bool isNumber = false;
        QVERIFY2(here.pidNamespace.toLongLong(&isNumber) > 0 && isNumber,
                 qPrintable(here.pidNamespace));
        QVERIFY2(here.startedAt.toLongLong(&isNumber) > 0 && isNumber, qPrintable(here.startedAt));
        QCOMPARE(LeaseHolder::ofThisProcess(), here);
        QCOMPARE(LeaseHolder::fromText(here.text()), std::optional(here));
        QVERIFY(!here.isDead());
    }

    void readsOnlyHolders_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isHolder");
        QTest::newRow("full") << QStringLiteral("desk:12:b:n:9") << true;
        QTest::newRow("short") << QStringLiteral("desk:12") << true;
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("a name") << QStringLiteral("desk") << false;
        QTest::newRow("no number") << QStringLiteral("desk:x") << false;
        QTest::newRow("zero") << QStringLiteral("desk:0:b:n:9") << false;
        QTest::newRow("minus one") << QStringLiteral("desk:-1:b:n:9") << false;
        QTest::newRow("too large") << QStringLiteral("desk:99999999999:b:n:9") << false;
        QTest::newRow("three parts") << QStringLiteral("desk:12:b") << false;
        QTest::newRow("six parts") << QStringLiteral("desk:12:b:n:9:x") << false;
    }
    void readsOnlyHolders()
    {
        QFETCH(QString, text);
        QFETCH(bool, isHolder);
        QCOMPARE(LeaseHolder::fromText(text).has_value(), isHolder);
    }

    void judgesOnlyWhatItCanKnow_data()
    {
        QTest::addColumn<LeaseHolder>("holder");
        QTest::addColumn<bool>("dead");
        const LeaseHolder here = LeaseHolder::ofThisProcess();
        QTest::newRow("this process") << here << false;

        QProcess process;
        process.start(QStringLiteral("true"), QStringList());
        process.waitForStarted();
        LeaseHolder gone = here;
        gone.pid = process.processId();
        process.waitForFinished();
        QTest::newRow("ended") << gone << true;
        LeaseHolder elsewhere = gone;
        elsewhere.host = QStringLiteral("another-host");
        QTest::newRow("on another host") << elsewhere << false;
        elsewhere = gone;
        elsewhere.pidNamespace = QStringLiteral("1");
        QTest::newRow("in another container of the same name") << elsewhere << false;
        elsewhere = gone;
        elsewhere.boot = QString(32, QLatin1Char('0'));
        QTest::newRow("in another boot") << elsewhere << false;
        elsewhere = gone;
        elsewhere.boot.clear();
        elsewhere.pidNamespace.clear();
        QTest::newRow("of an older release") << elsewhere << false;

        LeaseHolder reused = here;
        reused.startedAt = QString::number(here.startedAt.toLongLong() - 1);
        QTest::newRow("its id is another process's now") << reused << true;
        reused.startedAt.clear();
        QTest::newRow("start not known") << reused << false;
        LeaseHolder first = here;
        first.pid = 1;
        first.startedAt.clear();
        QTest::newRow("somebody else's process") << first << false;
    }
    void judgesOnlyWhatItCanKnow()
    {
        QFETCH(LeaseHolder, holder);
        QFETCH(bool, dead);
        QCOMPARE(holder.isDead(), dead);
    }

    void isSaidInWords()
    {
        QCOMPARE(holderInWords(QStringLiteral("desk:12:b:n:9")),
                 QStringLiteral("process 12 on desk"));
        QCOMPARE(holderInWords(QStringLiteral("somebody")), QStringLiteral("somebody"));
    }
};

Q_DECLARE_METATYPE(sealbook::LeaseHolder)

QTEST_GUILESS_MAIN(TstLeaseHolder)
#include "tst_leaseholder.moc"
