// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/ResolverForm.h"

#include <QHostAddress>

#include <optional>

namespace sealbook {

namespace {
struct Parts
{
    QString address;
    std::optional<QString> port;
};

std::optional<Parts> split(const QString &typed)
{
    if (typed.startsWith(QLatin1Char('['))) {
        const qsizetype end = typed.indexOf(QLatin1Char(']'));
        if (end < 0)
            return std::nullopt;
        const QString rest = typed.mid(end + 1);
        if (rest.isEmpty())
            return Parts{typed.mid(1, end - 1), {}};
        if (!rest.startsWith(QLatin1Char(':')))
            return std::nullopt;
        return Parts{typed.mid(1, end - 1), rest.mid(1)};
    }
    // One colon parts address and port; more are an IPv6 address without one.
    if (typed.count(QLatin1Char(':')) == 1)
        return Parts{typed.section(QLatin1Char(':'), 0, 0), typed.section(QLatin1Char(':'), 1)};
    return Parts{typed, {}};
}
} // namespace

QString ResolverForm::problem() const
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    const std::optional<Parts> parts = split(text);
    if (!parts)
        return tr("An IPv6 address with a port is written as [2001:db8::53]:53.");
    const QHostAddress address(parts->address);
    if (address.isNull())
        return tr("“%1” is not an IP address. A resolver is given by its address, because a name "
                  "would need a resolver first.")
            .arg(parts->address);
    if (address.isMulticast() || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6)
        || address == QHostAddress(QHostAddress::Broadcast))
        return tr("%1 is no address that a single server can have.").arg(parts->address);
    if (!parts->port)
        return {};
    bool isNumber = false;
    const int port = parts->port->toInt(&isNumber);
    if (!isNumber || port < 1 || port > 65535)
        return tr("The port is a number from 1 to 65535.");
    return {};
}

QString ResolverForm::normalized() const
{
    const QString text = typed.trimmed();
    if (text.isEmpty() || !problem().isEmpty())
        return {};
    const Parts parts = *split(text);
    const QHostAddress address(parts.address);
    if (!parts.port)
        return address.toString();
    const QString shown = address.protocol() == QAbstractSocket::IPv6Protocol
        ? QStringLiteral("[%1]").arg(address.toString())
        : address.toString();
    return shown + QLatin1Char(':') + QString::number(parts.port->toInt());
}

} // namespace sealbook
