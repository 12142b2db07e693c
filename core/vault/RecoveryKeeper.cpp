// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/RecoveryKeeper.h"

#include "core/store/Store.h"

namespace sealbook {

namespace {
const QString setting = QStringLiteral("vault.recovery");
} // namespace

Task<> RecoveryKeeper::look()
{
    const Result<QJsonValue> stored = co_await m_store.setting(setting);
    if (!stored)
        co_return fail(stored.error());
    m_isKept = stored->isObject();
    co_return {};
}

Result<Secret> RecoveryKeeper::makeCode()
{
    Result<Secret> code = Secret::random(recoveryCodeBytes);
    if (!code)
        return fail(code.error());
    Result<Secret> text = formatRecoveryCode(*code);
    if (text)
        m_pending = std::move(*code);
    return text;
}

Result<Secret> RecoveryKeeper::checked(const Secret &typed) const
{
    Result<Secret> code = parseRecoveryCode(typed);
    if (code && !code->equals(m_pending))
        return fail(Error::Kind::BadRequest, QStringLiteral("this is not the code that was shown"),
                    QStringLiteral("Type the code that Sealbook showed just now."));
    return code;
}

Task<> RecoveryKeeper::keep(Secret code, Secret vaultKey, SealContext context, AuditEntry entry,
                            std::stop_token stop)
{
    // Shared, because std::function wants what it holds to be copyable.
    const auto sharedCode = std::make_shared<Secret>(std::move(code));
    const auto sharedKey = std::make_shared<Secret>(std::move(vaultKey));
    std::function<Result<RecoveryWrap>()> work = [sharedCode, sharedKey, context] {
        return wrapKey(*sharedCode, context.vaultId, context.epoch, *sharedKey);
    };
    Task<RecoveryWrap> wrapping = runBlocking<RecoveryWrap>(stop, std::move(work));
    const Result<RecoveryWrap> wrap = co_await std::move(wrapping);
    if (!wrap)
        co_return fail(wrap.error(), "confirming the recovery code");
    const QJsonValue value(toJson(*wrap));
    Task<> saving = m_store.setSetting(setting, value, std::move(entry));
    const Result<> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "keeping the recovery record");
    m_pending = Secret();
    m_isKept = true;
    co_return {};
}

Task<RecoveryKeeper::Recovered> RecoveryKeeper::recover(Secret typed, std::stop_token stop)
{
    const Result<QJsonValue> stored = co_await m_store.setting(setting);
    if (!stored)
        co_return fail(stored.error());
    if (!stored->isObject())
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("no recovery code was ever made for this profile"));
    const Result<RecoveryWrap> wrap = recoveryWrapFromJson(stored->toObject());
    if (!wrap)
        co_return fail(wrap.error());
    Result<Secret> code = parseRecoveryCode(typed);
    if (!code)
        co_return fail(code.error());
    const auto sharedCode = std::make_shared<Secret>(std::move(*code));
    std::function<Result<Secret>()> work = [sharedCode, vaultId = m_store.vaultId(), kept = *wrap] {
        return unwrapKey(*sharedCode, vaultId, kept);
    };
    Task<Secret> unwrapping = runBlocking<Secret>(stop, std::move(work));
    Result<Secret> key = co_await std::move(unwrapping);
    if (!key)
        co_return fail(key.error());
    m_isKept = true;
    Recovered recovered;
    recovered.vaultKey = std::move(*key);
    recovered.epoch = wrap->epoch;
    co_return recovered;
}

} // namespace sealbook
