// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMenu>
#include <QSystemTrayIcon>

namespace sealbook {

// The program in the desktop's tray: the way back to a window that was closed, and messages of the
// desktop. Hidden until it is wanted; does nothing where the desktop has no tray. Owned by the
// application.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    explicit TrayIcon(QObject *parent = nullptr);

    [[nodiscard]] static bool isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }
    void setShown(bool shown);
    [[nodiscard]] bool isShown() const { return m_icon.isVisible(); }
    // `subject` comes back by openWanted when the message is clicked. Servers have a say in `text`:
    // desktops that read markup in messages get none.
    void tell(const QString &title, const QString &text, bool isBad, const QString &subject);
    [[nodiscard]] QMenu &menu() { return m_menu; }
    // A text without what a desktop may take for markup or for a change of direction.
    [[nodiscard]] static QString plainMessage(const QString &text);

Q_SIGNALS:
    void openWanted(const QString &pageId, const QString &subject); // "" = as it was left
    void checkWanted(); // of all endpoints
    void quitWanted();

private:
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    QString m_subject;
};

} // namespace sealbook
