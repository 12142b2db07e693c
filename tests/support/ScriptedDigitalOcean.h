// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/HttpTransport.h"
#include "tests/support/FakeResolver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrlQuery>

namespace sealbook {

// The API of DigitalOcean as far as TXT records go, with one zone in memory, behind an
// HttpTransport; what it holds a FakeResolver may serve. Each token is an account of its own that
// can be out of order. Owned by the test.
class ScriptedDigitalOcean final : public HttpTransport
{
public:
    ScriptedDigitalOcean(FakeResolver &resolver, QString zone)
        : m_resolver(resolver)
        , m_zone(std::move(zone))
    {
    }
    [[nodiscard]] int requestCount() const override { return m_count; }

    [[nodiscard]] Task<HttpResponse> send(HttpRequest request, std::stop_token stop) override
    {
        ++m_count;
        const std::chrono::milliseconds pause(1);
        const auto slept = co_await sleepFor(pause, stop);
        if (!slept)
            co_return fail(slept.error());
        QByteArray token;
        for (const SecretHeader &header : request.secretHeaders)
            token = QByteArray(header.value.text().data(), qsizetype(header.value.size()));
        const bool isDown = !downToken.isEmpty() && token.endsWith(downToken)
            && (downMethod.isEmpty() || downMethod == request.method);
        if (isDown)
            co_return HttpResponse{503, {}, "upstream is away"};
        co_return answer(request);
    }

    QByteArray downToken; // the account of this token is answered with 503
    QByteArray downMethod; // only for this method; empty = for all
    bool serves = true; // what is written from now on is served
    std::map<int, QPair<QString, QString>> held; // id -> name, value

private:
    static HttpResponse json(int status, const QJsonObject &object)
    {
        return {status,
                {{"content-type", "application/json"}},
                QJsonDocument(object).toJson(QJsonDocument::Compact)};
    }
    HttpResponse answer(const HttpRequest &request)
    {
        if (!request.url.path().endsWith(QLatin1String("/domains")))
            return request.method == "POST"  ? add(request)
                : request.method == "DELETE" ? remove(request)
                                             : list(request);
        const QJsonObject zone{{QStringLiteral("name"), m_zone}};
        return json(200, {{QStringLiteral("domains"), QJsonArray{zone}}});
    }
    HttpResponse add(const HttpRequest &request)
    {
        const QJsonObject body = QJsonDocument::fromJson(request.body).object();
        QString name = body[QLatin1String("name")].toString();
        name.chop(name.endsWith(QLatin1Char('.')) ? 1 : 0);
        const QString value = body[QLatin1String("data")].toString();
        held[++m_last] = {name, value};
        if (serves)
            m_resolver.addTxt(name, value);
        const QJsonObject record{{QStringLiteral("id"), m_last}};
        return json(201, {{QStringLiteral("domain_record"), record}});
    }
    HttpResponse remove(const HttpRequest &request)
    {
        const int id = request.url.path().section(QLatin1Char('/'), -1).toInt();
        const auto found = held.find(id);
        if (found == held.end())
            return json(404, {{QStringLiteral("id"), QStringLiteral("not_found")}});
        m_resolver.removeTxt(found->second.first, found->second.second);
        held.erase(found);
        return {204, {}, {}};
    }
    HttpResponse list(const HttpRequest &request) const
    {
        const QString wanted = QUrlQuery(request.url).queryItemValue(QStringLiteral("name"));
        QJsonArray records;
        for (const auto &[id, record] : held) {
            if (record.first == wanted)
                records.append(QJsonObject{{QStringLiteral("id"), id},
                                           {QStringLiteral("type"), QStringLiteral("TXT")},
                                           {QStringLiteral("name"), record.first},
                                           {QStringLiteral("data"), record.second}});
        }
        return json(200, {{QStringLiteral("domain_records"), records}});
    }

    FakeResolver &m_resolver;
    QString m_zone;
    int m_count = 0;
    int m_last = 0;
};

} // namespace sealbook
