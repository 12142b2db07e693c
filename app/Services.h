// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/GlobalOptions.h"
#include "core/base/Clock.h"
#include "core/base/Task.h"
#include "core/dns/PropagationBoard.h"
#include "core/practice/PracticeLab.h"
#include "core/records/JobRecord.h"
#include "core/records/OutsideResolvers.h"

#include <memory>

namespace sealbook {

class AccountService;
class AuditLog;
class BackupService;
class CertificateService;
class CredentialService;
class DohClient;
class HttpTransport;
class InventoryService;
class IssuanceService;
class MachineCheck;
class PassphraseGate;
class ProviderCatalog;
class RevocationService;
class SecretStore;
class Store;
class StoreTurns;
class SystemResolver;
class TransparencyService;
class Vault;
class WatchService;

// How much of core a run needs.
enum class ServiceLevel {
    Network, // resolver and transport; no profile is opened or made
    Profile,
    Keychain // a profile, and a usable keychain before anything is written
};

// The one place where core is built and wired: no singletons anywhere else. Owned by the
// application; main thread. Everything in it dies in the reverse order of its making, after the
// work that is under way has been stopped.
class Services
{
public:
    ~Services();
    Services(const Services &) = delete;
    Services &operator=(const Services &) = delete;

    // Opens what `level` says. `practice` holds the facts of a running lab for a practice profile.
    [[nodiscard]] static Task<std::unique_ptr<Services>> open(GlobalOptions options,
                                                              ServiceLevel level,
                                                              std::optional<PracticeFacts> practice,
                                                              std::stop_token stop);
    // Whether a usable keychain is there; the error says what is missing and what to do. Practice
    // takes a keyring that lies unencrypted on disk too.
    [[nodiscard]] static Task<> checkKeychain(bool isPractice, std::stop_token stop);
    // Waits for what must be on disk (the audit log's pin) before the process ends.
    [[nodiscard]] Task<> close();

    [[nodiscard]] const GlobalOptions &options() const { return m_options; }
    [[nodiscard]] Clock &clock() { return m_clock; }
    [[nodiscard]] Store &store() { return *m_store; }
    [[nodiscard]] Vault &vault() { return *m_vault; }
    [[nodiscard]] AuditLog &audit() { return *m_audit; }
    [[nodiscard]] BackupService &backups() { return *m_backups; }
    // Null in practice, where no key is worth one.
    [[nodiscard]] PassphraseGate *gate() { return m_gate.get(); }
    [[nodiscard]] const ProviderCatalog &catalog() const { return *m_catalog; }
    [[nodiscard]] SystemResolver &resolver() { return *m_resolver; }
    [[nodiscard]] CredentialService &credentials() { return *m_credentials; }
    [[nodiscard]] CertificateService &certificates() { return *m_certificates; }
    [[nodiscard]] InventoryService &inventory() { return *m_inventory; }
    [[nodiscard]] WatchService &watch() { return *m_watch; }
    [[nodiscard]] RevocationService &revocation() { return *m_revocation; }
    [[nodiscard]] TransparencyService &transparency() { return *m_transparency; }
    [[nodiscard]] AccountService &accounts() { return *m_accounts; }
    [[nodiscard]] IssuanceService &issuance() { return *m_issuance; }
    [[nodiscard]] MachineCheck &machine() { return *m_machine; }
    // Keeps a setting of the profile, with an audit entry where it is a privileged one.
    [[nodiscard]] Task<> changeSetting(QString key, QJsonValue value);
    // Which resolvers elsewhere the next jobs' boards ask.
    void useOutside(OutsideResolvers outside) { m_outside = std::move(outside); }
    [[nodiscard]] bool isPractice() const { return m_practice.has_value(); }
    [[nodiscard]] std::optional<CaRecord> practiceCa() const;
    [[nodiscard]] static QString databaseFile(const GlobalOptions &options);

private:
    Services() = default;
    [[nodiscard]] static Task<> askKeychain(SecretStore *keychain, bool isPractice,
                                            std::stop_token stop);
    [[nodiscard]] Task<> keepPracticeApart();
    [[nodiscard]] Task<> useKeptResolver();
    [[nodiscard]] BoardOptions boardOptions(const IssuanceRequest &request) const;
    void wire();

    GlobalOptions m_options;
    std::optional<PracticeFacts> m_practice;
    SystemClock m_clock;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SecretStore> m_keychain;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<AuditLog> m_audit;
    std::unique_ptr<BackupService> m_backups;
    std::unique_ptr<PassphraseGate> m_gate;
    std::unique_ptr<StoreTurns> m_turns;
    std::unique_ptr<ProviderCatalog> m_catalog;
    std::unique_ptr<HttpTransport> m_transport; // for providers and the machine check
    std::unique_ptr<SystemResolver> m_resolver;
    OutsideResolvers m_outside;
    std::unique_ptr<HttpTransport>
        m_outsideTransport; // carries no credential, shares no connection
    std::unique_ptr<DohClient> m_doh;
    std::unique_ptr<CredentialService> m_credentials;
    std::unique_ptr<CertificateService> m_certificates;
    std::unique_ptr<InventoryService> m_inventory;
    std::unique_ptr<WatchService> m_watch;
    // Both carry no credential and speak plain HTTP too; the first keeps out of this network.
    std::unique_ptr<HttpTransport> m_publicTransport;
    std::unique_ptr<HttpTransport> m_anyTransport;
    std::unique_ptr<RevocationService> m_revocation;
    std::unique_ptr<TransparencyService> m_transparency;
    std::unique_ptr<AccountService> m_accounts;
    std::unique_ptr<IssuanceService> m_issuance;
    std::unique_ptr<MachineCheck> m_machine;
};

} // namespace sealbook
