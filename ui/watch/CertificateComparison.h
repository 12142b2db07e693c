// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/InventoryRow.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace sealbook {

// The certificate that an endpoint serves beside the one that it should serve, a line for each
// fact; what differs stands out. Owned by the pane.
class CertificateComparison : public QWidget
{
    Q_OBJECT

public:
    explicit CertificateComparison(QWidget *parent = nullptr);
    void setCertificates(const InventoryRow &served, const InventoryRow &stored, bool timesLocal);
    void clear();

Q_SIGNALS:
    void certificateWanted(const QString &sha256);

private:
    void addHeads();
    void addLine(const QString &name, const QString &served, const QString &stored,
                 const QString &servedExact = {}, const QString &storedExact = {});
    void addLink(int column, const QString &head, const QString &sha256);

    QGridLayout *m_grid = nullptr;
    int m_lines = 0;
};

} // namespace sealbook
