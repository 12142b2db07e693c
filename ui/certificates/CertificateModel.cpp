// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateModel.h"

#include "ui/certificates/CertificateWords.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/TimeText.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sealbook {

namespace {

struct ColumnInfo
{
    CertificateModel::Column column;
    InventoryField field;
    const char *name;
};
using Model = CertificateModel;
constexpr std::array columns{
    ColumnInfo{Model::Names, InventoryField::Name, "names"},
    ColumnInfo{Model::Issuer, InventoryField::Issuer, "issuer"},
    ColumnInfo{Model::Expires, InventoryField::Expires, "expires"},
    ColumnInfo{Model::Key, InventoryField::Key, "key"},
    ColumnInfo{Model::Places, InventoryField::Places, "places"},
    ColumnInfo{Model::Tags, InventoryField::Tags, "tags"},
    ColumnInfo{Model::Owner, InventoryField::Owner, "owner"},
    ColumnInfo{Model::Credential, InventoryField::Credential, "credential"},
    ColumnInfo{Model::ValidFrom, InventoryField::Issued, "from"},
    ColumnInfo{Model::ValidTo, InventoryField::Expires, "to"},
    ColumnInfo{Model::Lifetime, InventoryField::Lifetime, "lifetime"},
    ColumnInfo{Model::Signature, InventoryField::Signature, "signature"},
    ColumnInfo{Model::Serial, InventoryField::Serial, "serial"},
    ColumnInfo{Model::Added, InventoryField::Added, "added"},
    ColumnInfo{Model::Zone, InventoryField::Zone, "zone"},
    ColumnInfo{Model::NameCount, InventoryField::NameCount, "count"},
    ColumnInfo{Model::FailedRenewals, InventoryField::FailedRenewals, "failed"}};
static_assert(columns.size() == CertificateModel::ColumnCount);

int trashlessCount(const Inventory &inventory)
{
    int count = 0;
    for (const quint32 some : inventory.urgencyCounts())
        count += static_cast<int>(some);
    return count;
}

} // namespace

CertificateModel::CertificateModel(const Clock &clock, QObject *parent)
    : TableModel(ColumnCount, parent)
    , m_clock(clock)
    , m_inventory(std::make_shared<Inventory>())
    , m_asker(clock, m_inventory)
    , m_shown(m_asker.request())
{
    connect(&m_asker, &InventoryAsker::answered, this, &CertificateModel::receive);
    connect(&m_asker, &InventoryAsker::timesChanged, this, [this] { m_texts.clear(); });
}

QString CertificateModel::columnName(Column column)
{
    return QLatin1String(columns[static_cast<std::size_t>(column)].name);
}

std::optional<CertificateModel::Column> CertificateModel::columnFromName(const QString &name)
{
    for (const ColumnInfo &info : columns) {
        if (name == QLatin1String(info.name))
            return info.column;
    }
    return std::nullopt;
}

InventoryField CertificateModel::fieldOf(Column column)
{
    return columns[static_cast<std::size_t>(column)].field;
}

QString CertificateModel::columnTitle(Column column)
{
    switch (column) {
    case Names:
        return tr("Names");
    case Issuer:
        return tr("Issuer");
    case Expires:
        return tr("Expires");
    case Key:
        return tr("Key");
    case Places:
        return tr("Places");
    case Tags:
        return tr("Tags");
    case Owner:
        return tr("Owner");
    case Credential:
        return tr("Credential");
    case ValidFrom:
        return tr("Valid from");
    case ValidTo:
        return tr("Valid to");
    case Lifetime:
        return tr("Lifetime");
    case Signature:
        return tr("Signature");
    case Serial:
        return tr("Serial");
    case Added:
        return tr("Added");
    case Zone:
        return tr("Zone");
    case NameCount:
        return tr("Name count");
    case FailedRenewals:
        return tr("Failed renewals");
    case ColumnCount:
        break;
    }
    return {};
}

void CertificateModel::setInventory(std::shared_ptr<Inventory> inventory)
{
    m_asker.setInventory(std::move(inventory));
}

void CertificateModel::setRequest(InventoryRequest request, std::optional<Query> counted)
{
    m_asker.setRequest(std::move(request), std::move(counted));
}

