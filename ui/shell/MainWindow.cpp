// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/MainWindow.h"

#include "core/governance/AuditLog.h"
#include "core/issuance/IssuanceService.h"
#include "ui/shell/ActionCatalog.h"
#include "ui/shell/CommandPalette.h"
#include "ui/shell/Navigation.h"
#include "ui/shell/ShortcutsDialog.h"
#include "ui/shell/StatusArea.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QActionEvent>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace sealbook {

namespace {

constexpr QSize firstSize(1280, 800);

// The first widget inside `area` that the Tab key would reach.
QWidget *firstStop(QWidget *area)
{
    const auto takesFocus = [](const QWidget *widget) {
        return (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible()
            && widget->isEnabled();
    };
    if (takesFocus(area))
        return area;
    for (QWidget *next = area->nextInFocusChain(); next != nullptr && next != area;
         next = next->nextInFocusChain()) {
        if (area->isAncestorOf(next) && takesFocus(next))
            return next;
    }
    return nullptr;
}

// A name for a part whose layout is remembered; parts without one are not.
QString layoutKey(const Page *page, const QWidget *part)
{
    QString name = part->objectName();
    if (qobject_cast<const QHeaderView *>(part) != nullptr && part->parentWidget() != nullptr)
        name = part->parentWidget()->objectName();
    if (name.isEmpty() || name.startsWith(QLatin1String("qt_")))
        return {};
    return QStringLiteral("%1/%2").arg(page->id(), name);
}

} // namespace

MainWindow::MainWindow(WindowServices services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(std::move(services))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(m_services.practice ? tr("Sealbook, PRACTICE") : tr("Sealbook"));
    setAccessibleName(windowTitle());
    setMinimumSize(960, 600);
    m_actions = new ActionCatalog(this);

    auto *central = new QWidget(this);
    auto *rows = new QVBoxLayout(central);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(0);
    m_navigation = new Navigation(m_services.profileName, m_services.practice, central);
    m_stack = new QStackedWidget(central);
    columns->addWidget(m_navigation);
    columns->addWidget(new Line(Qt::Vertical, central));
    columns->addWidget(m_stack, 1);
    m_status = new StatusArea(m_services.practice, central);
    rows->addLayout(columns, 1);
    rows->addWidget(new Line(Qt::Horizontal, central));
    rows->addWidget(m_status);
    setCentralWidget(central);
    m_palette = new CommandPalette(*m_actions, central);

    buildActions();
    connectParts();
    connectServices();
    restore();
}

MainWindow::~MainWindow()
{
    m_stop.request_stop();
}

void MainWindow::buildActions()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, auto act) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, act);
        addAction(action);
        m_actions->add(action);
        return action;
    };
    add(tr("Commands…"), QKeySequence(Qt::CTRL | Qt::Key_K), [this] {
        m_palette->open();
    })->setObjectName(QStringLiteral("commandsAction"));
    add(tr("Next area"), QKeySequence(Qt::Key_F6), [this] { walkAreas(1); });
    add(tr("Previous area"), QKeySequence(Qt::SHIFT | Qt::Key_F6), [this] { walkAreas(-1); });
    add(tr("Keyboard shortcuts"), QKeySequence(Qt::Key_F1), [this] {
        auto *dialog = new ShortcutsDialog(*m_actions, this);
        dialog->open();
    });
    add(tr("Close window"), QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
}

void MainWindow::connectParts()
{
    connect(m_navigation, &Navigation::chosen, this, &MainWindow::enter);
    connect(m_status, &StatusArea::commandsWanted, m_palette, &CommandPalette::open);
    connect(m_status, &StatusArea::jobChosen, this, [this](const JobId &id) {
        showPage(page(QStringLiteral("issue")) != nullptr ? QStringLiteral("issue")
                                                          : QStringLiteral("activity"),
                 id.text());
    });
    connect(m_palette, &CommandPalette::chosen, this,
            [this](QAction *action, const QString &pageTitle) {
                for (const Entry &entry : m_pages) {
                    if (entry.page->title() == pageTitle && entry.page->actions().contains(action))
                        show(entry.page);
                }
                action->trigger();
            });
}

