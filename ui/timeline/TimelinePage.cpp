// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/TimelinePage.h"

#include "core/governance/CredentialService.h"
#include "core/inventory/CalendarFile.h"
#include "core/inventory/FileAccess.h"
#include "core/inventory/InventoryService.h"
#include "core/issuance/IssuanceService.h"
#include "ui/timeline/GanttView.h"
#include "ui/timeline/MonthCalendar.h"
#include "ui/timeline/TimelineExport.h"
#include "ui/timeline/TimelineInspector.h"
#include "ui/timeline/TimelineLegend.h"
#include "ui/timeline/TimelineWords.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/TimeText.h"

#include <QAction>
#include <QBuffer>
#include <QCheckBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSlider>
#include <QStackedWidget>

namespace sealbook {

using namespace std::chrono_literals;

namespace {

constexpr double pictureRatio = 2; // of a PNG: sharp on paper

QString dayText(qint64 moment)
{
    return TimeText::dayMonth(TimeText::at(moment).date());
}

Result<> write(const QString &path, const QByteArray &bytes, std::optional<unsigned> umask)
{
    return replaceFile(path,
                       std::span(reinterpret_cast<const std::uint8_t *>(bytes.constData()),
                                 static_cast<std::size_t>(bytes.size())),
                       false, umask);
}

} // namespace

TimelinePage::TimelinePage(TimelineServices services, const Clock &clock, Dialogs &dialogs,
                           QWidget *parent)
    : Page(QStringLiteral("timeline"), tr("Timeline"), parent)
    , m_services(services)
    , m_clock(clock)
    , m_dialogs(dialogs)
    , m_query(new QLineEdit(this))
    , m_problem(new StateLabel(this))
    , m_note(new NoteBar(this))
    , m_error(new ErrorPanel(this))
    , m_stack(new QStackedWidget(this))
    , m_view(new GanttView(this))
    , m_month(new MonthCalendar(this))
    , m_empty(new EmptyState(this))
    , m_inspector(new TimelineInspector(this))
{
    addViewChoice();
    addZoom();
    addMonthChoice();
    addExport();
    build();
    bind();
    showView(View::Gantt);
}

TimelinePage::~TimelinePage()
{
    m_stop.request_stop();
    m_asking.request_stop();
}

void TimelinePage::activated()
{
    if (m_isStale)
        read();
}

void TimelinePage::refresh()
{
    m_isStale = true;
    if (isVisible() && !m_soon.isActive())
        m_soon.start();
}

void TimelinePage::read()
{
    if (m_isReading || !m_isStale)
        return; // what is being read is followed by another reading where it is stale
    m_isReading = true;
    m_isStale = false;
    const int asked = ++m_asked;
    Task<TimelineReadingPtr> reading =
        readTimeline(m_services, m_options, m_clock.utcNow(), m_stop.get_token());
    QCoro::connect(std::move(reading), this, [this, asked](const Result<TimelineReadingPtr> &read) {
        m_isReading = false;
        if (m_isStale && !m_soon.isActive())
            m_soon.start();
        if (asked == m_asked) {
            showReading(read);
        } else if (read) { // the options have changed meanwhile
            m_reading = *read;
            ask();
        }
    });
}

void TimelinePage::ask()
{
    const int asked = ++m_asked;
    if (!m_reading)
        return; // the reading that is under way asks again
    m_asking.request_stop();
    m_asking = std::stop_source();
    Task<TimelineReadingPtr> making = remakeTimeline(m_reading, m_options, m_asking.get_token());
    QCoro::connect(std::move(making), this, [this, asked](const Result<TimelineReadingPtr> &made) {
        if (asked == m_asked)
            showReading(made);
    });
}

void TimelinePage::showReading(const Result<TimelineReadingPtr> &read)
{
    if (!read) {
        if (read.error().kind != Error::Kind::Cancelled)
            m_error->showError(read.error());
        return;
    }
    m_error->clear();
    m_reading = *read;
    // One owner for both: the view holds what the page holds.
    const std::shared_ptr<const Timeline> timeline(m_reading, &m_reading->timeline);
    m_view->setTimeline(timeline);
    m_month->setTimeline(*timeline);
    if (!m_wanted.isEmpty())
        open(std::exchange(m_wanted, {}));
    showCounts();
    showView(m_shown);
    Q_EMIT loaded();
}

void TimelinePage::showCounts()
{
    const Timeline &timeline = m_reading->timeline;
    const bool asks =
        !m_options.query.isEmpty() || !m_options.hasCertificates || !m_options.hasCredentials;
    if (!timeline.rows.empty())
        return;
    if (asks)
        m_empty->set(tr("Nothing here fits the question."), nullptr);
    else
        m_empty->set(tr("Every certificate and every credential stands here over time: when it "
                        "began, when it should be renewed, when it ends. There is none yet."),
                     nullptr);
}

void TimelinePage::showView(View view)
{
    m_shown = view;
    const bool isEmpty = m_reading && m_reading->timeline.rows.empty();
    QWidget *shown = view == View::Gantt ? static_cast<QWidget *>(m_view) : m_month;
    m_stack->setCurrentWidget(isEmpty ? m_empty : shown);
    m_gantt->setChecked(view == View::Gantt);
    m_calendar->setChecked(view == View::Calendar);
    for (QWidget *tool : m_ganttTools)
        tool->setVisible(view == View::Gantt);
    for (QWidget *tool : m_monthTools)
        tool->setVisible(view == View::Calendar);
    m_windows->setEnabled(view == View::Gantt);
    m_grouping->setEnabled(view == View::Gantt);
    m_legend->setVisible(view == View::Gantt);
    showCurrent();
}

void TimelinePage::showZoom()
{
    m_zoomName->setText(m_view->scale().name());
    const QSignalBlocker quiet(m_zoom);
    m_zoom->setValue(
        static_cast<int>(TimeScale::sliderOf(m_view->scale().perDay) * m_zoom->maximum()));
    m_zoom->setToolTip(m_zoomName->text());
}

void TimelinePage::typed()
{
    const auto query = Query::parse(m_query->text());
    m_problem->setVisible(!query);
    if (!query) {
        m_problem->setState({StateRole::Act, Glyph::ActNow, QString()}, query.error().detail);
        return; // the last good question stays in force
    }
    if (query->text() == m_options.query.text())
        return;
    m_options.query = *query;
    ask();
}

void TimelinePage::showCurrent()
{
    m_monthName->setText(m_month->monthText());
    if (!m_reading || m_reading->timeline.rows.empty()) {
        m_inspector->show({});
        m_renew->setVisible(false);
        m_open->setVisible(false);
        return;
    }
    if (m_shown == View::Gantt)
        showRow();
    else
        showDay();
}

std::array<TimelineInspector::Fact, 3>
TimelinePage::lineageFacts(const TimelineRow &row, const TimelineBar &bar,
                           const InventoryRow &certificate) const
{
    std::array<TimelineInspector::Fact, 3> facts;
    const auto days = static_cast<int>((bar.validTo - bar.from + 43'200'000) / 86'400'000);
    facts[0] = {tr("%1, %2 – %3", "issuer, two dates")
                    .arg(certificate.issuer, dayText(bar.from), TimelineWords::date(bar.validTo)),
                tr("%n days", nullptr, days)};
    if (row.barCount > 1)
        facts[0].second += tr(", %n before it", nullptr, static_cast<int>(row.barCount) - 1);
    if (bar.windowStart != 0) {
        const QDateTime now = m_reading->sources.now;
        const QDateTime opens = TimeText::at(bar.windowStart);
        facts[1].first = bar.windowEnd > bar.windowStart
            ? tr("Renewal window %1 – %2", "two dates")
                  .arg(dayText(bar.windowStart), dayText(bar.windowEnd))
            : tr("Renew from %1").arg(dayText(bar.windowStart));
        facts[1].second = opens <= now ? tr("due for %1").arg(TimeText::span(opens.secsTo(now)))
                                       : tr("in %1").arg(TimeText::span(now.secsTo(opens)));
        if (certificate.failedRenewals > 0)
            facts[1].second += tr(", %n attempts failed", nullptr, certificate.failedRenewals);
    }
    if (!certificate.credential.isEmpty())
        facts[2].first = tr("Credential %1").arg(certificate.credential);
    if (!certificate.owner.isEmpty())
        facts[2].second = tr("owner %1").arg(certificate.owner);
    return facts;
}

void TimelinePage::showRow()
{
    TimelineInspector::Content content;
    const TimelineRow *row = m_view->currentRow();
    m_open->setVisible(row != nullptr && row->kind != TimelineRow::Kind::Head);
    m_renew->setVisible(false);
    if (row == nullptr) {
        m_inspector->show(content);
        return;
    }
    const QDateTime now = m_reading->sources.now;
    content.title =
        row->more.isEmpty() ? row->title : QStringLiteral("%1 %2").arg(row->title, row->more);
    content.isName = row->isName;
    content.style = row->style;
    content.state = row->label.isEmpty() ? row->style.word : row->label;
    const TimelineBar *bar = m_reading->timeline.mainBar(*row);
    switch (row->kind) {
    case TimelineRow::Kind::Head:
        content.title = row->title;
        content.state.clear();
        content.facts[0] = {row->more, QString()};
        break;
    case TimelineRow::Kind::Job:
        content.facts[0] = {
            tr("Begun %1 ago").arg(TimeText::span(TimeText::at(row->from).secsTo(now))), QString()};
        break;
    case TimelineRow::Kind::Credential:
        content.facts[0] = {tr("Added %1").arg(TimelineWords::date(row->from)), tr("credential")};
        content.facts[1] = {tr("Rotate by %1").arg(TimelineWords::date(row->until)), QString()};
        break;
    case TimelineRow::Kind::Lineage:
        if (bar == nullptr)
            break;
        const InventoryRow &own = m_reading->sources.inventory->row(bar->index);
        content.facts = lineageFacts(*row, *bar, own);
        m_renew->setVisible(!own.names.isEmpty() && !own.is(InventoryRow::IsCa));
        break;
    }
    if (const auto event = m_view->currentEvent())
        content.facts[1] = {TimelineWords::event(*event), tr("the chosen moment")};
    m_inspector->show(content);
}

void TimelinePage::showDay()
{
    const QDate day = m_month->current();
    const QList<CalendarItem> items = m_month->itemsOf(day);
    m_renew->setVisible(false);
    m_open->setVisible(!items.isEmpty());
    TimelineInspector::Content content;
    content.title = QLocale().toString(day, QStringLiteral("d MMMM yyyy"));
    content.style = {StateRole::Off, Glyph::NotAsked, QString()};
    content.state = items.isEmpty() ? tr("nothing is due")
                                    : tr("%n due", nullptr, static_cast<int>(items.size()));
    if (!items.isEmpty())
        content.style = items.front().style;
    for (std::size_t i = 0; i < content.facts.size() && i < std::size_t(items.size()); ++i) {
        const CalendarItem &item = items.at(static_cast<int>(i));
        content.facts[i] = {item.title,
                            item.isCredential
                                ? tr("rotate")
                                : tr("expires %1", "at what time")
                                      .arg(QLocale().toString(TimeText::at(item.at).time(),
                                                              QStringLiteral("HH:mm")))};
    }
    m_inspector->show(content);
}

void TimelinePage::openCurrent()
{
    if (!m_reading)
        return;
    if (m_shown == View::Calendar) {
        const QList<CalendarItem> items = m_month->itemsOf(m_month->current());
        if (items.isEmpty())
            return;
        const CalendarItem &first = items.front();
        Q_EMIT pageWanted(first.isCredential ? QStringLiteral("credentials")
                                             : QStringLiteral("certificates"),
                          first.subject);
        return;
    }
    const TimelineRow *row = m_view->currentRow();
    if (row == nullptr)
        return;
    switch (row->kind) {
    case TimelineRow::Kind::Head:
        return;
    case TimelineRow::Kind::Lineage:
        Q_EMIT pageWanted(QStringLiteral("certificates"), row->subject);
        return;
    case TimelineRow::Kind::Credential:
        Q_EMIT pageWanted(QStringLiteral("credentials"), row->subject);
        return;
    case TimelineRow::Kind::Job:
        Q_EMIT pageWanted(QStringLiteral("issue"), row->subject);
        return;
    }
}

void TimelinePage::renewCurrent()
{
    const TimelineRow *row = m_view->currentRow();
    const TimelineBar *bar = row != nullptr ? m_reading->timeline.mainBar(*row) : nullptr;
    if (bar == nullptr)
        return;
    const QStringList names = m_reading->sources.inventory->row(bar->index).nameList();
    Q_EMIT pageWanted(QStringLiteral("issue"),
                      QStringLiteral("names:") + names.join(QLatin1Char(' ')));
}

void TimelinePage::exportPicture(bool isSvg)
{
    TimelinePicture picture;
    picture.timeline = m_view->timeline();
    picture.rows = m_view->shownRows();
    picture.look = m_view->look();
    for (const quint32 index : picture.rows) {
        const TimelineRow &row = picture.timeline->rows[index];
        if (row.kind == TimelineRow::Kind::Head && m_view->isFolded(row))
            picture.folded.insert(row.subject);
    }
    const QString note = picture.isCut() ? tr("The picture holds the first %1 of %2 rows.")
                                               .arg(TimelinePicture::mostRows)
                                               .arg(picture.rows.size())
                                         : QString();
    if (isSvg) {
        save(
            tr("Export the timeline"), QStringLiteral("timeline.svg"), tr("SVG (*.svg)"),
            [bytes = picture.svg()]() -> Result<QByteArray> { return bytes; }, note);
        return;
    }
    save(
        tr("Export the timeline"), QStringLiteral("timeline.png"), tr("PNG (*.png)"),
        [image = picture.image(pictureRatio)]() -> Result<QByteArray> {
            QByteArray bytes;
            QBuffer buffer(&bytes);
            buffer.open(QIODevice::WriteOnly);
            if (!image.save(&buffer, "PNG"))
                return fail(Error::Kind::Internal, QStringLiteral("no picture could be made"));
            return bytes;
        },
        note);
}

void TimelinePage::exportCalendar()
{
    if (!m_reading)
        return;
    save(
        tr("Export a calendar"), QStringLiteral("certificates.ics"), tr("Calendar (*.ics)"),
        [reading = m_reading, options = m_options,
         stop = m_stop.get_token()]() -> Result<QByteArray> {
            std::vector<CalendarEntry> entries;
            if (options.hasCertificates) {
                auto found = calendarEntries(*reading->sources.inventory, options.query, stop);
                if (!found)
                    return fail(found.error());
                entries = std::move(*found);
            }
            if (options.hasCredentials) {
                for (CalendarEntry &entry : calendarEntries(reading->sources.credentials))
                    entries.push_back(std::move(entry));
            }
            return calendarFile(entries, reading->sources.now.toMSecsSinceEpoch());
        },
        QString());
}

// Asks for a file, then makes and writes it away from the main thread.
void TimelinePage::save(const QString &title, const QString &suggestion, const QString &filter,
                        std::function<Result<QByteArray>()> make, const QString &note)
{
    Dialogs::FileQuestion question;
    question.title = title;
    question.suggestion = suggestion;
    question.filters = QStringList{filter};
    m_dialogs.saveFile(this, question, [this, make = std::move(make), note](const QString &path) {
        if (path.isEmpty())
            return;
        std::function<Result<QString>()> work = [make, path, umask = m_umask]() -> Result<QString> {
            const auto bytes = make();
            if (!bytes)
                return fail(bytes.error());
            const auto written = write(path, *bytes, umask);
            if (!written)
                return fail(written.error(), "writing the file");
            return path;
        };
        Task<QString> writing = runBlocking<QString>(m_stop.get_token(), std::move(work));
        QCoro::connect(std::move(writing), this, [this, note](const Result<QString> &written) {
            if (!written) {
                if (written.error().kind != Error::Kind::Cancelled)
                    m_error->showError(written.error());
                return;
            }
            m_error->clear();
            const QString done = tr("Written to %1.").arg(*written);
            m_note->showNote(note.isEmpty() ? done : done + QLatin1Char(' ') + note);
        });
    });
}

void TimelinePage::open(const QString &subject)
{
    if (subject.isEmpty())
        return;
    showView(View::Gantt);
    // It may be too new for what is shown.
    if (!m_view->select(subject) && (m_isStale || m_isReading))
        m_wanted = subject;
}

QList<QWidget *> TimelinePage::areas() const
{
    return {Page::areas().first(), m_query, m_filters, m_stack, m_inspector};
}

QWidget *TimelinePage::firstFocus() const
{
    return m_stack->currentWidget();
}

void TimelinePage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_query->text().isEmpty()) {
        m_query->clear();
        return;
    }
    Page::keyPressEvent(event);
}

} // namespace sealbook
