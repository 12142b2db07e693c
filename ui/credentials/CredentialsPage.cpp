// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/CredentialsPage.h"

#include "ui/credentials/AddCredentialPanel.h"
#include "ui/credentials/CredentialActions.h"
#include "ui/credentials/CredentialPane.h"
#include "ui/credentials/StateChips.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/RecordTable.h"

#include <QAction>

#include <algorithm>

namespace sealbook {

namespace {
constexpr int rowHeight = 48;
constexpr int leastName = 130;
} // namespace

CredentialsPage::CredentialsPage(CredentialService &credentials, CertificateService &certificates,
                                 const Clock &clock, Dialogs &dialogs, QWidget *parent)
    : RecordPage(QStringLiteral("credentials"), tr("Credentials"), parent)
    , m_credentials(credentials)
    , m_certificates(certificates)
    , m_clock(clock)
    , m_dialogs(dialogs)
    , m_model(clock)
    , m_providers(credentials.providers())
    , m_actions(new CredentialActions(credentials, dialogs, this))
    , m_chips(new StateChips(this))
    , m_pane(new CredentialPane(this))
    , m_add(new AddCredentialPanel(credentials, this))
{
    build();
    bind();
}

void CredentialsPage::build()
{
    addToolAction(m_actions->add());
    addAction(m_actions->askReach());
    addAction(m_actions->removeOne());
    auto *table = new RecordTable(&m_model, tr("Credentials"), rowHeight, this);
    table->setObjectName(QStringLiteral("credentialTable"));
    table->setColumnSamples({QString(), QStringLiteral("nnn rotation due"),
                             QStringLiteral("renew shop and login"),
                             QStringLiteral("37 zones, 1 needed"), QStringLiteral("rotate in 88 d"),
                             QStringLiteral("under 1 min ago"), QStringLiteral("Certs")},
                            leastName);
    table->setGrowing(CredentialModel::Owner);
    table->sortBy(CredentialModel::State, Qt::AscendingOrder);
    m_pane->setActions({m_actions->askReach(), m_actions->removeOne()});
    setUp({.model = &m_model,
           .table = table,
           .filterName = QStringLiteral("credentialFilter"),
           .filterLabel = tr("Filter credentials"),
           .emptyText =
               tr("Whatever can edit DNS stands here with its owner, its purpose and what it "
                  "reaches: tokens, key pairs, TSIG keys. Their secrets stay in the keychain."),
           .bar = m_chips,
           .pane = m_pane,
           .form = m_add,
           .add = m_actions->add(),
           .find = m_actions->find(),
           .clearFilter = m_actions->clearFilter()});
}

void CredentialsPage::bind()
{
    connect(&m_credentials, &CredentialService::changed, this, &CredentialsPage::refresh);
    connect(&m_certificates, &CertificateService::changed, this, &CredentialsPage::refresh);
    connect(m_chips, &StateChips::chosen, this,
            [this](std::optional<CredentialHealth::State> state) {
                m_model.setStateFilter(state);
                showCounts();
            });
    connect(m_actions->clearFilter(), &QAction::triggered, m_chips, &StateChips::showAll);
    connect(m_actions, &CredentialActions::addWanted, this, &CredentialsPage::startAdding);
    connect(m_actions, &CredentialActions::noted, this,
            [this](const QString &note) { showNote(note); });
    connect(m_actions, &CredentialActions::failed, this, &CredentialsPage::showError);
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
        showNote(tr("%1 was added. Its secret is in the keychain.").arg(name));
        showWhenLoaded(name);
        refresh();
    });
}

void CredentialsPage::load()
{
    Task<std::vector<CredentialRecord>> task = m_credentials.list();
    QCoro::connect(std::move(task), this,
                   [this](const Result<std::vector<CredentialRecord>> &records) {
                       if (!records) {
                           showError(records.error());
                           finishLoading();
                           return;
                       }
                       QMap<QString, QString> names;
                       for (const ProviderSummary &provider : m_providers)
                           names.insert(provider.code, provider.name);
                       m_model.setRecords(*records, names);
                       loadCertificates();
                   });
}

void CredentialsPage::loadCertificates()
{
    Task<std::vector<CertificateRecord>> task = m_certificates.list();
    QCoro::connect(std::move(task), this,
                   [this](const Result<std::vector<CertificateRecord>> &records) {
                       if (records)
                           m_model.setCertificates(*records);
                       else
                           showError(records.error());
                       finishLoading();
                   });
}

void CredentialsPage::showBadge(int total, int needingPerson)
{
    Q_UNUSED(needingPerson)
    setBadge(total > 0 ? QString::number(total) : QString());
    m_chips->setCounts(m_model);
    m_chips->setVisible(total > 0);
}

QString CredentialsPage::countText(int total) const
{
    return tr("%n that can edit DNS", "", total);
}

QString CredentialsPage::noMatchText(int total) const
{
    return tr("No credential matches. Without the filter there are %1.").arg(total);
}

const ProviderSummary *CredentialsPage::provider(const QString &code) const
{
    const auto found =
        std::find_if(m_providers.begin(), m_providers.end(),
                     [&code](const ProviderSummary &summary) { return summary.code == code; });
    return found == m_providers.end() ? nullptr : &*found;
}

void CredentialsPage::choose(const QString &name)
{
    m_actions->setCurrent(m_model.record(name));
}

void CredentialsPage::showRecord(const QString &name)
{
    const CredentialRecord &record = *m_model.record(name);
    m_pane->setCredential(record, *m_model.health(name), m_model.dependents(name),
                          provider(record.provider), m_clock.utcNow());
}

void CredentialsPage::startForm()
{
    m_add->start();
}

QList<QWidget *> CredentialsPage::areas() const
{
    QList<QWidget *> areas = RecordPage::areas();
    if (!isAdding())
        areas.insert(1, m_chips);
    return areas;
}

} // namespace sealbook
