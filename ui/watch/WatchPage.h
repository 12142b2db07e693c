// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/inventory/WatchService.h"
#include "ui/watch/EndpointModel.h"
#include "ui/widgets/Page.h"

#include <QTimer>

#include <stop_token>

class QLineEdit;
class QSplitter;
class QStackedWidget;

namespace sealbook {

class AddEndpointsPanel;
class CheckBar;
class EmptyState;
class EndpointPane;
class ErrorPanel;
class NoteBar;
class RecordTable;
class WatchActions;

// Endpoints and what they serve: a table by state, everything about one beside it, and the form of
// new ones. Owned by MainWindow; the service outlives it.
class WatchPage : public Page
{
    Q_OBJECT

public:
    WatchPage(WatchService &watch, const Clock &clock, QWidget *parent = nullptr);
    ~WatchPage() override;

    // An endpoint's id or address; "add" opens the form.
    void open(const QString &subject) override;
    void activated() override;
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;
    [[nodiscard]] EndpointModel &model() { return m_model; }
    // Certificates changed: what should be served may be another one now.
    void refresh();
    void setTimesLocal(bool local);
    void checkAll();

Q_SIGNALS:
    void loaded();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void setUpTable();
    void bind();
    void bindParts();
    void reload();
    void showCounts();
    void showCurrent();
    void showHistory();
    void showComparison(const EndpointStatus &status);
    void change(const EndpointRecord &endpoint);
    void openPane();
    void closePane();
    void startAdding();
    void stopAdding();
    void finishAdding(const std::vector<EndpointRecord> &endpoints, int known);
    void select(const QString &id);
    void goOnAfter(const QString &id);

    WatchService &m_watch;
    const Clock &m_clock;
    EndpointModel m_model;
    WatchActions *m_actions;
    QLineEdit *m_filter;
    NoteBar *m_note;
    CheckBar *m_progress;
    ErrorPanel *m_error;
    QStackedWidget *m_whole; // list, form
    QStackedWidget *m_list; // table, empty, no match
    RecordTable *m_table;
    EmptyState *m_empty;
    EmptyState *m_noMatch;
    QSplitter *m_splitter;
    EndpointPane *m_pane;
    AddEndpointsPanel *m_add;
    QTimer m_reloadSoon;
    std::chrono::milliseconds m_reloadTook{0};
    QTimer m_minute; // what is said about times grows old
    std::stop_source m_stop;
    QString m_wanted; // to be shown once it is read
    QString m_next; // the row to go to when the current one is gone
    bool m_loading = false;
    bool m_stale = true;
};

} // namespace sealbook
