// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/EndpointModel.h"

#include "ui/watch/EndpointWords.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/TimeText.h"

#include <algorithm>

namespace sealbook {

EndpointModel::EndpointModel(const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
{
}

void EndpointModel::setStatuses(std::vector<EndpointStatus> statuses)
{
    beginResetModel();
    m_items.clear();
    m_byId.clear();
    m_items.reserve(statuses.size());
    for (EndpointStatus &status : statuses) {
        Item &item = m_items.emplace_back();
        item.status = std::move(status);
        item.id = item.status.record.id.text();
        compute(item);
        m_byId.insert(item.id, total() - 1);
    }
    rebuild();
    endResetModel();
}

void EndpointModel::refreshTimes()
{
    for (Item &item : m_items)
        compute(item);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void EndpointModel::setTimesLocal(bool local)
{
    m_timesLocal = local;
    refreshTimes();
}

void EndpointModel::compute(Item &item) const
{
    const EndpointStatus &status = item.status;
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
    item.cells[Endpoint] = {plain.text().remove(QStringLiteral("tls://")),
                            about.join(QStringLiteral(", "))};
    item.cells[State] = {EndpointWords::styleOf(status.state).word, {}};
    item.summary = EndpointWords::summary(status);
    item.ends = {};
    item.cells[Serves] = item.cells[Ends] = item.cells[Newer] = {};
    if (const EndpointCheck *worst = status.worst()) {
        const bool isServed = worst->outcome == EndpointCheck::Outcome::Served;
        const QString addresses = status.checks.size() > 1
            ? tr("%n addresses", "", static_cast<int>(status.checks.size()))
            : worst->address;
        item.cells[Serves] = {EndpointWords::answer(*worst),
                              isServed ? tr("%1, %2").arg(worst->protocol, addresses) : addresses};
        if (isServed) {
            item.ends = worst->notAfter;
            item.cells[Ends] = {TimeText::left(now, worst->notAfter),
                                TimeText::date(worst->notAfter, m_timesLocal)};
        }
    }
    if (!status.newestSha256.isEmpty())
        item.cells[Newer] = {
            tr("stored, not served"),
            tr("until %1").arg(TimeText::date(status.newestNotAfter, m_timesLocal))};
    item.cells[Checked] = {record.checkedAt.isValid() ? TimeText::ago(now, record.checkedAt)
                                                      : tr("never"),
                           EndpointWords::interval(record.interval)};
    QStringList words{record.address.text(), about.join(QLatin1Char(' ')), item.cells[State].first,
                      item.cells[Serves].first};
    for (const EndpointCheck &check : status.checks)
        words << check.address << check.subject << check.sha256 << check.protocol;
    item.haystack = words.join(QLatin1Char('\n')).toLower();
}

void EndpointModel::setFilter(const QString &text)
{
    const QString filter = text.trimmed().toLower();
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    rebuild();
    endResetModel();
}

void EndpointModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0)
        return;
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = order;
    rebuild();
    endResetModel();
}

int EndpointModel::compare(const Item &left, const Item &right) const
{
    const auto order = [](const QDateTime &a, const QDateTime &b) {
        return a == b ? 0 : (a < b ? -1 : 1);
    };
    int compared = 0;
    switch (m_sortColumn) {
    case State:
        compared = static_cast<int>(left.status.state) - static_cast<int>(right.status.state);
        break;
    case Ends:
        compared = order(left.ends, right.ends);
        break;
    case Newer:
        compared = order(right.status.newestNotAfter, left.status.newestNotAfter);
        break;
    case Checked:
        compared = order(right.status.record.checkedAt, left.status.record.checkedAt);
        break;
    default: {
        const auto column = static_cast<std::size_t>(m_sortColumn);
        compared = left.cells[column].first.compare(right.cells[column].first);
    }
    }
    return compared != 0 ? compared
                         : left.cells[Endpoint].first.compare(right.cells[Endpoint].first);
}

void EndpointModel::rebuild()
{
    m_rows.clear();
    for (int i = 0; i < total(); ++i) {
        if (m_filter.isEmpty() || m_items[static_cast<std::size_t>(i)].haystack.contains(m_filter))
            m_rows.push_back(i);
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [this](int left, int right) {
        const int compared = compare(m_items[static_cast<std::size_t>(left)],
                                     m_items[static_cast<std::size_t>(right)]);
        return m_sortOrder == Qt::AscendingOrder ? compared < 0 : compared > 0;
    });
}

int EndpointModel::needingPerson() const
{
    return static_cast<int>(std::count_if(m_items.begin(), m_items.end(), [](const Item &item) {
        return needsAction(item.status.state);
    }));
}

const EndpointStatus *EndpointModel::status(const QString &id) const
{
    const auto at = m_byId.constFind(id);
    return at == m_byId.cend() ? nullptr : &m_items[static_cast<std::size_t>(*at)].status;
}

QString EndpointModel::idOf(const QString &address) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(), [&address](const Item &item) {
        return item.id == address || item.status.record.address.text() == address;
    });
    return found == m_items.end() ? QString() : found->id;
}

int EndpointModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EndpointModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags EndpointModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant EndpointModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
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

QVariant EndpointModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Item &item =
        m_items[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(index.row())])];
    const Cell &cell = item.cells[static_cast<std::size_t>(index.column())];
    const EndpointState state = item.status.state;
    switch (role) {
    case Qt::DisplayRole:
        return cell.first;
    case IdRole:
        return item.id;
    case RowRole::SecondLine:
        return cell.second;
    case Qt::ToolTipRole:
        if (index.column() == State)
            return item.summary;
        return cell.second.isEmpty() ? cell.first : cell.first + QLatin1Char('\n') + cell.second;
    case Qt::AccessibleTextRole:
    case RowRole::Copy:
        return cell.second.isEmpty() ? cell.first : tr("%1, %2").arg(cell.first, cell.second);
    case RowRole::Name: // what says why there is none is no name
        return index.column() == Endpoint || (index.column() == Serves && item.ends.isValid());
    case RowRole::State: {
        // A number coloured by state stands in the row whose glyph and word say why.
        const bool isEvidence =
            (index.column() == Ends
             && (state == EndpointState::Expired || state == EndpointState::ActNow
                 || state == EndpointState::Soon))
            || (index.column() == Newer && state == EndpointState::Drift);
        return index.column() == State || isEvidence
            ? QVariant(static_cast<int>(EndpointWords::styleOf(state).role))
            : QVariant();
    }
    case RowRole::Glyph:
        return index.column() == State
            ? QVariant(static_cast<int>(EndpointWords::styleOf(state).glyph))
            : QVariant();
    default:
        return {};
    }
}

} // namespace sealbook
