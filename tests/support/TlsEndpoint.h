// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/OpensslHandles.h"

#include <QFile>
#include <QPointer>
#include <QProcess>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTimer>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <functional>

namespace sealbook {

// A key and a certificate for a test server, and the CA that signed it. `from` and `until` are days
// from now. Owned by a test.
struct EndpointIdentity
{
    QByteArray certificatePem;
    QByteArray keyPem;
    EvpPkeyPtr key;
    X509Ptr x509;

    [[nodiscard]] static EndpointIdentity make(const QByteArray &name,
                                               const EndpointIdentity *issuer = nullptr,
                                               int from = -1, int until = 90)
    {
        static std::uint64_t serial = 0x7000;
        EndpointIdentity made;
        made.key.reset(EVP_EC_gen("P-256"));
        made.x509.reset(X509_new());
        X509 *x509 = made.x509.get();
        X509_set_version(x509, X509_VERSION_3);
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), ++serial);
        X509_gmtime_adj(X509_getm_notBefore(x509), from * 86400L);
        X509_gmtime_adj(X509_getm_notAfter(x509), until * 86400L);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char *>(name.constData()), -1,
                                   -1, 0);
        X509_set_issuer_name(x509, X509_get_subject_name(issuer ? issuer->x509.get() : x509));
        X509_set_pubkey(x509, made.key.get());
        if (issuer != nullptr) {
            addExtension(x509, NID_subject_alt_name,
                         (name.at(0) >= '0' && name.at(0) <= '9' ? "IP:" : "DNS:") + name);
        } else {
            addExtension(x509, NID_basic_constraints, "critical,CA:TRUE");
        }
        X509_sign(x509, issuer ? issuer->key.get() : made.key.get(), EVP_sha256());
        const BioPtr certificate(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(certificate.get(), x509);
        made.certificatePem = taken(certificate.get());
        const BioPtr key(BIO_new(BIO_s_mem()));
        PEM_write_bio_PrivateKey(key.get(), made.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        made.keyPem = taken(key.get());
        return made;
    }

private:
    static void addExtension(X509 *x509, int nid, const QByteArray &value)
    {
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.constData());
        X509_add_ext(x509, extension, -1);
        X509_EXTENSION_free(extension);
    }
    static QByteArray taken(BIO *bio)
    {
        const char *data = nullptr;
        const long size = BIO_get_mem_data(bio, &data);
        return {data, static_cast<qsizetype>(size)};
    }
};

// A real `openssl s_server` on a free loopback port. Owned by a test; ends with it.
class OpensslServer
{
public:
    OpensslServer(const EndpointIdentity &identity, const QStringList &arguments,
                  const QByteArray &chainPem = {})
    {
        write(QStringLiteral("cert.pem"), identity.certificatePem);
        write(QStringLiteral("key.pem"), identity.keyPem);
        write(QStringLiteral("chain.pem"), chainPem);
        QStringList all{QStringLiteral("s_server"),       QStringLiteral("-accept"),
                        QStringLiteral("127.0.0.1:0"),    QStringLiteral("-cert"),
                        path(QStringLiteral("cert.pem")), QStringLiteral("-key"),
                        path(QStringLiteral("key.pem"))};
        if (!chainPem.isEmpty())
            all << QStringLiteral("-cert_chain") << path(QStringLiteral("chain.pem"));
        for (QString argument : arguments) // {cert.pem} stands for that file
            all << argument.replace(QLatin1Char('{'), m_directory.path() + QLatin1Char('/'))
                       .remove(QLatin1Char('}'));
        m_process.start(QStringLiteral("openssl"), all);
        static const QRegularExpression accept(QStringLiteral("ACCEPT 127\\.0\\.0\\.1:(\\d+)"));
        QByteArray output;
        while (m_port == 0 && m_process.waitForReadyRead(10'000)) {
            output += m_process.readAllStandardOutput();
            m_port = accept.match(QString::fromLatin1(output)).captured(1).toUShort();
        }
        if (m_port == 0)
            qFatal("openssl s_server did not start: %s",
                   m_process.readAllStandardError().constData());
    }
    ~OpensslServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    OpensslServer(const OpensslServer &) = delete;
    OpensslServer &operator=(const OpensslServer &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QByteArray received() { return m_process.readAllStandardOutput(); }

private:
    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    void write(const QString &name, const QByteArray &bytes)
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(name));
    }

    QTemporaryDir m_directory;
    QProcess m_process;
    quint16 m_port = 0;
};

// A server in the test's own loop that says scripted words, each after what the client said, and
// then does TLS with `identity`; or misbehaves. Owned by a test.
class WordsServer : public QTcpServer
{
public:
    struct Line
    {
        QByteArray awaits; // what the client has to say; empty = nothing
        QByteArray says;
    };

    WordsServer(std::vector<Line> script, const EndpointIdentity *identity)
        : m_script(std::move(script))
        , m_identity(identity)
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("the words server cannot listen");
    }

    QByteArray heard; // of all clients, before TLS
    QByteArray heardInTls; // beyond the handshake
    int connections = 0;
    int encrypted = 0;
    int mostAtOnce = 0;
    int openNow = 0;
    std::function<void(QSslSocket *)> onConnection; // instead of the script
    quint16 upstream = 0; // a local port that does the TLS, instead of the identity

protected:
    void incomingConnection(qintptr descriptor) override
    {
        ++connections;
        ++openNow;
        mostAtOnce = std::max(mostAtOnce, openNow);
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        QObject::connect(socket, &QSslSocket::disconnected, this, [this, socket] {
            --openNow;
            socket->deleteLater();
        });
        QObject::connect(socket, &QSslSocket::encrypted, this, [this] { ++encrypted; });
        if (onConnection) {
            onConnection(socket);
            return;
        }
        const auto step = std::make_shared<std::size_t>(0);
        QObject::connect(socket, &QSslSocket::readyRead, this, [this, socket, step] {
            if (*step >= m_script.size())
                heardInTls += socket->readAll();
            else
                go(socket, *step);
        });
        go(socket, *step);
    }

private:
    // Takes no more than it waits for: a ClientHello may stand right behind it.
    void go(QSslSocket *socket, std::size_t &step)
    {
        while (step < m_script.size()) {
            const QByteArray &awaited = m_script[step].awaits;
            const qsizetype at = socket->peek(64L * 1024).indexOf(awaited);
            if (at < 0)
                return;
            heard += socket->read(at + awaited.size());
            socket->write(m_script[step].says);
            socket->flush();
            ++step;
        }
        if (upstream != 0)
            forward(socket);
        if (upstream != 0 || m_identity == nullptr || socket->isEncrypted())
            return;
        QSslConfiguration configuration = socket->sslConfiguration();
        configuration.setLocalCertificate(QSslCertificate(m_identity->certificatePem));
        configuration.setPrivateKey(QSslKey(m_identity->keyPem, QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket->setSslConfiguration(configuration);
        socket->startServerEncryption();
    }

    // QSslSocket loses a ClientHello that it has read already; a server behind does not.
    void forward(QSslSocket *client)
    {
        auto *server = new QTcpSocket(client);
        client->disconnect(SIGNAL(readyRead()));
        const auto toServer = [client, server] { server->write(client->readAll()); };
        QObject::connect(client, &QSslSocket::readyRead, server, toServer);
        QObject::connect(server, &QTcpSocket::connected, client, toServer);
        QObject::connect(server, &QTcpSocket::readyRead, client,
                         [client, server] { client->write(server->readAll()); });
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), upstream);
    }

    std::vector<Line> m_script;
    const EndpointIdentity *m_identity;
};

} // namespace sealbook
