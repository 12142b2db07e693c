// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/OutsideResolvers.h"
#include "ui/settings/SettingsAccess.h"

#include <QWidget>

#include <memory>

namespace Ui {
class OutsideSection;
}

namespace sealbook {

struct OutsideForm;

// Which resolvers elsewhere are asked over HTTPS, what they learn, and what jobs may make of it
// that nobody watches. Owned by the settings page.
class OutsideSection : public QWidget
{
    Q_OBJECT

public:
    OutsideSection(const SettingsAccess &settings, QWidget *parent = nullptr);
    ~OutsideSection() override;

    void load();

Q_SIGNALS:
    void outsideChanged(const sealbook::OutsideResolvers &outside);

private:
    [[nodiscard]] OutsideForm form() const;
    void show(const OutsideResolvers &outside);
    void check();
    void save();

    const SettingsAccess &m_settings;
    const std::unique_ptr<Ui::OutsideSection> m_ui;
};

} // namespace sealbook
