// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateModel.h"

#include "ui/certificates/CertificateWords.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateStyle.h"
#include "ui/widgets/TimeText.h"

#include <algorithm>
#include <map>

namespace sealbook {

namespace {
// "www.shop.example.com" as "com.example.shop.www": a domain and what is below it stand together.
QString sortKey(const QString &name)
{
    QStringList labels = name.split(QLatin1Char('.'));
    std::reverse(labels.begin(), labels.end());
    return labels.join(QLatin1Char('.'));
}
} // namespace

CertificateModel::CertificateModel(const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
{
}

void CertificateModel::setRecords(std::vector<CertificateRecord> records)
{
    beginResetModel();
    m_items.clear();
    m_items.reserve(records.size());
    for (CertificateRecord &record : records) {
        Item &item = m_items.emplace_back();
        item.record = std::move(record);
        compute(item);
    }
    rebuild();
    endResetModel();
}

void CertificateModel::compute(Item &item) const
{
    const CertificateRecord &record = item.record;
    const QDateTime now = m_clock.utcNow();
    const UrgencyInput input = CertificateWords::urgencyInput(record);
    item.urgency = urgencyOf(input, now);
    item.timeLeft = TimeText::left(now, record.notAfter);
    item.used = shareOfLife(record.notBefore, record.notAfter, now);
    item.window = shareOfLife(record.notBefore, record.notAfter, renewalWindowStart(input));
    if (!item.haystack.isEmpty())
        return; // the rest does not depend on the time

    const QString first = record.names.value(0, record.subject);
    item.firstName = CertificateWords::readable(first);
    item.sortName = sortKey(first);
    item.origin = CertificateWords::origin(record);
    QStringList parts = record.names;
    for (const QString &name : record.names) {
        if (name.contains(QLatin1String("xn--")))
            parts.append(CertificateWords::readable(name));
    }
    parts << record.subject << record.issuer << record.serial << record.sha256;
    item.haystack = parts.join(QLatin1Char('\n')).toLower();
}

void CertificateModel::setFilter(const QString &text)
{
    QStringList words = text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (QString &word : words) {
        // Fingerprints and serials are often copied as AA:BB:CC.
        QString hex = word;
        hex.remove(QLatin1Char(':'));
        if (word.count(QLatin1Char(':')) > 1)
            word = hex;
    }
    if (words == m_words)
        return;
    beginResetModel();
    m_words = std::move(words);
    rebuild();
    endResetModel();
}

void CertificateModel::setGrouping(Grouping grouping)
{
    if (grouping == m_grouping)
        return;
    beginResetModel();
    m_grouping = grouping;
    rebuild();
    endResetModel();
}

void CertificateModel::setTimesLocal(bool local)
{
    m_timesLocal = local;
    refreshTimes();
}

void CertificateModel::refreshTimes()
{
    bool moved = false;
    for (Item &item : m_items) {
        const Urgency old = item.urgency;
        compute(item);
        moved = moved || old != item.urgency;
    }
    if (moved) {
        beginResetModel();
        rebuild();
        endResetModel();
    } else if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

void CertificateModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || (column == m_sortColumn && order == m_sortOrder))
        return;
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = order;
    rebuild();
    endResetModel();
}

bool CertificateModel::before(const Item &left, const Item &right) const
{
    const auto decide = [&left, &right](int compared) {
        return compared != 0 ? compared : left.sortName.compare(right.sortName);
    };
    switch (m_sortColumn) {
    case Names:
        return left.sortName < right.sortName;
    case Issuer:
        return decide(left.record.issuer.compare(right.record.issuer, Qt::CaseInsensitive)) < 0;
    case Key:
        return decide(left.record.keyAlgorithm.compare(right.record.keyAlgorithm)) < 0;
    case Origin:
        return decide(left.origin.compare(right.origin)) < 0;
    case Credential:
        return decide(left.record.credential.compare(right.record.credential)) < 0;
    default:
        if (left.record.notAfter != right.record.notAfter)
            return left.record.notAfter < right.record.notAfter;
        return left.sortName < right.sortName;
    }
}

void CertificateModel::rebuild()
{
    std::vector<int> shown;
    shown.reserve(m_items.size());
    for (int i = 0; i < total(); ++i) {
        const QString &haystack = m_items[static_cast<std::size_t>(i)].haystack;
        if (std::all_of(m_words.begin(), m_words.end(),
                        [&haystack](const QString &word) { return haystack.contains(word); }))
            shown.push_back(i);
    }
    m_matching = static_cast<int>(shown.size());
    std::stable_sort(shown.begin(), shown.end(), [this](int left, int right) {
        const Item &a = m_items[static_cast<std::size_t>(left)];
        const Item &b = m_items[static_cast<std::size_t>(right)];
        return m_sortOrder == Qt::AscendingOrder ? before(a, b) : before(b, a);
    });

    m_groups = groupsOf(shown);
    m_rows.clear();
    m_rows.reserve(shown.size() + m_groups.size());
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const int group = static_cast<int>(g);
        if (m_grouping != Grouping::None)
            m_rows.push_back({-1, group});
        if (m_groups[g].folded)
            continue;
        for (const int item : m_groups[g].items)
            m_rows.push_back({item, group});
    }
}

