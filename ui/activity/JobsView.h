// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/issuance/IssuanceService.h"
#include "ui/activity/JobModel.h"

#include <QTimer>
#include <QWidget>

class QStackedWidget;

namespace sealbook {

class Dialogs;
class EmptyState;
class ErrorPanel;
class JobActions;
class JobPane;
class NoteBar;
class RecordSplit;
class RecordTable;

// The jobs: table and, beside it, the chosen one with its log, both live. Owned by the activity
// page; the service outlives it.
class JobsView : public QWidget
{
    Q_OBJECT

public:
    JobsView(IssuanceService &issuance, const Clock &clock, Dialogs &dialogs,
             QWidget *parent = nullptr);

    void load();
    void open(const QString &jobId);
    void setTimesLocal(bool local);
    [[nodiscard]] JobModel &model() { return m_model; }
    [[nodiscard]] JobActions &actions() { return *m_actions; }
    [[nodiscard]] QWidget *firstFocus() const;
    [[nodiscard]] QList<QWidget *> areas() const;
    [[nodiscard]] bool closePane(); // false: it was not open

protected:
    void showEvent(QShowEvent *event) override;

Q_SIGNALS:
    void loaded();
    void runningChanged(int count);
    void boardWanted(const QString &jobId);
    void certificateWanted(const QString &sha256);

private:
    void build();
    void bind();
    void receive(const Result<std::vector<JobRecord>> &jobs);
    void loadCaNames();
    void reload(); // now where it is seen, else when it is shown
    void refresh(); // what time alone changes
    void showCurrent();
    void openPane();

    IssuanceService &m_issuance;
    JobModel m_model;
    JobActions *m_actions;
    NoteBar *m_note;
    ErrorPanel *m_error;
    QStackedWidget *m_list;
    RecordTable *m_table;
    EmptyState *m_empty;
    JobPane *m_pane;
    RecordSplit *m_split;
    QTimer m_reloading; // another process may write many rows in a moment
    QTimer m_refreshing;
    QString m_wanted;
    bool m_isStale = false;
    bool m_timesLocal = false;
};

} // namespace sealbook
