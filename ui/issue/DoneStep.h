// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/CertificateRecord.h"

#include <QWidget>

#include <chrono>

class QLabel;

namespace sealbook {

class KeyValueGrid;
class NoteBar;
class StateLabel;

// Step 5: the certificate that was issued, and what can be done with it next. Owned by IssuePage.
class DoneStep : public QWidget
{
    Q_OBJECT

public:
    explicit DoneStep(QWidget *parent = nullptr);
    void show(const CertificateRecord &certificate, int requests,
              std::chrono::milliseconds elapsed);
    using QWidget::show;
    // What was risky about it, above the facts; empty = nothing.
    void setRisk(const QString &risk);
    [[nodiscard]] QWidget *firstFocus() const;

Q_SIGNALS:
    void showWanted(const QString &sha256);
    void anotherWanted();

private:
    QString m_sha256;
    QLabel *m_title = nullptr;
    StateLabel *m_state = nullptr;
    NoteBar *m_risk = nullptr;
    KeyValueGrid *m_facts = nullptr;
    QWidget *m_showButton = nullptr;
};

} // namespace sealbook
