// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/StepModel.h"

#include "ui/activity/ActivityWords.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/TimeText.h"

#include <algorithm>

namespace sealbook {

void StepModel::setSteps(JobId job, std::vector<JobStep> steps)
{
    beginResetModel();
    if (m_job == job) {
        for (const JobStep &mine : m_steps) {
            const bool known =
                std::any_of(steps.begin(), steps.end(), [&mine](const JobStep &step) {
                    return step.sequence == mine.sequence;
                });
            if (!known)
                steps.push_back(mine);
        }
    }
    m_job = job;
    m_steps = std::move(steps);
    std::stable_sort(m_steps.begin(), m_steps.end(), [](const JobStep &left, const JobStep &right) {
        return left.sequence < right.sequence;
    });
    endResetModel();
}

void StepModel::clear(JobId job)
{
    beginResetModel();
    m_job = job;
    m_steps.clear();
    endResetModel();
}

void StepModel::append(const JobStep &step)
{
    if (step.jobId != m_job)
        return;
    const bool known = std::any_of(m_steps.begin(), m_steps.end(), [&step](const JobStep &mine) {
        return mine.sequence == step.sequence;
    });
    if (known)
        return;
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_steps.push_back(step);
    endInsertRows();
}

QString StepModel::asText() const
{
    QStringList lines;
    for (const JobStep &step : m_steps)
        lines << QStringLiteral("%1  %2  %3  %4")
                     .arg(TimeText::precise(step.at, m_timesLocal), styleOf(step.state).word,
                          step.step, step.detail)
                     .trimmed();
    return lines.join(QLatin1Char('\n'));
}

int StepModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

QString StepModel::columnTitle(int column) const
{
    switch (column) {
    case Step:
        return tr("Step");
    case Detail:
        return tr("What happened");
    case Took:
        return tr("Took");
    default:
        return {};
    }
}

QVariant StepModel::cell(int row, int column, int role) const
{
    const JobStep &step = m_steps[static_cast<std::size_t>(row)];
    const bool ended = step.state == JobStep::State::Done || step.state == JobStep::State::Failed;
    const StateStyle style = styleOf(step.state);
    switch (role) {
    case Qt::DisplayRole:
        if (column == Step)
            return ActivityWords::step(step.step);
        if (column == Detail)
            return step.detail;
        return ended ? ActivityWords::took(step.took) : QString();
    case Qt::ToolTipRole:
        return column == Detail ? step.detail : TimeText::precise(step.at, m_timesLocal);
    case Qt::AccessibleTextRole:
        return column == Step ? tr("%1: %2").arg(ActivityWords::step(step.step), style.word)
                              : cell(row, column, Qt::DisplayRole);
    case RowRole::Glyph:
        return column == Step ? QVariant(static_cast<int>(style.glyph)) : QVariant();
    case RowRole::State:
        return column == Step ? QVariant(static_cast<int>(style.role)) : QVariant();
    case RowRole::Muted:
        return column == Took;
    case RowRole::Key:
        return QString::number(step.sequence);
    default:
        return {};
    }
}

} // namespace sealbook
