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

int StepModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags StepModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant StepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
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

QVariant StepModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const JobStep &step = m_steps[static_cast<std::size_t>(index.row())];
    const bool ended = step.state == JobStep::State::Done || step.state == JobStep::State::Failed;
    const StateStyle style = styleOf(step.state);
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Step)
            return ActivityWords::step(step.step);
        if (index.column() == Detail)
            return step.detail;
        return ended ? ActivityWords::took(step.took) : QString();
    case Qt::ToolTipRole:
        return index.column() == Detail ? step.detail : TimeText::precise(step.at, m_timesLocal);
    case Qt::AccessibleTextRole:
        return index.column() == Step ? tr("%1: %2").arg(ActivityWords::step(step.step), style.word)
                                      : data(index, Qt::DisplayRole);
    case Qt::TextAlignmentRole:
        return index.column() == Took
            ? QVariant(static_cast<int>(Qt::AlignTrailing | Qt::AlignVCenter))
            : QVariant();
    case RowRole::Glyph:
        return index.column() == Step ? QVariant(static_cast<int>(style.glyph)) : QVariant();
    case RowRole::State:
        return index.column() == Step ? QVariant(static_cast<int>(style.role)) : QVariant();
    case RowRole::Muted:
        return index.column() == Took;
    case SequenceRole:
        return QString::number(step.sequence);
    default:
        return {};
    }
}

} // namespace sealbook
