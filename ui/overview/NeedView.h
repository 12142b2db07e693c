// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QListView>

namespace sealbook {

class NeedDelegate;
class NeedModel;

// The list of what needs a person. Enter, Space or a click on its button do what a row says; the
// current row is kept while the list changes around it. Owned by its page.
class NeedView : public QListView
{
    Q_OBJECT

public:
    explicit NeedView(NeedModel *model, QWidget *parent = nullptr);

    [[nodiscard]] QRect buttonRect(const QModelIndex &index) const;

Q_SIGNALS:
    void actWanted(const QModelIndex &index);

protected:
    // Over the heads.
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    [[nodiscard]] QModelIndex buttonAt(const QPoint &where) const;
    void hover(const QModelIndex &index, bool pressed);
    void restore();

    NeedDelegate *m_delegate;
    QPersistentModelIndex m_pressed;
    QString m_kept;
    int m_keptRow = 0;
};

} // namespace sealbook
