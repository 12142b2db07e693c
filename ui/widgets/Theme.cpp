// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Theme.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>
#include <QWidget>

#include <cmath>

namespace sealbook {

namespace {

constexpr double readable = 4.5; // WCAG 2, level AA for text

struct OwnColors
{
    QRgb text, fill, tint;
};

// The measured table of the design; order as in StateRole.
constexpr std::array<OwnColors, stateRoleCount> lightStates{{
    {0xFFB0122F, 0xFFCB2A44, 0xFFFBE8EA},
    {0xFF9F4600, 0xFFC86404, 0xFFFCEDDD},
    {0xFF745800, 0xFFA27B00, 0xFFF9F1D0},
    {0xFF1A6B36, 0xFF2A8C4C, 0xFFE3F2E7},
    {0xFF6040B0, 0xFF7B5CCF, 0xFFEEE9FA},
    {0xFF565F68, 0xFF808991, 0xFFE9ECEE},
}};
constexpr std::array<OwnColors, stateRoleCount> darkStates{{
    {0xFFFF929B, 0xFFEE6C79, 0xFF44252B},
    {0xFFFFA866, 0xFFEB9147, 0xFF422C1A},
    {0xFFE6C75C, 0xFFCDAE45, 0xFF3A3218},
    {0xFF7AD191, 0xFF5BB877, 0xFF1D3727},
    {0xFFC0ACFF, 0xFFA48DF2, 0xFF312A4A},
    {0xFFA7AFB7, 0xFF747D86, 0xFF31363B},
}};

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF())
        + 0.0722 * channel(color.blueF());
}

double worstContrast(const QColor &color, const QList<QColor> &surfaces)
{
    double worst = 21.0;
    for (const QColor &surface : surfaces)
        worst = std::min(worst, contrast(color, surface));
    return worst;
}

// Moves `color` towards `text` until it can be read on all `surfaces`. A palette of few colours
// (high contrast) ends at the text itself: glyph and word are enough then.
QColor madeReadable(const QColor &color, const QColor &text, const QList<QColor> &surfaces)
{
    for (int step = 0; step < 10; ++step) {
        const QColor candidate = mixed(text, color, step / 10.0);
        if (worstContrast(candidate, surfaces) >= readable)
            return candidate;
    }
    return text;
}

// Gives a widget colours of the theme again whenever the palette changes. Owned by the widget it
// watches, and alone there: the newest one decides; two would take turns for ever.
class PaletteFollower final : public QObject
{
public:
    using Paint = std::function<void(QPalette &, const Theme &)>;

    PaletteFollower(QWidget *widget, Paint paint)
        : QObject(widget)
        , m_widget(widget)
        , m_paint(std::move(paint))
    {
        const QObjectList siblings = widget->children();
        for (QObject *child : siblings) {
            if (child != this && dynamic_cast<PaletteFollower *>(child) != nullptr)
                delete child;
        }
        widget->installEventFilter(this);
        apply();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == m_widget
            && (event->type() == QEvent::ApplicationPaletteChange
                || event->type() == QEvent::PaletteChange))
            apply();
        return false;
    }

private:
    void apply()
    {
        QPalette palette = m_widget->palette();
        m_paint(palette, Theme::current());
        if (palette != m_widget->palette()) // or it would never end
            m_widget->setPalette(palette);
    }

    QWidget *m_widget;
    Paint m_paint;
};

// On a surface of Base a label takes its colour from Text, else from WindowText.
void paintText(QPalette &palette, const QColor &color)
{
    palette.setColor(QPalette::WindowText, color);
    palette.setColor(QPalette::Text, color);
}

QFont scaled(const QFont &body, double factor, bool bold)
{
    QFont font = body;
    const double pixels = QFontInfo(body).pixelSize() * factor;
    font.setPixelSize(std::max(11, static_cast<int>(std::lround(pixels))));
    font.setBold(bold);
    return font;
}

} // namespace

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor mixed(const QColor &top, const QColor &bottom, double share)
{
    const auto part = [share](double above, double below) {
        return static_cast<float>(std::clamp(above * share + below * (1.0 - share), 0.0, 1.0));
    };
    return QColor::fromRgbF(part(top.redF(), bottom.redF()), part(top.greenF(), bottom.greenF()),
                            part(top.blueF(), bottom.blueF()));
}

bool Theme::isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Active, QPalette::Window))
        < luminance(palette.color(QPalette::Active, QPalette::WindowText));
}

