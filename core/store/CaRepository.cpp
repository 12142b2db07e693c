// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/CaRepository.h"

#include "core/store/Database.h"

namespace sealbook {

Result<std::vector<CaRecord>> CaRepository::all()
{
    Result<Rows> rows =
        m_database.run("SELECT id, name, directory_url, ca_file, caa_identity, terms, needs_eab, "
                       "offers_wildcards, is_practice, is_staging FROM ca ORDER BY name, id");
    if (!rows)
        return fail(rows.error(), "reading the certificate authorities");
    std::vector<CaRecord> cas;
    while (rows->next()) {
        CaRecord ca;
        ca.id = rows->text(0);
        ca.name = rows->text(1);
        ca.directoryUrl = rows->text(2);
        ca.caFile = rows->text(3);
        ca.caaIdentity = rows->text(4);
        ca.terms = rows->text(5);
        ca.needsEab = rows->flag(6);
        ca.offersWildcards = rows->flag(7);
        ca.isPractice = rows->flag(8);
        ca.isStaging = rows->flag(9);
        cas.push_back(std::move(ca));
    }
    return cas;
}

Result<> CaRepository::save(const CaRecord &ca)
{
    const Result<int> saved = m_database.change(
        "INSERT INTO ca (id, name, directory_url, ca_file, caa_identity, terms, needs_eab, "
        "offers_wildcards, is_practice, is_staging) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
        "directory_url = excluded.directory_url, ca_file = excluded.ca_file, "
        "caa_identity = excluded.caa_identity, terms = excluded.terms, "
        "needs_eab = excluded.needs_eab, offers_wildcards = excluded.offers_wildcards, "
        "is_practice = excluded.is_practice, is_staging = excluded.is_staging",
        {textValue(ca.id), textValue(ca.name), textValue(ca.directoryUrl), textValue(ca.caFile),
         textValue(ca.caaIdentity), textValue(ca.terms), ca.needsEab ? 1 : 0,
         ca.offersWildcards ? 1 : 0, ca.isPractice ? 1 : 0, ca.isStaging ? 1 : 0});
    if (!saved)
        return fail(saved.error(), "saving a certificate authority");
    return {};
}

Result<> CaRepository::remove(const QString &id)
{
    const Result<int> removed = m_database.change("DELETE FROM ca WHERE id = ?", {id});
    if (!removed)
        return fail(removed.error(), "removing a certificate authority");
    if (*removed == 0)
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no added certificate authority \"%1\"").arg(id));
    return {};
}

} // namespace sealbook
