// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/JobModel.h"

#include "ui/activity/ActivityWords.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/TimeText.h"

#include <algorithm>

namespace sealbook {

namespace {
bool newerFirst(const JobRecord &left, const JobRecord &right)
{
    const bool leftRuns = left.state == JobRecord::State::Running;
    const bool rightRuns = right.state == JobRecord::State::Running;
    return leftRuns != rightRuns ? leftRuns : left.createdAt > right.createdAt;
}
} // namespace

JobModel::JobModel(const Clock &clock, QObject *parent)
    : TableModel(ColumnCount, parent)
    , m_clock(clock)
{
}

void JobModel::setJobs(std::vector<JobRecord> jobs)
{
    std::stable_sort(jobs.begin(), jobs.end(), newerFirst);
    const bool same = std::equal(
        jobs.begin(), jobs.end(), m_jobs.begin(), m_jobs.end(),
        [](const JobRecord &left, const JobRecord &right) { return left.id == right.id; });
    if (!same) {
        beginResetModel();
        m_jobs = std::move(jobs);
        endResetModel();
        return;
    }
    for (int row = 0; row < rowCount(); ++row) {
        JobRecord &known = m_jobs[static_cast<std::size_t>(row)];
        JobRecord &given = jobs[static_cast<std::size_t>(row)];
        if (known == given)
            continue;
        known = std::move(given);
        rowChanged(row);
    }
}

void JobModel::setCaNames(QHash<QString, QString> names)
{
    m_caNames = std::move(names);
    columnsChanged(Ca, Ca);
}

void JobModel::update(const JobRecord &job)
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(),
                                    [&job](const JobRecord &known) { return known.id == job.id; });
    if (found == m_jobs.end()) {
        const auto place = std::upper_bound(m_jobs.begin(), m_jobs.end(), job, newerFirst);
        const int row = static_cast<int>(place - m_jobs.begin());
        beginInsertRows({}, row, row);
        m_jobs.insert(place, job);
        endInsertRows();
        return;
    }
    const int row = static_cast<int>(found - m_jobs.begin());
    *found = job;
    rowChanged(row);
}

void JobModel::setTimesLocal(bool local)
{
    m_timesLocal = local;
    refreshTimes();
}

void JobModel::refreshTimes()
{
    columnsChanged(When, When);
    columnsChanged(State, State);
}

JobStatus JobModel::status(const JobRecord &job) const
{
    return jobStatus(job, m_clock.utcNow());
}

QString JobModel::caName(const JobRecord &job) const
{
    return m_caNames.value(job.request.caId, job.request.caId);
}

const JobRecord *JobModel::job(const QString &id) const
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(),
                                    [&id](const JobRecord &job) { return job.id.text() == id; });
    return found == m_jobs.end() ? nullptr : &*found;
}

int JobModel::runningCount() const
{
    return static_cast<int>(
        std::count_if(m_jobs.begin(), m_jobs.end(),
                      [this](const JobRecord &job) { return status(job) == JobStatus::Running; }));
}

int JobModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

QString JobModel::columnTitle(int column) const
{
    switch (column) {
    case State:
        return tr("State");
    case Names:
        return tr("Names");
    case Ca:
        return tr("CA");
    case Step:
        return tr("Step");
    case When:
        return tr("Started");
    case Requests:
        return tr("Requests");
    default:
        return {};
    }
}

QString JobModel::text(const JobRecord &job, int column) const
{
    switch (column) {
    case State:
        return styleOf(status(job)).word;
    case Names:
        return ActivityWords::names(job);
    case Ca:
        return caName(job);
    case Step:
        return job.state == JobRecord::State::Done ? QString() : ActivityWords::step(job.step);
    case When:
        return TimeText::ago(m_clock.utcNow(), job.createdAt);
    case Requests:
        return job.requests > 0 ? QString::number(job.requests) : QString();
    default:
        return {};
    }
}

QVariant JobModel::cell(int row, int column, int role) const
{
    const JobRecord &job = m_jobs[static_cast<std::size_t>(row)];
    switch (role) {
    case Qt::DisplayRole:
        return text(job, column);
    case Qt::ToolTipRole:
        if (column == Names)
            return job.request.names.join(QLatin1Char('\n'));
        if (column == When)
            return TimeText::precise(job.createdAt, m_timesLocal);
        return column == Step && job.error ? job.error->detail : text(job, column);
    case RowRole::Copy:
        if (column == Names)
            return job.request.names.join(QLatin1Char(' '));
        return column == When ? TimeText::precise(job.createdAt, m_timesLocal) : text(job, column);
    case RowRole::State:
        return column == State ? QVariant(static_cast<int>(styleOf(status(job)).role)) : QVariant();
    case RowRole::Glyph:
        return column == State ? QVariant(static_cast<int>(styleOf(status(job)).glyph))
                               : QVariant();
    case RowRole::Name:
        return column == Names && job.request.names.size() == 1;
    case RowRole::Muted:
        return column == Ca || column == When || column == Requests;
    case RowRole::Key:
        return job.id.text();
    default:
        return {};
    }
}

} // namespace sealbook
