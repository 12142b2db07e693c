// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/AuditEntry.h"
#include "ui/widgets/TableModel.h"

#include <vector>

namespace sealbook {

// Entries of the audit log as the table shows them, newest first. Speaks
// RowRole. Owned by the audit view; main thread.
class AuditModel : public TableModel
{
    Q_OBJECT

public:
    enum Column { When, Actor, Action, Subject, Result, ColumnCount };

    explicit AuditModel(QObject *parent = nullptr)
        : TableModel(ColumnCount, parent)
    {
    }

    void setEntries(std::vector<AuditEntry> oldestFirst);
    void append(const AuditEntry &entry); // ignores what is there already
    void setTimesLocal(bool local);
    [[nodiscard]] const AuditEntry *entry(const QString &sequence) const;
    [[nodiscard]] QByteArray jsonLines() const; // oldest first

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

protected:
    [[nodiscard]] QString columnTitle(int column) const override;
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    [[nodiscard]] const AuditEntry &at(int row) const;

    std::vector<AuditEntry> m_entries; // oldest first, so that new ones are cheap
    bool m_timesLocal = false;
};

} // namespace sealbook
