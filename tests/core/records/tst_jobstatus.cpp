// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"
#include "core/records/JobStatus.h"

#include <QProcess>
#include <QTest>
#include <QTimeZone>

using namespace sealbook;

namespace {

const QDateTime now = QDateTime(QDate(2026, 11, 25), QTime(14, 6), QTimeZone::utc()).toUTC();

// Of a process that has ended, here.
QString deadHolder()
{
    QProcess process;
    process.start(QStringLiteral("true"), QStringList());
    process.waitForStarted();
    LeaseHolder holder = LeaseHolder::ofThisProcess();
    holder.pid = process.processId();
    process.waitForFinished();
    return holder.text();
}

} // namespace

class TstJobStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhoseLeaseIsOver_data()
    {
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QDateTime>("until");
        QTest::addColumn<bool>("over");
        const QDateTime later = now.addSecs(30);
        QTest::newRow("nobody's") << QString() << later << true;
        QTest::newRow("no end") << QStringLiteral("other:1") << QDateTime() << true;
        QTest::newRow("ended") << QStringLiteral("other:1") << now.addSecs(-1) << true;
        QTest::newRow("ends now") << QStringLiteral("other:1") << now << true;
        QTest::newRow("another machine") << QStringLiteral("other:1") << later << false;
        QTest::newRow("us") << LeaseHolder::ofThisProcess().text() << later << false;
        QTest::newRow("dead here") << deadHolder() << later << true;
        QTest::newRow("no holder at all") << QStringLiteral("window") << later << false;
    }
    void knowsWhoseLeaseIsOver()
    {
        QFETCH(QString, owner);
        QFETCH(QDateTime, until);
        QFETCH(bool, over);
        JobRecord job;
        job.owner = owner;
        job.leaseUntil = until;
        QCOMPARE(leaseIsOver(job, now), over);
        QCOMPARE(jobStatus(job, now), over ? JobStatus::Interrupted : JobStatus::Running);
    }

    void onlyARunningRowCanBeInterrupted_data()
    {
        QTest::addColumn<JobRecord::State>("state");
        QTest::addColumn<QString>("name");
        for (const auto state : {JobRecord::State::Paused, JobRecord::State::Done,
                                 JobRecord::State::Failed, JobRecord::State::Cancelled})
            QTest::newRow(qPrintable(jobStateName(state))) << state << jobStateName(state);
        QTest::newRow("running") << JobRecord::State::Running << QStringLiteral("interrupted");
    }
    void onlyARunningRowCanBeInterrupted()
    {
        QFETCH(JobRecord::State, state);
        QFETCH(QString, name);
        JobRecord job;
        job.state = state;
        QCOMPARE(jobStatusName(jobStatus(job, now)), name);
    }
};

QTEST_GUILESS_MAIN(TstJobStatus)
#include "tst_jobstatus.moc"
