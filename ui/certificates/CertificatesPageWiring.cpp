// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateActions.h"
#include "ui/certificates/CertificateImporter.h"
#include "ui/certificates/CertificatePane.h"
#include "ui/certificates/CertificateView.h"
#include "ui/certificates/CertificateWords.h"
#include "ui/certificates/CertificatesPage.h"
#include "ui/certificates/ColumnsPanel.h"
#include "ui/certificates/ExportPanel.h"
#include "ui/certificates/ImportReportPanel.h"
#include "ui/certificates/MarkBar.h"
#include "ui/certificates/QueryBar.h"
#include "ui/certificates/SortHeader.h"
#include "ui/certificates/ViewBar.h"
#include "ui/certificates/ViewSwitches.h"
#include "ui/certificates/WaitingActions.h"
#include "ui/certificates/WaitingPane.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/ExpiryStrip.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/PageAction.h"
#include "ui/widgets/RecordSplit.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>

#include <chrono>

using namespace std::chrono_literals;

namespace sealbook {

void CertificatesPage::addTools()
{
    addToolAction(m_actions->issue());
    addToolAction(m_actions->importFiles());
    addToolWidget(m_switches->groupButton());
    addToolWidget(m_switches->hideButton());
    m_chooseColumns =
        makePageAction(this, "chooseColumns", tr("Co&lumns"), QStringLiteral("columns"));
    connect(m_chooseColumns, &QAction::triggered, this, &CertificatesPage::showColumns);
    addToolAction(m_chooseColumns);
    for (QAction *action : m_actions->all())
        addAction(action);
    for (QAction *action : m_waitingActions->all())
        addAction(action);
    addAction(m_views->saveAction());
    m_removeTerm = new QAction(this);
    connect(m_removeTerm, &QAction::triggered, m_query, &QueryBar::removeLastTerm);
    addMenuActions();
}

// What has no button of its own; the many things for selected certificates stand behind one line.
void CertificatesPage::addMenuActions()
{
    m_selected = new QMenu(tr("&Selected certificates"), this);
    m_selected->setObjectName(QStringLiteral("selectedMenu"));
    connect(m_selected, &QMenu::aboutToShow, this, [this] {
        m_selected->clear();
        m_actions->fillMenu(m_selected);
    });
    const auto separator = [this] {
        auto *line = new QAction(this);
        line->setSeparator(true);
        return line;
    };
    m_menuActions = {m_actions->importFolder(),
                     m_actions->importTokens(),
                     m_actions->paste(),
                     m_actions->report(),
                     separator(),
                     m_selected->menuAction(),
                     m_actions->undo(),
                     m_actions->redo(),
                     separator(),
                     m_actions->find(),
                     m_actions->clearFilter()};
}

void CertificatesPage::build()
{
    auto *body = new QWidget(this);
    auto *parts = new QVBoxLayout(body);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    parts->addWidget(m_strip);
    parts->addWidget(m_stripLine);
    m_strip->hide(); // until there is something
    m_stripLine->hide();
    auto *query = new QHBoxLayout;
    query->setContentsMargins(16, 7, 12, 8);
    query->setSpacing(8);
    query->addWidget(m_query, 1);
    query->addWidget(m_views, 0, Qt::AlignTop);
    parts->addLayout(query);
    parts->addWidget(m_marks);
    parts->addWidget(m_note);
    parts->addWidget(m_report);
    parts->addWidget(m_error);
    parts->addWidget(new Line(Qt::Horizontal, body));

    m_list->addWidget(m_view);
    m_list->addWidget(m_empty);
    m_list->addWidget(m_noMatch);
    m_empty->set(tr("Every certificate you are responsible for stands here, those that expire "
                    "first on top. Import files, drop them on this page, or paste PEM."),
                 m_actions->importFiles());
    buildSide();
    parts->addWidget(m_split, 1);
    setBody(body);
    setAcceptDrops(true);
}

void CertificatesPage::buildSide()
{
    m_side->addWidget(m_pane);
    m_side->addWidget(m_waitingPane);
    m_waitingPane->setActions(m_waitingActions->all()
                              + QList<QAction *>{m_actions->trash(), m_actions->restore()});
    m_side->addWidget(m_export);
    m_side->addWidget(m_columns);
    m_pane->setActions(
        {m_actions->exportOne(), m_actions->copyPem(), m_actions->trash(), m_actions->restore()});
}

void CertificatesPage::bind()
{
    m_reloadSoon.setSingleShot(true);
    m_reloadSoon.setInterval(50ms); // an import of many files tells each one
    connect(&m_reloadSoon, &QTimer::timeout, this, &CertificatesPage::reload);
    connect(&m_inventory, &InventoryService::changed, this, [this] {
        m_stale = true;
        m_reloadSoon.start();
    });
    m_minute.setInterval(60s);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_model.refreshTimes();
    });
    m_minute.start();
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(500ms); // dragging a column's edge tells each pixel
    connect(&m_saveSoon, &QTimer::timeout, this, &CertificatesPage::savePreferences);
    connect(&m_model, &CertificateModel::viewChanged, this, [this] {
        showStrip();
        showCounts();
        showSelection();
        const QString current = m_view->currentSha256();
        if (!current.isEmpty())
            showCurrent(current);
        if (!m_wanted.isEmpty() && !m_model.isAsking() && m_model.row(m_wanted) != nullptr)
            open(std::exchange(m_wanted, {}));
        if (m_model.inventory()->now() != 0)
            Q_EMIT loaded();
    });
    bindSwitches();
    connect(m_query, &QueryBar::queryChanged, this, &CertificatesPage::ask);
    connect(m_strip, &ExpiryStrip::termWanted, this, [this](const QString &term) {
        m_query->replaceTerms(stripTerms(), term);
        showStrip(); // also where there was no room for it in the question
    });
    m_query->setChipWords(
        [this](const QString &term) { return CertificateWords::expiryTerm(weeksNow(), term); });
    connect(m_query, &QueryBar::doneTyping, this,
            [this] { firstFocus()->setFocus(Qt::TabFocusReason); });
    connect(m_views, &ViewBar::chosen, this, &CertificatesPage::showView);
    connect(m_views, &ViewBar::viewsChanged, this, [this] {
        Task<> saving = m_inventory.saveViews(m_views->views());
        QCoro::connect(std::move(saving), this, [this](const Result<> &saved) {
            if (!saved)
                m_error->showError(saved.error());
        });
        savePreferences();
    });
    bindView();
    bindActions();
    bindMarks();
}

