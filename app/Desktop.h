// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/GlobalOptions.h"
#include "core/base/Task.h"

#include <QObject>

#include <memory>

namespace sealbook {

class CertificatesPage;
class SettingsPage;
class MainWindow;
class PracticeSession;
class QtDialogs;
class Services;
class SingleInstance;
class TrayIcon;
class WatchPage;
struct NotificationChoice;

// The window and what stands behind it: opens the profile (or a practice lab and its profile), adds
// the pages, and keeps the single-instance socket. One for the process, made by runApplication
// after QApplication; main thread.
class Desktop : public QObject
{
    Q_OBJECT

public:
    explicit Desktop(GlobalOptions options, QObject *parent = nullptr);
    ~Desktop() override;

    // False when another window on this profile was raised instead: the program ends.
    [[nodiscard]] bool isFirst();
    // Opens everything and shows the window; ends the program with an error dialog if it cannot.
    void start(std::stop_token stop);
    // Puts running jobs aside with their records taken back, ends practice and closes the profile.
    // Once; the event loop must still run.
    [[nodiscard]] Task<> close();

Q_SIGNALS:
    void closeWanted(); // the window was closed

private:
    [[nodiscard]] Task<> open(std::stop_token stop);
    [[nodiscard]] Task<> openPractice(std::stop_token stop);
    void buildWindow();
    void addFirstRunPage(CertificatesPage &certificates);
    void addOverviewPage();
    void addTimelinePage();
    void addPages();
    void addSettingsPage();
    void addBackups(SettingsPage &page);
    void tellCannotStart(const Error &why);
    void offerBackup(const Error &why, const QString &backup);
    void addTray(WatchPage &watch);
    void followNotifications(NotificationChoice choice);
    void showWindow();
    void followKeychain();
    void sweepOnce();
    void followEmptiness();
    void showSize();
    [[nodiscard]] Task<bool> isEmpty();
    void showInterrupted();
    void practise();
    void onWord(const QByteArray &word);

    GlobalOptions m_options;
    std::unique_ptr<SingleInstance> m_instance;
    std::unique_ptr<PracticeSession> m_practice;
    std::unique_ptr<Services> m_services;
    std::unique_ptr<QtDialogs> m_dialogs;
    std::unique_ptr<TrayIcon> m_tray;
    std::unique_ptr<MainWindow> m_window; // dies before what it shows
    std::stop_source m_ending;
    std::optional<Deferred<>> m_opening; // settles when start() is through
    bool m_hasSwept = false;
    bool m_hasRestored = false;
    bool m_tellsAlarms = false;
};

} // namespace sealbook
