// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/CertificateService.h"
#include "core/records/InventoryRow.h"

#include <QObject>

#include <optional>
#include <stop_token>

class QAction;
class QWidget;

namespace sealbook {

class CertificateImporter;
class Dialogs;

// What can be done with one request or lone key beyond what every row can: its PEM on the clipboard
// or in a file, and a look whether a file belongs to it, which is imported then. Owned by the page.
class WaitingActions : public QObject
{
    Q_OBJECT

public:
    WaitingActions(CertificateService &certificates, Dialogs &dialogs,
                   CertificateImporter &importer, QWidget *page);
    ~WaitingActions() override;

    // The one that is chosen; nothing where it is a certificate, or several are.
    void setRow(const std::optional<InventoryRow> &row);
    [[nodiscard]] QList<QAction *> all() const { return {m_copy, m_save, m_match}; }

Q_SIGNALS:
    void noted(const QString &text);
    void failed(const sealbook::Error &error);

private:
    void copyPem();
    void chooseFile();
    void save(const QString &path);
    void chooseMatch();
    void match(const QString &path);
    void receiveMatch(const QString &path, const Result<QStringList> &publicKeys,
                      const QString &wanted);

    CertificateService &m_certificates;
    Dialogs &m_dialogs;
    CertificateImporter &m_importer;
    QWidget *m_page;
    std::optional<InventoryRow> m_row;
    std::stop_source m_stop;
    QAction *m_copy = nullptr;
    QAction *m_save = nullptr;
    QAction *m_match = nullptr;
};

} // namespace sealbook
