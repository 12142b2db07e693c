// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/WatchPage.h"

#include "ui/watch/AddEndpointsPanel.h"
#include "ui/watch/CheckBar.h"
#include "ui/watch/EndpointPane.h"
#include "ui/watch/EndpointWords.h"
#include "ui/watch/WatchActions.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/RecordTable.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

using namespace std::chrono_literals;

namespace sealbook {

namespace {
constexpr int paneWidth = 336;
constexpr int rowHeight = 48;
constexpr int leastName = 160;
constexpr auto reloadPause = 50ms;
constexpr auto checkedPause = 1000ms; // while many are looked at
} // namespace

WatchPage::WatchPage(WatchService &watch, const Clock &clock, QWidget *parent)
    : Page(QStringLiteral("watch"), tr("Watch"), parent)
    , m_watch(watch)
    , m_clock(clock)
    , m_model(clock)
    , m_actions(new WatchActions(watch, this))
    , m_filter(new QLineEdit(this))
    , m_note(new NoteBar(this))
    , m_progress(new CheckBar(m_actions->stop(), this))
    , m_error(new ErrorPanel(this))
    , m_whole(new QStackedWidget(this))
    , m_list(new QStackedWidget(this))
    , m_table(new RecordTable(&m_model, tr("Endpoints"), rowHeight, this))
    , m_empty(new EmptyState(this))
    , m_noMatch(new EmptyState(this))
    , m_splitter(new QSplitter(this))
    , m_pane(new EndpointPane(this))
    , m_add(new AddEndpointsPanel(watch, this))
{
    build();
    bind();
    bindParts();
}

WatchPage::~WatchPage()
{
    m_stop.request_stop();
}

void WatchPage::build()
{
    m_filter->setObjectName(QStringLiteral("endpointFilter"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter endpoints"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumHeight(28);
    m_filter->setFixedWidth(168);
    m_filter->addAction(houseIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    addToolWidget(m_filter);
    addToolAction(m_actions->checkAll());
    addToolAction(m_actions->add());
    for (QAction *action : {m_actions->checkOne(), m_actions->stop(), m_actions->removeOne(),
                            m_actions->undo(), m_actions->find(), m_actions->clearFilter()})
        addAction(action);
    setUpTable();

    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_progress);
    column->addWidget(m_note);
    column->addWidget(m_error);
    column->addWidget(new Line(Qt::Horizontal, left));
    m_list->addWidget(m_table);
    m_list->addWidget(m_empty);
    m_list->addWidget(m_noMatch);
    column->addWidget(m_list, 1);
    m_empty->set(tr("Name what serves certificates: web, mail and directory servers, databases. "
                    "Sealbook looks at each every few hours and says when one serves an expired, "
                    "wrong or old certificate, or a newer one was stored but never installed."),
                 m_actions->add());
    m_pane->setActions({m_actions->checkOne(), m_actions->removeOne()});
    m_pane->setMinimumWidth(paneWidth);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({800, paneWidth});
    m_pane->hide();
    m_whole->addWidget(m_splitter);
    m_whole->addWidget(m_add);
    setBody(m_whole);
}

void WatchPage::setUpTable()
{
    m_table->setObjectName(QStringLiteral("endpointTable"));
    m_table->setKeyRole(EndpointModel::IdRole);
    m_table->setColumnSamples({QString(), QStringLiteral("nnn no answer yet"),
                               QStringLiteral("www.example.org, TLS"),
                               QStringLiteral("29 Nov 2026"), QStringLiteral("stored, not served"),
                               QStringLiteral("under 1 min ago")},
                              leastName);
    m_table->setGrowing(EndpointModel::Serves);
    m_table->sortBy(EndpointModel::State, Qt::AscendingOrder);
}

void WatchPage::bind()
{
    m_reloadSoon.setSingleShot(true);
    connect(&m_reloadSoon, &QTimer::timeout, this, &WatchPage::reload);
    m_minute.setInterval(1min);
    m_minute.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_model.refreshTimes();
    });
    m_minute.start();
    connect(&m_watch, &WatchService::changed, this, &WatchPage::refresh);
    connect(&m_watch, &WatchService::checked, this, [this] {
        m_stale = true;
        // Reading costs what the inventory holds: most of the time is the check's.
        if (!m_reloadSoon.isActive())
            m_reloadSoon.start(std::max<std::chrono::milliseconds>(checkedPause, 4 * m_reloadTook));
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        showCounts();
    });
    const auto *down = new QShortcut(Qt::Key_Down, m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    const auto toTable = [this] { m_table->setFocus(Qt::TabFocusReason); };
    connect(down, &QShortcut::activated, m_table, toTable);
    connect(m_filter, &QLineEdit::returnPressed, m_table, toTable);
    connect(m_actions->find(), &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    connect(m_actions->clearFilter(), &QAction::triggered, m_filter, &QLineEdit::clear);
}

void WatchPage::bindParts()
{
    connect(m_actions, &WatchActions::addWanted, this, &WatchPage::startAdding);
    connect(m_actions, &WatchActions::restored, this, [this](const QString &id) {
        m_wanted = id;
        refresh();
    });
    connect(m_actions, &WatchActions::noted, this,
            [this](const QString &note, bool needsPerson, QAction *action) {
                m_error->clear();
                m_note->showNote(note, needsPerson ? StateRole::Act : StateRole::Ok,
                                 needsPerson ? Glyph::ActNow : Glyph::Fine);
                m_note->setNoteAction(action);
            });
    connect(m_actions, &WatchActions::removed, this, &WatchPage::goOnAfter);
    connect(m_actions, &WatchActions::progressed, this, [this](int done, int of) {
        m_error->clear();
        m_note->hide();
        m_progress->showProgress(done, of);
    });
    connect(m_actions, &WatchActions::ended, m_progress, &QWidget::hide);
    connect(m_actions, &WatchActions::failed, this, [this](const Error &error) {
        m_note->hide();
        m_error->showError(error);
    });
    connect(m_table, &RecordTable::currentKeyChanged, this, &WatchPage::showCurrent);
    connect(m_table, &RecordTable::openWanted, this, &WatchPage::openPane);
    connect(m_pane, &EndpointPane::closeWanted, this, &WatchPage::closePane);
    connect(m_pane, &EndpointPane::certificateWanted, this, [this](const QString &sha256) {
        Q_EMIT pageWanted(QStringLiteral("certificates"), sha256);
    });
    connect(m_pane, &EndpointPane::changeWanted, this, &WatchPage::change);
    connect(m_add, &AddEndpointsPanel::cancelled, this, &WatchPage::stopAdding);
    connect(m_add, &AddEndpointsPanel::added, this, &WatchPage::finishAdding);
}

void WatchPage::finishAdding(const std::vector<EndpointRecord> &endpoints, int known)
{
    stopAdding();
    m_wanted = endpoints.front().address.text();
    std::vector<EndpointId> ids;
    for (const EndpointRecord &endpoint : endpoints)
        ids.push_back(endpoint.id);
    // Of those that were known already the ids are others; nothing but the new ones is looked at.
    m_actions->check(std::move(ids));
    if (known > 0)
        m_note->showNote(tr("%n were watched already.", "", known));
    refresh();
}

void WatchPage::activated()
{
    if (m_stale)
        reload();
}

void WatchPage::refresh()
{
    m_stale = true;
    m_reloadSoon.start(reloadPause);
}

void WatchPage::reload()
{
    if (m_loading)
        return; // looks at m_stale again when it is done
    m_loading = true;
    m_stale = false;
    const std::chrono::milliseconds begun = m_clock.monotonic();
    Task<std::vector<EndpointStatus>> task = m_watch.list(m_stop.get_token());
    QCoro::connect(std::move(task), this,
                   [this, begun](const Result<std::vector<EndpointStatus>> &statuses) {
                       m_loading = false;
                       m_reloadTook = m_clock.monotonic() - begun;
                       const bool isOpen = !m_pane->isHidden();
                       if (statuses)
                           m_model.setStatuses(*statuses);
                       else
                           m_error->showError(statuses.error());
                       showCounts();
                       if (!m_next.isEmpty() && m_table->select(std::exchange(m_next, {})))
                           m_pane->setVisible(isOpen);
                       if (!m_wanted.isEmpty())
                           select(m_model.idOf(std::exchange(m_wanted, {})));
                       showCurrent();
                       Q_EMIT loaded();
                       if (m_stale)
                           m_reloadSoon.start(reloadPause);
                   });
}

void WatchPage::showCounts()
{
    const int total = m_model.total();
    const int needing = m_model.needingPerson();
    setBadge(total > 0 ? QString::number(needing > 0 ? needing : total) : QString(),
             needing > 0 ? std::optional(Glyph::ActNow) : std::nullopt);
    m_actions->setTotal(total);
    setDetail(total == 0 ? QString()
                  : needing == 0
                  ? tr("%n endpoints", "", total)
                  : tr("%1, %n need a person", "", needing).arg(tr("%n endpoints", "", total)));
    if (total == 0) {
        m_list->setCurrentWidget(m_empty);
    } else if (m_model.rowCount() == 0) {
        m_noMatch->set(tr("No endpoint matches. Without the filter there are %1.").arg(total),
                       m_actions->clearFilter());
        m_list->setCurrentWidget(m_noMatch);
    } else {
        m_list->setCurrentWidget(m_table);
    }
}

void WatchPage::showCurrent()
{
    const EndpointStatus *status = m_model.status(m_table->currentKey());
    m_actions->setCurrent(status);
    if (status == nullptr) {
        m_pane->hide();
        return;
    }
    if (m_pane->isHidden())
        return;
    m_pane->setStatus(*status, m_clock.utcNow());
    showComparison(*status);
    showHistory();
}

void WatchPage::showComparison(const EndpointStatus &status)
{
    const EndpointCheck *worst = status.worst();
    if (status.newestSha256.isEmpty() || worst == nullptr)
        return;
    const QString id = m_pane->endpoint();
    const auto served = Fingerprint::fromHex(worst->sha256);
    const auto stored = Fingerprint::fromHex(status.newestSha256);
    Task<std::vector<InventoryRow>> task =
        m_watch.certificates({worst->sha256, status.newestSha256});
    QCoro::connect(std::move(task), this,
                   [this, id, served, stored](const Result<std::vector<InventoryRow>> &rows) {
                       if (!rows || m_pane->endpoint() != id || rows->size() != 2)
                           return;
                       if (rows->front().sha256 == served && rows->back().sha256 == stored)
                           m_pane->setComparison(rows->front(), rows->back());
                   });
}

void WatchPage::change(const EndpointRecord &endpoint)
{
    Task<> task = m_watch.change(endpoint);
    QCoro::connect(std::move(task), this, [this](const Result<> &result) {
        if (!result)
            m_error->showError(result.error());
    });
}

// Who removes several wants to be at the next one, not at the first.
void WatchPage::goOnAfter(const QString &id)
{
    if (m_table->currentKey() != id)
        return;
    const int row = m_table->currentIndex().row();
    const int next = row + 1 < m_model.rowCount() ? row + 1 : row - 1;
    m_next = m_model.index(std::max(next, 0), 0).data(EndpointModel::IdRole).toString();
}

void WatchPage::checkAll()
{
    m_actions->checkAll()->trigger();
}

void WatchPage::setTimesLocal(bool local)
{
    m_pane->setTimesLocal(local);
    m_model.setTimesLocal(local);
    showCurrent();
}

void WatchPage::showHistory()
{
    const QString id = m_pane->endpoint();
    Task<std::vector<EndpointCheck>> task = m_watch.history(EndpointId::fromText(id));
    QCoro::connect(std::move(task), this,
                   [this, id](const Result<std::vector<EndpointCheck>> &history) {
                       if (history && m_pane->endpoint() == id)
                           m_pane->setHistory(*history, m_clock.utcNow());
                   });
}

void WatchPage::openPane()
{
    if (m_model.status(m_table->currentKey()) == nullptr)
        return;
    m_pane->show();
    showCurrent();
}

void WatchPage::closePane()
{
    m_pane->hide();
    m_table->setFocus();
}

void WatchPage::startAdding()
{
    m_error->clear();
    m_note->hide();
    m_whole->setCurrentWidget(m_add);
    m_add->start();
}

void WatchPage::stopAdding()
{
    m_whole->setCurrentWidget(m_splitter);
    firstFocus()->setFocus();
}

void WatchPage::select(const QString &id)
{
    if (id.isEmpty())
        return;
    if (!m_table->select(id)) {
        m_filter->clear();
        if (!m_table->select(id))
            return;
    }
    openPane();
    m_table->setFocus();
}

void WatchPage::open(const QString &subject)
{
    if (subject == QLatin1String("add")) {
        startAdding();
        return;
    }
    m_whole->setCurrentWidget(m_splitter);
    const QString id = m_model.idOf(subject);
    if (id.isEmpty() && (m_stale || m_loading)) {
        m_wanted = subject;
        reload();
        return;
    }
    select(id);
}

void WatchPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        Page::keyPressEvent(event);
        return;
    }
    if (m_pane->isVisible())
        closePane();
    else if (!m_filter->text().isEmpty())
        m_filter->clear();
    else
        Page::keyPressEvent(event);
}

QList<QWidget *> WatchPage::areas() const
{
    QList<QWidget *> areas = Page::areas();
    areas.removeLast();
    if (m_whole->currentWidget() == m_add)
        areas << m_add;
    else
        areas << m_list << m_pane;
    return areas;
}

QWidget *WatchPage::firstFocus() const
{
    if (m_whole->currentWidget() == m_add)
        return m_add;
    return m_list->currentWidget();
}

} // namespace sealbook
