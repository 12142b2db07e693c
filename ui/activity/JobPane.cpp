// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/JobPane.h"

#include "ui/activity/ActivityWords.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneHead.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/RecordTable.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int paneMargin = 16;
}

JobPane::JobPane(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("jobPane"));
    setAccessibleName(tr("Job details"));
    Theme::setBaseSurface(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 12, 0, 0);
    layout->setSpacing(0);
    buildHead(layout);
    buildLog(layout);
    connect(&m_steps, &QAbstractItemModel::modelReset, this, &JobPane::showDetail);
    connect(&m_steps, &QAbstractItemModel::rowsInserted, this, [this] {
        m_table->scrollToBottom();
        m_copy->setCopyText(m_steps.asText());
    });
}

void JobPane::buildHead(QVBoxLayout *layout)
{
    m_head = new PaneHead(ElidedLabel::Mode::Text, this);
    connect(m_head, &PaneHead::closeWanted, this, &JobPane::closeWanted);
    m_error = new ErrorPanel(this);
    m_head->add(m_error);
    layout->addWidget(m_head);
    auto *facts = new PaneSection(tr("Asked for"), this);
    m_facts = new KeyValueGrid(this);
    m_facts->setNameWidth(80);
    facts->add(m_facts);
    layout->addWidget(facts);
}

void JobPane::setActions(const QList<QAction *> &actions)
{
    m_head->setActions(actions);
}

void JobPane::buildLog(QVBoxLayout *layout)
{
    auto *log = new PaneSection(tr("Log"), this);
    m_copy = new CopyButton(tr("Copy the log"), this);
    m_copy->setObjectName(QStringLiteral("copyLog"));
    log->setAside(m_copy);
    layout->addWidget(log);
    m_table = new RecordTable(&m_steps, tr("Steps of the job"), 28, this);
    m_table->setObjectName(QStringLiteral("stepTable"));
    m_table->setColumnSamples(
        {QStringLiteral("nnnn writing DNS records"), QString(), QStringLiteral("99 min 59 s")},
        120);
    connect(m_table, &RecordTable::currentKeyChanged, this, &JobPane::showDetail);
    layout->addWidget(m_table, 1);
    m_detail = makeLabel(LabelKind::Body, QString(), this, true);
    m_detail->setFont(Theme::smallFont(font()));
    m_detail->setContentsMargins(paneMargin, 8, paneMargin, 8);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(new Line(Qt::Horizontal, this));
    layout->addWidget(m_detail);
}

void JobPane::setJob(const JobRecord &job, JobStatus status, const QString &caName, bool timesLocal)
{
    const bool another = m_job != job.id;
    m_job = job.id;
    m_steps.setTimesLocal(timesLocal);
    m_head->setTitle(ActivityWords::names(job));
    const StateStyle style = styleOf(status);
    const bool going = status == JobStatus::Running || status == JobStatus::Interrupted
        || status == JobStatus::Paused;
    m_head->state()->setState(
        style,
        going && !job.step.isEmpty()
            ? tr("%1  %2", "state, step").arg(style.word, ActivityWords::step(job.step))
            : style.word);
    if (job.error)
        m_error->showError(*job.error);
    else
        m_error->clear();
    m_facts->clear();
    m_facts->addRow(tr("Names"), job.request.names.join(QLatin1Char('\n')));
    m_facts->addRow(tr("CA"), caName);
    m_facts->addRow(tr("Credential"),
                    job.request.credential.isEmpty() ? tr("none, by hand")
                                                     : job.request.credential);
    m_facts->addRow(tr("Started"), TimeText::precise(job.createdAt, timesLocal));
    if (job.requests > 0)
        m_facts->addRow(tr("Requests"), QString::number(job.requests));
    if (another)
        m_steps.clear(job.id);
}

void JobPane::showDetail()
{
    // Nothing chosen: the newest step, which says where it stands.
    const QModelIndex chosen = m_table->currentIndex();
    const QModelIndex current =
        chosen.isValid() ? chosen : m_steps.index(m_steps.rowCount() - 1, 0);
    const QString detail = current.siblingAtColumn(StepModel::Detail).data().toString();
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    m_copy->setCopyText(m_steps.asText());
}

} // namespace sealbook
