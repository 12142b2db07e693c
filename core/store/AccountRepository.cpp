// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/AccountRepository.h"

#include "core/store/Database.h"

namespace sealbook {

Result<std::vector<AccountRecord>> AccountRepository::all()
{
    Result<Rows> rows = m_database.run(
        "SELECT id, ca_id, directory_url, url, key_id, key_algorithm, contacts, status, eab_kid, "
        "terms_agreed, created_at FROM account ORDER BY created_at, id");
    if (!rows)
        return fail(rows.error(), "reading the accounts");
    std::vector<AccountRecord> accounts;
    while (rows->next()) {
        AccountRecord account;
        account.id = AccountId::fromText(rows->text(0));
        account.caId = rows->text(1);
        account.directoryUrl = rows->text(2);
        account.url = rows->text(3);
        account.keyId = KeyId::fromText(rows->text(4));
        account.keyAlgorithm = rows->text(5);
        account.contacts = rows->list(6);
        account.status = accountStatusFromName(rows->text(7));
        account.eabKid = rows->text(8);
        account.termsAgreed = rows->flag(9);
        account.createdAt = rows->time(10);
        accounts.push_back(std::move(account));
    }
    return accounts;
}

Result<> AccountRepository::save(const AccountRecord &account)
{
    const Result<int> saved = m_database.change(
        "INSERT INTO account (id, ca_id, directory_url, url, key_id, key_algorithm, contacts, "
        "status, eab_kid, terms_agreed, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET ca_id = excluded.ca_id, "
        "directory_url = excluded.directory_url, url = excluded.url, key_id = excluded.key_id, "
        "key_algorithm = excluded.key_algorithm, contacts = excluded.contacts, "
        "status = excluded.status, eab_kid = excluded.eab_kid, "
        "terms_agreed = excluded.terms_agreed, created_at = excluded.created_at",
        {idValue(account.id), textValue(account.caId), textValue(account.directoryUrl),
         textValue(account.url), idValue(account.keyId), textValue(account.keyAlgorithm),
         listValue(account.contacts), accountStatusName(account.status), textValue(account.eabKid),
         account.termsAgreed ? 1 : 0, timeValue(account.createdAt)});
    if (!saved)
        return fail(saved.error(), "saving an account");
    return {};
}

} // namespace sealbook
