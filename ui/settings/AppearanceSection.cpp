// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/AppearanceSection.h"

#include "ui/widgets/Theme.h"
#include "ui_AppearanceSection.h"

namespace sealbook {

namespace {
const QLatin1String local("local");
const QLatin1String utc("utc");
} // namespace

AppearanceSection::AppearanceSection(const SettingsAccess &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_ui(std::make_unique<Ui::AppearanceSection>())
{
    m_ui->setupUi(this);
    m_ui->heading->setFont(Theme::titleFont(font()));
    m_ui->themeHead->setFont(Theme::boldFont(font()));
    m_ui->timesHead->setFont(Theme::boldFont(font()));
    m_ui->themeSystem->setChecked(true);
    m_ui->timesUtc->setChecked(true);
    bind();
}

AppearanceSection::~AppearanceSection() = default;

void AppearanceSection::bind()
{
    // clicked, not toggled: only a person's choice is kept, not what load() sets.
    const auto choose = [this](QRadioButton *button, Appearance appearance) {
        connect(button, &QRadioButton::clicked, this, [this, appearance] {
            Q_EMIT appearanceChosen(appearance);
            keep(SettingKey::theme(), appearanceName(appearance));
        });
    };
    choose(m_ui->themeSystem, Appearance::System);
    choose(m_ui->themeLight, Appearance::Light);
    choose(m_ui->themeDark, Appearance::Dark);
    connect(m_ui->timesUtc, &QRadioButton::clicked, this, [this] {
        Q_EMIT timesLocalChosen(false);
        keep(SettingKey::times(), utc);
    });
    connect(m_ui->timesLocal, &QRadioButton::clicked, this, [this] {
        Q_EMIT timesLocalChosen(true);
        keep(SettingKey::times(), local);
    });
}

void AppearanceSection::keep(const QString &key, const QString &value)
{
    Task<> task = m_settings.write(key, QJsonValue(value));
    QCoro::connect(std::move(task), this, [this](const Result<> &result) {
        if (result)
            m_ui->error->clear();
        else
            m_ui->error->showError(result.error());
    });
}

void AppearanceSection::show(Appearance appearance)
{
    m_ui->themeSystem->setChecked(appearance == Appearance::System);
    m_ui->themeLight->setChecked(appearance == Appearance::Light);
    m_ui->themeDark->setChecked(appearance == Appearance::Dark);
}

void AppearanceSection::load()
{
    Task<QJsonValue> theme = m_settings.read(SettingKey::theme());
    QCoro::connect(std::move(theme), this, [this](const Result<QJsonValue> &value) {
        if (!value) {
            m_ui->error->showError(value.error());
            return;
        }
        const Appearance appearance = appearanceFromName(value->toString());
        show(appearance);
        if (appearance != Appearance::System)
            Q_EMIT appearanceChosen(appearance);
    });
    Task<QJsonValue> times = m_settings.read(SettingKey::times());
    QCoro::connect(std::move(times), this, [this](const Result<QJsonValue> &value) {
        if (!value) {
            m_ui->error->showError(value.error());
            return;
        }
        const bool isLocal = value->toString() == local;
        m_ui->timesLocal->setChecked(isLocal);
        m_ui->timesUtc->setChecked(!isLocal);
        if (isLocal)
            Q_EMIT timesLocalChosen(true);
        Q_EMIT loaded();
    });
}

} // namespace sealbook
