// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/StepRail.h"

#include "ui/widgets/Glyph.h"
#include "ui/widgets/Theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace sealbook {

namespace {

constexpr int railWidth = 143; // with its line 144
constexpr int rowHeight = 50;
constexpr int margin = 16;
constexpr int markSize = 14;

// One step. Painted, because the mark and two lines of text are more than a push button shows.
class StepButton final : public QAbstractButton
{
public:
    enum class Mark { Done, Current, Open };

    explicit StepButton(QWidget *parent)
        : QAbstractButton(parent)
    {
        setFixedHeight(rowHeight);
        setFocusPolicy(Qt::StrongFocus);
    }

    void set(const QString &title, const QString &summary, Mark mark, bool current)
    {
        setText(title);
        m_summary = summary;
        m_mark = mark;
        m_current = current;
        const QString state = mark == Mark::Done ? tr("done")
            : current                            ? tr("current")
                                                 : tr("open");
        setAccessibleName(QStringLiteral("%1, %2").arg(title, state));
        setAccessibleDescription(summary);
        setToolTip(summary);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme theme = Theme::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor surface = m_current ? theme.selection : theme.window;
        if (m_current)
            painter.fillRect(rect(), surface);
        const auto place = [this](int x, int y, int width, int height) {
            return QStyle::visualRect(layoutDirection(), rect(), QRect(x, y, width, height));
        };
        const int firstLine = 8;
        const int titleHeight = fontMetrics().height();
        const QRect mark =
            place(margin, firstLine + (titleHeight - markSize) / 2, markSize, markSize);
        paintMark(painter, mark, theme, surface);
        const int left = margin + markSize + 8;
        const int wide = width() - left - 8;
        painter.setFont(m_current ? Theme::boldFont(font()) : font());
        painter.setPen(m_mark == Mark::Open && !m_current ? theme.muted : theme.text);
        painter.drawText(place(left, firstLine, wide, titleHeight),
                         static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading), text());
        const QFont small = Theme::smallFont(font());
        const QFontMetrics metrics(small);
        painter.setFont(small);
        painter.setPen(theme.muted);
        painter.drawText(place(left, firstLine + titleHeight - 1, wide, metrics.height()),
                         static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading),
                         metrics.elidedText(m_summary, Qt::ElideRight, wide));
        if (hasFocus()) {
            painter.setRenderHint(QPainter::Antialiasing, false);
            painter.setPen(QPen(theme.accent, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(rect().adjusted(0, 0, -1, -1));
        }
    }

private:
    void paintMark(QPainter &painter, const QRectF &where, const Theme &theme,
                   const QColor &surface) const
    {
        if (m_mark == Mark::Done && !m_current) {
            paintGlyph(&painter, where, Glyph::Fine, theme.state(StateRole::Ok).text, surface,
                       markSize);
            return;
        }
        painter.setPen(QPen(m_current ? theme.accent : theme.muted, 1.3));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(where.center(), 5.6, 5.6);
        if (m_current) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.accent);
            painter.drawEllipse(where.center(), 3.0, 3.0);
        }
    }

    QString m_summary;
    Mark m_mark = Mark::Open;
    bool m_current = false;
};

} // namespace

StepRail::StepRail(const QStringList &titles, QWidget *parent)
    : QWidget(parent)
    , m_titles(titles)
{
    setObjectName(QStringLiteral("stepRail"));
    setAccessibleName(tr("Steps"));
    setFixedWidth(railWidth);
    Theme::setWindowSurface(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 8);
    layout->setSpacing(0);
    for (qsizetype i = 0; i < titles.size(); ++i) {
        auto *button = new StepButton(this);
        button->setObjectName(QStringLiteral("step_%1").arg(i));
        button->installEventFilter(this);
        connect(button, &QAbstractButton::clicked, this,
                [this, i] { Q_EMIT chosen(static_cast<int>(i)); });
        layout->addWidget(button);
        m_buttons.append(button);
        m_summaries.append(QString());
    }
    layout->addStretch(1);
    refresh();
}

void StepRail::setCurrent(int step)
{
    m_current = step;
    refresh();
}

void StepRail::setSummary(int step, const QString &summary)
{
    m_summaries[step] = summary;
    refresh();
}

void StepRail::setReachable(int first, int last)
{
    m_first = first;
    m_last = last;
    refresh();
}

void StepRail::setAllDone(bool done)
{
    m_allDone = done;
    refresh();
}

QString StepRail::summary(int step) const
{
    return m_summaries.value(step);
}

QAbstractButton *StepRail::button(int step) const
{
    return m_buttons.value(step);
}

void StepRail::refresh()
{
    for (int i = 0; i < static_cast<int>(m_buttons.size()); ++i) {
        auto *button = static_cast<StepButton *>(m_buttons.at(i));
        const bool done = i < m_current || m_allDone;
        const bool current = i == m_current;
        button->set(m_titles.at(i), m_summaries.at(i),
                    done ? StepButton::Mark::Done
                         : (current ? StepButton::Mark::Current : StepButton::Mark::Open),
                    current);
        button->setEnabled(current || (i >= m_first && i <= m_last));
    }
}

bool StepRail::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto key = static_cast<QKeyEvent *>(event)->key();
    const qsizetype at = m_buttons.indexOf(qobject_cast<QAbstractButton *>(watched));
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
        const qsizetype by = key == Qt::Key_Down ? 1 : -1;
        for (qsizetype to = at + by; to >= 0 && to < m_buttons.size(); to += by) {
            if (m_buttons.at(to)->isEnabled()) {
                m_buttons.at(to)->setFocus(Qt::TabFocusReason);
                break;
            }
        }
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        m_buttons.at(at)->click();
        return true;
    }
    return false;
}

} // namespace sealbook
