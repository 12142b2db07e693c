// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/HttpApiProvider.h"

#include "core/providers/TxtValue.h"

#include <QJsonArray>

#include <algorithm>

namespace sealbook {

namespace {

constexpr int mostPages = 200;
constexpr int mostZonesTold = 50;
constexpr int mostWrites = 3; // of one value into a set that others change too
constexpr int mostTurns = 3; // that may be lost in a row

QString withoutDot(QString name)
{
    if (name.endsWith(QLatin1Char('.')))
        name.chop(1);
    return name.toLower();
}

QStringList capturedNames(const std::vector<StepDefinition> &steps)
{
    QStringList names;
    for (const StepDefinition &step : steps) {
        for (const auto &[name, path] : step.capture)
            names.append(name);
    }
    return names;
}

// True where the steps can run with what is known, that is without looking the record up.
bool isEnough(const std::vector<StepDefinition> &steps, const TemplateVariables &variables)
{
    QStringList asked;
    for (const StepDefinition &step : steps) {
        asked += templateNames(step.request.path) + templateNames(step.request.body);
        for (const auto &[name, text] : step.request.query)
            asked += templateNames(text);
    }
    const QStringList later = capturedNames(steps);
    return std::all_of(asked.begin(), asked.end(), [&](const QString &name) {
        return variables.values.contains(name) || later.contains(name);
    });
}

TemplateVariables::Item itemFor(const QString &value, const QJsonObject &defaults)
{
    TemplateVariables::Item item;
    for (auto it = defaults.begin(); it != defaults.end(); ++it)
        item.insert(it.key(), it.value());
    item.insert(QStringLiteral("value"), value);
    item.insert(QStringLiteral("quoted"), quotedTxt(value));
    return item;
}

// B74: null, an empty text and an object are no ids. A path that ends where the id should stand may
// mean everything there is.
bool isKnown(const QJsonValue &value)
{
    return !templateText(value).isEmpty();
}

void addCaptured(TemplateVariables::Item &into, const std::map<QString, ValuePath> &capture,
                 const QJsonValue &document, const TemplateVariables &variables)
{
    for (const auto &[name, path] : capture) {
        const std::vector<QJsonValue> found = path.select(document, variables);
        if (found.empty())
            continue;
        // An id such as "/hostedzone/Z1" is known by its last part alone.
        QJsonValue value = found.front();
        if (value.isString() && value.toString().startsWith(QLatin1Char('/')))
            value = value.toString().section(QLatin1Char('/'), -1);
        if (isKnown(value))
            into.insert(name, value);
    }
}

// Statuses that a provider may answer to what stands there already.
bool maybeThereAlready(const Error &error)
{
    const int status = error.evidence.value(QLatin1String("status")).toInt();
    return error.kind == Error::Kind::ProviderRefused
        && (status == 400 || status == 409 || status == 422);
}

// What the next page is called; empty after the last one.
QString nextPage(const PagingDefinition &paging, const ApiReply &reply,
                 const TemplateVariables &variables, int pagesRead)
{
    if (paging.pages) {
        const int all = paging.pages->text(reply.document, variables).toInt();
        return pagesRead < all ? QString::number(pagesRead + 1) : QString();
    }
    return paging.next ? paging.next->text(reply.document, variables) : reply.next.toString();
}

} // namespace

HttpApiProvider::HttpApiProvider(const ProviderDefinition &definition,
                                 std::unique_ptr<ApiClient> client,
                                 std::map<DnsName, Gate> &nameGates, NameTurns *turns)
    : m_definition(definition)
    , m_client(std::move(client))
    , m_nameGates(nameGates)
    , m_turns(turns)
{
}

ProviderTraits HttpApiProvider::traits() const
{
    return m_definition.summary.traits;
}

Result<> HttpApiProvider::allowed(const TxtRecord &record) const
{
    if (record.zone.isRoot() || !record.name.isAtOrBelow(record.zone))
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("%1 does not lie in the zone %2")
                        .arg(record.name.text(), record.zone.text()));
    if (record.value.isEmpty() || record.value.size() > 4096)
        return fail(
            Error::Kind::BadRequest,
            QStringLiteral("a TXT value of %1 characters is not written").arg(record.value.size()));
    return {};
}

