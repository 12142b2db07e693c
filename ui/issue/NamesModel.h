// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/issue/IssueForm.h"
#include "ui/widgets/TableModel.h"

namespace sealbook {

// The names that were understood: as people read them, and as they stand in the certificate.
class NamesModel : public TableModel
{
    Q_OBJECT

public:
    enum Column : int { Shown, Ascii, Note, ColumnCount };
    explicit NamesModel(QObject *parent = nullptr)
        : TableModel(ColumnCount, parent)
    {
    }
    void setNames(std::vector<DomainName> names);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

protected:
    [[nodiscard]] QString columnTitle(int column) const override;
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    struct Row
    {
        QString shown;
        QString ascii;
        QString note;
        bool warns = false;
    };
    std::vector<Row> m_rows;
};

} // namespace sealbook
