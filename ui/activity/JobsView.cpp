// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/JobsView.h"

#include "ui/activity/JobActions.h"
#include "ui/activity/JobPane.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/RecordSplit.h"
#include "ui/widgets/RecordTable.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int paneWidth = 440;
constexpr std::chrono::milliseconds reloadDelay{500};
constexpr std::chrono::seconds refreshInterval{10};
} // namespace

JobsView::JobsView(IssuanceService &issuance, const Clock &clock, Dialogs &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_issuance(issuance)
    , m_model(clock)
    , m_actions(new JobActions(issuance, dialogs, this))
    , m_note(new NoteBar(this))
    , m_error(new ErrorPanel(this))
    , m_list(new QStackedWidget(this))
    , m_table(new RecordTable(&m_model, tr("Jobs"), 28, this))
    , m_empty(new EmptyState(this))
    , m_pane(new JobPane(this))
    , m_split(new RecordSplit(m_list, m_pane, paneWidth, this))
{
    build();
    bind();
}

void JobsView::build()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_error);
    m_table->setObjectName(QStringLiteral("jobTable"));
    m_table->setColumnSamples({QStringLiteral("nn interrupted"), QString(),
                               QStringLiteral("Let's Encrypt (staging)"),
                               QStringLiteral("validation by the CA"), QStringLiteral("59 min ago"),
                               QStringLiteral("Requests")},
                              180);
    m_empty->set(tr("Every issuance stands here while it runs and afterwards, with each step it "
                    "took."),
                 nullptr);
    m_list->addWidget(m_table);
    m_list->addWidget(m_empty);
    m_pane->setActions({m_actions->resume(), m_actions->showBoard(), m_actions->showCertificate(),
                        m_actions->cancel()});
    layout->addWidget(m_split, 1);
}

void JobsView::bind()
{
    connect(m_table, &RecordTable::currentKeyChanged, this, &JobsView::showCurrent);
    connect(m_table, &RecordTable::openWanted, this, &JobsView::openPane);
    connect(m_pane, &JobPane::closeWanted, this, [this] { std::ignore = closePane(); });
    connect(m_actions, &JobActions::boardWanted, this, &JobsView::boardWanted);
    connect(m_actions, &JobActions::certificateWanted, this, &JobsView::certificateWanted);
    connect(m_actions, &JobActions::noted, this, [this](const QString &note) {
        m_error->clear();
        m_note->showNote(note);
    });
    connect(m_actions, &JobActions::failed, this, [this](const Error &error) {
        m_note->hide();
        m_error->showError(error);
    });
    connect(&m_issuance, &IssuanceService::jobChanged, this, [this](const JobRecord &job) {
        m_model.update(job);
        m_list->setCurrentWidget(m_table);
        if (m_table->currentKey() == job.id.text())
            showCurrent();
        Q_EMIT runningChanged(m_model.runningCount());
    });
    connect(&m_issuance, &IssuanceService::stepAdded, this,
            [this](const JobStep &step) { m_pane->steps().append(step); });
    m_reloading.setSingleShot(true);
    m_reloading.setInterval(reloadDelay);
    m_reloading.callOnTimeout(this, &JobsView::reload);
    connect(&m_issuance, &IssuanceService::storeChanged, this, [this] {
        if (!m_reloading.isActive())
            m_reloading.start();
    });
    m_refreshing.callOnTimeout(this, &JobsView::refresh);
    m_refreshing.start(refreshInterval);
}

void JobsView::reload()
{
    m_isStale = !isVisible();
    if (!m_isStale)
        load();
}

void JobsView::refresh()
{
    if (!isVisible())
        return;
    m_model.refreshTimes();
    showCurrent();
    Q_EMIT runningChanged(m_model.runningCount());
}

void JobsView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_isStale, false))
        load();
}

void JobsView::loadCaNames()
{
    Task<std::vector<CaRecord>> task = m_issuance.cas();
    QCoro::connect(std::move(task), this, [this](const Result<std::vector<CaRecord>> &cas) {
        if (!cas)
            return; // their ids say it too
        QHash<QString, QString> names;
        for (const CaRecord &ca : *cas)
            names.insert(ca.id, ca.name);
        m_model.setCaNames(std::move(names));
        showCurrent();
    });
}

void JobsView::load()
{
    loadCaNames();
    Task<std::vector<JobRecord>> task = m_issuance.jobs();
    QCoro::connect(std::move(task), this,
                   [this](const Result<std::vector<JobRecord>> &jobs) { receive(jobs); });
}

void JobsView::receive(const Result<std::vector<JobRecord>> &jobs)
{
    if (!jobs) {
        m_error->showError(jobs.error());
        return;
    }
    m_model.setJobs(*jobs);
    m_list->setCurrentWidget(jobs->empty() ? static_cast<QWidget *>(m_empty) : m_table);
    if (!m_wanted.isEmpty())
        open(std::exchange(m_wanted, {}));
    else
        showCurrent();
    Q_EMIT runningChanged(m_model.runningCount());
    Q_EMIT loaded();
}

void JobsView::showCurrent()
{
    const JobRecord *job = m_model.job(m_table->currentKey());
    const JobStatus status = job == nullptr ? JobStatus::Done : m_model.status(*job);
    m_actions->setCurrent(job, status);
    if (job == nullptr) {
        m_split->setOpen(false);
        return;
    }
    if (!m_split->isOpen())
        return;
    const bool another = m_pane->job() != job->id;
    m_pane->setJob(*job, status, m_model.caName(*job), m_timesLocal);
    if (!another)
        return; // its steps come by signal
    const JobId id = job->id;
    Task<std::vector<JobStep>> task = m_issuance.steps(id);
    QCoro::connect(std::move(task), this, [this, id](const Result<std::vector<JobStep>> &steps) {
        if (id != m_pane->job())
            return;
        if (steps)
            m_pane->steps().setSteps(id, *steps);
        else
            m_error->showError(steps.error());
    });
}

void JobsView::openPane()
{
    m_split->setOpen(true);
    showCurrent();
}

bool JobsView::closePane()
{
    return m_split->closeTo(m_table);
}

void JobsView::open(const QString &jobId)
{
    if (m_table->select(jobId)) {
        openPane();
        m_table->setFocus();
    } else {
        m_wanted = jobId;
    }
}

void JobsView::setTimesLocal(bool local)
{
    m_timesLocal = local;
    m_model.setTimesLocal(local);
    showCurrent();
}

QWidget *JobsView::firstFocus() const
{
    return m_list->currentWidget();
}

QList<QWidget *> JobsView::areas() const
{
    return {m_list, m_pane};
}

} // namespace sealbook
