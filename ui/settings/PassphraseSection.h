// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/PassphraseGate.h"

#include <QWidget>

#include <stop_token>

class QLabel;
class QPushButton;

namespace sealbook {

class Dialogs;
class ErrorPanel;

// Sets, changes and removes the passphrase that is asked for before a private key leaves, and says
// what it does and what not. Owned by the settings page; the gate outlives it.
class PassphraseSection : public QWidget
{
    Q_OBJECT

public:
    PassphraseSection(PassphraseGate &gate, Dialogs &dialogs, QWidget *parent = nullptr);
    ~PassphraseSection() override;

    void load();
    [[nodiscard]] QString state() const; // as it is shown

private:
    using Typed = std::function<void(Secret)>;

    void showState(bool isSet);
    void askCurrent(const QString &accept, Typed done);
    void askNext(Typed done);
    void change();
    void remove();
    void removeByCode();
    void follow(Task<> task);

    PassphraseGate &m_gate;
    Dialogs &m_dialogs;
    QLabel *m_state;
    QPushButton *m_change;
    QPushButton *m_remove;
    QPushButton *m_forgotten;
    ErrorPanel *m_error;
    std::stop_source m_stop;
    bool m_isSet = false;
};

} // namespace sealbook
