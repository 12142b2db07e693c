// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Ids.h"
#include "core/challenges/ChallengeSolver.h"
#include "core/dns/PropagationBoard.h"

#include <memory>

namespace sealbook {

class DnsProvider;

struct Dns01Options
{
    int ttl = 60; // wanted of the provider
    // After that long without any server serving anything, the provider is asked what it holds.
    std::chrono::milliseconds doubtAfter{20000};
    // When the zones could not be found, they are looked for again after that long; three times in
    // all. Resolvers remember a failure of theirs for a second (RFC 9520 section 3.2).
    std::chrono::milliseconds lookAgainAfter{1200};
    BoardOptions board;
};

// Publishes dns-01 records (RFC 8555 section 8.4) through one provider: finds the effective name
// and the zone of each, writes its intents down, asks the provider, watches the name servers, and
// removes what it wrote. With the manual provider it is the manual solver: a person does what the
// notes say, and the board shows when it is done. Made by issuance for one job; resolver, clock and
// journal outlive its tasks. Records of an earlier run of the same job are
// taken over from the journal: present() adopts those that are still wanted, cleanUp() removes all,
// also when present() was never called. Main thread.
class Dns01Solver final : public ChallengeSolver
{
public:
    Dns01Solver(std::shared_ptr<DnsProvider> provider, Resolver &resolver, const Clock &clock,
                ChallengeJournal &journal, JobId jobId, QString credential,
                Dns01Options options = {});
    ~Dns01Solver() override;

    [[nodiscard]] Task<> present(std::vector<Dns01Challenge> challenges,
                                 std::stop_token stop) override;
    [[nodiscard]] Task<BoardState> waitUntilReady(std::chrono::seconds limit, BoardSink sink,
                                                  std::stop_token stop) override;
    [[nodiscard]] Task<> cleanUp(std::stop_token stop) override;
    void checkNow() override;
    void askResolver(const DnsName &recordName, const QString &server) override;

    struct Private; // for the functions of the .cpp

private:
    std::shared_ptr<Private> d; // shared with its running tasks
};

} // namespace sealbook
