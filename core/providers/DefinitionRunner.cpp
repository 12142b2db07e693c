// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/DefinitionRunner.h"

#include "core/providers/TxtValue.h"

#include <algorithm>

namespace sealbook {

namespace {

constexpr int mostPages = 200;

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

TemplateVariables::Item itemFor(const QString &value, const QJsonObject &defaults)
{
    TemplateVariables::Item item;
    for (auto it = defaults.begin(); it != defaults.end(); ++it)
        item.insert(it.key(), it.value());
    item.insert(QStringLiteral("value"), value);
    item.insert(QStringLiteral("quoted"), quotedTxt(value));
    return item;
}

bool isKnown(const QJsonValue &value)
{
    return !templateText(value).isEmpty();
}

QString withoutDot(QString name)
{
    if (name.endsWith(QLatin1Char('.')))
        name.chop(1);
    return name.toLower();
}

Result<> DefinitionRunner::takePage(Listing &listing, const ListDefinition &list,
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

Task<DefinitionRunner::Listing> DefinitionRunner::list(const ListDefinition *list,
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

Task<DefinitionRunner::Listing> DefinitionRunner::values(TemplateVariables variables,
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

Task<ApiReply> DefinitionRunner::settled(const StepDefinition *step, TemplateVariables variables,
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

Task<DefinitionRunner::Item> DefinitionRunner::run(const std::vector<StepDefinition> *steps,
                                                   TemplateVariables variables,
                                                   std::stop_token stop)
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

} // namespace sealbook
