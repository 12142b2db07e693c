// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>

#include <cstdint>
#include <span>
#include <string_view>

namespace sealbook {

// The only type that holds a secret: a token, a private key's bytes, a password. Move-only; its
// bytes lie in OpenSSL's secure arena (locked, not dumped) and are wiped when it dies. It has no
// stream or format operator on purpose, and no conversion to QString. May be moved between threads.
class Secret
{
public:
    Secret() = default; // empty
    ~Secret();
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;

    // Copies `bytes` into the arena. Fails (Internal, "the secure memory arena is full") rather
    // than fall back to ordinary memory.
    [[nodiscard]] static Result<Secret> copyOf(std::span<const std::uint8_t> bytes);
    // The same, and wipes the source, whatever happens.
    [[nodiscard]] static Result<Secret> take(QByteArray &&bytes);
    // `size` random bytes.
    [[nodiscard]] static Result<Secret> random(std::size_t size);
    [[nodiscard]] Result<Secret> clone() const;

    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {m_data, m_size}; }
    [[nodiscard]] std::span<std::uint8_t> writableBytes() { return {m_data, m_size}; }
    [[nodiscard]] std::string_view text() const
    {
        return {reinterpret_cast<const char *>(m_data), m_size};
    }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    // Compares in constant time.
    [[nodiscard]] bool equals(const Secret &other) const;

    // An arena buffer of `size` zero bytes to fill through writableBytes().
    [[nodiscard]] static Result<Secret> ofSize(std::size_t size);

private:
    std::uint8_t *m_data = nullptr;
    std::size_t m_size = 0;
};

// Overwrites the bytes of a buffer that a library handed out, then empties it.
void wipe(QByteArray &bytes);
void wipe(QString &text);

} // namespace sealbook