Task<HttpApiProvider::Item> HttpApiProvider::zoneOf(DnsName zone, std::stop_token stop)
{
    Item known;
    if (!m_definition.looksUpZones())
        co_return known;
    const QString what = QStringLiteral("another look-up of the same zone");
    Task<Gate::Pass> entering = m_zoneGates[zone].enter(what, stop);
    const Result<Gate::Pass> pass = co_await std::move(entering);
    if (!pass)
        co_return fail(pass.error());
    const auto found = m_zones.find(zone);
    if (found != m_zones.end()) {
        known = found->second; // QCoro 0.8 moves out of whatever is co_returned, lvalues too
        co_return known;
    }
    Task<Item> looking = lookUpZone(zone, stop);
    Result<Item> item = co_await std::move(looking);
    if (item)
        m_zones.emplace(zone, *item);
    co_return item;
}

Task<HttpApiProvider::Item> HttpApiProvider::lookUpZone(DnsName zone, std::stop_token stop)
{
    const ListDefinition &zones = *m_definition.zones;
    TemplateVariables variables = m_client->variables();
    variables.values.insert(QStringLiteral("zone"), zone.text());
    variables.values.insert(QStringLiteral("zone."), zone.absolute());
    variables.values.insert(QStringLiteral("page"), 1);
    const RequestTemplate *request = zones.byName ? &*zones.byName : &zones.request;
    Task<Listing> listing = list(&zones, request, variables, stop);
    const Result<Listing> found = co_await std::move(listing);
    if (!found)
        co_return fail(found.error(), "looking the zone up at the provider");
    std::vector<Item> matches;
    for (const auto &[name, item] : found->items) {
        if (withoutDot(name) == zone.text())
            matches.push_back(item);
    }
    if (matches.size() == 1)
        co_return matches.front();
    if (matches.empty()) {
        Error error;
        error.kind = Error::Kind::NotFound;
        QCoro::Task<Error> explaining = explained(error, zone, stop);
        Error told = co_await std::move(explaining);
        co_return fail(std::move(told));
    }
    // B73: a name that stands there twice, such as a public and a private zone.
    QStringList ids;
    for (const Item &item : matches) {
        for (const QJsonValue &id : item)
            ids.append(templateText(id));
    }
    co_return fail(Error::Kind::Conflict,
                   QStringLiteral("%1 holds the zone %2 more than once: %3")
                       .arg(m_definition.summary.name, zone.text(), ids.join(QLatin1String(", "))),
                   QStringLiteral("Use a credential that reaches only the right one of them."));
}

Task<TemplateVariables> HttpApiProvider::variablesFor(TxtRecord record, std::stop_token stop)
{
    const Result<> permitted = allowed(record);
    if (!permitted)
        co_return fail(permitted.error());
    const Result<Item> zone = co_await zoneOf(record.zone, stop);
    if (!zone)
        co_return fail(zone.error());
    TemplateVariables variables = m_client->variables();
    variables.values.insert(*zone);
    const QString sub = record.name.relativeTo(record.zone);
    const int least = std::max(traits().minTtl, zone->value(QStringLiteral("min_ttl")).toInt());
    variables.values.insert(QStringLiteral("zone"), record.zone.text());
    variables.values.insert(QStringLiteral("zone."), record.zone.absolute());
    variables.values.insert(QStringLiteral("fqdn"), record.name.text());
    variables.values.insert(QStringLiteral("fqdn."), record.name.absolute());
    variables.values.insert(QStringLiteral("sub"), sub);
    variables.values.insert(QStringLiteral("sub_or_at"), sub.isEmpty() ? QStringLiteral("@") : sub);
    variables.values.insert(QStringLiteral("value"), record.value);
    variables.values.insert(QStringLiteral("quoted"), quotedTxt(record.value));
    variables.values.insert(QStringLiteral("ttl"), std::max(record.ttl, least));
    variables.values.insert(QStringLiteral("page"), 1);
    co_return variables;
}

