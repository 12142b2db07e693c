// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeView>

namespace sealbook {

class BoardModel;

// The table of the board: rows of 44 px, group heads across all columns, Ctrl+C copies the current
// row as text. Owned by BoardStep.
class BoardView : public QTreeView
{
    Q_OBJECT

public:
    explicit BoardView(BoardModel *model, QWidget *parent = nullptr);
    void copyCurrent();

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void fitColumns();

    BoardModel *m_model;
};

} // namespace sealbook
