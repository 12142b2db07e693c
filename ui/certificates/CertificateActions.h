// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/CertificateService.h"
#include "core/inventory/InventoryService.h"
#include "ui/certificates/MarkHistory.h"

#include <QObject>

#include <functional>
#include <stop_token>

class QAction;
class QMenu;
class QWidget;

namespace sealbook {

class CertificateImporter;
class Dialogs;

// What is selected, as far as it decides what can be done. The certificates themselves are asked
// for when something is done: there may be 100,000.
struct CertificateSelection
{
    int count = 0;
    int trashed = 0;
    int retired = 0;
    int waiting = 0; // requests and lone keys, which are no certificates
    QString current; // a sha256; "" on a group's head
    std::function<QStringList()> sha256; // all of them
    std::function<QStringList()> names; // of all of them, each once
};

// What can be done on the certificates page: when it is possible and which call it makes. Changes
// of what people write onto certificates, the trash among them, ask nothing and can be undone. The
// page shows the actions and hears what came out. Owned by the page.
class CertificateActions : public QObject
{
    Q_OBJECT

public:
    CertificateActions(CertificateService &certificates, InventoryService &inventory,
                       Dialogs &dialogs, CertificateImporter &importer, QWidget *page);
    ~CertificateActions() override;

    void setSelection(CertificateSelection selection);
    // Marks the certificates and remembers how to take it back. `done` is said then: "Tagged".
    void edit(const QStringList &sha256, const CertificateEdit &edit, const QString &done);

    [[nodiscard]] QAction *issue() const { return m_issue; }
    [[nodiscard]] QAction *importFiles() const { return m_import; }
    [[nodiscard]] QAction *importFolder() const { return m_importFolder; }
    [[nodiscard]] QAction *importTokens() const { return m_importTokens; }
    [[nodiscard]] QAction *paste() const { return m_paste; }
    [[nodiscard]] QAction *exportOne() const { return m_export; }
    [[nodiscard]] QAction *report() const { return m_report; }
    [[nodiscard]] QAction *copyPem() const { return m_copyPem; }
    [[nodiscard]] QAction *trash() const { return m_trash; }
    [[nodiscard]] QAction *restore() const { return m_restore; }
    [[nodiscard]] QAction *deleteForGood() const { return m_delete; }
    [[nodiscard]] QAction *find() const { return m_find; }
    [[nodiscard]] QAction *clearFilter() const { return m_clearFilter; }
    [[nodiscard]] QAction *tag() const { return m_tag; }
    [[nodiscard]] QAction *untag() const { return m_untag; }
    [[nodiscard]] QAction *owner() const { return m_owner; }
    [[nodiscard]] QAction *note() const { return m_note; }
    [[nodiscard]] QAction *sameNames() const { return m_sameNames; }
    [[nodiscard]] QAction *issuedBy() const { return m_issuedBy; }
    [[nodiscard]] QAction *undo() const { return m_undo; }
    [[nodiscard]] QAction *redo() const { return m_redo; }
    // Asks for a file and writes what the table shows into it.
    void writeReport(ReportRequest request);
    // All of them, for menu, palette and shortcuts.
    [[nodiscard]] QList<QAction *> all() const;
    // Fills a menu for what is selected.
    void fillMenu(QMenu *menu) const;

Q_SIGNALS:
    void exportWanted(); // of the one that is selected
    void noted(const QString &text, bool canUndo); // something small worked
    void failed(const sealbook::Error &error);

private:
    void build();
    void connectAll();
    void chooseFiles();
    void chooseFolder();
    void pasteClipboard();
    void startExport();
    void exportMany(const QString &folder);
    void copyPemOfSelected();
    void copyNamesOfSelected();
    void toggleRetired();
    void moveToTrash();
    void takeOutOfTrash();
    void deleteSelected();
    void receive(const Result<std::vector<CertificateMarks>> &before, const QString &done);
    void step(bool back);
    void showHistory();

    CertificateService &m_certificates;
    InventoryService &m_inventory;
    Dialogs &m_dialogs;
    CertificateImporter &m_importer;
    QWidget *m_page;
    CertificateSelection m_selection;
    MarkHistory m_history;
    bool m_isStepping = false; // an undo or redo is on its way
    std::stop_source m_stop;
    QAction *m_issue = nullptr;
    QAction *m_import = nullptr;
    QAction *m_importFolder = nullptr;
    QAction *m_importTokens = nullptr;
    QAction *m_paste = nullptr;
    QAction *m_export = nullptr;
    QAction *m_report = nullptr;
    QAction *m_copyPem = nullptr;
    QAction *m_copyNames = nullptr;
    QAction *m_tag = nullptr;
    QAction *m_untag = nullptr;
    QAction *m_owner = nullptr;
    QAction *m_note = nullptr;
    QAction *m_retire = nullptr;
    QAction *m_trash = nullptr;
    QAction *m_restore = nullptr;
    QAction *m_delete = nullptr;
    QAction *m_sameNames = nullptr;
    QAction *m_issuedBy = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_find = nullptr;
    QAction *m_clearFilter = nullptr;
};

} // namespace sealbook
