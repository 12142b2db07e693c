// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/SecretDialog.h"

#include "ui/widgets/Labels.h"
#include "ui/widgets/SecretEdit.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealbook {

SecretDialog::SecretDialog(const Dialogs::SecretQuestion &question, QWidget *parent)
    : QDialog(parent)
    , m_mayBeEmpty(question.mayBeEmpty)
{
    setWindowTitle(question.title);
    setAccessibleName(question.title);
    setMinimumWidth(420);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(makeLabel(LabelKind::Body, question.text, this, true));

    auto *form = new QFormLayout;
    m_first = new SecretEdit(this);
    m_first->setObjectName(QStringLiteral("secret"));
    m_first->setAccessibleName(question.label);
    form->addRow(question.label, m_first);
    if (question.twice) {
        m_second = new SecretEdit(this);
        m_second->setObjectName(QStringLiteral("secretAgain"));
        m_second->setAccessibleName(tr("The same again"));
        form->addRow(tr("The same again"), m_second);
        connect(m_second, &QLineEdit::textChanged, this, &SecretDialog::check);
    }
    layout->addLayout(form);
    m_problem = makeLabel(LabelKind::Muted, {}, this, true);
    layout->addWidget(m_problem);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(question.accept, QDialogButtonBox::AcceptRole);
    m_accept->setDefault(true);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_first, &QLineEdit::textChanged, this, &SecretDialog::check);
    check();
}

std::optional<Secret> SecretDialog::take()
{
    if (m_second != nullptr)
        m_second->forget();
    Result<Secret> secret = m_first->take();
    if (!secret)
        return std::nullopt;
    return std::move(*secret);
}

void SecretDialog::check()
{
    const bool differ = m_second != nullptr && m_first->text() != m_second->text();
    m_problem->setText(differ && !m_second->isEmpty() ? tr("The two are not the same.")
                                                      : QString());
    m_accept->setEnabled(!differ && (m_mayBeEmpty || !m_first->isEmpty()));
}

} // namespace sealbook