void CertificatesPage::bindSwitches()
{
    connect(m_switches, &ViewSwitches::changed, this, &CertificatesPage::ask);
    connect(m_switches, &ViewSwitches::retiredHidden, this, [this](bool hides) {
        if (hides)
            m_query->addTerm(notRetired());
        else
            m_query->removeTerm(notRetired());
    });
    connect(m_switches, &ViewSwitches::trashShown, this,
            [this](bool shown) { showView(shown ? ViewBar::trash() : ViewBar::all()); });
    connect(m_switches, &ViewSwitches::allFolded, this,
            [this](bool folds) { m_model.setAllFolded(folds); });
}

void CertificatesPage::bindView()
{
    // Where a key means the rows: not in a field or a list beside them.
    for (QAction *action : {m_actions->trash(), m_actions->deleteForGood()}) {
        action->setShortcutContext(Qt::WidgetShortcut);
        m_view->addAction(action);
    }
    connect(m_view, &CertificateView::currentCertificateChanged, this,
            &CertificatesPage::showCurrent);
    connect(m_view, &CertificateView::selectedChanged, this, &CertificatesPage::showSelection);
    connect(m_view, &CertificateView::openWanted, this, &CertificatesPage::openPane);
    connect(m_view, &CertificateView::sortWanted, this, &CertificatesPage::setSort);
    connect(m_view, &CertificateView::columnsChanged, this, [this] {
        m_columns->setColumns(m_view->shownColumns());
        m_saveSoon.start();
    });
    connect(m_view, &CertificateView::menuWanted, this, [this](const QPoint &where) {
        auto *menu = new QMenu(this);
        menu->setObjectName(QStringLiteral("certificateMenu"));
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_actions->fillMenu(menu);
        menu->addActions(m_waitingActions->all());
        menu->popup(where);
    });
    connect(m_view, &CertificateView::columnMenuWanted, this, &CertificatesPage::showColumnMenu);
    connect(m_columns, &ColumnsPanel::columnsWanted, this, [this](const std::vector<int> &columns) {
        m_view->showColumns(columns);
        m_saveSoon.start();
    });
    connect(m_columns, &ColumnsPanel::sortWanted, this, &CertificatesPage::setSort);
    connect(m_columns, &ColumnsPanel::resetWanted, this, [this] {
        m_view->resetColumns();
        m_columns->setColumns(m_view->shownColumns());
        m_saveSoon.start();
    });
    connect(m_columns, &ColumnsPanel::closeWanted, this, &CertificatesPage::closePane);
}

