// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"

#include <QJsonArray>
#include <QTreeView>

#include <vector>

namespace sealbook {

class CertificateModel;
class SortHeader;

// The table of certificates. Draws group heads across all columns, folds them with Left and Right
// or a click, gives the names what room is left, keeps current row and selection over a rebuild of
// the model, and remembers which columns a person wants, how wide and in which order. Owned by the
// page.
class CertificateView : public QTreeView
{
    Q_OBJECT

public:
    CertificateView(CertificateModel *model, QWidget *parent = nullptr);

    void select(const QString &sha256);
    [[nodiscard]] QString currentSha256() const;
    // What is selected, in the order on the page, each once; group heads do not count. First as
    // indexes of the inventory.
    [[nodiscard]] std::vector<quint32> chosenIndexes() const;
    [[nodiscard]] QStringList selectedSha256() const;
    [[nodiscard]] int selectedCount() const; // the same, counted; each row of a group
    void copySelectedRows() const;

    // The columns in the person's order, those that are shown.
    [[nodiscard]] std::vector<int> shownColumns() const;
    void showColumns(const std::vector<int> &columns);
    void resetColumns();
    // [{"name":"issuer","width":120,"shown":true}]
    [[nodiscard]] QJsonArray columnState() const;
    void restoreColumns(const QJsonArray &state);

Q_SIGNALS:
    void currentCertificateChanged(const QString &sha256); // "" on a head or nothing
    void selectedChanged();
    void openWanted();
    void sortWanted(const std::vector<sealbook::InventorySort> &sort);
    void columnsChanged(); // by the person
    void menuWanted(const QPoint &global); // for what is selected
    void columnMenuWanted(int column, const QPoint &global);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected,
                          const QItemSelection &deselected) override;

private:
    void setUpHeader();
    void setUpColumns();
    [[nodiscard]] int usualWidth(int column) const;
    void fitNames();
    void toggle(const QModelIndex &head, bool folded);
    void remember();
    void restore();
    void restoreSelection(const QModelIndex &current);
    void ensureCurrent(int near = 0);

    CertificateModel *m_certificates;
    SortHeader *m_head;
    std::vector<int> m_widths; // of each column; 0 = the usual
    int m_keptRow = 0;
    QString m_kept; // the current row's certificate while the model is rebuilt
    std::vector<quint32> m_keptSelection; // when it is more than that one
    std::shared_ptr<const Inventory> m_keptOf; // whose indexes these are
    int m_scroll = 0;
    bool m_restoring = false;
    bool m_fitting = false;
};

} // namespace sealbook
