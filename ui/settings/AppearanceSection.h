// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/AppearancePalette.h"
#include "ui/settings/SettingsAccess.h"

#include <QWidget>

#include <memory>

namespace Ui {
class AppearanceSection;
}

namespace sealbook {

// Colours and the zone of times; a choice takes effect and is kept at once. Owned by the settings
// page.
class AppearanceSection : public QWidget
{
    Q_OBJECT

public:
    AppearanceSection(const SettingsAccess &settings, QWidget *parent = nullptr);
    ~AppearanceSection() override;

    void load();

Q_SIGNALS:
    void appearanceChosen(sealbook::Appearance appearance);
    void timesLocalChosen(bool local);
    void loaded();

private:
    void bind();
    void show(Appearance appearance);
    void keep(const QString &key, const QString &value);

    const SettingsAccess &m_settings;
    const std::unique_ptr<Ui::AppearanceSection> m_ui;
};

} // namespace sealbook
