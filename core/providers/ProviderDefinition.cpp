// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/ProviderDefinition.h"

#include "core/providers/DefinitionReader.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace sealbook {

namespace {

const QLatin1String credPrefix("cred.");

// What the engine itself knows while it fills a template in.
const QStringList &builtInNames()
{
    static const QStringList names{QStringLiteral("zone"),  QStringLiteral("zone."),
                                   QStringLiteral("fqdn"),  QStringLiteral("fqdn."),
                                   QStringLiteral("sub"),   QStringLiteral("sub_or_at"),
                                   QStringLiteral("value"), QStringLiteral("quoted"),
                                   QStringLiteral("ttl"),   QStringLiteral("page")};
    return names;
}

RequestTemplate readRequest(DefinitionReader &reader)
{
    RequestTemplate request;
    if (reader.has("method"))
        request.method = reader.text("method").toLatin1();
    static const QList<QByteArray> methods{"GET", "POST", "PUT", "PATCH", "DELETE"};
    if (!methods.contains(request.method))
        reader.fault(QStringLiteral("the method \"%1\" is not one that we send")
                         .arg(QString::fromLatin1(request.method)));
    request.path = reader.text("path");
    if (!request.path.startsWith(QLatin1Char('/')))
        reader.fault(QStringLiteral("the path \"%1\" does not start with \"/\"").arg(request.path));
    const QJsonObject query = reader.object("query");
    for (auto it = query.begin(); it != query.end(); ++it)
        request.query.emplace_back(it.key(), it.value().toString());
    const QJsonObject headers = reader.object("headers");
    for (auto it = headers.begin(); it != headers.end(); ++it)
        request.headers.emplace(it.key(), it.value().toString());
    const std::pair<const char *, RequestTemplate::Body> kinds[] = {
        {"json", RequestTemplate::Body::Json},
        {"form", RequestTemplate::Body::Form},
        {"xml", RequestTemplate::Body::Xml}};
    for (const auto &[key, kind] : kinds) {
        if (!reader.has(key))
            continue;
        if (request.bodyKind != RequestTemplate::Body::None)
            reader.fault(QStringLiteral("more than one body"));
        request.bodyKind = kind;
        request.body = reader.any(key);
    }
    return request;
}

StepDefinition readStep(const QJsonObject &object, const QString &place, QStringList &faults)
{
    DefinitionReader reader(object, place, faults);
    StepDefinition step;
    step.request = readRequest(reader);
    step.status = reader.numbers("status");
    step.gone = reader.numbers("gone");
    step.capture = reader.paths("capture");
    if (reader.has("until")) {
        DefinitionReader until = reader.inner("until");
        PollUntil poll;
        poll.state = until.path("state");
        poll.done = until.texts("done");
        poll.failed = until.texts("failed");
        if (until.has("message"))
            poll.message = until.path("message");
        poll.seconds = until.number("seconds", poll.seconds);
        until.finish();
        step.until = poll;
    }
    reader.finish();
    return step;
}

std::vector<StepDefinition> readSteps(DefinitionReader &reader, const char *key,
                                      QStringList &faults)
{
    std::vector<StepDefinition> steps;
    const QJsonArray array = reader.array(key);
    for (const QJsonValue &value : array) {
        const QString place =
            QStringLiteral("%1[%2]").arg(QString::fromLatin1(key)).arg(steps.size());
        steps.push_back(readStep(value.toObject(), place, faults));
    }
    return steps;
}

std::optional<ListDefinition> readList(DefinitionReader &parent, const char *key)
{
    if (!parent.has(key))
        return std::nullopt;
    DefinitionReader reader = parent.inner(key);
    ListDefinition list;
    list.request = readRequest(reader);
    if (reader.has("by_name")) {
        DefinitionReader byName = reader.inner("by_name");
        list.byName = readRequest(byName);
        byName.finish();
    }
    list.items = reader.path("items");
    if (reader.has("name"))
        list.name = reader.path("name");
    if (reader.has("value"))
        list.value = reader.path("value");
    list.capture = reader.paths("capture");
    list.captureSet = reader.paths("capture_set");
    list.defaults = reader.object("defaults");
    list.missing = reader.numbers("missing");
    if (reader.has("paging")) {
        DefinitionReader paging = reader.inner("paging");
        PagingDefinition next;
        if (paging.has("pages"))
            next.pages = paging.path("pages");
        else if (!paging.flag("link", false))
            next.next = paging.path("next");
        next.into = paging.optionalText("into");
        paging.finish();
        list.paging = next;
    }
    reader.finish();
    return list;
}

AuthDefinition readAuth(DefinitionReader reader)
{
    AuthDefinition auth;
    auth.kind = AuthDefinition::Kind(
        reader.choice("kind",
                      {QStringLiteral("bearer"), QStringLiteral("header"), QStringLiteral("basic"),
                       QStringLiteral("query"), QStringLiteral("aws-sigv4")}));
    using Kind = AuthDefinition::Kind;
    auth.secret = reader.text("secret");
    if (auth.kind == Kind::Header || auth.kind == Kind::Query)
        auth.name = reader.text("name");
    if (auth.kind == Kind::Header)
        auth.prefix = reader.optionalText("prefix");
    if (auth.kind == Kind::Basic || auth.kind == Kind::AwsSigV4)
        auth.user = reader.text("user");
    if (auth.kind == Kind::AwsSigV4) {
        auth.session = reader.optionalText("session");
        auth.region = reader.text("region");
        auth.service = reader.text("service");
    }
    reader.finish();
    return auth;
}

void readField(ProviderDefinition &definition, DefinitionReader reader)
{
    ProviderField field;
    field.id = reader.text("id");
    field.label = reader.text("label");
    field.help = reader.optionalText("help");
    field.example = reader.optionalText("example");
    field.secret = reader.flag("secret", false);
    field.required = reader.flag("required", true);
    field.defaultValue = reader.optionalText("default");
    field.choices = reader.texts("choices");
    FieldRules rules;
    if (reader.has("kind"))
        rules.kind = FieldRules::Kind(
            reader.choice("kind", {QStringLiteral("text"), QStringLiteral("url")}));
    rules.prefixes = reader.texts("prefixes");
    reader.finish();
    definition.rules.emplace(field.id, rules);
    definition.summary.fields.push_back(std::move(field));
}

ProviderTraits readTraits(DefinitionReader reader)
{
    ProviderTraits traits;
    traits.valuesPerName = reader.number("values_per_name", 0);
    traits.canDelete = reader.flag("can_delete", true);
    traits.wholeZone = reader.flag("whole_zone", false);
    traits.minTtl = reader.number("min_ttl", 0);
    reader.finish();
    return traits;
}

void readErrors(ProviderDefinition &definition, DefinitionReader reader)
{
    const auto parsed = [&reader](const QString &text) {
        const Result<ValuePath> path = ValuePath::parse(text);
        if (!path)
            reader.fault(path.error().detail);
        return path.value_or(ValuePath());
    };
    const QStringList messages = reader.texts("message");
    for (const QString &text : messages)
        definition.errorMessages.push_back(parsed(text));
    const QStringList codes = reader.texts("code");
    for (const QString &text : codes)
        definition.errorCodes.push_back(parsed(text));
    if (reader.has("failed_when"))
        definition.failedWhen = reader.path("failed_when");
    definition.retryCodes = reader.texts("retry_codes");
    reader.finish();
}

void readHead(ProviderDefinition &definition, DefinitionReader &reader, QStringList &faults)
{
    static const QStringList evidences{QStringLiteral("vendor-doc"), QStringLiteral("other-client"),
                                       QStringLiteral("unverified")};
    ProviderSummary &summary = definition.summary;
    summary.code = reader.text("code");
    summary.name = reader.text("name");
    summary.documentation = QUrl(reader.text("documentation"), QUrl::StrictMode);
    summary.evidence = evidences.at(reader.choice("evidence", evidences));
    summary.leastPrivilege = reader.texts("least_privilege");
    summary.createUrl = QUrl(reader.optionalText("create_url"), QUrl::StrictMode);
    summary.traits = readTraits(reader.inner("traits"));
    const QJsonArray fields = reader.array("fields");
    for (qsizetype i = 0; i < fields.size(); ++i)
        readField(
            definition,
            DefinitionReader(fields.at(i).toObject(), QStringLiteral("fields[%1]").arg(i), faults));
    if (summary.leastPrivilege.isEmpty())
        reader.fault(
            QStringLiteral("\"least_privilege\" is missing: no provider without a recipe"));
    for (const QUrl &url : {summary.documentation, summary.createUrl}) {
        if (!url.isEmpty() && url.scheme() != QLatin1String("https"))
            reader.fault(QStringLiteral("%1 is not an https address").arg(url.toString()));
    }
}

// Where requests may go: https only, and only to hosts that the definition lists, or to the
// address that the user gave.
void checkAddress(const ProviderDefinition &definition, DefinitionReader &reader)
{
    if (definition.baseUrl.startsWith(QLatin1Char('{'))) {
        const QString id = definition.baseUrl.mid(1).section(QLatin1Char('}'), 0, 0).mid(5);
        const auto rules = definition.rules.find(id);
        if (rules == definition.rules.end() || rules->second.kind != FieldRules::Kind::Url)
            reader.fault(QStringLiteral("\"base_url\" names a field that is not a url"));
        if (!definition.hosts.isEmpty())
            reader.fault(
                QStringLiteral("\"hosts\" and an address of the user's exclude each other"));
        return;
    }
    const QUrl base(definition.baseUrl, QUrl::StrictMode);
    if (base.scheme() != QLatin1String("https"))
        reader.fault(QStringLiteral("\"base_url\" is not https"));
    if (!definition.hosts.contains(base.host()))
        reader.fault(QStringLiteral("the host of \"base_url\" is not among \"hosts\""));
    if (!base.userInfo().isEmpty())
        reader.fault(QStringLiteral("\"base_url\" holds user information"));
}

QStringList namesOf(const RequestTemplate &request)
{
    QStringList names = templateNames(request.path) + templateNames(request.body);
    for (const auto &[key, value] : request.query)
        names += templateNames(value);
    for (const auto &[key, value] : request.headers)
        names += templateNames(value);
    return names;
}

QStringList namesOf(const ListDefinition &list)
{
    QStringList names = namesOf(list.request) + list.items.names();
    if (list.byName)
        names += namesOf(*list.byName);
    return names;
}

void addCaptures(QStringList &known, const std::map<QString, ValuePath> &captures)
{
    for (const auto &[name, path] : captures)
        known.append(name);
}

std::vector<StepDefinition> allSteps(const ProviderDefinition &definition)
{
    std::vector<StepDefinition> steps = definition.add;
    for (const auto *more : {&definition.addFirst, &definition.remove, &definition.removeLast})
        steps.insert(steps.end(), more->begin(), more->end());
    return steps;
}

// Every {name} has to come from somewhere, and no secret may be pasted into a template.
void checkNames(const ProviderDefinition &definition, DefinitionReader &reader)
{
    QStringList known = builtInNames();
    QStringList asked = templateNames(definition.baseUrl);
    for (const ProviderField &field : definition.summary.fields) {
        if (!field.secret)
            known.append(credPrefix + field.id);
    }
    for (const auto *list : {&definition.zones, &definition.values}) {
        if (!*list)
            continue;
        addCaptures(known, (*list)->capture);
        addCaptures(known, (*list)->captureSet);
        known += (*list)->defaults.keys();
        asked += namesOf(**list);
        if ((*list)->paging && !(*list)->paging->into.isEmpty())
            known.append((*list)->paging->into);
    }
    for (const StepDefinition &step : allSteps(definition)) {
        addCaptures(known, step.capture);
        asked += namesOf(step.request);
    }
    asked.removeDuplicates();
    for (const QString &name : asked) {
        if (!known.contains(name))
            reader.fault(QStringLiteral("{%1} is asked for, but nothing gives it").arg(name));
    }
    const AuthDefinition &auth = definition.auth;
    const ProviderField *secret = definition.field(auth.secret);
    if (!secret || !secret->secret)
        reader.fault(
            QStringLiteral("\"auth\" names \"%1\", which is no secret field").arg(auth.secret));
    for (const QString &id : {auth.user, auth.session}) {
        if (!id.isEmpty() && !definition.field(id))
            reader.fault(QStringLiteral("\"auth\" names \"%1\", which is no field").arg(id));
    }
}

// R32: what writes says in so many words that it writes TXT, at the name that it was given.
void checkWrites(const ProviderDefinition &definition, DefinitionReader &reader)
{
    static const QStringList places{QStringLiteral("fqdn"), QStringLiteral("fqdn."),
                                    QStringLiteral("sub"), QStringLiteral("sub_or_at")};
    for (const StepDefinition &step : allSteps(definition)) {
        if (step.request.method == "GET")
            continue;
        QString everything = step.request.path;
        everything += QString::fromUtf8(
            QJsonDocument(QJsonArray{step.request.body}).toJson(QJsonDocument::Compact));
        for (const auto &[key, value] : step.request.query)
            everything += value;
        const QStringList names = namesOf(step.request);
        const bool byId = names.contains(QStringLiteral("record_id"));
        const bool here = std::any_of(names.begin(), names.end(),
                                      [](const QString &name) { return places.contains(name); });
        if (!byId && (!here || !everything.contains(QLatin1String("TXT"))))
            reader.fault(QStringLiteral("%1 %2 does not say TXT and the record's name")
                             .arg(QString::fromLatin1(step.request.method), step.request.path));
    }
    if (definition.add.empty()
        || (definition.remove.empty() && definition.summary.traits.canDelete))
        reader.fault(QStringLiteral("\"add\" or \"remove\" is missing"));
    if (definition.writes == ProviderDefinition::Writes::Set && !definition.values)
        reader.fault(
            QStringLiteral("who replaces a set has to read it first: \"values\" is missing"));
    if (definition.values && !definition.values->value)
        reader.fault(QStringLiteral("\"values\" lacks \"value\""));
    if (definition.zones && !definition.zones->name)
        reader.fault(QStringLiteral("\"zones\" lacks \"name\""));
}

} // namespace

