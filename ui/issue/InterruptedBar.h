// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/JobRecord.h"

#include <QFrame>

class QLabel;

namespace sealbook {

// Offers to go on with a job that a crash or a power cut left behind. Hidden while there is none.
// Owned by IssuePage.
class InterruptedBar : public QFrame
{
    Q_OBJECT

public:
    explicit InterruptedBar(QWidget *parent = nullptr);
    void setJobs(const std::vector<JobRecord> &jobs);

Q_SIGNALS:
    void resumeWanted(const JobRecord &job);
    void activityWanted();

private:
    void changeEvent(QEvent *event) override;
    void applyTint();

    std::vector<JobRecord> m_jobs;
    QLabel *m_text = nullptr;
};

} // namespace sealbook
