// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/SecureArena.h"

#include <openssl/crypto.h>

namespace sealbook {

namespace {

// A power of two (OpenSSL wants one). 512 KiB is full after 583 RSA-2048 keys.
constexpr std::size_t arenaSize = 4 * 1024 * 1024;
constexpr std::size_t smallestBlock = 32;

ArenaState setUp()
{
    if (CRYPTO_secure_malloc_initialized() == 1)
        return ArenaState::Locked;
    switch (CRYPTO_secure_malloc_init(arenaSize, smallestBlock)) {
    case 1:
        return ArenaState::Locked;
    case 2:
        return ArenaState::Unlocked;
    default:
        return ArenaState::Absent;
    }
}

} // namespace

ArenaState secureArena()
{
    static const ArenaState state = setUp();
    return state;
}

bool arenaIsLocked()
{
    return secureArena() == ArenaState::Locked;
}

unsigned long arenaBytesInUse()
{
    return secureArena() == ArenaState::Absent ? 0 : CRYPTO_secure_used();
}

} // namespace sealbook