void CertificateModel::receive(const std::shared_ptr<InventoryAnswer> &answer)
{
    InventoryView &view = answer->view;
    m_weeks = answer->weeks;
    const bool isSame = answer->inventory == m_inventory
        && answer->request.grouping == m_shown.grouping && view.rows == m_view.rows
        && view.groups == m_view.groups;
    if (isSame) {
        m_shown = answer->request;
        m_view.hidden = view.hidden;
        columnsChanged(0, ColumnCount - 1);
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
        Q_EMIT viewChanged();
        return;
    }
    beginResetModel();
    m_inventory = answer->inventory;
    m_shown = answer->request;
    m_view = std::move(view);
    m_total = trashlessCount(*m_inventory);
    m_texts.clear();
    layRows();
    endResetModel();
    Q_EMIT viewChanged();
}

void CertificateModel::layRows()
{
    m_heads.clear();
    m_folded.clear();
    m_rowCount = 0;
    if (!isGrouped()) {
        m_rowCount = static_cast<int>(m_view.rows.size());
        return;
    }
    for (std::size_t group = 0; group < m_view.groups.size(); ++group) {
        m_heads.push_back(m_rowCount);
        m_folded.push_back(m_foldedKeys.contains(foldKey(group)));
        m_rowCount += 1 + (m_folded[group] ? 0 : groupRows(group));
    }
}

int CertificateModel::groupRows(std::size_t group) const
{
    return static_cast<int>(m_view.groups[group].end - m_view.groups[group].begin);
}

// A tag and an issuer may be called the same.
QString CertificateModel::foldKey(std::size_t group) const
{
    return inventoryGroupingName(m_shown.grouping) + QLatin1Char(':') + m_view.groups[group].key;
}

CertificateModel::Spot CertificateModel::spotOf(int row) const
{
    if (!isGrouped())
        return {0, m_view.rows[static_cast<std::size_t>(row)]};
    const auto above = std::upper_bound(m_heads.begin(), m_heads.end(), row) - 1;
    const auto group = static_cast<std::size_t>(above - m_heads.begin());
    if (row == *above)
        return {group, std::nullopt};
    return {group,
            m_view.rows[m_view.groups[group].begin + static_cast<quint32>(row - *above - 1)]};
}

void CertificateModel::setTimesLocal(bool local)
{
    m_timesLocal = local;
    refreshTimes();
}

void CertificateModel::refreshTimes()
{
    m_asker.refreshTimes();
}

void CertificateModel::setFolded(int headRow, bool folded)
{
    if (!isGrouped() || headRow < 0 || headRow >= m_rowCount)
        return;
    const Spot spot = spotOf(headRow);
    const std::size_t group = spot.group;
    if (spot.index || m_folded[group] == folded)
        return;
    const int count = groupRows(group);
    const int change = folded ? -count : count;
    if (folded) {
        m_foldedKeys.insert(foldKey(group));
        beginRemoveRows({}, headRow + 1, headRow + count);
    } else {
        m_foldedKeys.erase(foldKey(group));
        beginInsertRows({}, headRow + 1, headRow + count);
    }
    m_folded[group] = folded;
    for (std::size_t later = group + 1; later < m_heads.size(); ++later)
        m_heads[later] += change;
    m_rowCount += change;
    if (folded)
        endRemoveRows();
    else
        endInsertRows();
    rowChanged(headRow);
}

void CertificateModel::setAllFolded(bool folded)
{
    if (!isGrouped())
        return;
    beginResetModel();
    m_foldedKeys.clear();
    for (std::size_t group = 0; folded && group < m_view.groups.size(); ++group)
        m_foldedKeys.insert(foldKey(group));
    layRows();
    endResetModel();
}

void CertificateModel::unfold(const QString &sha256)
{
    const std::optional<Fingerprint> fingerprint = Fingerprint::fromHex(sha256);
    const auto at = fingerprint ? m_inventory->indexOf(*fingerprint) : std::nullopt;
    if (!at || !isGrouped() || indexOf(sha256).isValid())
        return;
    for (std::size_t group = 0; group < m_view.groups.size(); ++group) {
        const auto begin = m_view.rows.begin() + m_view.groups[group].begin;
        const auto end = m_view.rows.begin() + m_view.groups[group].end;
        if (std::find(begin, end, static_cast<quint32>(*at)) == end)
            continue;
        setFolded(m_heads[group], false);
        return;
    }
}

std::optional<quint32> CertificateModel::inventoryIndex(int row) const
{
    return row < 0 || row >= m_rowCount ? std::nullopt : spotOf(row).index;
}

const InventoryRow *CertificateModel::row(const QModelIndex &index) const
{
    const std::optional<quint32> at = index.isValid() ? inventoryIndex(index.row()) : std::nullopt;
    return at ? &m_inventory->row(*at) : nullptr;
}

