// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/StartCard.h"

#include "ui/widgets/CopyButton.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/SymbolLabel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealbook {

StartCard::StartCard(const Text &text, QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("card_%1").arg(text.id));
    Theme::setBaseSurface(this);
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(16, 14, 16, 14);
    columns->setSpacing(16);
    auto *icon = new SymbolLabel(this, 32);
    icon->setIcon(text.icon, IconTone::Accent);
    columns->addWidget(icon, 0, Qt::AlignTop);

    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(makeLabel(LabelKind::Bold, text.title, this));
    words->addWidget(makeLabel(LabelKind::Body, text.what, this, true));
    words->addSpacing(4);
    auto *facts = new QGridLayout;
    facts->setHorizontalSpacing(12);
    facts->setVerticalSpacing(2);
    facts->setColumnMinimumWidth(0, 52);
    facts->setColumnStretch(1, 1);
    m_needs = makeLabel(LabelKind::Body, text.needs, this, true);
    m_needs->setObjectName(QStringLiteral("needs"));
    m_needs->setFont(Theme::smallFont(font()));
    QLabel *touches = makeLabel(LabelKind::Body, text.touches, this, true);
    touches->setFont(Theme::smallFont(font()));
    facts->addWidget(makeLabel(LabelKind::Muted, tr("Needs"), this), 0, 0, Qt::AlignTop);
    facts->addWidget(m_needs, 0, 1);
    facts->addWidget(makeLabel(LabelKind::Muted, tr("Touches"), this), 1, 0, Qt::AlignTop);
    facts->addWidget(touches, 1, 1);
    words->addLayout(facts);
    m_commandBox = new QWidget(this);
    auto *commandRow = new QHBoxLayout(m_commandBox);
    commandRow->setContentsMargins(0, 4, 0, 0);
    commandRow->setSpacing(4);
    m_command = makeLabel(LabelKind::Mono, {}, m_commandBox, true);
    m_command->setObjectName(QStringLiteral("command"));
    m_copy = new CopyButton(tr("Copy the command"), m_commandBox);
    commandRow->addWidget(m_command, 1);
    commandRow->addWidget(m_copy);
    m_commandBox->hide();
    words->addWidget(m_commandBox);
    columns->addLayout(words, 1);

    auto *act = new QVBoxLayout;
    act->setSpacing(4);
    act->addStretch(1);
    m_button = new QPushButton(text.button, this);
    m_button->setObjectName(text.id);
    m_button->setFixedSize(148, 32);
    m_button->setAutoDefault(true);
    m_button->setAccessibleDescription(text.what);
    act->addWidget(m_button);
    QLabel *keys = makeLabel(LabelKind::Muted, text.shortcut, this);
    keys->setAlignment(Qt::AlignCenter);
    act->addWidget(keys);
    act->addStretch(1);
    columns->addLayout(act);
    connect(m_button, &QPushButton::clicked, this, &StartCard::chosen);
}

void StartCard::setNeeds(const QString &needs)
{
    m_needs->setText(needs);
}

void StartCard::setCommand(const QString &command)
{
    m_command->setText(command);
    m_copy->setCopyText(command);
    m_commandBox->setVisible(!command.isEmpty());
}

void StartCard::setPrimary(bool primary)
{
    m_button->setDefault(primary);
}

void StartCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().line, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

} // namespace sealbook
