// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/CredentialService.h"

#include <QObject>

#include <optional>
#include <stop_token>

class QAction;
class QWidget;

namespace sealbook {

class Dialogs;

// What can be done on the credentials page: when it is possible and which call it makes. Owned by
// the page.
class CredentialActions : public QObject
{
    Q_OBJECT

public:
    CredentialActions(CredentialService &credentials, Dialogs &dialogs, QWidget *page);
    ~CredentialActions() override;

    void setCurrent(const CredentialRecord *record); // null: none is selected

    [[nodiscard]] QAction *add() const { return m_add; }
    [[nodiscard]] QAction *askReach() const { return m_askReach; }
    [[nodiscard]] QAction *removeOne() const { return m_remove; }
    [[nodiscard]] QAction *find() const { return m_find; }
    [[nodiscard]] QAction *clearFilter() const { return m_clearFilter; }

Q_SIGNALS:
    void addWanted();
    void noted(const QString &text);
    void failed(const sealbook::Error &error);

private:
    void askReachOfCurrent();
    void removeCurrent();
    void confirmRemoval(const QString &name, const QStringList &dependents);

    CredentialService &m_credentials;
    Dialogs &m_dialogs;
    QWidget *m_page;
    std::optional<CredentialRecord> m_current;
    std::stop_source m_stop;
    QAction *m_add = nullptr;
    QAction *m_askReach = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_find = nullptr;
    QAction *m_clearFilter = nullptr;
    bool m_asking = false;
};

} // namespace sealbook
