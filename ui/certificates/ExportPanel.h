// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/CertificateService.h"
#include "core/records/InventoryRow.h"
#include "ui/certificates/ExportForm.h"

#include <QWidget>

#include <memory>
#include <stop_token>

class QLabel;

namespace Ui {
class ExportPanel;
}

namespace sealbook {

class CopyButton;
class Dialogs;

// The export of one certificate, inline beside the table: what, password, file. Problems stand at
// their field. A private key leaves the vault only against the profile's passphrase, or after a
// confirmation where it has none. Owned by the page.
class ExportPanel : public QWidget
{
    Q_OBJECT

public:
    ExportPanel(CertificateService &certificates, Dialogs &dialogs, QWidget *parent = nullptr);
    ~ExportPanel() override;

    void start(const InventoryRow &row);
    [[nodiscard]] ExportForm form() const;

Q_SIGNALS:
    void written(const QString &file);
    void cancelled();

private:
    void bind();
    void refresh();
    void showProblems(bool all);
    void chooseFile();
    void confirmAndWrite();
    void askPassphrase();
    void askConfirmation();
    [[nodiscard]] QString keyWarning() const;
    void write();
    void writeForServer();
    void showSnippet(const QString &snippet);
    void followChoice();
    void forgetPasswords();

    CertificateService &m_certificates;
    Dialogs &m_dialogs;
    const std::unique_ptr<Ui::ExportPanel> m_ui;
    CopyButton *m_snippetCopy = nullptr;
    InventoryRow m_row;
    int m_starts = 0; // what was asked about one certificate says nothing of the next
    std::stop_source m_stop;
};

} // namespace sealbook
