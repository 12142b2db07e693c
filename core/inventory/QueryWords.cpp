// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/QueryWords.h"

#include <array>

namespace sealbook {

namespace {

using Field = QueryField;
using Kind = QueryValueKind;
using Word = QueryWord;

constexpr std::array fields{
    QueryFieldInfo{Field::Name, Kind::Text, "name", "names dns san host domain",
                   "A name in the certificate; with * the whole name has to fit.",
                   "name:*.example.com"},
    QueryFieldInfo{Field::Covers, Kind::Exact, "covers", "for",
                   "Good for this host, by name or by wildcard.", "covers:www.example.com"},
    QueryFieldInfo{Field::Zone, Kind::Exact, "zone", "", "A name at or below this domain.",
                   "zone:example.com"},
    QueryFieldInfo{Field::Issuer, Kind::Text, "issuer", "ca by",
                   "Who issued it: organisation or any part of the full name.",
                   "issuer:\"Let's Encrypt\""},
    QueryFieldInfo{Field::Subject, Kind::Text, "subject", "cn dn",
                   "The subject: common name or any part of the full name.",
                   "subject:\"Acme Ltd\""},
    QueryFieldInfo{Field::Serial, Kind::Text, "serial", "sn",
                   "The serial number in hex, with or without colons.", "serial:04:8f:2a"},
    QueryFieldInfo{Field::Sha256, Kind::Text, "sha256", "fingerprint thumbprint fp id",
                   "The SHA-256 fingerprint or a part of it.", "sha256:9f86d081"},
    QueryFieldInfo{Field::Same, Kind::Text, "same", "lineage renewals",
                   "Exactly the names of the certificate with this fingerprint: it, its "
                   "predecessors and its successors.",
                   "same:9f86d081"},
    QueryFieldInfo{Field::Key, Kind::Text, "key", "algorithm alg",
                   "The key's kind; with < and > its size (RSA is compared with sizes of 512 and "
                   "up, elliptic curves with smaller ones).",
                   "key:rsa key<3072"},
    QueryFieldInfo{Field::Signature, Kind::Text, "sig", "signature", "The signature algorithm.",
                   "sig:sha1"},
    QueryFieldInfo{Field::Tag, Kind::Exact, "tag", "tags label", "A tag.", "tag:prod"},
    QueryFieldInfo{Field::Owner, Kind::Text, "owner", "", "The owner.", "owner:mara"},
    QueryFieldInfo{Field::Note, Kind::Text, "note", "notes comment", "Words in the note.",
                   "note:\"old server\""},
    QueryFieldInfo{
        Field::Place, Kind::Text, "place", "places at source",
        "Where it was seen: issued, file, pasted, endpoint, store, log or token; or a part "
        "of the path or address.",
        "place:endpoint"},
    QueryFieldInfo{Field::Credential, Kind::Text, "credential", "cred",
                   "The DNS credential it was issued with.", "credential:shop"},
    QueryFieldInfo{Field::Expires, Kind::Expiry, "expires", "expiry notafter until ends",
                   "When it ends: a time from now (what has ended already is included) or a date.",
                   "expires<30d"},
    QueryFieldInfo{Field::Issued, Kind::Past, "issued", "valid notbefore age since from",
                   "When it began: a time ago or a date.", "issued<7d"},
    QueryFieldInfo{Field::Added, Kind::Past, "added", "imported",
                   "When it came into this inventory: a time ago or a date.", "added<1w"},
    QueryFieldInfo{Field::Seen, Kind::Past, "seen", "lastseen",
                   "When it was last seen at one of its places: a time ago or a date.", "seen>90d"},
    QueryFieldInfo{Field::Lifetime, Kind::Span, "lifetime", "life validity",
                   "How long it is valid in all.", "lifetime>200d"},
    QueryFieldInfo{Field::NameCount, Kind::Number, "count", "namecount", "How many names it has.",
                   "count>50"},
    QueryFieldInfo{Field::Failed, Kind::Number, "failed", "failures",
                   "How often its renewal failed in a row.", "failed>0"},
    QueryFieldInfo{Field::Is, Kind::Word, "is", "urgency state", "What it is: see below.",
                   "is:expired"},
    QueryFieldInfo{Field::Has, Kind::Word, "has", "with", "What it has: see below.", "has:key"}};

constexpr std::array words{
    QueryWordInfo{Word::Expired, Field::Is, "expired", "ended", "its time is over"},
    QueryWordInfo{Word::Valid, Field::Is, "valid", "current", "its time has begun and is not over"},
    QueryWordInfo{Word::Future, Field::Is, "future", "notyet", "its time has not begun"},
    QueryWordInfo{Word::Overdue, Field::Is, "overdue", "", "urgency: expired, or served expired"},
    QueryWordInfo{Word::ActNow, Field::Is, "actnow", "urgent now", "urgency: act now"},
    QueryWordInfo{Word::Soon, Field::Is, "soon", "due", "urgency: soon"},
    QueryWordInfo{Word::Fine, Field::Is, "fine", "ok", "urgency: fine"},
    QueryWordInfo{Word::Retired, Field::Is, "retired", "",
                  "urgency: replaced, revoked or put away"},
    QueryWordInfo{Word::Trashed, Field::Is, "trashed", "trash deleted", "in the trash"},
    QueryWordInfo{Word::Revoked, Field::Is, "revoked", "", "known to be revoked"},
    QueryWordInfo{Word::Superseded, Field::Is, "superseded", "replaced old",
                  "a newer one with the same names and kind of key is here"},
    QueryWordInfo{Word::Latest, Field::Is, "latest", "newest",
                  "nothing newer with the same names is here"},
    QueryWordInfo{Word::Wildcard, Field::Is, "wildcard", "", "has a name with *"},
    QueryWordInfo{Word::Idn, Field::Is, "idn", "international",
                  "has a name with letters beyond ASCII"},
    QueryWordInfo{Word::Ip, Field::Is, "ip", "", "has an IP address among its names"},
    QueryWordInfo{Word::Ca, Field::Is, "ca", "authority", "may issue certificates itself"},
    QueryWordInfo{Word::SelfSigned, Field::Is, "selfsigned", "selfissued",
                  "subject and issuer are the same"},
    QueryWordInfo{Word::Weak, Field::Is, "weak", "",
                  "RSA below 2048 bits, curves below 224, DSA, or signed with MD5 or SHA-1"},
    QueryWordInfo{Word::Sha1, Field::Is, "sha1", "", "signed with SHA-1"},
    QueryWordInfo{Word::Long, Field::Is, "long", "longlived",
                  "not a CA and valid for more than 200 days in all"},
    QueryWordInfo{Word::SharedKey, Field::Is, "sharedkey", "samekey",
                  "another certificate here has the same key"},
    QueryWordInfo{Word::Served, Field::Is, "served", "live serving",
                  "a watched endpoint serves it now"},
    QueryWordInfo{Word::Drift, Field::Is, "drift", "drifting stale",
                  "served, though a newer one with the same names is here"},
    QueryWordInfo{Word::Certificate, Field::Is, "certificate", "cert",
                  "a certificate; not what waits for one"},
    QueryWordInfo{Word::Request, Field::Is, "request", "csr waiting",
                  "a request that no certificate here answers"},
    QueryWordInfo{Word::Key, Field::Is, "key", "lonekey",
                  "a private key that no certificate and no request here has"},
    QueryWordInfo{Word::HasKey, Field::Has, "key", "privatekey", "its private key is in the vault"},
    QueryWordInfo{Word::HasNote, Field::Has, "note", "notes comment", "a note"},
    QueryWordInfo{Word::HasOwner, Field::Has, "owner", "", "an owner"},
    QueryWordInfo{Word::HasTag, Field::Has, "tag", "tags", "a tag"},
    QueryWordInfo{Word::HasPlace, Field::Has, "endpoint", "served", "an endpoint that served it"},
    QueryWordInfo{Word::HasCredential, Field::Has, "credential", "", "a DNS credential"},
    QueryWordInfo{Word::HasName, Field::Has, "name", "names san", "names (SANs)"},
    QueryWordInfo{Word::HasWindow, Field::Has, "window", "ari",
                  "a renewal window that the CA named (ARI)"}};

QString plainName(const QString &name)
{
    QString plain = name.toLower();
    plain.removeIf([](QChar c) { return c == QLatin1Char('-') || c == QLatin1Char('_'); });
    return plain;
}

bool isCalled(const char *name, const char *aliases, const QString &plain)
{
    return plain == QLatin1String(name)
        || (!plain.isEmpty()
            && QString::fromLatin1(aliases).split(QLatin1Char(' ')).contains(plain));
}

// Levenshtein with swaps of neighbours: "tgas" is one slip away from "tags".
int slips(const QString &a, const QString &b)
{
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<int> older(width);
    std::vector<int> last(width);
    std::vector<int> row(width);
    for (std::size_t j = 0; j < width; ++j)
        last[j] = static_cast<int>(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const int change = a[i - 1] == b[j - 1] ? 0 : 1;
            row[at] = std::min({last[at] + 1, row[at - 1] + 1, last[at - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[at] = std::min(row[at], older[at - 2] + 1);
        }
        std::swap(older, last);
        std::swap(last, row);
    }
    return last[width - 1];
}

} // namespace

std::span<const QueryFieldInfo> queryFields()
{
    return fields;
}

std::span<const QueryWordInfo> queryWords()
{
    return words;
}

const QueryFieldInfo &queryFieldInfo(QueryField field)
{
    static constexpr QueryFieldInfo any{Field::Any, Kind::Text, "", "", "", ""};
    for (const QueryFieldInfo &info : fields) {
        if (info.field == field)
            return info;
    }
    return any;
}

const QueryFieldInfo *queryFieldFromName(const QString &name)
{
    const QString plain = plainName(name);
    for (const QueryFieldInfo &info : fields) {
        if (isCalled(info.name, info.aliases, plain))
            return &info;
    }
    return nullptr;
}

std::optional<QueryWord> queryWordFromName(QueryField field, const QString &name)
{
    const QString plain = plainName(name);
    for (const QueryWordInfo &info : words) {
        if (info.field == field && isCalled(info.name, info.aliases, plain))
            return info.word;
    }
    return std::nullopt;
}

QString nearestSpelling(const QString &typed, const QStringList &candidates)
{
    const QString plain = plainName(typed).left(32);
    QString best;
    int fewest = plain.size() <= 3 ? 2 : 3; // must stay below
    for (const QString &candidate : candidates) {
        const int count =
            plain.size() >= 3 && candidate.startsWith(plain) ? 1 : slips(plain, candidate);
        if (count < fewest) {
            fewest = count;
            best = candidate;
        }
    }
    return best;
}

QStringList queryFieldNames()
{
    QStringList names;
    for (const QueryFieldInfo &info : fields)
        names.append(QString::fromLatin1(info.name));
    return names;
}

QStringList queryWordNames(QueryField field)
{
    QStringList names;
    for (const QueryWordInfo &info : words) {
        if (info.field == field)
            names.append(QString::fromLatin1(info.name));
    }
    return names;
}

QString queryHelp()
{
    QString text = QStringLiteral(
        "A plain word finds every certificate that holds it in a name (international names in both "
        "spellings), serial number, fingerprint, subject, issuer, owner, tag or note. Several "
        "words and terms must all fit. Capital and small letters are the same.\n"
        "\n"
        "  expires<30d issuer:\"Let's Encrypt\" -tag:test\n"
        "  (tag:prod or tag:web) has:key\n"
        "\n"
        "not, - or ! turns a term around; or, | offers a choice; ( ) group; \" \" hold words "
        "together and take every character as it is; * stands for any characters and ? for one; a "
        "comma offers values: tag:prod,web.\n"
        "Operators: : = != < <= > >=. \":\" finds a part of a text, \"=\" the whole.\n"
        "Times: 12h, 30d, 6w, 3m, 2y, or a plain number of days. Dates (UTC): 2026-12-31, 2026-12, "
        "2026, today, tomorrow, yesterday.\n"
        "\n"
        "Fields:\n");
    for (const QueryFieldInfo &info : fields)
        text += QStringLiteral("  %1 %2\n%3%4\n")
                    .arg(QString::fromLatin1(info.name).leftJustified(11),
                         QString::fromLatin1(info.help), QString(14, QLatin1Char(' ')),
                         QString::fromLatin1(info.example));
    for (const QueryField field : {QueryField::Is, QueryField::Has}) {
        text += QStringLiteral("\n%1:\n").arg(QLatin1String(queryFieldInfo(field).name));
        for (const QueryWordInfo &info : words) {
            if (info.field == field)
                text += QStringLiteral("  %1 %2\n")
                            .arg(QString::fromLatin1(info.name).leftJustified(11),
                                 QString::fromLatin1(info.help));
        }
    }
    return text;
}

} // namespace sealbook
