// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/SettingsAccess.h"

#include <QWidget>

class QCheckBox;

namespace sealbook {

class ErrorPanel;

// How the program makes itself heard outside of its window. Both are off until a person wants them.
struct NotificationChoice
{
    bool tells = false; // messages of the desktop
    bool staysInTray = false; // closing the window does not end the program
    bool operator==(const NotificationChoice &) const = default;
};

// The choice, kept at once. Where the desktop has no tray it can still be made, and says that it
// has no effect here. Owned by the settings page.
class NotificationsSection : public QWidget
{
    Q_OBJECT

public:
    NotificationsSection(const SettingsAccess &settings, bool hasTray, QWidget *parent = nullptr);
    void load();

Q_SIGNALS:
    void chosen(sealbook::NotificationChoice choice); // also what was kept, once it is loaded

private:
    void keep(const QString &key, bool value);
    void tell();

    const SettingsAccess &m_settings;
    QCheckBox *m_tells = nullptr;
    QCheckBox *m_stays = nullptr;
    ErrorPanel *m_error = nullptr;
};

} // namespace sealbook