Theme Theme::of(const QPalette &palette)
{
    const auto role = [&palette](QPalette::ColorRole which) {
        return palette.color(QPalette::Active, which);
    };
    Theme theme;
    theme.dark = isDark(palette);
    theme.window = role(QPalette::Window);
    theme.base = role(QPalette::Base);
    theme.text = role(QPalette::Text);
    theme.header = mixed(theme.window, theme.base, theme.dark ? 1.0 : 0.75);
    if (theme.dark)
        theme.header = mixed(theme.text, theme.window, 0.03);
    theme.line = mixed(theme.text, theme.base, theme.dark ? 0.16 : 0.18);
    theme.outline = mixed(theme.text, theme.base, theme.dark ? 0.45 : 0.56);
    theme.track = mixed(theme.text, theme.base, theme.dark ? 0.13 : 0.12);
    theme.trackOutline = mixed(theme.text, theme.base, theme.dark ? 0.54 : 0.61);
    theme.selectionInactive = mixed(theme.text, theme.base, 0.10);

    const auto &own = theme.dark ? darkStates : lightStates;
    const QList<QColor> plain{theme.base, theme.window, theme.header, theme.selectionInactive};
    for (std::size_t i = 0; i < own.size(); ++i) {
        StateColors &state = theme.states.at(i);
        state.tint = QColor(own.at(i).tint);
        QList<QColor> surfaces = plain;
        if (contrast(theme.text, state.tint) >= readable)
            surfaces.append(state.tint);
        else
            state.tint = theme.base;
        state.text = madeReadable(QColor(own.at(i).text), theme.text, surfaces);
        state.fill = QColor(own.at(i).fill);
    }
    QList<QColor> surfaces = plain;
    surfaces.append(theme.base);
    theme.muted = madeReadable(mixed(theme.text, theme.base, 0.72), theme.text, surfaces);

    const QColor highlight = role(QPalette::Highlight);
    theme.accent = madeReadable(highlight, theme.text, plain);
    for (double share = theme.dark ? 0.22 : 0.16; share > 0.02; share -= 0.02) {
        theme.selection = mixed(highlight, theme.base, share);
        bool allReadable = contrast(theme.muted, theme.selection) >= readable;
        for (const StateColors &state : theme.states)
            allReadable = allReadable && contrast(state.text, theme.selection) >= readable;
        if (allReadable)
            break;
    }
    if (contrast(theme.accent, theme.selection) < readable) {
        surfaces.append(theme.selection);
        theme.accent = madeReadable(theme.accent, theme.text, surfaces);
    }
    return theme;
}

Theme Theme::current()
{
    return of(QGuiApplication::palette());
}

QFont Theme::headingFont(const QFont &body)
{
    return scaled(body, 1.54, true);
}

QFont Theme::titleFont(const QFont &body)
{
    return scaled(body, 1.23, true);
}

QFont Theme::boldFont(const QFont &body)
{
    return scaled(body, 1.0, true);
}

QFont Theme::smallFont(const QFont &body)
{
    return scaled(body, 0.92, false);
}

QFont Theme::tinyFont(const QFont &body)
{
    return scaled(body, 0.85, false);
}

QFont Theme::monoFont(const QFont &body)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(
        std::max(11, static_cast<int>(std::lround(QFontInfo(body).pixelSize() * 0.92))));
    return font;
}

void Theme::tintSelection(QAbstractItemView *view)
{
    new PaletteFollower(view, [](QPalette &palette, const Theme &theme) {
        palette.setColor(QPalette::Active, QPalette::Highlight, theme.selection);
        palette.setColor(QPalette::Inactive, QPalette::Highlight, theme.selectionInactive);
        palette.setColor(QPalette::HighlightedText, theme.text);
    });
}

void Theme::setMuted(QWidget *label)
{
    new PaletteFollower(
        label, [](QPalette &palette, const Theme &theme) { paintText(palette, theme.muted); });
}

void Theme::setState(QWidget *label, StateRole role)
{
    new PaletteFollower(label, [role](QPalette &palette, const Theme &theme) {
        paintText(palette, theme.state(role).text);
    });
}

void Theme::setBaseSurface(QWidget *widget)
{
    widget->setAutoFillBackground(true);
    widget->setBackgroundRole(QPalette::Base);
}

void Theme::setWindowSurface(QWidget *widget)
{
    widget->setAutoFillBackground(true);
    widget->setBackgroundRole(QPalette::Window);
}

} // namespace sealbook
