// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/WatchService.h"

#include <QObject>
#include <QSet>

#include <optional>
#include <stop_token>

class QAction;
class QWidget;

namespace sealbook {

// What can be done on the watch page: when it is possible and which call it makes. Removing asks
// nothing, because it can be undone. Owned by the page.
class WatchActions : public QObject
{
    Q_OBJECT

public:
    WatchActions(WatchService &watch, QWidget *page);
    ~WatchActions() override;

    void setCurrent(const EndpointStatus *status); // null: none is selected
    void setTotal(int total);

    [[nodiscard]] QAction *add() const { return m_add; }
    [[nodiscard]] QAction *checkOne() const { return m_checkOne; }
    [[nodiscard]] QAction *checkAll() const { return m_checkAll; }
    [[nodiscard]] QAction *stop() const { return m_stopCheck; }
    [[nodiscard]] QAction *removeOne() const { return m_remove; }
    [[nodiscard]] QAction *undo() const { return m_undo; }
    [[nodiscard]] QAction *find() const { return m_find; }
    [[nodiscard]] QAction *clearFilter() const { return m_clearFilter; }

    // Looks at these now (at all where there are none in the list), or after the check that is
    // under way: what was just added.
    void check(std::vector<EndpointId> ids);

Q_SIGNALS:
    void addWanted();
    // `needsPerson`: it is no good news. `action` may be null: nothing can be done about it.
    void noted(const QString &text, bool needsPerson, QAction *action);
    void progressed(int done, int of);
    void ended(); // of a check, however it ended
    void failed(const sealbook::Error &error);
    void removed(const QString &id);
    void restored(const QString &id);

private:
    void count(EndpointId id);
    void finish(const Result<std::vector<EndpointStatus>> &statuses);
    void removeCurrent();
    void undoRemoval();
    void enable();

    WatchService &m_watch;
    std::optional<EndpointRecord> m_current;
    std::optional<EndpointRecord> m_removed; // the last one, for undo
    std::stop_source m_stop;
    QSet<EndpointId> m_toCheck; // empty: all
    QSet<EndpointId> m_checked;
    std::vector<EndpointId> m_waiting; // for the check under way to end
    int m_total = 0;
    bool m_isChecking = false;
    QAction *m_add = nullptr;
    QAction *m_checkOne = nullptr;
    QAction *m_checkAll = nullptr;
    QAction *m_stopCheck = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_find = nullptr;
    QAction *m_clearFilter = nullptr;
};

} // namespace sealbook
