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

void StateLabel::setState(const StateStyle &style, const QString &words, const QString &rest)
{
    m_style = style;
    m_words = words;
    m_rest = rest;
    setAccessibleName(text());
    updateGeometry();
    update();
}

QString StateLabel::text() const
{
    return m_rest.isEmpty() ? m_words : tr("%1  %2", "state and evidence").arg(m_words, m_rest);
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
    return {glyphSize + gap + metrics.horizontalAdvance(text()) + 2,
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
    const int leading =
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading))
        | static_cast<int>(Qt::AlignVCenter);
    const auto place = [&](int from) {
        return QStyle::visualRect(layoutDirection(), all, QRect(from, 0, width() - from, height()));
    };
    painter.setPen(m_style.mutesWord() && !m_bold ? theme.muted : colors.text);
    const int start = glyphSize + gap;
    painter.drawText(place(start), leading, m_words);
    if (m_rest.isEmpty())
        return;
    painter.setPen(theme.text);
    painter.drawText(place(start + fontMetrics().horizontalAdvance(m_words + QLatin1String("  "))),
                     leading, m_rest);
}

} // namespace sealbook
