// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/Resolver.h"

namespace sealbook {

// One CAA property (RFC 8659 section 4.1) with the parameters of issue and issuewild taken apart.
struct CaaProperty
{
    bool critical = false;
    QString tag; // lower case
    QString value; // as it stands there
    QString issuer; // issue, issuewild: the CA's domain, lower case; empty = nobody
    std::vector<std::pair<QString, QString>> parameters; // accounturi, validationmethods, ...
    bool operator==(const CaaProperty &) const = default;
};

struct CaaSet
{
    DnsName foundAt; // where the relevant set stands; meaningless when empty
    std::vector<CaaProperty> properties; // empty: no CAA anywhere, every CA may issue
    [[nodiscard]] bool isEmpty() const { return properties.empty(); }
    bool operator==(const CaaSet &) const = default;
};

struct CaaDecision
{
    bool allowed = true;
    QString reason; // plain English, names the record
    bool operator==(const CaaDecision &) const = default;
};

// Finds the relevant CAA set of a name by climbing (RFC 8659 section 3), all levels asked at once
// at the recursive resolvers. Lives as long as its Resolver; main thread.
class CaaLookup
{
public:
    explicit CaaLookup(Resolver &resolver);
    // `name` without a leading "*.". A failing lookup is an Error: a CA must not issue either.
    [[nodiscard]] Task<CaaSet> find(DnsName name, std::stop_token stop) const;

private:
    Resolver *m_resolver;
};

// Whether one of the CA's `caaDomains` may issue by `method` ("dns-01") for this account. Empty
// account URL: an accounturi parameter is then only mentioned.
[[nodiscard]] CaaDecision decideCaa(const CaaSet &set, bool wildcard, const QStringList &caaDomains,
                                    const QString &method, const QString &accountUrl);

} // namespace sealbook
