// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "ui/credentials/CredentialHealth.h"

#include <QAbstractTableModel>

#include <map>
#include <optional>
#include <vector>

namespace sealbook {

// The credentials of a profile as the table shows them, two lines a cell, filtered and sorted.
// Texts are computed once for each record. Speaks RowRole. Owned by the page; main thread.
class CredentialModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Credential, State, Owner, Reach, Age, Used, Certificates, ColumnCount };

    explicit CredentialModel(const Clock &clock, QObject *parent = nullptr);

    // `providerNames`: the definition's code to the name people know.
    void setRecords(std::vector<CredentialRecord> records, const QMap<QString, QString> &providers);
    // The certificates, from which dependents and needed zones follow.
    void setCertificates(const std::vector<CertificateRecord> &certificates);
    void setFilter(const QString &text);
    void setStateFilter(std::optional<CredentialHealth::State> state);
    void refreshTimes();

    [[nodiscard]] int total() const { return static_cast<int>(m_items.size()); }
    [[nodiscard]] int count(CredentialHealth::State state) const;
    [[nodiscard]] int needingPerson() const;
    [[nodiscard]] const CredentialRecord *record(const QString &name) const;
    [[nodiscard]] const CredentialRecord *record(const QModelIndex &index) const;
    [[nodiscard]] const CredentialHealth *health(const QString &name) const;
    [[nodiscard]] std::vector<DependentCertificate> dependents(const QString &name) const;
    [[nodiscard]] QString providerName(const QString &code) const;
    [[nodiscard]] QModelIndex indexOf(const QString &name) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Cell
    {
        QString first;
        QString second;
    };
    struct Item
    {
        CredentialRecord record;
        CredentialHealth health;
        int certificates = 0;
        std::array<Cell, ColumnCount> cells;
        QString haystack;
    };

    void compute(Item &item) const;
    void computeAll();
    void rebuild();
    [[nodiscard]] bool before(const Item &left, const Item &right) const;
    [[nodiscard]] const Item *item(const QString &name) const;
    [[nodiscard]] std::optional<StateStyle> styleAt(const Item &item, int column) const;

    const Clock &m_clock;
    std::vector<Item> m_items;
    std::vector<int> m_rows;
    QMap<QString, QString> m_providers;
    std::map<QString, std::vector<DependentCertificate>> m_dependents; // by credential
    QString m_filter;
    std::optional<CredentialHealth::State> m_state;
    int m_sortColumn = State;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace sealbook
