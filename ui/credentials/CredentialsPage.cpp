// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/CredentialsPage.h"

#include "ui/credentials/AddCredentialPanel.h"
#include "ui/credentials/CredentialActions.h"
#include "ui/credentials/CredentialPane.h"
#include "ui/credentials/StateChips.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/RecordTable.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace sealbook {

namespace {
constexpr int paneWidth = 336;
constexpr int rowHeight = 48;
} // namespace

CredentialsPage::CredentialsPage(CredentialService &credentials, CertificateService &certificates,
                                 const Clock &clock, Dialogs &dialogs, QWidget *parent)
    : Page(QStringLiteral("credentials"), tr("Credentials"), parent)
    , m_credentials(credentials)
    , m_certificates(certificates)
    , m_clock(clock)
    , m_dialogs(dialogs)
    , m_model(clock)
    , m_providers(credentials.providers())
    , m_actions(new CredentialActions(credentials, dialogs, this))
    , m_filter(new QLineEdit(this))
    , m_chips(new StateChips(this))
    , m_note(new NoteBar(this))
    , m_error(new ErrorPanel(this))
    , m_whole(new QStackedWidget(this))
    , m_list(new QStackedWidget(this))
    , m_table(new RecordTable(&m_model, tr("Credentials"), rowHeight, this))
    , m_empty(new EmptyState(this))
    , m_noMatch(new EmptyState(this))
    , m_splitter(new QSplitter(this))
    , m_pane(new CredentialPane(this))
    , m_add(new AddCredentialPanel(credentials, this))
{
    build();
    bind();
    bindParts();
}

