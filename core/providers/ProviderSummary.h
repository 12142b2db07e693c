// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/providers/DnsProvider.h"

#include <QString>
#include <QStringList>
#include <QUrl>

#include <vector>

namespace sealbook {

// One input of a provider's form, as its definition says it.
struct ProviderField
{
    QString id;
    QString label;
    QString help;
    QString example;
    bool secret = false;
    bool required = true;
    QString defaultValue;
    QStringList choices; // empty = free text
};

// What a person has to know about a provider before adding a credential for it.
struct ProviderSummary
{
    QString code; // "cloudflare"
    QString name; // "Cloudflare"
    QUrl documentation;
    std::vector<ProviderField> fields;
    QStringList leastPrivilege; // the recipe, one step a line (R11), for the zone example.org
    QUrl createUrl; // where a token is made; may be empty
    ProviderTraits traits;
    QString evidence; // vendor-doc, other-client, unverified
};

} // namespace sealbook
