// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/Resolver.h"
#include "core/dns/Wire.h"
#include "core/http/HttpTransport.h"

#include <functional>
#include <map>

namespace sealbook {

// An HttpTransport that is every DNS-over-HTTPS resolver of a test, by host. It serves the TXT
// values it was given and says NXDOMAIN (with an SOA) for all else, as real DNS messages. Hosts may
// answer by a script. Owned by the test; answers through the event loop.
class ScriptedDoh final : public HttpTransport
{
public:
    struct Asked
    {
        QString host;
        QByteArray method;
        QByteArray contentType;
        DnsName name;
        unsigned id = 0;
        unsigned type = 0;
    };
    using Script = std::function<Result<HttpResponse>(const HttpRequest &)>;

    void serve(const QString &host, const QString &owner, const QStringList &values)
    {
        m_values[{host, owner}] = values;
    }
    void script(const QString &host, Script script) { m_scripts[host] = std::move(script); }
    [[nodiscard]] int count(const QString &host) const
    {
        return int(std::count_if(asked.begin(), asked.end(),
                                 [&host](const Asked &each) { return each.host == host; }));
    }
    [[nodiscard]] int requestCount() const override { return int(asked.size()); }

    [[nodiscard]] static HttpResponse message(QByteArray body)
    {
        return {200, {{"content-type", "application/dns-message"}}, std::move(body)};
    }
    // The reply to the question in `query`: these TXT values, or "no such name" without any.
    [[nodiscard]] static QByteArray reply(const QByteArray &query, const QStringList &values,
                                          int negativeTtl = 60)
    {
        WireReader reader(query, 12);
        const DnsName name = nameIn(reader);
        WireWriter writer;
        writer.raw(query.left(2));
        writer.u16(values.isEmpty() ? 0x8183 : 0x8180); // QR RD RA, NXDOMAIN or not
        writer.u16(1);
        writer.u16(unsigned(values.size()));
        writer.u16(values.isEmpty() ? 1 : 0);
        writer.u16(0);
        writer.raw(query.mid(12, reader.at() + 4 - 12));
        for (const QString &value : values) {
            writer.name(name);
            writer.u16(16);
            writer.u16(1);
            writer.u32(60);
            writer.u16(unsigned(value.size()) + 1);
            writer.u8(unsigned(value.size()));
            writer.raw(value.toLatin1());
        }
        if (values.isEmpty()) {
            writer.name(name.parent());
            writer.u16(6);
            writer.u16(1);
            writer.u32(quint32(negativeTtl));
            writer.u16(22);
            writer.u8(0);
            writer.u8(0);
            for (int i = 0; i < 5; ++i)
                writer.u32(quint32(negativeTtl));
        }
        return writer.bytes();
    }

    [[nodiscard]] Task<HttpResponse> send(HttpRequest request, std::stop_token stop) override
    {
        const Result<HttpResponse> result = answer(request);
        const std::chrono::milliseconds pause(1);
        const auto slept = co_await sleepFor(pause, stop);
        if (!slept)
            co_return fail(slept.error());
        co_return result;
    }

    std::vector<Asked> asked;

private:
    static DnsName nameIn(WireReader &reader)
    {
        const QByteArray wire = reader.name();
        QStringList labels;
        for (qsizetype at = 0; at < wire.size() && wire.at(at) != 0; at += wire.at(at) + 1)
            labels.append(QString::fromLatin1(wire.mid(at + 1, wire.at(at))));
        return DnsName::fromText(labels.join(QLatin1Char('.'))).value_or(DnsName());
    }

    [[nodiscard]] Result<HttpResponse> answer(const HttpRequest &request)
    {
        Asked one;
        one.host = request.url.host();
        one.method = request.method;
        for (const HttpHeader &header : request.headers)
            if (header.name == "Content-Type")
                one.contentType = header.value;
        one.id = request.body.isEmpty() ? 0xffff : WireReader(request.body).u16();
        WireReader reader(request.body, 12);
        one.name = nameIn(reader);
        one.type = reader.u16();
        asked.push_back(one);
        if (const auto found = m_scripts.find(one.host); found != m_scripts.end())
            return found->second(request);
        const auto found = m_values.find({one.host, one.name.text()});
        return message(
            reply(request.body, found == m_values.end() ? QStringList() : found->second));
    }

    std::map<std::pair<QString, QString>, QStringList> m_values;
    std::map<QString, Script> m_scripts;
};

} // namespace sealbook
