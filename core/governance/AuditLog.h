// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/records/AuditEntry.h"

#include <QObject>

namespace sealbook {

class Store;
class Vault;

// The tamper-evident log of privileged acts. The newest (sequence, hash) is also pinned in the
// keychain, so that a cut or an older file is seen. Owned by Services; main thread.
class AuditLog : public QObject
{
    Q_OBJECT

public:
    AuditLog(Store &store, Vault &vault, QObject *parent = nullptr);

    // `result` is "ok" or the kind of the error. Never hand it a secret.
    [[nodiscard]] Task<> record(QString action, QString subject, QString result,
                                QJsonObject details = {});
    [[nodiscard]] Task<std::vector<AuditEntry>> entries(qint64 from, int limit);
    [[nodiscard]] Task<AuditVerdict> verify(std::stop_token stop);
    [[nodiscard]] static QString actor(); // "user@host"

Q_SIGNALS:
    void appended(AuditEntry entry);

private:
    Store &m_store;
    Vault &m_vault;
};

} // namespace sealbook
