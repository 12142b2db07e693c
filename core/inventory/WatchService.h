// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Task.h"
#include "core/inventory/EndpointProbe.h"
#include "core/records/EndpointRecord.h"
#include "core/records/InventoryRow.h"

#include <QObject>
#include <QTimer>

namespace sealbook {

class InventoryService;
class Store;

// Something about an endpoint that a person wants to be told.
struct EndpointAlarm
{
    enum class Kind {
        Worse, // it came into a state that needs action
        Better, // it left one
        Changed // another certificate is served, and nothing is wrong with it
    };
    Kind kind = Kind::Worse;
    EndpointId endpoint;
    QString text; // one sentence in plain English
};
// What the difference between two checks is worth; nothing where a person need not know.
[[nodiscard]] std::optional<EndpointAlarm> alarmOf(const EndpointStatus &before,
                                                   const EndpointStatus &after);

// What a look at an endpoint brought that is not watched.
struct EndpointImport
{
    std::vector<EndpointCheck> checks; // one for each address
    QStringList sha256; // of the certificates that are served, each once
    SavedCounts saved;
};

// Watches endpoints: keeps the list, looks at them when asked or by their interval, and says what
// is served, whether it is what should be, and what changed. Needs no keychain. Owned by Services;
// main thread. close() before it dies.
class WatchService : public QObject
{
    Q_OBJECT

public:
    WatchService(Store &store, InventoryService &inventory, const Clock &clock,
                 EndpointProbe::Options options, QObject *parent = nullptr);
    ~WatchService() override;

    [[nodiscard]] Task<SavedCounts> add(std::vector<EndpointRecord> endpoints);
    [[nodiscard]] Task<std::vector<EndpointStatus>> list(std::stop_token stop);
    [[nodiscard]] Task<std::vector<EndpointCheck>> history(EndpointId id); // newest first
    // The rows of the inventory with these fingerprints, to set them beside each other.
    [[nodiscard]] Task<std::vector<InventoryRow>> certificates(QStringList sha256);
    [[nodiscard]] Task<> change(EndpointRecord endpoint); // all but its address
    // restore() brings back what remove() took out, with its history, for a day.
    [[nodiscard]] Task<> remove(std::vector<EndpointId> ids);
    [[nodiscard]] Task<> restore(std::vector<EndpointId> ids);

    // Looks at these endpoints now (at all where there are none in the list) and gives what they
    // are like then. What was seen until a stop is kept.
    [[nodiscard]] Task<std::vector<EndpointStatus>> check(std::vector<EndpointId> ids,
                                                          std::stop_token stop);
    // Looks at an endpoint without watching it, and keeps the certificates that it serves. Fails
    // where no address serves one.
    [[nodiscard]] Task<EndpointImport> import(EndpointTarget target, std::stop_token stop);

    // From now on each endpoint is looked at when its interval is over.
    void startSchedule();
    // Ends what is under way, and the schedule. Nothing may be asked of it afterwards.
    [[nodiscard]] Task<> close();

Q_SIGNALS:
    void changed(); // the list, or what an endpoint is like
    void checked(sealbook::EndpointId id); // one was looked at; more may follow
    void alarmed(sealbook::EndpointAlarm alarm);

private:
    class Running;
    [[nodiscard]] Task<std::vector<EndpointStatus>> checkThese(std::vector<EndpointId> ids,
                                                               std::stop_token stop);
    [[nodiscard]] Task<> checkOne(EndpointRecord record, std::stop_token stop);
    [[nodiscard]] Task<> checkDue();
    [[nodiscard]] Task<QHash<QString, NewerCertificate>>
    newerOnes(const std::vector<WatchedEndpoint> *endpoints, std::stop_token stop);
    void onTimer();

    Store &m_store;
    InventoryService &m_inventory;
    const Clock &m_clock;
    EndpointProbe m_probe;
    QTimer m_timer;
    std::optional<Task<>> m_scheduled; // the round that the timer started
    std::stop_source m_ending;
    int m_running = 0; // calls of check() and import() that are under way
    std::optional<Deferred<>> m_drained; // settles when none is
};

} // namespace sealbook