Result<> HttpApiProvider::takePage(Listing &listing, const ListDefinition &list,
                                   const ApiReply &reply, const TemplateVariables &variables) const
{
    if (reply.document.isUndefined())
        return fail(m_client->notUnderstood(reply));
    addCaptured(listing.set, list.captureSet, reply.document, variables);
    const QString fqdn = variables.values.value(QStringLiteral("fqdn")).toString();
    const QString sub = variables.values.value(QStringLiteral("sub_or_at")).toString();
    for (const QJsonValue &element : list.items.select(reply.document, variables)) {
        const QString name = list.name ? list.name->text(element, variables) : QString();
        Item item;
        QString key = name;
        if (list.value) {
            if (list.name && withoutDot(name) != fqdn && withoutDot(name) != sub)
                continue;
            const QString given = list.value->text(element, variables).trimmed();
            key = plainTxt(given);
            item = itemFor(key, {});
            // What others wrote goes back as it came: Route 53 escapes in octal, RFC 1035 in
            // decimal, and not every value is UTF-8.
            if (given.size() > 1 && given.startsWith(QLatin1Char('"'))
                && given.endsWith(QLatin1Char('"')))
                item.insert(QStringLiteral("quoted"), given);
        }
        addCaptured(item, list.capture, element, variables);
        listing.items.emplace_back(key, item);
    }
    return {};
}

Task<HttpApiProvider::Listing> HttpApiProvider::list(const ListDefinition *list,
                                                     const RequestTemplate *request,
                                                     TemplateVariables variables,
                                                     std::stop_token stop)
{
    Listing listing;
    QUrl page;
    QString last;
    if (list->paging && !list->paging->into.isEmpty()
        && !variables.values.contains(list->paging->into))
        variables.values.insert(list->paging->into, QString());
    for (int pages = 0; pages < mostPages; ++pages) {
        Task<ApiReply> calling = m_client->call(request, variables, page, stop);
        const Result<ApiReply> reply = co_await std::move(calling);
        if (!reply)
            co_return fail(reply.error());
        if (pages == 0 && list->missing.contains(reply->status)) {
            listing.exists = false;
            co_return listing;
        }
        if (!m_client->succeeded(*reply, {}))
            co_return fail(m_client->errorOf(*reply, *request));
        const Result<> taken = takePage(listing, *list, *reply, variables);
        if (!taken)
            co_return fail(taken.error());
        if (!list->paging)
            co_return listing;
        const QString next = nextPage(*list->paging, *reply, variables, pages + 1);
        if (next.isEmpty())
            co_return listing;
        if (next == last)
            break; // the same page again and again
        last = next;
        if (list->paging->pages)
            variables.values.insert(QStringLiteral("page"), next);
        else if (!list->paging->into.isEmpty())
            variables.values.insert(list->paging->into, next);
        else
            page = QUrl(next, QUrl::StrictMode);
    }
    co_return fail(
        Error::Kind::Corrupt, // B77
        QStringLiteral("%1's list does not come to an end").arg(m_definition.summary.name));
}

Task<HttpApiProvider::Listing> HttpApiProvider::values(TemplateVariables variables,
                                                       std::stop_token stop)
{
    const ListDefinition *definition = &*m_definition.values;
    const RequestTemplate *request = &definition->request;
    Task<Listing> listing = list(definition, request, variables, stop);
    Result<Listing> found = co_await std::move(listing);
    if (found && found->items.empty())
        found->exists = false;
    co_return found;
}

Task<ApiReply> HttpApiProvider::settled(const StepDefinition *step, TemplateVariables variables,
                                        std::stop_token stop)
{
    const QUrl noPage;
    std::chrono::milliseconds spent(0);
    std::chrono::milliseconds pause(300);
    for (;;) {
        Task<ApiReply> calling = m_client->call(&step->request, variables, noPage, stop);
        Result<ApiReply> reply = co_await std::move(calling);
        if (!reply || !step->until || !m_client->succeeded(*reply, step->status))
            co_return reply;
        const QString state = step->until->state.text(reply->document, variables);
        if (step->until->failed.contains(state)) {
            Error error = m_client->errorOf(*reply, step->request);
            const QString words = step->until->message.text(reply->document, variables);
            error.detail = QStringLiteral("%1 could not carry the change out: %2")
                               .arg(m_definition.summary.name, words.isEmpty() ? state : words);
            co_return fail(std::move(error));
        }
        if (step->until->done.contains(state)
            || spent >= std::chrono::seconds(step->until->seconds))
            co_return reply;
        const Result<> slept = co_await sleepFor(pause, stop);
        if (!slept)
            co_return fail(slept.error());
        spent += pause;
        pause = std::min(pause * 2, std::chrono::milliseconds(3000));
    }
}

