// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/CredentialModel.h"

#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/TimeText.h"

#include <algorithm>

namespace sealbook {

namespace {
UrgencyInput urgencyInput(const CertificateRecord &record)
{
    UrgencyInput input;
    input.notBefore = record.notBefore;
    input.notAfter = record.notAfter;
    input.failedRenewals = record.failedRenewals;
    input.retired = record.retired;
    return input;
}

// What needs a person first, then what is well, then what is over.
int rank(CredentialHealth::State state)
{
    const auto &all = CredentialHealth::allStates;
    return static_cast<int>(std::find(all.begin(), all.end(), state) - all.begin());
}
} // namespace

CredentialModel::CredentialModel(const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
{
}

void CredentialModel::setRecords(std::vector<CredentialRecord> records,
                                 const QMap<QString, QString> &providers)
{
    beginResetModel();
    m_providers = providers;
    m_items.clear();
    m_items.reserve(records.size());
    for (CredentialRecord &record : records)
        m_items.emplace_back().record = std::move(record);
    computeAll();
    rebuild();
    endResetModel();
}

void CredentialModel::setCertificates(const std::vector<CertificateRecord> &certificates)
{
    beginResetModel();
    m_dependents.clear();
    for (const CertificateRecord &certificate : certificates) {
        if (certificate.credential.isEmpty() || certificate.retired)
            continue;
        DependentCertificate dependent;
        dependent.sha256 = certificate.sha256;
        dependent.name = certificate.names.value(0, certificate.subject);
        dependent.names = certificate.names;
        dependent.urgency = urgencyOf(urgencyInput(certificate), m_clock.utcNow());
        m_dependents[certificate.credential].push_back(std::move(dependent));
    }
    for (auto &[name, list] : m_dependents)
        std::stable_sort(list.begin(), list.end(), [](const auto &left, const auto &right) {
            return left.urgency < right.urgency;
        });
    computeAll();
    rebuild();
    endResetModel();
}

void CredentialModel::refreshTimes()
{
    beginResetModel();
    computeAll();
    rebuild();
    endResetModel();
}

void CredentialModel::computeAll()
{
    for (Item &item : m_items)
        compute(item);
}

void CredentialModel::compute(Item &item) const
{
    const CredentialRecord &record = item.record;
    const QDateTime now = m_clock.utcNow();
    const std::vector<DependentCertificate> used = dependents(record.name);
    item.health = CredentialHealth::of(record, used, now);
    item.certificates = static_cast<int>(used.size());
    item.cells[Credential] = {record.name, providerName(record.provider)};
    item.cells[State] = {CredentialHealth::styleOf(item.health.state).word, {}};
    item.cells[Owner] = {record.owner, record.purpose};
    item.cells[Reach] = {item.health.reachText(),
                         record.reachCheckedAt.isValid()
                             ? tr("asked %1").arg(TimeText::ago(now, record.reachCheckedAt))
                             : tr("never asked")};
    item.cells[Age] = {tr("%1 d").arg(item.health.ageDays), item.health.rotationText()};
    item.cells[Used] = {
        record.lastUsedAt.isValid() ? TimeText::ago(now, record.lastUsedAt) : tr("never"), {}};
    item.cells[Certificates] = {QString::number(item.certificates), {}};
    item.haystack = QStringList{record.name, record.owner, record.purpose,
                                providerName(record.provider), record.reach.join(QLatin1Char(' '))}
                        .join(QLatin1Char('\n'))
                        .toLower();
}

void CredentialModel::setFilter(const QString &text)
{
    const QString filter = text.trimmed().toLower();
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    rebuild();
    endResetModel();
}

void CredentialModel::setStateFilter(std::optional<CredentialHealth::State> state)
{
    if (state == m_state)
        return;
    beginResetModel();
    m_state = state;
    rebuild();
    endResetModel();
}

void CredentialModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0)
        return;
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = order;
    rebuild();
    endResetModel();
}

bool CredentialModel::before(const Item &left, const Item &right) const
{
    const auto column = static_cast<std::size_t>(m_sortColumn);
    int compared = 0;
    switch (m_sortColumn) {
    case State:
        compared = rank(left.health.state) - rank(right.health.state);
        break;
    case Reach:
        compared = static_cast<int>(left.record.reach.size() - right.record.reach.size());
        break;
    case Age:
        compared = left.record.createdAt == right.record.createdAt
            ? 0
            : (left.record.createdAt > right.record.createdAt ? -1 : 1);
        break;
    case Used:
        compared = left.record.lastUsedAt == right.record.lastUsedAt
            ? 0
            : (left.record.lastUsedAt > right.record.lastUsedAt ? -1 : 1);
        break;
    case Certificates:
        compared = left.certificates - right.certificates;
        break;
    default:
        compared = left.cells[column].first.compare(right.cells[column].first, Qt::CaseInsensitive);
    }
    return compared != 0 ? compared < 0
                         : left.record.name.compare(right.record.name, Qt::CaseInsensitive) < 0;
}

