// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/IconSet.h"
#include "ui/widgets/StateStyle.h"

#include <QLabel>

#include <variant>

namespace sealbook {

// A house icon or a state's glyph as a picture of fixed size, in the colours of the palette in
// force. Decoration: what it means stands in words beside it.
class SymbolLabel : public QLabel
{
    Q_OBJECT

public:
    explicit SymbolLabel(QWidget *parent = nullptr, int size = 16);
    void setIcon(const QString &name, IconTone tone);
    void setGlyph(Glyph glyph, StateRole role);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Icon
    {
        QString name;
        IconTone tone;
    };
    struct State
    {
        Glyph glyph;
        StateRole role;
    };
    int m_size;
    std::variant<std::monostate, Icon, State> m_what;
};

} // namespace sealbook
