// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/KeyRepository.h"

#include "core/store/Database.h"

namespace sealbook {

namespace {

Result<KeyRecord> oneKey(Result<Rows> rows, const QString &what)
{
    if (!rows)
        return fail(rows.error(), "reading a key");
    if (!rows->next())
        return fail(Error::Kind::NotFound, QStringLiteral("there is no key %1").arg(what));
    KeyRecord key;
    key.id = KeyId::fromText(rows->text(0));
    key.purpose = rows->text(1);
    key.algorithm = rows->text(2);
    key.publicKeySha256 = rows->text(3);
    key.sealed = rows->blob(4);
    key.createdAt = rows->time(5);
    return key;
}

} // namespace

Result<> KeyRepository::save(const KeyRecord &key)
{
    const Result<int> saved = m_database.change(
        "INSERT INTO key_pair (id, purpose, algorithm, public_key_sha256, sealed, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed",
        {idValue(key.id), textValue(key.purpose), textValue(key.algorithm),
         textValue(key.publicKeySha256), blobValue(key.sealed), timeValue(key.createdAt)});
    if (!saved)
        return fail(saved.error(), "saving a key");
    return {};
}

Result<KeyRecord> KeyRepository::byId(KeyId id)
{
    return oneKey(m_database.run("SELECT id, purpose, algorithm, public_key_sha256, sealed, "
                                 "created_at FROM key_pair WHERE id = ?",
                                 {idValue(id)}),
                  id.text());
}

Result<KeyRecord> KeyRepository::byPublicKey(const QString &publicKeySha256)
{
    return oneKey(m_database.run("SELECT id, purpose, algorithm, public_key_sha256, sealed, "
                                 "created_at FROM key_pair WHERE public_key_sha256 = ? "
                                 "ORDER BY created_at DESC LIMIT 1",
                                 {textValue(publicKeySha256)}),
                  QStringLiteral("for the public key %1").arg(publicKeySha256));
}

Result<> KeyRepository::setOrigin(KeyId id, const QString &origin)
{
    const Result<int> done = m_database.change("UPDATE key_pair SET origin = ? WHERE id = ?",
                                               {textValue(origin), idValue(id)});
    if (!done)
        return fail(done.error(), "noting where a key came from");
    return {};
}

Result<> KeyRepository::saveTokenKeys(const std::vector<TokenKeyRecord> &keys)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const TokenKeyRecord &key : keys) {
        const Result<int> done = m_database.change(
            "INSERT INTO token_key (public_key_sha256, algorithm, origin, added_at) "
            "VALUES (?, ?, ?, ?) ON CONFLICT (public_key_sha256) DO NOTHING",
            {key.publicKeySha256, textValue(key.algorithm), textValue(key.origin), timeValue(now)});
        if (!done)
            return fail(done.error(), "saving a token's key");
    }
    return {};
}

Result<> KeyRepository::removeTokenKey(const QString &publicKeySha256)
{
    const Result<int> done =
        m_database.change("DELETE FROM token_key WHERE public_key_sha256 = ?", {publicKeySha256});
    if (!done)
        return fail(done.error(), "removing a token's key");
    return {};
}

Result<int> KeyRepository::count()
{
    Result<Rows> rows = m_database.run("SELECT count(*) FROM key_pair");
    if (!rows)
        return fail(rows.error(), "counting the keys");
    return rows->next() ? static_cast<int>(rows->integer(0)) : 0;
}

// A certificate for the same public key keeps it too: it is that certificate's key, whether or not
// the two were joined.
Result<bool> KeyRepository::removeUnneeded(KeyId id)
{
    const Result<int> removed = m_database.change(
        "DELETE FROM key_pair WHERE id = ? "
        "AND NOT EXISTS (SELECT 1 FROM certificate WHERE certificate.key_id = key_pair.id "
        "OR certificate.public_key_sha256 = key_pair.public_key_sha256) "
        "AND NOT EXISTS (SELECT 1 FROM account WHERE account.key_id = key_pair.id) "
        "AND NOT EXISTS (SELECT 1 FROM job WHERE job.key_id = key_pair.id "
        "AND job.state NOT IN ('done', 'cancelled'))",
        {idValue(id)});
    if (!removed)
        return fail(removed.error(), "removing a key");
    return *removed > 0;
}

} // namespace sealbook