void CredentialsPage::build()
{
    m_filter->setObjectName(QStringLiteral("credentialFilter"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter credentials"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumHeight(28);
    m_filter->setFixedWidth(168);
    m_filter->addAction(houseIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    addToolWidget(m_filter);
    addToolAction(m_actions->add());
    for (QAction *action : {m_actions->askReach(), m_actions->removeOne(), m_actions->find(),
                            m_actions->clearFilter()})
        addAction(action);
    setUpTable();

    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_chips);
    column->addWidget(m_note);
    column->addWidget(m_error);
    column->addWidget(new Line(Qt::Horizontal, left));
    m_list->addWidget(m_table);
    m_list->addWidget(m_empty);
    m_list->addWidget(m_noMatch);
    column->addWidget(m_list, 1);
    m_empty->set(tr("Whatever can edit DNS stands here with its owner, its purpose and what it "
                    "reaches: tokens, key pairs, TSIG keys. Their secrets stay in the keychain."),
                 m_actions->add());
    m_pane->setActions({m_actions->askReach(), m_actions->removeOne()});
    m_pane->setMinimumWidth(paneWidth);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({800, paneWidth});
    m_pane->hide();
    m_whole->addWidget(m_splitter);
    m_whole->addWidget(m_add);
    setBody(m_whole);
}

void CredentialsPage::setUpTable()
{
    m_table->setObjectName(QStringLiteral("credentialTable"));
    m_table->setKeyRole(Qt::DisplayRole);
    m_table->setColumnSamples(
        {QString(), QStringLiteral("nnn rotation due"), QStringLiteral("renew shop and login"),
         QStringLiteral("37 zones, 1 needed"), QStringLiteral("rotate in 88 d"),
         QStringLiteral("under 1 min ago"), QStringLiteral("Certs")},
        130);
    m_table->setGrowing(CredentialModel::Owner);
    m_table->sortBy(CredentialModel::State, Qt::AscendingOrder);
}

void CredentialsPage::bind()
{
    m_reloadSoon.setSingleShot(true);
    m_reloadSoon.setInterval(50ms);
    connect(&m_reloadSoon, &QTimer::timeout, this, &CredentialsPage::reload);
    const auto stale = [this] {
        m_stale = true;
        m_reloadSoon.start();
    };
    connect(&m_credentials, &CredentialService::changed, this, stale);
    connect(&m_certificates, &CertificateService::changed, this, stale);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model.setFilter(text);
        showCounts();
    });
    connect(m_chips, &StateChips::chosen, this,
            [this](std::optional<CredentialHealth::State> state) {
                m_model.setStateFilter(state);
                showCounts();
            });
    const auto *down = new QShortcut(Qt::Key_Down, m_filter, nullptr, nullptr, Qt::WidgetShortcut);
    const auto toTable = [this] { m_table->setFocus(Qt::TabFocusReason); };
    connect(down, &QShortcut::activated, m_table, toTable);
    connect(m_filter, &QLineEdit::returnPressed, m_table, toTable);
    connect(m_actions->find(), &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    connect(m_actions->clearFilter(), &QAction::triggered, this, [this] {
        m_filter->clear();
        m_chips->showAll();
    });
    connect(m_actions, &CredentialActions::addWanted, this, &CredentialsPage::startAdding);
    connect(m_actions, &CredentialActions::noted, this, [this](const QString &note) {
        m_error->clear();
        m_note->showNote(note);
    });
    connect(m_actions, &CredentialActions::failed, this, [this](const Error &error) {
        m_note->hide();
        m_error->showError(error);
    });
}

void CredentialsPage::bindParts()
{
    connect(m_table, &RecordTable::currentKeyChanged, this, &CredentialsPage::showCurrent);
    connect(m_table, &RecordTable::openWanted, this, &CredentialsPage::openPane);
    connect(m_pane, &CredentialPane::closeWanted, this, &CredentialsPage::closePane);
    connect(m_pane, &CredentialPane::proofWanted, this,
            [this] { Q_EMIT pageWanted(QStringLiteral("settings"), QStringLiteral("keychain")); });
    connect(m_pane, &CredentialPane::certificateWanted, this, [this](const QString &sha256) {
        Q_EMIT pageWanted(QStringLiteral("certificates"), sha256);
    });
    const auto openLink = [this](const QUrl &link) { m_dialogs.openLink(link); };
    connect(m_pane, &CredentialPane::linkWanted, this, openLink);
    connect(m_add, &AddCredentialPanel::linkWanted, this, openLink);
    connect(m_add, &AddCredentialPanel::cancelled, this, &CredentialsPage::stopAdding);
    connect(m_add, &AddCredentialPanel::added, this, [this](const QString &name) {
        stopAdding();
        m_note->showNote(tr("%1 was added. Its secret is in the keychain.").arg(name));
        m_wanted = name;
        reload();
    });
}

void CredentialsPage::activated()
{
    if (m_stale)
        reload();
}

void CredentialsPage::reload()
{
    if (m_loading)
        return; // looks at m_stale again when it is done
    m_loading = true;
    m_stale = false;
    Task<std::vector<CredentialRecord>> task = m_credentials.list();
    QCoro::connect(std::move(task), this,
                   [this](const Result<std::vector<CredentialRecord>> &records) {
                       if (!records) {
                           m_loading = false;
                           m_error->showError(records.error());
                           return;
                       }
                       QMap<QString, QString> names;
                       for (const ProviderSummary &provider : m_providers)
                           names.insert(provider.code, provider.name);
                       m_model.setRecords(*records, names);
                       reloadCertificates();
                   });
}

void CredentialsPage::reloadCertificates()
{
    Task<std::vector<CertificateRecord>> task = m_certificates.list();
    QCoro::connect(std::move(task), this,
                   [this](const Result<std::vector<CertificateRecord>> &records) {
                       m_loading = false;
                       if (records)
                           m_model.setCertificates(*records);
                       else
                           m_error->showError(records.error());
                       showCounts();
                       if (!m_wanted.isEmpty())
                           select(std::exchange(m_wanted, {}));
                       showCurrent();
                       Q_EMIT loaded();
                       if (m_stale)
                           m_reloadSoon.start();
                   });
}

void CredentialsPage::showCounts()
{
    const int total = m_model.total();
    const int needing = m_model.needingPerson();
    setBadge(total > 0 ? QString::number(total) : QString());
    m_chips->setCounts(m_model);
    m_chips->setVisible(total > 0);
    setDetail(
        total == 0 ? QString()
            : needing == 0
            ? tr("%n that can edit DNS", "", total)
            : tr("%1, %n need a person", "", needing).arg(tr("%n that can edit DNS", "", total)));
    if (total == 0) {
        m_list->setCurrentWidget(m_empty);
    } else if (m_model.rowCount() == 0) {
        m_noMatch->set(tr("No credential matches. Without the filter there are %1.").arg(total),
                       m_actions->clearFilter());
        m_list->setCurrentWidget(m_noMatch);
    } else {
        m_list->setCurrentWidget(m_table);
    }
}

QString CredentialsPage::currentName() const
{
    return m_table->currentKey();
}

const ProviderSummary *CredentialsPage::provider(const QString &code) const
{
    const auto found =
        std::find_if(m_providers.begin(), m_providers.end(),
                     [&code](const ProviderSummary &summary) { return summary.code == code; });
    return found == m_providers.end() ? nullptr : &*found;
}

void CredentialsPage::showCurrent()
{
    const CredentialRecord *record = m_model.record(currentName());
    m_actions->setCurrent(record);
    if (record == nullptr) {
        m_pane->hide();
        return;
    }
    if (m_pane->isHidden())
        return;
    m_pane->setCredential(*record, *m_model.health(record->name), m_model.dependents(record->name),
                          provider(record->provider), m_clock.utcNow());
}

void CredentialsPage::openPane()
{
    if (m_model.record(currentName()) == nullptr)
        return;
    m_pane->show();
    showCurrent();
}

void CredentialsPage::closePane()
{
    m_pane->hide();
    m_table->setFocus();
}

void CredentialsPage::startAdding()
{
    m_error->clear();
    m_note->hide();
    m_whole->setCurrentWidget(m_add);
    m_add->start();
}

void CredentialsPage::stopAdding()
{
    m_whole->setCurrentWidget(m_splitter);
    firstFocus()->setFocus();
}

void CredentialsPage::select(const QString &name)
{
    if (!m_table->select(name)) {
        m_actions->clearFilter()->trigger();
        if (!m_table->select(name))
            return;
    }
    openPane();
    m_table->setFocus();
}

void CredentialsPage::open(const QString &subject)
{
    if (subject == QLatin1String("add")) {
        startAdding();
        return;
    }
    m_whole->setCurrentWidget(m_splitter);
    if (m_model.record(subject) == nullptr && (m_stale || m_loading)) {
        m_wanted = subject;
        reload();
        return;
    }
    if (m_model.record(subject) != nullptr)
        select(subject);
}

void CredentialsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        Page::keyPressEvent(event);
        return;
    }
    if (m_pane->isVisible())
        closePane();
    else if (!m_filter->text().isEmpty())
        m_filter->clear();
    else
        Page::keyPressEvent(event);
}

QList<QWidget *> CredentialsPage::areas() const
{
    QList<QWidget *> areas = Page::areas();
    areas.removeLast();
    if (m_whole->currentWidget() == m_add)
        areas << m_add;
    else
        areas << m_chips << m_list << m_pane;
    return areas;
}

QWidget *CredentialsPage::firstFocus() const
{
    if (m_whole->currentWidget() == m_add)
        return m_add;
    return m_list->currentWidget();
}

} // namespace sealbook
