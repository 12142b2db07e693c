// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/AcmeParser.h"

#include "core/acme/Problem.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace sealbook {

static tl::unexpected<Error> corrupt(const QString &detail)
{
    return fail(Error::Kind::Corrupt, detail,
                QStringLiteral("The CA's server is faulty or not the one it claims to be."));
}

[[nodiscard]] static Result<QUrl> httpsUrl(const QString &text, const QString &field)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != QLatin1String("https") || url.host().isEmpty()
        || !url.userInfo().isEmpty())
        return corrupt(QStringLiteral("The CA's field \"%1\" holds no https address: \"%2\".")
                           .arg(field, text.left(200)));
    return url;
}

[[nodiscard]] static Result<QString> knownStatus(const QJsonObject &json, const QStringList &known)
{
    const QString status = json[QLatin1String("status")].toString();
    if (!known.contains(status))
        return corrupt(
            QStringLiteral("The CA sent the unknown status \"%1\".").arg(status.left(50)));
    return status;
}

static QDateTime time(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

static std::optional<Error> embeddedError(const QJsonObject &json)
{
    const QJsonValue error = json[QLatin1String("error")];
    if (!error.isObject())
        return std::nullopt;
    return errorFromProblem(error.toObject());
}

AcmeParser::AcmeParser(const QUrl &directoryUrl, const Directory &directory)
{
    for (const QUrl &url : {directoryUrl, directory.newNonce, directory.newAccount,
                            directory.newOrder, directory.revokeCert, directory.keyChange}) {
        if (!url.isEmpty())
            m_hosts.insert(url.host());
    }
}

static void readMeta(const QJsonObject &meta, Directory &directory)
{
    // Both are only shown; an address that is not https is not worth refusing a CA, but is no link.
    const auto link = [&meta](const char *name) {
        const QString text = meta[QLatin1String(name)].toString();
        return httpsUrl(text, QString::fromLatin1(name)).value_or(QUrl());
    };
    directory.termsOfService = link("termsOfService");
    directory.website = link("website");
    directory.externalAccountRequired = meta[QLatin1String("externalAccountRequired")].toBool();
    const QJsonArray identities = meta[QLatin1String("caaIdentities")].toArray();
    for (const QJsonValue &identity : identities)
        directory.caaIdentities.append(identity.toString());
    const QJsonObject profiles = meta[QLatin1String("profiles")].toObject();
    for (auto it = profiles.begin(); it != profiles.end(); ++it)
        directory.profiles.insert(it.key(), it.value().toString());
}

Result<Directory> AcmeParser::directory(const QJsonObject &json)
{
    struct Field
    {
        const char *name;
        QUrl Directory::*member;
        bool needed;
    };
    static constexpr Field fields[] = {
        {"newNonce", &Directory::newNonce, true},
        {"newAccount", &Directory::newAccount, true},
        {"newOrder", &Directory::newOrder, true},
        {"newAuthz", &Directory::newAuthz, false},
        {"revokeCert", &Directory::revokeCert, false},
        {"keyChange", &Directory::keyChange, false},
        {"renewalInfo", &Directory::renewalInfo, false},
    };
    Directory directory;
    for (const Field &field : fields) {
        const QString name = QString::fromLatin1(field.name);
        const QJsonValue value = json[name];
        if (value.isUndefined() && !field.needed)
            continue;
        if (value.isUndefined())
            return fail(
                Error::Kind::Corrupt,
                QStringLiteral("This is not an ACME directory: it has no \"%1\".").arg(name),
                QStringLiteral("Check the address of the CA's directory."));
        const Result<QUrl> url = httpsUrl(value.toString(), name);
        if (!url)
            return fail(url.error());
        directory.*field.member = *url;
    }
    readMeta(json[QLatin1String("meta")].toObject(), directory);
    return directory;
}

Account AcmeParser::account(const QJsonObject &json)
{
    Account account;
    account.status = json[QLatin1String("status")].toString();
    const QJsonArray contacts = json[QLatin1String("contact")].toArray();
    for (const QJsonValue &contact : contacts)
        account.contacts.append(contact.toString());
    return account;
}

Result<QUrl> AcmeParser::address(const QString &text, const QString &field) const
{
    Result<QUrl> url = httpsUrl(text, field);
    if (url && !m_hosts.contains(url->host()))
        return corrupt(QStringLiteral("The CA's field \"%1\" points to a foreign host: %2.")
                           .arg(field, url->host()));
    return url;
}

Result<Order> AcmeParser::order(const QJsonObject &json, const QUrl &url) const
{
    static const QStringList known{QStringLiteral("pending"), QStringLiteral("ready"),
                                   QStringLiteral("processing"), QStringLiteral("valid"),
                                   QStringLiteral("invalid")};
    Order order;
    order.url = url;
    const Result<QString> status = knownStatus(json, known);
    if (!status)
        return fail(status.error(), "reading an order");
    order.status = *status;
    order.expires = time(json[QLatin1String("expires")]);
    order.error = embeddedError(json);
    const QJsonArray identifiers = json[QLatin1String("identifiers")].toArray();
    for (const QJsonValue &identifier : identifiers)
        order.names.append(identifier.toObject()[QLatin1String("value")].toString());
    const QJsonArray authorizations = json[QLatin1String("authorizations")].toArray();
    for (const QJsonValue &value : authorizations) {
        const Result<QUrl> authorization =
            address(value.toString(), QStringLiteral("authorizations"));
        if (!authorization)
            return fail(authorization.error(), "reading an order");
        order.authorizations.push_back(*authorization);
    }
    const Result<QUrl> finalize =
        address(json[QLatin1String("finalize")].toString(), QStringLiteral("finalize"));
    if (!finalize)
        return fail(finalize.error(), "reading an order");
    order.finalize = *finalize;
    if (order.status != QLatin1String("valid"))
        return order;
    const Result<QUrl> certificate =
        address(json[QLatin1String("certificate")].toString(), QStringLiteral("certificate"));
    if (!certificate)
        return fail(certificate.error(), "reading an order");
    order.certificate = *certificate;
    return order;
}

Result<Challenge> AcmeParser::challenge(const QJsonObject &json) const
{
    static const QStringList known{QStringLiteral("pending"), QStringLiteral("processing"),
                                   QStringLiteral("valid"), QStringLiteral("invalid")};
    // RFC 8555 section 8.3: base64url without padding.
    static const QRegularExpression tokenPattern(QStringLiteral("\\A[A-Za-z0-9_-]{1,512}\\z"));
    Challenge challenge;
    challenge.type = json[QLatin1String("type")].toString();
    challenge.token = json[QLatin1String("token")].toString();
    challenge.error = embeddedError(json);
    const Result<QString> status = knownStatus(json, known);
    if (!status)
        return fail(status.error(), "reading a challenge");
    challenge.status = *status;
    const Result<QUrl> url = address(json[QLatin1String("url")].toString(), QStringLiteral("url"));
    if (!url)
        return fail(url.error(), "reading a challenge");
    challenge.url = *url;
    if (challenge.type == QLatin1String("dns-01")
        && !tokenPattern.match(challenge.token).hasMatch())
        return corrupt(QStringLiteral("The CA sent a dns-01 challenge without a usable token."));
    return challenge;
}

Result<Authorization> AcmeParser::authorization(const QJsonObject &json, const QUrl &url) const
{
    static const QStringList known{QStringLiteral("pending"), QStringLiteral("valid"),
                                   QStringLiteral("invalid"), QStringLiteral("deactivated"),
                                   QStringLiteral("expired"), QStringLiteral("revoked")};
    Authorization authorization;
    authorization.url = url;
    const Result<QString> status = knownStatus(json, known);
    if (!status)
        return fail(status.error(), "reading an authorization");
    authorization.status = *status;
    authorization.name =
        json[QLatin1String("identifier")].toObject()[QLatin1String("value")].toString();
    authorization.wildcard = json[QLatin1String("wildcard")].toBool();
    authorization.expires = time(json[QLatin1String("expires")]);
    if (authorization.name.isEmpty())
        return corrupt(QStringLiteral("The CA sent an authorization that names nothing."));
    const QJsonArray challenges = json[QLatin1String("challenges")].toArray();
    for (const QJsonValue &value : challenges) {
        Result<Challenge> one = challenge(value.toObject());
        if (!one && value.toObject()[QLatin1String("type")] == QLatin1String("dns-01"))
            return fail(one.error(), "reading an authorization");
        // Of a kind that nobody here answers, it need not be understood.
        if (one)
            authorization.challenges.push_back(std::move(*one));
    }
    return authorization;
}

} // namespace sealbook
