// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QPixmap>

#include <array>

class QPainter;

namespace sealbook {

// The small pictures that stand before a state's word. All differ by shape, so they read in grey.
enum class Glyph {
    Overdue,
    ActNow,
    Soon,
    Fine, // fine, ok, done, verified
    Retired,
    Served,
    NotYet, // not yet, running, being issued
    OtherValue,
    WrongPlace,
    Failing,
    CannotCheck,
    NotAsked, // no verdict
    Drift,
    Broad,
    Unproved,
    Forgotten,
    Reused,
    RotationDue,
    Revoked
};
inline constexpr int glyphCount = static_cast<int>(Glyph::Revoked) + 1;

// The glyph as an SVG document of 16 x 16. `knockout` is what is cut out of filled ones.
[[nodiscard]] QByteArray glyphSvg(Glyph glyph, const QColor &color, const QColor &knockout,
                                  bool mirrored = false);
// Cached by glyph, colours, size and ratio. Main thread.
[[nodiscard]] QPixmap glyphPixmap(Glyph glyph, const QColor &color, const QColor &knockout,
                                  int size, qreal ratio, bool mirrored = false);
// Paints it centred into `where`, `size` pixels high and wide.
void paintGlyph(QPainter *painter, const QRectF &where, Glyph glyph, const QColor &color,
                const QColor &knockout, int size = 14);

} // namespace sealbook
