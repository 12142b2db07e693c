// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/records/EndpointRecord.h"

#include <vector>

namespace sealbook {

class Database;

// Endpoints and the history of their checks. Used on the store's thread, inside its transaction.
class EndpointRepository
{
public:
    static constexpr int keptChecks = 200; // of one endpoint

    explicit EndpointRepository(Database &database)
        : m_database(database)
    {
    }

    [[nodiscard]] Result<std::vector<WatchedEndpoint>> all(); // by host, port and kind
    // Adds; one that is there already is left as it is, one that was removed comes back.
    [[nodiscard]] Result<SavedCounts> add(const std::vector<EndpointRecord> &endpoints);
    [[nodiscard]] Result<> change(const EndpointRecord &endpoint); // all but its address
    [[nodiscard]] Result<> remove(const std::vector<EndpointId> &ids, const QDateTime &at);
    [[nodiscard]] Result<> restore(const std::vector<EndpointId> &ids);
    [[nodiscard]] Result<int> purge(const QDateTime &removedBefore);
    // Keeps the checks and the certificates; gives the checks as they now stand in the history. For
    // an endpoint that is gone: nothing is kept, and nothing given.
    [[nodiscard]] Result<std::vector<EndpointCheck>> keep(const EndpointLook &look);
    [[nodiscard]] Result<std::vector<EndpointCheck>> history(EndpointId id,
                                                             int limit); // newest first

private:
    [[nodiscard]] Result<EndpointCheck> keepCheck(const EndpointLook &look, EndpointCheck check,
                                                  const QDateTime &checkedBefore);
    [[nodiscard]] Result<> keepCertificates(const EndpointLook &look);

    Database &m_database;
};

} // namespace sealbook
