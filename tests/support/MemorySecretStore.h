// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keychain/SecretStore.h"

#include <map>

namespace sealbook {

// A keychain in memory that behaves like SystemSecretStore and can be made to misbehave. Owned by
// the test. `setState` to anything but Ok or PlainKeyring makes every call fail with that state's
// error; the switches below are for single operations.
class MemorySecretStore final : public SecretStore
{
public:
    void setState(KeychainState state) { m_state = state; }
    void setBackend(const QString &backend) { m_backend = backend; }

    bool failReads = false; // reads fail with KeychainDenied
    bool failWrites = false; // writes fail with KeychainDenied, nothing is kept
    bool failRemoves = false;
    bool loseWrites = false; // a write says "stored" and stores nothing (Lied is not noticed)
    int failWriteNumber = 0; // the n-th write from now fails; 0 = none

    int reads = 0; // calls so far
    int writes = 0;
    int removes = 0;
    int statusCalls = 0;

    [[nodiscard]] QStringList items() const
    {
        QStringList names;
        for (const auto &[name, value] : m_items)
            names.append(name);
        return names;
    }
    [[nodiscard]] bool has(const QString &item) const { return m_items.contains(item); }
    [[nodiscard]] std::string_view valueOf(const QString &item) const
    {
        const auto found = m_items.find(item);
        return found == m_items.end() ? std::string_view() : found->second.text();
    }
    // Behind the application's back, as another program would.
    void forget(const QString &item) { m_items.erase(item); }
    void forgetEverything() { m_items.clear(); }

    [[nodiscard]] Task<KeychainStatus> status(std::stop_token stop) override
    {
        ++statusCalls;
        if (stop.stop_requested())
            co_return fail(cancelled());
        co_return current();
    }

    [[nodiscard]] Task<Secret> read(QString item, std::stop_token stop) override
    {
        ++reads;
        if (const Result<> allowed = check(failReads, stop); !allowed)
            co_return fail(allowed.error());
        const auto found = m_items.find(item);
        if (found == m_items.end())
            co_return fail(Error::Kind::NotFound,
                           QStringLiteral("the keychain has no item %1").arg(item));
        co_return found->second.clone();
    }

    [[nodiscard]] Task<> write(QString item, Secret value, std::stop_token stop) override
    {
        ++writes;
        const bool isTheOne = failWriteNumber > 0 && --failWriteNumber == 0;
        if (const Result<> allowed = check(failWrites || isTheOne, stop); !allowed)
            co_return fail(allowed.error());
        if (!loseWrites)
            m_items.insert_or_assign(item, std::move(value));
        co_return {};
    }

    [[nodiscard]] Task<> remove(QString item, std::stop_token stop) override
    {
        ++removes;
        if (const Result<> allowed = check(failRemoves, stop); !allowed)
            co_return fail(allowed.error());
        m_items.erase(item);
        co_return {};
    }

private:
    [[nodiscard]] KeychainStatus current() const
    {
        KeychainStatus status;
        status.state = m_state;
        status.backend = m_backend;
        status.collection = QStringLiteral("login");
        if (m_state != KeychainState::Ok) {
            status.detail =
                QStringLiteral("the keychain is in state %1").arg(keychainStateName(m_state));
            status.advice =
                QStringLiteral("Do what state %1 needs.").arg(keychainStateName(m_state));
        }
        return status;
    }

    [[nodiscard]] Result<> check(bool isFaulty, const std::stop_token &stop) const
    {
        if (stop.stop_requested())
            return fail(cancelled());
        if (m_state != KeychainState::Ok && m_state != KeychainState::PlainKeyring)
            return fail(errorOf(current()));
        if (isFaulty)
            return fail(Error::Kind::KeychainDenied, QStringLiteral("the keychain refused"));
        return {};
    }

    KeychainState m_state = KeychainState::Ok;
    QString m_backend = QStringLiteral("Memory");
    std::map<QString, Secret> m_items;
};

} // namespace sealbook