const InventoryRow *CertificateModel::row(const QString &sha256) const
{
    const std::optional<Fingerprint> fingerprint = Fingerprint::fromHex(sha256);
    const auto at = fingerprint ? m_inventory->indexOf(*fingerprint) : std::nullopt;
    return at ? &m_inventory->row(*at) : nullptr;
}

QModelIndex CertificateModel::indexOf(const QString &sha256) const
{
    const std::optional<Fingerprint> fingerprint = Fingerprint::fromHex(sha256);
    const auto at = fingerprint ? m_inventory->indexOf(*fingerprint) : std::nullopt;
    if (!at)
        return {};
    const auto wanted = static_cast<quint32>(*at);
    if (!isGrouped()) {
        const auto found = std::find(m_view.rows.begin(), m_view.rows.end(), wanted);
        return found == m_view.rows.end() ? QModelIndex()
                                          : index(static_cast<int>(found - m_view.rows.begin()), 0);
    }
    for (std::size_t group = 0; group < m_view.groups.size(); ++group) {
        if (m_folded[group])
            continue;
        const auto begin = m_view.rows.begin() + m_view.groups[group].begin;
        const auto end = m_view.rows.begin() + m_view.groups[group].end;
        const auto found = std::find(begin, end, wanted);
        if (found != end)
            return index(m_heads[group] + 1 + static_cast<int>(found - begin), 0);
    }
    return {};
}

int CertificateModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rowCount;
}

bool CertificateModel::hasChildren(const QModelIndex &parent) const
{
    return !parent.isValid() && m_rowCount > 0;
}

QVariant CertificateModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::ToolTipRole)
        return columnTitle(column);
    if (role != Qt::AccessibleTextRole)
        return TableModel::headerData(section, orientation, role);
    const std::vector<InventorySort> &sort = request().sort;
    for (std::size_t i = 0; i < sort.size(); ++i) {
        if (sort[i].field != fieldOf(column))
            continue;
        return sort[i].descending
            ? tr("%1, sorted by it as number %2, descending").arg(columnTitle(column)).arg(i + 1)
            : tr("%1, sorted by it as number %2, ascending").arg(columnTitle(column)).arg(i + 1);
    }
    return columnTitle(column);
}

bool CertificateModel::isNumber(int column) const
{
    return column == NameCount || column == FailedRenewals || column == Lifetime;
}

QVariant CertificateModel::cell(int row, int column, int role) const
{
    const Spot spot = spotOf(row);
    return spot.index ? rowData(*spot.index, column, role)
                      : headData(m_view.groups[spot.group], m_folded[spot.group], column, role);
}

QString CertificateModel::groupTitle(const InventoryGroup &group) const
{
    switch (m_shown.grouping) {
    case InventoryGrouping::Urgency:
        return CertificateWords::groupTitle(urgencyFromName(group.key).value_or(Urgency::Retired));
    case InventoryGrouping::Issuer:
        return group.key.isEmpty() ? tr("No issuer named") : group.key;
    case InventoryGrouping::Zone:
        return group.key.isEmpty() ? tr("No domain name") : CertificateWords::readable(group.key);
    case InventoryGrouping::Tag:
        return group.key.isEmpty() ? tr("No tag") : group.key;
    case InventoryGrouping::Place:
    case InventoryGrouping::None:
        break;
    }
    if (group.key.isEmpty())
        return tr("No known place");
    const PlaceRecord place = placeOfOrigin(QString(), group.key);
    switch (place.kind) {
    case PlaceRecord::Kind::Issued:
        return tr("Issued here");
    case PlaceRecord::Kind::Pasted:
        return tr("Pasted");
    case PlaceRecord::Kind::File: // folders
        return place.location.isEmpty() ? tr("Files") : place.location;
    default:
        return place.location;
    }
}

// By urgency the rule that put things there, else how they are.
QString CertificateModel::groupRule(const InventoryGroup &group) const
{
    if (m_shown.grouping == InventoryGrouping::Urgency)
        return CertificateWords::groupRule(urgencyFromName(group.key).value_or(Urgency::Retired));
    std::array<int, 5> counts{};
    for (quint32 i = group.begin; i < group.end; ++i)
        ++counts[static_cast<std::size_t>(m_inventory->urgency(m_view.rows[i]))];
    QStringList parts;
    for (const Urgency urgency : {Urgency::Overdue, Urgency::ActNow, Urgency::Soon}) {
        const int count = counts[static_cast<std::size_t>(urgency)];
        if (count > 0)
            parts << tr("%1 %2", "count and state").arg(count).arg(styleOf(urgency).word);
    }
    return parts.isEmpty() ? tr("nothing to do") : parts.join(QLatin1String(", "));
}

