// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DomainName.h"
#include "core/base/Task.h"
#include "core/records/BoardRow.h"
#include "core/records/JobRecord.h"

#include <functional>
#include <vector>

namespace sealbook {

// What one authorization wants in DNS (RFC 8555 section 8.4).
struct Dns01Challenge
{
    DomainName name; // the identifier; wildcard where the authorization is
    DnsName recordName; // _acme-challenge.<name without star>
    QString value; // base64url(SHA-256(key authorization)), 43 characters
    bool operator==(const Dns01Challenge &) const = default;
};

// Where a solver writes down what it is about to do, and what it did. Issuance gives it; each call
// is committed to the store before its task ends.
class ChallengeJournal
{
public:
    virtual ~ChallengeJournal() = default;
    // What this job wrote before (after a crash), not yet removed.
    [[nodiscard]] virtual Task<std::vector<TxtIntent>> open() = 0;
    [[nodiscard]] virtual Task<> intend(std::vector<TxtIntent> intents) = 0;
    [[nodiscard]] virtual Task<> published(std::vector<TxtIntent> intents) = 0;
    [[nodiscard]] virtual Task<> removed(std::vector<TxtIntent> intents) = 0;
    virtual void note(const QString &plainEnglish) = 0; // a line in the job's log
};

// Makes challenges true in the world and undoes it afterwards. `present` is quick and parallel over
// all names; `waitUntilReady` is slow and overlaps; `cleanUp` MUST be called whatever happened,
// also after a cancel, and MUST remove only what this job wrote. Lives on the main thread for one
// job.
class ChallengeSolver
{
public:
    using BoardSink = std::function<void(BoardState)>;
    virtual ~ChallengeSolver() = default;
    [[nodiscard]] virtual Task<> present(std::vector<Dns01Challenge> challenges,
                                         std::stop_token stop) = 0;
    // Ends when every authoritative server serves every value (product.md "Ready"); DnsNotReady
    // when `limit` runs out first.
    [[nodiscard]] virtual Task<BoardState> waitUntilReady(std::chrono::seconds limit,
                                                          BoardSink sink, std::stop_token stop) = 0;
    [[nodiscard]] virtual Task<> cleanUp(std::stop_token stop) = 0;
    // Asks all servers now instead of at the next turn.
    virtual void checkNow() = 0;
    // Asks one public resolver of the board now, although it may remember a "no".
    virtual void askResolver(const DnsName &recordName, const QString &server)
    {
        Q_UNUSED(recordName)
        Q_UNUSED(server)
    }
};

} // namespace sealbook
