// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Lineage.h"
#include "ui/widgets/PaneSection.h"

class QLabel;

namespace sealbook {

class KeyValueGrid;
struct CertificateSubject;

// What stood before a certificate and what comes after it, and what is different from the one
// before. Owned by the pane.
class LineageSection : public PaneSection
{
    Q_OBJECT

public:
    explicit LineageSection(QWidget *parent = nullptr);
    void setSubject(const CertificateSubject &subject, bool timesLocal);
    // "names added: a.example, b.example; new key; Let's Encrypt instead of Corp CA", a line each.
    [[nodiscard]] static QStringList changes(const LineageDiff &diff);

Q_SIGNALS:
    void certificateWanted(const QString &sha256);

private:
    void addLine(const QString &name, const InventoryRow &row, bool isLink, bool timesLocal);

    KeyValueGrid *m_lines = nullptr;
    QLabel *m_changes = nullptr;
};

} // namespace sealbook
