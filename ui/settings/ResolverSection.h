// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/SettingsAccess.h"

#include <QWidget>

#include <memory>

namespace Ui {
class ResolverSection;
}

namespace sealbook {

// Which resolver is asked for zones and servers. Owned by the settings page.
class ResolverSection : public QWidget
{
    Q_OBJECT

public:
    ResolverSection(const SettingsAccess &settings, QWidget *parent = nullptr);
    ~ResolverSection() override;

    void load();

Q_SIGNALS:
    void resolverChanged(const QString &address); // empty = the system's
    void loaded();

private:
    void check();
    void save();

    const SettingsAccess &m_settings;
    const std::unique_ptr<Ui::ResolverSection> m_ui;
};

} // namespace sealbook
