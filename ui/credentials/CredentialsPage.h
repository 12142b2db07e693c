// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/governance/CredentialService.h"
#include "core/inventory/CertificateService.h"
#include "ui/credentials/CredentialModel.h"
#include "ui/widgets/Page.h"

#include <QTimer>

class QLineEdit;
class QSplitter;
class QStackedWidget;

namespace sealbook {

class AddCredentialPanel;
class CredentialActions;
class CredentialPane;
class Dialogs;
class EmptyState;
class ErrorPanel;
class NoteBar;
class RecordTable;
class StateChips;

// What can edit DNS, as privileged identities: a table by state, everything about one beside it,
// and the form of a new one. Owned by MainWindow; the services outlive it.
class CredentialsPage : public Page
{
    Q_OBJECT

public:
    CredentialsPage(CredentialService &credentials, CertificateService &certificates,
                    const Clock &clock, Dialogs &dialogs, QWidget *parent = nullptr);

    void open(const QString &subject) override; // a credential's name; "add" opens the form
    void activated() override;
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;
    [[nodiscard]] CredentialModel &model() { return m_model; }

Q_SIGNALS:
    void loaded();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void setUpTable();
    void bind();
    void bindParts();
    void reload();
    void reloadCertificates();
    void showCounts();
    void showCurrent();
    void openPane();
    void closePane();
    void startAdding();
    void stopAdding();
    void select(const QString &name);
    [[nodiscard]] QString currentName() const;
    [[nodiscard]] const ProviderSummary *provider(const QString &code) const;

    CredentialService &m_credentials;
    CertificateService &m_certificates;
    const Clock &m_clock;
    Dialogs &m_dialogs;
    CredentialModel m_model;
    std::vector<ProviderSummary> m_providers;
    CredentialActions *m_actions;
    QLineEdit *m_filter;
    StateChips *m_chips;
    NoteBar *m_note;
    ErrorPanel *m_error;
    QStackedWidget *m_whole; // list, form
    QStackedWidget *m_list; // table, empty, no match
    RecordTable *m_table;
    EmptyState *m_empty;
    EmptyState *m_noMatch;
    QSplitter *m_splitter;
    CredentialPane *m_pane;
    AddCredentialPanel *m_add;
    QTimer m_reloadSoon;
    QString m_wanted;
    bool m_loading = false;
    bool m_stale = true;
};

} // namespace sealbook
