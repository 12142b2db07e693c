// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0

// The parts of the timeline's page, and what they tell each other.
#include "core/governance/CredentialService.h"
#include "core/issuance/IssuanceService.h"
#include "ui/timeline/GanttView.h"
#include "ui/timeline/MonthCalendar.h"
#include "ui/timeline/TimelineInspector.h"
#include "ui/timeline/TimelineLegend.h"
#include "ui/timeline/TimelinePage.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/PageAction.h"
#include "ui/widgets/StateLabel.h"

#include <QAction>
#include <QActionGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QStackedWidget>
#include <QToolButton>

namespace sealbook {

using namespace std::chrono_literals;

namespace {

constexpr int zoomSteps = 1000;
constexpr double zoomStep = 1.5;

QToolButton *makeButton(QAction *action, QWidget *parent, Qt::ToolButtonStyle style)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(style);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIconSize(QSize(16, 16));
    button->setMinimumHeight(28);
    button->setAccessibleName(action->text());
    return button;
}

} // namespace

void TimelinePage::addViewChoice()
{
    auto *choice = new QActionGroup(this);
    m_gantt = makePageAction(this, "showGantt", tr("Gantt"), QStringLiteral("timeline"));
    m_calendar = makePageAction(this, "showCalendar", tr("Calendar"), QStringLiteral("calendar"));
    for (QAction *action : {m_gantt, m_calendar}) {
        action->setCheckable(true);
        choice->addAction(action);
        addToolAction(action);
    }
    connect(m_gantt, &QAction::triggered, this, [this] {
        showView(View::Gantt);
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_calendar, &QAction::triggered, this, [this] {
        showView(View::Calendar);
        m_month->setFocus(Qt::OtherFocusReason);
    });
}

void TimelinePage::addZoom()
{
    const auto add = [this](const char *name, const QString &text, const QString &icon,
                            Qt::ToolButtonStyle style, auto act) {
        QAction *action = makePageAction(this, name, text, icon);
        connect(action, &QAction::triggered, m_view, act);
        addAction(action);
        QToolButton *button = makeButton(action, this, style);
        addToolWidget(button);
        m_ganttTools << button;
    };
    m_zoomName = makeLabel(LabelKind::Body, {}, this);
    m_zoomName->setObjectName(QStringLiteral("zoomName"));
    m_zoomName->setMinimumWidth(m_zoomName->fontMetrics().horizontalAdvance(tr("Quarter")) + 12);
    m_zoomName->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    addToolWidget(m_zoomName);
    m_ganttTools << m_zoomName;
    add("zoomOut", tr("Zoom out"), QStringLiteral("minus"), Qt::ToolButtonIconOnly,
        [this] { m_view->zoomBy(1 / zoomStep); });
    m_zoom = new QSlider(Qt::Horizontal, this);
    m_zoom->setObjectName(QStringLiteral("zoom"));
    m_zoom->setAccessibleName(tr("Zoom"));
    m_zoom->setRange(0, zoomSteps);
    m_zoom->setSingleStep(zoomSteps / 40);
    m_zoom->setPageStep(zoomSteps / 10);
    m_zoom->setFixedWidth(120);
    addToolWidget(m_zoom);
    m_ganttTools << m_zoom;
    add("zoomIn", tr("Zoom in"), QStringLiteral("plus"), Qt::ToolButtonIconOnly,
        [this] { m_view->zoomBy(zoomStep); });
    add("goToToday", tr("Today"), {}, Qt::ToolButtonTextOnly, [this] { m_view->goToToday(); });
    add("fitAll", tr("Fit all"), {}, Qt::ToolButtonTextOnly, [this] { m_view->fitAll(); });
    connect(m_zoom, &QSlider::valueChanged, this, [this](int value) {
        m_view->zoomTo(TimeScale::perDayOf(static_cast<double>(value) / zoomSteps));
    });
    connect(m_view, &GanttView::scaleChanged, this, &TimelinePage::showZoom);
}

void TimelinePage::addMonthChoice()
{
    const auto add = [this](const char *name, const QString &text, const QString &icon,
                            Qt::ToolButtonStyle style, auto act) {
        QAction *action = makePageAction(this, name, text, icon);
        connect(action, &QAction::triggered, m_month, act);
        addAction(action);
        QToolButton *button = makeButton(action, this, style);
        addToolWidget(button);
        m_monthTools << button;
    };
    // Step arrows point along the time, which runs the other way in a mirrored window.
    const QString left = QStringLiteral("chevron-left");
    const QString right = QStringLiteral("chevron-right");
    add("previousMonth", tr("Previous month"), isRightToLeft() ? right : left,
        Qt::ToolButtonIconOnly, [this] { m_month->stepMonths(-1); });
    m_monthName = makeLabel(LabelKind::Bold, {}, this);
    m_monthName->setObjectName(QStringLiteral("monthName"));
    m_monthName->setAlignment(Qt::AlignCenter);
    m_monthName->setMinimumWidth(
        m_monthName->fontMetrics().horizontalAdvance(QStringLiteral("September 2026")) + 12);
    addToolWidget(m_monthName);
    m_monthTools << m_monthName;
    add("nextMonth", tr("Next month"), isRightToLeft() ? left : right, Qt::ToolButtonIconOnly,
        [this] { m_month->stepMonths(1); });
    add("thisMonth", tr("Today"), {}, Qt::ToolButtonTextOnly, [this] { m_month->goToToday(); });
}

void TimelinePage::addExport()
{
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("timelineExport"));
    button->setAutoRaise(true);
    button->setText(tr("Export"));
    button->setAccessibleName(tr("Export"));
    button->setIcon(houseIcon(QStringLiteral("export")));
    button->setIconSize(QSize(16, 16));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(28);
    auto *menu = new QMenu(button);
    const auto add = [this, menu](const char *name, const QString &text, auto act) {
        QAction *action = makePageAction(this, name, text);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
        menu->addAction(action);
    };
    add("exportPng", tr("Picture (PNG)…"), [this] { exportPicture(false); });
    add("exportSvg", tr("Drawing (SVG)…"), [this] { exportPicture(true); });
    add("exportIcs", tr("Calendar (ICS)…"), [this] { exportCalendar(); });
    button->setMenu(menu);
    addToolWidget(button);
}

