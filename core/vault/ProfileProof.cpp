// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/ProfileProof.h"

#include "core/store/Store.h"
#include "core/vault/DiskScan.h"

#include <QFileInfo>

namespace sealbook {

Task<VaultProof> ProfileProof::take(Secret vaultKey, std::stop_token stop)
{
    VaultProof proof;
    const Result<KeychainStatus> status = co_await m_items.status(stop);
    if (!status)
        co_return fail(status.error());
    proof.keychain = *status;
    proof.vaultId = m_store.vaultId();
    proof.databaseFile = m_store.file();
    const Result<QStringList> items = co_await m_items.names();
    if (!items)
        co_return fail(items.error());
    proof.items = *items;
    const Result<int> keys = co_await m_store.keyCount();
    if (!keys)
        co_return fail(keys.error());
    proof.sealedRecords = *keys;
    if (status->state == KeychainState::PlainKeyring)
        proof.findings.append(status->detail);
    Result<std::vector<Secret>> secrets = co_await m_tokens.all(stop);
    if (!secrets) {
        if (secrets.error().kind == Error::Kind::Cancelled)
            co_return fail(secrets.error());
        proof.findings.append(
            QStringLiteral("the secrets could not be read, so the disk was only searched for keys "
                           "in PEM form (%1)")
                .arg(secrets.error().detail));
        secrets = std::vector<Secret>();
    } else if (!vaultKey.isEmpty()) {
        secrets->push_back(std::move(vaultKey));
    }
    Task<QStringList> searching = search(std::move(*secrets), stop);
    const Result<QStringList> findings = co_await std::move(searching);
    if (!findings)
        co_return fail(findings.error());
    proof.findings += *findings;
    co_return proof;
}

Task<QStringList> ProfileProof::search(std::vector<Secret> secrets, std::stop_token stop)
{
    // Shared, because std::function wants what it holds to be copyable.
    const auto shared = std::make_shared<std::vector<Secret>>(std::move(secrets));
    const QString folder = QFileInfo(m_store.file()).path();
    std::function<Result<QStringList>()> work = [shared, folder] {
        return scanForSecrets(folder, *shared);
    };
    return runBlocking<QStringList>(stop, std::move(work));
}

} // namespace sealbook
