// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/Resolver.h"

#include <QMap>

#include <functional>

namespace sealbook {

// A Resolver without a network. Zones are described by addZone() and addTxt(); servers may lag, be
// dead or answer by script. Every question is written down in `asked`. Owned by a test; main
// thread. It answers through the event loop, as a real one does, unless delay is 0.
class FakeResolver final : public Resolver
{
public:
    struct Question
    {
        QString server; // the address; empty for resolve()
        DnsQuestion question;
    };
    using Script = std::function<Result<DnsReply>(const DnsQuestion &)>;

    // A zone with its servers: name -> addresses. Delegated by the closest zone above it that has
    // been added; add the parents (such as "test" and "") first.
    void addZone(const QString &zone, const QMap<QString, QStringList> &servers, int minimum = 60)
    {
        m_zones.insert(zone, {servers, minimum});
    }
    // The usual world: root, "test", and `zone` on 192.0.2.1 to 192.0.2.<count> as ns1...
    void addUsualZone(const QString &zone, int count = 3)
    {
        addZone(QString(), {{QStringLiteral("a.root"), {QStringLiteral("198.51.100.1")}}});
        addZone(QStringLiteral("test"),
                {{QStringLiteral("a.nic.test"), {QStringLiteral("198.51.100.2")}}});
        QMap<QString, QStringList> servers;
        for (int i = 1; i <= count; ++i)
            servers.insert(QStringLiteral("ns%1.%2").arg(i).arg(zone),
                           {QStringLiteral("192.0.2.%1").arg(i)});
        addZone(zone, servers);
    }
    // A record on every server of its zone; with `server` (an address) only there.
    void add(const QString &owner, DnsType type, const QString &value, const QString &server = {},
             int ttl = 60)
    {
        DnsRecord record;
        record.owner = name(owner);
        record.type = type;
        record.ttl = ttl;
        record.value = value;
        if (type == DnsType::TXT)
            record.strings = {value.toLatin1()};
        m_records.append({server, record});
        ++serial;
    }
    void addTxt(const QString &owner, const QString &value, const QString &server = {})
    {
        add(owner, DnsType::TXT, value, server);
    }
    void removeTxt(const QString &owner, const QString &value, const QString &server = {})
    {
        m_records.removeIf([&](const Held &held) {
            return held.record.owner == name(owner) && held.record.value == value
                && (server.isEmpty() || held.server == server || held.server.isEmpty());
        });
        ++serial;
    }
    // From now on this address answers by `script`.
    void script(const QString &server, Script script)
    {
        m_scripts.insert(server, std::move(script));
    }
    void unscript(const QString &server) { m_scripts.remove(server); }
    void makeDead(const QString &server, const char *reason = "timeout")
    {
        script(server,
               [reason](const DnsQuestion &) -> Result<DnsReply> { return failure(reason); });
    }
    void makeRcode(const QString &server, int rcode)
    {
        script(server, [rcode](const DnsQuestion &) -> Result<DnsReply> {
            DnsReply reply;
            reply.rcode = rcode;
            return reply;
        });
    }
    [[nodiscard]] static tl::unexpected<Error> failure(const char *reason)
    {
        Error error;
        const QString text = QString::fromLatin1(reason);
        error.kind = text == QLatin1String("timeout") ? Error::Kind::Timeout : Error::Kind::Network;
        error.detail = QStringLiteral("fake: ") + text;
        error.evidence.insert(QStringLiteral("reason"), text);
        return tl::unexpected<Error>(std::move(error));
    }

    // What an authoritative server at `server` says, before scripts.
    [[nodiscard]] DnsReply authoritativeReply(const QString &server, const DnsQuestion &question)
    {
        const QString best = bestZone(question.name, server);
        DnsReply reply;
        reply.roundTrip = roundTrip;
        if (best.isNull()) {
            reply.rcode = 5;
            return reply;
        }
        const QString cut = delegationBelow(question.name, best, server);
        if (!cut.isNull()) {
            appendNs(reply.authority, cut, &reply.additional);
            return reply;
        }
        reply.authoritative = true;
        fill(reply, question, best, server);
        return reply;
    }

