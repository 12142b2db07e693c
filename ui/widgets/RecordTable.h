// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeView>

namespace sealbook {

// A table of records as the house shows them: rows by RowDelegate, one column that takes what room
// is left, the current row kept (by RowRole::Key) when the model is rebuilt, Ctrl+C for the
// whole row. Owned by its page.
class RecordTable : public QTreeView
{
    Q_OBJECT

public:
    RecordTable(QAbstractItemModel *model, const QString &accessibleName, int rowHeight,
                QWidget *parent = nullptr);

    // Texts that the columns must hold, in order; "" for the one that stretches, never under
    // `least`.
    void setColumnSamples(const QStringList &samples, int least);
    // A column that also gets some of what room is left, once the stretching one has its least.
    void setGrowing(int column);
    void sortBy(int column, Qt::SortOrder order);
    [[nodiscard]] QString currentKey() const;
    [[nodiscard]] bool select(const QString &key);

Q_SIGNALS:
    void currentKeyChanged(const QString &key); // "" for none
    void openWanted(); // Enter, or a click on a row

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void remember();
    void restore();
    void stretch();
    void ensureCurrent();
    void copyRow() const;

    int m_stretched = -1;
    int m_least = 0;
    int m_growing = -1;
    int m_growingLeast = 0;
    QString m_kept;
    int m_scroll = 0;
    bool m_restoring = false;
};

} // namespace sealbook
