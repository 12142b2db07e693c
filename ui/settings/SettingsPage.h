// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/OutsideResolvers.h"
#include "core/vault/Vault.h"
#include "ui/settings/AppearancePalette.h"
#include "ui/settings/BackupAccess.h"
#include "ui/settings/NotificationsSection.h"
#include "ui/settings/SettingsAccess.h"
#include "ui/widgets/Page.h"

#include <vector>

class QListWidget;
class QStackedWidget;

namespace sealbook {

class AppearanceSection;
class BackupSection;
class Dialogs;
class KeychainSection;
class OutsideSection;
class PassphraseGate;
class PassphraseSection;
class ResolverSection;

// Something that the program is made of, for the About section: "Qt", "6.4.2".
struct ComponentVersion
{
    QString name;
    QString version;
};

// The settings, a section at a time: keychain, passphrase, backups, resolvers, notifications,
// appearance, about. Owned by MainWindow; the vault and what `settings` calls outlive it.
class SettingsPage : public Page
{
    Q_OBJECT

public:
    SettingsPage(Vault &vault, SettingsAccess settings, std::vector<ComponentVersion> versions,
                 Dialogs &dialogs, QWidget *parent = nullptr);

    // From now on there is a section for the passphrase; practice has none.
    void useGate(PassphraseGate &gate);
    void open(const QString &subject) override; // "keychain", "passphrase", "backups", ...
    void activated() override;
    // Reads what is kept and applies it; for the start of the program, before the page is shown.
    void loadPreferences();
    void useBackups(BackupAccess access);
    void refreshBackups();
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;
    [[nodiscard]] KeychainSection &keychain() { return *m_keychain; }

Q_SIGNALS:
    void timesLocalChanged(bool local);
    void appearanceChanged(sealbook::Appearance appearance);
    void resolverChanged(const QString &address);
    void outsideChanged(const sealbook::OutsideResolvers &outside);
    void notificationsChanged(sealbook::NotificationChoice choice);

private:
    void addSection(const QString &id, const QString &title, QWidget *section, int row = -1);
    [[nodiscard]] QWidget *makeResolvers();
    [[nodiscard]] static QWidget *makeAbout(const std::vector<ComponentVersion> &versions);

    SettingsAccess m_settings;
    Dialogs &m_dialogs;
    QListWidget *m_sections;
    QStackedWidget *m_stack;
    KeychainSection *m_keychain;
    BackupSection *m_backups;
    ResolverSection *m_resolvers;
    OutsideSection *m_outside;
    NotificationsSection *m_notifications;
    AppearanceSection *m_appearance;
    PassphraseSection *m_passphrase = nullptr;
};

} // namespace sealbook