Task<HttpApiProvider::Item> HttpApiProvider::run(const std::vector<StepDefinition> *steps,
                                                 TemplateVariables variables, std::stop_token stop)
{
    Item captured;
    for (const StepDefinition &step : *steps) {
        Task<ApiReply> running = settled(&step, variables, stop);
        const Result<ApiReply> reply = co_await std::move(running);
        if (!reply)
            co_return fail(reply.error());
        if (step.gone.contains(reply->status))
            co_return captured;
        if (!m_client->succeeded(*reply, step.status))
            co_return fail(m_client->errorOf(*reply, step.request));
        if (step.capture.empty())
            continue;
        if (reply->document.isUndefined())
            co_return fail(m_client->notUnderstood(*reply));
        addCaptured(captured, step.capture, reply->document, variables);
        variables.values.insert(captured);
    }
    co_return captured;
}

QJsonObject HttpApiProvider::handleFrom(const TemplateVariables &variables,
                                        const Item &captured) const
{
    QJsonObject handle;
    for (auto it = captured.begin(); it != captured.end(); ++it) {
        if (it.key() != QLatin1String("value") && it.key() != QLatin1String("quoted"))
            handle.insert(it.key(), it.value());
    }
    if (m_definition.zones) {
        for (const auto &[name, path] : m_definition.zones->capture) {
            if (variables.values.contains(name))
                handle.insert(name, variables.values.value(name));
        }
    }
    return handle;
}

Task<HttpApiProvider::Item> HttpApiProvider::changeSet(TxtRecord record, SetChange change,
                                                       TemplateVariables variables,
                                                       std::stop_token stop)
{
    const QString what = QStringLiteral("another change at the same name");
    Task<Gate::Pass> entering = m_nameGates[record.name].enter(what, stop);
    const Result<Gate::Pass> pass = co_await std::move(entering);
    if (!pass)
        co_return fail(pass.error());
    if (!m_turns) {
        Task<Item> changing = changeSetInTurn(record, change, std::move(variables), stop);
        co_return co_await std::move(changing);
    }
    for (int turns = 1;; ++turns) {
        const Result<> turn = co_await m_turns->take(record.name, stop);
        if (!turn)
            co_return fail(turn.error());
        Task<Item> changing = changeSetInTurn(record, change, variables, stop);
        Result<Item> changed = co_await std::move(changing);
        co_await m_turns->giveBack(record.name);
        const bool isLost =
            !changed && changed.error().evidence.contains(QLatin1String("turn_lost"));
        if (!isLost || turns == mostTurns)
            co_return changed;
    }
}

// Every write is read back: a program that knows nothing of our turns may have replaced the set
// between our look and our write, or just after.
Task<HttpApiProvider::Item> HttpApiProvider::changeSetInTurn(TxtRecord record, SetChange change,
                                                             TemplateVariables variables,
                                                             std::stop_token stop)
{
    Item captured;
    for (int written = 0;; ++written) {
        const Result<Listing> now = co_await values(variables, stop);
        // What was written stands; whether it is served, the board will see.
        if (!now && written > 0)
            co_return captured;
        if (!now)
            co_return fail(now.error(), "reading the record set");
        const bool isThere =
            std::any_of(now->items.begin(), now->items.end(),
                        [&record](const auto &item) { return item.first == record.value; });
        if (isThere == (change == SetChange::Add))
            co_return captured;
        if (written == mostWrites)
            break;
        const std::chrono::milliseconds pause(500 * written);
        const Result<> slept = co_await sleepFor(pause, stop);
        if (!slept)
            co_return fail(slept.error());
        if (m_turns) {
            const Result<> still = co_await m_turns->renew(record.name);
            if (!still)
                co_return fail(still.error());
        }
        TemplateVariables merged = variables;
        const std::vector<StepDefinition> *const steps = stepsFor(record, change, *now, merged);
        Task<Item> running = run(steps, std::move(merged), stop);
        Result<Item> done = co_await std::move(running);
        if (!done)
            co_return done;
        captured = std::move(*done);
    }
    co_return fail(Error::Kind::Conflict,
                   QStringLiteral("something else keeps replacing the TXT records at %1")
                       .arg(record.name.text()),
                   QStringLiteral("See which other program changes this name, and stop it there."));
}

