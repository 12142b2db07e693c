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
    // `rest` is evidence behind the words, in the colour of text.
    void setState(const StateStyle &style, const QString &words, const QString &rest = {});
    void setBold(bool bold);
    [[nodiscard]] QString text() const;
    [[nodiscard]] StateStyle style() const { return m_style; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateStyle m_style;
    QString m_words;
    QString m_rest;
    bool m_bold = false;
};

} // namespace sealbook
