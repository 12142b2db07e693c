// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/CredentialService.h"

#include <QWidget>

class QVBoxLayout;

namespace sealbook {

// How to make a credential that can do no more than it must, step by step, with the provider's own
// pages to open (R11). Stands beside the form and in the pane.
class Recipe : public QWidget
{
    Q_OBJECT

public:
    explicit Recipe(QWidget *parent = nullptr);
    void setProvider(const ProviderSummary &provider);

Q_SIGNALS:
    void linkWanted(const QUrl &link);

private:
    void addStep(int number, const QString &text);
    void addLink(const QString &text, const QUrl &link, const QString &name);

    QVBoxLayout *m_layout = nullptr;
    QWidget *m_content = nullptr;
};

// What a person has to know before trusting the provider with a zone, one sentence a fact.
[[nodiscard]] QStringList traitSentences(const ProviderTraits &traits);
[[nodiscard]] QString evidenceSentence(const QString &evidence);

} // namespace sealbook
