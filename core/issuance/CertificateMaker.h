// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/issuance/Issuer.h"
#include "core/issuance/JobRun.h"
#include "core/providers/Gate.h"
#include "core/records/CertificateRecord.h"

#include <map>

namespace sealbook {

// Makes the certificate of a job: account, key and DNS credential at the same time, then the
// issuer, then one transaction with certificate, job and audit entry. It goes on from whatever
// stands in the job already. Owned by JobRunner; main thread; outlives its tasks.
class CertificateMaker
{
public:
    explicit CertificateMaker(IssuanceContext context)
        : m_context(context)
        , m_opener(std::move(context))
    {
    }

    [[nodiscard]] Task<CertificateRecord> make(std::shared_ptr<JobRun> run);

private:
    [[nodiscard]] Task<> setUp(std::shared_ptr<JobRun> run, std::stop_token stop);
    [[nodiscard]] Task<> openAccount(std::shared_ptr<JobRun> run, std::stop_token stop);
    [[nodiscard]] Task<> makeKeyAndCsr(std::shared_ptr<JobRun> run, std::stop_token stop);
    [[nodiscard]] Task<> makeSolver(std::shared_ptr<JobRun> run, std::stop_token stop);
    [[nodiscard]] Task<IssuedChain> obtain(std::shared_ptr<JobRun> run, std::stop_token stop);
    [[nodiscard]] Task<> tellIncomplete(std::shared_ptr<JobRun> run, BoardState board);
    [[nodiscard]] Task<CertificateRecord> save(std::shared_ptr<JobRun> run, IssuedChain chain);

    IssuanceContext m_context;
    AccountOpener m_opener;
    std::map<QString, Gate> m_starting; // by directory URL
};

} // namespace sealbook
