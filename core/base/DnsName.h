// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QHashFunctions>
#include <QString>
#include <QStringList>

namespace sealbook {

// The owner name of a DNS record: lower case, A-labels, no final dot ("" is the root). Unlike a
// DomainName it may hold underscores and stars, and it promises only what RFC 1035 does: labels of
// 1 to 63 octets, 255 octets on the wire. A value.
class DnsName
{
public:
    DnsName() = default; // the root
    [[nodiscard]] static Result<DnsName> fromText(const QString &text);

    [[nodiscard]] const QString &text() const { return m_text; } // without the final dot
    [[nodiscard]] QString absolute() const { return m_text + QLatin1Char('.'); } // with it
    [[nodiscard]] bool isRoot() const { return m_text.isEmpty(); }
    [[nodiscard]] QStringList labels() const;
    [[nodiscard]] DnsName parent() const; // the root's parent is the root
    [[nodiscard]] bool isAtOrBelow(const DnsName &zone) const;
    // The part left of `zone`: "_acme-challenge.www" below "example.org"; "" at the apex.
    [[nodiscard]] QString relativeTo(const DnsName &zone) const;
    // `prefix` (one or more labels) in front of this name.
    [[nodiscard]] Result<DnsName> below(const QString &prefix) const;

    bool operator==(const DnsName &) const = default;
    bool operator<(const DnsName &other) const { return m_text < other.m_text; }
    friend size_t qHash(const DnsName &name, size_t seed = 0) { return ::qHash(name.m_text, seed); }

private:
    QString m_text;
};

} // namespace sealbook
