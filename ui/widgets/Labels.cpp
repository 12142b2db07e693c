// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Labels.h"

#include "ui/widgets/Theme.h"

#include <QPaintEvent>
#include <QPainter>

namespace sealbook {

Line::Line(Qt::Orientation orientation, QWidget *parent)
    : QFrame(parent)
    , m_orientation(orientation)
{
    setFrameShape(QFrame::NoFrame);
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Line::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), Theme::current().line);
}

QLabel *makeLabel(LabelKind kind, const QString &text, QWidget *parent, bool wrap)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(wrap);
    const QFont body = label->font();
    switch (kind) {
    case LabelKind::Body:
        break;
    case LabelKind::Bold:
        label->setFont(Theme::boldFont(body));
        break;
    case LabelKind::Title:
        label->setFont(Theme::titleFont(body));
        break;
    case LabelKind::Heading:
        label->setFont(Theme::headingFont(body));
        break;
    case LabelKind::Muted:
        label->setFont(Theme::smallFont(body));
        Theme::setMuted(label);
        break;
    case LabelKind::SectionHead: {
        QFont font = Theme::smallFont(body);
        font.setBold(true);
        label->setFont(font);
        Theme::setMuted(label);
        break;
    }
    case LabelKind::Mono:
        label->setFont(Theme::monoFont(body));
        // Mouse only: a label that takes focus would be one more stop for the Tab key.
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        break;
    }
    return label;
}

} // namespace sealbook
