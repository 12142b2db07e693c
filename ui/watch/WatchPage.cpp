// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/WatchPage.h"

#include "ui/watch/AddEndpointsPanel.h"
#include "ui/watch/CheckBar.h"
#include "ui/watch/EndpointPane.h"
#include "ui/watch/WatchActions.h"
#include "ui/widgets/RecordSplit.h"
#include "ui/widgets/RecordTable.h"

#include <QAction>

#include <chrono>

using namespace std::chrono_literals;

namespace sealbook {

namespace {
constexpr int rowHeight = 48;
constexpr int leastName = 160;
constexpr std::chrono::milliseconds checkedPause{1000}; // while many are looked at
} // namespace

WatchPage::WatchPage(WatchService &watch, const Clock &clock, QWidget *parent)
    : RecordPage(QStringLiteral("watch"), tr("Watch"), parent)
    , m_watch(watch)
    , m_clock(clock)
    , m_model(clock)
    , m_actions(new WatchActions(watch, this))
    , m_progress(new CheckBar(m_actions->stop(), this))
    , m_pane(new EndpointPane(this))
    , m_add(new AddEndpointsPanel(watch, this))
{
    build();
    bind();
}

WatchPage::~WatchPage()
{
    m_stop.request_stop();
}

void WatchPage::build()
{
    addToolAction(m_actions->checkAll());
    addToolAction(m_actions->add());
    for (QAction *action :
         {m_actions->checkOne(), m_actions->stop(), m_actions->removeOne(), m_actions->undo()})
        addAction(action);
    auto *table = new RecordTable(&m_model, tr("Endpoints"), rowHeight, this);
    table->setObjectName(QStringLiteral("endpointTable"));
    table->setColumnSamples({QString(), QStringLiteral("nnn no answer yet"),
                             QStringLiteral("www.example.org, TLS"), QStringLiteral("29 Nov 2026"),
                             QStringLiteral("stored, not served"),
                             QStringLiteral("under 1 min ago")},
                            leastName);
    table->setGrowing(EndpointModel::Serves);
    table->sortBy(EndpointModel::State, Qt::AscendingOrder);
    m_pane->setActions({m_actions->checkOne(), m_actions->removeOne()});
    setUp({.model = &m_model,
           .table = table,
           .filterName = QStringLiteral("endpointFilter"),
           .filterLabel = tr("Filter endpoints"),
           .emptyText =
               tr("Name what serves certificates: web, mail and directory servers, databases. "
                  "Sealbook looks at each every few hours and says when one serves an expired, "
                  "wrong or old certificate, or a newer one was stored but never installed."),
           .bar = m_progress,
           .pane = m_pane,
           .form = m_add,
           .add = m_actions->add(),
           .find = m_actions->find(),
           .clearFilter = m_actions->clearFilter()});
}

void WatchPage::bind()
{
    connect(&m_watch, &WatchService::changed, this, &WatchPage::refresh);
    connect(&m_watch, &WatchService::checked, this, [this] {
        // Reading costs what the inventory holds: most of the time is the check's.
        reloadWithin(std::max(checkedPause, 4 * m_reloadTook));
    });
    connect(m_actions, &WatchActions::addWanted, this, &WatchPage::startAdding);
    connect(m_actions, &WatchActions::restored, this, [this](const QString &id) {
        showWhenLoaded(id);
        refresh();
    });
    connect(m_actions, &WatchActions::noted, this, &WatchPage::showNote);
    connect(m_actions, &WatchActions::removed, this, &WatchPage::goOnAfter);
    connect(m_actions, &WatchActions::progressed, this, [this](int done, int of) {
        hideMessages();
        m_progress->showProgress(done, of);
    });
    connect(m_actions, &WatchActions::ended, m_progress, &QWidget::hide);
    connect(m_actions, &WatchActions::failed, this, &WatchPage::showError);
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
    showWhenLoaded(endpoints.front().address.text());
    std::vector<EndpointId> ids;
    for (const EndpointRecord &endpoint : endpoints)
        ids.push_back(endpoint.id);
    // Of those that were known already the ids are others; nothing but the new ones is looked at.
    m_actions->check(std::move(ids));
    if (known > 0)
        showNote(tr("%n were watched already.", "", known));
    refresh();
}

void WatchPage::load()
{
    const std::chrono::milliseconds begun = m_clock.monotonic();
    Task<std::vector<EndpointStatus>> task = m_watch.list(m_stop.get_token());
    QCoro::connect(std::move(task), this,
                   [this, begun](const Result<std::vector<EndpointStatus>> &statuses) {
                       m_reloadTook = m_clock.monotonic() - begun;
                       receive(statuses);
                   });
}

void WatchPage::receive(const Result<std::vector<EndpointStatus>> &statuses)
{
    const bool isOpen = split()->isOpen();
    if (statuses)
        m_model.setStatuses(*statuses);
    else
        showError(statuses.error());
    if (!m_next.isEmpty() && table()->select(std::exchange(m_next, {})))
        split()->setOpen(isOpen);
    finishLoading();
}

void WatchPage::showBadge(int total, int needingPerson)
{
    setBadge(total > 0 ? QString::number(needingPerson > 0 ? needingPerson : total) : QString(),
             needingPerson > 0 ? std::optional(Glyph::ActNow) : std::nullopt);
    m_actions->setTotal(total);
}

QString WatchPage::countText(int total) const
{
    return tr("%n endpoints", "", total);
}

QString WatchPage::noMatchText(int total) const
{
    return tr("No endpoint matches. Without the filter there are %1.").arg(total);
}

void WatchPage::choose(const QString &id)
{
    m_actions->setCurrent(m_model.status(id));
}

void WatchPage::showRecord(const QString &id)
{
    const EndpointStatus &status = *m_model.status(id);
    m_pane->setStatus(status, m_clock.utcNow());
    showComparison(status);
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
            showError(result.error());
    });
}

// Who removes several wants to be at the next one, not at the first.
void WatchPage::goOnAfter(const QString &id)
{
    if (table()->currentKey() != id)
        return;
    const int row = table()->currentIndex().row();
    const int next = row + 1 < m_model.rowCount() ? row + 1 : row - 1;
    m_next = m_model.rowCount() > 0 ? m_model.keyAt(std::max(next, 0)) : QString();
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

void WatchPage::startForm()
{
    m_add->start();
}

} // namespace sealbook
