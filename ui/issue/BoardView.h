// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeView>

namespace sealbook {

class BoardModel;
struct BoardRow;

// The table of the board: rows of 44 px, group heads across all columns, Ctrl+C copies the current
// row as text. Owned by BoardStep.
class BoardView : public QTreeView
{
    Q_OBJECT

public:
    explicit BoardView(BoardModel *model, QWidget *parent = nullptr);
    void copyCurrent();
    // Resolvers can be asked before their turn while the name servers are waited for.
    void setCanAsk(bool can) { m_canAsk = can; }

Q_SIGNALS:
    void askWanted(const sealbook::BoardRow &row);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void fitColumns();

    BoardModel *m_model;
    bool m_canAsk = false;
};

} // namespace sealbook
