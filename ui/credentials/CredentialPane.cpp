// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/CredentialPane.h"

#include "ui/credentials/Recipe.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

namespace sealbook {

namespace {
constexpr int paneMargin = 16;
constexpr int nameWidth = 60;
constexpr qsizetype shownZones = 8;
constexpr std::size_t shownUsers = 12;
} // namespace

CredentialPane::CredentialPane(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
{
    setObjectName(QStringLiteral("credentialPane"));
    setAccessibleName(tr("Credential details"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Credential details"));
    outer->addWidget(m_scroll);
    auto *content = new QWidget;
    Theme::setBaseSurface(content);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->setSpacing(0);
    buildHead(layout);
    buildSections(layout);
    layout->addStretch();
    m_scroll->setWidget(content);
}

void CredentialPane::buildHead(QVBoxLayout *layout)
{
    auto *head = new QVBoxLayout;
    head->setContentsMargins(paneMargin, 0, paneMargin, 12);
    head->setSpacing(4);
    auto *line = new QHBoxLayout;
    m_title = new ElidedLabel(ElidedLabel::Mode::Text, this);
    m_title->setFont(Theme::titleFont(font()));
    line->addWidget(m_title, 1);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("closePane"));
    close->setAutoRaise(true);
    close->setIcon(houseIcon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close details"));
    close->setToolTip(tr("Close details (Esc)"));
    connect(close, &QToolButton::clicked, this, &CredentialPane::closeWanted);
    line->addWidget(close);
    head->addLayout(line);
    m_subtitle = makeLabel(LabelKind::Muted, QString(), this, true);
    head->addWidget(m_subtitle);
    m_state = new StateLabel(this);
    head->addWidget(m_state);
    m_summary = makeLabel(LabelKind::Body, QString(), this, true);
    head->addWidget(m_summary);
    m_buttons = new QWidget(this);
    auto *row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 4, 0, 0);
    row->setSpacing(8);
    head->addWidget(m_buttons);
    layout->addLayout(head);
}

void CredentialPane::setActions(const QList<QAction *> &actions)
{
    auto *row = static_cast<QHBoxLayout *>(m_buttons->layout());
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->text(), m_buttons);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setMinimumHeight(28);
        button->setEnabled(action->isEnabled());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button, action] {
            button->setEnabled(action->isEnabled());
            button->setText(action->text());
        });
        row->addWidget(button);
    }
    row->addStretch();
}

void CredentialPane::buildSections(QVBoxLayout *layout)
{
    auto *place = new PaneSection(tr("Where the secret is"), this);
    m_place = new KeyValueGrid(this);
    m_place->setNameWidth(nameWidth);
    place->add(m_place);
    layout->addWidget(place);

    m_reach = new PaneSection(tr("Reach"), this);
    m_zones = new KeyValueGrid(this);
    m_reach->add(m_zones);
    m_moreZones = makeLabel(LabelKind::Muted, QString(), this, true);
    m_reach->add(m_moreZones);
    layout->addWidget(m_reach);

    m_recipeSection = new PaneSection(tr("Least privilege"), this);
    m_recipe = new Recipe(this);
    connect(m_recipe, &Recipe::linkWanted, this, &CredentialPane::linkWanted);
    m_recipeSection->add(m_recipe);
    layout->addWidget(m_recipeSection);

    m_users = new PaneSection(tr("Used by"), this);
    layout->addWidget(m_users);

    auto *facts = new PaneSection(tr("Facts"), this);
    m_facts = new KeyValueGrid(this);
    m_facts->setNameWidth(nameWidth);
    facts->add(m_facts);
    layout->addWidget(facts);
}

void CredentialPane::setCredential(const CredentialRecord &record, const CredentialHealth &health,
                                   const std::vector<DependentCertificate> &dependents,
                                   const ProviderSummary *provider, const QDateTime &now)
{
    if (m_name != record.name)
        m_scroll->verticalScrollBar()->setValue(0);
    m_name = record.name;
    m_title->setFullText(record.name);
    const QString providerName = provider == nullptr ? record.provider : provider->name;
    m_subtitle->setText(tr("%1, owner %2").arg(providerName, record.owner));
    const StateStyle style = CredentialHealth::styleOf(health.state);
    const QString evidence = health.evidence(record, now);
    m_state->setState(style,
                      evidence.isEmpty()
                          ? style.word
                          : tr("%1  %2", "state, evidence").arg(style.word, evidence));
    m_summary->setText(health.summary());
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
        m_place->addRow(tr("Item"), item, {.mono = true, .copyable = true, .breakable = true});
    QLabel *disk = m_place->addRow(tr("On disk"), QString());
    disk->setTextFormat(Qt::RichText);
    disk->setText(tr("nothing. <a href=\"proof\">Proof…</a>"));
    disk->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
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
        link->setTextFormat(Qt::RichText);
        link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        link->setText(
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
        m_facts->addRow(label, it.value(), {true, false, {}});
    }
    m_facts->addRow(tr("Added"), TimeText::ago(now, record.createdAt));
    m_facts->addRow(tr("Used"),
                    record.lastUsedAt.isValid() ? TimeText::ago(now, record.lastUsedAt)
                                                : tr("never"));
}

} // namespace sealbook
