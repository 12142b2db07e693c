// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/FieldRow.h"

#include "ui/widgets/Labels.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/Theme.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace sealbook {

FieldRow::FieldRow(const ProviderField &field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
{
    setObjectName(QStringLiteral("row_") + field.id);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(2);
    QLabel *label = makeLabel(
        LabelKind::Body, field.required ? field.label : tr("%1 (optional)").arg(field.label), this);
    layout->addWidget(label);
    buildInput();
    label->setBuddy(input());
    input()->setObjectName(QStringLiteral("field_") + field.id);
    input()->setAccessibleName(field.label);
    input()->setAccessibleDescription(field.help);
    input()->setMinimumHeight(28);
    layout->addWidget(input());
    if (!field.help.isEmpty())
        layout->addWidget(makeLabel(LabelKind::Muted, field.help, this, true));
    m_problem = makeLabel(LabelKind::Body, QString(), this, true);
    m_problem->setFont(Theme::smallFont(font()));
    m_problem->setObjectName(QStringLiteral("problem_") + field.id);
    Theme::setState(m_problem, StateRole::Crit);
    m_problem->hide();
    layout->addWidget(m_problem);
}

void FieldRow::buildInput()
{
    if (m_field.secret) {
        m_secret = new SecretEdit(this);
        connect(m_secret, &QLineEdit::textEdited, this, &FieldRow::edited);
        return;
    }
    if (!m_field.choices.isEmpty()) {
        m_choice = new QComboBox(this);
        m_choice->addItems(m_field.choices);
        connect(m_choice, &QComboBox::currentIndexChanged, this, &FieldRow::edited);
    } else {
        m_line = new QLineEdit(this);
        m_line->setPlaceholderText(m_field.example);
        connect(m_line, &QLineEdit::textEdited, this, &FieldRow::edited);
    }
    setValue(m_field.defaultValue);
}

QWidget *FieldRow::input() const
{
    if (m_secret != nullptr)
        return m_secret;
    return m_choice != nullptr ? static_cast<QWidget *>(m_choice) : m_line;
}

QString FieldRow::value() const
{
    if (m_choice != nullptr)
        return m_choice->currentText();
    return m_line == nullptr ? QString() : m_line->text();
}

void FieldRow::setValue(const QString &value)
{
    if (m_choice != nullptr && !value.isEmpty())
        m_choice->setCurrentText(value);
    else if (m_line != nullptr)
        m_line->setText(value);
}

bool FieldRow::hasSecret() const
{
    return m_secret != nullptr && (!m_secret->isEmpty() || !m_kept.isEmpty());
}

Result<Secret> FieldRow::secret()
{
    if (m_secret == nullptr)
        return Secret();
    if (!m_secret->isEmpty()) {
        Result<Secret> typed = m_secret->take();
        if (!typed)
            return fail(typed.error());
        m_kept = std::move(*typed);
        m_secret->setPlaceholderText(tr("kept in memory; type to replace it"));
    }
    return m_kept.clone();
}

void FieldRow::setProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    input()->setAccessibleDescription(problem.isEmpty() ? m_field.help : problem);
}

QString FieldRow::problem() const
{
    return m_problem->text();
}

} // namespace sealbook
