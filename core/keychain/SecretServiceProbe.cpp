// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/keychain/SecretServiceProbe.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QFile>
#include <QStandardPaths>

namespace sealbook {

namespace {

const QString secretService = QStringLiteral("org.freedesktop.secrets");
const QString gnomeKeyring = QStringLiteral("org.gnome.keyring");

// One D-Bus call. A service that is not there is NotFound, one that does not answer Timeout.
Task<QVariant> call(QDBusMessage message, std::chrono::milliseconds limit, std::stop_token stop)
{
    Deferred<QVariant> deferred;
    // Deletes itself with its answer, which libdbus brings at its own time limit at the latest.
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(message, static_cast<int>(limit.count())));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher,
                     [deferred](QDBusPendingCallWatcher *self) {
                         self->deleteLater();
                         const QDBusMessage reply = self->reply();
                         if (reply.type() == QDBusMessage::ReplyMessage) {
                             deferred.settle(reply.arguments().value(0));
                             return;
                         }
                         const QDBusError::ErrorType type = QDBusError(reply).type();
                         const bool isSilent = type == QDBusError::NoReply
                             || type == QDBusError::Timeout || type == QDBusError::TimedOut;
                         deferred.settle(
                             fail(isSilent ? Error::Kind::Timeout : Error::Kind::NotFound,
                                  reply.errorMessage()));
                     });
    Task<QVariant> bounded =
        within<QVariant>(deferred, limit, QStringLiteral("no answer on the session bus"), stop);
    co_return co_await std::move(bounded);
}

QDBusMessage serviceCall(const QString &method)
{
    return QDBusMessage::createMethodCall(secretService, QStringLiteral("/org/freedesktop/secrets"),
                                          QStringLiteral("org.freedesktop.Secret.Service"), method);
}

QDBusMessage ownerCall(const QString &name)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetNameOwner"));
    message << name;
    return message;
}

QDBusMessage lockedCall(const QString &path)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        secretService, path, QStringLiteral("org.freedesktop.DBus.Properties"),
        QStringLiteral("Get"));
    message << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    return message;
}

KeychainStatus withState(KeychainStatus status, KeychainState state, const QString &detail,
                         const QString &advice)
{
    status.state = state;
    status.detail = detail;
    status.advice = advice;
    return status;
}

KeychainStatus noAnswer(KeychainStatus status, const Error &error)
{
    if (error.kind == Error::Kind::Timeout)
        return withState(std::move(status), KeychainState::TimedOut,
                         QStringLiteral("the keychain does not answer"),
                         QStringLiteral("Look for a hidden password prompt of the keychain, or log "
                                        "out and in again."));
    return withState(
        std::move(status), KeychainState::NoService,
        QStringLiteral("no keychain service answers on the session bus (%1)").arg(error.detail),
        QStringLiteral("Install and start gnome-keyring, KWallet or KeePassXC's "
                       "Secret Service."));
}

// KWallet, where the desktop is KDE and its daemon answers: QtKeychain prefers it there.
Task<std::optional<QString>> openWallet(std::chrono::milliseconds limit, std::stop_token stop)
{
    if (!qEnvironmentVariable("XDG_CURRENT_DESKTOP").contains(QLatin1String("KDE")))
        co_return std::optional<QString>();
    for (const char version : {'6', '5'}) {
        const QString suffix = QString(QLatin1Char(version));
        const QDBusMessage message = QDBusMessage::createMethodCall(
            QStringLiteral("org.kde.kwalletd") + suffix,
            QStringLiteral("/modules/kwalletd") + suffix, QStringLiteral("org.kde.KWallet"),
            QStringLiteral("networkWallet"));
        const Result<QVariant> wallet = co_await call(message, limit, stop);
        if (wallet)
            co_return std::optional<QString>(wallet->toString());
    }
    co_return std::optional<QString>();
}

} // namespace

