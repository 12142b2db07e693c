// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/LabPorts.h"

#include <QHostAddress>
#include <QRandomGenerator>
#include <QUdpSocket>

namespace sealbook {

namespace {

// Below the range from which the kernel takes the ports of outgoing sockets.
constexpr quint16 lowest = 15000;
constexpr quint16 highest = 32000;
constexpr int tries = 200;

bool isFree(const QString &address, quint16 port)
{
    QTcpServer tcp;
    QUdpSocket udp;
    return tcp.listen(QHostAddress(address), port)
        && udp.bind(QHostAddress(address), port, QAbstractSocket::DontShareAddress);
}

} // namespace

QStringList LabPorts::addresses()
{
    return {QStringLiteral("127.0.0.1"), QStringLiteral("127.0.0.10"), QStringLiteral("127.0.0.11"),
            QStringLiteral("127.0.0.12"), QStringLiteral("127.0.0.13")};
}

Result<LabPorts> LabPorts::reserve()
{
    for (int i = 0; i < tries; ++i) {
        LabPorts ports;
        if (ports.take(static_cast<quint16>(QRandomGenerator::global()->bounded(lowest, highest))))
            return ports;
    }
    return fail(Error::Kind::Conflict,
                QStringLiteral("no port is free on 127.0.0.1 and 127.0.0.10 to .14"));
}

bool LabPorts::take(quint16 first)
{
    m_first = first;
    const QHostAddress guardAddress(QStringLiteral("127.0.0.14"));
    for (const quint16 port : {dns(), directory(), management()}) {
        auto guard = std::make_unique<QTcpServer>();
        if (!guard->listen(guardAddress, port))
            return false;
        m_guards.push_back(std::move(guard));
    }
    const QStringList all = addresses();
    for (const QString &address : all) {
        if (!isFree(address, dns()))
            return false;
    }
    return isFree(all.first(), directory()) && isFree(all.first(), management());
}

} // namespace sealbook
