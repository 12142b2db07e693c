// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

#include <QLineEdit>

namespace sealbook {

// The only input of a secret: password echo, no undo, no drag, no copy, no input-method history, no
// value for accessibility. take() moves what was typed into a Secret; the buffer is overwritten and
// then cleared. Qt keeps one UTF-16 copy while typing: accepted, and gone after take().
class SecretEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit SecretEdit(QWidget *parent = nullptr);
    ~SecretEdit() override;

    [[nodiscard]] bool isEmpty() const { return text().isEmpty(); }
    // UTF-8 of what was typed, as typed; the field is empty afterwards.
    [[nodiscard]] Result<Secret> take();
    // Overwrites and empties the field.
    void forget();
    // Input methods ask by this name with an argument; QLineEdit's own would tell them the text.
    Q_INVOKABLE QVariant inputMethodQuery(Qt::InputMethodQuery query,
                                          const QVariant &argument) const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
};

} // namespace sealbook
