// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/RequestRepository.h"

#include "core/store/Database.h"

namespace sealbook {

namespace {

#define REQUEST_COLUMNS                                                                            \
    "SELECT sha256, der, names, key_algorithm, public_key_sha256, origin, added_at, trashed_at "   \
    "FROM certificate_request "
constexpr auto selectAll = REQUEST_COLUMNS "ORDER BY added_at, sha256";
constexpr auto selectOne = REQUEST_COLUMNS "WHERE sha256 = ?";
#undef REQUEST_COLUMNS

RequestRecord requestOf(const Rows &rows)
{
    RequestRecord request;
    request.sha256 = rows.text(0);
    request.der = rows.blob(1);
    request.names = rows.list(2);
    request.keyAlgorithm = rows.text(3);
    request.publicKeySha256 = rows.text(4);
    request.origin = rows.text(5);
    request.addedAt = rows.time(6);
    request.trashedAt = rows.time(7);
    return request;
}

} // namespace

Result<std::vector<RequestRecord>> RequestRepository::all()
{
    Result<Rows> rows = m_database.run(selectAll);
    if (!rows)
        return fail(rows.error(), "reading the requests");
    std::vector<RequestRecord> requests;
    while (rows->next())
        requests.push_back(requestOf(*rows));
    return requests;
}

Result<RequestRecord> RequestRepository::bySha256(const QString &sha256)
{
    Result<Rows> rows = m_database.run(selectOne, {sha256});
    if (!rows)
        return fail(rows.error(), "reading a request");
    if (!rows->next())
        return fail(Error::Kind::NotFound, QStringLiteral("there is no request %1").arg(sha256));
    return requestOf(*rows);
}

Result<SavedCounts> RequestRepository::save(const std::vector<RequestRecord> &requests)
{
    SavedCounts counts;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const RequestRecord &request : requests) {
        const Result<int> done =
            m_database.change("INSERT INTO certificate_request (sha256, der, names, key_algorithm, "
                              "public_key_sha256, origin, added_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
                              "ON CONFLICT (sha256) DO NOTHING",
                              {request.sha256, blobValue(request.der), listValue(request.names),
                               textValue(request.keyAlgorithm), textValue(request.publicKeySha256),
                               textValue(request.origin),
                               timeValue(request.addedAt.isValid() ? request.addedAt : now)});
        if (!done)
            return fail(done.error(), "saving a request");
        ++(*done > 0 ? counts.added : counts.known);
    }
    return counts;
}

Result<> RequestRepository::remove(const QString &sha256)
{
    const Result<int> done =
        m_database.change("DELETE FROM certificate_request WHERE sha256 = ?", {sha256});
    if (!done)
        return fail(done.error(), "removing a request");
    if (*done == 0)
        return fail(Error::Kind::NotFound, QStringLiteral("there is no request %1").arg(sha256));
    return {};
}

} // namespace sealbook
