// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/Urgency.h"
#include "ui/widgets/Theme.h"

#include <QRectF>

class QPainter;

namespace sealbook {

// The share-of-life bar of a certificate (look.md section 4): grey up to the start of the renewal
// window, a tick there, and only the time after it in the state's colour, so that colour means
// lateness. Geometry apart from painting, so that tests read it without pixels.
struct LifeBar
{
    // `used` and `window` are shares of life, 0 to 1. Mirrored for right-to-left.
    [[nodiscard]] static LifeBar in(const QRectF &where, double used, double window, bool mirrored);
    void paint(QPainter &painter, const Theme &theme, Urgency urgency) const;

    QRectF track;
    QRectF elapsed; // before the window; may be empty
    QRectF late; // after its start; may be empty
    qreal tick = 0; // x of the window's start
};

} // namespace sealbook
