// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"
#include "core/dns/DnsTransport.h"
#include "core/dns/DnsUpdate.h"
#include "core/providers/ProviderSummary.h"

#include <QMap>

#include <map>
#include <memory>

namespace sealbook {

struct RecipeSubject;

// Edits TXT records at a primary server by DNS update (RFC 2136) under a TSIG key: BIND, Knot,
// PowerDNS, Windows DNS. Fields: server ADDR[:PORT], key_name, algorithm; secret: key. Made by
// ProviderCatalog; MUST outlive its tasks; main thread.
class Rfc2136Provider final : public DnsProvider
{
public:
    [[nodiscard]] static ProviderSummary summary();
    [[nodiscard]] static QStringList recipe(const RecipeSubject &subject);
    [[nodiscard]] static Result<DnsEndpoint> serverFromText(const QString &text);
    [[nodiscard]] static Result<std::unique_ptr<Rfc2136Provider>>
    make(const QMap<QString, QString> &fields, const std::map<QString, Secret> &secrets);

    [[nodiscard]] ProviderTraits traits() const override;
    [[nodiscard]] Task<PublishedTxt> add(TxtRecord record, std::stop_token stop) override;
    [[nodiscard]] Task<> remove(TxtRecord record, QJsonObject handle,
                                std::stop_token stop) override;
    [[nodiscard]] Task<std::optional<PublishedTxt>> find(TxtRecord record,
                                                         std::stop_token stop) override;
    [[nodiscard]] Task<std::vector<DnsName>> zones(std::stop_token stop) override;

private:
    Rfc2136Provider(DnsEndpoint server, TsigKey key);

    DnsTransport m_transport;
    DnsUpdate m_update;
};

} // namespace sealbook
