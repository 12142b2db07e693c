// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Task.h"
#include "core/inventory/InventoryReport.h"
#include "core/inventory/SavedView.h"
#include "core/records/CertificateMarks.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace sealbook {

class Store;

// The inventory for faces: reads it, built away from the main thread, and changes what people write
// onto certificates. Owned by Services; main thread.
class InventoryService : public QObject
{
    Q_OBJECT

public:
    InventoryService(Store &store, const Clock &clock, QObject *parent = nullptr);

    // Shared, because a connected slot sees its result as const and could not take it otherwise;
    // whoever asked is its only owner.
    [[nodiscard]] Task<std::shared_ptr<Inventory>> read(std::stop_token stop);
    // One for all who ask within a few seconds, until something changes: for what is decided
    // already (rows, lineages, what is superseded), on the main thread. Nobody asks it a question.
    [[nodiscard]] Task<std::shared_ptr<const Inventory>> snapshot(std::stop_token stop);
    // The same after some certificates changed, came or went, without reading the rest again.
    [[nodiscard]] Task<std::shared_ptr<Inventory>>
    refresh(std::shared_ptr<const Inventory> old, QStringList sha256, std::stop_token stop);

    // Looks through it away from the main thread, so that the question can be stopped. Nobody else
    // may use the inventory meanwhile.
    [[nodiscard]] Task<InventoryView> view(std::shared_ptr<const Inventory> inventory,
                                           InventoryRequest request, std::stop_token stop);

    // Writes what is stored now, as one file that is there as a whole or not at all; away from the
    // main thread. Gives how many certificates are in it.
    [[nodiscard]] Task<ReportCounts> writeReport(ReportRequest request, QString path,
                                                 std::stop_token stop);
    // What the person's files lose of 0644: our own umask is 077.
    void useUmask(unsigned umask) { m_umask = umask; }

    // Whether there is no certificate at all, not even in the trash.
    [[nodiscard]] Task<bool> isEmpty();
    [[nodiscard]] Task<std::vector<PlaceRecord>> places(QString sha256);
    // See Store::editCertificates: gives the marks that restore() takes for the undo.
    [[nodiscard]] Task<std::vector<CertificateMarks>> edit(QStringList sha256,
                                                           CertificateEdit edit);
    [[nodiscard]] Task<std::vector<CertificateMarks>> restore(std::vector<CertificateMarks> marks);
    // Into the trash, with the time of now, and out of it again.
    [[nodiscard]] Task<std::vector<CertificateMarks>> trash(QStringList sha256);
    [[nodiscard]] Task<std::vector<CertificateMarks>> takeOutOfTrash(QStringList sha256);

    [[nodiscard]] Task<std::vector<SavedView>> savedViews(); // in the person's order
    [[nodiscard]] Task<> saveViews(std::vector<SavedView> views);
    // What the page of certificates keeps in the profile: columns, the view to begin with. Empty
    // before the first time.
    [[nodiscard]] Task<QJsonObject> pageState();
    [[nodiscard]] Task<> savePageState(QJsonObject state);

Q_SIGNALS:
    // Certificates, places or marks: who shows them reads anew.
    void changed();

private:
    void forgetSnapshot();

    Store &m_store;
    const Clock &m_clock;
    std::optional<unsigned> m_umask;
    std::shared_ptr<const Inventory> m_snapshot;
    quint64 m_changes = 0;
    QTimer m_forgetting; // it is large, and times in it grow old
};

} // namespace sealbook
