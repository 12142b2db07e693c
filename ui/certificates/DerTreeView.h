// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTreeWidget>

namespace sealbook {

// The bytes of a certificate as the tree that they are (ASN.1 in DER), to be folded; a row copied
// gives type, value and place. Owned by the pane.
class DerTreeView : public QTreeWidget
{
    Q_OBJECT

public:
    explicit DerTreeView(QWidget *parent = nullptr);
    void setDer(const QByteArray &der);

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace sealbook
