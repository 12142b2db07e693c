// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/JobRecord.h"
#include "ui/widgets/TableModel.h"

#include <vector>

namespace sealbook {

// The log of one job, oldest first, growing as signals come. Speaks RowRole. Owned by the job pane;
// main thread.
class StepModel : public TableModel
{
    Q_OBJECT

public:
    enum Column { Step, Detail, Took, ColumnCount };

    explicit StepModel(QObject *parent = nullptr)
        : TableModel(ColumnCount, parent)
    {
    }

    // Steps of `job`; what append() brought meanwhile and is not among them stays.
    void setSteps(JobId job, std::vector<JobStep> steps);
    void clear(JobId job);
    void append(const JobStep &step); // ignores other jobs and what is there already
    void setTimesLocal(bool local) { m_timesLocal = local; }
    [[nodiscard]] QString asText() const; // for the clipboard

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

protected:
    [[nodiscard]] QString columnTitle(int column) const override;
    [[nodiscard]] bool isNumber(int column) const override { return column == Took; }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    JobId m_job;
    std::vector<JobStep> m_steps;
    bool m_timesLocal = false;
};

} // namespace sealbook
