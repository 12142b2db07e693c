// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/EndpointModel.h"

#include "ui/watch/EndpointWords.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/TimeText.h"

#include <algorithm>

namespace sealbook {

namespace {
// The end of what is served; invalid where nothing is.
QDateTime endOf(const EndpointStatus &status)
{
    const EndpointCheck *worst = status.worst();
    return worst != nullptr && worst->outcome == EndpointCheck::Outcome::Served ? worst->notAfter
                                                                                : QDateTime();
}
} // namespace

EndpointModel::EndpointModel(const Clock &clock, QObject *parent)
    : RecordModel(ColumnCount, State, parent)
    , m_clock(clock)
{
}

void EndpointModel::setStatuses(std::vector<EndpointStatus> statuses)
{
    beginResetModel();
    m_statuses = std::move(statuses);
    setTexts(texts());
    endResetModel();
}

void EndpointModel::refreshTimes()
{
    changeTexts(texts());
    columnsChanged(0, ColumnCount - 1);
}

void EndpointModel::setTimesLocal(bool local)
{
    m_timesLocal = local;
    refreshTimes();
}

std::vector<RecordModel::Texts> EndpointModel::texts() const
{
    std::vector<Texts> all;
    all.reserve(m_statuses.size());
    for (const EndpointStatus &status : m_statuses)
        all.push_back(textsOf(status));
    return all;
}

RecordModel::Texts EndpointModel::textsOf(const EndpointStatus &status) const
{
    const EndpointRecord &record = status.record;
    const QDateTime now = m_clock.utcNow();
    QStringList about{EndpointWords::kind(record.address.kind)};
    if (!record.serverName.isEmpty())
        about.append(tr("as %1", "server name").arg(record.serverName));
    if (!record.onlyAddress.isEmpty())
        about.append(tr("only %1", "address").arg(record.onlyAddress));
    if (!record.owner.isEmpty())
        about.append(record.owner);
    about.append(record.tags);
    EndpointAddress plain = record.address; // the second line says the kind
    plain.kind = EndpointKind::Tls;
    Texts texts;
    texts.key = record.id.text();
    std::vector<Lines> &cells = texts.cells;
    cells.resize(ColumnCount);
    cells[Endpoint] = {plain.text().remove(QStringLiteral("tls://")),
                       about.join(QStringLiteral(", "))};
    cells[State] = {EndpointWords::styleOf(status.state).word, {}};
    if (const EndpointCheck *worst = status.worst()) {
        const bool isServed = worst->outcome == EndpointCheck::Outcome::Served;
        const QString addresses = status.checks.size() > 1
            ? tr("%n addresses", "", static_cast<int>(status.checks.size()))
            : worst->address;
        cells[Serves] = {EndpointWords::answer(*worst),
                         isServed ? tr("%1, %2").arg(worst->protocol, addresses) : addresses};
        if (isServed)
            cells[Ends] = {TimeText::left(now, worst->notAfter),
                           TimeText::date(worst->notAfter, m_timesLocal)};
    }
    if (!status.newestSha256.isEmpty())
        cells[Newer] = {tr("stored, not served"),
                        tr("until %1").arg(TimeText::date(status.newestNotAfter, m_timesLocal))};
    cells[Checked] = {record.checkedAt.isValid() ? TimeText::ago(now, record.checkedAt)
                                                 : tr("never"),
                      EndpointWords::interval(record.interval)};
    texts.words = QStringList{record.address.text(), about.join(QLatin1Char(' ')),
                              cells[State].first, cells[Serves].first};
    for (const EndpointCheck &check : status.checks)
        texts.words << check.address << check.subject << check.sha256 << check.protocol;
    return texts;
}

int EndpointModel::compare(int left, int right) const
{
    const EndpointStatus &one = at(left);
    const EndpointStatus &other = at(right);
    switch (sortColumn()) {
    case State:
        return static_cast<int>(one.state) - static_cast<int>(other.state);
    case Ends:
        return compareTimes(endOf(one), endOf(other));
    case Newer:
        return compareTimes(other.newestNotAfter, one.newestNotAfter);
    case Checked:
        return compareTimes(other.record.checkedAt, one.record.checkedAt);
    default:
        return RecordModel::compare(left, right);
    }
}

int EndpointModel::needingPerson() const
{
    return static_cast<int>(
        std::count_if(m_statuses.begin(), m_statuses.end(),
                      [](const EndpointStatus &status) { return needsAction(status.state); }));
}

const EndpointStatus *EndpointModel::status(const QString &id) const
{
    const int record = recordOf(id);
    return record < 0 ? nullptr : &at(record);
}

QString EndpointModel::keyOf(const QString &address) const
{
    const auto found = std::find_if(m_statuses.begin(), m_statuses.end(),
                                    [&address](const EndpointStatus &status) {
                                        return status.record.address.text() == address;
                                    });
    return found == m_statuses.end() ? RecordModel::keyOf(address) : found->record.id.text();
}

QString EndpointModel::columnTitle(int column) const
{
    switch (column) {
    case Endpoint:
        return tr("Endpoint");
    case State:
        return tr("State");
    case Serves:
        return tr("Serves");
    case Ends:
        return tr("Ends");
    case Newer:
        return tr("Newer");
    case Checked:
        return tr("Checked");
    default:
        return {};
    }
}

StateStyle EndpointModel::styleAt(int record) const
{
    return EndpointWords::styleOf(at(record).state);
}

bool EndpointModel::isEvidence(int record, int column) const
{
    const EndpointState state = at(record).state;
    return (column == Ends
            && (state == EndpointState::Expired || state == EndpointState::ActNow
                || state == EndpointState::Soon))
        || (column == Newer && state == EndpointState::Drift);
}

QVariant EndpointModel::cell(int row, int column, int role) const
{
    const EndpointStatus &status = at(recordAt(row));
    if (role == Qt::ToolTipRole && column == State)
        return EndpointWords::summary(status);
    if (role == RowRole::Name) // what says why there is none is no name
        return column == Endpoint || (column == Serves && endOf(status).isValid());
    return RecordModel::cell(row, column, role);
}

} // namespace sealbook