std::vector<CertificateModel::Group> CertificateModel::groupsOf(const std::vector<int> &shown) const
{
    // Keyed so that the map's order is the order on the page: worst urgency first, issuers by name.
    std::map<QString, Group> groups;
    for (const int i : shown) {
        const Item &item = m_items[static_cast<std::size_t>(i)];
        QString key;
        if (m_grouping == Grouping::Urgency)
            key = QString::number(static_cast<int>(item.urgency));
        else if (m_grouping == Grouping::Issuer)
            key = item.record.issuer;
        Group &group = groups[key];
        if (group.items.empty() && m_grouping == Grouping::Urgency) {
            group.urgency = static_cast<int>(item.urgency);
            group.title = CertificateWords::groupTitle(item.urgency);
            group.rule = CertificateWords::groupRule(item.urgency);
        } else if (group.items.empty()) {
            group.title = key.isEmpty() ? tr("No issuer named") : key;
        }
        group.items.push_back(i);
    }
    std::vector<Group> result;
    for (auto &[key, group] : groups) {
        group.key = key;
        group.folded = m_grouping != Grouping::None && m_foldedKeys.contains(key);
        result.push_back(std::move(group));
    }
    return result;
}

void CertificateModel::setFolded(int headRow, bool folded)
{
    if (headRow < 0 || headRow >= rowCount() || m_rows[static_cast<std::size_t>(headRow)].item >= 0)
        return;
    const int groupIndex = m_rows[static_cast<std::size_t>(headRow)].group;
    Group &group = m_groups[static_cast<std::size_t>(groupIndex)];
    if (group.folded == folded || group.items.empty())
        return;
    const int count = static_cast<int>(group.items.size());
    const auto first = m_rows.begin() + headRow + 1;
    if (folded) {
        m_foldedKeys.insert(group.key);
        beginRemoveRows({}, headRow + 1, headRow + count);
        m_rows.erase(first, first + count);
        group.folded = true;
        endRemoveRows();
    } else {
        m_foldedKeys.erase(group.key);
        std::vector<Row> rows;
        for (const int item : group.items)
            rows.push_back({item, groupIndex});
        beginInsertRows({}, headRow + 1, headRow + count);
        m_rows.insert(first, rows.begin(), rows.end());
        group.folded = false;
        endInsertRows();
    }
    const QModelIndex head = index(headRow, 0);
    Q_EMIT dataChanged(head, index(headRow, ColumnCount - 1), {FoldedRole});
}

const CertificateRecord *CertificateModel::record(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return nullptr;
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    return row.item < 0 ? nullptr : &m_items[static_cast<std::size_t>(row.item)].record;
}

const CertificateRecord *CertificateModel::record(const QString &sha256) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(), [&sha256](const Item &item) {
        return item.record.sha256 == sha256;
    });
    return found == m_items.end() ? nullptr : &found->record;
}

QModelIndex CertificateModel::indexOf(const QString &sha256) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const Row &at = m_rows[static_cast<std::size_t>(row)];
        if (at.item >= 0 && m_items[static_cast<std::size_t>(at.item)].record.sha256 == sha256)
            return index(row, 0);
    }
    return {};
}

int CertificateModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CertificateModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags CertificateModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant CertificateModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Names:
        return tr("Names");
    case Issuer:
        return tr("Issuer");
    case Expires:
        return tr("Expires");
    case Key:
        return tr("Key");
    case Origin:
        return tr("Origin");
    case Credential:
        return tr("Credential");
    default:
        return {};
    }
}

