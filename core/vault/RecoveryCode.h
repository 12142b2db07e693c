// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

#include <QJsonObject>

namespace sealbook {

// A recovery code is 128 random bits that a person can write down: 26 characters of Crockford's
// base32 (no I, L, O, U) and one check character (the number modulo 37), in groups of five. Reading
// takes lower case, blanks and hyphens, and I, L, O for 1, 1, 0. The bytes stay in the arena.
inline constexpr std::size_t recoveryCodeBytes = 16;
[[nodiscard]] Result<Secret> formatRecoveryCode(const Secret &bytes);
[[nodiscard]] Result<Secret> parseRecoveryCode(const Secret &typed);

// The vault key wrapped under a recovery code: scrypt (N = 2^17, r = 8, p = 1, salt of 16 bytes)
// gives the key for AES-256-GCM; the additional data name the profile, the epoch and the
// parameters. As a JSON object, for a setting. Blocks for about a second: call it on a thread.
// Unwrapping refuses weaker parameters than ours and more than N = 2^20 (they come from a file that
// somebody may have changed).
struct RecoveryWrap
{
    quint32 n = 1U << 17;
    quint32 r = 8;
    quint32 p = 1;
    quint32 epoch = 1;
    QByteArray salt;
    QByteArray nonce;
    QByteArray sealed;
};
[[nodiscard]] Result<RecoveryWrap> wrapKey(const Secret &code, const QString &vaultId,
                                           quint32 epoch, const Secret &vaultKey);
[[nodiscard]] Result<Secret> unwrapKey(const Secret &code, const QString &vaultId,
                                       const RecoveryWrap &wrap);
[[nodiscard]] QJsonObject toJson(const RecoveryWrap &wrap);
[[nodiscard]] Result<RecoveryWrap> recoveryWrapFromJson(const QJsonObject &object);

} // namespace sealbook
