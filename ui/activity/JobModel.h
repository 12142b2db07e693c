// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/records/JobStatus.h"
#include "ui/widgets/TableModel.h"

#include <QHash>

#include <vector>

namespace sealbook {

// The jobs of a profile, newest first, running ones on top; rows change in place as signals come.
// Speaks RowRole. Owned by the page; main thread.
class JobModel : public TableModel
{
    Q_OBJECT

public:
    enum Column { State, Names, Ca, Step, When, Requests, ColumnCount };

    explicit JobModel(const Clock &clock, QObject *parent = nullptr);

    // Rows that are there already change in place where the list of jobs is the same.
    void setJobs(std::vector<JobRecord> jobs);
    void setCaNames(QHash<QString, QString> names); // by id
    void update(const JobRecord &job); // adds it when it is new
    void setTimesLocal(bool local);
    void refreshTimes(); // and what a lease that ended in between says
    [[nodiscard]] JobStatus status(const JobRecord &job) const;
    [[nodiscard]] QString caName(const JobRecord &job) const; // its id where it has none any more
    [[nodiscard]] const JobRecord *job(const QString &id) const;
    [[nodiscard]] int runningCount() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

protected:
    [[nodiscard]] QString columnTitle(int column) const override;
    [[nodiscard]] bool isNumber(int column) const override { return column == Requests; }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    [[nodiscard]] QString text(const JobRecord &job, int column) const;

    const Clock &m_clock;
    std::vector<JobRecord> m_jobs;
    QHash<QString, QString> m_caNames;
    bool m_timesLocal = false;
};

} // namespace sealbook
