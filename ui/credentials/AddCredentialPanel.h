// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/credentials/CredentialForm.h"

#include <QWidget>

#include <memory>
#include <stop_token>

class QLabel;

namespace Ui {
class AddCredentialPanel;
}

namespace sealbook {

class FieldRow;
class PaneSection;
class Recipe;

// The form of a new credential, made from the provider's definition, with the least-privilege
// recipe beside it. Problems stand at their field. Owned by the page.
class AddCredentialPanel : public QWidget
{
    Q_OBJECT

public:
    AddCredentialPanel(CredentialService &credentials, QWidget *parent = nullptr);
    ~AddCredentialPanel() override;

    // Empties the form; `provider` chooses one, empty keeps the first.
    void start(const QString &provider = {});
    [[nodiscard]] CredentialForm form() const;

Q_SIGNALS:
    void added(const QString &name);
    void cancelled();
    void linkWanted(const QUrl &link);

private:
    void bind();
    void buildAside();
    void chooseProvider(int index);
    void forgetRows();
    [[nodiscard]] Result<NewCredential> wanted();
    void submit();
    void finish(const QString &name, const Result<CredentialRecord> &result);
    [[nodiscard]] bool showProblems(const std::vector<FieldProblem> &problems);

    CredentialService &m_credentials;
    const std::unique_ptr<Ui::AddCredentialPanel> m_ui;
    std::vector<ProviderSummary> m_providers;
    std::vector<FieldRow *> m_rows; // name, owner and purpose first
    QWidget *m_rowHolder = nullptr;
    PaneSection *m_recipeSection = nullptr;
    Recipe *m_recipe = nullptr;
    PaneSection *m_traits = nullptr;
    QLabel *m_traitText = nullptr;
    std::stop_source m_stop;
};

} // namespace sealbook
