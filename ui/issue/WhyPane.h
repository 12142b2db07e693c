// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/issue/BoardWords.h"

#include <QWidget>

class QScrollArea;

namespace sealbook {

// "Why is this taking long?": what holds the board up, in words, with the evidence and what one can
// do. Owned by BoardStep.
class WhyPane : public QWidget
{
    Q_OBJECT

public:
    explicit WhyPane(QWidget *parent = nullptr);
    void setExplanations(const std::vector<Explanation> &explanations);
    [[nodiscard]] const std::vector<Explanation> &explanations() const { return m_explanations; }
    void setReport(const QString &report); // what "Copy report" copies

Q_SIGNALS:
    void closed();

private:
    QWidget *makeSection(const Explanation &why, QWidget *parent) const;

    std::vector<Explanation> m_explanations;
    QString m_report;
    QScrollArea *m_scroll = nullptr;
};

} // namespace sealbook
