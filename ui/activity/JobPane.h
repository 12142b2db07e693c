// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/JobStatus.h"
#include "ui/activity/StepModel.h"

#include <QWidget>

class QAction;
class QLabel;
class QVBoxLayout;

namespace sealbook {

class CopyButton;
class ErrorPanel;
class KeyValueGrid;
class PaneHead;
class RecordTable;

// One job: what it is for, how it stands and why, what can be done, and its log step by step.
// Owned by the jobs view.
class JobPane : public QWidget
{
    Q_OBJECT

public:
    explicit JobPane(QWidget *parent = nullptr);

    void setActions(const QList<QAction *> &actions);
    void setJob(const JobRecord &job, JobStatus status, const QString &caName, bool timesLocal);
    [[nodiscard]] StepModel &steps() { return m_steps; }
    [[nodiscard]] JobId job() const { return m_job; }

Q_SIGNALS:
    void closeWanted();

private:
    void buildHead(QVBoxLayout *layout);
    void buildLog(QVBoxLayout *layout);
    void showDetail();

    JobId m_job;
    StepModel m_steps;
    PaneHead *m_head = nullptr;
    ErrorPanel *m_error = nullptr;
    KeyValueGrid *m_facts = nullptr;
    RecordTable *m_table = nullptr;
    QLabel *m_detail = nullptr;
    CopyButton *m_copy = nullptr;
};

} // namespace sealbook
