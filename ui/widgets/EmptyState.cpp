// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/EmptyState.h"

#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealbook {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
{
    Theme::setBaseSurface(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 24, 16, 16);
    layout->setSpacing(12);
    m_sentence = makeLabel(LabelKind::Body, {}, this, true);
    m_sentence->setMaximumWidth(560);
    layout->addWidget(m_sentence);
    m_button = new QPushButton(this);
    m_button->setMinimumHeight(28);
    auto *row = new QHBoxLayout;
    row->addWidget(m_button);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addStretch(1);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_action != nullptr)
            m_action->trigger();
    });
}

void EmptyState::set(const QString &sentence, QAction *action)
{
    m_sentence->setText(sentence);
    setAccessibleName(sentence);
    m_action = action;
    m_button->setVisible(action != nullptr);
    if (action != nullptr) {
        m_button->setText(action->text());
        m_button->setIcon(action->icon());
        m_button->setEnabled(action->isEnabled());
    }
}

} // namespace sealbook
