// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/keychain/SecretStore.h"

namespace sealbook {

QString keychainStateName(KeychainState state)
{
    switch (state) {
    case KeychainState::Ok:
        return QStringLiteral("ok");
    case KeychainState::Absent:
        return QStringLiteral("absent");
    case KeychainState::NoService:
        return QStringLiteral("no_service");
    case KeychainState::NoKeyringYet:
        return QStringLiteral("no_keyring_yet");
    case KeychainState::PlainKeyring:
        return QStringLiteral("plain_keyring");
    case KeychainState::Locked:
        return QStringLiteral("locked");
    case KeychainState::Denied:
        return QStringLiteral("denied");
    case KeychainState::ChangedBackend:
        return QStringLiteral("changed_backend");
    case KeychainState::TimedOut:
        return QStringLiteral("timed_out");
    case KeychainState::Lied:
        return QStringLiteral("lied");
    }
    Q_UNREACHABLE();
}

Error errorOf(const KeychainStatus &status)
{
    Error error;
    switch (status.state) {
    case KeychainState::Absent:
    case KeychainState::NoService:
    case KeychainState::NoKeyringYet:
        error.kind = Error::Kind::KeychainAbsent;
        break;
    case KeychainState::Ok:
    case KeychainState::PlainKeyring:
    case KeychainState::Locked:
    case KeychainState::Denied:
    case KeychainState::ChangedBackend:
    case KeychainState::TimedOut:
    case KeychainState::Lied:
        error.kind = Error::Kind::KeychainDenied;
        break;
    }
    error.detail = status.detail;
    error.advice = status.advice;
    error.evidence = {{QStringLiteral("keychain"), keychainStateName(status.state)},
                      {QStringLiteral("backend"), status.backend},
                      {QStringLiteral("collection"), status.collection}};
    return error;
}

} // namespace sealbook
