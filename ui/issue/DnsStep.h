// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/issue/IssueForm.h"
#include "ui/issue/IssueServices.h"

#include <QWidget>

class QListWidget;
class QPushButton;

namespace sealbook {

class ErrorPanel;
class KeyValueGrid;
class StateLabel;

// How a credential's reach and the wanted names go together.
struct ReachVerdict
{
    enum class Kind { Unknown, Covers, Misses };
    Kind kind = Kind::Unknown;
    QStringList missed; // names in no zone that the credential reaches
    bool operator==(const ReachVerdict &) const = default;
};
[[nodiscard]] ReachVerdict reachOf(const CredentialRecord &credential,
                                   const std::vector<DomainName> &names);

// Step 3: how the record gets into DNS: by one of the credentials, with what it reaches, or by
// hand. Owned by IssuePage.
class DnsStep : public QWidget
{
    Q_OBJECT

public:
    explicit DnsStep(const IssueServices &services, QWidget *parent = nullptr);
    void load();
    void setNames(const std::vector<DomainName> &names);
    void writeTo(IssueForm &form) const;
    [[nodiscard]] QWidget *firstFocus() const;

Q_SIGNALS:
    void changed();
    void nextWanted(); // Enter on the list
    void addCredentialWanted();

private:
    void showCredentials(std::vector<CredentialRecord> credentials);
    void showChosen();
    [[nodiscard]] const CredentialRecord *chosen() const;
    [[nodiscard]] bool byHand() const;

    const IssueServices &m_services;
    std::vector<CredentialRecord> m_credentials;
    std::vector<DomainName> m_names;
    bool m_loaded = false;
    QListWidget *m_list = nullptr;
    ErrorPanel *m_error = nullptr;
    QWidget *m_detail = nullptr;
    StateLabel *m_reach = nullptr;
    KeyValueGrid *m_facts = nullptr;
    QPushButton *m_add = nullptr;
};

} // namespace sealbook
