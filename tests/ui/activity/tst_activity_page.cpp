// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"
#include "core/issuance/IssuanceContext.h"
#include "core/issuance/IssuanceService.h"
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/ScriptedDialogs.h"
#include "tests/support/VisibleNames.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/ActivityWords.h"
#include "ui/activity/AuditView.h"
#include "ui/activity/JobPane.h"
#include "ui/activity/JobsView.h"
#include "ui/widgets/RecordTable.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QJsonDocument>
#include <QSignalSpy>

using namespace sealbook;

class TstActivityPage : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<IssuanceService> m_issuance;
    std::unique_ptr<ScriptedDialogs> m_dialogs;
    std::unique_ptr<ActivityPage> m_page;

    JobRecord job(const char *names, JobRecord::State state, const char *step, int minutesAgo)
    {
        JobRecord job;
        job.id = JobId::make();
        job.state = state;
        job.step = QLatin1String(step);
        job.request.names = QString::fromLatin1(names).split(QLatin1Char(' '));
        job.request.caId = QStringLiteral("letsencrypt");
        job.request.credential = QStringLiteral("bind-primary");
        job.createdAt = m_profile->clock.utcNow().addSecs(-60 * minutesAgo);
        job.updatedAt = job.createdAt;
        job.requests = state == JobRecord::State::Running ? 5 : 9;
        if (state == JobRecord::State::Running) {
            job.owner = LeaseHolder::ofThisProcess().text();
            job.leaseUntil = m_profile->clock.utcNow().addSecs(60);
        }
        return job;
    }

    std::vector<JobRecord> jobs()
    {
        std::vector<JobRecord> jobs{
            job("status.example.com a.example.com", JobRecord::State::Done, "cleanup", 780),
            job("api.example.org", JobRecord::State::Failed, "publish", 95),
            job("www.example.org *.example.org", JobRecord::State::Paused, "propagation", 40),
            job("cdn.example.net", JobRecord::State::Cancelled, "propagation", 2000)};
        jobs[0].certificateSha256 = QString(64, QLatin1Char('a'));
        Error refused;
        refused.kind = Error::Kind::ProviderRefused;
        refused.detail = QStringLiteral("the provider answered 503 Service Unavailable");
        refused.advice = QStringLiteral("Try again when the provider is well.");
        jobs[1].error = refused;
        return jobs;
    }

    JobStep step(const JobRecord &of, qint64 sequence, const char *name, JobStep::State state,
                 const char *detail, int ms)
    {
        JobStep step;
        step.jobId = of.id;
        step.sequence = sequence;
        step.step = QLatin1String(name);
        step.state = state;
        step.detail = QLatin1String(detail);
        step.took = std::chrono::milliseconds(ms);
        step.at = of.createdAt.addSecs(sequence);
        return step;
    }

    void openPage()
    {
        m_page = std::make_unique<ActivityPage>(*m_issuance, *m_profile->audit, m_profile->clock,
                                                *m_dialogs);
        m_page->resize(1120, 772);
        QSignalSpy loaded(&m_page->jobs(), &JobsView::loaded);
        m_page->show();
        m_page->activated();
        QTRY_COMPARE(loaded.count(), 1);
    }
    RecordTable *table(const char *name)
    {
        return m_page->findChild<RecordTable *>(QLatin1String(name));
    }
    QAction *action(const char *name) { return m_page->findChild<QAction *>(QLatin1String(name)); }

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }
    void init()
    {
        m_profile = std::make_unique<ProfileFixture>();
        m_dialogs = std::make_unique<ScriptedDialogs>();
        IssuanceContext context{*m_profile->store,
                                *m_profile->vault,
                                *m_profile->audit,
                                *m_profile->credentials,
                                m_profile->resolver,
                                m_profile->clock,
                                [](const CaRecord &) { return std::unique_ptr<HttpTransport>(); },
                                [] { return std::optional<CaRecord>(); },
                                false};
        m_issuance = std::make_unique<IssuanceService>(std::move(context));
    }
    void cleanup()
    {
        m_page.reset();
        m_issuance.reset();
        m_dialogs.reset();
        m_profile.reset();
    }

    void holdsAnyNumberOfRows_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("none") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("ten thousand") << 10000;
    }
    void holdsAnyNumberOfRows()
    {
        QFETCH(int, count);
        openPage();
        std::vector<JobRecord> many;
        std::vector<AuditEntry> entries;
        std::vector<JobStep> steps;
        const JobRecord one = job("a.example", JobRecord::State::Running, "order", 1);
        for (int i = 0; i < count; ++i) {
            many.push_back(job("a.example", JobRecord::State::Done, "cleanup", i));
            steps.push_back(step(one, i + 1, "order", JobStep::State::Done, "done", 5));
            AuditEntry entry;
            entry.sequence = i + 1;
            entry.at = m_profile->clock.utcNow();
            entry.result = QStringLiteral("ok");
            entries.push_back(entry);
        }
        m_page->jobs().model().setJobs(many);
        m_page->audit().model().setEntries(entries);
        StepModel stepModel;
        stepModel.setSteps(one.id, steps);
        const QAbstractItemModelTester jobTester(&m_page->jobs().model());
        const QAbstractItemModelTester auditTester(&m_page->audit().model());
        const QAbstractItemModelTester stepTester(&stepModel);
        QCOMPARE(m_page->jobs().model().rowCount(), count);
        QCOMPARE(m_page->audit().model().rowCount(), count);
        QVERIFY(!m_page->grab().isNull());
    }

    void showsAJobByKeyboardAlone()
    {
        const std::vector<JobRecord> seeded = jobs();
        for (const JobRecord &record : seeded)
            QVERIFY(await(m_profile->store->saveJob(record)));
        const JobRecord &paused = seeded[2];
        QVERIFY(await(m_profile->store->addStep(
            step(paused, 0, "order", JobStep::State::Done, "order created", 210))));
        QVERIFY(await(
            m_profile->store->addStep(step(paused, 0, "publish", JobStep::State::Done,
                                           "_acme-challenge.example.org: 2 values written", 340))));
        QVERIFY(await(m_profile->store->addStep(
            step(paused, 0, "propagation", JobStep::State::Failed,
                 "1 of 4 name servers does not serve it after 600 s: ns4.dns.example", 600000))));
        openPage();
        table("jobTable")->setFocus();
        QTest::keyClick(table("jobTable"), Qt::Key_Home);
        QCOMPARE(table("jobTable")->currentKey(), paused.id.text()); // the newest
        QTest::keyClick(table("jobTable"), Qt::Key_Return);
        auto *pane = m_page->findChild<JobPane *>();
        QVERIFY(pane->isVisible());
        QTRY_COMPARE(pane->steps().rowCount(), 3);
        QVERIFY(action("resumeJob")->isVisible() && action("cancelJob")->isVisible());
        QVERIFY(!action("showCertificate")->isVisible());
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("activity-jobs"));

        QTest::keyClick(table("jobTable"), Qt::Key_Down);
        QCOMPARE(table("jobTable")->currentKey(), seeded[1].id.text());
        takeScreenshots(*m_page, QStringLiteral("activity-failed"));
        QTest::keyClick(table("jobTable"), Qt::Key_Down);
        QSignalSpy wanted(m_page.get(), &Page::pageWanted);
        QVERIFY(action("showCertificate")->isVisible());
        action("showCertificate")->trigger();
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.first().at(1).toString(), seeded[0].certificateSha256);
        QTest::keyClick(table("jobTable"), Qt::Key_Escape);
        QVERIFY(!pane->isVisible());
    }

    void followsTheServicesSignals()
    {
        openPage();
        JobRecord running = job("live.example.org", JobRecord::State::Running, "order", 0);
        Q_EMIT m_issuance->jobChanged(running);
        QCOMPARE(m_page->jobs().model().rowCount(), 1);
        QCOMPARE(m_page->badge(), QStringLiteral("1"));
        m_page->open(running.id.text());
        auto *pane = m_page->findChild<JobPane *>();
        QTRY_COMPARE(pane->steps().rowCount(), 0);
        const JobStep first = step(running, 1, "order", JobStep::State::Done, "created", 10);
        Q_EMIT m_issuance->stepAdded(first);
        Q_EMIT m_issuance->stepAdded(first); // told twice, shown once
        Q_EMIT m_issuance->stepAdded(step(job("x.example", JobRecord::State::Running, "order", 0),
                                          2, "order", JobStep::State::Done, "of another job", 10));
        QCOMPARE(pane->steps().rowCount(), 1);
        QVERIFY(action("showBoard")->isVisible());
        running.state = JobRecord::State::Done;
        Q_EMIT m_issuance->jobChanged(running);
        QCOMPARE(m_page->badge(), QString());
        QVERIFY(!action("showBoard")->isVisible());
    }

    void saysThatADeadRunIsInterrupted()
    {
        openPage();
        JobRecord left = job("left.example.org", JobRecord::State::Running, "propagation", 3);
        LeaseHolder dead = LeaseHolder::ofThisProcess();
        dead.pid = 4194999; // above any pid_max that Linux allows
        left.owner = dead.text();
        Q_EMIT m_issuance->jobChanged(left);
        const JobModel &model = m_page->jobs().model();
        QCOMPARE(model.index(0, JobModel::State).data().toString(), QStringLiteral("interrupted"));
        QCOMPARE(m_page->badge(), QString());
        m_page->open(left.id.text());
        QVERIFY(action("resumeJob")->isVisible() && action("cancelJob")->isVisible());
        QVERIFY(!action("showBoard")->isVisible());
        takeScreenshots(*m_page, QStringLiteral("activity-interrupted"));

        // One that runs elsewhere is interrupted when its lease ends, without any signal.
        left.owner = QStringLiteral("elsewhere:12");
        Q_EMIT m_issuance->jobChanged(left);
        QCOMPARE(model.index(0, JobModel::State).data().toString(), QStringLiteral("running"));
        m_profile->clock.advance(std::chrono::seconds(61));
        QCOMPARE(model.index(0, JobModel::State).data().toString(), QStringLiteral("interrupted"));
    }

    void showsWhatAnotherProcessDoes()
    {
        openPage();
        auto other = await(Store::open(m_profile->store->file(), {}));
        QVERIFY(other);
        const JobRecord done = job("other.example.org", JobRecord::State::Done, "cleanup", 1);
        QVERIFY(await((*other)->saveJob(done)));
        QTRY_COMPARE(m_page->jobs().model().rowCount(), 1);
    }

    void namesTheCa()
    {
        JobRecord one = job("a.example", JobRecord::State::Done, "cleanup", 1);
        JobRecord gone = job("b.example", JobRecord::State::Done, "cleanup", 2);
        gone.request.caId = QStringLiteral("removed-ca");
        QVERIFY(await(m_profile->store->saveJob(one)));
        QVERIFY(await(m_profile->store->saveJob(gone)));
        openPage();
        const JobModel &model = m_page->jobs().model();
        QTRY_COMPARE(model.index(0, JobModel::Ca).data().toString(),
                     QStringLiteral("Let's Encrypt"));
        QCOMPARE(model.index(1, JobModel::Ca).data().toString(), QStringLiteral("removed-ca"));
    }

    void opensAJobThatCameWhileItWasHidden()
    {
        const std::vector<JobRecord> seeded = jobs();
        for (const JobRecord &record : seeded)
            QVERIFY(await(m_profile->store->saveJob(record)));
        openPage();
        JobRecord later = job("later.example.org", JobRecord::State::Paused, "propagation", 1);
        m_page->hide();
        QVERIFY(await(m_profile->store->saveJob(later)));
        Q_EMIT m_issuance->storeChanged();
        m_page->show();
        m_page->activated();
        m_page->open(later.id.text());
        auto *pane = m_page->findChild<JobPane *>();
        QTRY_VERIFY(pane->isVisible());
        QCOMPARE(pane->job(), later.id);
        QVERIFY(action("resumeJob")->isVisible());
    }

    void asksBeforeItCancels()
    {
        const std::vector<JobRecord> seeded = jobs();
        for (const JobRecord &record : seeded)
            QVERIFY(await(m_profile->store->saveJob(record)));
        openPage();
        m_page->open(seeded[2].id.text());
        m_dialogs->answers = {false};
        action("cancelJob")->trigger();
        QCOMPARE(m_dialogs->questions.size(), std::size_t(1));
        QVERIFY(m_dialogs->questions.front().destructive);
        QTest::qWait(20);
        QVERIFY(m_page->jobs().model().job(seeded[2].id.text())->state == JobRecord::State::Paused);
    }

    void R33_showsTheAuditLogAndItsChain()
    {
        for (int i = 0; i < 8; ++i) {
            QVERIFY(await(m_profile->audit->record(QStringLiteral("credential.read"),
                                                   QStringLiteral("cloudflare-all"),
                                                   QStringLiteral("ok"))));
            QVERIFY(await(m_profile->audit->record(
                QStringLiteral("zone.write"), QStringLiteral("_acme-challenge.shop.example.com"),
                i % 3 == 0 ? QStringLiteral("ProviderRefused") : QStringLiteral("ok"))));
        }
        openPage();
        QSignalSpy loaded(&m_page->audit(), &AuditView::loaded);
        m_page->open(QStringLiteral("audit"));
        QTRY_COMPARE(loaded.count(), 1);
        QVERIFY2(m_page->audit().chainText().startsWith(QStringLiteral("Audit chain intact")),
                 qPrintable(m_page->audit().chainText()));
        QCOMPARE(m_page->audit().model().rowCount(), 16);
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("activity-audit"));
        QVERIFY(await(m_profile->audit->record(QStringLiteral("key.export"), QStringLiteral("www"),
                                               QStringLiteral("ok"))));
        QCOMPARE(m_page->audit().model().rowCount(), 17);

        const QString file = m_profile->folder.filePath(QStringLiteral("audit.jsonl"));
        m_dialogs->files.push_back({file});
        action("exportAudit")->trigger();
        QTRY_VERIFY(QFile::exists(file));
        QFile lines(file);
        QVERIFY(lines.open(QIODevice::ReadOnly));
        const QByteArrayList read = lines.readAll().trimmed().split('\n');
        QCOMPARE(read.size(), 17);
        const QJsonObject first = QJsonDocument::fromJson(read.first()).object();
        QCOMPARE(first.value(QLatin1String("sequence")).toInt(), 1);
        QCOMPARE(first.value(QLatin1String("hash")).toString().size(), 64);
    }

    void R34_saysWhatIsWrongWithAChain()
    {
        AuditVerdict verdict;
        verdict.intact = false;
        verdict.firstBad = 7;
        verdict.reason = QStringLiteral("the hash does not fit");
        const QString said = ActivityWords::chain(verdict);
        QVERIFY(said.contains(QStringLiteral("entry 7")) && said.contains(verdict.reason));
    }
};

QTEST_MAIN(TstActivityPage)
#include "tst_activity_page.moc"
