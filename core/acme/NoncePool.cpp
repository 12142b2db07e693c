// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/NoncePool.h"

#include <algorithm>

namespace sealbook {

static constexpr std::size_t maxNonces = 32;
static constexpr qsizetype maxNonceLength = 1024;

static bool isBase64Url(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
        || c == '_';
}

void NoncePool::add(const QByteArray &nonce)
{
    if (nonce.isEmpty() || nonce.size() > maxNonceLength
        || !std::all_of(nonce.begin(), nonce.end(), isBase64Url))
        return;
    m_nonces.push_back(nonce);
    if (m_nonces.size() > maxNonces)
        m_nonces.pop_front();
}

std::optional<QByteArray> NoncePool::take()
{
    if (m_nonces.empty())
        return std::nullopt;
    QByteArray nonce = std::move(m_nonces.back());
    m_nonces.pop_back();
    return nonce;
}

} // namespace sealbook
