// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ErrorPanel.h"

#include "ui/widgets/ErrorText.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateStyle.h"

#include <QAccessible>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealbook {

ErrorPanel::ErrorPanel(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("errorPanel"));
    setAutoFillBackground(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    m_glyph = new QLabel(this);
    row->addWidget(m_glyph, 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    m_sentence = makeLabel(LabelKind::Bold, {}, this, true);
    m_detail = makeLabel(LabelKind::Body, {}, this, true);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_advice = makeLabel(LabelKind::Body, {}, this, true);
    texts->addWidget(m_sentence);
    texts->addWidget(m_detail);
    texts->addWidget(m_advice);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_action = new QPushButton(this);
    m_action->setObjectName(QStringLiteral("errorAction"));
    m_action->setAccessibleName(tr("Try again"));
    m_copy = new QPushButton(tr("Copy report"), this);
    m_copy->setObjectName(QStringLiteral("copyReport"));
    m_copy->setToolTip(tr("Copies the error with its evidence. It holds no secret."));
    buttons->addWidget(m_action);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    texts->addLayout(buttons);
    row->addLayout(texts, 1);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_error)
            QGuiApplication::clipboard()->setText(ErrorText::report(*m_error));
    });
    connect(m_action, &QPushButton::clicked, this, &ErrorPanel::actionWanted);
    m_action->hide();
    hide();
}

void ErrorPanel::showError(const Error &error)
{
    m_error = error;
    fill();
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void ErrorPanel::clear()
{
    m_error.reset();
    hide();
}

void ErrorPanel::setActionText(const QString &text)
{
    m_action->setText(text);
    m_action->setAccessibleName(text.isEmpty() ? tr("Try again") : text);
    m_action->setVisible(!text.isEmpty());
}

void ErrorPanel::fill()
{
    if (!m_error)
        return;
    const ErrorText text = ErrorText::of(*m_error);
    const Theme theme = Theme::current();
    // What a person did on purpose, or what only needs patience, is no failure.
    const bool calm = m_error->kind == Error::Kind::Cancelled
        || m_error->kind == Error::Kind::DnsNotReady || m_error->kind == Error::Kind::RateLimited
        || m_error->kind == Error::Kind::ApprovalNeeded;
    const StateRole role = calm ? StateRole::Warn : StateRole::Crit;
    const StateColors &colors = theme.state(role);
    QPalette mine = palette();
    if (mine.color(QPalette::Window) != colors.tint
        || mine.color(QPalette::WindowText) != theme.text) {
        mine.setColor(QPalette::Window, colors.tint);
        mine.setColor(QPalette::WindowText, theme.text);
        mine.setColor(QPalette::Text, theme.text);
        setPalette(mine);
    }
    m_glyph->setPixmap(glyphPixmap(calm ? Glyph::Soon : Glyph::Failing, colors.text, colors.tint,
                                   16, devicePixelRatioF()));
    m_sentence->setText(text.sentence);
    m_detail->setText(asSentence(text.detail));
    m_detail->setVisible(!text.detail.isEmpty());
    const QString advice =
        text.retry.isEmpty() ? text.advice : (text.advice + QLatin1Char(' ') + text.retry);
    m_advice->setText(advice.trimmed());
    m_advice->setVisible(!advice.trimmed().isEmpty());
    setAccessibleName(text.sentence);
    setAccessibleDescription(text.detail + QLatin1Char(' ') + advice);
}

void ErrorPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}

} // namespace sealbook