const std::vector<StepDefinition> *HttpApiProvider::stepsFor(const TxtRecord &record,
                                                             SetChange change, const Listing &now,
                                                             TemplateVariables &variables) const
{
    variables.values.insert(now.set);
    std::vector<Item> current;
    std::vector<Item> wanted;
    for (const auto &[value, item] : now.items) {
        current.push_back(item);
        if (value != record.value)
            wanted.push_back(item);
    }
    const bool last = wanted.empty();
    if (change == SetChange::Add)
        wanted.push_back(itemFor(record.value, m_definition.values->defaults));
    variables.lists.insert(QStringLiteral("current"), current);
    variables.lists.insert(QStringLiteral("values"), wanted);
    if (change == SetChange::Add)
        return !now.exists && !m_definition.addFirst.empty() ? &m_definition.addFirst
                                                             : &m_definition.add;
    return last && !m_definition.removeLast.empty() ? &m_definition.removeLast
                                                    : &m_definition.remove;
}

Task<PublishedTxt> HttpApiProvider::add(TxtRecord record, std::stop_token stop)
{
    const Result<TemplateVariables> variables = co_await variablesFor(record, stop);
    if (!variables)
        co_return fail(variables.error());
    const bool isSet = m_definition.writes == ProviderDefinition::Writes::Set;
    Task<Item> adding = isSet ? changeSet(record, SetChange::Add, *variables, stop)
                              : run(&m_definition.add, *variables, stop);
    const Result<Item> captured = co_await std::move(adding);
    if (!captured && !isSet && m_definition.values && maybeThereAlready(captured.error())) {
        // Many refuse to write what is there already; then it is ours to adopt.
        const auto found = co_await find(record, stop);
        if (found && *found)
            co_return **found;
    }
    if (!captured) {
        QCoro::Task<Error> explaining = explained(captured.error(), record.zone, stop);
        Error told = co_await std::move(explaining);
        co_return fail(std::move(told), "publishing the TXT record");
    }
    PublishedTxt published;
    published.handle = handleFrom(*variables, *captured);
    const int ttl = variables->values.value(QStringLiteral("ttl")).toInt();
    if (ttl > record.ttl) // B78
        published.notes.append(QStringLiteral("TTL raised to %1 s, the least that %2 takes")
                                   .arg(ttl)
                                   .arg(m_definition.summary.name));
    co_return published;
}

Task<std::optional<PublishedTxt>> HttpApiProvider::find(TxtRecord record, std::stop_token stop)
{
    std::optional<PublishedTxt> published;
    if (!m_definition.values)
        co_return published;
    const Result<TemplateVariables> variables = co_await variablesFor(record, stop);
    if (!variables)
        co_return fail(variables.error());
    const Result<Listing> now = co_await values(*variables, stop);
    if (!now)
        co_return fail(now.error(), "looking for the TXT record");
    for (const auto &[value, item] : now->items) {
        if (value != record.value)
            continue;
        published.emplace();
        published->handle = handleFrom(*variables, item);
        break;
    }
    co_return published;
}

Task<> HttpApiProvider::removeRecords(TxtRecord record, TemplateVariables variables,
                                      std::stop_token stop)
{
    if (isEnough(m_definition.remove, variables)) {
        Task<Item> running = run(&m_definition.remove, variables, stop);
        const Result<Item> removed = co_await std::move(running);
        if (!removed)
            co_return fail(removed.error());
        co_return {};
    }
    if (!m_definition.values)
        co_return fail(Error::Kind::ProviderRefused,
                       QStringLiteral("%1 tells a record's id only once, and it was lost")
                           .arg(m_definition.summary.name),
                       QStringLiteral("Remove the TXT record %1 by hand.").arg(record.name.text()));
    const Result<Listing> now = co_await values(variables, stop);
    if (!now)
        co_return fail(now.error(), "looking for the TXT record");
    for (const auto &[value, item] : now->items) {
        if (value != record.value)
            continue;
        TemplateVariables withId = variables;
        withId.values.insert(item);
        Task<Item> running = run(&m_definition.remove, withId, stop);
        const Result<Item> removed = co_await std::move(running);
        if (!removed)
            co_return fail(removed.error());
    }
    co_return {};
}

