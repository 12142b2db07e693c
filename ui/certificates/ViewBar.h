// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/SavedView.h"

#include <QWidget>

#include <vector>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace sealbook {

// The views of the inventory that a person keeps under a name: choose, save, rename, remove, make
// one the view to begin with. Two are always there: all certificates and the trash. A name is
// typed in place. Owned by its page, which shows and stores what is chosen here.
class ViewBar : public QWidget
{
    Q_OBJECT

public:
    explicit ViewBar(QWidget *parent = nullptr);

    void setViews(std::vector<SavedView> views, const QString &startName);
    [[nodiscard]] const std::vector<SavedView> &views() const { return m_views; }
    [[nodiscard]] QString startName() const { return m_start; }
    // What the page shows: names the view that is the same, or says that there is none.
    void follow(const SavedView &shown);
    [[nodiscard]] QString currentName() const; // "" for none of the person's own
    [[nodiscard]] static SavedView all(); // what a page shows without a wish
    [[nodiscard]] static SavedView trash();
    [[nodiscard]] QAction *saveAction() const { return m_save; }

Q_SIGNALS:
    void chosen(const sealbook::SavedView &view);
    void viewsChanged(); // to be stored

private:
    enum class Naming { New, Rename };
    void build();
    void fill();
    void choose(int row);
    void startNaming(Naming naming);
    void endNaming(bool accepted);
    void saveOver();
    void removeCurrent();
    void toggleStart();
    [[nodiscard]] int currentIndex() const; // in m_views, or -1
    [[nodiscard]] int indexOf(const QString &name) const;
    void showActions();
    bool eventFilter(QObject *watched, QEvent *event) override;

    std::vector<SavedView> m_views;
    QString m_start;
    SavedView m_shown;
    QString m_chosenName; // the view that what is shown began as
    QStackedWidget *m_stack = nullptr;
    QComboBox *m_box = nullptr;
    QLineEdit *m_name = nullptr;
    QToolButton *m_button = nullptr;
    QAction *m_save = nullptr;
    QAction *m_saveAs = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_startHere = nullptr;
    Naming m_naming = Naming::New;
};

} // namespace sealbook
