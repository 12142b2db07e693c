// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "ui/widgets/Page.h"

class QTabWidget;

namespace sealbook {

class AuditLog;
class AuditView;
class Dialogs;
class IssuanceService;
class JobsView;

// What runs, what ran, and what was done with privilege: jobs and the audit log as two tabs. Owned
// by MainWindow; the services outlive it.
class ActivityPage : public Page
{
    Q_OBJECT

public:
    ActivityPage(IssuanceService &issuance, AuditLog &audit, const Clock &clock, Dialogs &dialogs,
                 QWidget *parent = nullptr);

    void setTimesLocal(bool local);
    void open(const QString &subject) override; // a job's id, or "audit"
    void activated() override;
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;
    [[nodiscard]] JobsView &jobs() { return *m_jobs; }
    [[nodiscard]] AuditView &audit() { return *m_audit; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QTabWidget *m_tabs;
    JobsView *m_jobs;
    AuditView *m_audit;
    bool m_jobsLoaded = false;
    bool m_auditLoaded = false;
};

} // namespace sealbook
