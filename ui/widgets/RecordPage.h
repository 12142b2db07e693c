// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"
#include "ui/widgets/Page.h"

#include <QTimer>

#include <chrono>

class QLineEdit;
class QStackedWidget;

namespace sealbook {

class DetailPane;
class EmptyState;
class ErrorPanel;
class NoteBar;
class RecordModel;
class RecordSplit;
class RecordTable;

// A page of records: a filter and tools in the head, the table, everything about the chosen one
// beside it, and the form of new ones in its place. A subclass calls setUp() once, loads when
// asked, and says what stands where.
class RecordPage : public Page
{
    Q_OBJECT

public:
    // A record's key, or what else it is called; "add" opens the form.
    void open(const QString &subject) override;
    void activated() override;
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;
    // What is shown may not be true any more.
    void refresh();

Q_SIGNALS:
    void loaded();

protected:
    // What the page consists of; widgets and actions become, or stay, its children.
    struct Parts
    {
        RecordModel *model;
        RecordTable *table;
        QString filterName; // of the filter's field, for tests
        QString filterLabel; // "Filter endpoints"
        QString emptyText; // what will be here
        QWidget *bar; // above the table
        DetailPane *pane;
        QWidget *form;
        QAction *add;
        QAction *find;
        QAction *clearFilter;
    };

    RecordPage(const QString &id, const QString &title, QWidget *parent);
    void setUp(const Parts &parts);
    void keyPressEvent(QKeyEvent *event) override;

    // Reads the records into the model, then calls finishLoading().
    virtual void load() = 0;
    void finishLoading();
    // The current record is another one ("" for none): what can be done with it.
    virtual void choose(const QString &key) = 0;
    // Into the open pane.
    virtual void showRecord(const QString &key) = 0;
    virtual void startForm() = 0;
    virtual void showBadge(int total, int needingPerson) = 0;
    [[nodiscard]] virtual QString countText(int total) const = 0; // "12 endpoints"
    [[nodiscard]] virtual QString noMatchText(int total) const = 0;

    void reload();
    void reloadWithin(std::chrono::milliseconds pause); // unless it is to be sooner
    void showWhenLoaded(const QString &subject) { m_wanted = subject; }
    void showCounts();
    void showCurrent();
    void startAdding();
    void stopAdding();
    void showNote(const QString &note, bool needsPerson = false, QAction *action = nullptr);
    void showError(const Error &error);
    void hideMessages();
    [[nodiscard]] RecordTable *table() const { return m_parts.table; }
    [[nodiscard]] RecordSplit *split() const { return m_split; }
    [[nodiscard]] bool isAdding() const;

private:
    void build();
    void bind();
    void openPane();
    void closePane();
    void select(const QString &key);

    Parts m_parts{};
    QLineEdit *m_filter;
    NoteBar *m_note;
    ErrorPanel *m_error;
    QStackedWidget *m_whole; // list, form
    QStackedWidget *m_list; // table, empty, no match
    EmptyState *m_empty;
    EmptyState *m_noMatch;
    RecordSplit *m_split = nullptr;
    QTimer m_reloadSoon;
    QTimer m_minute; // what is said about times grows old
    QString m_wanted; // to be shown once it is read
    bool m_isLoading = false;
    bool m_isStale = true;
};

} // namespace sealbook