void CertificatesPage::showColumnMenu(int column, const QPoint &where)
{
    if (column < 0)
        return;
    const auto at = static_cast<CertificateModel::Column>(column);
    const InventoryField field = CertificateModel::fieldOf(at);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("columnMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Sort by this column")), &QAction::triggered, this,
            [this, field] { setSort(SortHeader::clicked(m_sort, field, false)); });
    connect(menu->addAction(tr("Sort by it too (Shift+click)")), &QAction::triggered, this,
            [this, field] { setSort(SortHeader::clicked(m_sort, field, true)); });
    menu->addSeparator();
    QAction *hide = menu->addAction(tr("Hide “%1”").arg(CertificateModel::columnTitle(at)));
    hide->setEnabled(at != CertificateModel::Names);
    connect(hide, &QAction::triggered, this, [this, column] {
        std::vector<int> columns = m_view->shownColumns();
        std::erase(columns, column);
        m_view->showColumns(columns);
        m_columns->setColumns(m_view->shownColumns());
        m_saveSoon.start();
    });
    menu->addAction(m_chooseColumns);
    menu->popup(where);
}

void CertificatesPage::bindActions()
{
    connect(m_actions->find(), &QAction::triggered, this, [this] {
        m_query->edit()->setFocus(Qt::ShortcutFocusReason);
        m_query->edit()->selectAll();
    });
    connect(m_actions->clearFilter(), &QAction::triggered, m_query, &QueryBar::clear);
    connect(m_actions->issue(), &QAction::triggered, this,
            [this] { Q_EMIT pageWanted(QStringLiteral("issue")); });
    connect(m_actions, &CertificateActions::exportWanted, this, &CertificatesPage::startExport);
    connect(m_actions->report(), &QAction::triggered, this,
            [this] { m_actions->writeReport(shownReport()); });
    connect(m_actions, &CertificateActions::noted, this, [this](const QString &text, bool undo) {
        m_note->showNote(text);
        m_note->setNoteAction(undo ? m_actions->undo() : nullptr);
    });
    connect(m_actions, &CertificateActions::failed, m_error, &ErrorPanel::showError);
    connect(m_actions->sameNames(), &QAction::triggered, this, [this] {
        SavedView view = shownView();
        view.query = QStringLiteral("same:") + m_view->currentSha256();
        view.hidesExpired = view.hidesSuperseded = view.hidesRevoked = false;
        showView(view);
    });
    connect(m_actions->issuedBy(), &QAction::triggered, this, [this] {
        if (const InventoryRow *row = m_model.row(m_view->currentSha256()))
            m_query->setTerm(QueryField::Issuer,
                             QStringLiteral("issuer=") + queryQuoted(row->issuer));
    });
    connect(
        m_importer, &CertificateImporter::finished, this,
        [this](const std::vector<ImportOutcome> &outcomes) { m_report->showOutcomes(outcomes); });
    connect(m_importer, &CertificateImporter::started, this, [this](const QString &source) {
        m_error->clear();
        m_report->showProgress(tr("Importing %1…").arg(source));
    });
    connect(m_importer, &CertificateImporter::progressed, this, [this](int files, int of) {
        m_report->showProgress(tr("Importing: %1 of %2 files").arg(files).arg(of));
    });
    connect(m_report, &ImportReportPanel::cancelWanted, m_importer, &CertificateImporter::cancel);
    connect(m_report, &ImportReportPanel::showWanted, this, &CertificatesPage::open);
    connect(m_pane, &CertificatePane::closeWanted, this, &CertificatesPage::closePane);
    connect(m_waitingPane, &WaitingPane::closeWanted, this, &CertificatesPage::closePane);
    connect(m_waitingActions, &WaitingActions::noted, m_note,
            [this](const QString &text) { m_note->showNote(text); });
    connect(m_waitingActions, &WaitingActions::failed, m_error, &ErrorPanel::showError);
    connect(m_pane, &CertificatePane::credentialWanted, this, [this](const QString &name) {
        Q_EMIT pageWanted(QStringLiteral("credentials"), name);
    });
    connect(m_pane, &CertificatePane::certificateWanted, this, &CertificatesPage::open);
    connect(m_export, &ExportPanel::cancelled, this, [this] {
        m_side->setCurrentWidget(m_pane);
        openPane();
        m_view->setFocus();
    });
    connect(m_export, &ExportPanel::written, this, [this](const QString &file) {
        openPane();
        m_view->setFocus();
        m_note->showNote(tr("Written to %1.").arg(file));
    });
}

