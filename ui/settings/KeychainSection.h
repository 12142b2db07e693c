// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Vault.h"

#include <QWidget>

#include <memory>
#include <stop_token>

namespace Ui {
class KeychainSection;
}

namespace sealbook {

class Dialogs;

// The proof page: which keychain holds what, that nothing readable lies on disk, and the recovery
// code (made, shown once, typed back, only then kept). Owned by the settings page.
class KeychainSection : public QWidget
{
    Q_OBJECT

public:
    KeychainSection(Vault &vault, Dialogs &dialogs, QWidget *parent = nullptr);
    ~KeychainSection() override;

    void load();
    [[nodiscard]] QString diskText() const;

Q_SIGNALS:
    void loaded();

private:
    void bind();
    void showProof(const VaultProof &proof);
    void showRecovery();
    void makeCode();
    void confirmCode();
    void endCode(const QString &note);
    void recover();

    Vault &m_vault;
    Dialogs &m_dialogs;
    const std::unique_ptr<Ui::KeychainSection> m_ui;
    std::stop_source m_stop;
};

} // namespace sealbook
