// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificatesPage.h"

#include "core/governance/CredentialService.h"
#include "core/inventory/Lineage.h"
#include "core/inventory/QueryTerms.h"
#include "core/inventory/WatchService.h"
#include "ui/certificates/CertificateActions.h"
#include "ui/certificates/CertificateImporter.h"
#include "ui/certificates/CertificatePane.h"
#include "ui/certificates/CertificateView.h"
#include "ui/certificates/CertificateWords.h"
#include "ui/certificates/ColumnsPanel.h"
#include "ui/certificates/ExportPanel.h"
#include "ui/certificates/ImportReportPanel.h"
#include "ui/certificates/MarkBar.h"
#include "ui/certificates/QueryBar.h"
#include "ui/certificates/RevocationChecker.h"
#include "ui/certificates/ViewBar.h"
#include "ui/certificates/ViewSwitches.h"
#include "ui/certificates/WaitingActions.h"
#include "ui/certificates/WaitingPane.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/ExpiryStrip.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/RecordSplit.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSet>
#include <QStackedWidget>
#include <QStyle>

namespace sealbook {

namespace {
constexpr int paneWidth = 304;

// The pane's own width and its scroll bar.
int sideWidth(const QWidget *page)
{
    return paneWidth + page->style()->pixelMetric(QStyle::PM_ScrollBarExtent);
}
} // namespace

CertificatesPage::CertificatesPage(CertificateService &certificates, InventoryService &inventory,
                                   const Clock &clock, Dialogs &dialogs, QWidget *parent)
    : Page(QStringLiteral("certificates"), tr("Certificates"), parent)
    , m_certificates(certificates)
    , m_inventory(inventory)
    , m_clock(clock)
    , m_model(clock)
    , m_importer(new CertificateImporter(certificates, dialogs, this, this))
    , m_actions(new CertificateActions(certificates, inventory, dialogs, *m_importer, this))
    , m_strip(new ExpiryStrip(this))
    , m_stripLine(new Line(Qt::Horizontal, this))
    , m_query(new QueryBar(this))
    , m_views(new ViewBar(this))
    , m_switches(new ViewSwitches(this))
    , m_marks(new MarkBar(this))
    , m_note(new NoteBar(this))
    , m_report(new ImportReportPanel(this))
    , m_error(new ErrorPanel(this))
    , m_list(new QStackedWidget(this))
    , m_view(new CertificateView(&m_model, this))
    , m_empty(new EmptyState(this))
    , m_noMatch(new EmptyState(this))
    , m_side(new QStackedWidget(this))
    , m_split(new RecordSplit(m_list, m_side, sideWidth(this), this))
    , m_pane(new CertificatePane(this))
    , m_waitingPane(new WaitingPane(this))
    , m_waitingActions(new WaitingActions(certificates, dialogs, *m_importer, this))
    , m_export(new ExportPanel(certificates, dialogs, this))
    , m_columns(new ColumnsPanel(this))
{
    addTools();
    build();
    bind();
    showView(ViewBar::all());
}

QString CertificatesPage::notRetired()
{
    return QStringLiteral("not is:retired");
}

CertificatesPage::~CertificatesPage()
{
    m_stop.request_stop();
}

void CertificatesPage::setTimesLocal(bool local)
{
    m_timesLocal = local;
    m_model.setTimesLocal(local);
    showCurrent(m_view->currentSha256());
}

void CertificatesPage::activated()
{
    if (!std::exchange(m_hasPreferences, true))
        loadPreferences();
    if (m_stale)
        reload();
}

void CertificatesPage::loadPreferences()
{
    Task<QJsonObject> reading = m_inventory.pageState();
    QCoro::connect(std::move(reading), this, [this](const Result<QJsonObject> &state) {
        const QString start = state ? state->value(QLatin1String("start")).toString() : QString();
        if (state)
            m_view->restoreColumns(state->value(QLatin1String("columns")).toArray());
        Task<std::vector<SavedView>> listing = m_inventory.savedViews();
        QCoro::connect(std::move(listing), this,
                       [this, start](const Result<std::vector<SavedView>> &views) {
                           if (!views) {
                               m_error->showError(views.error());
                               return;
                           }
                           m_views->setViews(*views, start);
                           // Unless somebody asked for something meanwhile.
                           const bool isUntouched =
                               m_query->text().isEmpty() && m_wanted.isEmpty() && !m_isAskedFor;
                           for (const SavedView &view : *views) {
                               if (isUntouched && view.name == m_views->startName())
                                   showView(view);
                           }
                       });
    });
}

void CertificatesPage::savePreferences()
{
    QJsonObject state;
    state.insert(QStringLiteral("columns"), m_view->columnState());
    state.insert(QStringLiteral("start"), m_views->startName());
    Task<> saving = m_inventory.savePageState(state);
    QCoro::connect(std::move(saving), this, [this](const Result<> &saved) {
        if (!saved)
            m_error->showError(saved.error());
    });
}

void CertificatesPage::reload()
{
    if (m_loading)
        return; // receive() looks at m_stale again
    m_loading = true;
    m_stale = false;
    Task<std::shared_ptr<Inventory>> task = m_inventory.read(m_stop.get_token());
    QCoro::connect(
        std::move(task), this,
        [this](const Result<std::shared_ptr<Inventory>> &inventory) { receive(inventory); });
}

void CertificatesPage::receive(const Result<std::shared_ptr<Inventory>> &inventory)
{
    m_loading = false;
    if (m_stale)
        m_reloadSoon.start();
    if (!inventory) {
        if (inventory.error().kind != Error::Kind::Cancelled)
            m_error->showError(inventory.error());
        return;
    }
    m_query->setInventory(*inventory);
    m_pane->setKnown(known((*inventory)->columns().tags), known((*inventory)->columns().owner));
    m_waitingPane->setKnown(known((*inventory)->columns().tags),
                            known((*inventory)->columns().owner));
    m_model.setInventory(*inventory);
}

void CertificatesPage::reloadEndpoints()
{
    Task<std::vector<EndpointStatus>> listing = m_watch->list(m_stop.get_token());
    QCoro::connect(std::move(listing), this,
                   [this](const Result<std::vector<EndpointStatus>> &endpoints) {
                       if (!endpoints)
                           return;
                       m_endpoints = *endpoints;
                       if (!m_pane->sha256().isEmpty())
                           m_pane->setPlaces(m_places, m_endpoints, m_clock.utcNow());
                   });
}

void CertificatesPage::useWatch(WatchService &watch)
{
    m_watch = &watch;
    connect(m_watch, &WatchService::changed, this, &CertificatesPage::reloadEndpoints);
    reloadEndpoints();
}

void CertificatesPage::reloadCredentials()
{
    Task<std::vector<CredentialRecord>> listing = m_credentials->list();
    QCoro::connect(std::move(listing), this,
                   [this](const Result<std::vector<CredentialRecord>> &records) {
                       if (!records)
                           return;
                       m_credentialRecords = *records;
                       showStrip();
                   });
}

void CertificatesPage::useCredentials(CredentialService &credentials)
{
    m_credentials = &credentials;
    connect(m_credentials, &CredentialService::changed, this, &CertificatesPage::reloadCredentials);
    reloadCredentials();
}

SavedView CertificatesPage::shownView() const
{
    SavedView view;
    view.query = m_query->text();
    view.sort = m_sort;
    m_switches->fill(view);
    return view;
}

void CertificatesPage::showView(const SavedView &view)
{
    m_isShowingView = true;
    m_sort = view.sort;
    m_switches->show(view);
    m_query->setText(view.query);
    m_isShowingView = false;
    ask();
}

void CertificatesPage::ask()
{
    if (m_isShowingView)
        return;
    const SavedView view = shownView();
    InventoryRequest request;
    request.query = m_query->query();
    request.sort = view.sort;
    request.grouping = view.grouping;
    request.hidesExpired = view.hidesExpired;
    request.hidesSuperseded = view.hidesSuperseded;
    request.hidesRevoked = view.hidesRevoked;
    m_views->follow(view);
    m_columns->setSort(m_sort);
    QStringList others = queryTerms(request.query);
    for (const QString &term : stripTerms())
        others.removeAll(term);
    std::optional<Query> counted;
    if (Result<Query> rest = Query::parse(queryOfTerms(others)))
        counted = std::move(*rest);
    m_switches->follow(queryTerms(request.query).contains(notRetired()),
                       request.query.mentions(QueryWord::Trashed));
    m_model.setRequest(std::move(request), std::move(counted));
    showStrip(); // what is chosen; its counts come with the answer
}

ExpiryWeeks CertificatesPage::weeksNow() const
{
    return ExpiryWeeks(m_clock.utcNow().toMSecsSinceEpoch());
}

QStringList CertificatesPage::stripTerms() const
{
    const ExpiryWeeks weeks = weeksNow();
    QStringList terms = queryTerms(m_query->query());
    terms.removeIf([&weeks](const QString &term) { return weeks.cellsOf(term).none(); });
    return terms;
}

void CertificatesPage::showStrip()
{
    ExpiryWeeks weeks = m_model.weeks();
    weeks.addCredentials(m_credentialRecords);
    m_strip->setWeeks(weeks);
    m_strip->setTerm(stripTerms().value(0));
    // What lies in the trash needs nobody.
    const bool isShown =
        m_model.inventory()->size() > 0 && !m_model.request().query.mentions(QueryWord::Trashed);
    m_strip->setVisible(isShown);
    m_stripLine->setVisible(isShown);
}

void CertificatesPage::setSort(const std::vector<InventorySort> &sort)
{
    if (sort.empty() || sort == m_sort)
        return;
    m_sort = sort;
    ask();
    m_view->header()->viewport()->update();
}

void CertificatesPage::showCounts()
{
    const int total = m_model.total();
    const int matching = m_model.matching();
    setBadge(CertificateWords::badge(total));
    if (m_model.request().query.text() == ViewBar::trash().query)
        setSubtitle(tr("%n in the trash", "", matching));
    else if (matching == total)
        setSubtitle(total > 0 ? QString::number(total) : QString());
    else
        setSubtitle(tr("%1 of %2").arg(matching).arg(total));
    // The trash is not missed by anybody.
    const InventoryRequest &request = m_model.request();
    const bool hides = request.hidesExpired || request.hidesRevoked || request.hidesSuperseded;
    setDetail(hides && m_model.hidden() > 0 ? tr("%n hidden", "", m_model.hidden()) : QString());
    const bool isEmpty = m_model.inventory()->size() == 0;
    if (isEmpty) {
        m_list->setCurrentWidget(m_empty);
    } else if (matching == 0) {
        showNoMatch();
    } else {
        m_list->setCurrentWidget(m_view);
    }
    const bool isDetail = m_side->currentWidget() != m_columns;
    if (matching == 0 && isDetail)
        m_side->hide();
}

void CertificatesPage::showNoMatch()
{
    m_list->setCurrentWidget(m_noMatch);
    QStringList terms = queryTerms(m_query->query());
    if (terms.isEmpty()) {
        m_noMatch->set(m_model.hidden() > 0
                           ? tr("All %n certificates are hidden by what is switched on under "
                                "“Hide”, or lie in the trash.",
                                "", m_model.hidden())
                           : tr("There is nothing here."),
                       m_switches->showTrash());
        return;
    }
    if (m_query->query().text() == ViewBar::trash().query) {
        m_noMatch->set(tr("The trash is empty. What is moved here can be taken out again until it "
                          "is deleted for good."),
                       m_actions->clearFilter());
        return;
    }
    const QString whole = m_query->query().text();
    const QString last = terms.takeLast();
    const Result<Query> query = Query::parse(queryOfTerms(terms));
    std::size_t count = 0;
    if (query)
        count = m_model.inventory()->matching(*query).count();
    m_removeTerm->setText(tr("Remove “%1”").arg(last));
    m_noMatch->set(terms.isEmpty()
                       ? tr("No certificate matches “%1”. Without the filter there are %2.")
                             .arg(whole)
                             .arg(m_model.total())
                       : tr("No certificate matches “%1”. Without “%2” there are %3.")
                             .arg(whole, last)
                             .arg(count),
                   terms.isEmpty() ? m_actions->clearFilter() : m_removeTerm);
}

void CertificatesPage::showSelection()
{
    CertificateSelection selection;
    selection.current = m_view->currentSha256();
    const Inventory &inventory = *m_model.inventory();
    for (const quint32 index : m_view->chosenIndexes()) {
        const InventoryRow &row = inventory.row(index);
        ++selection.count;
        selection.trashed += row.trashedAt != 0 ? 1 : 0;
        selection.retired += row.is(InventoryRow::Retired) ? 1 : 0;
        selection.waiting += row.isCertificate() ? 0 : 1;
    }
    selection.sha256 = [this] { return m_view->selectedSha256(); };
    selection.names = [this] {
        QStringList names;
        QSet<QString> taken;
        for (const quint32 index : m_view->chosenIndexes()) {
            for (const QString &name : m_model.inventory()->row(index).nameList()) {
                if (!taken.contains(name))
                    names << name;
                taken.insert(name);
            }
        }
        return names;
    };
    if (!m_marks->isHidden())
        m_marks->follow(selection.count, commonMark(m_marks->kind()));
    m_selected->menuAction()->setEnabled(selection.count > 0);
    const InventoryRow *only = selection.count == 1 ? m_model.row(selection.current) : nullptr;
    m_waitingActions->setRow(only == nullptr ? std::nullopt : std::optional(*only));
    m_actions->setSelection(std::move(selection));
}

CertificateSubject CertificatesPage::subjectOf(quint32 index) const
{
    const Inventory &inventory = *m_model.inventory();
    CertificateSubject subject;
    subject.row = inventory.row(index);
    subject.urgency = inventory.urgency(index);
    subject.isSuperseded = inventory.isSuperseded(index);
    subject.flags = CertificateFlags::of(inventory, index);
    const Lineage lineage = Lineage::of(inventory, index);
    if (lineage.before)
        subject.before = inventory.row(*lineage.before);
    if (lineage.after)
        subject.after = inventory.row(*lineage.after);
    return subject;
}

void CertificatesPage::showCurrent(const QString &sha256)
{
    const InventoryRow *row = m_model.row(sha256);
    if (row == nullptr) {
        // A group head keeps what is shown; a certificate that is gone does not.
        const bool isDetail = m_side->currentWidget() != m_columns;
        const bool isWaiting = m_side->currentWidget() == m_waitingPane;
        if (isDetail
            && m_model.row(isWaiting ? m_waitingPane->sha256() : m_pane->sha256()) == nullptr)
            m_side->hide();
        return;
    }
    if (m_side->isHidden() || m_side->currentWidget() == m_columns)
        return;
    if (!row->isCertificate()) {
        showWaiting(*row);
        return;
    }
    m_side->setCurrentWidget(m_pane);
    const bool another = sha256 != m_pane->sha256();
    const auto index = m_model.inventory()->indexOf(row->sha256);
    m_pane->setCertificate(subjectOf(static_cast<quint32>(*index)), m_clock.utcNow(), m_timesLocal);
    readPlaces(sha256);
    if (m_revocation != nullptr)
        m_revocation->show(sha256, m_timesLocal);
    if (!another)
        return; // what is in the certificate does not change
    Task<CertificateDetails> task = m_certificates.details(sha256);
    QCoro::connect(std::move(task), this,
                   [this, sha256](const Result<CertificateDetails> &details) {
                       if (sha256 != m_pane->sha256())
                           return; // another one is shown by now
                       if (details)
                           m_pane->setDetails(*details);
                       else
                           m_pane->setDetailsError(details.error());
                   });
}

void CertificatesPage::useRevocation(RevocationService &revocation)
{
    m_revocation = new RevocationChecker(revocation, m_pane->revocation(), m_clock, this);
}

void CertificatesPage::showWaiting(const InventoryRow &row)
{
    m_side->setCurrentWidget(m_waitingPane);
    const QString sha256 = row.sha256.hex();
    const bool another = sha256 != m_waitingPane->sha256();
    const auto index = m_model.inventory()->indexOf(row.sha256);
    m_waitingPane->setRow(row,
                          CertificateFlags::of(*m_model.inventory(), static_cast<quint32>(*index)),
                          m_clock.utcNow(), m_timesLocal);
    if (!another || !row.is(InventoryRow::IsRequest))
        return; // what is in the request does not change
    Task<RequestDetails> reading = m_certificates.requestDetails(sha256);
    QCoro::connect(std::move(reading), this, [this, sha256](const Result<RequestDetails> &details) {
        if (sha256 != m_waitingPane->sha256())
            return; // another one is shown by now
        if (details)
            m_waitingPane->setDetails(*details);
        else
            m_waitingPane->setDetailsError(details.error());
    });
}

void CertificatesPage::readPlaces(const QString &sha256)
{
    Task<std::vector<PlaceRecord>> reading = m_inventory.places(sha256);
    QCoro::connect(std::move(reading), this,
                   [this, sha256](const Result<std::vector<PlaceRecord>> &places) {
                       if (sha256 != m_pane->sha256() || !places)
                           return;
                       m_places = *places;
                       m_pane->setPlaces(m_places, m_endpoints, m_clock.utcNow());
                   });
}

void CertificatesPage::openPane()
{
    if (m_model.row(m_view->currentSha256()) == nullptr)
        return;
    m_side->setCurrentWidget(m_pane);
    m_side->show();
    showCurrent(m_view->currentSha256());
}

void CertificatesPage::closePane()
{
    std::ignore = m_split->closeTo(m_view);
}

void CertificatesPage::showColumns()
{
    m_columns->setColumns(m_view->shownColumns());
    m_columns->setSort(m_sort);
    m_side->setCurrentWidget(m_columns);
    m_side->show();
    m_columns->setFocus();
}

void CertificatesPage::startExport()
{
    const InventoryRow *row = m_model.row(m_view->selectedSha256().value(0));
    if (row == nullptr)
        return;
    m_side->setCurrentWidget(m_export);
    m_side->show();
    m_export->start(*row);
}

void CertificatesPage::openQuery(const QString &text)
{
    m_wanted.clear();
    SavedView view = ViewBar::all();
    view.query = text;
    showView(view);
    activated();
}

void CertificatesPage::open(const QString &subject)
{
    m_isAskedFor = true;
    const QString query = QStringLiteral("query:");
    if (subject.startsWith(query)) {
        openQuery(subject.mid(query.size()));
        return;
    }
    if (m_model.row(subject) == nullptr) {
        m_wanted = m_loading || m_stale ? subject : QString();
        if (m_stale)
            activated();
        return;
    }
    m_model.unfold(subject);
    if (!m_model.indexOf(subject).isValid()) {
        if (std::exchange(m_isWidened, true))
            return;
        SavedView plain = ViewBar::all();
        plain.sort = m_sort;
        plain.grouping = m_switches->grouping();
        if (m_model.row(subject)->trashedAt != 0)
            plain.query = ViewBar::trash().query;
        m_wanted = subject; // when the answer is there
        showView(plain);
        return;
    }
    m_isWidened = false;
    m_view->select(subject);
    openPane();
    m_view->setFocus();
}

void CertificatesPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        Page::keyPressEvent(event);
        return;
    }
    if (m_marks->isVisible())
        m_marks->close();
    else if (m_side->isVisible())
        closePane();
    else if (!m_query->text().isEmpty())
        m_query->clear();
    else
        Page::keyPressEvent(event);
}