QWidget *TimelinePage::makeFilters()
{
    auto *filters = new QWidget(this);
    filters->setObjectName(QStringLiteral("timelineFilters"));
    filters->setFixedHeight(40);
    auto *line = new QHBoxLayout(filters);
    line->setContentsMargins(16, 0, 12, 0);
    line->setSpacing(12);
    auto *label = makeLabel(LabelKind::Muted, tr("Group"), filters);
    m_grouping = new QComboBox(filters);
    m_grouping->setObjectName(QStringLiteral("timelineGrouping"));
    m_grouping->setAccessibleName(tr("Group by"));
    const auto add = [this](const QString &text, InventoryGrouping grouping) {
        m_grouping->addItem(text, static_cast<int>(grouping));
    };
    add(tr("Zone"), InventoryGrouping::Zone);
    add(tr("Urgency"), InventoryGrouping::Urgency);
    add(tr("Issuer"), InventoryGrouping::Issuer);
    add(tr("Tag"), InventoryGrouping::Tag);
    add(tr("Place"), InventoryGrouping::Place);
    add(tr("None"), InventoryGrouping::None);
    label->setBuddy(m_grouping);
    line->addWidget(label);
    line->addWidget(m_grouping);
    const auto check = [&](const char *name, const QString &text) {
        auto *box = new QCheckBox(text, filters);
        box->setObjectName(QLatin1String(name));
        box->setChecked(true);
        line->addWidget(box);
        return box;
    };
    m_certificates = check("showsCertificates", tr("Certificates"));
    m_credentials = check("showsCredentials", tr("Credentials"));
    m_windows = check("showsWindows", tr("Renewal windows"));
    m_legend = new TimelineLegend(filters);
    QSizePolicy kept = m_legend->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_legend->setSizePolicy(kept);
    line->addWidget(m_legend, 1);
    return filters;
}

