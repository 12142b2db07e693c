// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <span>

namespace sealbook {

// What a term of the query language looks at.
enum class QueryField {
    Any, // a plain word: all texts
    Name,
    Covers,
    Subject,
    Issuer,
    Serial,
    Sha256,
    Same,
    Key,
    Signature,
    Tag,
    Owner,
    Note,
    Zone,
    Place,
    Credential,
    Expires,
    Issued,
    Added,
    Seen,
    Lifetime,
    NameCount,
    Failed,
    Is,
    Has
};

// What stands behind is: and has:.
enum class QueryWord {
    Expired,
    Valid,
    Future,
    Overdue,
    ActNow,
    Soon,
    Fine,
    Retired,
    Trashed,
    Revoked,
    Superseded,
    Latest,
    Wildcard,
    Idn,
    Ip,
    Ca,
    SelfSigned,
    Weak,
    Sha1,
    Long,
    SharedKey,
    Served,
    Drift,
    Certificate,
    Request,
    Key,
    HasKey,
    HasNote,
    HasOwner,
    HasTag,
    HasPlace,
    HasCredential,
    HasName,
    HasWindow
};

enum class QueryValueKind {
    Text, // ":" = contains, "=" = is exactly
    Exact, // ":" = is exactly (or fits the pattern)
    Expiry, // a moment ahead, or how long until it
    Past, // a moment behind, or how long since it
    Span, // a length of time
    Number,
    Word
};

// One row of the language's table: everything that parser, completion and help know of a field.
struct QueryFieldInfo
{
    QueryField field;
    QueryValueKind kind;
    const char *name; // what completion offers
    const char *aliases; // separated by blanks
    const char *help; // a sentence
    const char *example;
};

struct QueryWordInfo
{
    QueryWord word;
    QueryField field; // Is or Has
    const char *name;
    const char *aliases;
    const char *help;
};

[[nodiscard]] std::span<const QueryFieldInfo> queryFields();
[[nodiscard]] std::span<const QueryWordInfo> queryWords();
[[nodiscard]] const QueryFieldInfo &queryFieldInfo(QueryField field);
// By name or alias; "-" and "_" do not count.
[[nodiscard]] const QueryFieldInfo *queryFieldFromName(const QString &name);
[[nodiscard]] std::optional<QueryWord> queryWordFromName(QueryField field, const QString &name);

// The nearest of the candidates by spelling, or "" where none is near.
[[nodiscard]] QString nearestSpelling(const QString &typed, const QStringList &candidates);
[[nodiscard]] QStringList queryFieldNames();
[[nodiscard]] QStringList queryWordNames(QueryField field);

// The language explained to a person: a page of plain text.
[[nodiscard]] QString queryHelp();

} // namespace sealbook
