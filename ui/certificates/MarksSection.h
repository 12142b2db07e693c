// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/CertificateMarks.h"
#include "core/records/InventoryRow.h"
#include "ui/widgets/PaneSection.h"

class QLineEdit;
class QPlainTextEdit;
class QStringListModel;

namespace sealbook {

// What people wrote onto a certificate, to be changed in place: a change is told when the field is
// left or Enter is pressed. What is being typed is not overwritten by a reload. Owned by the pane.
class MarksSection : public PaneSection
{
    Q_OBJECT

public:
    explicit MarksSection(QWidget *parent = nullptr);
    void setKnown(const QStringList &tags, const QStringList &owners);
    void setMarks(const InventoryRow &row, bool isAnother);

Q_SIGNALS:
    void editWanted(const sealbook::CertificateEdit &edit, const QString &done);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void tellOwner();
    void tellTags();
    void tellNote();

    QString m_wasOwner;
    QStringList m_wereTags;
    QString m_wasNote;
    QLineEdit *m_owner = nullptr;
    QLineEdit *m_tags = nullptr;
    QPlainTextEdit *m_note = nullptr;
    QStringListModel *m_knownOwners = nullptr;
    QStringListModel *m_knownTags = nullptr;
};

} // namespace sealbook
