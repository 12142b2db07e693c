// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/CredentialService.h"
#include "ui/credentials/CredentialHealth.h"
#include "ui/widgets/DetailPane.h"

class QLabel;

namespace sealbook {

class KeyValueGrid;
class PaneSection;
class Recipe;

// Everything about one credential: what it can do and to whom it belongs, where the secret is, what
// it reaches, how to make a better one, and who needs it. Owned by the page.
class CredentialPane : public DetailPane
{
    Q_OBJECT

public:
    explicit CredentialPane(QWidget *parent = nullptr);

    // `provider` may be null: a definition that is not there any more.
    void setCredential(const CredentialRecord &record, const CredentialHealth &health,
                       const std::vector<DependentCertificate> &dependents,
                       const ProviderSummary *provider, const QDateTime &now);
    [[nodiscard]] QString credential() const { return m_name; }

Q_SIGNALS:
    void proofWanted();
    void certificateWanted(const QString &sha256);
    void linkWanted(const QUrl &link);

private:
    void fillPlace(const CredentialRecord &record);
    void fillReach(const CredentialRecord &record, const CredentialHealth &health,
                   const QDateTime &now);
    void fillUsers(const std::vector<DependentCertificate> &dependents);
    void fillFacts(const CredentialRecord &record, const ProviderSummary *provider,
                   const QDateTime &now);

    QString m_name;
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
