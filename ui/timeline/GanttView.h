// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/timeline/GanttPainter.h"
#include "ui/widgets/PaintedParts.h"

#include <QAbstractScrollArea>
#include <QSet>

namespace sealbook {

// The timeline as a Gantt chart: names at the start and the axis above stay while the rest is
// scrolled and zoomed. Work and time of a frame go by what is visible, whatever the number of rows.
// Up and Down walk rows, Left and Right the events of a row or fold a group, + and - zoom, T goes
// to today, Ctrl and the wheel zoom about the pointer. Owned by its page.
class GanttView : public QAbstractScrollArea, public PaintedParts
{
    Q_OBJECT

public:
    explicit GanttView(QWidget *parent = nullptr);

    // Keeps scale, fold state and the current row where they are still there.
    void setTimeline(std::shared_ptr<const Timeline> timeline);
    void setShowsWindows(bool shows);

    [[nodiscard]] const TimeScale &scale() const { return m_scale; }
    void zoomTo(double perDay); // about today where it is visible, else about the middle
    void zoomBy(double factor);
    void goToToday();
    void fitAll();
    void setAllFolded(bool folded);

    [[nodiscard]] const TimelineRow *currentRow() const; // null without any
    [[nodiscard]] std::optional<TimelineEvent> currentEvent() const { return m_event; }
    [[nodiscard]] bool select(const QString &subject); // unfolds its group
    [[nodiscard]] int visibleRows() const { return static_cast<int>(m_shown.size()); }
    // The look of what is shown, for a picture of another size.
    [[nodiscard]] GanttPainter::Look look() const;
    [[nodiscard]] const std::vector<quint32> &shownRows() const { return m_shown; }
    [[nodiscard]] bool isFolded(const TimelineRow &head) const
    {
        return m_folded.contains(head.subject);
    }
    [[nodiscard]] std::shared_ptr<const Timeline> timeline() const { return m_timeline; }

    [[nodiscard]] int partCount() const override { return visibleRows(); }
    [[nodiscard]] QString partName(int index) const override;
    [[nodiscard]] QRect partRect(int index) const override;
    [[nodiscard]] int partAt(const QPoint &where) const override;
    [[nodiscard]] int currentPart() const override { return m_current; }
    [[nodiscard]] bool isPartChosen(int index) const override { return index == m_current; }
    void activatePart(int index) override;

Q_SIGNALS:
    void currentChanged(); // row or event
    void scaleChanged();
    void openWanted(); // Enter or a double click on the current row

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    [[nodiscard]] QRect chart() const; // in the viewport, below the axis
    [[nodiscard]] int topOf(int index) const; // y of a row in the viewport
    [[nodiscard]] double chartX(const QPoint &where) const; // along the axis
    [[nodiscard]] const TimelineRow &row(int index) const;
    void rebuild();
    void updateBars();
    void setScale(const TimeScale &scale);
    void setStart(qint64 start);
    void setCurrent(int index);
    void toggleFold(int index);
    void fold(int index, bool folded);
    void stepEvent(int direction);
    void goToEvent(const TimelineEvent &event);
    void ensureVisible(int index);
    [[nodiscard]] QString tipAt(const QPoint &where) const;

    std::shared_ptr<const Timeline> m_timeline;
    std::vector<quint32> m_shown; // rows that no fold hides
    QSet<QString> m_folded; // subjects of heads
    TimeScale m_scale;
    bool m_isPlaced = false; // the scale has been put where today is
    bool m_showsWindows = true;
    bool m_isUpdatingBars = false;
    int m_current = -1; // in m_shown
    std::optional<TimelineEvent> m_event;
};

} // namespace sealbook
