// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/DnsStep.h"

#include "ui/issue/BoardWords.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/TimeText.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int nameRole = Qt::UserRole + 1; // the credential's name; "" = by hand

QString fewNames(const QStringList &names)
{
    if (names.size() <= 6)
        return names.join(QStringLiteral(", "));
    return DnsStep::tr("%1 and %n more", nullptr, static_cast<int>(names.size()) - 5)
        .arg(names.mid(0, 5).join(QStringLiteral(", ")));
}
} // namespace

ReachVerdict reachOf(const CredentialRecord &credential, const std::vector<DomainName> &names)
{
    ReachVerdict verdict;
    if (credential.reach.isEmpty())
        return verdict;
    std::vector<DnsName> zones;
    for (const QString &zone : credential.reach) {
        if (const Result<DnsName> name = DnsName::fromText(zone))
            zones.push_back(*name);
    }
    for (const DomainName &name : names) {
        const Result<DnsName> wanted = DnsName::fromText(name.base());
        const bool covered = wanted
            && std::any_of(zones.begin(), zones.end(),
                           [&wanted](const DnsName &zone) { return wanted->isAtOrBelow(zone); });
        if (!covered)
            verdict.missed.append(name.unicode());
    }
    verdict.kind =
        verdict.missed.isEmpty() ? ReachVerdict::Kind::Covers : ReachVerdict::Kind::Misses;
    return verdict;
}

DnsStep::DnsStep(const IssueServices &services, QWidget *parent)
    : QWidget(parent)
    , m_services(services)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(LabelKind::Title, tr("Who writes the record into DNS?"), this));
    layout->addWidget(makeLabel(
        LabelKind::Muted,
        tr("A TXT record below each name proves that you control it. It is removed afterwards."),
        this, true));
    m_error = new ErrorPanel(this);
    layout->addWidget(m_error);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(16);
    m_list = new QListWidget(this);
    m_list->setObjectName(QStringLiteral("credentialList"));
    m_list->setAccessibleName(tr("Ways to write the record"));
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    Theme::tintSelection(m_list);
    columns->addWidget(m_list, 4);

    m_detail = new QWidget(this);
    auto *detail = new QVBoxLayout(m_detail);
    detail->setContentsMargins(0, 0, 0, 0);
    detail->setSpacing(10);
    m_reach = new StateLabel(m_detail);
    m_reach->setObjectName(QStringLiteral("reach"));
    detail->addWidget(m_reach);
    m_facts = new KeyValueGrid(m_detail);
    m_facts->setNameWidth(90);
    detail->addWidget(m_facts);
    m_add = new QPushButton(houseIcon(QStringLiteral("key")), tr("Add a credential…"), m_detail);
    m_add->setObjectName(QStringLiteral("addCredential"));
    m_add->setMinimumHeight(28);
    auto *row = new QHBoxLayout;
    row->addWidget(m_add);
    row->addStretch(1);
    detail->addLayout(row);
    detail->addStretch(1);
    columns->addWidget(m_detail, 5);
    layout->addLayout(columns, 1);

    connect(m_add, &QPushButton::clicked, this, &DnsStep::addCredentialWanted);
    connect(m_list, &QListWidget::itemActivated, this, &DnsStep::nextWanted);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        showChosen();
        Q_EMIT changed();
    });
    showCredentials({});
}

void DnsStep::load()
{
    Task<std::vector<CredentialRecord>> reading = m_services.credentials();
    QCoro::connect(std::move(reading), this,
                   [this](const Result<std::vector<CredentialRecord>> &found) {
                       m_error->clear();
                       if (!found) {
                           m_error->showError(found.error());
                           return;
                       }
                       showCredentials(*found);
                   });
}

void DnsStep::setNames(const std::vector<DomainName> &names)
{
    m_names = names;
    showChosen();
}

