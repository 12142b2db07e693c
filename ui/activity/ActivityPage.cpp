// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/ActivityPage.h"

#include "ui/activity/AuditView.h"
#include "ui/activity/JobActions.h"
#include "ui/activity/JobsView.h"

#include <QAction>
#include <QKeyEvent>
#include <QTabBar>
#include <QTabWidget>

namespace sealbook {

ActivityPage::ActivityPage(IssuanceService &issuance, AuditLog &audit, const Clock &clock,
                           Dialogs &dialogs, QWidget *parent)
    : Page(QStringLiteral("activity"), tr("Activity"), parent)
    , m_tabs(new QTabWidget(this))
    , m_jobs(new JobsView(issuance, clock, dialogs, this))
    , m_audit(new AuditView(audit, dialogs, this))
{
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Activity"));
    m_tabs->tabBar()->setObjectName(QStringLiteral("activityTabs"));
    m_tabs->tabBar()->setAccessibleName(tr("Jobs or audit log"));
    m_tabs->addTab(m_jobs, tr("&Jobs"));
    m_tabs->addTab(m_audit, tr("A&udit log"));
    setBody(m_tabs);
    JobActions &actions = m_jobs->actions();
    for (QAction *action :
         {actions.resume(), actions.cancel(), actions.showBoard(), actions.showCertificate(),
          m_audit->verifyNow(), m_audit->exportLines()})
        addAction(action);
    connect(m_jobs, &JobsView::boardWanted, this,
            [this](const QString &job) { Q_EMIT pageWanted(QStringLiteral("issue"), job); });
    connect(m_jobs, &JobsView::certificateWanted, this, [this](const QString &sha256) {
        Q_EMIT pageWanted(QStringLiteral("certificates"), sha256);
    });
    connect(m_jobs, &JobsView::runningChanged, this, [this](int count) {
        if (count > 0)
            setBadge(QString::number(count), Glyph::NotYet);
        else
            setBadge(QString());
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, &ActivityPage::activated);
}

void ActivityPage::setTimesLocal(bool local)
{
    m_jobs->setTimesLocal(local);
    m_audit->setTimesLocal(local);
}

void ActivityPage::activated()
{
    if (!m_jobsLoaded) {
        m_jobsLoaded = true;
        m_jobs->load();
    }
    if (m_tabs->currentWidget() == m_audit && !m_auditLoaded) {
        m_auditLoaded = true;
        m_audit->verify();
    }
}

void ActivityPage::open(const QString &subject)
{
    if (subject == QLatin1String("audit")) {
        m_tabs->setCurrentWidget(m_audit);
        activated();
        return;
    }
    m_tabs->setCurrentWidget(m_jobs);
    activated();
    m_jobs->open(subject);
}

void ActivityPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_tabs->currentWidget() == m_jobs && m_jobs->closePane())
        return;
    Page::keyPressEvent(event);
}

QList<QWidget *> ActivityPage::areas() const
{
    QList<QWidget *> areas = Page::areas();
    areas.removeLast();
    areas << m_tabs->tabBar();
    if (m_tabs->currentWidget() == m_jobs)
        areas << m_jobs->areas();
    else
        areas << m_audit;
    return areas;
}

QWidget *ActivityPage::firstFocus() const
{
    return m_tabs->currentWidget() == m_jobs ? m_jobs->firstFocus() : m_audit->firstFocus();
}

} // namespace sealbook