void MainWindow::connectServices()
{
    if (m_services.issuance != nullptr) {
        connect(m_services.issuance, &IssuanceService::jobChanged, m_status,
                [this](const JobRecord &job) { m_status->jobChanged(job); });
        connect(m_services.issuance, &IssuanceService::boardChanged, m_status,
                [this](const JobId &id, const BoardState &board) {
                    m_status->boardChanged(id, board);
                });
    }
    if (m_services.audit == nullptr)
        return;
    connect(m_services.audit, &AuditLog::appended, this, [this](const AuditEntry &entry) {
        m_auditEntries = std::max(m_auditEntries, entry.sequence);
        showAudit();
    });
    Task<AuditVerdict> verify = m_services.audit->verify(m_stop.get_token());
    QCoro::connect(std::move(verify), this, [this](const Result<AuditVerdict> &verdict) {
        if (!verdict)
            return;
        m_auditEntries = std::max(m_auditEntries, verdict->entries);
        m_auditIntact = verdict->intact;
        m_auditKnown = true;
        showAudit();
    });
}

void MainWindow::showAudit()
{
    if (!m_auditKnown)
        return;
    const int count = static_cast<int>(std::min<qint64>(m_auditEntries, INT_MAX));
    m_status->setAudit(m_auditIntact ? tr("Audit chain intact, %n entries", nullptr, count)
                                     : tr("Audit chain broken"),
                       m_auditIntact);
}