Task<> HttpApiProvider::remove(TxtRecord record, QJsonObject handle, std::stop_token stop)
{
    if (!traits().canDelete)
        co_return fail(
            Error::Kind::ProviderRefused,
            QStringLiteral("%1 has no call to remove a record").arg(m_definition.summary.name),
            QStringLiteral("Remove the TXT record %1 by hand.").arg(record.name.text()));
    // The handle knows the zone's id, which saves a look-up after a restart.
    if (m_definition.looksUpZones() && !m_zones.contains(record.zone)) {
        Item zone;
        for (const auto &[name, path] : m_definition.zones->capture) {
            if (isKnown(handle.value(name)))
                zone.insert(name, handle.value(name));
        }
        if (zone.size() == qsizetype(m_definition.zones->capture.size()))
            m_zones.emplace(record.zone, zone);
    }
    Result<TemplateVariables> variables = co_await variablesFor(record, stop);
    if (!variables)
        co_return fail(variables.error());
    for (auto it = handle.begin(); it != handle.end(); ++it) {
        if (!variables->values.contains(it.key()) && isKnown(it.value()))
            variables->values.insert(it.key(), it.value());
    }
    if (m_definition.writes == ProviderDefinition::Writes::Set) {
        Task<Item> changing = changeSet(record, SetChange::Remove, *variables, stop);
        const Result<Item> changed = co_await std::move(changing);
        if (!changed)
            co_return fail(changed.error(), "removing the TXT record");
        co_return {};
    }
    Task<> removing = removeRecords(record, *variables, stop);
    const Result<> removed = co_await std::move(removing);
    if (!removed)
        co_return fail(removed.error(), "removing the TXT record");
    co_return {};
}

Task<std::vector<DnsName>> HttpApiProvider::zones(std::stop_token stop)
{
    std::vector<DnsName> names;
    if (!m_definition.zones)
        co_return names;
    TemplateVariables variables = m_client->variables();
    variables.values.insert(QStringLiteral("page"), 1);
    const ListDefinition *definition = &*m_definition.zones;
    Task<Listing> listing = list(definition, &definition->request, variables, stop);
    const Result<Listing> found = co_await std::move(listing);
    if (!found)
        co_return fail(found.error(), "listing the zones of the credential");
    for (const auto &[text, item] : found->items) {
        const Result<DnsName> name = DnsName::fromText(text);
        if (name && !name->isRoot())
            names.push_back(*name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    co_return names;
}

QCoro::Task<Error> HttpApiProvider::explained(Error error, DnsName zone, std::stop_token stop)
{
    const bool maybeTheZone = error.kind == Error::Kind::NotFound
        || error.evidence.value(QLatin1String("status")).toInt() == 404;
    if (!maybeTheZone || !m_definition.zones)
        co_return error;
    const Result<std::vector<DnsName>> seen = co_await zones(stop);
    if (seen && std::find(seen->begin(), seen->end(), zone) != seen->end()
        && error.kind != Error::Kind::NotFound)
        co_return error;
    QStringList names;
    for (const DnsName &name : seen.value_or(std::vector<DnsName>()))
        names.append(name.text());
    Error told;
    told.kind = Error::Kind::NotFound;
    told.detail = names.isEmpty()
        ? QStringLiteral("this credential sees no zone %1 at %2")
              .arg(zone.text(), m_definition.summary.name)
        : QStringLiteral("this credential sees no zone %1 at %2, only: %3")
              .arg(zone.text(), m_definition.summary.name,
                   QStringList(names.mid(0, 10)).join(QLatin1String(", "))
                       + (names.size() > 10 ? QStringLiteral(" …") : QString()));
    told.advice = QStringLiteral("Use a credential that reaches the zone.");
    told.evidence.insert(QStringLiteral("zone"), zone.text());
    told.evidence.insert(QStringLiteral("zones"),
                         QJsonArray::fromStringList(names.mid(0, mostZonesTold)));
    told.evidence.insert(QStringLiteral("zone_count"), names.size());
    co_return told;
}

} // namespace sealbook
