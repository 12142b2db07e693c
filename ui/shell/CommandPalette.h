// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/ActionCatalog.h"

#include <QAbstractListModel>
#include <QFrame>

class QLineEdit;
class QListView;

namespace sealbook {

// What the palette lists: the enabled actions whose page, text or shortcut hold every word typed;
// those whose text starts with it first. A copy of the catalog's entries, taken by setEntries().
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role : int { ShortcutRole = Qt::UserRole + 1, PageRole };
    using QAbstractListModel::QAbstractListModel;
    void setEntries(std::vector<ActionCatalog::Entry> entries);
    void setFilter(const QString &typed);
    [[nodiscard]] ActionCatalog::Entry entry(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void refilter();

    std::vector<ActionCatalog::Entry> m_entries;
    std::vector<std::size_t> m_shown;
    QString m_typed;
};

// Ctrl+K: every action by its name. Arrows choose, Enter does it, Esc closes. Lies over its parent
// window; gives the focus back to who had it. Owned by MainWindow.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    explicit CommandPalette(const ActionCatalog &catalog, QWidget *parent);
    void open();
    [[nodiscard]] PaletteModel &model() { return *m_model; }

Q_SIGNALS:
    // Asks for an action of that page; the window shows the page, then triggers it.
    void chosen(QAction *action, const QString &page);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void leave(bool giveFocusBack);
    void accept();
    void move(int by);

    const ActionCatalog &m_catalog;
    PaletteModel *m_model = nullptr;
    QLineEdit *m_edit = nullptr;
    QListView *m_view = nullptr;
    QPointer<QWidget> m_before;
};

} // namespace sealbook
