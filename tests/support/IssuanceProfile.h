// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/governance/AuditLog.h"
#include "core/governance/CredentialService.h"
#include "core/issuance/IssuanceContext.h"
#include "core/providers/ProviderCatalog.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeResolver.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/RecordedTransport.h"
#include "tests/support/ScriptedCa.h"

#include <QTemporaryDir>

namespace sealbook {

// A profile for tests of issuance: database, vault and audit log are real, the keychain is in
// memory, and every CA is the one scripted one. Owned by a test.
struct IssuanceProfile
{
    // Requests of one connection to the scripted CA.
    class Line final : public HttpTransport
    {
    public:
        explicit Line(ScriptedCa &ca)
            : m_ca(ca)
        {
        }
        [[nodiscard]] Task<HttpResponse> send(HttpRequest request, std::stop_token stop) override
        {
            ++m_sent;
            return m_ca.send(std::move(request), stop);
        }
        [[nodiscard]] int requestCount() const override { return m_sent; }

    private:
        ScriptedCa &m_ca;
        int m_sent = 0;
    };

    QTemporaryDir dir;
    MemorySecretStore keychain;
    std::unique_ptr<Store> store;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<AuditLog> audit;
    ProviderCatalog catalog;
    RecordedTransport transport;
    FakeResolver resolver;
    FakeClock clock;
    ScriptedCa ca;
    QStringList asked; // directory URLs that a transport was made for
    std::unique_ptr<CredentialService> credentials;

    IssuanceProfile()
    {
        store = await(Store::open(dir.filePath(QStringLiteral("profile/sealbook.db")), {})).value();
        vault = std::make_unique<Vault>(keychain, *store, true);
        audit = std::make_unique<AuditLog>(*store, *vault);
        credentials = std::make_unique<CredentialService>(*store, *vault, *audit, catalog,
                                                          transport, resolver);
    }

    [[nodiscard]] IssuanceContext context(bool isPractice = false)
    {
        return {*store,
                *vault,
                *audit,
                *credentials,
                resolver,
                clock,
                [this](const CaRecord &record) {
                    asked.append(record.directoryUrl);
                    return std::make_unique<Line>(ca);
                },
                [isPractice]() -> std::optional<CaRecord> {
                    if (!isPractice)
                        return std::nullopt;
                    return practiceCa();
                },
                isPractice};
    }

    [[nodiscard]] static CaRecord practiceCa()
    {
        CaRecord record;
        record.id = QStringLiteral("practice");
        record.name = QStringLiteral("Practice CA");
        record.directoryUrl = QStringLiteral("https://127.0.0.1:14000/dir");
        record.isPractice = true;
        return record;
    }
};

} // namespace sealbook
