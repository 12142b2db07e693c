// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

#include <array>

class QAbstractItemView;
class QWidget;

namespace sealbook {

// What a state means to a person; the only own colours of the house.
enum class StateRole { Crit, Act, Warn, Ok, Wait, Off };
inline constexpr int stateRoleCount = 6;

struct StateColors
{
    QColor text; // glyph and word: at least 4.5 : 1 on every surface and on its own tint
    QColor fill; // bars
    QColor tint; // strip cells and bar bodies
};

// The surface and text colours of the house, computed from the palette that is in force: the
// platform's own colours stay, and only what a palette has no role for is made from it. A value;
// make it anew on QEvent::PaletteChange, never keep it.
struct Theme
{
    [[nodiscard]] static Theme of(const QPalette &palette);
    // Of the application's palette. What paints itself uses this one: a view's own palette holds
    // the tinted selection already.
    [[nodiscard]] static Theme current();
    [[nodiscard]] static bool isDark(const QPalette &palette);

    bool dark = false;
    QColor window; // navigation, tool bars, status bar
    QColor base; // views, panes, edits
    QColor header; // column and group heads
    QColor text;
    QColor muted; // second lines and labels; at least 4.5 : 1 everywhere
    QColor line; // separators
    QColor outline; // of controls
    QColor accent; // links, focus, current step, today
    QColor selection; // a tint, never a solid fill; text stays `text`
    QColor selectionInactive;
    QColor track;
    QColor trackOutline;
    std::array<StateColors, stateRoleCount> states;
    [[nodiscard]] const StateColors &state(StateRole role) const
    {
        return states.at(static_cast<std::size_t>(role));
    }

    // Sizes are factors of the system's font, never under 11 px.
    [[nodiscard]] static QFont headingFont(const QFont &body); // 20 px, bold
    [[nodiscard]] static QFont titleFont(const QFont &body); // 16 px, bold
    [[nodiscard]] static QFont boldFont(const QFont &body);
    [[nodiscard]] static QFont smallFont(const QFont &body); // 12 px: second lines, labels
    [[nodiscard]] static QFont tinyFont(const QFont &body); // 11 px
    [[nodiscard]] static QFont monoFont(const QFont &body); // 12 px

    // Gives a view the tint as its selection, so that state colours stay readable in it.
    // RowDelegate does the same by itself.
    static void tintSelection(QAbstractItemView *view);
    // Makes a label's text muted, and keeps it so when the palette changes.
    static void setMuted(QWidget *label);
    // The same in a state's colour.
    static void setState(QWidget *label, StateRole role);
    // The surface that a widget lies on, kept when the palette changes.
    static void setBaseSurface(QWidget *widget);
    static void setWindowSurface(QWidget *widget);
};

// WCAG 2 contrast of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);
// `share` of `top` over `bottom`, opaque.
[[nodiscard]] QColor mixed(const QColor &top, const QColor &bottom, double share);

} // namespace sealbook
