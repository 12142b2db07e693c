// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/StateStyle.h"

#include <QWidget>

namespace sealbook {

// A state as glyph and word, in the role's colour; the word of a good state is muted. Follows the
// palette by itself.
class StateLabel : public QWidget
{
    Q_OBJECT

public:
    explicit StateLabel(QWidget *parent = nullptr);
    void setState(const StateStyle &style); // shows style.word
    void setState(const StateStyle &style, const QString &text);
    void setBold(bool bold);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] StateStyle style() const { return m_style; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateStyle m_style;
    QString m_text;
    bool m_bold = false;
};

} // namespace sealbook
