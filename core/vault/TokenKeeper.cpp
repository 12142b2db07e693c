// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/TokenKeeper.h"

#include "core/store/Store.h"
#include "core/vault/SealedBlob.h"
#include "core/vault/TokenItem.h"

namespace sealbook {

namespace {
constexpr std::size_t sealingKeySize = 32;
const QString itemKind = QStringLiteral("token");

SealedPlace placeOf(const QString &item)
{
    return {QStringLiteral("keychain_item"), item, QStringLiteral("sealed"), 1};
}

// Under a key of its own, not under the vault key, so no epoch of that matters.
SealContext contextOf(const Store &store)
{
    return {store.vaultId(), 1};
}
} // namespace

Task<QString> TokenKeeper::keep(Secret token, std::stop_token stop)
{
    const Result<> writable = co_await m_items.requireWritable(stop);
    if (!writable)
        co_return fail(writable.error(), "storing a token");
    const QString item = m_items.newName(itemKind);
    QByteArray sealedToken;
    Result<Secret> packed;
    if (token.size() <= largestTokenItem) {
        packed = packTokenItem(TokenForm::Direct, token);
    } else {
        const Result<Secret> key = Secret::random(sealingKeySize);
        if (!key)
            co_return fail(key.error(), "storing a token");
        const Result<QByteArray> sealed = sealBlob(*key, contextOf(m_store), placeOf(item), token);
        if (!sealed)
            co_return fail(sealed.error(), "storing a token");
        sealedToken = *sealed;
        packed = packTokenItem(TokenForm::KeyOfSealed, *key);
    }
    if (!packed)
        co_return fail(packed.error(), "storing a token");
    Task<> writing = m_items.add(item, std::move(*packed), sealedToken, stop);
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error(), "storing a token");
    co_return item;
}

Task<Secret> TokenKeeper::load(QString item, std::stop_token stop)
{
    const Result<Secret> packed = co_await m_items.read(item, stop);
    if (!packed) {
        const Result<KeychainStatus> status = co_await m_items.status(stop);
        if (status && status->state == KeychainState::ChangedBackend)
            co_return fail(errorOf(*status), "reading a token");
        co_return fail(packed.error(), "reading a token");
    }
    Result<TokenItem> token = unpackTokenItem(*packed);
    if (!token)
        co_return fail(token.error(), "reading a token");
    if (token->form == TokenForm::Direct)
        co_return std::move(token->value);
    const Result<QByteArray> sealed = co_await m_store.sealedOfKeychainItem(item);
    if (!sealed)
        co_return fail(sealed.error(), "reading a token");
    Result<Secret> value = openBlob(token->value, contextOf(m_store), placeOf(item), *sealed);
    if (!value)
        co_return fail(value.error(), "reading a token");
    co_return value;
}

Task<std::vector<Secret>> TokenKeeper::all(std::stop_token stop)
{
    const Result<QStringList> items = co_await m_items.names();
    if (!items)
        co_return fail(items.error());
    std::vector<Secret> tokens;
    const QString start = m_items.nameOf(itemKind, QString());
    for (const QString &item : *items) {
        if (!item.startsWith(start))
            continue;
        Result<Secret> token = co_await load(item, stop);
        if (!token && token.error().kind == Error::Kind::NotFound)
            continue; // written down first, and then not stored
        if (!token)
            co_return fail(token.error());
        tokens.push_back(std::move(*token));
    }
    co_return tokens;
}

} // namespace sealbook
