// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"
#include "core/records/CredentialRecord.h"
#include "core/records/EndpointRecord.h"
#include "core/records/JobRecord.h"
#include "ui/credentials/CredentialHealth.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <vector>

namespace sealbook {

struct InventoryDigest;
struct NeedSources;

// One thing that needs a person: what, how soon, why in one line, and the one act that ends it.
// Nothing here renews by itself, so that every certificate that is due is such a thing. A value.
struct Need
{
    Q_DECLARE_TR_FUNCTIONS(Need)

public:
    enum class Kind { Certificate, Credential, Endpoint, Job };
    Kind kind = Kind::Certificate;
    Urgency urgency = Urgency::Soon; // overdue, act now or soon
    QString title;
    bool isName = false; // the title is a host name, cut as such
    QString reason;
    QString due; // "in 21 h", "3 d ago", "by 2 Dec"; empty where no day is near
    qint64 dueAt = 0; // milliseconds since 1970 UTC; the sooner the higher among its equals
    QString act; // on its button
    QString page; // where the act leads, and what of it: see Page::pageWanted
    QString subject;
    QString sha256; // of a certificate
    bool isForeign = false; // a certificate that was not issued here
    bool operator==(const Need &) const = default;

    // Worst first. What is due by a day stands before what is not.
    [[nodiscard]] static std::vector<Need> of(const NeedSources &sources);
    [[nodiscard]] static QString kindText(Kind kind); // "certificate"
    [[nodiscard]] static QString kindIcon(Kind kind);
};

// A certificate that is fine, and when its renewal window opens.
struct NextRenewal
{
    QString name;
    QString sha256;
    QDateTime opensAt; // UTC
    bool operator==(const NextRenewal &) const = default;
};

// What the overview has to know of an inventory: made once for it, away from the main thread, and
// kept in place of it.
struct InventoryDigest
{
    static constexpr std::size_t nextCount = 5;
    [[nodiscard]] static InventoryDigest of(const Inventory &inventory);

    std::vector<Need> needs; // of certificates
    QSet<QString> needy; // their fingerprints
    QHash<QString, std::vector<DependentCertificate>> dependents; // by credential
    std::vector<NextRenewal> next; // soonest first
    ExpiryWeeks weeks{0};
    int certificates = 0; // that are not retired
};

// What is known of a profile at one moment; from it follows who has to do what.
struct NeedSources
{
    std::shared_ptr<const InventoryDigest> inventory; // may be null: not read yet
    std::vector<CredentialRecord> credentials;
    std::vector<JobRecord> jobs;
    std::vector<EndpointStatus> endpoints;
    QDateTime now;
};

} // namespace sealbook
