// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/SingleInstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QStandardPaths>

#include <sys/socket.h>
#include <unistd.h>

namespace sealbook {

namespace {
constexpr int answerLimitMs = 1000;
constexpr qsizetype longestWord = 16;

QString socketPath(const QString &home)
{
    const QByteArray digest =
        QCryptographicHash::hash(QDir(home).absolutePath().toUtf8(), QCryptographicHash::Sha256);
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = home;
    return folder + QStringLiteral("/sealbook-") + QString::fromLatin1(digest.toHex().left(16));
}
} // namespace

// The socket's rights keep other users away already; this holds where a file system or a folder of
// odd rights does not.
static bool isOurs(const QLocalSocket &socket)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer,
                        &size)
        == 0
        && peer.uid == ::geteuid();
}

SingleInstance::SingleInstance(const QString &home, QObject *parent)
    : QObject(parent)
    , m_name(socketPath(home))
{
}

bool SingleInstance::send(const QByteArray &word)
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(answerLimitMs) || !isOurs(socket))
        return false;
    socket.write(word);
    return socket.waitForBytesWritten(answerLimitMs);
}

bool SingleInstance::isAnswered() const
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    return socket.waitForConnected(answerLimitMs);
}

bool SingleInstance::listen()
{
    // listen() of Qt would take the name from whoever has it. One at a time, so that of two that
    // start in the same moment one stays the first.
    QLockFile turn(m_name + QStringLiteral(".lock"));
    if (!turn.tryLock(answerLimitMs) || isAnswered())
        return false;
    m_server = new QLocalServer(this);
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_server->listen(m_name)) {
        // A name that nobody answers at was left by a process that died.
        QLocalServer::removeServer(m_name);
        if (!m_server->listen(m_name))
            return false;
    }
    connect(m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server->nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            if (!isOurs(*socket)) {
                socket->abort();
                socket->deleteLater();
                continue;
            }
            connect(socket, &QLocalSocket::readyRead, this,
                    [this, socket] { Q_EMIT received(socket->read(longestWord)); });
        }
    });
    return true;
}

} // namespace sealbook
