// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/SymbolLabel.h"

#include <QPainter>

namespace sealbook {

SymbolLabel::SymbolLabel(QWidget *parent, int size)
    : QLabel(parent)
    , m_size(size)
{
    setFixedSize(size, size);
}

void SymbolLabel::setIcon(const QString &name, IconTone tone)
{
    m_what = Icon{name, tone};
    update();
}

void SymbolLabel::setGlyph(Glyph glyph, StateRole role)
{
    m_what = State{glyph, role};
    update();
}

void SymbolLabel::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::current();
    QPainter painter(this);
    if (const auto *icon = std::get_if<Icon>(&m_what)) {
        const QColor color = icon->tone == IconTone::Accent ? theme.accent
            : icon->tone == IconTone::Text                  ? theme.text
                                                            : theme.muted;
        painter.drawPixmap(QPointF(0, 0),
                           iconPixmap(icon->name, color, m_size, devicePixelRatioF()));
    } else if (const auto *state = std::get_if<State>(&m_what)) {
        const QColor surface = parentWidget() != nullptr
            ? parentWidget()->palette().color(parentWidget()->backgroundRole())
            : theme.base;
        paintGlyph(&painter, rect(), state->glyph, theme.state(state->role).text, surface,
                   std::min(14, m_size));
    }
}

} // namespace sealbook