void CredentialModel::rebuild()
{
    m_rows.clear();
    for (int i = 0; i < total(); ++i) {
        const Item &item = m_items[static_cast<std::size_t>(i)];
        const bool stateFits = !m_state || *m_state == item.health.state;
        if (stateFits && (m_filter.isEmpty() || item.haystack.contains(m_filter)))
            m_rows.push_back(i);
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [this](int left, int right) {
        const Item &a = m_items[static_cast<std::size_t>(left)];
        const Item &b = m_items[static_cast<std::size_t>(right)];
        return m_sortOrder == Qt::AscendingOrder ? before(a, b) : before(b, a);
    });
}

int CredentialModel::count(CredentialHealth::State state) const
{
    return static_cast<int>(
        std::count_if(m_items.begin(), m_items.end(),
                      [state](const Item &item) { return item.health.state == state; }));
}

int CredentialModel::needingPerson() const
{
    return total() - count(CredentialHealth::State::Ok) - count(CredentialHealth::State::Revoked);
}

const CredentialModel::Item *CredentialModel::item(const QString &name) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&name](const Item &item) { return item.record.name == name; });
    return found == m_items.end() ? nullptr : &*found;
}

const CredentialRecord *CredentialModel::record(const QString &name) const
{
    const Item *found = item(name);
    return found == nullptr ? nullptr : &found->record;
}

const CredentialRecord *CredentialModel::record(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return nullptr;
    const int at = m_rows[static_cast<std::size_t>(index.row())];
    return &m_items[static_cast<std::size_t>(at)].record;
}

const CredentialHealth *CredentialModel::health(const QString &name) const
{
    const Item *found = item(name);
    return found == nullptr ? nullptr : &found->health;
}

std::vector<DependentCertificate> CredentialModel::dependents(const QString &name) const
{
    const auto found = m_dependents.find(name);
    return found == m_dependents.end() ? std::vector<DependentCertificate>() : found->second;
}

QString CredentialModel::providerName(const QString &code) const
{
    return m_providers.value(code, code);
}

QModelIndex CredentialModel::indexOf(const QString &name) const
{
    for (int row = 0; row < rowCount(); ++row) {
        const int at = m_rows[static_cast<std::size_t>(row)];
        if (m_items[static_cast<std::size_t>(at)].record.name == name)
            return index(row, 0);
    }
    return {};
}

int CredentialModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CredentialModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Qt::ItemFlags CredentialModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant CredentialModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Certificates)
        return static_cast<int>(Qt::AlignTrailing | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Credential:
        return tr("Credential");
    case State:
        return tr("State");
    case Owner:
        return tr("Owner, purpose");
    case Reach:
        return tr("Reach");
    case Age:
        return tr("Age, rotation");
    case Used:
        return tr("Last used");
    case Certificates:
        return tr("Certs", "number of certificates");
    default:
        return {};
    }
}

// A number coloured by state stands in the row whose glyph and word say why: one cell a row.
std::optional<StateStyle> CredentialModel::styleAt(const Item &item, int column) const
{
    const StateStyle style = CredentialHealth::styleOf(item.health.state);
    const bool evidence = (column == Reach && item.health.state == CredentialHealth::State::Broad)
        || (column == Age && item.health.state == CredentialHealth::State::RotationDue)
        || (column == Used && item.health.state == CredentialHealth::State::Forgotten);
    return column == State || evidence ? std::optional(style) : std::nullopt;
}

QVariant CredentialModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Item &item =
        m_items[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(index.row())])];
    const Cell &cell = item.cells[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.first;
    case RowRole::SecondLine:
        return cell.second;
    case Qt::ToolTipRole:
        if (index.column() == State)
            return item.health.summary();
        if (index.column() == Reach)
            return item.record.reach.join(QLatin1Char('\n'));
        return cell.second.isEmpty() ? cell.first : cell.first + QLatin1Char('\n') + cell.second;
    case Qt::AccessibleTextRole:
    case RowRole::Copy:
        return cell.second.isEmpty() ? cell.first : tr("%1, %2").arg(cell.first, cell.second);
    case Qt::TextAlignmentRole:
        return index.column() == Certificates
            ? QVariant(static_cast<int>(Qt::AlignTrailing | Qt::AlignVCenter))
            : QVariant();
    case RowRole::State: {
        const std::optional<StateStyle> style = styleAt(item, index.column());
        return style ? QVariant(static_cast<int>(style->role)) : QVariant();
    }
    case RowRole::Glyph:
        return index.column() == State
            ? QVariant(static_cast<int>(CredentialHealth::styleOf(item.health.state).glyph))
            : QVariant();
    default:
        return {};
    }
}

} // namespace sealbook
