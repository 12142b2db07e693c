// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"
#include "core/base/Ids.h"
#include "core/base/KeyType.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace sealbook {

// What a person (or a script) asked for. Stored with the job, so that a resume needs nothing else.
struct IssuanceRequest
{
    QStringList names; // A-labels, wildcards with "*."
    QString caId;
    QString credential; // name of the credential; "" = manual TXT
    KeyType keyType = KeyType::Ec256;
    QByteArray csrDer; // the user's own CSR; empty = we make key and CSR
    QString profile; // draft-ietf-acme-profiles; may be empty
    KeyType accountKeyType = KeyType::Ec256;
    QStringList contacts; // "mailto:..." for a new account; may be empty
    bool agreesToTerms = false;
    std::chrono::seconds timeout{600}; // for DNS to become ready
    bool unattended = false; // nobody watches: the profile's policy on incomplete boards holds
    bool operator==(const IssuanceRequest &) const = default;
};

[[nodiscard]] QJsonObject toJson(const IssuanceRequest &request);
[[nodiscard]] IssuanceRequest issuanceRequestFromJson(const QJsonObject &object);

// One piece of long work that survives the process: what was asked, how far it is, and what the CA
// calls it. The state only moves forward, except that Failed and Paused may go back to Running.
struct JobRecord
{
    enum class State { Running, Paused, Done, Failed, Cancelled };
    JobId id;
    State state = State::Running;
    QString step; // the step it is in, or was in when it stopped
    IssuanceRequest request;
    AccountId accountId;
    QString orderUrl; // empty until the CA told it (C3)
    KeyId keyId; // of the leaf key; invalid for a CSR of the user's
    QByteArray csrDer; // what is sent to finalize; the same after a crash (C11, C12)
    QString certificateSha256; // when Done
    std::optional<Error> error; // when Failed or Paused
    QString owner; // lease: the LeaseHolder that runs it
    QDateTime leaseUntil; // UTC
    QDateTime createdAt; // UTC
    QDateTime updatedAt; // UTC
    int requests = 0; // HTTPS requests spent so far
    bool operator==(const JobRecord &) const = default;
};

[[nodiscard]] QString jobStateName(JobRecord::State state);
[[nodiscard]] JobRecord::State jobStateFromName(const QString &name);

// One line of a job's log. Steps of an issuance, in order: account, order, authorizations, publish,
// propagation, challenge, finalize, certificate, cleanup.
struct JobStep
{
    enum class State { Started, Done, Failed, Note };
    JobId jobId;
    qint64 sequence = 0;
    QString step;
    State state = State::Started;
    QString detail; // plain English; never a secret
    std::chrono::milliseconds took{0}; // for Done and Failed
    QDateTime at; // UTC
    bool operator==(const JobStep &) const = default;
};

[[nodiscard]] QString jobStepStateName(JobStep::State state);
[[nodiscard]] JobStep::State jobStepStateFromName(const QString &name);

// A TXT record that we are about to write, have written, or must still remove. Committed before the
// effect (security.md 5.1): what stands here with `removedAt` invalid may be in a real zone.
struct TxtIntent
{
    enum class State { Intended, Published, Removed };
    IntentId id;
    JobId jobId;
    QString certificateName; // the identifier it proves
    QString recordName; // the effective owner name
    QString zone;
    QString value;
    QString credential; // "" = manual
    QJsonObject handle; // what the provider needs to find it again; stored before waiting
    State state = State::Intended;
    QDateTime createdAt; // UTC
    QDateTime removedAt; // UTC
    bool operator==(const TxtIntent &) const = default;
};

[[nodiscard]] QString txtIntentStateName(TxtIntent::State state);
[[nodiscard]] TxtIntent::State txtIntentStateFromName(const QString &name);

} // namespace sealbook
