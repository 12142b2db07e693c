// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "ui/credentials/CredentialHealth.h"
#include "ui/widgets/RecordModel.h"

#include <map>
#include <optional>
#include <vector>

namespace sealbook {

// The credentials of a profile as the table shows them. Owned by the page; main thread.
class CredentialModel : public RecordModel
{
    Q_OBJECT

public:
    enum Column { Credential, State, Owner, Reach, Age, Used, Certificates, ColumnCount };

    explicit CredentialModel(const Clock &clock, QObject *parent = nullptr);

    // `providerNames`: the definition's code to the name people know.
    void setRecords(std::vector<CredentialRecord> records, const QMap<QString, QString> &providers);
    // The certificates, from which dependents and needed zones follow.
    void setCertificates(const std::vector<CertificateRecord> &certificates);
    void setStateFilter(std::optional<CredentialHealth::State> state);
    void refreshTimes() override;

    [[nodiscard]] int count(CredentialHealth::State state) const;
    [[nodiscard]] int needingPerson() const override;
    [[nodiscard]] const CredentialRecord *record(const QString &name) const;
    [[nodiscard]] const CredentialHealth *health(const QString &name) const;
    [[nodiscard]] std::vector<DependentCertificate> dependents(const QString &name) const;

protected:
    [[nodiscard]] QString columnTitle(int column) const override;
    [[nodiscard]] bool isNumber(int column) const override { return column == Certificates; }
    [[nodiscard]] bool isShown(int record) const override;
    [[nodiscard]] StateStyle styleAt(int record) const override;
    [[nodiscard]] bool isEvidence(int record, int column) const override;
    [[nodiscard]] int compare(int left, int right) const override;
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    struct Item
    {
        CredentialRecord record;
        CredentialHealth health;
        int certificates = 0;
    };

    [[nodiscard]] Texts compute(Item &item) const;
    void computeAll();
    [[nodiscard]] const Item &at(int record) const
    {
        return m_items[static_cast<std::size_t>(record)];
    }
    [[nodiscard]] const Item *item(const QString &name) const;

    const Clock &m_clock;
    std::vector<Item> m_items;
    QMap<QString, QString> m_providers;
    std::map<QString, std::vector<DependentCertificate>> m_dependents; // by credential
    std::optional<CredentialHealth::State> m_state;
};

} // namespace sealbook
