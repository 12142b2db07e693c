// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/RecordPage.h"

#include "ui/widgets/DetailPane.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/RecordModel.h"
#include "ui/widgets/RecordSplit.h"
#include "ui/widgets/RecordTable.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace std::chrono_literals;

namespace sealbook {

namespace {
constexpr int paneWidth = 336;
constexpr int filterWidth = 168;
constexpr auto reloadPause = 50ms;
} // namespace

RecordPage::RecordPage(const QString &id, const QString &title, QWidget *parent)
    : Page(id, title, parent)
    , m_filter(new QLineEdit(this))
    , m_note(new NoteBar(this))
    , m_error(new ErrorPanel(this))
    , m_whole(new QStackedWidget(this))
    , m_list(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
    , m_noMatch(new EmptyState(this))
{
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumHeight(28);
    m_filter->setFixedWidth(filterWidth);
    m_filter->addAction(houseIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    addToolWidget(m_filter);
    m_reloadSoon.setSingleShot(true);
    m_minute.setTimerType(Qt::VeryCoarseTimer);
}

void RecordPage::setUp(const Parts &parts)
{
    m_parts = parts;
    build();
    bind();
}

void RecordPage::build()
{
    m_filter->setObjectName(m_parts.filterName);
    m_filter->setAccessibleName(m_parts.filterLabel);
    addAction(m_parts.find);
    addAction(m_parts.clearFilter);
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_parts.bar);
    column->addWidget(m_note);
    column->addWidget(m_error);
    column->addWidget(new Line(Qt::Horizontal, left));
    m_list->addWidget(m_parts.table);
    m_list->addWidget(m_empty);
    m_list->addWidget(m_noMatch);
    column->addWidget(m_list, 1);
    m_empty->set(m_parts.emptyText, m_parts.add);
    m_split = new RecordSplit(left, m_parts.pane, paneWidth, this);
    m_whole->addWidget(m_split);
    m_whole->addWidget(m_parts.form);
    setBody(m_whole);
}

void RecordPage::bind()
{
    connect(&m_reloadSoon, &QTimer::timeout, this, &RecordPage::reload);
    m_minute.callOnTimeout(this, [this] {
        if (isVisible())
            m_parts.model->refreshTimes();
    });
    m_minute.start(1min);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_parts.model->setFilter(text);
        showCounts();
    });
    const auto *down = new QShortcut(Qt::Key_Down, m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    const auto toTable = [this] { table()->setFocus(Qt::TabFocusReason); };
    connect(down, &QShortcut::activated, this, toTable);
    connect(m_filter, &QLineEdit::returnPressed, this, toTable);
    connect(m_parts.find, &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    connect(m_parts.clearFilter, &QAction::triggered, m_filter, &QLineEdit::clear);
    connect(table(), &RecordTable::currentKeyChanged, this, &RecordPage::showCurrent);
    connect(table(), &RecordTable::openWanted, this, &RecordPage::openPane);
    connect(m_parts.pane, &DetailPane::closeWanted, this, &RecordPage::closePane);
}

void RecordPage::activated()
{
    if (m_isStale)
        reload();
}

void RecordPage::refresh()
{
    m_isStale = true;
    m_reloadSoon.start(reloadPause);
}

void RecordPage::reloadWithin(std::chrono::milliseconds pause)
{
    m_isStale = true;
    if (!m_reloadSoon.isActive())
        m_reloadSoon.start(pause);
}

void RecordPage::reload()
{
    if (m_isLoading)
        return; // finishLoading() looks at m_isStale again
    m_isLoading = true;
    m_isStale = false;
    load();
}

void RecordPage::finishLoading()
{
    m_isLoading = false;
    showCounts();
    if (!m_wanted.isEmpty())
        select(m_parts.model->keyOf(std::exchange(m_wanted, {})));
    showCurrent();
    Q_EMIT loaded();
    if (m_isStale)
        m_reloadSoon.start(reloadPause);
}

void RecordPage::showCounts()
{
    const RecordModel &model = *m_parts.model;
    const int total = model.total();
    const int needing = model.needingPerson();
    showBadge(total, needing);
    const QString count = total == 0 ? QString() : countText(total);
    setDetail(needing == 0 ? count : tr("%1, %n need a person", "", needing).arg(count));
    if (total == 0) {
        m_list->setCurrentWidget(m_empty);
    } else if (model.rowCount() == 0) {
        m_noMatch->set(noMatchText(total), m_parts.clearFilter);
        m_list->setCurrentWidget(m_noMatch);
    } else {
        m_list->setCurrentWidget(table());
    }
}

void RecordPage::showCurrent()
{
    const QString key = table()->currentKey();
    choose(key);
    if (key.isEmpty())
        m_split->setOpen(false);
    else if (m_split->isOpen())
        showRecord(key);
}

void RecordPage::openPane()
{
    if (table()->currentKey().isEmpty())
        return;
    m_split->setOpen(true);
    showCurrent();
}

void RecordPage::closePane()
{
    std::ignore = m_split->closeTo(table());
}

void RecordPage::select(const QString &key)
{
    if (key.isEmpty())
        return;
    if (!table()->select(key)) {
        m_parts.clearFilter->trigger();
        if (!table()->select(key))
            return;
    }
    openPane();
    table()->setFocus();
}

void RecordPage::open(const QString &subject)
{
    if (subject == QLatin1String("add")) {
        startAdding();
        return;
    }
    m_whole->setCurrentWidget(m_split);
    const QString key = m_parts.model->keyOf(subject);
    if (key.isEmpty() && (m_isStale || m_isLoading)) {
        m_wanted = subject;
        reload();
        return;
    }
    select(key);
}

bool RecordPage::isAdding() const
{
    return m_whole->currentWidget() == m_parts.form;
}

void RecordPage::startAdding()
{
    hideMessages();
    m_whole->setCurrentWidget(m_parts.form);
    startForm();
}

void RecordPage::stopAdding()
{
    m_whole->setCurrentWidget(m_split);
    firstFocus()->setFocus();
}

void RecordPage::showNote(const QString &note, bool needsPerson, QAction *action)
{
    m_error->clear();
    m_note->showNote(note, needsPerson ? StateRole::Act : StateRole::Ok,
                     needsPerson ? Glyph::ActNow : Glyph::Fine);
    m_note->setNoteAction(action);
}

void RecordPage::showError(const Error &error)
{
    m_note->hide();
    m_error->showError(error);
}

void RecordPage::hideMessages()
{
    m_error->clear();
    m_note->hide();
}

void RecordPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        Page::keyPressEvent(event);
        return;
    }
    if (m_parts.pane->isVisible())
        closePane();
    else if (!m_filter->text().isEmpty())
        m_filter->clear();
    else
        Page::keyPressEvent(event);
}

QList<QWidget *> RecordPage::areas() const
{
    QList<QWidget *> areas = Page::areas();
    areas.removeLast();
    if (isAdding())
        areas << m_parts.form;
    else
        areas << m_list << m_parts.pane;
    return areas;
}

QWidget *RecordPage::firstFocus() const
{
    return isAdding() ? m_parts.form : m_list->currentWidget();
}

} // namespace sealbook
