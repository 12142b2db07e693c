// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/crypto/Secret.h"

#include <QString>
#include <QStringList>

namespace sealbook {

// What the keychain is like right now. Only Ok lets a secret be written.
enum class KeychainState {
    Ok,
    Absent, // no keychain on this machine at all
    NoService, // no service answers on the session bus, or no bus
    NoKeyringYet, // a service, but no default collection
    PlainKeyring, // the login keyring lies unencrypted on disk
    Locked,
    Denied, // the user or the service said no
    ChangedBackend, // not the one that the secrets were written to
    TimedOut,
    Lied // it said "stored" and did not store
};

[[nodiscard]] QString keychainStateName(KeychainState state); // "plain_keyring"

struct KeychainStatus
{
    KeychainState state = KeychainState::Absent;
    QString backend; // "Secret Service", "KWallet", ...
    QString collection; // "login"; may be empty
    QString detail; // plain English
    QString advice; // what to do, plain English; empty when Ok
    bool operator==(const KeychainStatus &) const = default;
};

// The OS keychain behind the one door of the house. Item names carry application and vault id,
// never a domain name, and are never reused for another secret. Calls are queued one at a time with
// a time limit of their own; each write is read back, each removal looked after. Errors:
// KeychainAbsent, KeychainDenied, NotFound (believed only when a sentinel item is readable in the
// same session), Cancelled. Lives on the main thread.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual Task<KeychainStatus> status(std::stop_token stop) = 0;
    [[nodiscard]] virtual Task<Secret> read(QString item, std::stop_token stop) = 0;
    [[nodiscard]] virtual Task<> write(QString item, Secret value, std::stop_token stop) = 0;
    [[nodiscard]] virtual Task<> remove(QString item, std::stop_token stop) = 0;
};

// The error that a state other than Ok stands for.
[[nodiscard]] Error errorOf(const KeychainStatus &status);

} // namespace sealbook
