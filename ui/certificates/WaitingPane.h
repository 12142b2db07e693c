// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/CertificateService.h"
#include "core/records/CertificateMarks.h"
#include "core/records/InventoryRow.h"
#include "ui/certificates/CertificateFlags.h"

#include <QWidget>

class QAction;
class QLabel;
class QPlainTextEdit;

namespace sealbook {

class CopyButton;
class KeyValueGrid;
class MarksSection;
class PaneHead;
class PaneScroll;
class PaneSection;

// What waits for a certificate: a request, or a key that no certificate has. What the row knows is
// shown at once; subject, signature and PEM of a request follow when they are read. Tags, owner and
// note are changed in place. Owned by the page.
class WaitingPane : public QWidget
{
    Q_OBJECT

public:
    explicit WaitingPane(QWidget *parent = nullptr);

    void setActions(const QList<QAction *> &actions); // they stay the caller's
    void setKnown(const QStringList &tags, const QStringList &owners);
    void setRow(const InventoryRow &row, const std::vector<CertificateFlags::Flag> &flags,
                const QDateTime &now, bool timesLocal);
    void setDetails(const RequestDetails &details);
    void setDetailsError(const Error &error);
    [[nodiscard]] QString sha256() const
    {
        return m_row.sha256.isNull() ? QString() : m_row.sha256.hex();
    }

Q_SIGNALS:
    void closeWanted();
    void editWanted(const QString &sha256, const sealbook::CertificateEdit &edit,
                    const QString &done);

private:
    void build();
    void fillFacts();

    InventoryRow m_row;
    QString m_subjectDn;
    QString m_signature;
    bool m_timesLocal = false;
    PaneScroll *m_scroll = nullptr;
    PaneHead *m_head = nullptr;
    PaneSection *m_factSection = nullptr;
    KeyValueGrid *m_facts = nullptr;
    PaneSection *m_names = nullptr;
    QLabel *m_nameList = nullptr;
    MarksSection *m_marks = nullptr;
    PaneSection *m_pemSection = nullptr;
    CopyButton *m_copyPem = nullptr;
    QPlainTextEdit *m_pem = nullptr;
};

} // namespace sealbook
