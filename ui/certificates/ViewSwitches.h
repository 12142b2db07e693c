// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/SavedView.h"

#include <QObject>

#include <utility>
#include <vector>

class QAction;
class QToolButton;
class QWidget;

namespace sealbook {

// What of a view is switched by the two menus of the page's head: how certificates are grouped, and
// which kinds are hidden. Owned by the page, which adds the buttons.
class ViewSwitches : public QObject
{
    Q_OBJECT

public:
    explicit ViewSwitches(QWidget *page);

    [[nodiscard]] QToolButton *groupButton() const { return m_group; }
    [[nodiscard]] QToolButton *hideButton() const { return m_hide; }
    [[nodiscard]] QAction *showTrash() const { return m_showTrash; }
    [[nodiscard]] InventoryGrouping grouping() const { return m_grouping; }

    void fill(SavedView &view) const; // with what is switched
    void show(const SavedView &view); // tells nobody
    // What is a condition of the question follows it.
    void follow(bool hidesRetired, bool showsTrash);

Q_SIGNALS:
    void changed();
    void retiredHidden(bool hides); // asked for by a person, as the next two
    void trashShown(bool shows);
    void allFolded(bool folds);

private:
    void buildGroup();
    void buildHide();
    void showWords();

    QToolButton *m_group;
    QToolButton *m_hide;
    QAction *m_hideExpired = nullptr;
    QAction *m_hideSuperseded = nullptr;
    QAction *m_hideRevoked = nullptr;
    QAction *m_hideRetired = nullptr;
    QAction *m_showTrash = nullptr;
    std::vector<std::pair<InventoryGrouping, QAction *>> m_groupings;
    InventoryGrouping m_grouping = InventoryGrouping::Urgency;
    bool m_isShowing = false;
};

} // namespace sealbook
