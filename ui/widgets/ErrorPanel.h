// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"

#include <QFrame>

#include <optional>

class QLabel;
class QPushButton;

namespace sealbook {

// An error inline, where it happened: glyph and sentence, evidence, advice, "Copy report", and a
// button for what can be done about it. Hidden while there is none. Announces itself to screen
// readers when it appears.
class ErrorPanel : public QFrame
{
    Q_OBJECT

public:
    explicit ErrorPanel(QWidget *parent = nullptr);

    void showError(const Error &error);
    void clear();
    [[nodiscard]] bool hasError() const { return m_error.has_value(); }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    // A button such as "Try again"; empty text hides it.
    void setActionText(const QString &text);

Q_SIGNALS:
    void actionWanted();

private:
    void fill();
    void changeEvent(QEvent *event) override;

    std::optional<Error> m_error;
    QLabel *m_glyph = nullptr;
    QLabel *m_sentence = nullptr;
    QLabel *m_detail = nullptr;
    QLabel *m_advice = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_action = nullptr;
};

} // namespace sealbook
