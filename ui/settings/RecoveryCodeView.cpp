// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/RecoveryCodeView.h"

#include "ui/widgets/Theme.h"

#include <QPainter>

namespace sealbook {

namespace {
constexpr int groupSize = 5;
constexpr int mostCharacters = 40; // with separators; a code has 27
constexpr int padding = 12;

QFont codeFont(const QFont &body)
{
    QFont font = Theme::monoFont(body);
    font.setPixelSize(QFontMetrics(Theme::titleFont(body)).ascent() + 4);
    return font;
}
} // namespace

RecoveryCodeView::RecoveryCodeView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("recoveryCode"));
    setAccessibleName(tr("Recovery code, shown on the screen only"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void RecoveryCodeView::show(Secret code)
{
    m_code = std::move(code);
    updateGeometry();
    setVisible(!m_code.isEmpty());
    update();
}

void RecoveryCodeView::forget()
{
    m_code = Secret();
    hide();
}

QSize RecoveryCodeView::sizeHint() const
{
    const QFontMetrics metrics(codeFont(font()));
    return {metrics.horizontalAdvance(QLatin1Char('0')) * mostCharacters + 2 * padding,
            metrics.height() + 2 * padding};
}

void RecoveryCodeView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.header);
    painter.setPen(theme.line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.setPen(theme.text);
    const QFont font = codeFont(this->font());
    painter.setFont(font);
    const QFontMetrics metrics(font);
    const int step = metrics.horizontalAdvance(QLatin1Char('0'));
    int x = padding;
    int count = 0;
    // Character by character, so that no string of the whole exists.
    for (const char c : m_code.text()) {
        if (c == '-' || c == ' ')
            continue;
        if (count > 0 && count % groupSize == 0)
            x += step;
        painter.drawText(x, padding + metrics.ascent(), QString(QLatin1Char(c)));
        x += step;
        ++count;
    }
}

} // namespace sealbook
