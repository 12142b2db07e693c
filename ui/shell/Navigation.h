// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>
#include <QWidget>

class QButtonGroup;
class QLabel;
class QVBoxLayout;

namespace sealbook {

class Page;

// One line of navigation: icon, name, and the page's badge at its right. Painted; current = tinted.
// Owned by Navigation.
class NavigationRow : public QAbstractButton
{
    Q_OBJECT

public:
    NavigationRow(Page *page, const QString &iconName, QWidget *parent);
    [[nodiscard]] Page *page() const { return m_page; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    Page *m_page;
    QString m_iconName;
    bool m_hovered = false;
};

// The left column: the profile's name (with PRACTICE where it is one), the pages, settings apart,
// and the keychain's state at the foot. Up and Down move, Enter or Space opens. Owned by
// MainWindow.
class Navigation : public QWidget
{
    Q_OBJECT

public:
    Navigation(const QString &profileName, bool practice, QWidget *parent = nullptr);
    void addPage(Page *page, const QString &iconName, bool apart);
    void setCurrent(Page *page);
    void setKeychainState(const QString &text, bool usable);
    [[nodiscard]] QList<NavigationRow *> rows() const { return m_rows; }
    [[nodiscard]] QWidget *firstFocus() const;

Q_SIGNALS:
    void chosen(Page *page);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QVBoxLayout *m_pages = nullptr;
    QVBoxLayout *m_apart = nullptr;
    QWidget *m_apartLine = nullptr;
    QWidget *m_keychain = nullptr;
    QLabel *m_keychainIcon = nullptr;
    QLabel *m_keychainText = nullptr;
    QButtonGroup *m_group = nullptr;
    QList<NavigationRow *> m_rows;
    bool m_keychainUsable = true;
};

} // namespace sealbook
