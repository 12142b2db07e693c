// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/credentials/CredentialHealth.h"

#include <QWidget>

#include <optional>

class QButtonGroup;
class QHBoxLayout;
class QToolButton;

namespace sealbook {

class CredentialModel;

// The row of states above the table, each with its number; a click shows only those. States that
// nothing is in are left out. Owned by the page.
class StateChips : public QWidget
{
    Q_OBJECT

public:
    explicit StateChips(QWidget *parent = nullptr);
    void setCounts(const CredentialModel &model);
    void showAll();

Q_SIGNALS:
    void chosen(std::optional<sealbook::CredentialHealth::State> state);

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    [[nodiscard]] QToolButton *add(int id);

    QButtonGroup *m_group;
    QHBoxLayout *m_layout;
};

} // namespace sealbook
