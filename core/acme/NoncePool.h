// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <deque>
#include <optional>

namespace sealbook {

// The anti-replay nonces that replies brought (RFC 8555 section 6.5), at most 32. The newest is
// used first, because a server forgets the old ones first. Owned by AcmeClient.
class NoncePool
{
public:
    // Drops what is not base64url, as section 6.5.1 demands.
    void add(const QByteArray &nonce);
    [[nodiscard]] std::optional<QByteArray> take();
    [[nodiscard]] bool isEmpty() const { return m_nonces.empty(); }
    [[nodiscard]] std::size_t size() const { return m_nonces.size(); }

private:
    std::deque<QByteArray> m_nonces;
};

} // namespace sealbook
