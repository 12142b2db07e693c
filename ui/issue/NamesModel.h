// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/issue/IssueForm.h"

#include <QAbstractTableModel>

namespace sealbook {

// The names that were understood: as people read them, and as they stand in the certificate.
class NamesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column : int { Shown, Ascii, Note, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void setNames(std::vector<DomainName> names);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

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
