// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Secret.h"

#include "core/crypto/SecureArena.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <cstring>
#include <utility>

namespace sealbook {

Secret::~Secret()
{
    if (m_data)
        OPENSSL_secure_clear_free(m_data, m_size);
}

Secret::Secret(Secret &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
{
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        if (m_data)
            OPENSSL_secure_clear_free(m_data, m_size);
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

Result<Secret> Secret::ofSize(std::size_t size)
{
    Secret secret;
    if (size == 0)
        return secret;
    if (secureArena() == ArenaState::Absent)
        return fail(Error::Kind::Internal,
                    QStringLiteral("the secure memory arena could not be set up"));
    secret.m_data = static_cast<std::uint8_t *>(OPENSSL_secure_zalloc(size));
    if (!secret.m_data)
        return fail(
            Error::Kind::Internal,
            QStringLiteral("the secure memory arena is full: no room for %1 bytes").arg(size));
    secret.m_size = size;
    return secret;
}

Result<Secret> Secret::copyOf(std::span<const std::uint8_t> bytes)
{
    Result<Secret> secret = ofSize(bytes.size());
    if (secret && !bytes.empty())
        std::memcpy(secret->m_data, bytes.data(), bytes.size());
    return secret;
}

Result<Secret> Secret::take(QByteArray &&bytes)
{
    QByteArray source = std::move(bytes);
    Result<Secret> secret = copyOf({reinterpret_cast<const std::uint8_t *>(source.constData()),
                                    static_cast<std::size_t>(source.size())});
    wipe(source);
    bytes.clear();
    return secret;
}

Result<Secret> Secret::random(std::size_t size)
{
    Result<Secret> secret = ofSize(size);
    if (secret && size > 0 && RAND_priv_bytes_ex(nullptr, secret->m_data, size, 256) != 1)
        return fail(Error::Kind::Internal,
                    QStringLiteral("the system's random generator gave nothing"));
    return secret;
}

Result<Secret> Secret::clone() const
{
    return copyOf(bytes());
}

bool Secret::equals(const Secret &other) const
{
    return m_size == other.m_size
        && (m_size == 0 || CRYPTO_memcmp(m_data, other.m_data, m_size) == 0);
}

// A shared buffer is left alone: its other owner still reads it, and wipes it when done.
void wipe(QByteArray &bytes)
{
    if (bytes.capacity() > 0 && bytes.isDetached())
        OPENSSL_cleanse(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
}

void wipe(QString &text)
{
    if (text.capacity() > 0 && text.isDetached())
        OPENSSL_cleanse(text.data(), static_cast<std::size_t>(text.size()) * sizeof(QChar));
    text.clear();
}

} // namespace sealbook
