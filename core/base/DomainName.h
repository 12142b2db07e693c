// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DnsName.h"

#include <QString>
#include <QStringList>

namespace sealbook {

// A name that a public CA can put into a certificate (RFC 5280 section 4.2.1.6, RFC 5891, and the
// CA/Browser Forum's rules): checked as typed, kept as A-labels, shown as U-labels. A leftmost "*"
// is the only wildcard. A value.
class DomainName
{
public:
    DomainName() = default;

    // Reads what a person typed: trims, drops a final dot, lowers, converts by UTS 46
    // nontransitional. Refuses with a sentence that says which label breaks which rule and, where
    // there is one, with the name that was probably meant in evidence["suggestion"].
    [[nodiscard]] static Result<DomainName> fromUserInput(const QString &typed);

    [[nodiscard]] const QString &ascii() const { return m_ascii; } // "*.xn--mnchen-3ya.de"
    [[nodiscard]] QString unicode() const; // "*.münchen.de"
    [[nodiscard]] bool isWildcard() const { return m_ascii.startsWith(QLatin1String("*.")); }
    [[nodiscard]] QString base() const { return isWildcard() ? m_ascii.mid(2) : m_ascii; }
    // The registrable domain by the public suffix list, in A-labels.
    [[nodiscard]] QString registrableDomain() const;
    // True where one label mixes scripts in a way that can deceive (Cyrillic "а" in "аpple").
    [[nodiscard]] bool mixesScripts() const;
    // Where RFC 8555 section 8.4 wants the validation record.
    [[nodiscard]] DnsName validationName() const;
    // True below .test and .example (RFC 6761): fine in practice, but no public CA issues for them.
    [[nodiscard]] bool isReservedForTesting() const;
    // True for a name that this wildcard covers ("*.x.y" covers "a.x.y", not "x.y", not "b.a.x.y").
    [[nodiscard]] bool covers(const DomainName &other) const;

    bool operator==(const DomainName &) const = default;
    bool operator<(const DomainName &other) const { return m_ascii < other.m_ascii; }
    friend size_t qHash(const DomainName &n, size_t seed = 0) { return ::qHash(n.m_ascii, seed); }

private:
    QString m_ascii;
};

// For names that are taken as they stand in a certificate, by the thousand: nothing is checked.
// Registrable domain (the name itself where there is none), and U-labels of a name with A-labels.
[[nodiscard]] QByteArray registrableDomainOf(const QByteArray &ascii);
[[nodiscard]] QString unicodeNameOf(const QString &ascii);

// A pasted or typed list: one name a line, or separated by commas, semicolons or blanks. Duplicates
// and names that a wildcard of the list covers are merged with a note. Never fails as a whole.
struct NameList
{
    struct Issue
    {
        int line = 0; // from 1
        QString typed;
        Error error;
        bool operator==(const Issue &) const = default;
    };
    std::vector<DomainName> names;
    std::vector<Issue> issues; // at most maxIssues, the first ones
    int issueCount = 0; // all of them
    QStringList notes; // what was merged, changed or deserves a warning, in plain English

    static constexpr int maxIssues = 20;
    static constexpr int maxNames = 100; // what one order may hold at the CAs we know

    [[nodiscard]] static NameList parse(const QString &text);
};

} // namespace sealbook
