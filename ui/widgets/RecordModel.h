// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/StateStyle.h"
#include "ui/widgets/TableModel.h"

#include <QDateTime>
#include <QHash>
#include <QStringList>

#include <vector>

namespace sealbook {

// Records as a table of two lines a cell, filtered and sorted. The model keeps the records and
// makes the texts of each once; which of them are rows, and in what order, is decided here. Speaks
// RowRole. Owned by its page; main thread.
class RecordModel : public TableModel
{
    Q_OBJECT

public:
    void setFilter(const QString &text);
    void sort(int column, Qt::SortOrder order) override;
    virtual void refreshTimes() = 0; // what the clock alone changes

    [[nodiscard]] int total() const { return static_cast<int>(m_texts.size()); }
    [[nodiscard]] virtual int needingPerson() const = 0;
    // The key by which a record is asked for: by itself, or by what else people call it. "" when
    // there is none.
    [[nodiscard]] virtual QString keyOf(const QString &subject) const;
    [[nodiscard]] QString keyAt(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;

protected:
    struct Lines
    {
        QString first;
        QString second;
    };
    struct Texts
    {
        QString key;
        std::vector<Lines> cells; // one for each column
        QStringList words; // what the filter looks through
    };

    // `stateColumn` shows the state, and is what is sorted by at first.
    RecordModel(int columns, int stateColumn, QObject *parent);

    // Of all records, in their order. setTexts() belongs between beginResetModel() and
    // endResetModel(), changeTexts() keeps the rows where they are.
    void setTexts(std::vector<Texts> texts);
    void changeTexts(std::vector<Texts> texts);
    void rebuild(); // likewise between the two
    [[nodiscard]] int recordAt(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int recordOf(const QString &key) const; // -1 when there is none
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }

    [[nodiscard]] virtual StateStyle styleAt(int record) const = 0;
    // A number coloured by state stands in the row whose glyph and word say why.
    [[nodiscard]] virtual bool isEvidence(int record, int column) const = 0;
    [[nodiscard]] virtual bool isShown(int record) const;
    // Under 0 when `left` comes first; by the texts of the column unless overridden.
    [[nodiscard]] virtual int compare(int left, int right) const;
    [[nodiscard]] static int compareTimes(const QDateTime &left, const QDateTime &right);
    // The two lines, what is spoken, copied and tipped of them, and the state.
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    [[nodiscard]] int compareTexts(int left, int right, int column) const;

    std::vector<Texts> m_texts;
    std::vector<QString> m_haystacks;
    std::vector<int> m_rows;
    QHash<QString, int> m_byKey;
    QString m_filter;
    const int m_stateColumn;
    int m_sortColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace sealbook
