// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificatesPage.h"

#include "ui/certificates/CertificateActions.h"
#include "ui/certificates/CertificateImporter.h"
#include "ui/certificates/CertificatePane.h"
#include "ui/certificates/CertificateView.h"
#include "ui/certificates/ExportPanel.h"
#include "ui/certificates/ImportReportPanel.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"

#include <QAction>
#include <QActionGroup>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>

#include <chrono>

using namespace std::chrono_literals;

namespace sealbook {

namespace {
constexpr int paneWidth = 304;
}

CertificatesPage::CertificatesPage(CertificateService &certificates, const Clock &clock,
                                   Dialogs &dialogs, QWidget *parent)
    : Page(QStringLiteral("certificates"), tr("Certificates"), parent)
    , m_certificates(certificates)
    , m_clock(clock)
    , m_model(clock)
    , m_importer(new CertificateImporter(certificates, dialogs, this, this))
    , m_actions(new CertificateActions(certificates, dialogs, *m_importer, this))
    , m_filter(new QLineEdit(this))
    , m_report(new ImportReportPanel(this))
    , m_error(new ErrorPanel(this))
    , m_list(new QStackedWidget(this))
    , m_view(new CertificateView(&m_model, this))
    , m_empty(new EmptyState(this))
    , m_noMatch(new EmptyState(this))
    , m_splitter(new QSplitter(this))
    , m_side(new QStackedWidget(this))
    , m_pane(new CertificatePane(this))
    , m_export(new ExportPanel(certificates, dialogs, this))
{
    addTools();
    build();
    bind();
}

CertificatesPage::~CertificatesPage()
{
    m_stop.request_stop();
}

void CertificatesPage::addTools()
{
    addToolAction(m_actions->issue());
    addToolAction(m_actions->importFiles());
    m_group = new QToolButton(this);
    m_group->setObjectName(QStringLiteral("groupBy"));
    m_group->setAutoRaise(true);
    m_group->setIcon(houseIcon(QStringLiteral("group")));
    m_group->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_group->setPopupMode(QToolButton::InstantPopup);
    m_group->setFocusPolicy(Qt::TabFocus);
    m_group->setMinimumHeight(28);
    auto *menu = new QMenu(m_group);
    auto *choice = new QActionGroup(menu);
    const auto add = [&](CertificateModel::Grouping grouping, const QString &text,
                         const QString &shown) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(grouping == m_model.grouping());
        choice->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, grouping, shown] { setGrouping(grouping, shown); });
        if (action->isChecked())
            setGrouping(grouping, shown);
    };
    add(CertificateModel::Grouping::Urgency, tr("Group by urgency"), tr("Group: urgency"));
    add(CertificateModel::Grouping::Issuer, tr("Group by issuer"), tr("Group: issuer"));
    add(CertificateModel::Grouping::None, tr("No groups"), tr("Group: none"));
    m_group->setMenu(menu);
    addToolWidget(m_group);
    for (QAction *action : {m_actions->importFolder(), m_actions->paste(), m_actions->exportOne(),
                            m_actions->copyPem(), m_actions->removeOne(), m_actions->find(),
                            m_actions->clearFilter()})
        addAction(action);
}

