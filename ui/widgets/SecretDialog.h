// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Dialogs.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace sealbook {

class SecretEdit;

// Asks for one secret, or for a new one twice. Its button works once there is something to take and
// both fields agree. Owned by its parent; deleted when closed, which overwrites the fields.
class SecretDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SecretDialog(const Dialogs::SecretQuestion &question, QWidget *parent = nullptr);
    // What was entered, once, after the dialog was accepted.
    [[nodiscard]] std::optional<Secret> take();

private:
    void check();

    bool m_mayBeEmpty;
    SecretEdit *m_first = nullptr;
    SecretEdit *m_second = nullptr;
    QLabel *m_problem = nullptr;
    QPushButton *m_accept = nullptr;
};

} // namespace sealbook
