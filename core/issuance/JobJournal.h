// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/challenges/ChallengeSolver.h"
#include "core/issuance/IssuanceContext.h"

#include <functional>

namespace sealbook {

// Writes one job's validation records into the store before and after each effect, and each zone
// write into the audit log (R28, R33; security.md 5.1). Owned by the job that runs; outlives its
// solver. It calls `beforeWrite` when it is about to write: what else waits for the disk can share
// that commit.
class JobJournal final : public ChallengeJournal
{
public:
    JobJournal(IssuanceContext context, JobId jobId, std::function<void(QString)> note,
               std::function<void()> beforeWrite)
        : m_context(std::move(context))
        , m_jobId(jobId)
        , m_note(std::move(note))
        , m_beforeWrite(std::move(beforeWrite))
    {
    }

    [[nodiscard]] Task<std::vector<TxtIntent>> open() override;
    [[nodiscard]] Task<> intend(std::vector<TxtIntent> intents) override;
    [[nodiscard]] Task<> published(std::vector<TxtIntent> intents) override;
    [[nodiscard]] Task<> removed(std::vector<TxtIntent> intents) override;
    void note(const QString &plainEnglish) override { m_note(plainEnglish); }

private:
    [[nodiscard]] Task<> save(std::vector<TxtIntent> intents, QString auditAction);

    IssuanceContext m_context;
    JobId m_jobId;
    std::function<void(QString)> m_note;
    std::function<void()> m_beforeWrite;
};

} // namespace sealbook
