// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/AuditLog.h"
#include "ui/activity/AuditModel.h"

#include <QWidget>

#include <stop_token>

class QAction;
class QLabel;
class QStackedWidget;

namespace sealbook {

class Dialogs;
class EmptyState;
class ErrorPanel;
class NoteBar;
class RecordTable;
class StateLabel;

// The audit log with the state of its chain: what a walk over all of it said, and when more came
// since. Owned by the activity page; the log outlives it.
class AuditView : public QWidget
{
    Q_OBJECT

public:
    AuditView(AuditLog &audit, Dialogs &dialogs, QWidget *parent = nullptr);
    ~AuditView() override;

    void verify(); // walks the chain, then shows the newest entries
    void setTimesLocal(bool local) { m_model.setTimesLocal(local); }
    [[nodiscard]] AuditModel &model() { return m_model; }
    [[nodiscard]] QAction *verifyNow() const { return m_verify; }
    [[nodiscard]] QAction *exportLines() const { return m_export; }
    [[nodiscard]] QString chainText() const;
    [[nodiscard]] QWidget *firstFocus() const;

Q_SIGNALS:
    void loaded();

private:
    void build();
    void bind();
    void loadEntries(qint64 count);
    void showChain();
    void chooseFile();
    void writeLines(const QString &file);

    AuditLog &m_audit;
    Dialogs &m_dialogs;
    AuditModel m_model;
    QAction *m_verify;
    QAction *m_export;
    StateLabel *m_chain;
    QLabel *m_shown;
    NoteBar *m_note;
    ErrorPanel *m_error;
    QStackedWidget *m_list;
    RecordTable *m_table;
    EmptyState *m_empty;
    AuditVerdict m_verdict;
    int m_since = 0; // entries that came after the walk
    bool m_walked = false;
    std::stop_source m_stop;
};

} // namespace sealbook
