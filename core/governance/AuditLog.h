// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/records/AuditEntry.h"
#include "core/records/AuditFunction.h"

#include <QObject>

namespace sealbook {

class Store;
class Vault;

// The tamper-evident log of privileged acts. The newest (sequence, hash) is also pinned in the
// keychain, so that a cut or an older file is seen. Owned by Services; main thread.
// Pinning costs a few calls to the keychain, so it is done some seconds after the last entry, on
// verify(), and when Services awaits pin() before it lets go of the store: an entry may be unpinned
// for that long. Without a usable keychain entries are recorded all the same, unpinned.
class AuditLog : public QObject
{
    Q_OBJECT

public:
    AuditLog(Store &store, Vault &vault, QObject *parent = nullptr);
    ~AuditLog() override;

    // `result` is "ok" or the kind of the error. Never hand it a secret.
    [[nodiscard]] Task<> record(QString action, QString subject, QString result,
                                QJsonObject details = {});
    // record(), for services that may not know the log; it must outlive them.
    [[nodiscard]] AuditFunction function();
    [[nodiscard]] Task<std::vector<AuditEntry>> entries(qint64 from, int limit);
    // Where the keychain cannot be read, an intact verdict says so in its reason: a cut end would
    // not be seen then.
    [[nodiscard]] Task<AuditVerdict> verify(std::stop_token stop);
    // Pins the newest entry now, and waits for a pinning that is under way. Corrupt where the log
    // contradicts the pin that is there, which is then left alone as the evidence.
    [[nodiscard]] Task<> pin(std::stop_token stop);
    // Pins the newest entry in the place of whatever is pinned: somebody restored a backup, and
    // knows that the log is older now. Only where the newest entry says so; else BadRequest.
    [[nodiscard]] Task<> pinRestored(std::stop_token stop);
    [[nodiscard]] static QString actor(); // "user@host"

Q_SIGNALS:
    // By this process, through record() or with what the store changed.
    void appended(AuditEntry entry);

private:
    [[nodiscard]] Task<> pinNow(std::stop_token stop);
    [[nodiscard]] Task<std::optional<AuditEntry>> pinned(std::stop_token stop);
    [[nodiscard]] static QCoro::Task<> pinInBackground(QPointer<AuditLog> self,
                                                       std::stop_token stop);

    Store &m_store;
    Vault &m_vault;
    QTimer m_pinTimer;
    std::stop_source m_stop;
    std::optional<AuditEntry> m_pinned; // only sequence and hash; as last read or written
    bool m_isPinning = false;
    std::vector<Deferred<>> m_waiting;
};

} // namespace sealbook
