// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/BoardRow.h"
#include "ui/widgets/TableModel.h"

#include <vector>

namespace sealbook {

// The letter by which the value `index` (over all records of a board) is named: A, B, …, Z, AA.
[[nodiscard]] QString recordLetter(int index);
// "A and B" for the values of ours that the row has seen; the foreign ones in `foreign`.
[[nodiscard]] QString lettersSeen(const BoardState &board, const BoardRow &row,
                                  QStringList *foreign = nullptr);

// The rows of a board with their group heads, for one view. Flat. A new state of the same servers
// changes cells only, so that selection and scrolling stay. Owned by its view's page.
class BoardModel : public TableModel
{
    Q_OBJECT

public:
    enum Column : int { Server, State, Value, Ttl, Serial, Age, RoundTrip, ColumnCount };

    explicit BoardModel(QObject *parent = nullptr);
    void setBoard(const BoardState &board, const QDateTime &now);
    // Counts up and down; repaints only what counts.
    void tick(const QDateTime &now);
    [[nodiscard]] const BoardState &board() const { return m_board; }

    [[nodiscard]] bool isGroupHead(int row) const;
    [[nodiscard]] const BoardRow *rowAt(int row) const; // null for a group head
    // The whole row as one line of text, values in full.
    [[nodiscard]] QString copyText(int row) const;
    // "ns4.dns.example, 203.0.113.153: not yet, no such name"
    [[nodiscard]] static QString spoken(const BoardRow &row);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

protected:
    [[nodiscard]] QString columnTitle(int column) const override;
    [[nodiscard]] bool isNumber(int column) const override { return column >= Ttl; }
    [[nodiscard]] QVariant cell(int row, int column, int role) const override;

private:
    struct Line
    {
        QString title; // of a group head; empty = a row
        QString rule;
        std::size_t row = 0; // in m_board.rows
    };

    void group();
    [[nodiscard]] QString resolverRule() const;
    void findNewestSerials();
    [[nodiscard]] bool sameShape(const BoardState &board) const;
    [[nodiscard]] QVariant groupData(const Line &line, int column, int role) const;
    [[nodiscard]] QString display(const BoardRow &row, int column) const;
    [[nodiscard]] QString evidence(const BoardRow &row) const;
    [[nodiscard]] bool lagsBehind(const BoardRow &row) const;

    BoardState m_board;
    std::vector<Line> m_lines;
    std::map<QString, quint32> m_newestSerial; // by zone, of its authoritative servers
    QDateTime m_now;
};

} // namespace sealbook
