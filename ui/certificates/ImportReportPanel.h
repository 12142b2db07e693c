// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/certificates/CertificateImporter.h"
#include "ui/widgets/StateStyle.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace sealbook {

class StateLabel;

// What an import did, inline above the table: a headline in numbers, then a line for each file that
// has something to say. Stays until it is closed. Owned by the page.
class ImportReportPanel : public QFrame
{
    Q_OBJECT

public:
    explicit ImportReportPanel(QWidget *parent = nullptr);
    void showOutcomes(const std::vector<ImportOutcome> &outcomes);
    // While an import runs: what it is at, with a button that ends it.
    void showProgress(const QString &note);
    void showNote(const StateStyle &style, const QString &note);
    [[nodiscard]] QString headline() const;
    [[nodiscard]] QString lines() const;

Q_SIGNALS:
    void showWanted(const QString &sha256);
    void cancelWanted();

private:
    [[nodiscard]] static QString numbers(const std::vector<ImportOutcome> &outcomes);
    [[nodiscard]] static QStringList linesOf(const ImportOutcome &outcome);

    StateLabel *m_headline = nullptr;
    QLabel *m_lines = nullptr;
    QPushButton *m_show = nullptr;
    QPushButton *m_cancel = nullptr;
    QToolButton *m_close = nullptr;
    QString m_first;
};

} // namespace sealbook
