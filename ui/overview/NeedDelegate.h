// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

namespace sealbook {

// Where the parts of one need lie in its row, apart from painting, so that tests read it without
// pixels. Mirrored for right-to-left.
struct NeedLine
{
    struct Widths // of the columns at the end, from the longest words of the language
    {
        int kind = 0; // icon and word
        int due = 0;
        int button = 0;
    };
    [[nodiscard]] static NeedLine in(const QRect &row, const Widths &widths,
                                     const QFontMetrics &body, const QFontMetrics &small,
                                     Qt::LayoutDirection direction);

    QRect glyph;
    QRect title;
    QRect reason;
    QRect kindIcon; // empty where the row is too narrow for the kind
    QRect kind;
    QRect due;
    QRect button;
};

// Paints the rows of NeedModel: glyph, title over reason, kind, day, and the one act as a button.
// Owned by its view.
class NeedDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit NeedDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    [[nodiscard]] NeedLine line(const QStyleOptionViewItem &option, const QModelIndex &index) const;

    // The row whose button the mouse is over, and whether it is pressed there.
    void setHovered(const QModelIndex &index, bool pressed);
    [[nodiscard]] QModelIndex hovered() const { return m_hovered; }

private:
    void paintLine(QPainter *painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const;
    void paintButton(QPainter *painter, const QRect &where, const QStyleOptionViewItem &option,
                     const QModelIndex &index) const;

    QPersistentModelIndex m_hovered;
    bool m_isPressed = false;
};

} // namespace sealbook