void TimelinePage::build()
{
    auto *body = new QWidget(this);
    auto *parts = new QVBoxLayout(body);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    auto *query = new QVBoxLayout;
    query->setContentsMargins(16, 7, 12, 0);
    query->setSpacing(4);
    m_query->setObjectName(QStringLiteral("timelineQuery"));
    m_query->setAccessibleName(tr("Filter certificates"));
    m_query->setPlaceholderText(
        tr("Name, serial or fingerprint, or expires<30d issuer: key: place: has:key"));
    m_query->setClearButtonEnabled(true);
    m_query->setMinimumHeight(28);
    m_query->addAction(houseIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    query->addWidget(m_query);
    query->addWidget(m_problem);
    m_problem->setObjectName(QStringLiteral("timelineProblem"));
    m_problem->hide();
    parts->addLayout(query);
    m_filters = makeFilters();
    parts->addWidget(m_filters);
    parts->addWidget(m_note);
    parts->addWidget(m_error);
    parts->addWidget(new Line(Qt::Horizontal, body));
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_month);
    m_stack->addWidget(m_empty);
    parts->addWidget(m_stack, 1);
    parts->addWidget(new Line(Qt::Horizontal, body));
    m_renew = makePageAction(this, "renewFromTimeline", tr("Renew…"), QStringLiteral("refresh"));
    m_open = makePageAction(this, "openFromTimeline", tr("Open"));
    m_inspector->setActions({m_renew, m_open});
    parts->addWidget(m_inspector);
    setBody(body);
}

void TimelinePage::bind()
{
    QAction *find = makePageAction(this, "findInTimeline", tr("Find"), QStringLiteral("search"),
                                   QKeySequence::Find);
    addAction(find);
    connect(find, &QAction::triggered, this, [this] {
        m_query->setFocus(Qt::ShortcutFocusReason);
        m_query->selectAll();
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(200ms); // a job tells each of its steps
    m_soon.callOnTimeout(this, &TimelinePage::read);
    m_minute.callOnTimeout(this, &TimelinePage::refresh);
    m_minute.start(5min);
    m_typing.setSingleShot(true);
    m_typing.setInterval(60ms);
    m_typing.callOnTimeout(this, &TimelinePage::typed);
    connect(m_query, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_query, &QLineEdit::returnPressed, this,
            [this] { m_stack->currentWidget()->setFocus(Qt::TabFocusReason); });
    connect(m_grouping, &QComboBox::currentIndexChanged, this, [this] {
        m_options.grouping = static_cast<InventoryGrouping>(m_grouping->currentData().toInt());
        ask();
    });
    connect(m_certificates, &QCheckBox::toggled, this, [this](bool on) {
        m_options.hasCertificates = on;
        ask();
    });
    connect(m_credentials, &QCheckBox::toggled, this, [this](bool on) {
        m_options.hasCredentials = on;
        ask();
    });
    connect(m_windows, &QCheckBox::toggled, m_view, &GanttView::setShowsWindows);
    connect(m_view, &GanttView::currentChanged, this, &TimelinePage::showCurrent);
    connect(m_view, &GanttView::openWanted, this, &TimelinePage::openCurrent);
    connect(m_month, &MonthCalendar::currentChanged, this, &TimelinePage::showCurrent);
    connect(m_month, &MonthCalendar::openWanted, this, &TimelinePage::openCurrent);
    connect(m_renew, &QAction::triggered, this, &TimelinePage::renewCurrent);
    connect(m_open, &QAction::triggered, this, &TimelinePage::openCurrent);
    connect(m_services.issuance, &IssuanceService::jobChanged, this, &TimelinePage::refresh);
    connect(m_services.issuance, &IssuanceService::storeChanged, this, &TimelinePage::refresh);
    connect(m_services.credentials, &CredentialService::changed, this, &TimelinePage::refresh);
}

} // namespace sealbook
