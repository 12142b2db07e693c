// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dns/DnsMessage.h"

#include <arpa/inet.h>
#include <map>
#include <poll.h>
#include <set>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace sealbook {

// Asks name servers for TXT records (and the CNAMEs before them) over and over, with sockets of its
// own, and so knows without the program under test which of them served a validation value when.
// Owned by a test; asks in a thread of its own until it is ended.
class ZoneWatch
{
public:
    using Clock = std::chrono::steady_clock;

    // `servers`: addresses on 127/8, the primary first.
    ZoneWatch(const QStringList &servers, quint16 port, const QStringList &names)
        : m_pause(std::chrono::milliseconds(15) * (1 + names.size() / 4))
    {
        for (const QString &server : servers)
            m_servers.push_back({server, connectedSocket(server, port)});
        for (const QString &name : names) {
            if (const auto read = DnsName::fromText(name))
                m_names.push_back(*read);
        }
        m_thread = std::jthread([this](const std::stop_token &stop) {
            while (!stop.stop_requested()) {
                askAll();
                std::this_thread::sleep_for(m_pause);
            }
        });
    }
    ~ZoneWatch()
    {
        end();
        for (const Server &server : m_servers)
            ::close(server.socket);
    }
    Q_DISABLE_COPY_MOVE(ZoneWatch)

    void end()
    {
        m_thread.request_stop();
        if (m_thread.joinable())
            m_thread.join();
    }
    // After end(): validation values that were seen somewhere. A watch that saw none proves
    // nothing.
    [[nodiscard]] std::size_t valuesSeen() const { return values().size(); }
    // After end(): every server that was asked after `posted`, answered, and did not serve a value
    // yet that the primary served before and after. Such an answer cannot be explained by a record
    // that was taken back already. Empty: nobody was seen.
    [[nodiscard]] QByteArray lateAfter(Clock::time_point posted) const
    {
        QByteArray late;
        for (const auto &[name, value] : values()) {
            const Clock::time_point until = lastServedByPrimary(name, value);
            std::set<std::size_t> served;
            for (const Sighting &seen : m_sightings) {
                if (!(seen.name == name))
                    continue;
                if (seen.values.contains(value))
                    served.insert(seen.server);
                else if (!served.contains(seen.server) && seen.sent > posted
                         && seen.received < until)
                    late += m_servers[seen.server].address.toUtf8() + " did not serve "
                        + value.toUtf8() + " at " + name.text().toUtf8() + ' '
                        + QByteArray::number(millisecondsBetween(posted, seen.sent))
                        + " ms after the CA was asked\n";
            }
        }
        return late;
    }

private:
    struct Server
    {
        QString address;
        int socket = -1;
    };
    struct Sighting
    {
        DnsName name;
        std::size_t server = 0;
        Clock::time_point sent;
        Clock::time_point received;
        QStringList values;
    };
    struct Asked
    {
        DnsQuestion question;
        std::size_t server = 0;
        Clock::time_point sent;
    };

    [[nodiscard]] static qint64 millisecondsBetween(Clock::time_point from, Clock::time_point to)
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count();
    }
    [[nodiscard]] static int connectedSocket(const QString &address, quint16 port)
    {
        const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        ::inet_pton(AF_INET, address.toLatin1().constData(), &to.sin_addr);
        ::connect(socket, reinterpret_cast<const sockaddr *>(&to), sizeof to);
        return socket;
    }

    // A server of a busy machine answers late; what it says then still counts for when it was
    // asked.
    void forgetOld()
    {
        const Clock::time_point old = Clock::now() - std::chrono::seconds(2);
        std::erase_if(m_open, [old](const auto &asked) { return asked.second.sent < old; });
    }

    void askAll()
    {
        forgetOld();
        for (const DnsName &name : m_names) {
            for (std::size_t server = 0; server < m_servers.size(); ++server) {
                const DnsQuestion question{name, DnsType::TXT, false};
                quint16 id = randomMessageId();
                while (m_open.contains(id))
                    id = randomMessageId();
                const QByteArray bytes = packQuestion(question, id);
                m_open[id] = {question, server, Clock::now()};
                ::send(m_servers[server].socket, bytes.constData(),
                       static_cast<std::size_t>(bytes.size()), 0);
            }
        }
        const Clock::time_point until = Clock::now() + std::chrono::milliseconds(60);
        while (!m_open.empty() && Clock::now() < until)
            readSome();
    }
    void readSome()
    {
        std::vector<pollfd> waits;
        for (const Server &server : m_servers)
            waits.push_back({server.socket, POLLIN, 0});
        ::poll(waits.data(), waits.size(), 10);
        for (const pollfd &ready : waits) {
            QByteArray bytes(4096, Qt::Uninitialized);
            for (;;) {
                const auto size = ::recv(ready.fd, bytes.data(), 4096, 0);
                if (size < 2)
                    break;
                take(bytes.left(size));
            }
        }
    }
    void take(const QByteArray &bytes)
    {
        const auto id = static_cast<quint16>((static_cast<unsigned char>(bytes[0]) << 8)
                                             | static_cast<unsigned char>(bytes[1]));
        const auto found = m_open.find(id);
        if (found == m_open.end())
            return;
        const Asked asked = found->second;
        m_open.erase(found);
        const Result<DnsReply> reply = parseReply(bytes, asked.question);
        if (!reply || (reply->rcode != 0 && reply->rcode != 3))
            return;
        Sighting seen{asked.question.name, asked.server, asked.sent, Clock::now(), {}};
        for (const DnsRecord &record : reply->answer) {
            if (record.type == DnsType::TXT)
                seen.values.append(record.value);
            else if (record.type == DnsType::CNAME)
                seen.values.append(aliasTo + record.value);
        }
        m_sightings.push_back(std::move(seen));
    }

    // Those of dns-01 have 43 characters (RFC 8555 section 8.4); whatever else stands there is not
    // the client's. A CNAME must be everywhere too: it is where the CA goes on from.
    [[nodiscard]] std::set<std::pair<DnsName, QString>> values() const
    {
        std::set<std::pair<DnsName, QString>> found;
        for (const Sighting &seen : m_sightings) {
            for (const QString &value : seen.values) {
                if (value.size() == 43 || value.startsWith(aliasTo))
                    found.insert({seen.name, value});
            }
        }
        return found;
    }
    [[nodiscard]] Clock::time_point lastServedByPrimary(const DnsName &name,
                                                        const QString &value) const
    {
        Clock::time_point last{};
        for (const Sighting &seen : m_sightings) {
            if (seen.server == 0 && seen.name == name && seen.values.contains(value))
                last = std::max(last, seen.sent);
        }
        return last;
    }

    static inline const QString aliasTo = QStringLiteral("CNAME ");

    std::vector<Server> m_servers;
    std::vector<DnsName> m_names;
    std::chrono::milliseconds m_pause;
    std::map<quint16, Asked> m_open; // as the next one
    std::vector<Sighting> m_sightings; // the thread's until it has ended
    std::jthread m_thread;
};

} // namespace sealbook
