// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/KeychainItemRepository.h"

#include "core/store/Database.h"

namespace sealbook {

Result<QStringList> KeychainItemRepository::names()
{
    Result<Rows> rows = m_database.run("SELECT name FROM keychain_item ORDER BY created_at, rowid");
    if (!rows)
        return fail(rows.error(), "listing the keychain items");
    QStringList names;
    while (rows->next())
        names.append(rows->text(0));
    return names;
}

Result<> KeychainItemRepository::save(const QString &name, const QByteArray &sealed)
{
    const Result<int> saved = m_database.change(
        "INSERT INTO keychain_item (name, sealed, created_at) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
        {textValue(name), blobValue(sealed), timeValue(QDateTime::currentDateTimeUtc())});
    if (!saved)
        return fail(saved.error(), "noting a keychain item");
    return {};
}

Result<QByteArray> KeychainItemRepository::sealed(const QString &name)
{
    Result<Rows> rows =
        m_database.run("SELECT sealed FROM keychain_item WHERE name = ?", {textValue(name)});
    if (!rows)
        return fail(rows.error(), "reading a sealed secret");
    if (!rows->next())
        return fail(Error::Kind::NotFound,
                    QStringLiteral("this profile has no keychain item %1").arg(name));
    return rows->blob(0);
}

Result<> KeychainItemRepository::forget(const QString &name)
{
    const Result<int> done =
        m_database.change("DELETE FROM keychain_item WHERE name = ?", {textValue(name)});
    if (!done)
        return fail(done.error(), "forgetting a keychain item");
    return {};
}

} // namespace sealbook
