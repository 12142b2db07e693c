// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/CredentialRepository.h"

#include "core/store/Database.h"

#include <QJsonObject>

namespace sealbook {

namespace {

QVariant mapValue(const QMap<QString, QString> &map)
{
    QJsonObject object;
    for (auto item = map.cbegin(); item != map.cend(); ++item)
        object.insert(item.key(), item.value());
    return objectValue(object);
}

QMap<QString, QString> mapOf(const QJsonObject &object)
{
    QMap<QString, QString> map;
    for (auto item = object.constBegin(); item != object.constEnd(); ++item)
        map.insert(item.key(), item.value().toString());
    return map;
}

CredentialRecord credentialFrom(const Rows &rows)
{
    CredentialRecord credential;
    credential.id = CredentialId::fromText(rows.text(0));
    credential.name = rows.text(1);
    credential.provider = rows.text(2);
    credential.owner = rows.text(3);
    credential.purpose = rows.text(4);
    credential.fields = mapOf(rows.object(5));
    credential.secretItems = mapOf(rows.object(6));
    credential.keychainBackend = rows.text(7);
    credential.reach = rows.list(8);
    credential.reachCheckedAt = rows.time(9);
    credential.createdAt = rows.time(10);
    credential.lastUsedAt = rows.time(11);
    credential.state = credentialStateFromName(rows.text(12));
    return credential;
}

} // namespace

Result<std::vector<CredentialRecord>> CredentialRepository::all()
{
    Result<Rows> rows = m_database.run(
        "SELECT id, name, provider, owner, purpose, fields, secret_items, keychain_backend, reach, "
        "reach_checked_at, created_at, last_used_at, state FROM credential ORDER BY name");
    if (!rows)
        return fail(rows.error(), "reading the credentials");
    std::vector<CredentialRecord> credentials;
    while (rows->next())
        credentials.push_back(credentialFrom(*rows));
    return credentials;
}

Result<CredentialRecord> CredentialRepository::byName(const QString &name)
{
    Result<Rows> rows = m_database.run(
        "SELECT id, name, provider, owner, purpose, fields, secret_items, keychain_backend, reach, "
        "reach_checked_at, created_at, last_used_at, state FROM credential WHERE name = ?",
        {textValue(name)});
    if (!rows)
        return fail(rows.error(), "reading a credential");
    if (!rows->next())
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no credential named \"%1\"").arg(name));
    return credentialFrom(*rows);
}

Result<> CredentialRepository::save(const CredentialRecord &credential)
{
    const Result<int> saved = m_database.change(
        "INSERT INTO credential (id, name, provider, owner, purpose, fields, secret_items, "
        "keychain_backend, reach, reach_checked_at, created_at, last_used_at, state) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, provider = excluded.provider, "
        "owner = excluded.owner, purpose = excluded.purpose, fields = excluded.fields, "
        "secret_items = excluded.secret_items, keychain_backend = excluded.keychain_backend, "
        "reach = excluded.reach, reach_checked_at = excluded.reach_checked_at, "
        "created_at = excluded.created_at, last_used_at = excluded.last_used_at, "
        "state = excluded.state",
        {idValue(credential.id), textValue(credential.name), textValue(credential.provider),
         textValue(credential.owner), textValue(credential.purpose), mapValue(credential.fields),
         mapValue(credential.secretItems), textValue(credential.keychainBackend),
         listValue(credential.reach), timeValue(credential.reachCheckedAt),
         timeValue(credential.createdAt), timeValue(credential.lastUsedAt),
         credentialStateName(credential.state)});
    if (saved)
        return {};
    const Result<CredentialRecord> other = byName(credential.name);
    if (other && other->id != credential.id)
        return fail(
            Error::Kind::Conflict,
            QStringLiteral("there is a credential named \"%1\" already").arg(credential.name),
            QStringLiteral("Choose another name."));
    return fail(saved.error(), "saving a credential");
}

Result<> CredentialRepository::remove(CredentialId id)
{
    const Result<int> removed =
        m_database.change("DELETE FROM credential WHERE id = ?", {idValue(id)});
    if (!removed)
        return fail(removed.error(), "removing a credential");
    if (*removed == 0)
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no credential %1").arg(id.text()));
    return {};
}

} // namespace sealbook
