// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/JobActions.h"

#include "ui/activity/ActivityWords.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/PageAction.h"

#include <QAction>
#include <QWidget>

namespace sealbook {

JobActions::JobActions(IssuanceService &issuance, Dialogs &dialogs, QWidget *view)
    : QObject(view)
    , m_issuance(issuance)
    , m_dialogs(dialogs)
    , m_view(view)
{
    m_resume = makePageAction(this, "resumeJob", tr("&Resume"), QStringLiteral("play"));
    m_cancel =
        makePageAction(this, "cancelJob", tr("Ca&ncel and clean up"), QStringLiteral("trash"));
    m_board = makePageAction(this, "showBoard", tr("Show &board"), QStringLiteral("eye"));
    m_certificate = makePageAction(this, "showCertificate", tr("Show &certificate"),
                                   QStringLiteral("certificate"));
    connect(m_resume, &QAction::triggered, this, &JobActions::resumeCurrent);
    connect(m_cancel, &QAction::triggered, this, &JobActions::cancelCurrent);
    connect(m_board, &QAction::triggered, this, [this] {
        if (m_current)
            Q_EMIT boardWanted(m_current->id.text());
    });
    connect(m_certificate, &QAction::triggered, this, [this] {
        if (m_current)
            Q_EMIT certificateWanted(m_current->certificateSha256);
    });
    setCurrent(nullptr, JobStatus::Done);
}

void JobActions::setCurrent(const JobRecord *job, JobStatus status)
{
    m_current = job == nullptr ? std::nullopt : std::optional(*job);
    const auto is = [job, status](JobStatus wanted) { return job != nullptr && status == wanted; };
    const bool over = is(JobStatus::Done) || is(JobStatus::Cancelled);
    m_resume->setVisible(is(JobStatus::Interrupted) || is(JobStatus::Paused)
                         || is(JobStatus::Failed));
    m_cancel->setVisible(job != nullptr && !over);
    m_board->setVisible(is(JobStatus::Running));
    m_certificate->setVisible(is(JobStatus::Done) && !job->certificateSha256.isEmpty());
    for (QAction *action : {m_resume, m_cancel, m_board, m_certificate})
        action->setEnabled(action->isVisible());
}

void JobActions::resumeCurrent()
{
    if (!m_current)
        return;
    const QString names = ActivityWords::names(*m_current);
    m_resume->setEnabled(false);
    Q_EMIT noted(tr("%1 goes on.").arg(names));
    // Not bound to this page: closing it must not cancel the job. Cancelling is its own verb.
    Task<IssuanceResult> task = m_issuance.resume(m_current->id, std::stop_token());
    QCoro::connect(std::move(task), this, [this, names](const Result<IssuanceResult> &result) {
        if (result)
            Q_EMIT noted(tr("%1: the certificate is issued and stored.").arg(names));
        else
            Q_EMIT failed(result.error());
    });
}

void JobActions::cancelCurrent()
{
    if (!m_current)
        return;
    const QString names = ActivityWords::names(*m_current);
    Dialogs::Question question;
    question.title = tr("Cancel the job?");
    question.text = tr("The issuance for %1 is given up.").arg(names);
    question.detail = tr("The validation records it wrote are removed from DNS. What the CA has "
                         "counted against its limits stays counted.");
    question.accept = tr("Cancel and clean up");
    question.destructive = true;
    m_dialogs.ask(m_view, question, [this, id = m_current->id, names](bool yes) {
        if (!yes)
            return;
        m_cancel->setEnabled(false);
        Task<> task = m_issuance.cancel(id);
        QCoro::connect(std::move(task), this, [this, names](const Result<> &result) {
            if (result)
                Q_EMIT noted(tr("%1: cancelled, and its records are removed.").arg(names));
            else
                Q_EMIT failed(result.error());
        });
    });
}

} // namespace sealbook
