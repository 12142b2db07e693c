// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/providers/native/Rfc2136Provider.h"

#include "core/providers/ProviderCatalog.h"
#include "core/providers/TxtValue.h"

namespace sealbook {

namespace {

const QLatin1String serverField("server");
const QLatin1String keyNameField("key_name");
const QLatin1String algorithmField("algorithm");
const QLatin1String keyField("key");
const QLatin1String usualAlgorithm("hmac-sha256");

Result<> checked(const TxtRecord &record)
{
    if (record.name.isAtOrBelow(record.zone) && !record.zone.isRoot())
        return {};
    return fail(Error::Kind::BadRequest,
                QStringLiteral("%1 does not lie in the zone %2")
                    .arg(record.name.text(), record.zone.text()));
}

} // namespace

ProviderSummary Rfc2136Provider::summary()
{
    ProviderSummary summary;
    summary.code = QStringLiteral("rfc2136");
    summary.name = QStringLiteral("DNS update (RFC 2136)");
    summary.documentation = QUrl(QStringLiteral("https://www.rfc-editor.org/rfc/rfc2136"));
    summary.evidence = QStringLiteral("vendor-doc");
    ProviderField server;
    server.id = serverField;
    server.label = QStringLiteral("Primary server");
    server.help = QStringLiteral("The address of the server that takes updates, with :port where "
                                 "it is not 53.");
    server.example = QStringLiteral("192.0.2.53");
    ProviderField keyName;
    keyName.id = keyNameField;
    keyName.label = QStringLiteral("TSIG key name");
    keyName.example = QStringLiteral("sealbook");
    ProviderField algorithm;
    algorithm.id = algorithmField;
    algorithm.label = QStringLiteral("TSIG algorithm");
    algorithm.required = false;
    algorithm.defaultValue = usualAlgorithm;
    algorithm.choices = {QStringLiteral("hmac-sha256"), QStringLiteral("hmac-sha384"),
                         QStringLiteral("hmac-sha512"), QStringLiteral("hmac-sha1"),
                         QStringLiteral("hmac-md5")};
    ProviderField key;
    key.id = keyField;
    key.label = QStringLiteral("TSIG key");
    key.help = QStringLiteral("The secret in base64, as tsig-keygen or keymgr prints it.");
    key.secret = true;
    summary.fields = {server, keyName, algorithm, key};
    summary.leastPrivilege = recipe(RecipeSubject());
    return summary;
}

QStringList Rfc2136Provider::recipe(const RecipeSubject &subject)
{
    const QString name = subject.fields.value(keyNameField, QStringLiteral("sealbook"));
    const QString algorithm = subject.fields.value(algorithmField, usualAlgorithm);
    QStringList lines{
        QStringLiteral("Make a key that only Sealbook on this machine uses, and let it edit "
                       "nothing but TXT at one name."),
        QStringLiteral("BIND: tsig-keygen -a %2 %1"),
        QStringLiteral("BIND, in the zone \"%3\": update-policy { grant %1 name %4. TXT; };"),
        QStringLiteral("Knot: keymgr -t %1 %2"),
        QStringLiteral("Knot, in acl: - id: sealbook; key: %1; action: update; update-type: "
                       "[TXT]; update-owner: name; update-owner-match: equal; update-owner-name: "
                       "[%4.]"),
        QStringLiteral("Knot, in the zone \"%3\": acl: [sealbook]"),
        QStringLiteral("Copy the key's secret into this form once, and keep no other copy.")};
    for (QString &line : lines) {
        line.replace(QLatin1String("%1"), name);
        line.replace(QLatin1String("%2"), algorithm);
        line.replace(QLatin1String("%3"), subject.zone);
        line.replace(QLatin1String("%4"), subject.name);
    }
    return lines;
}

Result<DnsEndpoint> Rfc2136Provider::serverFromText(const QString &text)
{
    const QString typed = text.trimmed();
    QString host = typed;
    QString port;
    if (typed.startsWith(QLatin1Char('['))) { // [2001:db8::1]:53
        host = typed.mid(1).section(QLatin1Char(']'), 0, 0);
        const QString rest = typed.section(QLatin1Char(']'), 1);
        port = rest.startsWith(QLatin1Char(':')) ? rest.mid(1) : rest;
    } else if (typed.count(QLatin1Char(':')) == 1) {
        host = typed.section(QLatin1Char(':'), 0, 0);
        port = typed.section(QLatin1Char(':'), 1);
    }
    DnsEndpoint server;
    server.address = QHostAddress(host);
    bool isNumber = true;
    if (typed != host)
        server.port = port.isEmpty() ? quint16(53) : port.toUShort(&isNumber);
    if (server.address.isNull() || !isNumber || server.port == 0)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("\"%1\" is not an address like 192.0.2.53, 192.0.2.53:5353 or "
                                   "[2001:db8::53]:53")
                        .arg(typed.left(80)),
                    QStringLiteral("Give the server's address, not its name: a name would have to "
                                   "be trusted first."));
    return server;
}

