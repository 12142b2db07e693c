// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/SettingsPage.h"

#include "ui/settings/AppearanceSection.h"
#include "ui/settings/BackupSection.h"
#include "ui/settings/KeychainSection.h"
#include "ui/settings/OutsideSection.h"
#include "ui/settings/PassphraseSection.h"
#include "ui/settings/ResolverSection.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QScrollArea>
#include <QStackedWidget>
#include <QSystemTrayIcon>

namespace sealbook {

namespace {
constexpr int listWidth = 160;
constexpr int rowHeight = 32;
constexpr int idRole = Qt::UserRole;
} // namespace

SettingsPage::SettingsPage(Vault &vault, SettingsAccess settings,
                           std::vector<ComponentVersion> versions, Dialogs &dialogs,
                           QWidget *parent)
    : Page(QStringLiteral("settings"), tr("Settings"), parent)
    , m_settings(std::move(settings))
    , m_dialogs(dialogs)
    , m_sections(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_keychain(new KeychainSection(vault, dialogs, this))
    , m_backups(new BackupSection(dialogs, this))
    , m_resolvers(new ResolverSection(m_settings, this))
    , m_outside(new OutsideSection(m_settings, this))
    , m_notifications(
          new NotificationsSection(m_settings, QSystemTrayIcon::isSystemTrayAvailable(), this))
    , m_appearance(new AppearanceSection(m_settings, this))
{
    m_sections->setObjectName(QStringLiteral("settingsSections"));
    m_sections->setAccessibleName(tr("Sections of the settings"));
    m_sections->setFixedWidth(listWidth);
    m_sections->setFrameShape(QFrame::NoFrame);
    auto *rows = new RowDelegate(m_sections);
    rows->setRowHeight(rowHeight);
    m_sections->setItemDelegate(rows);
    Theme::tintSelection(m_sections);
    addSection(QStringLiteral("keychain"), tr("Keychain"), m_keychain);
    addSection(QStringLiteral("backups"), tr("Backups"), m_backups);
    addSection(QStringLiteral("resolvers"), tr("Resolvers"), makeResolvers());
    addSection(QStringLiteral("notifications"), tr("Notifications"), m_notifications);
    addSection(QStringLiteral("appearance"), tr("Appearance"), m_appearance);
    addSection(QStringLiteral("about"), tr("About"), makeAbout(versions));
    auto *body = new QWidget(this);
    auto *layout = new QHBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_sections);
    layout->addWidget(new Line(Qt::Vertical, body));
    layout->addWidget(m_stack, 1);
    setBody(body);
    connect(m_sections, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    m_sections->setCurrentRow(0);
    connect(m_resolvers, &ResolverSection::resolverChanged, this, &SettingsPage::resolverChanged);
    connect(m_outside, &OutsideSection::outsideChanged, this, &SettingsPage::outsideChanged);
    connect(m_notifications, &NotificationsSection::chosen, this,
            &SettingsPage::notificationsChanged);
    connect(m_appearance, &AppearanceSection::timesLocalChosen, this,
            &SettingsPage::timesLocalChanged);
    connect(m_appearance, &AppearanceSection::appearanceChosen, this, [this](Appearance chosen) {
        apply(chosen);
        Q_EMIT appearanceChanged(chosen);
    });
}

// At `row`, or at the end.
void SettingsPage::addSection(const QString &id, const QString &title, QWidget *section, int row)
{
    const int at = row < 0 ? m_sections->count() : row;
    auto *scroll = new QScrollArea(m_stack);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setAccessibleName(title);
    Theme::setBaseSurface(section);
    scroll->setWidget(section);
    m_stack->insertWidget(at, scroll);
    auto *item = new QListWidgetItem(title);
    item->setData(idRole, id);
    m_sections->insertItem(at, item);
}

void SettingsPage::useGate(PassphraseGate &gate)
{
    m_passphrase = new PassphraseSection(gate, m_dialogs, this);
    addSection(QStringLiteral("passphrase"), tr("Passphrase"), m_passphrase, 1);
}

QWidget *SettingsPage::makeResolvers()
{
    auto *both = new QWidget(this);
    auto *layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_resolvers);
    layout->addWidget(new Line(Qt::Horizontal, both));
    layout->addWidget(m_outside, 1);
    return both;
}

QWidget *SettingsPage::makeAbout(const std::vector<ComponentVersion> &versions)
{
    auto *about = new QWidget;
    auto *layout = new QVBoxLayout(about);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(LabelKind::Title, tr("About"), about));
    auto *grid = new KeyValueGrid(about);
    grid->setNameWidth(100);
    QStringList lines;
    for (const ComponentVersion &component : versions) {
        grid->addRow(component.name, component.version);
        lines << component.name + QLatin1Char(' ') + component.version;
    }
    layout->addWidget(grid);
    auto *copy = new CopyButton(tr("Copy all versions"), about);
    copy->setObjectName(QStringLiteral("copyVersions"));
    copy->setLabel(tr("Copy"));
    copy->setCopyText(lines.join(QLatin1Char('\n')));
    layout->addWidget(copy, 0, Qt::AlignLeading);
    layout->addWidget(makeLabel(LabelKind::Muted,
                                tr("Sealbook is free software under the Apache License 2.0."),
                                about, true));
    layout->addStretch();
    return about;
}

void SettingsPage::loadPreferences()
{
    m_resolvers->load();
    m_outside->load();
    m_notifications->load();
    m_appearance->load();
}

void SettingsPage::activated()
{
    m_keychain->load();
    m_backups->load();
    if (m_passphrase != nullptr)
        m_passphrase->load();
}

void SettingsPage::useBackups(BackupAccess access)
{
    m_backups->use(std::move(access));
}

void SettingsPage::refreshBackups()
{
    if (isVisible())
        m_backups->load();
}

void SettingsPage::open(const QString &subject)
{
    for (int row = 0; row < m_sections->count(); ++row) {
        if (m_sections->item(row)->data(idRole).toString() == subject)
            m_sections->setCurrentRow(row);
    }
}

QList<QWidget *> SettingsPage::areas() const
{
    QList<QWidget *> areas = Page::areas();
    areas.removeLast();
    areas << m_sections << m_stack;
    return areas;
}

QWidget *SettingsPage::firstFocus() const
{
    return m_sections;
}

} // namespace sealbook
