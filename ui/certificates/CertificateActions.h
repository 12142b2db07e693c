// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/CertificateService.h"

#include <QObject>

#include <optional>
#include <stop_token>

class QAction;
class QWidget;

namespace sealbook {

class CertificateImporter;
class Dialogs;

// What can be done on the certificates page: when it is possible and which call it makes. The page
// shows them and hears what came out. Owned by the page.
class CertificateActions : public QObject
{
    Q_OBJECT

public:
    CertificateActions(CertificateService &certificates, Dialogs &dialogs,
                       CertificateImporter &importer, QWidget *page);
    ~CertificateActions() override;

    void setCurrent(const CertificateRecord *record); // null: none is selected

    [[nodiscard]] QAction *issue() const { return m_issue; }
    [[nodiscard]] QAction *importFiles() const { return m_import; }
    [[nodiscard]] QAction *importFolder() const { return m_folder; }
    [[nodiscard]] QAction *paste() const { return m_paste; }
    [[nodiscard]] QAction *exportOne() const { return m_export; }
    [[nodiscard]] QAction *copyPem() const { return m_copyPem; }
    [[nodiscard]] QAction *removeOne() const { return m_remove; }
    [[nodiscard]] QAction *find() const { return m_find; }
    [[nodiscard]] QAction *clearFilter() const { return m_clearFilter; }

Q_SIGNALS:
    void exportWanted();
    void noted(const QString &text); // something small worked
    void failed(const sealbook::Error &error);

private:
    void chooseFiles();
    void chooseFolder();
    void pasteClipboard();
    void copyPemOfCurrent();
    void removeCurrent();

    CertificateService &m_certificates;
    Dialogs &m_dialogs;
    CertificateImporter &m_importer;
    QWidget *m_page;
    std::optional<CertificateRecord> m_current;
    std::stop_source m_stop;
    QAction *m_issue = nullptr;
    QAction *m_import = nullptr;
    QAction *m_folder = nullptr;
    QAction *m_paste = nullptr;
    QAction *m_export = nullptr;
    QAction *m_copyPem = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_find = nullptr;
    QAction *m_clearFilter = nullptr;
};

} // namespace sealbook
