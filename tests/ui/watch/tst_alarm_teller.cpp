// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/InventoryService.h"
#include "tests/support/ProfileFixture.h"
#include "ui/shell/TrayIcon.h"
#include "ui/watch/AlarmTeller.h"
#include "ui/widgets/PluralTexts.h"

#include <QAction>
#include <QSignalSpy>

using namespace sealbook;

class TstAlarmTeller : public QObject
{
    Q_OBJECT

private:
    PluralTexts m_plurals;
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<InventoryService> m_inventory;
    std::unique_ptr<WatchService> m_watch;

    void alarm(EndpointAlarm::Kind kind, const QString &text)
    {
        EndpointAlarm alarm;
        alarm.kind = kind;
        alarm.endpoint = EndpointId::make();
        alarm.text = text;
        m_last = alarm.endpoint;
        Q_EMIT m_watch->alarmed(alarm);
    }
    EndpointId m_last;

private Q_SLOTS:
    void initTestCase() { QCoreApplication::installTranslator(&m_plurals); }
    void init()
    {
        m_profile = std::make_unique<ProfileFixture>();
        m_inventory = std::make_unique<InventoryService>(*m_profile->store, m_profile->clock);
        m_watch = std::make_unique<WatchService>(*m_profile->store, *m_inventory, m_profile->clock,
                                                 EndpointProbe::Options());
    }
    void cleanup()
    {
        QVERIFY(await(m_watch->close()));
        m_watch.reset();
        m_inventory.reset();
        m_profile.reset();
    }

    void tellsOneByName()
    {
        AlarmTeller teller(*m_watch);
        teller.setPause(std::chrono::milliseconds(0));
        QSignalSpy told(&teller, &AlarmTeller::told);
        alarm(EndpointAlarm::Kind::Worse, QStringLiteral("www.example.org:443: It expired."));
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE(told.front().at(0).toString(), QStringLiteral("1 endpoint needs a person"));
        QCOMPARE(told.front().at(1).toString(), QStringLiteral("www.example.org:443: It expired."));
        QVERIFY(told.front().at(2).toBool());
        QCOMPARE(told.front().at(3).toString(), m_last.text());
    }

    void tellsManyAtOnceTheBadOnesFirst()
    {
        AlarmTeller teller(*m_watch);
        teller.setPause(std::chrono::milliseconds(0));
        QSignalSpy told(&teller, &AlarmTeller::told);
        alarm(EndpointAlarm::Kind::Changed, QStringLiteral("another certificate"));
        for (int i = 0; i < 40; ++i)
            alarm(EndpointAlarm::Kind::Worse, QStringLiteral("bad %1").arg(i));
        QTRY_COMPARE(told.count(), 1);
        QCOMPARE(told.front().at(0).toString(), QStringLiteral("40 endpoints need a person"));
        QCOMPARE(told.front().at(1).toString(), QStringLiteral("bad 0\nbad 1\nbad 2\nand 38 more"));
        QCOMPARE(told.front().at(3).toString(), QString());
        alarm(EndpointAlarm::Kind::Better, QStringLiteral("in order again"));
        QTRY_COMPARE(told.count(), 2);
        QCOMPARE(told.back().at(0).toString(), QStringLiteral("1 endpoint changed"));
        QVERIFY(!told.back().at(2).toBool());
    }

    void leavesNoMarkupToTheDesktop()
    {
        QCOMPARE(TrayIcon::plainMessage(QStringLiteral("a <img src=\"http://x\"> & b\nnext")),
                 QStringLiteral("a \u2039img src=\"http://x\"\u203A + b\nnext"));
        QCOMPARE(TrayIcon::plainMessage(QStringLiteral("moc\u202Eliame\u0007")),
                 QStringLiteral("mocliame"));
        QVERIFY(TrayIcon::plainMessage(QString(100000, QLatin1Char('x'))).size() <= 600);
    }

    void theTraysMenuDoesWhatItSays()
    {
        TrayIcon tray;
        QSignalSpy opened(&tray, &TrayIcon::openWanted);
        QSignalSpy checked(&tray, &TrayIcon::checkWanted);
        QSignalSpy quit(&tray, &TrayIcon::quitWanted);
        for (QAction *action : tray.menu().actions())
            action->trigger();
        QCOMPARE(opened.count(), 1);
        QCOMPARE(checked.count(), 1);
        QCOMPARE(quit.count(), 1);
        // Where there is no tray, nothing is shown, and nothing breaks.
        tray.setShown(true);
        QCOMPARE(tray.isShown(), TrayIcon::isAvailable());
        tray.tell(QStringLiteral("title"), QStringLiteral("text"), true, {});
    }
};

QTEST_MAIN(TstAlarmTeller)
#include "tst_alarm_teller.moc"