QString collectionName(const QString &objectPath)
{
    const QByteArray encoded = objectPath.section(QLatin1Char('/'), -1).toLatin1();
    QByteArray name;
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        if (encoded.at(i) == '_' && i + 2 < encoded.size()) {
            name.append(QByteArray::fromHex(encoded.mid(i + 1, 2)));
            i += 2;
        } else {
            name.append(encoded.at(i));
        }
    }
    return QString::fromUtf8(name);
}

bool isPlainKeyring(const QString &collection)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    QFile file(QStringLiteral("%1/keyrings/%2.keyring").arg(folder, collection));
    return file.open(QIODevice::ReadOnly) && file.read(9) == "[keyring]";
}

Task<KeychainStatus> probeKeychain(std::chrono::milliseconds limit, std::stop_token stop)
{
    KeychainStatus status;
    status.backend = QStringLiteral("Secret Service");
    if (!QDBusConnection::sessionBus().isConnected())
        co_return withState(status, KeychainState::NoService,
                            QStringLiteral("there is no D-Bus session here, and so no keychain"),
                            QStringLiteral("Start Sealbook from a desktop session, or by "
                                           "dbus-run-session together with a keychain service."));

    Task<std::optional<QString>> walletTask = openWallet(limit, stop);
    const Result<std::optional<QString>> wallet = co_await std::move(walletTask);
    if (wallet && *wallet) {
        status.backend = QStringLiteral("KWallet");
        status.collection = **wallet;
        status.state = KeychainState::Ok;
        status.detail = QStringLiteral("KWallet answers");
        co_return status;
    }

    QDBusMessage readAlias = serviceCall(QStringLiteral("ReadAlias"));
    readAlias << QStringLiteral("default");
    const Result<QVariant> alias = co_await call(readAlias, limit, stop);
    if (!alias) {
        if (alias.error().kind == Error::Kind::Cancelled)
            co_return fail(alias.error());
        co_return noAnswer(status, alias.error());
    }
    const QString path = alias->value<QDBusObjectPath>().path();
    if (path.size() <= 1)
        co_return withState(status, KeychainState::NoKeyringYet,
                            QStringLiteral("the keychain service has no default keyring yet"),
                            QStringLiteral("Create a default keyring with a password (in Passwords "
                                           "and Keys: File, New, Password Keyring; then Set as "
                                           "default)."));
    status.collection = collectionName(path);

    // Three questions at once: is it locked, and is it gnome-keyring who holds the name?
    const QDBusMessage lockedMessage = lockedCall(path);
    const QDBusMessage serviceMessage = ownerCall(secretService);
    const QDBusMessage gnomeMessage = ownerCall(gnomeKeyring);
    Task<QVariant> lockedTask = call(lockedMessage, limit, stop);
    Task<QVariant> serviceTask = call(serviceMessage, limit, stop);
    Task<QVariant> gnomeTask = call(gnomeMessage, limit, stop);
    const Result<QVariant> locked = co_await std::move(lockedTask);
    const Result<QVariant> serviceOwner = co_await std::move(serviceTask);
    const Result<QVariant> gnomeOwner = co_await std::move(gnomeTask);
    if (!locked) {
        if (locked.error().kind == Error::Kind::Cancelled)
            co_return fail(locked.error());
        co_return noAnswer(status, locked.error());
    }
    const bool isGnome = serviceOwner && gnomeOwner && *serviceOwner == *gnomeOwner;
    if (isGnome && isPlainKeyring(status.collection))
        co_return withState(
            status, KeychainState::PlainKeyring,
            QStringLiteral("the keyring \"%1\" has no password, so its secrets lie readable on the "
                           "disk")
                .arg(status.collection),
            QStringLiteral(
                "Give the keyring a password (in Passwords and Keys: right click, Change "
                "password)."));
    if (locked->value<QDBusVariant>().variant().toBool())
        co_return withState(
            status, KeychainState::Locked,
            QStringLiteral("the keyring \"%1\" is locked").arg(status.collection),
            QStringLiteral("Unlock it (in Passwords and Keys, or by logging in again)."));
    status.state = KeychainState::Ok;
    status.detail = QStringLiteral("the keyring \"%1\" is unlocked").arg(status.collection);
    co_return status;
}

} // namespace sealbook