    [[nodiscard]] Task<DnsReply> ask(DnsEndpoint server, DnsQuestion question,
                                     std::chrono::milliseconds limit, std::stop_token stop) override
    {
        const QString address = server.address.toString();
        asked.append({address, question});
        if (delay.count() > 0 || m_delays.contains(address)) {
            const auto time = m_delays.value(address, delay);
            const auto pauseTime = std::min(time, limit);
            const auto slept = co_await sleepFor(pauseTime, stop);
            if (!slept)
                co_return fail(slept.error());
            if (time >= limit)
                co_return failure("timeout");
        }
        if (stop.stop_requested())
            co_return fail(cancelled());
        if (m_scripts.contains(address))
            co_return m_scripts.value(address)(question);
        co_return authoritativeReply(address, question);
    }

    [[nodiscard]] Task<DnsReply> resolve(DnsQuestion question, std::stop_token stop) override
    {
        asked.append({QString(), question});
        if (delay.count() > 0) {
            const auto pauseTime = delay;
            const auto slept = co_await sleepFor(pauseTime, stop);
            if (!slept)
                co_return fail(slept.error());
        }
        if (m_resolveScript)
            co_return m_resolveScript(question);
        DnsReply reply;
        if (m_resolveRcodes.contains(question.name.text())) {
            reply.rcode = m_resolveRcodes.value(question.name.text());
            co_return reply;
        }
        reply.roundTrip = roundTrip;
        const QString zone = bestZone(question.name, {});
        if (zone.isNull()) {
            reply.rcode = 2;
            co_return reply;
        }
        fill(reply, question, zone, {});
        co_return reply;
    }
    // The recursive resolver cannot tell anything about this one name.
    void failToResolve(const QString &owner, int rcode = 2)
    {
        m_resolveRcodes.insert(owner, rcode);
    }
    void scriptResolve(Script script) { m_resolveScript = std::move(script); }
    void setDelay(const QString &server, std::chrono::milliseconds time)
    {
        m_delays.insert(server, time);
    }
    [[nodiscard]] quint16 serverPort() const override { return 53; }

    [[nodiscard]] int countAsked(const QString &server, DnsType type = DnsType::TXT) const
    {
        return static_cast<int>(std::count_if(asked.begin(), asked.end(), [&](const Question &q) {
            return q.server == server && q.question.type == type;
        }));
    }
    [[nodiscard]] static DnsName name(const QString &text)
    {
        return DnsName::fromText(text).value_or(DnsName());
    }

    QList<Question> asked;
    quint32 serial = 1;
    std::chrono::milliseconds delay{1};
    std::chrono::milliseconds roundTrip{1};

private:
    struct Zone
    {
        QMap<QString, QStringList> servers;
        int minimum = 60;
    };
    struct Held
    {
        QString server;
        DnsRecord record;
    };

