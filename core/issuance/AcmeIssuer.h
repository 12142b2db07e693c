// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/acme/AcmeClient.h"
#include "core/challenges/ChallengeSolver.h"
#include "core/issuance/Issuer.h"

#include <functional>

namespace sealbook {

// RFC 8555 section 7.1 in order, for one job at one CA: order, authorizations, challenges,
// finalize, certificate. Starts from whatever the CA says the order's state is, so a resume takes
// the same way as a first run. Owned by the job that runs it, with the client and the solver
// outliving it.
class AcmeIssuer final : public Issuer
{
public:
    // What the issuer tells, and what it must have written down before it goes on.
    struct Hooks
    {
        std::function<Task<>(QString orderUrl)> orderMade; // committed when its task ends
        std::function<void(QString step)> stepStarted;
        std::function<void(QString detail)> stepDone;
        ChallengeSolver::BoardSink board;
        // Before the CA is asked on a board that is ready but not whole; may be empty.
        std::function<Task<>(BoardState)> lessThanReady = {};
    };

    AcmeIssuer(AcmeClient &client, ChallengeSolver &solver, Hooks hooks)
        : m_client(client)
        , m_solver(solver)
        , m_hooks(std::move(hooks))
    {
    }

    [[nodiscard]] Task<IssuedChain> obtain(JobRecord job, std::stop_token stop) override;

private:
    [[nodiscard]] Task<Order> orderOf(JobRecord job, std::stop_token stop);
    [[nodiscard]] Task<bool> isDead(Order order, std::stop_token stop);
    [[nodiscard]] Task<> writeDown(Order order);
    [[nodiscard]] Task<Order> authorize(JobRecord job, Order order, Task<> writing,
                                        std::stop_token stop);
    [[nodiscard]] Task<std::vector<Authorization>> authorizations(Order order,
                                                                  std::stop_token stop);
    [[nodiscard]] Task<> publish(JobRecord job, std::vector<Dns01Challenge> wanted,
                                 std::stop_token stop);
    [[nodiscard]] Task<> answer(std::vector<QUrl> challenges, std::stop_token stop);
    [[nodiscard]] QCoro::Task<Error> whyInvalid(Order order, std::stop_token stop);
    [[nodiscard]] Task<IssuedChain> finish(JobRecord job, Order given, std::stop_token stop);
    [[nodiscard]] Task<IssuedChain> download(JobRecord job, Order order, std::stop_token stop);

    AcmeClient &m_client;
    ChallengeSolver &m_solver;
    Hooks m_hooks;
};

} // namespace sealbook
