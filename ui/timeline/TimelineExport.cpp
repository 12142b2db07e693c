// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/TimelineExport.h"

#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

namespace sealbook {

QSize TimelinePicture::size() const
{
    const auto count = static_cast<int>(std::min(rows.size(), mostRows));
    return {look.gutter + look.chart.width(),
            GanttPainter::axisHeight + count * GanttPainter::rowHeight};
}

void TimelinePicture::paint(QPainter &painter, bool isVector) const
{
    GanttPainter::Look own = look;
    own.isVector = isVector;
    own.chart = QRect(look.mirrored ? 0 : look.gutter, GanttPainter::axisHeight, look.chart.width(),
                      size().height() - GanttPainter::axisHeight);
    const GanttPainter paint(*timeline, own);
    painter.fillRect(QRect(QPoint(), size()), own.theme.base);
    int top = GanttPainter::axisHeight;
    for (std::size_t i = 0; i < std::min(rows.size(), mostRows); ++i) {
        const TimelineRow &row = timeline->rows[rows[i]];
        paint.row(painter, row, top, GanttPainter::Mark::None, folded.contains(row.subject));
        top += GanttPainter::rowHeight;
    }
    paint.today(painter, GanttPainter::axisHeight, top);
    paint.axis(painter, QRect(0, 0, size().width(), GanttPainter::axisHeight));
}

QImage TimelinePicture::image(double ratio) const
{
    QImage image(size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    paint(painter, false);
    return image;
}

QByteArray TimelinePicture::svg() const
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size());
    generator.setResolution(90); // at which a pixel is a unit of the file
    generator.setViewBox(QRect(QPoint(), size()));
    generator.setTitle(QStringLiteral("Sealbook"));
    QPainter painter(&generator);
    paint(painter, true);
    painter.end();
    return bytes;
}

} // namespace sealbook
