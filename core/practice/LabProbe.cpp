// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/LabProbe.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QUdpSocket>

namespace sealbook {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds pause = 15ms;

// RFC 1035 section 4.1: header, one question (SOA, IN), nothing else. core/dns is above this
// module's station; a question of forty bytes does not need it.
QByteArray soaQuestion(quint16 id, const QString &zone)
{
    QByteArray message;
    message.append(static_cast<char>(id >> 8)).append(static_cast<char>(id & 0xff));
    message.append(QByteArray::fromHex("01000001000000000000")); // RD, one question
    const QStringList labels = zone.split(QLatin1Char('.'), Qt::SkipEmptyParts);
    for (const QString &label : labels)
        message.append(static_cast<char>(label.size())).append(label.toLatin1());
    message.append('\0').append(QByteArray::fromHex("00060001"));
    return message;
}

bool isGoodAnswer(const QByteArray &answer, quint16 id, bool authoritative)
{
    if (answer.size() < 12)
        return false;
    const auto at = [&answer](int i) { return static_cast<unsigned char>(answer.at(i)); };
    const bool same = (at(0) << 8 | at(1)) == id && (at(2) & 0x80) != 0;
    const bool withAuthority = (at(2) & 0x04) != 0;
    const bool hasRecords = (at(6) << 8 | at(7)) > 0;
    return same && (at(3) & 0x0f) == 0 && hasRecords && (withAuthority || !authoritative);
}

Task<> ask(QString address, quint16 port, QString zone, bool authoritative,
           std::chrono::milliseconds patience, std::stop_token stop)
{
    const auto id = static_cast<quint16>(QRandomGenerator::global()->bounded(1, 0x10000));
    const auto socket = std::make_unique<QUdpSocket>();
    Deferred<> answered;
    QObject::connect(socket.get(), &QUdpSocket::readyRead, socket.get(),
                     [answered, id, authoritative, raw = socket.get()] {
                         while (raw->hasPendingDatagrams()) {
                             QByteArray datagram(static_cast<qsizetype>(raw->pendingDatagramSize()),
                                                 '\0');
                             raw->readDatagram(datagram.data(), datagram.size());
                             if (isGoodAnswer(datagram, id, authoritative))
                                 answered.settle({});
                         }
                     });
    socket->writeDatagram(soaQuestion(id, zone), QHostAddress(address), port);
    const QString what = QStringLiteral("%1 does not answer for %2 yet").arg(address, zone);
    const auto answer = co_await within(answered, patience, what, stop);
    co_return answer;
}

Task<> connectOnce(QString address, quint16 port, std::stop_token stop)
{
    const auto socket = std::make_unique<QTcpSocket>();
    Deferred<> connected;
    QObject::connect(socket.get(), &QTcpSocket::connected, socket.get(),
                     [connected] { connected.settle({}); });
    QObject::connect(socket.get(), &QTcpSocket::errorOccurred, socket.get(),
                     [connected, raw = socket.get()] {
                         connected.settle(fail(Error::Kind::Network, raw->errorString()));
                     });
    socket->connectToHost(QHostAddress(address), port);
    const std::chrono::milliseconds patience = 500ms;
    const QString what = QStringLiteral("%1 does not accept connections yet").arg(address);
    const auto result = co_await within(connected, patience, what, stop);
    co_return result;
}

} // namespace

Task<> untilItAnswers(QString address, quint16 port, QString zone, bool authoritative,
                      std::chrono::milliseconds limit, std::stop_token stop)
{
    QElapsedTimer clock;
    clock.start();
    // Nobody tells us that a datagram was lost, so patience starts short and grows.
    std::chrono::milliseconds patience = 40ms;
    while (true) {
        const auto answer = co_await ask(address, port, zone, authoritative, patience, stop);
        if (answer || answer.error().kind == Error::Kind::Cancelled
            || clock.elapsed() > limit.count())
            co_return answer;
        patience = std::min<std::chrono::milliseconds>(patience * 2, 500ms);
        const auto rested = co_await sleepFor(pause, stop);
        if (!rested)
            co_return rested;
    }
}

Task<> untilItAccepts(QString address, quint16 port, std::chrono::milliseconds limit,
                      std::stop_token stop)
{
    QElapsedTimer clock;
    clock.start();
    while (true) {
        const auto connected = co_await connectOnce(address, port, stop);
        if (connected || connected.error().kind == Error::Kind::Cancelled
            || clock.elapsed() > limit.count())
            co_return connected;
        const auto rested = co_await sleepFor(pause, stop);
        if (!rested)
            co_return rested;
    }
}

} // namespace sealbook
