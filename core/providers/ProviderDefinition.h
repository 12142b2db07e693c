// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/ProviderSummary.h"
#include "core/providers/ValuePath.h"

#include <QJsonObject>

#include <map>
#include <optional>

namespace sealbook {

// One request of a definition, still with {names} in it.
struct RequestTemplate
{
    enum class Body { None, Json, Form, Xml };
    QByteArray method = "GET";
    QString path; // below the base address
    std::vector<std::pair<QString, QString>> query; // one that turns out empty is left out
    std::map<QString, QString> headers;
    Body bodyKind = Body::None;
    QJsonValue body;
};

// Asks again until the reply says so. When it does not come to an end in `seconds`, the story goes
// on: the name servers tell in the end.
struct PollUntil
{
    ValuePath state;
    QStringList done;
    QStringList failed;
    ValuePath message;
    int seconds = 20;
};

struct StepDefinition
{
    RequestTemplate request;
    QList<int> status; // what counts as success; empty = 200 to 299
    QList<int> gone; // what counts as success because there is nothing left to do
    std::map<QString, ValuePath> capture;
    std::optional<PollUntil> until;
};

// How a list goes on: `next` is the address of the next page, or (with `into`) the value of that
// name for the next request; `pages` is how many pages there are, and {page} counts; without both,
// the Link header of relation "next" (RFC 8288).
struct PagingDefinition
{
    std::optional<ValuePath> next;
    std::optional<ValuePath> pages;
    QString into;
};

// A list and where its items stand: zones (with a name), or the values of a TXT record set.
struct ListDefinition
{
    RequestTemplate request;
    std::optional<RequestTemplate> byName; // finds one zone without walking through all
    ValuePath items;
    std::optional<ValuePath> name; // zones: MUST; values: where the list holds other names too
    std::optional<ValuePath> value; // values: MUST
    std::map<QString, ValuePath> capture; // kept for each item
    std::map<QString, ValuePath> captureSet; // kept once, from the whole reply
    QJsonObject defaults; // what a new item of a set has in place of its captures
    QList<int> missing; // statuses that mean "nothing there"
    std::optional<PagingDefinition> paging;
};

struct AuthDefinition
{
    enum class Kind { Bearer, Header, Basic, Query, AwsSigV4 };
    Kind kind = Kind::Bearer;
    QString name; // of the header or of the query item
    QString prefix; // in front of the secret, "Token "
    QString secret; // field
    QString user; // field: Basic's user name, SigV4's access key
    QString session; // field: SigV4's session token
    QString region; // SigV4
    QString service; // SigV4
};

// What the house adds to a form field to check it.
struct FieldRules
{
    enum class Kind { Text, Url };
    Kind kind = Kind::Text;
    QStringList prefixes; // how such tokens start, where that is known (B34)
};

// One provider's API as data: resources/providers/<code>.json, checked strictly. Unknown keys,
// unknown {names}, a foreign host, plain http, a write that does not say TXT and a missing recipe
// are faults. Immutable; owned by the catalog, which outlives the providers made from it.
class ProviderDefinition
{
public:
    enum class Writes { Record, Set }; // adds one value, or replaces all values of the name
    enum class Reply { Json, Xml };

    [[nodiscard]] static Result<std::unique_ptr<ProviderDefinition>> read(const QByteArray &json);

    ProviderSummary summary; // leastPrivilege still with {zone} and {name}
    std::map<QString, FieldRules> rules; // by field
    QString baseUrl; // may be "{cred.url}"
    QStringList hosts; // empty where the address is the user's
    AuthDefinition auth;
    Reply reply = Reply::Json;
    Writes writes = Writes::Record;
    std::vector<ValuePath> errorMessages;
    std::vector<ValuePath> errorCodes;
    std::optional<ValuePath> failedWhen; // selects something in a reply of status 2xx that failed
    QStringList retryCodes; // error codes that ask for patience
    std::optional<ListDefinition> zones;
    std::optional<ListDefinition> values;
    std::vector<StepDefinition> add;
    std::vector<StepDefinition> addFirst; // where the set does not exist yet
    std::vector<StepDefinition> remove;
    std::vector<StepDefinition> removeLast; // where nothing is left of the set
    int parallel = 8; // requests at once

    [[nodiscard]] const ProviderField *field(const QString &id) const;
    // True where a zone has to be looked up for what is captured from it.
    [[nodiscard]] bool looksUpZones() const { return zones && !zones->capture.empty(); }
};

} // namespace sealbook
