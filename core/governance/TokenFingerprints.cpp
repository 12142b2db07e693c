// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/TokenFingerprints.h"

#include "core/crypto/Hmac.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

namespace sealbook {

namespace {
const QLatin1String keyPlace("credential.fingerprint_key");
constexpr std::size_t keySize = 32;
} // namespace

QString TokenFingerprints::place(CredentialId id)
{
    return QLatin1String("credential.fingerprint.") + id.text();
}

Task<Secret> TokenFingerprints::key()
{
    const QString setting = keyPlace;
    const Result<QJsonValue> stored = co_await m_store.setting(setting);
    const SealedPlace sealed{QStringLiteral("setting"), m_store.vaultId(), setting, 1};
    if (stored && stored->isString())
        co_return m_vault.unseal(sealed, QByteArray::fromBase64(stored->toString().toLatin1()));
    if (!stored && stored.error().kind != Error::Kind::NotFound)
        co_return fail(stored.error());
    Result<Secret> made = Secret::random(keySize);
    if (!made)
        co_return made;
    const Result<QByteArray> blob = m_vault.seal(sealed, *made);
    if (!blob)
        co_return fail(blob.error());
    const QJsonValue value(QString::fromLatin1(blob->toBase64()));
    const Result<> saved = co_await m_store.setSetting(setting, value);
    if (!saved)
        co_return fail(saved.error());
    co_return made;
}

Task<QJsonObject> TokenFingerprints::of(std::shared_ptr<std::map<QString, Secret>> secrets)
{
    const Result<Secret> secretKey = co_await key();
    if (!secretKey)
        co_return fail(secretKey.error(), "fingerprinting the secret");
    QJsonObject fingerprints;
    for (const auto &[field, secret] : *secrets) {
        const QByteArray view =
            QByteArray::fromRawData(secret.text().data(), qsizetype(secret.size()));
        const Result<QByteArray> mac = hmac(HashAlgorithm::Sha256, *secretKey, view);
        if (!mac)
            co_return fail(mac.error(), "fingerprinting the secret");
        fingerprints.insert(field, QString::fromLatin1(mac->toHex()));
    }
    co_return fingerprints;
}

Task<> TokenFingerprints::keep(CredentialId id, QJsonObject fingerprints)
{
    const QString setting = place(id);
    const QJsonValue value(fingerprints);
    const Result<> saved = co_await m_store.setSetting(setting, value);
    co_return saved;
}

Task<> TokenFingerprints::forget(CredentialId id)
{
    const QString setting = place(id);
    const QJsonValue nothing;
    const Result<> saved = co_await m_store.setSetting(setting, nothing);
    co_return saved;
}

Task<QStringList> TokenFingerprints::sharing(CredentialId id, std::vector<CredentialRecord> all)
{
    QStringList mine;
    std::vector<std::pair<QString, QStringList>> others;
    for (const CredentialRecord &record : all) {
        const QString setting = place(record.id);
        const Result<QJsonValue> stored = co_await m_store.setting(setting);
        if (!stored)
            continue; // none was kept
        QStringList fingerprints;
        const QJsonObject object = stored->toObject();
        for (const QJsonValue &value : object)
            fingerprints.append(value.toString());
        if (record.id == id)
            mine = fingerprints;
        else
            others.emplace_back(record.name, fingerprints);
    }
    QStringList names;
    for (const auto &[name, fingerprints] : others) {
        const bool shares = std::any_of(mine.begin(), mine.end(), [&](const QString &each) {
            return fingerprints.contains(each);
        });
        if (shares)
            names.append(name);
    }
    co_return names;
}

} // namespace sealbook
