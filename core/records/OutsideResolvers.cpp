// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/OutsideResolvers.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUrl>

#include <utility>

namespace sealbook {

namespace {
const QString useKey = QStringLiteral("use");
const QString urlsKey = QStringLiteral("urls");
const QString unattendedKey = QStringLiteral("unattended");

tl::unexpected<Error> unusable(const QString &detail)
{
    return fail(Error::Kind::BadRequest, detail,
                QStringLiteral("A resolver's address looks like "
                               "https://dns.quad9.net/dns-query."));
}
} // namespace

QString outsideResolversKey()
{
    return QStringLiteral("outside_resolvers");
}

// Two operators that have nothing to do with each other.
QStringList OutsideResolvers::defaultUrls()
{
    return {QStringLiteral("https://dns.quad9.net/dns-query"),
            QStringLiteral("https://cloudflare-dns.com/dns-query")};
}

QJsonValue OutsideResolvers::toJson() const
{
    return QJsonObject{
        {useKey, use}, {urlsKey, QJsonArray::fromStringList(urls)}, {unattendedKey, unattended}};
}

OutsideResolvers OutsideResolvers::fromJson(const QJsonValue &value)
{
    OutsideResolvers kept;
    const QJsonObject object = value.toObject();
    if (object.isEmpty())
        return kept;
    kept.use = object[useKey].toBool(true);
    kept.unattended = object[unattendedKey].toBool(true);
    kept.urls.clear();
    for (const QJsonValue &each : object[urlsKey].toArray()) {
        const auto url = outsideUrlFromText(each.toString());
        if (url && !kept.urls.contains(*url) && kept.urls.size() < most)
            kept.urls.append(*url);
    }
    return kept;
}

Result<QString> outsideUrlFromText(const QString &text)
{
    QString typed = text.trimmed();
    const QString variable = QStringLiteral("{?dns}");
    if (typed.endsWith(variable))
        typed.chop(variable.size());
    const QUrl url(typed, QUrl::StrictMode);
    if (!url.isValid())
        return unusable(QStringLiteral("\"%1\" is no address").arg(text.trimmed()));
    if (url.scheme() != QLatin1String("https"))
        return unusable(QStringLiteral("\"%1\" does not begin with https://").arg(text.trimmed()));
    if (url.host().isEmpty())
        return unusable(QStringLiteral("\"%1\" names no host").arg(text.trimmed()));
    if (!url.userInfo().isEmpty() || url.hasFragment() || url.hasQuery())
        return unusable(
            QStringLiteral("the address of %1 holds more than host and path").arg(url.host()));
    return url.toString(QUrl::FullyEncoded);
}

QString outsideName(const QString &url)
{
    const QString host = QUrl(url).host();
    for (const auto &[known, name] :
         {std::pair("dns.quad9.net", "Quad9"), std::pair("9.9.9.9", "Quad9"),
          std::pair("cloudflare-dns.com", "Cloudflare"), std::pair("one.one.one.one", "Cloudflare"),
          std::pair("1.1.1.1", "Cloudflare"), std::pair("dns.google", "Google"),
          std::pair("8.8.8.8", "Google")})
        if (host == QLatin1String(known))
            return QLatin1String(name);
    return host;
}

} // namespace sealbook
