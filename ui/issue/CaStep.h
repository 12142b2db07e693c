// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/issue/IssueForm.h"
#include "ui/issue/IssueServices.h"

#include <QWidget>

#include <map>
#include <set>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace sealbook {

class Dialogs;
class ErrorPanel;
class SecretEdit;

// Step 2: which CA, with what it says about itself; the account, where none exists yet; the key, or
// the user's own request. Asks a CA for its directory when it is chosen, once. Owned by IssuePage.
class CaStep : public QWidget
{
    Q_OBJECT

public:
    CaStep(const IssueServices &services, Dialogs &dialogs, QWidget *parent = nullptr);
    ~CaStep() override;

    // Reads CAs and accounts anew; keeps the choice.
    void load();
    // Asks the chosen CA what it offers, unless it was asked already.
    void askChosen();
    void writeTo(IssueForm &form) const;
    // True when an account has to be opened with the CA's key before the next step.
    [[nodiscard]] bool needsAccount() const;
    // Opens it; `done` comes with true when there is one. Errors are shown here.
    void openAccount(std::function<void(bool)> done);
    [[nodiscard]] QWidget *firstFocus() const;

Q_SIGNALS:
    void changed();
    void nextWanted(); // Enter on the list

private:
    QWidget *makeForm();
    void addField(const QString &label, QWidget *field);
    void showField(QWidget *field, bool shown);
    void showCas(std::vector<CaRecord> cas);
    void showChosen();
    void chooseCsr();
    void readCsr(const QString &path);
    [[nodiscard]] std::optional<CaRecord> chosen() const;
    [[nodiscard]] std::optional<AccountRecord> account(const CaRecord &ca) const;
    [[nodiscard]] const CaFacts *facts() const;

    const IssueServices &m_services;
    Dialogs &m_dialogs;
    std::stop_source m_stop;
    std::vector<CaRecord> m_cas;
    std::vector<AccountRecord> m_accounts;
    std::map<QString, CaFacts> m_facts; // by the CA's id
    std::set<QString> m_asking;
    QString m_csrFile;
    QByteArray m_csrDer;

    QListWidget *m_list = nullptr;
    ErrorPanel *m_error = nullptr;
    QGridLayout *m_form = nullptr;
    std::map<QWidget *, QLabel *> m_labels; // of the fields
    QLabel *m_account = nullptr;
    QLineEdit *m_contact = nullptr;
    QLineEdit *m_kid = nullptr;
    SecretEdit *m_eabKey = nullptr;
    QWidget *m_terms = nullptr;
    QCheckBox *m_agree = nullptr;
    QPushButton *m_readTerms = nullptr;
    QComboBox *m_keyType = nullptr;
    QComboBox *m_profile = nullptr;
    QPushButton *m_csr = nullptr;
    QPushButton *m_noCsr = nullptr;
    QLabel *m_csrName = nullptr;
};

} // namespace sealbook
