// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/NotificationsSection.h"

#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QCheckBox>
#include <QVBoxLayout>

namespace sealbook {

NotificationsSection::NotificationsSection(const SettingsAccess &settings, bool hasTray,
                                           QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_tells(new QCheckBox(tr("Show a &message when an endpoint needs a person"), this))
    , m_stays(new QCheckBox(tr("Keep &watching in the tray when the window is closed"), this))
    , m_error(new ErrorPanel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(LabelKind::Title, tr("Notifications"), this));
    m_tells->setObjectName(QStringLiteral("notifyTells"));
    m_stays->setObjectName(QStringLiteral("notifyStays"));
    layout->addWidget(m_tells);
    layout->addWidget(m_stays);
    layout->addWidget(makeLabel(
        LabelKind::Muted,
        tr("Endpoints are looked at while Sealbook runs. Without a window, \"sealbook watch run\" "
           "does the same from a timer of the system."),
        this, true));
    if (!hasTray)
        layout->addWidget(makeLabel(
            LabelKind::Muted,
            tr("This desktop has no tray for programs: what is chosen here has no effect on it."),
            this, true));
    layout->addWidget(m_error);
    layout->addStretch();
    // clicked, not toggled: only a person's choice is kept, not what load() sets.
    connect(m_tells, &QCheckBox::clicked, this,
            [this](bool on) { keep(SettingKey::notifyTells(), on); });
    connect(m_stays, &QCheckBox::clicked, this,
            [this](bool on) { keep(SettingKey::notifyStays(), on); });
}

void NotificationsSection::keep(const QString &key, bool value)
{
    tell();
    Task<> task = m_settings.write(key, QJsonValue(value));
    QCoro::connect(std::move(task), this, [this](const Result<> &result) {
        if (result)
            m_error->clear();
        else
            m_error->showError(result.error());
    });
}

void NotificationsSection::tell()
{
    NotificationChoice choice;
    choice.tells = m_tells->isChecked();
    choice.staysInTray = m_stays->isChecked();
    Q_EMIT chosen(choice);
}

void NotificationsSection::load()
{
    const auto read = [this](const QString &key, QCheckBox *box) {
        Task<QJsonValue> task = m_settings.read(key);
        QCoro::connect(std::move(task), this, [this, box](const Result<QJsonValue> &value) {
            if (!value) {
                m_error->showError(value.error());
                return;
            }
            if (value->toBool() == box->isChecked())
                return;
            box->setChecked(value->toBool());
            tell();
        });
    };
    read(SettingKey::notifyTells(), m_tells);
    read(SettingKey::notifyStays(), m_stays);
}

} // namespace sealbook
