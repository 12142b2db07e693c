// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/StatusArea.h"

#include "ui/shell/PracticeBadge.h"
#include "ui/widgets/JobWords.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateLabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace sealbook {

namespace {
constexpr int statusHeight = 28;

QWidget *makeDivider(QWidget *parent)
{
    auto *line = new Line(Qt::Vertical, parent);
    line->setFixedHeight(14);
    return line;
}

QToolButton *makeButton(QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setFont(Theme::smallFont(parent->font()));
    button->setIconSize(QSize(12, 12));
    return button;
}
} // namespace

StatusArea::StatusArea(bool practice, QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(statusHeight);
    setAccessibleName(tr("Status"));
    Theme::setWindowSurface(this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 8, 0);
    row->setSpacing(12);
    m_job = makeButton(this);
    m_job->setObjectName(QStringLiteral("statusJob"));
    m_idle = makeLabel(LabelKind::Muted, tr("No jobs"), this);
    row->addWidget(m_idle);
    row->addWidget(m_job);
    row->addStretch(1);
    if (practice) {
        row->addWidget(new PracticeBadge(this));
        row->addWidget(makeDivider(this));
    }
    m_audit = new StateLabel(this);
    m_audit->setObjectName(QStringLiteral("auditState"));
    m_audit->setFont(Theme::smallFont(font()));
    row->addWidget(m_audit);
    m_auditLine = makeDivider(this);
    row->addWidget(m_auditLine);
    m_audit->hide();
    m_auditLine->hide();
    QLabel *zone = makeLabel(LabelKind::Muted, tr("UTC"), this);
    zone->setToolTip(tr("Times are shown in UTC."));
    row->addWidget(zone);
    row->addWidget(makeDivider(this));
    m_commands = makeButton(this);
    m_commands->setObjectName(QStringLiteral("commands"));
    m_commands->setText(tr("Commands Ctrl+K"));
    row->addWidget(m_commands);
    connect(m_commands, &QToolButton::clicked, this, &StatusArea::commandsWanted);
    connect(m_job, &QToolButton::clicked, this, [this] {
        if (!m_jobs.empty())
            Q_EMIT jobChosen(m_jobs.back().id);
    });
    refresh();
}

void StatusArea::jobChanged(const JobRecord &job)
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [&job](const Running &running) {
        return running.id == job.id;
    });
    const std::size_t before = m_jobs.size();
    if (job.state != JobRecord::State::Running) {
        if (found != m_jobs.end())
            m_jobs.erase(found);
    } else if (found == m_jobs.end()) {
        m_jobs.push_back({job.id, job.request.names.value(0), job.step, {}});
    } else {
        found->step = job.step;
        if (job.step != QLatin1String("propagation"))
            found->headline.clear();
    }
    refresh();
    if (m_jobs.size() != before)
        Q_EMIT runningChanged(runningJobs());
}

void StatusArea::boardChanged(const JobId &id, const BoardState &board)
{
    for (Running &running : m_jobs) {
        if (running.id == id)
            running.headline = board.headline;
    }
    refresh();
}

void StatusArea::setAudit(const QString &text, bool intact)
{
    StateStyle style;
    style.role = intact ? StateRole::Ok : StateRole::Crit;
    style.glyph = intact ? Glyph::Fine : Glyph::Failing;
    m_audit->setState(style, text);
    m_audit->setVisible(!text.isEmpty());
    m_auditLine->setVisible(!text.isEmpty());
}

QString StatusArea::jobText() const
{
    if (m_jobs.empty())
        return tr("No jobs");
    const Running &newest = m_jobs.back();
    const QString what = newest.headline.isEmpty() ? jobStepText(newest.step) : newest.headline;
    QString text = QStringLiteral("%1: %2").arg(newest.name, what);
    if (m_jobs.size() > 1)
        text += tr(", and %n more", nullptr, static_cast<int>(m_jobs.size() - 1));
    return text;
}

QWidget *StatusArea::firstFocus() const
{
    return m_jobs.empty() ? m_commands : m_job;
}

void StatusArea::refresh()
{
    m_job->setText(jobText());
    m_job->setAccessibleName(jobText());
    m_job->setVisible(!m_jobs.empty());
    m_idle->setVisible(m_jobs.empty());
    const Theme theme = Theme::current();
    if (m_jobs.empty()) {
        m_job->setIcon({});
        m_job->setToolButtonStyle(Qt::ToolButtonTextOnly);
    } else {
        m_job->setIcon(QIcon(glyphPixmap(Glyph::NotYet, theme.state(StateRole::Wait).text,
                                         theme.window, 12, devicePixelRatioF())));
        m_job->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        m_job->setToolTip(tr("Show this job"));
    }
}

} // namespace sealbook