// The question of the table with what it says of each certificate. A column of the table may be two
// of the report; two may be one.
ReportRequest CertificatesPage::shownReport() const
{
    ReportRequest report;
    report.view = m_model.request();
    const auto add = [&report](ReportColumn column) {
        if (std::find(report.columns.begin(), report.columns.end(), column) == report.columns.end())
            report.columns.push_back(column);
    };
    for (const int shown : m_view->shownColumns()) {
        const auto column = static_cast<CertificateModel::Column>(shown);
        if (column == CertificateModel::Expires) {
            add(ReportColumn::Urgency);
            add(ReportColumn::Expires);
        } else if (column == CertificateModel::ValidTo) {
            add(ReportColumn::Expires);
        } else if (const auto same = reportColumnFromName(CertificateModel::columnName(column))) {
            add(*same);
        }
    }
    return report;
}

// What stands in the field to begin with: of one certificate what it has.
QString CertificatesPage::commonMark(MarkBar::Kind kind) const
{
    const std::vector<quint32> chosen = m_view->chosenIndexes();
    if (chosen.size() != 1)
        return {};
    const InventoryRow &row = m_model.inventory()->row(chosen.front());
    return kind == MarkBar::Kind::Owner ? row.owner
        : kind == MarkBar::Kind::Note   ? row.note
                                        : QString();
}

void CertificatesPage::askMark(MarkBar::Kind kind)
{
    const int count = m_view->selectedCount();
    if (count == 0)
        return;
    const InventoryColumns &columns = m_model.inventory()->columns();
    const QStringList offered = kind == MarkBar::Kind::Owner ? known(columns.owner)
        : kind == MarkBar::Kind::Note                        ? QStringList()
                                                             : known(columns.tags);
    m_marks->ask(kind, count, commonMark(kind), offered);
}

void CertificatesPage::bindMarks()
{
    const auto on = [this](QAction *action, MarkBar::Kind kind) {
        connect(action, &QAction::triggered, this, [this, kind] { askMark(kind); });
    };
    on(m_actions->tag(), MarkBar::Kind::AddTag);
    on(m_actions->untag(), MarkBar::Kind::RemoveTag);
    on(m_actions->owner(), MarkBar::Kind::Owner);
    on(m_actions->note(), MarkBar::Kind::Note);
    connect(m_marks, &MarkBar::accepted, this, [this](MarkBar::Kind kind, const QString &text) {
        const QStringList chosen = m_view->selectedSha256();
        m_actions->edit(chosen, MarkBar::editOf(kind, text),
                        MarkBar::doneText(kind, text, static_cast<int>(chosen.size())));
    });
    connect(m_marks, &MarkBar::closed, this, [this] { m_view->setFocus(Qt::OtherFocusReason); });
    const auto edit = [this](const QString &sha256, const CertificateEdit &wanted,
                             const QString &done) { m_actions->edit({sha256}, wanted, done); };
    connect(m_pane, &CertificatePane::editWanted, this, edit);
    connect(m_waitingPane, &WaitingPane::editWanted, this, edit);
}

} // namespace sealbook
