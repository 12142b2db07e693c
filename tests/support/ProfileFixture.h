// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/AuditLog.h"
#include "core/governance/CredentialService.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/InventoryService.h"
#include "core/providers/ProviderCatalog.h"
#include "core/store/Store.h"
#include "core/vault/PassphraseGate.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeResolver.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/RecordedTransport.h"
#include "tests/support/SampleCertificates.h"

#include <QTemporaryDir>

namespace sealbook {

// A whole profile for tests of pages: the real store and services in a folder of its own, fakes
// where the outside world is, and the data of the design's pictures on wish. Owned by the test.
struct ProfileFixture
{
    QTemporaryDir folder;
    FakeClock clock;
    MemorySecretStore keychain;
    std::unique_ptr<Store> store;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<PassphraseGate> gate;
    ProviderCatalog catalog;
    RecordedTransport transport{{}};
    FakeResolver resolver;
    std::unique_ptr<CredentialService> credentials;
    std::unique_ptr<CertificateService> certificates;
    std::unique_ptr<InventoryService> inventory;
    SampleCertificates samples{clock.utcNow()};

    ProfileFixture()
    {
        keychain.setBackend(QStringLiteral("Secret Service"));
        store = std::move(
            *await(Store::open(folder.filePath(QStringLiteral("profile/sealbook.db")), {})));
        vault = std::make_unique<Vault>(keychain, *store, false);
        audit = std::make_unique<AuditLog>(*store, *vault);
        credentials = std::make_unique<CredentialService>(*store, *vault, *audit, catalog,
                                                          transport, resolver);
        certificates = std::make_unique<CertificateService>(*store, *vault, audit->function());
        gate = std::make_unique<PassphraseGate>(*store, *vault, clock, audit->function());
        certificates->useGate(gate.get());
        inventory = std::make_unique<InventoryService>(*store, clock);
    }

    // A pin of the audit log may be on its way, as when Services closes.
    ~ProfileFixture() { std::ignore = await(audit->pin({})); }
    Q_DISABLE_COPY_MOVE(ProfileFixture)

    void seedCertificates()
    {
        for (const CertificateRecord &record : samples.all())
            std::ignore = await(store->saveCertificate(record));
    }

    void seedCredentials()
    {
        for (const CredentialRecord &record : sampleCredentials())
            std::ignore = await(store->saveCredential(record));
    }

    [[nodiscard]] std::vector<CredentialRecord> sampleCredentials() const
    {
        std::vector<CredentialRecord> records;
        const auto add = [&](const char *name, const char *provider, const char *owner,
                             const char *purpose, const char *reach, int ageDays, int usedHours) {
            CredentialRecord record;
            record.id = CredentialId::make();
            record.name = QLatin1String(name);
            record.provider = QLatin1String(provider);
            record.owner = QLatin1String(owner);
            record.purpose = QLatin1String(purpose);
            record.reach = QString::fromLatin1(reach).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            record.createdAt = clock.utcNow().addDays(-ageDays);
            if (!record.reach.isEmpty())
                record.reachCheckedAt = clock.utcNow().addSecs(-54 * 60);
            if (usedHours >= 0)
                record.lastUsedAt = clock.utcNow().addSecs(-usedHours * 3600);
            record.keychainBackend = QStringLiteral("Secret Service");
            record.secretItems.insert(
                QStringLiteral("token"),
                QStringLiteral("sealbook/default/credential/%1").arg(records.size() + 1));
            records.push_back(record);
        };
        add("cloudflare-all", "cloudflare", "Mara Keller", "renew shop and login",
            "example.com example.net shop.example a.example b.example c.example d.example "
            "e.example f.example g.example h.example i.example",
            74, 2);
        add("desec-build", "desec", "Jules Moreau", "build server", "", 20, -1);
        records.back().state = CredentialRecord::State::Draft;
        add("gandi-legacy", "gandi", "Anna Weiss", "old web shop", "old.example", 112, 96 * 24);
        add("bind-primary", "rfc2136", "Tomas Lind", "example.org", "example.org", 96, 0);
        records.back().fields = {
            {QStringLiteral("server"), QStringLiteral("192.0.2.53")},
            {QStringLiteral("key_name"), QStringLiteral("sealbook.example.org")},
            {QStringLiteral("algorithm"), QStringLiteral("hmac-sha256")}};
        add("hetzner-net", "hetzner", "Mara Keller", "example.net", "example.net", 88, 14);
        add("desec-org", "desec", "Jules Moreau", "edge.example.org", "example.org", 22, 5);
        add("azure-corp", "azure", "Mara Keller", "corp.example", "", 55, 72);
        add("route53-acme", "route53", "Tomas Lind", "validation zone", "acme.example", 31, 24);
        add("cloudflare-ci", "cloudflare", "Jules Moreau", "build server", "ci.example", 40, 300);
        records.back().state = CredentialRecord::State::Revoked;
        return records;
    }
};

} // namespace sealbook
