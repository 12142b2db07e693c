// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/CredentialService.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace sealbook {

class SecretEdit;

// One input of a provider's form: label, input of the right kind, help, and the problem of it when
// there is one. A secret that was handed out once is kept here as a Secret, so that a failed try
// need not be typed again; it is wiped with the row.
class FieldRow : public QWidget
{
    Q_OBJECT

public:
    explicit FieldRow(const ProviderField &field, QWidget *parent = nullptr);

    [[nodiscard]] const ProviderField &field() const { return m_field; }
    [[nodiscard]] QString value() const; // of a field that is no secret
    void setValue(const QString &value);
    [[nodiscard]] bool hasSecret() const;
    // A copy of the secret; takes what was typed out of the input first.
    [[nodiscard]] Result<Secret> secret();
    void setProblem(const QString &problem); // empty = none
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QWidget *input() const;

Q_SIGNALS:
    void edited();

private:
    void buildInput();

    ProviderField m_field;
    QLineEdit *m_line = nullptr;
    QComboBox *m_choice = nullptr;
    SecretEdit *m_secret = nullptr;
    QLabel *m_problem = nullptr;
    Secret m_kept;
};

} // namespace sealbook
