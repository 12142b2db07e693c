// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DnsName.h"

#include <QHostAddress>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUdpSocket>

#include <functional>

namespace sealbook {

// A DNS server on a free loopback port that answers bytes by script: for replies that no honest
// server sends. UDP and TCP share the port. Owned by a test; main thread.
class StubDnsServer : public QObject
{
public:
    using Answer = std::function<QList<QByteArray>(const QByteArray &query)>;

    explicit StubDnsServer(const QHostAddress &address = QHostAddress::LocalHost)
    {
        for (int i = 0; i < 50 && !isUp(); ++i) {
            m_tcp.close();
            m_udp.close();
            if (m_tcp.listen(address))
                (void)m_udp.bind(address, m_tcp.serverPort());
        }
        m_port = m_tcp.serverPort();
        QObject::connect(&m_udp, &QUdpSocket::readyRead, this, [this] { readUdp(); });
        QObject::connect(&m_tcp, &QTcpServer::newConnection, this, [this] { acceptTcp(); });
    }
    [[nodiscard]] bool isUp() const
    {
        return m_tcp.isListening() && m_udp.state() == QAbstractSocket::BoundState;
    }
    [[nodiscard]] quint16 port() const { return m_port; }
    void stopTcp() { m_tcp.close(); }

    Answer onUdp; // empty: silence
    Answer onTcp;
    int udpQueries = 0;
    int tcpQueries = 0;
    QList<quint16> udpPorts; // where the queries came from
    QList<QByteArray> queries;
    // The last UDP query's sender, for answers from elsewhere.
    QHostAddress lastSender;
    quint16 lastPort = 0;
    void sendUdp(const QByteArray &bytes) { m_udp.writeDatagram(bytes, lastSender, lastPort); }

    // The header of `query` turned into a reply, its question, and `records` behind it.
    [[nodiscard]] static QByteArray reply(const QByteArray &query, const QByteArray &answers,
                                          int count, int flags = 0x8400)
    {
        QByteArray bytes = query.left(2);
        const auto u16 = [&bytes](int value) {
            bytes.append(static_cast<char>(value >> 8 & 0xff));
            bytes.append(static_cast<char>(value & 0xff));
        };
        u16(flags);
        u16(1);
        u16(count);
        u16(0);
        u16(0);
        bytes.append(questionOf(query));
        bytes.append(answers);
        return bytes;
    }
    // A record owned by the question's name (a pointer to offset 12).
    [[nodiscard]] static QByteArray record(int type, const QByteArray &rdata, int ttl = 60)
    {
        QByteArray bytes("\xc0\x0c", 2);
        for (const int value : {type, 1, ttl >> 16, ttl & 0xffff, static_cast<int>(rdata.size())}) {
            bytes.append(static_cast<char>(value >> 8 & 0xff));
            bytes.append(static_cast<char>(value & 0xff));
        }
        return bytes + rdata;
    }
    [[nodiscard]] static QByteArray txt(const QByteArray &value)
    {
        return record(16, QByteArray(1, static_cast<char>(value.size())) + value);
    }
    [[nodiscard]] static QByteArray questionOf(const QByteArray &query)
    {
        qsizetype at = 12;
        while (at < query.size() && query.at(at) != 0)
            at += 1 + static_cast<unsigned char>(query.at(at));
        return query.mid(12, at + 5 - 12);
    }

private:
    void readUdp()
    {
        while (m_udp.hasPendingDatagrams()) {
            QByteArray query(static_cast<qsizetype>(m_udp.pendingDatagramSize()), '\0');
            (void)m_udp.readDatagram(query.data(), query.size(), &lastSender, &lastPort);
            ++udpQueries;
            udpPorts.append(lastPort);
            queries.append(query);
            if (!onUdp)
                continue;
            const QList<QByteArray> answers = onUdp(query);
            for (const QByteArray &answer : answers)
                sendUdp(answer);
        }
    }
    void acceptTcp()
    {
        while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
            QObject::connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                const QByteArray bytes = socket->peek(2);
                if (bytes.size() < 2)
                    return;
                const int size = static_cast<unsigned char>(bytes.at(0)) << 8
                    | static_cast<unsigned char>(bytes.at(1));
                if (socket->bytesAvailable() < 2 + size)
                    return;
                const QByteArray query = socket->read(2 + size).mid(2);
                ++tcpQueries;
                const QList<QByteArray> answers = onTcp ? onTcp(query) : QList<QByteArray>();
                for (const QByteArray &answer : answers) {
                    QByteArray framed;
                    framed.append(static_cast<char>(answer.size() >> 8 & 0xff));
                    framed.append(static_cast<char>(answer.size() & 0xff));
                    socket->write(framed + answer);
                }
            });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }

    quint16 m_port = 0;
    QUdpSocket m_udp;
    QTcpServer m_tcp;
};

} // namespace sealbook
