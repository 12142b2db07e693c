// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/StateLabel.h"

#include <QPainter>
#include <QStyle>

namespace sealbook {

namespace {
constexpr int glyphSize = 14;
constexpr int gap = 6;
} // namespace

StateLabel::StateLabel(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateLabel::setState(const StateStyle &style)
{
    setState(style, style.word);
}

void StateLabel::setState(const StateStyle &style, const QString &text)
{
    m_style = style;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void StateLabel::setBold(bool bold)
{
    m_bold = bold;
    setFont(bold ? Theme::boldFont(font()) : font());
    updateGeometry();
}

QSize StateLabel::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return {glyphSize + gap + metrics.horizontalAdvance(m_text) + 2,
            std::max(18, metrics.height())};
}

void StateLabel::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::current();
    const StateColors &colors = theme.state(m_style.role);
    QPainter painter(this);
    const QRect all(0, 0, width(), height());
    const QRect glyph =
        QStyle::visualRect(layoutDirection(), all, QRect(0, 0, glyphSize, height()));
    paintGlyph(&painter, glyph, m_style.glyph, colors.text, theme.base, glyphSize);
    painter.setPen(m_style.mutesWord() && !m_bold ? theme.muted : colors.text);
    const QRect words = QStyle::visualRect(
        layoutDirection(), all, QRect(glyphSize + gap, 0, width() - glyphSize - gap, height()));
    painter.drawText(words, static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading), m_text);
}

} // namespace sealbook
