// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/CredentialModel.h"

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
    : RecordModel(ColumnCount, State, parent)
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
    endResetModel();
}

// States come with the time too, so that rows may change their places.
void CredentialModel::refreshTimes()
{
    beginResetModel();
    computeAll();
    endResetModel();
}

void CredentialModel::computeAll()
{
    std::vector<Texts> texts;
    texts.reserve(m_items.size());
    for (Item &item : m_items)
        texts.push_back(compute(item));
    setTexts(std::move(texts));
}

RecordModel::Texts CredentialModel::compute(Item &item) const
{
    const CredentialRecord &record = item.record;
    const QDateTime now = m_clock.utcNow();
    const std::vector<DependentCertificate> used = dependents(record.name);
    item.health = CredentialHealth::of(record, used, now);
    item.certificates = static_cast<int>(used.size());
    const QString provider = m_providers.value(record.provider, record.provider);
    Texts texts;
    texts.key = record.name;
    texts.cells = {
        {record.name, provider},
        {CredentialHealth::styleOf(item.health.state).word, {}},
        {record.owner, record.purpose},
        {item.health.reachText(),
         record.reachCheckedAt.isValid()
             ? tr("asked %1").arg(TimeText::ago(now, record.reachCheckedAt))
             : tr("never asked")},
        {tr("%1 d").arg(item.health.ageDays), item.health.rotationText()},
        {record.lastUsedAt.isValid() ? TimeText::ago(now, record.lastUsedAt) : tr("never"), {}},
        {QString::number(item.certificates), {}}};
    texts.words = QStringList{record.name, record.owner, record.purpose, provider,
                              record.reach.join(QLatin1Char(' '))};
    return texts;
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

int CredentialModel::compare(int left, int right) const
{
    const Item &one = at(left);
    const Item &other = at(right);
    switch (sortColumn()) {
    case State:
        return rank(one.health.state) - rank(other.health.state);
    case Reach:
        return static_cast<int>(one.record.reach.size() - other.record.reach.size());
    case Age:
        return compareTimes(other.record.createdAt, one.record.createdAt);
    case Used:
        return compareTimes(other.record.lastUsedAt, one.record.lastUsedAt);
    case Certificates:
        return one.certificates - other.certificates;
    default:
        return RecordModel::compare(left, right);
    }
}

bool CredentialModel::isShown(int record) const
{
    return !m_state || *m_state == at(record).health.state;
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
    const int record = recordOf(name);
    return record < 0 ? nullptr : &at(record);
}

const CredentialRecord *CredentialModel::record(const QString &name) const
{
    const Item *found = item(name);
    return found == nullptr ? nullptr : &found->record;
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

QString CredentialModel::columnTitle(int column) const
{
    switch (column) {
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

StateStyle CredentialModel::styleAt(int record) const
{
    return CredentialHealth::styleOf(at(record).health.state);
}

bool CredentialModel::isEvidence(int record, int column) const
{
    const CredentialHealth::State state = at(record).health.state;
    return (column == Reach && state == CredentialHealth::State::Broad)
        || (column == Age && state == CredentialHealth::State::RotationDue)
        || (column == Used && state == CredentialHealth::State::Forgotten);
}

QVariant CredentialModel::cell(int row, int column, int role) const
{
    const Item &item = at(recordAt(row));
    if (role == Qt::ToolTipRole && column == State)
        return item.health.summary();
    if (role == Qt::ToolTipRole && column == Reach)
        return item.record.reach.join(QLatin1Char('\n'));
    return RecordModel::cell(row, column, role);
}

} // namespace sealbook
