// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/EndpointRecord.h"
#include "core/records/InventoryRow.h"
#include "ui/widgets/DetailPane.h"

class QCheckBox;
class QComboBox;

namespace sealbook {

class CertificateComparison;
class KeyValueGrid;
class PaneSection;

// Everything about one endpoint: what its state means, what each of its addresses serves, what
// should be served instead, and what changed when. Owned by the page.
class EndpointPane : public DetailPane
{
    Q_OBJECT

public:
    explicit EndpointPane(QWidget *parent = nullptr);

    void setStatus(const EndpointStatus &status, const QDateTime &now);
    void setHistory(const std::vector<EndpointCheck> &history, const QDateTime &now);
    // What is served beside what should be; of the endpoint that is shown.
    void setComparison(const InventoryRow &served, const InventoryRow &stored);
    void setTimesLocal(bool local) { m_timesLocal = local; } // counts from the next setStatus()
    [[nodiscard]] QString endpoint() const { return m_id; }

Q_SIGNALS:
    void certificateWanted(const QString &sha256);
    void changeWanted(const sealbook::EndpointRecord &endpoint); // interval, alarms

private:
    void fillAddress(const EndpointCheck &check, const QDateTime &now);
    void addCertificate(KeyValueGrid *grid, const QString &name, const QString &shown,
                        const QString &sha256);

    void fillRound();
    void change();

    QString m_id;
    EndpointRecord m_record;
    QString m_served; // what the comparison shows
    QString m_stored;
    bool m_timesLocal = false;
    PaneSection *m_newer = nullptr;
    CertificateComparison *m_comparison = nullptr;
    QWidget *m_addresses = nullptr;
    PaneSection *m_history = nullptr;
    KeyValueGrid *m_changes = nullptr;
    QComboBox *m_interval = nullptr;
    QCheckBox *m_notifies = nullptr;
};

} // namespace sealbook
