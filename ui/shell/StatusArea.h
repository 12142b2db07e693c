// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/BoardRow.h"
#include "core/records/JobRecord.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace sealbook {

class StateLabel;

// The foot of the window, 28 px: running jobs (click shows the newest one), the state of the audit
// chain, the zone that times are in, and how to reach the commands. Owned by MainWindow.
class StatusArea : public QWidget
{
    Q_OBJECT

public:
    explicit StatusArea(bool practice, QWidget *parent = nullptr);

    void jobChanged(const JobRecord &job);
    void boardChanged(const JobId &id, const BoardState &board);
    void setAudit(const QString &text, bool intact);
    [[nodiscard]] int runningJobs() const { return static_cast<int>(m_jobs.size()); }
    [[nodiscard]] QString jobText() const;
    [[nodiscard]] QWidget *firstFocus() const;

Q_SIGNALS:
    void jobChosen(const JobId &id);
    void commandsWanted();
    void runningChanged(int jobs);

private:
    struct Running
    {
        JobId id;
        QString name; // the first name it is for
        QString step;
        QString headline; // of its board
    };
    void refresh();

    std::vector<Running> m_jobs; // oldest first
    QLabel *m_idle = nullptr;
    QToolButton *m_job = nullptr;
    StateLabel *m_audit = nullptr;
    QWidget *m_auditLine = nullptr;
    QToolButton *m_commands = nullptr;
};

} // namespace sealbook
