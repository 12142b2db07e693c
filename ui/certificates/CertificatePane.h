// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/CertificateService.h"
#include "core/records/CertificateMarks.h"
#include "core/records/EndpointRecord.h"
#include "core/records/InventoryRow.h"
#include "core/records/PlaceRecord.h"
#include "ui/certificates/CertificateFlags.h"
#include "ui/widgets/DetailPane.h"

#include <optional>
#include <vector>

class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace sealbook {

class CopyButton;
class DerTreeView;
class KeyValueGrid;
class MarksSection;
class PaneSection;
class PlacesSection;
class RevocationSection;
class LineageSection;
class StateLabel;
class ValidityBar;

// What the inventory knows about the certificate that the pane is about.
struct CertificateSubject
{
    InventoryRow row;
    Urgency urgency = Urgency::Fine;
    bool isSuperseded = false;
    std::vector<CertificateFlags::Flag> flags;
    std::optional<InventoryRow> before; // in its lineage
    std::optional<InventoryRow> after;
};

// Everything about one certificate, in plain words first and in full below. What the inventory
// knows is shown at once; places, chain and extensions follow when they are read. Tags, owner and
// note are changed in place. Owned by the page.
class CertificatePane : public DetailPane
{
    Q_OBJECT

public:
    explicit CertificatePane(QWidget *parent = nullptr);

    void setKnown(const QStringList &tags, const QStringList &owners); // offered while typing
    void setCertificate(const CertificateSubject &subject, const QDateTime &now, bool timesLocal);
    void setPlaces(const std::vector<PlaceRecord> &places,
                   const std::vector<EndpointStatus> &endpoints, const QDateTime &now);
    void setDetails(const CertificateDetails &details);
    void setDetailsError(const Error &error);
    [[nodiscard]] QString sha256() const { return m_sha256; }
    [[nodiscard]] RevocationSection &revocation() { return *m_revocation; }

Q_SIGNALS:
    void credentialWanted(const QString &name);
    void certificateWanted(const QString &sha256); // another of its lineage
    void editWanted(const QString &sha256, const sealbook::CertificateEdit &edit,
                    const QString &done);

private:
    void buildSections();
    void buildRawSections();
    void setValue(int row, const QString &name, const QString &value);
    void fillNames(const InventoryRow &row);
    void fillFacts(const InventoryRow &row, bool timesLocal);
    void showFlags();
    void showChain(const CertificateDetails &details);
    void showExtensions(const std::vector<Certificate::Extension> &extensions);
    void showTree(bool shown);

    QString m_sha256;
    QByteArray m_der;
    std::vector<CertificateFlags::Flag> m_flags;
    std::vector<CertificateFlags::Flag> m_useFlags; // known with the details
    QWidget *m_flagList = nullptr;
    CopyButton *m_copyNames = nullptr;
    PaneSection *m_validity = nullptr;
    ValidityBar *m_bar = nullptr;
    KeyValueGrid *m_key = nullptr;
    MarksSection *m_marks = nullptr;
    PaneSection *m_chain = nullptr;
    StateLabel *m_chainState = nullptr;
    QLabel *m_chainPath = nullptr;
    QLabel *m_chainReason = nullptr;
    RevocationSection *m_revocation = nullptr;
    PlacesSection *m_places = nullptr;
    LineageSection *m_lineage = nullptr;
    PaneSection *m_names = nullptr;
    QLabel *m_nameList = nullptr;
    KeyValueGrid *m_facts = nullptr;
    QGridLayout *m_values = nullptr; // what machines read: cut in the middle, copied whole
    PaneSection *m_extensionSection = nullptr;
    QLabel *m_extensions = nullptr;
    QPushButton *m_treeButton = nullptr;
    DerTreeView *m_tree = nullptr;
    CopyButton *m_copyPem = nullptr;
    QPlainTextEdit *m_pem = nullptr;
};

} // namespace sealbook