QVariant CertificateModel::headData(const InventoryGroup &group, bool folded, int column,
                                    int role) const
{
    const int count = static_cast<int>(group.end - group.begin);
    const bool isByUrgency = m_shown.grouping == InventoryGrouping::Urgency;
    switch (role) {
    case Qt::DisplayRole:
        return column == Names ? tr("%1  %2", "group and count").arg(groupTitle(group)).arg(count)
                               : QVariant();
    case Qt::AccessibleTextRole:
        return tr("%1, %n certificates, %2", "", count).arg(groupTitle(group), groupRule(group));
    case RowRole::GroupHead:
        return groupRule(group);
    case RowRole::State:
        return isByUrgency ? QVariant(static_cast<int>(styleOf(group.worst).role)) : QVariant();
    case RowRole::Glyph:
        return isByUrgency ? QVariant(static_cast<int>(styleOf(group.worst).glyph)) : QVariant();
    case FoldedRole:
        return folded;
    case CountRole:
        return count;
    case RowRole::Copy:
        return column == Names ? groupTitle(group) : QVariant();
    default:
        return {};
    }
}

const CertificateModel::Texts &CertificateModel::texts(quint32 index) const
{
    if (const Texts *known = m_texts.object(index))
        return *known;
    const InventoryRow &row = m_inventory->row(index);
    const QDateTime now = m_clock.utcNow();
    auto made = std::make_unique<Texts>();
    made->firstName = CertificateWords::firstName(row);
    made->timeLeft = TimeText::left(now, CertificateWords::at(row.notAfter));
    made->used = CertificateWords::used(row, now);
    made->window = CertificateWords::windowStart(row);
    made->nameCount = row.nameCount();
    const CertificateWords::Place places = CertificateWords::places(row);
    made->icon = places.icon;
    made->places = places.text;
    // One that should be served says how many addresses serve an older one.
    const int drifting = m_inventory->drifting(index);
    made->isDrifting = drifting > 0 || m_inventory->isDrift(index);
    if (drifting > 0)
        made->places = tr("drift %1 of %2").arg(drifting).arg(drifting + row.servedBy);
    else if (row.servedBy > 0)
        made->places = tr("served %1").arg(row.servedBy);
    const Texts *kept = made.get();
    m_texts.insert(index, made.release());
    return *kept;
}

QString CertificateModel::cellText(quint32 index, int column) const
{
    const InventoryRow &row = m_inventory->row(index);
    if (!row.isCertificate() && column == Expires)
        return CertificateWords::waitingStyle(row).word;
    if (!row.isCertificate() && (column == ValidFrom || column == ValidTo || column == Lifetime))
        return {};
    const auto date = [this](qint64 at) {
        return at == 0 ? QString() : TimeText::date(CertificateWords::at(at), m_timesLocal);
    };
    switch (column) {
    case Names:
        return texts(index).firstName;
    case Issuer:
        return row.isCertificate() ? row.issuer : CertificateWords::kind(row);
    case Expires:
        return styleOf(m_inventory->urgency(index)).word;
    case Key:
        return row.keyAlgorithm;
    case Places:
        return texts(index).places;
    case Tags:
        return row.tags.join(QLatin1String(", "));
    case Owner:
        return row.owner;
    case Credential:
        return row.credential;
    case ValidFrom:
        return date(row.notBefore);
    case ValidTo:
        return date(row.notAfter);
    case Lifetime:
        return CertificateWords::days(row.notAfter - row.notBefore);
    case Signature:
        return row.signatureAlgorithm;
    case Serial:
        return QString::fromLatin1(row.serial);
    case Added:
        return date(row.addedAt);
    case Zone: {
        const ManyColumn &zones = m_inventory->columns().zones;
        QStringList names;
        for (quint32 i = zones.start[index]; i < zones.start[index + 1]; ++i)
            names << CertificateWords::readable(zones.values[zones.ids[i]]);
        return names.join(QLatin1String(", "));
    }
    case NameCount:
        return QString::number(texts(index).nameCount);
    case FailedRenewals:
        return row.failedRenewals == 0 ? QString() : QString::number(row.failedRenewals);
    default:
        return {};
    }
}

