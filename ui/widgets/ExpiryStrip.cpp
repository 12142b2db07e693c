// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ExpiryStrip.h"

#include "ui/widgets/IconSet.h"
#include "ui/widgets/TimeText.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <cmath>

namespace sealbook {

namespace {

constexpr qreal cellHeight = 60;
constexpr qreal marginAbove = 8; // of the 76 px of the whole strip
constexpr qreal marginBefore = 16;
constexpr qreal marginAfter = 12;
constexpr qreal gap = 8;
constexpr qreal padding = 6;
constexpr qreal footHeight = 4;
constexpr int glyphSize = 11;
constexpr qreal glyphGap = 2;
constexpr int keySize = 11;
constexpr qreal labelGap = 3; // before the credentials' dates
constexpr qreal leastCell = 44;

// The word of a state in a cell: what is over is "expired" there, as the cell's name says overdue.
QString wordOf(const ExpiryWeeks::Cell &cell, int index)
{
    const Urgency worst = cell.worst();
    if (index == ExpiryWeeks::overdueCell && worst == Urgency::Overdue)
        return ExpiryStripLayout::tr("expired");
    return styleOf(worst).word;
}

QString spokenText(const ExpiryWeeks &weeks, int index)
{
    const ExpiryWeeks::Cell &cell = weeks.cell(index);
    QStringList parts;
    parts << (cell.certificates() == 0
                  ? ExpiryStripLayout::tr("no certificates")
                  : ExpiryStripLayout::tr("%n certificates", nullptr, cell.certificates()));
    for (const Urgency urgency : {Urgency::Overdue, Urgency::ActNow, Urgency::Soon}) {
        if (cell.count(urgency) > 0 && index != ExpiryWeeks::overdueCell)
            parts << ExpiryStripLayout::tr("%1 %2", "count, state")
                         .arg(cell.count(urgency))
                         .arg(styleOf(urgency).word);
    }
    if (cell.credentialDates > 0)
        parts << ExpiryStripLayout::tr("%n credential dates", nullptr, cell.credentialDates);
    const QString date = QLocale().toString(weeks.monday(index), QStringLiteral("d MMMM"));
    const QString name = index == ExpiryWeeks::overdueCell ? ExpiryStripLayout::tr("overdue")
        : index == ExpiryWeeks::laterCell ? ExpiryStripLayout::tr("from %1").arg(date)
                                          : ExpiryStripLayout::tr("week of %1").arg(date);
    return ExpiryStripLayout::tr("%1: %2", "cell of the strip, what is in it")
        .arg(name, parts.join(QStringLiteral(", ")));
}

} // namespace

ExpiryStripLayout ExpiryStripLayout::of(const ExpiryWeeks &weeks, const QRectF &where,
                                        const QFont &body, bool mirrored)
{
    const QFontMetrics tiny(Theme::tinyFont(body));
    const qreal lineHeight = tiny.height();
    const int largest = std::max(1, weeks.largestWeek());
    const auto datesWidth = [&](int dates) {
        return dates == 0
            ? 0.0
            : tiny.horizontalAdvance(QLocale().toString(dates)) + 3.0 + keySize + labelGap;
    };
    // "Overdue" is the longest name: its cell may take from that of what is later.
    const qreal width = (where.width() - 2 * gap) / ExpiryWeeks::cellCount;
    const int lateDates = weeks.cell(ExpiryWeeks::overdueCell).credentialDates;
    const qreal overdue = std::round(
        std::clamp(tiny.horizontalAdvance(tr("Overdue")) + datesWidth(lateDates) + 2 * padding,
                   width, 1.15 * width));
    const auto visual = [&](const QRectF &rect) {
        if (!mirrored)
            return rect;
        return QRectF(where.left() + where.right() - rect.right(), rect.top(), rect.width(),
                      rect.height());
    };
    ExpiryStripLayout layout;
    for (int i = 0; i < ExpiryWeeks::cellCount; ++i) {
        const ExpiryWeeks::Cell &counted = weeks.cell(i);
        const bool isWeek = i != ExpiryWeeks::overdueCell && i != ExpiryWeeks::laterCell;
        // Whole pixels, so that neighbours share one line.
        const qreal weeksLeft = where.left() + overdue + gap;
        qreal left = where.left();
        qreal right = left + overdue;
        if (i != ExpiryWeeks::overdueCell) {
            left = weeksLeft + std::round((i - 1) * width);
            right = weeksLeft + std::round(i * width);
        }
        if (i == ExpiryWeeks::laterCell) {
            left += gap;
            right = where.right();
        }
        const QRectF logical(left, where.top(), right - left, where.height());
        const qreal inner = logical.width() - 2 * padding;
        Cell cell;
        cell.rect = visual(logical);
        cell.label = visual({left + padding, where.top() + 4, inner, lineHeight});
        cell.count = visual({left + padding, where.top() + 18, inner, 20});
        cell.state = visual({left + padding, where.bottom() - footHeight - lineHeight - 3,
                             inner + padding - 1, lineHeight});
        cell.labelText = i == ExpiryWeeks::overdueCell ? tr("Overdue")
            : i == ExpiryWeeks::laterCell              ? tr("Later")
                                                       : TimeText::dayMonth(weeks.monday(i));
        cell.countText = QLocale().toString(counted.certificates());
        cell.credentialDates = counted.credentialDates;
        const qreal dates = datesWidth(counted.credentialDates);
        if (dates > 0 && tiny.horizontalAdvance(cell.labelText) + dates <= inner + 2)
            cell.dates = visual({left + padding + inner - dates + labelGap, where.top() + 4,
                                 dates - labelGap, lineHeight});
        const Urgency worst = counted.worst();
        cell.style = styleOf(worst);
        cell.isTinted = worst != Urgency::Fine;
        if (counted.certificates() > 0) {
            const QString word = wordOf(counted, i);
            const QString number = QLocale().toString(counted.count(worst));
            const bool saysNumber = worst != Urgency::Fine && worst != Urgency::Overdue;
            cell.stateText = saysNumber ? tr("%1 %2", "count, state").arg(number, word) : word;
            if (tiny.horizontalAdvance(cell.stateText) > cell.state.width() - glyphSize - glyphGap)
                cell.stateText = number;
        }
        qreal x = left + 1;
        for (const Urgency urgency :
             {Urgency::Overdue, Urgency::ActNow, Urgency::Soon, Urgency::Fine}) {
            if (!isWeek || counted.count(urgency) == 0)
                continue;
            const qreal part = (logical.width() - 2) * counted.count(urgency) / largest;
            cell.foot.push_back(
                {visual({x, where.bottom() - footHeight - 1, part, footHeight}), urgency});
            x += part;
        }
        cell.spoken = spokenText(weeks, i);
        layout.cells.push_back(std::move(cell));
    }
    return layout;
}

ExpiryStrip::ExpiryStrip(QWidget *parent)
    : QWidget(parent)
    , m_weeks(0)
{
    speakForParts();
    setObjectName(QStringLiteral("expiryStrip"));
    setAccessibleName(tr("What expires when"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    Theme::setWindowSurface(this);
}

void ExpiryStrip::setWeeks(const ExpiryWeeks &weeks)
{
    if (weeks == m_weeks)
        return;
    const QString kept = term();
    m_weeks = weeks;
    setTerm(kept); // on Monday the cells mean other days
    update();
}

void ExpiryStrip::setTerm(const QString &term)
{
    const ExpiryWeeks::Cells cells = m_keepsChoice ? m_weeks.cellsOf(term) : ExpiryWeeks::Cells();
    if (cells == m_chosen)
        return;
    m_chosen = cells;
    update();
}

ExpiryStripLayout ExpiryStrip::layoutNow() const
{
    const bool mirrored = isRightToLeft();
    const QRectF where = QRectF(rect()).adjusted(mirrored ? marginAfter : marginBefore, marginAbove,
                                                 mirrored ? -marginBefore : -marginAfter,
                                                 -(height() - marginAbove - cellHeight));
    return ExpiryStripLayout::of(m_weeks, where, font(), mirrored);
}

QSize ExpiryStrip::sizeHint() const
{
    return {1000, static_cast<int>(cellHeight + 2 * marginAbove)};
}

QSize ExpiryStrip::minimumSizeHint() const
{
    return {static_cast<int>(ExpiryWeeks::cellCount * leastCell), sizeHint().height()};
}

QString ExpiryStrip::partName(int index) const
{
    return spokenText(m_weeks, index);
}

QRect ExpiryStrip::partRect(int index) const
{
    return layoutNow().cells.at(static_cast<std::size_t>(index)).rect.toAlignedRect();
}

int ExpiryStrip::partAt(const QPoint &where) const
{
    const ExpiryStripLayout layout = layoutNow();
    for (std::size_t i = 0; i < layout.cells.size(); ++i) {
        if (layout.cells[i].rect.contains(where))
            return static_cast<int>(i);
    }
    return -1;
}

bool ExpiryStrip::isPartChosen(int index) const
{
    return m_chosen.test(static_cast<std::size_t>(index));
}

void ExpiryStrip::choose(int index, bool adds)
{
    setCurrent(index);
    const auto at = static_cast<std::size_t>(index);
    ExpiryWeeks::Cells wanted;
    if (adds)
        wanted = m_chosen ^ ExpiryWeeks::Cells().set(at);
    else if (m_chosen.count() != 1 || !m_chosen.test(at))
        wanted.set(at); // once more takes it back
    if (m_keepsChoice) {
        m_chosen = wanted;
        update();
    }
    Q_EMIT termWanted(m_weeks.term(wanted));
}

void ExpiryStrip::setCurrent(int index)
{
    if (index == m_current)
        return;
    m_current = index;
    update();
    tellCurrentPart(this);
}

void ExpiryStrip::mousePressEvent(QMouseEvent *event)
{
    const int index = partAt(event->pos());
    if (event->button() == Qt::LeftButton && index >= 0)
        choose(index, event->modifiers().testFlag(Qt::ControlModifier));
    else
        QWidget::mousePressEvent(event);
}

void ExpiryStrip::keyPressEvent(QKeyEvent *event)
{
    const int forward = isRightToLeft() ? -1 : 1;
    const auto step = [this](int by) {
        setCurrent(std::clamp(m_current + by, 0, ExpiryWeeks::cellCount - 1));
    };
    switch (event->key()) {
    case Qt::Key_Right:
        step(forward);
        return;
    case Qt::Key_Left:
        step(-forward);
        return;
    case Qt::Key_Home:
        step(-ExpiryWeeks::cellCount);
        return;
    case Qt::Key_End:
        step(ExpiryWeeks::cellCount);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        choose(m_current, event->modifiers().testFlag(Qt::ControlModifier));
        return;
    case Qt::Key_Escape:
        if (m_chosen.any()) {
            m_chosen.reset();
            update();
            Q_EMIT termWanted({});
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void ExpiryStrip::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
    tellCurrentPart(this);
}

void ExpiryStrip::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool ExpiryStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = partAt(help->pos());
        if (index >= 0)
            QToolTip::showText(help->globalPos(), partName(index), this, partRect(index));
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void ExpiryStrip::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    const ExpiryStripLayout layout = layoutNow();
    const auto paintAll = [&](bool marked) {
        for (int i = 0; i < ExpiryWeeks::cellCount; ++i) {
            const auto &cell = layout.cells[static_cast<std::size_t>(i)];
            const bool isMarked = isPartChosen(i) || (hasFocus() && i == m_current);
            if (isMarked == marked && cell.rect.adjusted(-1, -1, 1, 1).intersects(event->rect()))
                paintCell(painter, cell, i);
        }
    };
    paintAll(false);
    paintAll(true); // so that no neighbour covers their lines
}

void ExpiryStrip::paintCell(QPainter &painter, const ExpiryStripLayout::Cell &cell, int index) const
{
    const Theme theme = Theme::current();
    // What is chosen is so as a row is; where the keys are, a thick line says.
    const QColor surface = isPartChosen(index) ? theme.selection
        : cell.isTinted                        ? theme.state(cell.style.role).tint
                                               : theme.base;
    painter.fillRect(cell.rect, surface);
    // The line at a cell's end is its neighbour's too.
    const QRectF frame = cell.rect.adjusted(-0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(theme.line, 1));
    painter.drawRect(frame);
    for (const ExpiryStripLayout::Segment &segment : cell.foot) {
        const bool isFine = segment.urgency == Urgency::Fine;
        painter.fillRect(segment.rect,
                         isFine ? theme.trackOutline
                                : theme.state(styleOf(segment.urgency).role).fill);
    }
    if (index == ExpiryWeeks::thisWeekCell)
        painter.fillRect(QRectF(cell.rect.left(), cell.rect.top(), cell.rect.width(), 2),
                         theme.accent);
    paintWords(painter, cell, surface);
    if (isPartChosen(index)) {
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(frame);
    }
    if (hasFocus() && index == m_current) {
        painter.setPen(QPen(theme.accent, 2));
        painter.drawRect(cell.rect.adjusted(1, 1, -1, -1));
    }
}

void ExpiryStrip::paintWords(QPainter &painter, const ExpiryStripLayout::Cell &cell,
                             const QColor &surface) const
{
    const Theme theme = Theme::current();
    const QFont tiny = Theme::tinyFont(font());
    const auto leading = static_cast<int>(
        QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading | Qt::AlignVCenter));
    const auto trailing = static_cast<int>(
        QStyle::visualAlignment(layoutDirection(), Qt::AlignTrailing | Qt::AlignVCenter));
    painter.setFont(tiny);
    painter.setPen(cell.isTinted ? theme.text : theme.muted);
    painter.drawText(cell.label, leading, cell.labelText);
    if (!cell.dates.isEmpty()) {
        painter.setPen(theme.muted);
        painter.drawText(cell.dates, trailing, QLocale().toString(cell.credentialDates));
        const qreal x = isRightToLeft() ? cell.dates.right() - keySize : cell.dates.left();
        painter.drawPixmap(
            QPointF(x, std::round(cell.dates.center().y() - keySize / 2.0)),
            iconPixmap(QStringLiteral("key"), theme.muted, keySize, devicePixelRatioF()));
    }
    painter.setFont(Theme::titleFont(font()));
    const bool isEmpty = cell.stateText.isEmpty();
    painter.setPen(isEmpty ? theme.muted : theme.text);
    painter.drawText(cell.count, leading, cell.countText);
    if (isEmpty)
        return;
    QRectF glyph = cell.state;
    glyph.setWidth(glyphSize);
    if (isRightToLeft())
        glyph.moveRight(cell.state.right());
    const QColor color = theme.state(cell.style.role).text;
    paintGlyph(&painter, glyph, cell.style.glyph, color, surface, glyphSize);
    painter.setFont(tiny);
    painter.setPen(cell.style.mutesWord() ? theme.muted : color);
    const qreal indent = glyphSize + glyphGap;
    painter.drawText(isRightToLeft() ? cell.state.adjusted(0, 0, -indent, 0)
                                     : cell.state.adjusted(indent, 0, 0, 0),
                     leading, cell.stateText);
}

} // namespace sealbook