void CertificatesPage::build()
{
    auto *body = new QWidget(this);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *query = new QHBoxLayout;
    query->setContentsMargins(16, 7, 12, 8);
    m_filter->setObjectName(QStringLiteral("certificateFilter"));
    m_filter->setPlaceholderText(tr("Name, issuer, serial or fingerprint"));
    m_filter->setAccessibleName(tr("Filter certificates"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumHeight(28);
    m_filter->setAcceptDrops(false); // a dropped file is imported, not typed
    m_filter->addAction(houseIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    query->addWidget(m_filter);
    layout->addLayout(query);
    layout->addWidget(m_report);
    layout->addWidget(m_error);
    layout->addWidget(new Line(Qt::Horizontal, body));

    m_list->addWidget(m_view);
    m_list->addWidget(m_empty);
    m_list->addWidget(m_noMatch);
    m_empty->set(tr("Every certificate you are responsible for stands here, those that expire "
                    "first on top. Import files, drop them on this page, or paste PEM."),
                 m_actions->importFiles());
    m_side->addWidget(m_pane);
    m_side->addWidget(m_export);
    m_pane->setActions({m_actions->exportOne(), m_actions->copyPem(), m_actions->removeOne()});
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_side);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    // The pane's own 304 and its scroll bar.
    m_side->setMinimumWidth(paneWidth + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    m_splitter->setSizes({800, paneWidth});
    m_side->hide();
    layout->addWidget(m_splitter, 1);
    setBody(body);
    setAcceptDrops(true);
}

void CertificatesPage::bind()
{
    m_reloadSoon.setSingleShot(true);
    m_reloadSoon.setInterval(50ms); // an import of many files tells each one
    connect(&m_reloadSoon, &QTimer::timeout, this, &CertificatesPage::reload);
    connect(&m_certificates, &CertificateService::changed, this, [this] {
        m_stale = true;
        m_reloadSoon.start();
    });
    m_minute.setInterval(60s);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_model.refreshTimes();
    });
    m_minute.start();
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        showCounts();
    });
    const auto *down = new QShortcut(Qt::Key_Down, m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    const auto toView = [this] { m_view->setFocus(Qt::TabFocusReason); };
    connect(down, &QShortcut::activated, m_view, toView);
    connect(m_filter, &QLineEdit::returnPressed, m_view, toView);
    connect(m_actions->find(), &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    connect(m_actions->clearFilter(), &QAction::triggered, m_filter, &QLineEdit::clear);
    connect(m_actions->issue(), &QAction::triggered, this,
            [this] { Q_EMIT pageWanted(QStringLiteral("issue")); });
    connect(m_actions, &CertificateActions::exportWanted, this, &CertificatesPage::startExport);
    connect(m_actions, &CertificateActions::noted, this, [this](const QString &text) {
        m_report->showNote({StateRole::Ok, Glyph::Fine, {}}, text);
    });
    connect(m_actions, &CertificateActions::failed, m_error, &ErrorPanel::showError);
    connect(m_importer, &CertificateImporter::finished, this, &CertificatesPage::showImported);
    connect(m_importer, &CertificateImporter::started, this, [this](const QString &source) {
        m_error->clear();
        m_report->showProgress(tr("Importing %1…").arg(source));
    });
    connect(m_importer, &CertificateImporter::progressed, this, [this](int files, int of) {
        m_report->showProgress(tr("Importing: %1 of %2 files").arg(files).arg(of));
    });
    connect(m_report, &ImportReportPanel::cancelWanted, m_importer, &CertificateImporter::cancel);
    connect(m_report, &ImportReportPanel::showWanted, this, &CertificatesPage::open);
    connect(m_view, &CertificateView::currentCertificateChanged, this,
            &CertificatesPage::showCurrent);
    connect(m_view, &CertificateView::openWanted, this, &CertificatesPage::openPane);
    connect(m_pane, &CertificatePane::closeWanted, this, &CertificatesPage::closePane);
    connect(m_pane, &CertificatePane::credentialWanted, this, [this](const QString &name) {
        Q_EMIT pageWanted(QStringLiteral("credentials"), name);
    });
    connect(m_export, &ExportPanel::cancelled, this, [this] {
        m_side->setCurrentWidget(m_pane);
        m_view->setFocus();
    });
    connect(m_export, &ExportPanel::written, this, [this](const QString &file) {
        m_side->setCurrentWidget(m_pane);
        m_view->setFocus();
        m_report->showNote({StateRole::Ok, Glyph::Fine, {}}, tr("Written to %1.").arg(file));
    });
}

void CertificatesPage::setGrouping(CertificateModel::Grouping grouping, const QString &text)
{
    m_model.setGrouping(grouping);
    m_group->setText(text);
    m_group->setAccessibleName(text);
}

void CertificatesPage::setTimesLocal(bool local)
{
    m_timesLocal = local;
    m_model.setTimesLocal(local);
    showCurrent(m_view->currentSha256());
}

void CertificatesPage::activated()
{
    if (m_stale)
        reload();
}

void CertificatesPage::reload()
{
    if (m_loading)
        return; // receive() looks at m_stale again
    m_loading = true;
    m_stale = false;
    Task<std::vector<CertificateRecord>> task = m_certificates.list();
    QCoro::connect(
        std::move(task), this,
        [this](const Result<std::vector<CertificateRecord>> &records) { receive(records); });
}

void CertificatesPage::receive(const Result<std::vector<CertificateRecord>> &records)
{
    m_loading = false;
    if (!records) {
        m_error->showError(records.error());
        return;
    }
    m_model.setRecords(*records);
    showCounts();
    if (!m_wanted.isEmpty())
        open(std::exchange(m_wanted, {}));
    Q_EMIT loaded();
    if (m_stale)
        m_reloadSoon.start();
}

void CertificatesPage::showCounts()
{
    const int total = m_model.total();
    const int matching = m_model.matching();
    setBadge(total > 0 ? QString::number(total) : QString());
    if (matching == total)
        setSubtitle(total > 0 ? QString::number(total) : QString());
    else
        setSubtitle(tr("%1 of %2").arg(matching).arg(total));
    if (total == 0) {
        m_list->setCurrentWidget(m_empty);
    } else if (matching == 0) {
        m_noMatch->set(tr("No certificate matches “%1”. Without the filter there are %2.")
                           .arg(m_filter->text().trimmed())
                           .arg(total),
                       m_actions->clearFilter());
        m_list->setCurrentWidget(m_noMatch);
    } else {
        m_list->setCurrentWidget(m_view);
    }
    if (matching == 0)
        m_side->hide();
}

void CertificatesPage::showCurrent(const QString &sha256)
{
    const CertificateRecord *record = m_model.record(sha256);
    m_actions->setCurrent(record);
    if (record == nullptr) {
        // A group head keeps what is shown; a certificate that is gone does not.
        if (m_model.record(m_pane->sha256()) == nullptr)
            m_side->hide();
        return;
    }
    if (m_side->isHidden())
        return;
    m_side->setCurrentWidget(m_pane);
    m_pane->setCertificate(*record, m_clock.utcNow(), m_timesLocal);
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

void CertificatesPage::openPane()
{
    if (m_model.record(m_view->currentSha256()) == nullptr)
        return;
    m_side->show();
    showCurrent(m_view->currentSha256());
}

void CertificatesPage::closePane()
{
    m_side->hide();
    m_view->setFocus();
}

void CertificatesPage::startExport()
{
    const CertificateRecord *record = m_model.record(m_view->currentSha256());
    if (record == nullptr)
        return;
    openPane();
    m_side->setCurrentWidget(m_export);
    m_export->start(*record);
}

void CertificatesPage::showImported(const std::vector<ImportOutcome> &outcomes)
{
    m_report->showOutcomes(outcomes);
}

void CertificatesPage::open(const QString &subject)
{
    if (m_model.record(subject) == nullptr) {
        m_wanted = m_loading || m_stale ? subject : QString();
        if (m_stale)
            reload();
        return;
    }
    if (!m_model.indexOf(subject).isValid())
        m_filter->clear();
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
    if (m_side->isVisible())
        closePane();
    else if (!m_filter->text().isEmpty())
        m_filter->clear();
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
    areas << m_filter << m_list << m_side;
    return areas;
}

QWidget *CertificatesPage::firstFocus() const
{
    return m_list->currentWidget();
}

} // namespace sealbook