void CertificatesPage::chooseFiles()
{
    m_actions->importFiles()->trigger();
}

void CertificatesPage::importFiles(const QStringList &paths)
{
    m_importer->importFiles(paths);
}

void CertificatesPage::importPasted(const QByteArray &text)
{
    QByteArray bytes = text;
    auto secret = Secret::take(std::move(bytes));
    if (secret)
        m_importer->importBytes(std::move(*secret), tr("Pasted text"));
    else
        m_error->showError(secret.error());
}

void CertificatesPage::dragEnterEvent(QDragEnterEvent *event)
{
    const QMimeData *mime = event->mimeData();
    if (mime->hasUrls() || mime->text().contains(QLatin1String("-----BEGIN ")))
        event->acceptProposedAction();
}

void CertificatesPage::dropEvent(QDropEvent *event)
{
    const QMimeData *mime = event->mimeData();
    event->acceptProposedAction();
    QStringList paths;
    for (const QUrl &url : mime->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    if (!paths.isEmpty()) {
        m_importer->importFiles(paths);
        return;
    }
    QString text = mime->text();
    QByteArray bytes = text.toUtf8();
    wipe(text);
    Result<Secret> secret = Secret::take(std::move(bytes));
    if (secret)
        m_importer->importBytes(std::move(*secret), tr("Dropped text"));
    else
        m_error->showError(secret.error());
}

QList<QWidget *> CertificatesPage::areas() const
{
    QList<QWidget *> areas = Page::areas();
    areas.removeLast();
    if (m_strip->isVisibleTo(this))
        areas << m_strip;
    areas << m_query->edit() << m_list << m_side;
    return areas;
}

QWidget *CertificatesPage::firstFocus() const
{
    return m_list->currentWidget();
}

} // namespace sealbook
