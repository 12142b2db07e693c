// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QLabel>

namespace sealbook {

// A separator of 1 px in the line colour; carries no meaning.
class Line : public QFrame
{
    Q_OBJECT

public:
    explicit Line(Qt::Orientation orientation, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::Orientation m_orientation;
};

// Labels in the house's sizes and colours, following the palette. Text is selectable where it is a
// fact; `wrap` breaks it over lines.
enum class LabelKind { Body, Bold, Title, Heading, Muted, SectionHead, Mono };
[[nodiscard]] QLabel *makeLabel(LabelKind kind, const QString &text, QWidget *parent,
                                bool wrap = false);

// The text with places to break where it has none, for what others wrote: a word of 200 characters
// would push everything beside it out of the window. For the eye only, not to be copied.
[[nodiscard]] QString breakable(const QString &text);

// Gives `label` a text with a link in it (HTML) that mouse and keyboard reach, in the accent, also
// after light has become dark: Qt keeps the colour that was current when the text was set.
void setLinkText(QLabel *label, const QString &html);

} // namespace sealbook