Page *MainWindow::addPage(std::unique_ptr<Page> owned, const QString &iconName,
                          const QKeySequence &shortcut)
{
    Page *page = owned.release();
    m_stack->addWidget(page); // now the stack's
    const bool apart = page->id() == QLatin1String("settings");
    m_navigation->addPage(page, iconName, apart);

    Entry entry;
    entry.page = page;
    entry.show = new QAction(tr("Show %1").arg(page->title()), this);
    const auto number = static_cast<int>(m_pages.size()) + 1;
    QList<QKeySequence> keys;
    if (!shortcut.isEmpty())
        keys.append(shortcut);
    else if (number <= 9)
        keys.append(
            QKeySequence(static_cast<int>(Qt::CTRL) | (static_cast<int>(Qt::Key_0) + number)));
    if (apart) {
        keys.removeAll(QKeySequence(Qt::CTRL | Qt::Key_Comma));
        keys.append(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    }
    entry.show->setShortcuts(keys);
    connect(entry.show, &QAction::triggered, this, [this, page] { enter(page); });
    addAction(entry.show);
    m_actions->add(entry.show);
    m_pages.push_back(entry);
    adopt(page);
    restorePage(page);
    if (m_pages.size() == 1 || page->id() == m_wantedPage)
        show(page);
    return page;
}

Page *MainWindow::setFirstRunPage(std::unique_ptr<Page> owned, const QString &insteadOf)
{
    Q_ASSERT(m_firstRun == nullptr);
    m_firstRun = owned.release();
    m_firstRunInsteadOf = insteadOf;
    m_stack->addWidget(m_firstRun);
    adopt(m_firstRun);
    return m_firstRun;
}

void MainWindow::adopt(Page *page)
{
    connect(page, &Page::pageWanted, this, &MainWindow::showPage);
    for (QAction *action : page->actions())
        m_actions->add(action, page->title());
    page->installEventFilter(this);
    auto *menu = new QMenu(page);
    connect(menu, &QMenu::aboutToShow, this, [this, menu, page] {
        menu->clear();
        menu->addActions(page->menuActions());
        menu->addSeparator();
        // The pages stand beside it, and the menu has to fit on a screen.
        for (QAction *action : actions()) {
            if (std::none_of(m_pages.begin(), m_pages.end(),
                             [action](const Entry &entry) { return entry.show == action; }))
                menu->addAction(action);
        }
    });
    page->setMoreMenu(menu);
}

void MainWindow::setEmptyProfile(bool empty)
{
    if (m_emptyProfile == empty)
        return;
    m_emptyProfile = empty;
    Page *instead = page(m_firstRunInsteadOf);
    if (m_firstRun == nullptr || instead == nullptr)
        return;
    if (m_stack->currentWidget() == (empty ? instead : m_firstRun))
        show(instead);
}

Page *MainWindow::standIn(Page *page) const
{
    const bool replaced =
        m_emptyProfile && m_firstRun != nullptr && page->id() == m_firstRunInsteadOf;
    return replaced ? m_firstRun : page;
}

void MainWindow::show(Page *page)
{
    Page *shown = standIn(page);
    m_navigation->setCurrent(page);
    m_current = page;
    m_stack->setCurrentWidget(shown);
    shown->activated();
}

void MainWindow::showPage(const QString &id, const QString &subject)
{
    Page *wanted = page(id);
    if (wanted == nullptr)
        return;
    show(wanted);
    if (!subject.isEmpty())
        standIn(wanted)->open(subject);
    focusFirst(wanted);
}

void MainWindow::enter(Page *page)
{
    show(page);
    focusFirst(page);
}

void MainWindow::focusFirst(Page *page)
{
    Page *shown = standIn(page);
    QWidget *first = shown->firstFocus();
    if (QWidget *stop = firstStop(first != nullptr ? first : shown))
        stop->setFocus(Qt::ShortcutFocusReason); // with which every style shows where it is
}

QString MainWindow::currentPageId() const
{
    return m_current != nullptr ? m_current->id() : QString();
}

Page *MainWindow::page(const QString &id) const
{
    for (const Entry &entry : m_pages) {
        if (entry.page->id() == id)
            return entry.page;
    }
    return nullptr;
}

void MainWindow::setKeychainState(const QString &text, bool usable)
{
    m_navigation->setKeychainState(text, usable);
}

QList<QWidget *> MainWindow::areas() const
{
    QList<QWidget *> areas{m_navigation};
    if (m_current != nullptr)
        areas.append(standIn(m_current)->areas());
    areas.append(m_status);
    areas.removeIf([](QWidget *area) { return !area->isVisible() || firstStop(area) == nullptr; });
    return areas;
}

void MainWindow::walkAreas(int direction)
{
    const QList<QWidget *> stops = areas();
    if (stops.isEmpty())
        return;
    qsizetype at = -1;
    const QWidget *focused = focusWidget();
    for (qsizetype i = 0; i < stops.size(); ++i) {
        if (focused != nullptr && (stops.at(i) == focused || stops.at(i)->isAncestorOf(focused)))
            at = i; // the innermost of nested areas comes last
    }
    const qsizetype count = stops.size();
    const qsizetype to =
        at < 0 ? (direction > 0 ? 0 : count - 1) : (at + direction + count) % count;
    QWidget *stop = stops.at(to) == m_navigation ? m_navigation->firstFocus() : nullptr;
    if (stop == nullptr)
        stop = firstStop(stops.at(to));
    stop->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::restore()
{
    resize(firstSize);
    if (m_services.settingsFile.isEmpty())
        return;
    const QSettings settings(m_services.settingsFile, QSettings::IniFormat);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_wantedPage = settings.value(QStringLiteral("window/page")).toString();
}

void MainWindow::restorePage(Page *page)
{
    if (m_services.settingsFile.isEmpty())
        return;
    const QSettings settings(m_services.settingsFile, QSettings::IniFormat);
    for (auto *splitter : page->findChildren<QSplitter *>()) {
        const QString key = layoutKey(page, splitter);
        if (!key.isEmpty() && settings.contains(key))
            splitter->restoreState(settings.value(key).toByteArray());
    }
    for (auto *header : page->findChildren<QHeaderView *>()) {
        const QString key = layoutKey(page, header);
        if (!key.isEmpty() && settings.contains(key))
            header->restoreState(settings.value(key).toByteArray());
    }
}

void MainWindow::remember() const
{
    if (m_services.settingsFile.isEmpty())
        return;
    QSettings settings(m_services.settingsFile, QSettings::IniFormat);
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/page"), currentPageId());
    for (const Entry &entry : m_pages) {
        for (const auto *splitter : entry.page->findChildren<QSplitter *>()) {
            const QString key = layoutKey(entry.page, splitter);
            if (!key.isEmpty())
                settings.setValue(key, splitter->saveState());
        }
        for (const auto *header : entry.page->findChildren<QHeaderView *>()) {
            const QString key = layoutKey(entry.page, header);
            if (!key.isEmpty())
                settings.setValue(key, header->saveState());
        }
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    remember();
    if (m_hidesOnClose) {
        event->ignore();
        hide();
        return;
    }
    Q_EMIT aboutToClose();
    event->accept();
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Actions that a page makes later are in the catalog too.
    if (event->type() == QEvent::ActionAdded) {
        if (const auto *changed = qobject_cast<Page *>(watched)) {
            auto *action = static_cast<QActionEvent *>(event)->action();
            if (!action->text().isEmpty())
                m_actions->add(action, changed->title());
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace sealbook
