// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/CertificateService.h"

#include <QWidget>

class QAction;
class QGridLayout;
class QLabel;
class QPlainTextEdit;

namespace sealbook {

class CopyButton;
class KeyValueGrid;
class PaneHead;
class PaneScroll;
class PaneSection;
class StateLabel;
class ValidityBar;

// Everything about one certificate, in plain words first and in full below. What the record knows
// is shown at once; chain and extensions follow when they are read. Owned by the page.
class CertificatePane : public QWidget
{
    Q_OBJECT

public:
    explicit CertificatePane(QWidget *parent = nullptr);

    // The buttons under the summary; they stay the caller's.
    void setActions(const QList<QAction *> &actions);
    void setCertificate(const CertificateRecord &record, const QDateTime &now, bool timesLocal);
    void setDetails(const CertificateDetails &details);
    void setDetailsError(const Error &error);
    [[nodiscard]] QString sha256() const { return m_sha256; }

Q_SIGNALS:
    void closeWanted();
    void credentialWanted(const QString &name);

private:
    void buildSections();
    void setValue(int row, const QString &name, const QString &value);
    void fillNames(const CertificateRecord &record);
    void fillFacts(const CertificateRecord &record, bool timesLocal);
    void showChain(const CertificateDetails &details);
    void showExtensions(const std::vector<Certificate::Extension> &extensions);

    QString m_sha256;
    PaneScroll *m_scroll = nullptr;
    PaneHead *m_head = nullptr;
    CopyButton *m_copyNames = nullptr;
    PaneSection *m_validity = nullptr;
    ValidityBar *m_bar = nullptr;
    KeyValueGrid *m_key = nullptr;
    PaneSection *m_chain = nullptr;
    StateLabel *m_chainState = nullptr;
    QLabel *m_chainPath = nullptr;
    QLabel *m_chainReason = nullptr;
    PaneSection *m_names = nullptr;
    QLabel *m_nameList = nullptr;
    KeyValueGrid *m_facts = nullptr;
    QGridLayout *m_values = nullptr; // what machines read: cut in the middle, copied whole
    PaneSection *m_extensionSection = nullptr;
    QLabel *m_extensions = nullptr;
    CopyButton *m_copyPem = nullptr;
    QPlainTextEdit *m_pem = nullptr;
};

} // namespace sealbook