Result<std::unique_ptr<Rfc2136Provider>>
Rfc2136Provider::make(const QMap<QString, QString> &fields,
                      const std::map<QString, Secret> &secrets)
{
    const Result<DnsEndpoint> server = serverFromText(fields.value(serverField));
    if (!server)
        return fail(server.error(), "reading the server's address");
    const auto secret = secrets.find(keyField);
    if (secret == secrets.end() || secret->second.isEmpty())
        return fail(Error::Kind::BadRequest, QStringLiteral("the TSIG key is missing"));
    QString algorithm = fields.value(algorithmField);
    if (algorithm.isEmpty())
        algorithm = usualAlgorithm;
    Result<TsigKey> key = tsigKeyFromFields(fields.value(keyNameField), algorithm, secret->second);
    if (!key)
        return fail(key.error(), "reading the TSIG key");
    return std::unique_ptr<Rfc2136Provider>(new Rfc2136Provider(*server, std::move(*key)));
}

Rfc2136Provider::Rfc2136Provider(DnsEndpoint server, TsigKey key)
    : m_update(m_transport, std::move(server), std::move(key))
{
}

ProviderTraits Rfc2136Provider::traits() const
{
    return {};
}

Task<PublishedTxt> Rfc2136Provider::add(TxtRecord record, std::stop_token stop)
{
    const Result<> permitted = checked(record);
    if (!permitted)
        co_return fail(permitted.error());
    const std::vector<TxtUpdate> values(1, TxtUpdate{record.name, record.value, record.ttl});
    Task<> adding = m_update.add(record.zone, values, stop);
    const Result<> added = co_await std::move(adding);
    if (!added)
        co_return fail(added.error(), "publishing the TXT record");
    PublishedTxt published;
    co_return published;
}

Task<> Rfc2136Provider::remove(TxtRecord record, QJsonObject, std::stop_token stop)
{
    const Result<> permitted = checked(record);
    if (!permitted)
        co_return fail(permitted.error());
    const std::vector<TxtUpdate> values(1, TxtUpdate{record.name, record.value, record.ttl});
    Task<> removing = m_update.remove(record.zone, values, stop);
    const Result<> removed = co_await std::move(removing);
    if (!removed)
        co_return fail(removed.error(), "removing the TXT record");
    co_return {};
}

Task<std::optional<PublishedTxt>> Rfc2136Provider::find(TxtRecord record, std::stop_token stop)
{
    std::optional<PublishedTxt> published;
    Task<QStringList> finding = m_update.find(record.name, stop);
    const Result<QStringList> values = co_await std::move(finding);
    if (!values)
        co_return fail(values.error(), "looking for the TXT record");
    if (values->contains(record.value))
        published.emplace();
    co_return published;
}

Task<std::vector<DnsName>> Rfc2136Provider::zones(std::stop_token)
{
    std::vector<DnsName> unknown; // the protocol has no way to ask
    co_return unknown;
}

} // namespace sealbook
