// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/StubCertificate.h"

#include <QDir>
#include <QFile>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <sys/socket.h>
#include <utility>
#include <vector>

namespace sealbook {

struct StubRequest
{
    QByteArray method;
    QByteArray path; // with query
    std::vector<std::pair<QByteArray, QByteArray>> headers; // names in lower case
    QByteArray body;
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key == name)
                return value;
        }
        return {};
    }
};

// A reply and what goes wrong with it.
struct StubReply
{
    int status = 200;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    QByteArray raw; // sent as it is, instead of the above
    qsizetype cutAfter = -1; // closes after so many bytes of the reply
    bool reset = false; // TCP reset instead of a reply
    bool silent = false; // never answers
    int bytesPerSecond = 0; // slow loris
};

// An HTTPS (or plain HTTP) server on loopback in the test's own thread and event loop. Asks
// `script` for a reply to each request and keeps the requests. HTTP/1.1 with keep-alive. Owned by
// the test.
class StubServer : public QTcpServer
{
public:
    using Script = std::function<StubReply(const StubRequest &)>;

    explicit StubServer(Script script, StubCertificate certificate = StubCertificate::make(),
                        bool tls = true)
        : m_script(std::move(script))
        , m_certificate(std::move(certificate))
        , m_tls(tls)
    {
        if (!listen(QHostAddress::LocalHost) || !m_directory.isValid())
            qFatal("the stub server cannot start");
        QFile file(caFile());
        if (!file.open(QIODevice::WriteOnly) || file.write(m_certificate.certificatePem) < 0)
            qFatal("the stub server cannot write its certificate");
    }
    ~StubServer() override
    {
        close();
        qDeleteAll(findChildren<QSslSocket *>());
    }

    [[nodiscard]] QUrl url(const QString &path,
                           const QString &host = QStringLiteral("localhost")) const
    {
        QUrl url(path);
        url.setScheme(m_tls ? QStringLiteral("https") : QStringLiteral("http"));
        url.setHost(host);
        url.setPort(serverPort());
        return url;
    }
    [[nodiscard]] QString caFile() const { return m_directory.filePath(QStringLiteral("ca.pem")); }
    [[nodiscard]] const std::vector<StubRequest> &requests() const { return m_requests; }
    [[nodiscard]] int connectionCount() const { return m_connections; }
    [[nodiscard]] int openConnections() const { return int(findChildren<QSslSocket *>().size()); }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        ++m_connections;
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        QObject::connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
        const auto buffer = std::make_shared<QByteArray>();
        QObject::connect(socket, &QSslSocket::readyRead, socket, [this, socket, buffer] {
            buffer->append(socket->readAll());
            while (serveOne(socket, *buffer)) { }
        });
        if (m_tls) {
            QSslConfiguration configuration = socket->sslConfiguration();
            configuration.setLocalCertificate(QSslCertificate(m_certificate.certificatePem));
            configuration.setPrivateKey(QSslKey(m_certificate.keyPem, QSsl::Ec));
            configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
            socket->setSslConfiguration(configuration);
            socket->startServerEncryption();
        }
    }

private:
    // Takes one whole request off the buffer and answers it.
    bool serveOne(QSslSocket *socket, QByteArray &buffer)
    {
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        StubRequest request;
        const QList<QByteArray> lines = buffer.left(end).split('\n');
        const QList<QByteArray> start = lines.first().trimmed().split(' ');
        request.method = start.value(0);
        request.path = start.value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.emplace_back(line.left(colon).trimmed().toLower(),
                                         line.mid(colon + 1).trimmed());
        }
        const qsizetype length = request.header("content-length").toLongLong();
        if (buffer.size() < end + 4 + length)
            return false;
        request.body = buffer.mid(end + 4, length);
        buffer.remove(0, end + 4 + length);
        m_requests.push_back(request);
        answer(socket, m_script(request), request.method == "HEAD");
        return !buffer.isEmpty();
    }

    static void answer(QSslSocket *socket, const StubReply &reply, bool withoutBody)
    {
        if (reply.silent)
            return;
        if (reply.reset) {
            const linger now{1, 0};
            ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
            socket->abort();
            return;
        }
        QByteArray bytes = reply.raw.isEmpty() ? encoded(reply, withoutBody) : reply.raw;
        if (reply.bytesPerSecond > 0) {
            trickle(socket, bytes, reply.bytesPerSecond);
            return;
        }
        const bool cut = reply.cutAfter >= 0;
        if (cut)
            bytes.truncate(reply.cutAfter);
        socket->write(bytes);
        if (cut || !reply.raw.isEmpty())
            socket->disconnectFromHost();
    }

    static QByteArray encoded(const StubReply &reply, bool withoutBody)
    {
        QByteArray bytes = "HTTP/1.1 " + QByteArray::number(reply.status) + " Stub\r\n";
        for (const auto &[name, value] : reply.headers)
            bytes += name + ": " + value + "\r\n";
        bytes += "Content-Length: " + QByteArray::number(reply.body.size()) + "\r\n\r\n";
        return withoutBody ? bytes : bytes + reply.body;
    }

    static void trickle(QSslSocket *socket, const QByteArray &bytes, int bytesPerSecond)
    {
        auto *timer = new QTimer(socket);
        QObject::connect(timer, &QTimer::timeout, socket, [socket, bytes, sent = 0]() mutable {
            if (sent < bytes.size())
                socket->write(bytes.mid(sent++, 1));
        });
        timer->start(1000 / bytesPerSecond);
    }

    Script m_script;
    StubCertificate m_certificate;
    bool m_tls;
    QTemporaryDir m_directory;
    std::vector<StubRequest> m_requests;
    int m_connections = 0;
};

} // namespace sealbook
