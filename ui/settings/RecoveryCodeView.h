// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

#include <QWidget>

namespace sealbook {

// Shows a recovery code once, in groups of five, drawn straight from the Secret: no label, no
// clipboard and no accessibility value ever holds it. Owned by the keychain section.
class RecoveryCodeView : public QWidget
{
    Q_OBJECT

public:
    explicit RecoveryCodeView(QWidget *parent = nullptr);
    void show(Secret code);
    void forget();
    [[nodiscard]] bool isEmpty() const { return m_code.isEmpty(); }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Secret m_code;
};

} // namespace sealbook