    // The deepest zone above `owner` that `server` serves (any server when empty).
    [[nodiscard]] QString bestZone(const DnsName &owner, const QString &server) const
    {
        QString best;
        for (auto zone = m_zones.cbegin(); zone != m_zones.cend(); ++zone) {
            if (!owner.isAtOrBelow(name(zone.key())))
                continue;
            bool serves = server.isEmpty();
            for (const QStringList &addresses : zone->servers)
                serves = serves || addresses.contains(server);
            if (serves && (best.isNull() || zone.key().size() > best.size()))
                best = zone.key().isNull() ? QLatin1String("") : zone.key();
        }
        return best;
    }
    [[nodiscard]] QString delegationBelow(const DnsName &owner, const QString &zone,
                                          const QString &) const
    {
        QString cut;
        for (auto it = m_zones.cbegin(); it != m_zones.cend(); ++it) {
            const bool below = it.key().size() > zone.size() && owner.isAtOrBelow(name(it.key()));
            if (below && (cut.isNull() || it.key().size() < cut.size()))
                cut = it.key();
        }
        return cut;
    }
    void appendNs(std::vector<DnsRecord> &into, const QString &zone,
                  std::vector<DnsRecord> *glue) const
    {
        const Zone &found = *m_zones.constFind(zone);
        for (auto server = found.servers.cbegin(); server != found.servers.cend(); ++server) {
            DnsRecord ns;
            ns.owner = name(zone);
            ns.type = DnsType::NS;
            ns.ttl = 3600;
            ns.value = server.key();
            into.push_back(ns);
            for (const QString &address : *server) {
                DnsRecord record;
                record.owner = name(server.key());
                record.type = address.contains(QLatin1Char(':')) ? DnsType::AAAA : DnsType::A;
                record.ttl = 3600;
                record.value = address;
                if (glue)
                    glue->push_back(record);
            }
        }
    }
    [[nodiscard]] DnsRecord soa(const QString &zone) const
    {
        DnsRecord record;
        record.owner = name(zone);
        record.type = DnsType::SOA;
        record.ttl = m_zones.value(zone).minimum;
        record.value = m_zones.value(zone).servers.firstKey();
        record.serial = serial;
        record.minimum = m_zones.value(zone).minimum;
        record.refresh = 3600;
        return record;
    }
    [[nodiscard]] std::vector<DnsRecord> recordsAt(const DnsName &owner, DnsType type,
                                                   const QString &zone, const QString &server) const
    {
        std::vector<DnsRecord> found;
        if (owner == name(zone) && type == DnsType::SOA)
            found.push_back(soa(zone));
        if (owner == name(zone) && type == DnsType::NS)
            appendNs(found, zone, nullptr);
        for (const Zone &each : m_zones)
            for (auto host = each.servers.cbegin(); host != each.servers.cend(); ++host)
                for (const QString &address : *host) {
                    const DnsType kind =
                        address.contains(QLatin1Char(':')) ? DnsType::AAAA : DnsType::A;
                    if (name(host.key()) != owner || type != kind)
                        continue;
                    DnsRecord record;
                    record.owner = owner;
                    record.type = kind;
                    record.ttl = 3600;
                    record.value = address;
                    if (std::find(found.begin(), found.end(), record) == found.end())
                        found.push_back(record);
                }
        for (const Held &held : m_records)
            if (held.record.owner == owner && held.record.type == type
                && (held.server.isEmpty() || server.isEmpty() || held.server == server))
                found.push_back(held.record);
        return found;
    }
    [[nodiscard]] bool exists(const DnsName &owner, const QString &server) const
    {
        const auto isThere = [&](const Held &held) {
            return held.record.owner.isAtOrBelow(owner)
                && (held.server.isEmpty() || server.isEmpty() || held.server == server);
        };
        for (auto zone = m_zones.cbegin(); zone != m_zones.cend(); ++zone) {
            if (name(zone.key()).isAtOrBelow(owner))
                return true;
            for (auto host = zone->servers.cbegin(); host != zone->servers.cend(); ++host)
                if (name(host.key()).isAtOrBelow(owner))
                    return true;
        }
        return std::any_of(m_records.begin(), m_records.end(), isThere);
    }
    // RFC 1034 section 4.3.2, with wildcards, CNAMEs inside the zone and negative answers.
    void fill(DnsReply &reply, const DnsQuestion &question, const QString &zone,
              const QString &server) const
    {
        DnsName owner = question.name;
        for (int hop = 0; hop < 12; ++hop) {
            DnsName source = owner;
            if (!exists(owner, server)) {
                DnsName encloser = owner.parent();
                while (!encloser.isRoot() && !exists(encloser, server))
                    encloser = encloser.parent();
                const Result<DnsName> star = encloser.below(QStringLiteral("*"));
                if (star && exists(*star, server))
                    source = *star;
            }
            std::vector<DnsRecord> found = recordsAt(source, question.type, zone, server);
            std::vector<DnsRecord> alias = recordsAt(source, DnsType::CNAME, zone, server);
            if (found.empty() && !alias.empty() && question.type != DnsType::CNAME) {
                alias.front().owner = owner;
                reply.answer.push_back(alias.front());
                owner = name(alias.front().value);
                if (server.isEmpty() ? bestZone(owner, server).isNull()
                                     : bestZone(owner, server) != zone)
                    return;
                continue;
            }
            for (DnsRecord &record : found) {
                record.owner = owner;
                reply.answer.push_back(record);
            }
            if (found.empty()) {
                reply.rcode = exists(owner, server) || source != owner ? 0 : 3;
                reply.authority.push_back(soa(server.isEmpty() ? bestZone(owner, {}) : zone));
            }
            return;
        }
    }

    QMap<QString, Zone> m_zones;
    QList<Held> m_records;
    QMap<QString, Script> m_scripts;
    QMap<QString, std::chrono::milliseconds> m_delays;
    Script m_resolveScript;
    QMap<QString, int> m_resolveRcodes;
};

} // namespace sealbook
