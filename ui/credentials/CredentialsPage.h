// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/governance/CredentialService.h"
#include "core/inventory/CertificateService.h"
#include "ui/credentials/CredentialModel.h"
#include "ui/widgets/RecordPage.h"

namespace sealbook {

class AddCredentialPanel;
class CredentialActions;
class CredentialPane;
class Dialogs;
class StateChips;

// What can edit DNS, as privileged identities. Owned by MainWindow; the services outlive it.
class CredentialsPage : public RecordPage
{
    Q_OBJECT

public:
    CredentialsPage(CredentialService &credentials, CertificateService &certificates,
                    const Clock &clock, Dialogs &dialogs, QWidget *parent = nullptr);

    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] CredentialModel &model() { return m_model; }

protected:
    void load() override;
    void choose(const QString &name) override;
    void showRecord(const QString &name) override;
    void startForm() override;
    void showBadge(int total, int needingPerson) override;
    [[nodiscard]] QString countText(int total) const override;
    [[nodiscard]] QString noMatchText(int total) const override;

private:
    void build();
    void bind();
    void loadCertificates();
    [[nodiscard]] const ProviderSummary *provider(const QString &code) const;

    CredentialService &m_credentials;
    CertificateService &m_certificates;
    const Clock &m_clock;
    Dialogs &m_dialogs;
    CredentialModel m_model;
    std::vector<ProviderSummary> m_providers;
    CredentialActions *m_actions;
    StateChips *m_chips;
    CredentialPane *m_pane;
    AddCredentialPanel *m_add;
};

} // namespace sealbook
