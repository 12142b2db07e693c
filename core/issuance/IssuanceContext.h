// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/challenges/ChallengeSolver.h"
#include "core/dns/PropagationBoard.h"
#include "core/http/HttpTransport.h"
#include "core/records/AccountRecord.h"

#include <functional>
#include <memory>

namespace sealbook {

class AuditLog;
class CredentialService;
class Resolver;
class Store;
class Vault;

// What issuance is built from; Services fills it, tests put fakes at the seams. Everything outlives
// the services that hold a copy.
struct IssuanceContext
{
    Store &store;
    Vault &vault;
    AuditLog &audit;
    CredentialService &credentials;
    Resolver &resolver;
    Clock &clock;
    // A transport for one CA (its own connections, its own trust file).
    std::function<std::unique_ptr<HttpTransport>(const CaRecord &)> transportFor;
    // The practice CA while a lab runs, else nullopt.
    std::function<std::optional<CaRecord>()> practiceCa;
    bool isPractice = false; // a practice profile never touches a real CA or credential (NHI8)
    // How a job's board is to look: public resolvers, the outside view. Empty = without them.
    std::function<BoardOptions(const IssuanceRequest &)> boardOptions = {};
};

} // namespace sealbook
