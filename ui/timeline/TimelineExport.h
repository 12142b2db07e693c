// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "ui/timeline/GanttPainter.h"

#include <QImage>
#include <QSet>

namespace sealbook {

// A picture of a timeline for a file: the same stretch of time as on screen, all rows below each
// other instead of those that fit, but for very many. Main thread: fonts and icons are its.
struct TimelinePicture
{
    static constexpr std::size_t mostRows = 500;

    std::shared_ptr<const Timeline> timeline;
    std::vector<quint32> rows; // of the timeline; the first ones are painted
    QSet<QString> folded; // subjects of heads
    GanttPainter::Look look; // as on screen

    [[nodiscard]] QSize size() const;
    [[nodiscard]] bool isCut() const { return rows.size() > mostRows; }
    [[nodiscard]] QImage image(double ratio) const;
    [[nodiscard]] QByteArray svg() const;

private:
    void paint(QPainter &painter, bool isVector) const;
};

} // namespace sealbook