const ProviderField *ProviderDefinition::field(const QString &id) const
{
    const auto found = std::find_if(summary.fields.begin(), summary.fields.end(),
                                    [&id](const ProviderField &field) { return field.id == id; });
    return found == summary.fields.end() ? nullptr : &*found;
}

Result<std::unique_ptr<ProviderDefinition>> ProviderDefinition::read(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject())
        return fail(Error::Kind::Corrupt,
                    QStringLiteral("not a JSON object: %1 at byte %2")
                        .arg(problem.errorString())
                        .arg(problem.offset));
    QStringList faults;
    DefinitionReader reader(document.object(), {}, faults);
    auto definition = std::make_unique<ProviderDefinition>();
    readHead(*definition, reader, faults);
    definition->baseUrl = reader.text("base_url");
    definition->hosts = reader.texts("hosts");
    definition->auth = readAuth(reader.inner("auth"));
    if (reader.has("reply"))
        definition->reply =
            Reply(reader.choice("reply", {QStringLiteral("json"), QStringLiteral("xml")}));
    definition->writes =
        Writes(reader.choice("writes", {QStringLiteral("record"), QStringLiteral("set")}));
    readErrors(*definition, reader.inner("errors"));
    definition->zones = readList(reader, "zones");
    definition->values = readList(reader, "values");
    definition->add = readSteps(reader, "add", faults);
    definition->addFirst = readSteps(reader, "add_first", faults);
    definition->remove = readSteps(reader, "remove", faults);
    definition->removeLast = readSteps(reader, "remove_last", faults);
    definition->parallel = qBound(1, reader.number("parallel", definition->parallel), 32);
    (void)reader.optionalText("note");
    checkAddress(*definition, reader);
    checkNames(*definition, reader);
    checkWrites(*definition, reader);
    reader.finish();
    if (faults.isEmpty())
        return definition;
    Error error;
    error.kind = Error::Kind::Corrupt;
    error.detail =
        QStringLiteral("%1: %2").arg(definition->summary.code, faults.join(QLatin1String("; ")));
    return fail(std::move(error));
}

} // namespace sealbook
