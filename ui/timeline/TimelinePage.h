// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "ui/timeline/TimelineInspector.h"
#include "ui/timeline/TimelineReading.h"
#include "ui/widgets/Page.h"

#include <QTimer>

#include <stop_token>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSlider;
class QStackedWidget;
class QToolButton;

namespace sealbook {

class Dialogs;
class EmptyState;
class ErrorPanel;
class GanttView;
class MonthCalendar;
class NoteBar;
class StateLabel;
class TimelineLegend;

// Validity over time, as a Gantt chart and as a month calendar: certificates by their lineage, with
// the credentials that they need on the same axis. A line below tells of the current row or day.
// Exports pictures and a calendar file. Owned by MainWindow; the services outlive it.
class TimelinePage : public Page
{
    Q_OBJECT

public:
    TimelinePage(TimelineServices services, const Clock &clock, Dialogs &dialogs,
                 QWidget *parent = nullptr);
    ~TimelinePage() override;

    // What the person's files lose of 0644: our own umask is 077.
    void useUmask(unsigned umask) { m_umask = umask; }

    void activated() override;
    void open(const QString &subject) override; // a fingerprint or a credential's name
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;
    [[nodiscard]] const TimelineOptions &options() const { return m_options; }
    // Certificates, credentials or jobs changed; read soon, once for many calls.
    void refresh();

Q_SIGNALS:
    void loaded();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class View { Gantt, Calendar };
    void addViewChoice();
    void addZoom();
    void addMonthChoice();
    void addExport();
    void build();
    QWidget *makeFilters();
    void bind();
    void showView(View view);
    void read();
    void ask(); // with other options
    void typed();
    void showReading(const Result<TimelineReadingPtr> &read);
    void showCounts();
    void showCurrent();
    void showRow();
    [[nodiscard]] std::array<TimelineInspector::Fact, 3>
    lineageFacts(const TimelineRow &row, const TimelineBar &bar,
                 const InventoryRow &certificate) const;
    void showDay();
    void showZoom();
    void openCurrent();
    void renewCurrent();
    void exportPicture(bool isSvg);
    void exportCalendar();
    void save(const QString &title, const QString &suggestion, const QString &filter,
              std::function<Result<QByteArray>()> make, const QString &note);

    TimelineServices m_services;
    const Clock &m_clock;
    Dialogs &m_dialogs;
    std::optional<unsigned> m_umask;
    std::stop_source m_stop;
    std::stop_source m_asking; // of the newest question; the one before it is not wanted any more
    TimelineOptions m_options;
    TimelineReadingPtr m_reading;
    int m_asked = 0; // which answer may still be shown
    bool m_isReading = false;
    bool m_isStale = true;
    QString m_wanted; // to be opened once it is read
    View m_shown = View::Gantt;
    QTimer m_soon;
    QTimer m_minute;
    QTimer m_typing;

    QList<QWidget *> m_ganttTools;
    QList<QWidget *> m_monthTools;
    QAction *m_gantt = nullptr;
    QAction *m_calendar = nullptr;
    QAction *m_renew = nullptr;
    QAction *m_open = nullptr;
    QSlider *m_zoom = nullptr;
    QLabel *m_zoomName = nullptr;
    QLabel *m_monthName = nullptr;
    QLineEdit *m_query = nullptr;
    StateLabel *m_problem = nullptr;
    QComboBox *m_grouping = nullptr;
    QCheckBox *m_certificates = nullptr;
    QCheckBox *m_credentials = nullptr;
    QCheckBox *m_windows = nullptr;
    TimelineLegend *m_legend = nullptr;
    NoteBar *m_note = nullptr;
    ErrorPanel *m_error = nullptr;
    QWidget *m_filters = nullptr;
    QStackedWidget *m_stack = nullptr;
    GanttView *m_view = nullptr;
    MonthCalendar *m_month = nullptr;
    EmptyState *m_empty = nullptr;
    TimelineInspector *m_inspector = nullptr;
};

} // namespace sealbook
