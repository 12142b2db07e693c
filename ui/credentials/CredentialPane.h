// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/CredentialService.h"
#include "ui/credentials/CredentialHealth.h"

#include <QWidget>

class QAction;
class QLabel;

namespace sealbook {

class KeyValueGrid;
class PaneHead;
class PaneScroll;
class PaneSection;
class Recipe;

// Everything about one credential: what it can do and to whom it belongs, where the secret is, what
// it reaches, how to make a better one, and who needs it. Owned by the page.
class CredentialPane : public QWidget
{
    Q_OBJECT

public:
    explicit CredentialPane(QWidget *parent = nullptr);

    void setActions(const QList<QAction *> &actions);
    // `provider` may be null: a definition that is not there any more.
    void setCredential(const CredentialRecord &record, const CredentialHealth &health,
                       const std::vector<DependentCertificate> &dependents,
                       const ProviderSummary *provider, const QDateTime &now);
    [[nodiscard]] QString credential() const { return m_name; }

Q_SIGNALS:
    void closeWanted();
    void proofWanted();
    void certificateWanted(const QString &sha256);
    void linkWanted(const QUrl &link);

private:
    void buildSections();
    void fillPlace(const CredentialRecord &record);
    void fillReach(const CredentialRecord &record, const CredentialHealth &health,
                   const QDateTime &now);
    void fillUsers(const std::vector<DependentCertificate> &dependents);
    void fillFacts(const CredentialRecord &record, const ProviderSummary *provider,
                   const QDateTime &now);

    QString m_name;
    PaneScroll *m_scroll = nullptr;
    PaneHead *m_head = nullptr;
    KeyValueGrid *m_place = nullptr;
    PaneSection *m_reach = nullptr;
    KeyValueGrid *m_zones = nullptr;
    QLabel *m_moreZones = nullptr;
    PaneSection *m_recipeSection = nullptr;
    Recipe *m_recipe = nullptr;
    PaneSection *m_users = nullptr;
    QWidget *m_userList = nullptr;
    KeyValueGrid *m_facts = nullptr;
};

} // namespace sealbook
