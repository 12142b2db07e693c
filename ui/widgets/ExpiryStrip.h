// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/ExpiryWeeks.h"
#include "ui/widgets/PaintedParts.h"
#include "ui/widgets/StateStyle.h"

#include <QCoreApplication>
#include <QWidget>

#include <vector>

namespace sealbook {

// Where the strip's parts lie and what they say, apart from painting, so that tests read it without
// pixels. Mirrored for right-to-left: time runs from right to left then.
struct ExpiryStripLayout
{
    Q_DECLARE_TR_FUNCTIONS(ExpiryStripLayout)

public:
    struct Segment // of the foot
    {
        QRectF rect;
        Urgency urgency = Urgency::Fine;
    };
    struct Cell
    {
        QRectF rect;
        QRectF label;
        QRectF dates; // of credentials, at the label's end: key and number; empty without any, and
                      // where there is no room
        QRectF count;
        QRectF state; // glyph, number and word
        QString labelText; // "23 Nov"
        QString countText;
        StateStyle style; // of its worst certificate
        QString stateText; // "2 act now"; only "2" where the word does not fit; empty without any
        int credentialDates = 0;
        bool isTinted = false;
        std::vector<Segment> foot;
        QString spoken; // "week of 23 November: 9 certificates, 2 act now, 1 credential date"
    };
    [[nodiscard]] static ExpiryStripLayout of(const ExpiryWeeks &weeks, const QRectF &where,
                                              const QFont &body, bool mirrored);

    std::vector<Cell> cells; // as in ExpiryWeeks
};

// The expiry strip: what is over, 13 calendar weeks, and all later, each as a cell with its count
// and worst state. A click or Enter asks for what is in a cell, Ctrl adds one. What is counted and
// what comes of the wish is its page's: the page counts what its question finds without the strip's
// own term, and adds or takes away that term. Owned by its page.
class ExpiryStrip : public QWidget, public PaintedParts
{
    Q_OBJECT

public:
    explicit ExpiryStrip(QWidget *parent = nullptr);

    void setWeeks(const ExpiryWeeks &weeks);
    [[nodiscard]] const ExpiryWeeks &weeks() const { return m_weeks; }
    // Shows the cells of this term as chosen; any other text chooses none. Tells nobody.
    void setTerm(const QString &term);
    [[nodiscard]] QString term() const { return m_weeks.term(m_chosen); }
    [[nodiscard]] ExpiryWeeks::Cells chosen() const { return m_chosen; }
    // Without it a cell is never chosen: termWanted() leads to another page.
    void setKeepsChoice(bool keeps) { m_keepsChoice = keeps; }

    [[nodiscard]] ExpiryStripLayout layoutNow() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    [[nodiscard]] int partCount() const override { return ExpiryWeeks::cellCount; }
    [[nodiscard]] QString partName(int index) const override;
    [[nodiscard]] QRect partRect(int index) const override;
    [[nodiscard]] int partAt(const QPoint &where) const override;
    [[nodiscard]] int currentPart() const override { return m_current; }
    [[nodiscard]] bool isPartChosen(int index) const override;
    void activatePart(int index) override { choose(index, false); }

Q_SIGNALS:
    // The condition that was asked for, "" for none any more; see ExpiryWeeks::term().
    void termWanted(const QString &term);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    void choose(int index, bool adds);
    void setCurrent(int index);
    void paintCell(QPainter &painter, const ExpiryStripLayout::Cell &cell, int index) const;
    void paintWords(QPainter &painter, const ExpiryStripLayout::Cell &cell,
                    const QColor &surface) const;

    ExpiryWeeks m_weeks;
    ExpiryWeeks::Cells m_chosen;
    bool m_keepsChoice = true;
    int m_current = ExpiryWeeks::thisWeekCell;
};

} // namespace sealbook
