// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProxyStyle>

class QHeaderView;

namespace sealbook {

// The head of a table as the house shows it: 26 px, small, and its words where RowDelegate puts
// those of the cells below: 12 px in the first column, 6 in the others. Owned by its header.
class HeaderStyle : public QProxyStyle
{
    Q_OBJECT

public:
    static void dress(QHeaderView *header); // which is in its view already
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
};

} // namespace sealbook
