// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRect>
#include <QString>

class QWidget;

namespace sealbook {

// What a widget that paints its parts itself tells screen readers about them: they become children
// of the widget, with a name, a place and an action. Implemented by the widget, beside QWidget; it
// calls speakForParts() in its constructor and tellCurrentPart() when the current one changes.
class PaintedParts
{
public:
    virtual ~PaintedParts() = default;

    [[nodiscard]] virtual int partCount() const = 0;
    [[nodiscard]] virtual QString partName(int index) const = 0; // translated
    [[nodiscard]] virtual QRect partRect(int index) const = 0; // in the widget; may be outside it
    [[nodiscard]] virtual int partAt(const QPoint &where) const = 0; // -1 for none
    [[nodiscard]] virtual int currentPart() const = 0; // the one with the focus; -1 for none
    [[nodiscard]] virtual bool isPartChosen(int index) const = 0;
    virtual void activatePart(int index) = 0; // as Enter does
};

// Makes Qt ask widgets that are PaintedParts for their parts.
void speakForParts();
// Says that another part has the focus.
void tellCurrentPart(QWidget *widget);

} // namespace sealbook