QString CertificateModel::toolTip(quint32 index, int column) const
{
    const InventoryRow &row = m_inventory->row(index);
    const auto exact = [this](qint64 at) {
        return TimeText::exact(CertificateWords::at(at), m_timesLocal);
    };
    if (!row.isCertificate() && (column == Expires || column == Issuer))
        return CertificateWords::waitingSummary(row);
    if (!row.isCertificate() && (column == ValidFrom || column == ValidTo))
        return {};
    constexpr qsizetype mostLines = 40;
    const auto some = [](const QStringList &lines) {
        if (lines.size() <= mostLines)
            return lines.join(QLatin1Char('\n'));
        return lines.mid(0, mostLines).join(QLatin1Char('\n')) + QLatin1Char('\n')
            + tr("and %n more; copying gives all", "", static_cast<int>(lines.size() - mostLines));
    };
    switch (column) {
    case Names:
        return some(row.nameList());
    case Expires:
        return tr("%1\nValid from %2 to %3")
            .arg(CertificateWords::expires(row, m_clock.utcNow()), exact(row.notBefore),
                 exact(row.notAfter));
    case Key:
        return CertificateWords::keyPlace(row);
    case Places:
        return some(row.placeList());
    case ValidFrom:
        return exact(row.notBefore);
    case ValidTo:
        return exact(row.notAfter);
    case Added:
        return row.addedAt == 0 ? QString() : exact(row.addedAt);
    case Issuer:
        return row.issuerDn.isEmpty() ? row.issuer : row.issuerDn;
    default:
        return cellText(index, column);
    }
}

QString CertificateModel::spoken(quint32 index, int column) const
{
    const InventoryRow &row = m_inventory->row(index);
    if (column == Names && texts(index).nameCount > 1)
        return tr("%1 and %n more names", "", texts(index).nameCount - 1)
            .arg(texts(index).firstName);
    if (column == Expires && row.isCertificate())
        return tr("%1, %2, %3")
            .arg(styleOf(m_inventory->urgency(index)).word,
                 CertificateWords::expires(row, m_clock.utcNow()),
                 TimeText::exact(CertificateWords::at(row.notAfter), m_timesLocal));
    return cellText(index, column);
}

QString CertificateModel::copied(quint32 index, int column) const
{
    const InventoryRow &row = m_inventory->row(index);
    const auto exact = [this](qint64 at) {
        return at == 0 ? QString() : TimeText::exact(CertificateWords::at(at), m_timesLocal);
    };
    if (!row.isCertificate() && (column == Expires || column == ValidFrom || column == ValidTo))
        return cellText(index, column);
    switch (column) {
    case Names:
        return row.names.isEmpty() ? row.subject() : row.nameList().join(QLatin1Char(' '));
    case Expires:
    case ValidTo:
        return exact(row.notAfter);
    case ValidFrom:
        return exact(row.notBefore);
    case Added:
        return exact(row.addedAt);
    case Places:
        return row.placeList().join(QLatin1Char(' '));
    default:
        return cellText(index, column);
    }
}

QVariant CertificateModel::rowData(quint32 index, int column, int role) const
{
    const bool isCertificate = m_inventory->row(index).isCertificate();
    const auto style = [this, index, isCertificate] {
        return isCertificate ? styleOf(m_inventory->urgency(index))
                             : CertificateWords::waitingStyle(m_inventory->row(index));
    };
    const auto drifts = [this, index, column] {
        return column == Places && texts(index).isDrifting;
    };
    switch (role) {
    case Qt::DisplayRole:
        return cellText(index, column);
    case Qt::ToolTipRole:
        return toolTip(index, column);
    case Qt::AccessibleTextRole:
        return spoken(index, column);
    case RowRole::Copy:
        return copied(index, column);
    case RowRole::Name:
        return column == Names || column == Zone;
    case RowRole::Mono:
        return column == Serial;
    case RowRole::Muted:
        return column != Names && column != Key && column != Places && column != Expires;
    case RowRole::Icon:
        return column == Places ? texts(index).icon : QVariant();
    case RowRole::State:
        if (drifts())
            return static_cast<int>(StateRole::Warn);
        return column == Expires ? QVariant(static_cast<int>(style().role)) : QVariant();
    case RowRole::Glyph:
        if (drifts())
            return static_cast<int>(Glyph::Drift);
        return column == Expires ? QVariant(static_cast<int>(style().glyph)) : QVariant();
    case UrgencyRole:
        return static_cast<int>(m_inventory->urgency(index));
    case MoreNamesRole:
        return std::max(0, texts(index).nameCount - 1);
    case TimeLeftRole:
        return texts(index).timeLeft;
    case UsedRole:
        return isCertificate ? QVariant(texts(index).used) : QVariant();
    case WindowRole:
        return texts(index).window;
    case Sha256Role:
        return m_inventory->row(index).sha256.hex();
    default:
        return {};
    }
}

} // namespace sealbook
