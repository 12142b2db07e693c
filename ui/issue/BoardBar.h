// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/BoardRow.h"

#include <QWidget>

#include <vector>

namespace sealbook {

// One segment for each authoritative address, in the order of the rows: served is filled, waiting
// is outlined, what cannot be checked is dashed. 8 px high. Its geometry is a plain list that tests
// read.
class BoardBar : public QWidget
{
    Q_OBJECT

public:
    struct Segment
    {
        QRectF rect;
        Verdict verdict;
        QString spoken;
    };

    explicit BoardBar(QWidget *parent = nullptr);
    void setBoard(const BoardState &board);
    [[nodiscard]] std::vector<Segment> segments() const; // for the present width
    [[nodiscard]] QSize sizeHint() const override { return {200, 8}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    std::vector<std::pair<Verdict, QString>> m_addresses;
};

} // namespace sealbook
