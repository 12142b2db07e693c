// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/WatchActions.h"

#include "ui/widgets/PageAction.h"

#include <QAction>
#include <QWidget>

#include <algorithm>

namespace sealbook {

WatchActions::WatchActions(WatchService &watch, QWidget *page)
    : QObject(page)
    , m_watch(watch)
{
    m_add = makePageAction(this, "addEndpoints", tr("&Add endpoints…"), QStringLiteral("plus"),
                           QKeySequence::New);
    m_checkAll = makePageAction(this, "checkAllEndpoints", tr("Check &all now"),
                                QStringLiteral("refresh"), QKeySequence::Refresh);
    m_checkOne = makePageAction(this, "checkEndpoint", tr("&Check now"), QStringLiteral("refresh"));
    m_stopCheck =
        makePageAction(this, "stopChecking", tr("&Stop checking"), QStringLiteral("close"));
    m_remove = makePageAction(this, "removeEndpoint", tr("Re&move"), QStringLiteral("trash"),
                              QKeySequence::Delete);
    m_undo = makePageAction(this, "undoRemoveEndpoint", tr("&Undo remove"), QStringLiteral("undo"),
                            QKeySequence::Undo);
    m_find = makePageAction(this, "findEndpoint", tr("Find endpoints"), QStringLiteral("search"));
    m_clearFilter = makePageAction(this, "clearEndpointFilter", tr("Show all endpoints"));
    connect(m_add, &QAction::triggered, this, &WatchActions::addWanted);
    connect(m_checkAll, &QAction::triggered, this, [this] { check({}); });
    connect(m_checkOne, &QAction::triggered, this, [this] {
        if (m_current)
            check({m_current->id});
    });
    connect(m_stopCheck, &QAction::triggered, this, [this] { m_stop.request_stop(); });
    connect(m_remove, &QAction::triggered, this, &WatchActions::removeCurrent);
    connect(m_undo, &QAction::triggered, this, &WatchActions::undoRemoval);
    connect(&m_watch, &WatchService::checked, this, &WatchActions::count);
    enable();
}

WatchActions::~WatchActions()
{
    m_stop.request_stop();
}

void WatchActions::setCurrent(const EndpointStatus *status)
{
    m_current = status == nullptr ? std::nullopt : std::optional(status->record);
    enable();
}

void WatchActions::setTotal(int total)
{
    m_total = total;
    enable();
}

void WatchActions::enable()
{
    m_checkAll->setEnabled(m_total > 0 && !m_isChecking);
    m_checkOne->setEnabled(m_current.has_value() && !m_isChecking);
    m_stopCheck->setEnabled(m_isChecking);
    m_remove->setEnabled(m_current.has_value());
    m_undo->setEnabled(m_removed.has_value());
}

void WatchActions::check(std::vector<EndpointId> ids)
{
    if (m_isChecking) {
        m_waiting.insert(m_waiting.end(), ids.begin(), ids.end());
        return;
    }
    m_isChecking = true;
    m_stop = std::stop_source();
    m_toCheck = QSet<EndpointId>(ids.begin(), ids.end());
    m_checked.clear();
    enable();
    Q_EMIT progressed(0, ids.empty() ? m_total : static_cast<int>(ids.size()));
    Task<std::vector<EndpointStatus>> task = m_watch.check(std::move(ids), m_stop.get_token());
    QCoro::connect(
        std::move(task), this,
        [this](const Result<std::vector<EndpointStatus>> &statuses) { finish(statuses); });
}

void WatchActions::count(EndpointId id)
{
    if (!m_isChecking || (!m_toCheck.isEmpty() && !m_toCheck.contains(id)))
        return;
    m_checked.insert(id);
    const auto done = static_cast<int>(m_checked.size());
    const int of = m_toCheck.isEmpty() ? m_total : static_cast<int>(m_toCheck.size());
    Q_EMIT progressed(done, std::max(done, of));
}

void WatchActions::finish(const Result<std::vector<EndpointStatus>> &statuses)
{
    m_isChecking = false;
    enable();
    Q_EMIT ended();
    const std::vector<EndpointId> waiting = std::exchange(m_waiting, {});
    if (!statuses) {
        if (statuses.error().kind == Error::Kind::Cancelled)
            Q_EMIT noted(tr("Stopped after %n endpoints. What was seen until then is kept.", "",
                            static_cast<int>(m_checked.size())),
                         false, nullptr);
        else
            Q_EMIT failed(statuses.error());
        return;
    }
    if (!waiting.empty()) {
        check(waiting);
        return;
    }
    if (statuses->empty())
        return;
    const auto needing =
        std::count_if(statuses->begin(), statuses->end(),
                      [](const EndpointStatus &status) { return needsAction(status.state); });
    const QString looked = tr("Looked at %n endpoints.", "", static_cast<int>(statuses->size()));
    const QString text = needing == 0
        ? looked
        : tr("%1 %n need a person.", "", static_cast<int>(needing)).arg(looked);
    Q_EMIT noted(text, needing > 0, nullptr);
}

void WatchActions::removeCurrent()
{
    if (!m_current)
        return;
    const EndpointRecord record = *m_current;
    Task<> task = m_watch.remove({record.id});
    QCoro::connect(std::move(task), this, [this, record](const Result<> &result) {
        if (!result) {
            Q_EMIT failed(result.error());
            return;
        }
        m_removed = record;
        enable();
        Q_EMIT removed(record.id.text());
        Q_EMIT noted(tr("%1 is not watched any more.").arg(record.address.text()), false, m_undo);
    });
}

void WatchActions::undoRemoval()
{
    if (!m_removed)
        return;
    const EndpointRecord record = *std::exchange(m_removed, std::nullopt);
    enable();
    Task<> task = m_watch.restore({record.id});
    QCoro::connect(std::move(task), this, [this, record](const Result<> &result) {
        if (!result) {
            Q_EMIT failed(result.error());
            return;
        }
        Q_EMIT noted(tr("%1 is watched again.").arg(record.address.text()), false, nullptr);
        Q_EMIT restored(record.id.text());
    });
}

} // namespace sealbook