QVariant CertificateModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (row.item < 0)
        return headData(m_groups[static_cast<std::size_t>(row.group)], index.column(), role);
    return itemData(m_items[static_cast<std::size_t>(row.item)], index.column(), role);
}

QVariant CertificateModel::headData(const Group &group, int column, int role) const
{
    const int count = static_cast<int>(group.items.size());
    switch (role) {
    case Qt::DisplayRole:
        return column == Names ? tr("%1  %2", "group and count").arg(group.title).arg(count)
                               : QVariant();
    case Qt::AccessibleTextRole:
        return tr("%1, %n certificates, %2", "", count).arg(group.title, group.rule);
    case RowRole::GroupHead:
        return group.rule;
    case RowRole::State:
        return group.urgency < 0
            ? QVariant()
            : static_cast<int>(styleOf(static_cast<Urgency>(group.urgency)).role);
    case RowRole::Glyph:
        return group.urgency < 0
            ? QVariant()
            : static_cast<int>(styleOf(static_cast<Urgency>(group.urgency)).glyph);
    case FoldedRole:
        return group.folded;
    case CountRole:
        return count;
    case RowRole::Copy:
        return group.title;
    default:
        return {};
    }
}

QString CertificateModel::exactExpiry(const Item &item) const
{
    return TimeText::exact(item.record.notAfter, m_timesLocal);
}

QString CertificateModel::cellText(const Item &item, int column) const
{
    switch (column) {
    case Names:
        return item.firstName;
    case Issuer:
        return item.record.issuer;
    case Expires:
        return styleOf(item.urgency).word;
    case Key:
        return item.record.keyAlgorithm;
    case Origin:
        return item.origin;
    case Credential:
        return item.record.credential;
    default:
        return {};
    }
}

QVariant CertificateModel::toolTip(const Item &item, int column) const
{
    switch (column) {
    case Names:
        return item.record.names.join(QLatin1Char('\n'));
    case Expires:
        return tr("%1\nValid from %2 to %3")
            .arg(CertificateWords::expires(item.record, m_clock.utcNow()),
                 TimeText::exact(item.record.notBefore, m_timesLocal), exactExpiry(item));
    case Key:
        return CertificateWords::keyPlace(item.record);
    case Origin:
        return item.record.origin;
    default:
        return cellText(item, column);
    }
}

QString CertificateModel::spoken(const Item &item, int column) const
{
    if (column == Names && item.record.names.size() > 1)
        return tr("%1 and %n more names", "", static_cast<int>(item.record.names.size() - 1))
            .arg(item.firstName);
    if (column == Expires)
        return tr("%1, %2, %3")
            .arg(styleOf(item.urgency).word,
                 CertificateWords::expires(item.record, m_clock.utcNow()), exactExpiry(item));
    return cellText(item, column);
}

QString CertificateModel::copied(const Item &item, int column) const
{
    if (column == Names)
        return item.record.names.join(QLatin1Char(' '));
    return column == Expires ? exactExpiry(item) : cellText(item, column);
}

QVariant CertificateModel::itemData(const Item &item, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return cellText(item, column);
    case Qt::ToolTipRole:
        return toolTip(item, column);
    case Qt::AccessibleTextRole:
        return spoken(item, column);
    case RowRole::Copy:
        return copied(item, column);
    case RowRole::Name:
        return column == Names;
    case RowRole::Muted:
        return column == Issuer || column == Origin || column == Credential;
    case RowRole::State:
        return column == Expires ? QVariant(static_cast<int>(styleOf(item.urgency).role))
                                 : QVariant();
    case RowRole::Glyph:
        return column == Expires ? QVariant(static_cast<int>(styleOf(item.urgency).glyph))
                                 : QVariant();
    case UrgencyRole:
        return static_cast<int>(item.urgency);
    case MoreNamesRole:
        return std::max(0, static_cast<int>(item.record.names.size()) - 1);
    case TimeLeftRole:
        return item.timeLeft;
    case UsedRole:
        return item.used;
    case WindowRole:
        return item.window;
    case Sha256Role:
        return item.record.sha256;
    default:
        return {};
    }
}

} // namespace sealbook
