// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Page.h"

#include <QKeySequence>
#include <QMainWindow>

#include <memory>
#include <stop_token>
#include <vector>

class QStackedWidget;

namespace sealbook {

class ActionCatalog;
class AuditLog;
class CommandPalette;
class Dialogs;
class IssuanceService;
class Navigation;
class StatusArea;

// What the window itself needs. Pages get their services by their own constructors.
struct WindowServices
{
    IssuanceService *issuance = nullptr; // running jobs for the status area; null in tests
    AuditLog *audit = nullptr; // state of the chain; null in tests
    QString profileName; // "Default"
    QString settingsFile; // window.ini in the profile's home; empty = nothing is remembered
    bool practice = false;
};

// The window: navigation at the left, one page at a time, status at the foot. It knows no page's
// class: the application adds them. Owned by the application; closing it stops no job.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(WindowServices services, QWidget *parent = nullptr);
    ~MainWindow() override;

    // Pages appear in navigation in the order they are added and get Ctrl+1, Ctrl+2, … unless
    // `shortcut` says otherwise. Settings (id "settings") stands apart below a line, Ctrl+comma.
    Page *addPage(std::unique_ptr<Page> page, const QString &iconName,
                  const QKeySequence &shortcut = {});
    // Shown in place of the page `insteadOf` while the profile is empty (setEmptyProfile).
    Page *setFirstRunPage(std::unique_ptr<Page> page, const QString &insteadOf);
    void setEmptyProfile(bool empty);

    using QMainWindow::show;
    void showPage(const QString &id, const QString &subject = {});
    [[nodiscard]] QString currentPageId() const;
    [[nodiscard]] Page *page(const QString &id) const;
    [[nodiscard]] ActionCatalog &catalog() { return *m_actions; }
    [[nodiscard]] StatusArea &status() { return *m_status; }
    // "Keychain unlocked", with the icon "lock"; muted, at the foot of navigation.
    void setKeychainState(const QString &text, bool usable);

    // Closing it only hides it: there is another way back, and another to end the program.
    void setHidesOnClose(bool hides) { m_hidesOnClose = hides; }

Q_SIGNALS:
    void aboutToClose();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Entry
    {
        Page *page = nullptr;
        QAction *show = nullptr;
    };

    void buildActions();
    void connectParts();
    void connectServices();
    void adopt(Page *page);
    void show(Page *page);
    // The same for who comes by keyboard: with the focus on what the page is about.
    void enter(Page *page);
    void focusFirst(Page *page);
    void showAudit();
    void walkAreas(int direction);
    void restore();
    void restorePage(Page *page);
    void remember() const;
    [[nodiscard]] QList<QWidget *> areas() const;
    [[nodiscard]] Page *standIn(Page *page) const;

    WindowServices m_services;
    ActionCatalog *m_actions = nullptr;
    Navigation *m_navigation = nullptr;
    QStackedWidget *m_stack = nullptr;
    StatusArea *m_status = nullptr;
    CommandPalette *m_palette = nullptr;
    std::vector<Entry> m_pages;
    Page *m_current = nullptr;
    Page *m_firstRun = nullptr;
    QString m_firstRunInsteadOf;
    bool m_emptyProfile = false;
    bool m_hidesOnClose = false;
    QString m_wantedPage; // the one that was open when the window was last closed
    std::stop_source m_stop;
    qint64 m_auditEntries = 0;
    bool m_auditIntact = true;
    bool m_auditKnown = false;
};

} // namespace sealbook