void DnsStep::showCredentials(std::vector<CredentialRecord> credentials)
{
    const QString before = chosen() != nullptr ? chosen()->name : QString();
    const bool hadCredential = chosen() != nullptr;
    std::erase_if(credentials, [](const CredentialRecord &credential) {
        return credential.state == CredentialRecord::State::Revoked;
    });
    m_credentials = std::move(credentials);
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        const auto add = [this](const QString &title, const QString &second, const QString &icon,
                                const QString &name) {
            auto *item = new QListWidgetItem(title, m_list);
            item->setData(RowRole::SecondLine, second);
            item->setData(RowRole::Icon, icon);
            item->setData(nameRole, name);
            item->setData(Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(title, second));
            return item;
        };
        int wanted = 0;
        for (const CredentialRecord &credential : m_credentials) {
            QString second = m_services.providerName ? m_services.providerName(credential.provider)
                                                     : credential.provider;
            if (!credential.purpose.isEmpty())
                second += QStringLiteral(", ") + credential.purpose;
            add(credential.name, second, QStringLiteral("key"), credential.name);
            if (hadCredential && credential.name == before)
                wanted = m_list->count() - 1;
        }
        add(tr("By hand (manual TXT)"), tr("You, or somebody else, publish the value shown"),
            QStringLiteral("edit"), QString());
        m_list->setCurrentRow(wanted);
    }
    showChosen();
    Q_EMIT changed();
}

const CredentialRecord *DnsStep::chosen() const
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(m_credentials.size()))
        return nullptr;
    return &m_credentials.at(static_cast<std::size_t>(row));
}

bool DnsStep::byHand() const
{
    return m_list->currentRow() == static_cast<int>(m_credentials.size());
}

void DnsStep::showChosen()
{
    m_facts->clear();
    const CredentialRecord *credential = chosen();
    if (credential == nullptr) {
        m_reach->setState(styleOf(Verdict::NotAsked),
                          byHand() ? tr("No credential is used") : QString());
        m_facts->addRow(tr("You do"),
                        tr("Publish each value that the next step shows, as a TXT "
                           "record of its own. A hand-over sheet has it all for "
                           "whoever edits DNS."));
        m_facts->addRow(tr("Sealbook"),
                        tr("Watches every name server and asks the CA the moment "
                           "all agree. It can be closed meanwhile."));
        return;
    }
    const ReachVerdict reach = reachOf(*credential, m_names);
    switch (reach.kind) {
    case ReachVerdict::Kind::Covers:
        m_reach->setState({StateRole::Ok, Glyph::Fine, {}},
                          tr("Reaches all %n names", nullptr, static_cast<int>(m_names.size())));
        break;
    case ReachVerdict::Kind::Misses:
        m_reach->setState(
            {StateRole::Act, Glyph::ActNow, {}},
            tr("Does not reach %n names", nullptr, static_cast<int>(reach.missed.size())));
        m_facts->addRow(tr("Not reached"), fewNames(reach.missed), {.role = StateRole::Act});
        break;
    case ReachVerdict::Kind::Unknown:
        m_reach->setState({StateRole::Off, Glyph::NotAsked, {}},
                          tr("What it reaches is not known before it is used"));
        break;
    }
    if (!credential->reach.isEmpty())
        m_facts->addRow(tr("Zones"), fewNames(credential->reach));
    m_facts->addRow(tr("Owner"), credential->owner);
    m_facts->addRow(tr("Purpose"), credential->purpose);
    m_facts->addRow(tr("Last used"),
                    credential->lastUsedAt.isValid()
                        ? TimeText::exact(credential->lastUsedAt, false)
                        : tr("never"));
}

void DnsStep::writeTo(IssueForm &form) const
{
    const CredentialRecord *credential = chosen();
    form.credentialChosen = credential != nullptr || byHand();
    form.credential = credential != nullptr ? credential->name : QString();
}

QWidget *DnsStep::firstFocus() const
{
    return m_list;
}

} // namespace sealbook
