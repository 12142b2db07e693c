// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/CredentialPane.h"

#include "ui/credentials/Recipe.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneHead.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/TimeText.h"

#include <QHBoxLayout>
#include <QLabel>

namespace sealbook {

namespace {
constexpr int nameWidth = 60;
constexpr qsizetype shownZones = 8;
constexpr std::size_t shownUsers = 12;
} // namespace

CredentialPane::CredentialPane(QWidget *parent)
    : DetailPane("credentialPane", tr("Credential details"), ElidedLabel::Mode::Text, parent)
{
    m_place = addFacts(tr("Where the secret is"), nameWidth);
    m_reach = addSection(tr("Reach"));
    m_zones = new KeyValueGrid(this);
    m_reach->add(m_zones);
    m_moreZones = makeLabel(LabelKind::Muted, QString(), this, true);
    m_reach->add(m_moreZones);
    m_recipeSection = addSection(tr("Least privilege"));
    m_recipe = new Recipe(this);
    connect(m_recipe, &Recipe::linkWanted, this, &CredentialPane::linkWanted);
    m_recipeSection->add(m_recipe);
    m_users = addSection(tr("Used by"));
    m_facts = addFacts(tr("Facts"), nameWidth);
}

void CredentialPane::setCredential(const CredentialRecord &record, const CredentialHealth &health,
                                   const std::vector<DependentCertificate> &dependents,
                                   const ProviderSummary *provider, const QDateTime &now)
{
    if (m_name != record.name)
        m_scroll->toTop();
    m_name = record.name;
    m_head->setTitle(record.name);
    const QString providerName = provider == nullptr ? record.provider : provider->name;
    m_head->setSubtitle(tr("%1, owner %2").arg(providerName, record.owner));
    const StateStyle style = CredentialHealth::styleOf(health.state);
    const QString evidence = health.evidence(record, now);
    m_head->state()->setState(style,
                              evidence.isEmpty()
                                  ? style.word
                                  : tr("%1  %2", "state, evidence").arg(style.word, evidence));
    m_head->setSummary(health.summary());
    fillPlace(record);
    fillReach(record, health, now);
    m_recipeSection->setVisible(provider != nullptr);
    if (provider != nullptr) {
        m_recipeSection->setAside(tr("at %1").arg(provider->name));
        m_recipe->setProvider(*provider);
    }
    fillUsers(dependents);
    fillFacts(record, provider, now);
}

void CredentialPane::fillPlace(const CredentialRecord &record)
{
    m_place->clear();
    m_place->addRow(tr("Keychain"),
                    record.keychainBackend.isEmpty() ? tr("not written yet")
                                                     : record.keychainBackend);
    for (const QString &item : record.secretItems)
        m_place->addRow(tr("Item"), item, {.mono = true, .copyable = true});
    QLabel *disk = m_place->addRow(tr("On disk"), QString());
    setLinkText(disk, tr("nothing. <a href=\"proof\">Proof…</a>"));
    disk->setAccessibleName(tr("On disk: nothing. Opens the proof."));
    connect(disk, &QLabel::linkActivated, this, &CredentialPane::proofWanted);
}

void CredentialPane::fillReach(const CredentialRecord &record, const CredentialHealth &health,
                               const QDateTime &now)
{
    m_reach->setAside(record.reachCheckedAt.isValid()
                          ? tr("asked %1").arg(TimeText::ago(now, record.reachCheckedAt))
                          : tr("never asked"));
    m_zones->clear();
    qsizetype shown = 0;
    const auto add = [&](const QStringList &zones, const QString &word) {
        for (const QString &zone : zones) {
            if (shown++ >= shownZones)
                return;
            m_zones->addRow(zone, word);
        }
    };
    add(health.neededZones, tr("needed"));
    add(health.otherZones, tr("not needed"));
    m_zones->setVisible(shown > 0);
    const qsizetype rest = record.reach.size() - shownZones;
    if (!health.reachKnown)
        m_moreZones->setText(tr("The provider has not told. What the token was given at the "
                                "provider is what it reaches."));
    else if (rest > 0)
        m_moreZones->setText(health.neededZones.size() <= shownZones
                                 ? tr("%n more, none needed", "", static_cast<int>(rest))
                                 : tr("%n more", "", static_cast<int>(rest)));
    m_moreZones->setVisible(!health.reachKnown || rest > 0);
}

void CredentialPane::fillUsers(const std::vector<DependentCertificate> &dependents)
{
    delete m_userList;
    m_userList = new QWidget(m_users);
    auto *layout = new QVBoxLayout(m_userList);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    m_users->setAside(QString::number(dependents.size()));
    for (std::size_t i = 0; i < std::min(shownUsers, dependents.size()); ++i) {
        const DependentCertificate &dependent = dependents[i];
        auto *row = new QHBoxLayout;
        auto *link = new QLabel(m_userList);
        link->setObjectName(QStringLiteral("dependent"));
        setLinkText(
            link,
            QStringLiteral("<a href=\"certificate\">%1</a>").arg(dependent.name.toHtmlEscaped()));
        link->setToolTip(dependent.name);
        link->setAccessibleName(tr("Show certificate %1").arg(dependent.name));
        link->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        connect(link, &QLabel::linkActivated, this,
                [this, sha256 = dependent.sha256] { Q_EMIT certificateWanted(sha256); });
        row->addWidget(link, 1);
        auto *state = new StateLabel(m_userList);
        state->setState(styleOf(dependent.urgency));
        row->addWidget(state);
        layout->addLayout(row);
    }
    if (dependents.empty())
        layout->addWidget(makeLabel(LabelKind::Muted, tr("No certificate was issued with it."),
                                    m_userList, true));
    else if (dependents.size() > shownUsers)
        layout->addWidget(makeLabel(
            LabelKind::Muted,
            tr("and %n more", "", static_cast<int>(dependents.size() - shownUsers)), m_userList));
    m_users->add(m_userList);
}

void CredentialPane::fillFacts(const CredentialRecord &record, const ProviderSummary *provider,
                               const QDateTime &now)
{
    m_facts->clear();
    m_facts->addRow(tr("Owner"), record.owner);
    m_facts->addRow(tr("Purpose"), record.purpose);
    for (auto it = record.fields.begin(); it != record.fields.end(); ++it) {
        QString label = it.key();
        if (provider != nullptr) {
            for (const ProviderField &field : provider->fields)
                label = field.id == it.key() ? field.label : label;
        }
        m_facts->addRow(label, it.value(), {.mono = true});
    }
    m_facts->addRow(tr("Added"), TimeText::ago(now, record.createdAt));
    m_facts->addRow(tr("Used"),
                    record.lastUsedAt.isValid() ? TimeText::ago(now, record.lastUsedAt)
                                                : tr("never"));
}

} // namespace sealbook
