// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/StubCertificate.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QThread>
#include <QUrl>

namespace sealbook {

// Debian's pebble with a certificate of its own on free loopback ports, as a child process that
// ends with this object. Validates every challenge by default. Owned by the test.
class PebbleServer
{
public:
    struct Options
    {
        int nonceReject = 20; // percent
        int authorizationReuse = 0; // percent
        bool alwaysValid = true;
        bool externalAccountRequired = false; // kid-1, see externalAccountKey()
        QString dnsServer; // "127.0.0.1:5300"
    };

    PebbleServer()
        : PebbleServer(Options())
    {
    }
    explicit PebbleServer(Options options)
    {
        writeFiles(options);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PEBBLE_VA_NOSLEEP"), QStringLiteral("1"));
        if (options.alwaysValid)
            environment.insert(QStringLiteral("PEBBLE_VA_ALWAYS_VALID"), QStringLiteral("1"));
        environment.insert(QStringLiteral("PEBBLE_WFE_NONCEREJECT"),
                           QString::number(options.nonceReject));
        environment.insert(QStringLiteral("PEBBLE_AUTHZREUSE"),
                           QString::number(options.authorizationReuse));
        m_process.setProcessEnvironment(environment);
        m_process.setStandardOutputFile(path("pebble.log"));
        m_process.setStandardErrorFile(path("pebble.log"));
        QStringList arguments{QStringLiteral("-config"), path("pebble.json")};
        if (!options.dnsServer.isEmpty())
            arguments << QStringLiteral("-dnsserver") << options.dnsServer;
        m_process.start(QStringLiteral("pebble"), arguments);
    }
    ~PebbleServer()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(3000))
            m_process.kill();
        m_process.waitForFinished(3000);
    }

    // Whether it listens, within ten seconds.
    [[nodiscard]] bool isUp()
    {
        for (int i = 0; i < 500 && m_process.state() != QProcess::NotRunning; ++i) {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
            if (socket.waitForConnected(100))
                return true;
            QThread::msleep(20);
            m_process.waitForReadyRead(1);
        }
        return false;
    }
    [[nodiscard]] QUrl directoryUrl() const
    {
        return QUrl(QStringLiteral("https://localhost:%1/dir").arg(m_port));
    }
    [[nodiscard]] QUrl managementUrl(const QString &path) const
    {
        return QUrl(QStringLiteral("https://localhost:%1%2").arg(m_managementPort).arg(path));
    }
    [[nodiscard]] QString caFile() const { return path("ca.pem"); }
    // base64url, of "kid-1".
    [[nodiscard]] static QByteArray externalAccountKey()
    {
        return "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    }

private:
    [[nodiscard]] QString path(const char *name) const
    {
        return m_directory.filePath(QString::fromLatin1(name));
    }

    void writeFiles(const Options &options)
    {
        const StubCertificate certificate = StubCertificate::make();
        // Both stay open until both are chosen, else they could be the same.
        QTcpServer first;
        QTcpServer second;
        if (!first.listen(QHostAddress::LocalHost) || !second.listen(QHostAddress::LocalHost))
            qFatal("no free port");
        m_port = first.serverPort();
        m_managementPort = second.serverPort();
        QJsonObject pebble{
            {QStringLiteral("listenAddress"), QStringLiteral("127.0.0.1:%1").arg(m_port)},
            {QStringLiteral("managementListenAddress"),
             QStringLiteral("127.0.0.1:%1").arg(m_managementPort)},
            {QStringLiteral("certificate"), path("ca.pem")},
            {QStringLiteral("privateKey"), path("key.pem")},
            {QStringLiteral("httpPort"), 5002},
            {QStringLiteral("tlsPort"), 5001},
            {QStringLiteral("externalAccountBindingRequired"), options.externalAccountRequired},
            {QStringLiteral("externalAccountMACKeys"),
             QJsonObject{{QStringLiteral("kid-1"), QString::fromLatin1(externalAccountKey())}}},
        };
        write("ca.pem", certificate.certificatePem);
        write("key.pem", certificate.keyPem);
        const QJsonObject root{{QStringLiteral("pebble"), pebble}};
        write("pebble.json", QJsonDocument(root).toJson());
    }

    void write(const char *name, const QByteArray &content) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write pebble's files");
    }

    QTemporaryDir m_directory;
    QProcess m_process;
    quint16 m_port = 0;
    quint16 m_managementPort = 0;
};

} // namespace sealbook
