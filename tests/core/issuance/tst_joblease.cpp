// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"
#include "core/issuance/JobLease.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

namespace {

QString hereAs(qint64 pid)
{
    LeaseHolder holder = LeaseHolder::ofThisProcess();
    holder.pid = pid;
    return holder.text();
}

// The id of a process that has ended.
qint64 deadPid()
{
    QProcess process;
    process.start(QStringLiteral("true"), QStringList());
    process.waitForStarted();
    const qint64 pid = process.processId();
    process.waitForFinished();
    return pid;
}

} // namespace

class TstJobLease : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void ownerIsThisProcess();
    void takesAFreeJob();
    void leavesAJobToItsLiveHolder();
    void takesOverFromADeadProcessAtOnce();
    void renewsWhileTheTimerRuns();

private:
    [[nodiscard]] JobRecord saved(const QString &owner);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_store;
};

void TstJobLease::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    auto store = await(Store::open(m_dir->filePath(QStringLiteral("profile/sealbook.db")), {}));
    QVERIFY(store);
    m_store = std::move(*store);
}

JobRecord TstJobLease::saved(const QString &owner)
{
    JobRecord job;
    job.id = JobId::make();
    job.request.names = {QStringLiteral("example.org")};
    job.request.caId = QStringLiteral("letsencrypt");
    job.createdAt = QDateTime::currentDateTimeUtc();
    job.updatedAt = job.createdAt;
    job.owner = owner;
    if (!owner.isEmpty())
        job.leaseUntil = job.createdAt.addSecs(leaseSeconds);
    const auto saving = await(m_store->saveJob(job));
    if (!saving)
        qWarning("%s", qPrintable(describe(saving.error())));
    return await(m_store->job(job.id)).value();
}

void TstJobLease::ownerIsThisProcess()
{
    QCOMPARE(leaseOwner(), hereAs(QCoreApplication::applicationPid()));
}

void TstJobLease::takesAFreeJob()
{
    const JobRecord job = saved(QString());
    const auto taken = await(takeLease(*m_store, job));
    QVERIFY2(taken, taken ? "" : qPrintable(describe(taken.error())));
    QCOMPARE(await(m_store->job(job.id)).value().owner, leaseOwner());
    // Again is no conflict with oneself.
    QVERIFY(await(takeLease(*m_store, await(m_store->job(job.id)).value())));
}

void TstJobLease::leavesAJobToItsLiveHolder()
{
    const JobRecord job = saved(QStringLiteral("elsewhere:77"));
    const auto taken = await(takeLease(*m_store, job));
    QVERIFY(!taken);
    QCOMPARE(taken.error().kind, Error::Kind::Conflict);
    QVERIFY2(taken.error().detail.contains(QStringLiteral("elsewhere")),
             qPrintable(taken.error().detail));
    QCOMPARE(await(m_store->job(job.id)).value().owner, job.owner);
}

void TstJobLease::takesOverFromADeadProcessAtOnce()
{
    const JobRecord job = saved(hereAs(deadPid()));
    const auto taken = await(takeLease(*m_store, job));
    QVERIFY2(taken, taken ? "" : qPrintable(describe(taken.error())));
    QCOMPARE(await(m_store->job(job.id)).value().owner, leaseOwner());
}

void TstJobLease::renewsWhileTheTimerRuns()
{
    const JobRecord job = saved(QString());
    QVERIFY(await(takeLease(*m_store, job)));
    const QDateTime first = await(m_store->job(job.id)).value().leaseUntil;
    QTimer timer;
    LeaseNews news;
    news.lost = [](const Error &error) { qWarning("%s", qPrintable(describe(error))); };
    QDateTime told;
    news.renewed = [&told](const QDateTime &until) { told = until; };
    keepLease(*m_store, timer, job.id, std::move(news));
    QVERIFY(timer.isActive());
    QVERIFY(timer.intervalAsDuration() < std::chrono::seconds(leaseSeconds / 2));
    timer.setInterval(5);
    QTRY_VERIFY(await(m_store->job(job.id)).value().leaseUntil > first);
    timer.stop();
    QTRY_VERIFY(told > first);
    // The store works in order: what the timer started has ended when this has, and is resumed by
    // the next turns of the loop.
    QVERIFY(await(m_store->job(job.id)));
    QTest::qWait(0);
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(TstJobLease)
#include "tst_joblease.moc"
