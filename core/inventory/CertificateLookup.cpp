// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateLookup.h"

#include <algorithm>

namespace sealbook {

namespace {

constexpr std::size_t listedAtMost = 20;

using Records = std::vector<CertificateRecord>;

// Those of which `fits` says yes; all where it never does.
template <typename Function>
void prefer(Records &records, Function fits)
{
    if (std::any_of(records.begin(), records.end(), fits))
        std::erase_if(records, [&fits](const CertificateRecord &one) { return !fits(one); });
}

bool isIssuedHere(const CertificateRecord &record)
{
    return record.jobId.isValid();
}

bool isOurs(const CertificateRecord &record)
{
    return isIssuedHere(record) || record.keyId.isValid();
}

template <typename Function>
bool isSameInAll(const Records &records, Function value)
{
    return std::all_of(records.begin(), records.end(), [&](const CertificateRecord &one) {
        return value(one) == value(records.front());
    });
}

// Whether the newest, at the front, is what is meant.
bool isOneLineage(const Records &records)
{
    if (!isSameInAll(records, nameSetOf))
        return false;
    if (isIssuedHere(records.front()))
        return true; // the others came before it
    return std::none_of(records.begin(), records.end(), isIssuedHere)
        && isSameInAll(records, [](const CertificateRecord &one) { return one.issuer; });
}

Error ambiguous(const QString &name, const Records &records)
{
    Error error;
    error.kind = Error::Kind::Conflict;
    error.detail = QStringLiteral("%1 certificates have the name \"%2\", and are not successors of "
                                  "each other")
                       .arg(records.size())
                       .arg(name);
    error.advice = QStringLiteral("Say which one by its SHA-256, or retire those that are not in "
                                  "use.");
    for (std::size_t i = 0; i < std::min(records.size(), listedAtMost); ++i) {
        const CertificateRecord &one = records[i];
        const QString whose = isIssuedHere(one) ? QStringLiteral("issued here")
            : isOurs(one)                       ? QStringLiteral("imported with its key")
                                                : QStringLiteral("imported without a key");
        error.parts.push_back(
            {one.sha256.left(16), QString(),
             QStringLiteral("by %1, until %2, %3")
                 .arg(one.issuer.isEmpty() ? QStringLiteral("an unnamed issuer") : one.issuer,
                      one.notAfter.toUTC().toString(Qt::ISODate), whose)});
    }
    if (records.size() > listedAtMost)
        error.parts.push_back(
            {QStringLiteral("%1 more").arg(records.size() - listedAtMost), QString(), QString()});
    return error;
}

} // namespace

Result<CertificateRecord> certificateOfName(const QString &name, Records candidates,
                                            const QDateTime &now)
{
    const bool isNamed =
        std::any_of(candidates.begin(), candidates.end(), [&name](const CertificateRecord &one) {
            return one.names.contains(name, Qt::CaseInsensitive);
        });
    std::erase_if(candidates, [&](const CertificateRecord &one) {
        return isNamed
            ? !one.names.contains(name, Qt::CaseInsensitive)
            : !one.names.isEmpty() || one.subject.compare(name, Qt::CaseInsensitive) != 0;
    });
    if (candidates.empty())
        return fail(Error::Kind::NotFound,
                    QStringLiteral("there is no certificate for \"%1\"").arg(name));
    prefer(candidates, [](const auto &one) { return !one.trashedAt.isValid(); });
    prefer(candidates, [](const auto &one) { return !one.retired; });
    prefer(candidates, isOurs);
    prefer(candidates, [&now](const auto &one) { return one.notAfter > now; });
    std::stable_sort(candidates.begin(), candidates.end(), [](const auto &a, const auto &b) {
        return a.notBefore != b.notBefore ? a.notBefore > b.notBefore
                                          : isIssuedHere(a) > isIssuedHere(b);
    });
    if (!isOneLineage(candidates))
        return tl::unexpected(ambiguous(name, candidates));
    return candidates.front();
}

} // namespace sealbook
