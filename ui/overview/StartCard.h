// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QFormLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace sealbook {

class CopyButton;

// One way to begin: an icon, what it does, what it needs and touches, and its button. Owned by
// FirstRunPage.
class StartCard : public QFrame
{
    Q_OBJECT

public:
    struct Text
    {
        QString id; // for tests: "practise"
        QString icon;
        QString title;
        QString what;
        QString needs;
        QString touches;
        QString button; // with its accelerator: "&Practise…"
        QString shortcut; // as shown beneath: "Alt+P"
    };
    explicit StartCard(const Text &text, QWidget *parent = nullptr);
    void setNeeds(const QString &needs);
    // A command to run first, in place of the button: shown with a copy button. Empty = none.
    void setCommand(const QString &command);
    void setPrimary(bool primary);
    [[nodiscard]] QPushButton *button() const { return m_button; }

Q_SIGNALS:
    void chosen();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_needs = nullptr;
    QPushButton *m_button = nullptr;
    QWidget *m_commandBox = nullptr;
    QLabel *m_command = nullptr;
    CopyButton *m_copy = nullptr;
};

} // namespace sealbook
