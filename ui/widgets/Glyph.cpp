// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Glyph.h"

#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <QtMath>

namespace sealbook {

namespace {

// One drawn piece: Fill in the colour, Cut stroked in the knock-out, Line stroked in the colour.
enum class Ink { Fill, Cut, Line };

struct Piece
{
    Ink ink;
    const char *svg; // element without its style
    const char *extra = ""; // further attributes
};

using Pieces = std::vector<Piece>;

Pieces piecesOf(Glyph glyph)
{
    constexpr const char *ring = "<circle cx='8' cy='8' r='6.2'";
    constexpr const char *disc = "<circle cx='8' cy='8' r='6.6'";
    constexpr const char *thin = " stroke-width='1.5'";
    switch (glyph) {
    case Glyph::Overdue:
        return {{Ink::Fill, "<path d='M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z'"},
                {Ink::Cut, "<path d='M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8'"}};
    case Glyph::ActNow:
        return {{Ink::Fill, "<path d='M8 1.8l6.7 12.2H1.3z'"},
                {Ink::Cut, "<path d='M8 6v3.6M8 11.8v.1'"}};
    case Glyph::Soon:
        return {{Ink::Line, ring}, {Ink::Line, "<path d='M8 4.6V8l2.4 1.7'"}};
    case Glyph::Fine:
        return {{Ink::Line, "<path d='M2.8 8.6l3.4 3.4 7-7.6'", " stroke-width='2'"}};
    case Glyph::Retired:
        return {{Ink::Line, ring}, {Ink::Line, "<path d='M5 8h6'"}};
    case Glyph::Served:
        return {{Ink::Fill, disc}, {Ink::Cut, "<path d='M4.9 8.3l2.2 2.2 4-4.5'"}};
    case Glyph::NotYet:
        return {{Ink::Line,
                 "<path d='M3.8 1.8h8.4M3.8 14.2h8.4M4.8 2v2.3L8 8l3.2-3.7V2M4.8 14v-2.3L8 8l3.2 "
                 "3.7V14'",
                 thin}};
    case Glyph::OtherValue:
        return {{Ink::Fill, "<path d='M8 .9L15.1 8 8 15.1.9 8z'"},
                {Ink::Cut, "<path d='M5.3 6.7h5.4M5.3 9.5h5.4M9.7 4.8l-3.4 6.6'",
                 " stroke-width='1.3'"}};
    case Glyph::WrongPlace:
        return {{Ink::Line, "<path d='M3.5 14V7.5a3 3 0 0 1 3-3h6M9.5 1.5l3.2 3-3.2 3'"}};
    case Glyph::Failing:
        return {{Ink::Fill, disc}, {Ink::Cut, "<path d='M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2'"}};
    case Glyph::CannotCheck:
        return {{Ink::Line, ring, " stroke-dasharray='2.6 2.27'"},
                {Ink::Line, "<path d='M4.8 11.2l6.4-6.4'"}};
    case Glyph::NotAsked:
        return {{Ink::Line, "<path d='M4 8h8'"}};
    case Glyph::Drift:
        return {{Ink::Line, "<path d='M2.5 5.8h11M2.5 10.2h11M10.8 2.5l-5.6 11'"}};
    case Glyph::Broad:
        return {{Ink::Line,
                 "<path d='M6.3 9.7L2 14M2 10v4h4M9.7 6.3L14 2M10 2h4v4M2 6V2h4M14 10v4h-4'"}};
    case Glyph::Unproved:
        return {{Ink::Line,
                 "<path d='M8 1.5l5.6 1.9v4.4c0 3.2-2.3 5.5-5.6 6.7-3.3-1.2-5.6-3.5-5.6-6.7V3.4z'",
                 thin},
                {Ink::Line, "<path d='M6.4 6.4c0-1.9 3.2-1.9 3.2 0 0 1.3-1.6 1.2-1.6 2.5M8 11v.1'",
                 thin}};
    case Glyph::Forgotten:
        return {{Ink::Line,
                 "<path d='M7.3 4.7l1.3-1.3a2.9 2.9 0 0 1 4.1 4.1l-1.3 1.3M8.7 11.3l-1.3 1.3a2.9 "
                 "2.9 0 0 1-4.1-4.1l1.3-1.3M4.7 1.8v1.9M1.8 4.7h1.9M11.3 14.2v-1.9M14.2 11.3h-1.9'",
                 thin}};
    case Glyph::Reused:
        return {{Ink::Line, "<rect x='1.8' y='1.8' width='8' height='8'"},
                {Ink::Line, "<path d='M12 6.2h2.2v8H6.2V12'"}};
    case Glyph::RotationDue:
        return {{Ink::Line, "<path d='M13.6 8a5.6 5.6 0 1 1-1.7-4M12.6 1.3v3.2H9.4'"}};
    case Glyph::Revoked:
        return {{Ink::Line, ring}, {Ink::Line, "<path d='M3.7 3.7l8.6 8.6'"}};
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray glyphSvg(Glyph glyph, const QColor &color, const QColor &knockout, bool mirrored)
{
    const QByteArray ink = color.name().toLatin1();
    const QByteArray cut = knockout.name().toLatin1();
    QByteArray svg("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' width='16' "
                   "height='16'><g fill='none' stroke-width='1.7' stroke-linecap='round' "
                   "stroke-linejoin='round'");
    if (mirrored)
        svg += " transform='translate(16 0) scale(-1 1)'";
    svg += '>';
    for (const Piece &piece : piecesOf(glyph)) {
        svg += piece.svg;
        if (piece.ink == Ink::Fill)
            svg += " fill='" + ink + "' stroke='none'";
        else
            svg += " stroke='" + (piece.ink == Ink::Cut ? cut : ink) + "'";
        svg += piece.extra;
        svg += "/>";
    }
    svg += "</g></svg>";
    return svg;
}

QPixmap glyphPixmap(Glyph glyph, const QColor &color, const QColor &knockout, int size, qreal ratio,
                    bool mirrored)
{
    const QString key = QStringLiteral("sealbook-glyph:%1:%2:%3:%4:%5:%6")
                            .arg(static_cast<int>(glyph))
                            .arg(color.name(), knockout.name())
                            .arg(size)
                            .arg(ratio)
                            .arg(mirrored);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int pixels = qCeil(size * ratio);
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(glyphSvg(glyph, color, knockout, mirrored));
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintGlyph(QPainter *painter, const QRectF &where, Glyph glyph, const QColor &color,
                const QColor &knockout, int size)
{
    // Only this one shows a direction; check, clock and hourglass do not mirror.
    const bool mirrored =
        glyph == Glyph::WrongPlace && painter->layoutDirection() == Qt::RightToLeft;
    const QPixmap pixmap =
        glyphPixmap(glyph, color, knockout, size, painter->device()->devicePixelRatioF(), mirrored);
    const QPointF corner(where.center().x() - size / 2.0, where.center().y() - size / 2.0);
    painter->drawPixmap(corner, pixmap);
}

} // namespace sealbook
