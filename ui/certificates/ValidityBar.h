// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/InventoryRow.h"
#include "core/records/Urgency.h"

#include <QWidget>

namespace sealbook {

// The validity of one certificate as a bar with its renewal window hatched, today as a line and
// both dates beneath (look.md section 4). Tells a screen reader the same in words. Owned by the
// pane.
class ValidityBar : public QWidget
{
    Q_OBJECT

public:
    struct Geometry
    {
        QRectF bar;
        QRectF elapsed;
        QRectF late; // from the window's start to today
        QRectF window; // hatched, at least 6 wide
        qreal today = 0;
    };

    explicit ValidityBar(QWidget *parent = nullptr);
    void setCertificate(const InventoryRow &row, Urgency urgency, const QDateTime &now,
                        bool timesLocal);
    [[nodiscard]] Geometry geometryOf(const QRectF &bar) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintLabels(QPainter &painter, const Geometry &g) const;

    double m_used = 0;
    double m_windowStart = 0;
    double m_windowEnd = 0;
    Urgency m_urgency = Urgency::Fine;
    QString m_from;
    QString m_to;
    QString m_renew;
};

} // namespace sealbook
