// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"

#include "core/base/Log.h"
#include "core/dns/DohClient.h"
#include "core/dns/SystemResolver.h"
#include "core/governance/AuditLog.h"
#include "core/governance/CredentialService.h"
#include "core/governance/StoreTurns.h"
#include "core/http/CurlTransport.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/ContainerServant.h"
#include "core/inventory/InventoryService.h"
#include "core/inventory/RevocationService.h"
#include "core/inventory/TransparencyService.h"
#include "core/inventory/WatchService.h"
#include "core/issuance/AccountService.h"
#include "core/issuance/IssuanceContext.h"
#include "core/issuance/IssuanceService.h"
#include "core/issuance/MachineCheck.h"
#include "core/keychain/SystemSecretStore.h"
#include "core/providers/ProviderCatalog.h"
#include "core/store/BackupService.h"
#include "core/store/Store.h"
#include "core/vault/PassphraseGate.h"
#include "core/vault/Vault.h"

#include <QDir>
#include <QFileInfo>

namespace sealbook {

namespace {
constexpr qint64 longestCaFile = 16L * 1024 * 1024;

// What the user's own CA file holds. Where it cannot be read, the transports say so.
std::vector<Certificate> rootsOf(const QString &caFile)
{
    QFile file(caFile);
    if (caFile.isEmpty() || !QFileInfo(caFile).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    return certificatesFromPem(file.read(std::min(file.size(), longestCaFile)), false)
        .value_or(std::vector<Certificate>());
}
} // namespace

Services::~Services() = default;

QString Services::databaseFile(const GlobalOptions &options)
{
    return options.home + QStringLiteral("/sealbook.sqlite");
}

std::optional<CaRecord> Services::practiceCa() const
{
    if (!m_practice || m_practice->directoryUrl.isEmpty())
        return std::nullopt;
    CaRecord ca;
    ca.id = QStringLiteral("practice");
    ca.name = QStringLiteral("Practice CA");
    ca.directoryUrl = m_practice->directoryUrl;
    ca.caFile = m_practice->caFile;
    ca.terms = QStringLiteral("On this computer only. Nobody trusts its certificates. 90 days.");
    ca.isPractice = true;
    return ca;
}

Task<std::unique_ptr<Services>> Services::open(GlobalOptions options, ServiceLevel level,
                                               std::optional<PracticeFacts> practice,
                                               std::stop_token stop)
{
    std::unique_ptr<Services> services(new Services);
    services->m_options = options;
    services->m_practice = practice;

    ResolverOptions resolver;
    if (!options.resolver.isEmpty())
        resolver.servers = {options.resolver};
    resolver.dnsPort = options.dnsPort;
    services->m_resolver = std::make_unique<SystemResolver>(resolver);
    CurlTransportOptions transport;
    transport.caFile = options.caFile;
    transport.allowPlainHttpToLoopback = true; // a PowerDNS API on this machine
    services->m_transport = std::make_unique<CurlTransport>(transport);
    if (level == ServiceLevel::Network)
        co_return services;

    services->m_keychain = std::make_unique<SystemSecretStore>();
    if (level == ServiceLevel::Keychain) {
        const auto usable =
            co_await askKeychain(services->m_keychain.get(), practice.has_value(), stop);
        if (!usable)
            co_return fail(usable.error());
    }
    Task<std::unique_ptr<Store>> opening = Store::open(databaseFile(options), stop);
    auto store = co_await std::move(opening);
    if (!store)
        co_return fail(store.error(), "opening the profile");
    services->m_store = std::move(*store);
    const auto apart = co_await services->keepPracticeApart();
    if (!apart)
        co_return fail(apart.error(), "opening the profile");
    services->wire();
    const auto resolverUsed = co_await services->useKeptResolver();
    if (!resolverUsed)
        co_return fail(resolverUsed.error(), "reading the settings");
    co_return services;
}

Task<> Services::askKeychain(SecretStore *keychain, bool isPractice, std::stop_token stop)
{
    const auto status = co_await keychain->status(stop);
    if (!status)
        co_return fail(status.error(), "asking the keychain");
    const bool plainIsFine = isPractice && status->state == KeychainState::PlainKeyring;
    if (status->state != KeychainState::Ok && !plainIsFine)
        co_return fail(errorOf(*status));
    co_return Result<>();
}

Task<> Services::checkKeychain(bool isPractice, std::stop_token stop)
{
    SystemSecretStore keychain;
    co_return co_await askKeychain(&keychain, isPractice, stop);
}

// NHI8: practice and real never mix. A practice profile carries a mark from its first moment; who
// opens it by its folder, without practice, is refused.
Task<> Services::keepPracticeApart()
{
    const QString key = QStringLiteral("practice");
    if (isPractice())
        co_return co_await m_store->setSetting(key, true);
    const auto mark = co_await m_store->setting(key);
    if (!mark)
        co_return fail(mark.error());
    if (mark->toBool())
        co_return fail(Error::Kind::PolicyDenied,
                       QStringLiteral("%1 is a profile of practice").arg(m_options.home),
                       QStringLiteral("Use it with --practice and the home that practice was "
                                      "started with, or name another home."));
    co_return Result<>();
}

// A resolver of the settings holds where the command line names none.
Task<> Services::useKeptResolver()
{
    const auto outside = co_await m_store->setting(outsideResolversKey());
    if (!outside)
        co_return fail(outside.error());
    useOutside(OutsideResolvers::fromJson(*outside));
    if (!m_options.resolver.isEmpty())
        co_return Result<>();
    const auto kept = co_await m_store->setting(QStringLiteral("resolver"));
    if (!kept)
        co_return fail(kept.error());
    if (!kept->toString().isEmpty())
        m_resolver->use({kept->toString()});
    co_return Result<>();
}

// Names of a lab mean nothing elsewhere, and nobody there learns of them.
BoardOptions Services::boardOptions(const IssuanceRequest &request) const
{
    BoardOptions options;
    options.acceptsLess = !request.unattended || m_outside.unattended;
    if (isPractice() || m_options.dnsPort != 53 || !m_outside.use)
        return options;
    options.outside = m_outside.urls;
    options.doh = m_doh.get();
    return options;
}

void Services::wire()
{
    m_vault = std::make_unique<Vault>(*m_keychain, *m_store, isPractice());
    m_audit = std::make_unique<AuditLog>(*m_store, *m_vault);
    m_backups = std::make_unique<BackupService>(*m_store, m_clock);
    m_turns = std::make_unique<StoreTurns>(*m_store);
    m_catalog = std::make_unique<ProviderCatalog>();
    m_catalog->setTurns(m_turns.get());
    m_credentials = std::make_unique<CredentialService>(*m_store, *m_vault, *m_audit, *m_catalog,
                                                        *m_transport, *m_resolver);
    m_certificates = std::make_unique<CertificateService>(*m_store, *m_vault, m_audit->function());
    m_certificates->useUmask(m_options.umask);
    if (!isPractice())
        m_gate = std::make_unique<PassphraseGate>(*m_store, *m_vault, m_clock, m_audit->function());
    m_certificates->useGate(m_gate.get());
    if (!m_options.caFile.isEmpty())
        m_certificates->useRootFiles({m_options.caFile});
    m_certificates->useImportHelper(
        // This very program, also where its file was replaced meanwhile.
        {QStringLiteral("/proc/self/exe"), {QString::fromLatin1(readContainerWord)}});
    m_inventory = std::make_unique<InventoryService>(*m_store, m_clock);
    m_inventory->useUmask(m_options.umask);
    EndpointProbe::Options probe;
    probe.extraRoots = rootsOf(m_options.caFile);
    m_watch = std::make_unique<WatchService>(*m_store, *m_inventory, m_clock, std::move(probe));
    const QString caFile = m_options.caFile;
    CurlTransportOptions anywhere;
    anywhere.caFile = caFile;
    anywhere.allowPlainHttp = true; // lists and answers are signed themselves
    m_anyTransport = std::make_unique<CurlTransport>(anywhere);
    anywhere.refusesPrivateAddresses = true;
    m_publicTransport = std::make_unique<CurlTransport>(anywhere);
    m_revocation =
        std::make_unique<RevocationService>(*m_store, *m_publicTransport, *m_anyTransport, m_clock);
    CurlTransportOptions outside;
    outside.caFile = caFile;
    m_outsideTransport = std::make_unique<CurlTransport>(outside);
    m_doh = std::make_unique<DohClient>(*m_outsideTransport);
    m_transparency = std::make_unique<TransparencyService>(*m_store, *m_outsideTransport, m_clock);
    const IssuanceContext context{
        *m_store,
        *m_vault,
        *m_audit,
        *m_credentials,
        *m_resolver,
        m_clock,
        [caFile](const CaRecord &ca) -> std::unique_ptr<HttpTransport> {
            CurlTransportOptions options;
            options.caFile = ca.caFile.isEmpty() ? caFile : ca.caFile;
            return std::make_unique<CurlTransport>(options);
        },
        [this] { return practiceCa(); },
        isPractice(),
        [this](const IssuanceRequest &request) { return boardOptions(request); }};
    m_accounts = std::make_unique<AccountService>(context);
    m_issuance = std::make_unique<IssuanceService>(context);
    m_machine = std::make_unique<MachineCheck>(*m_vault, *m_resolver, *m_transport);
}

// Where names are looked up, and with how little a job may go on, is a privileged choice (R33); how
// the window looks is not.
Task<> Services::changeSetting(QString key, QJsonValue value)
{
    if (key != QLatin1String("resolver") && key != outsideResolversKey())
        co_return co_await m_store->setSetting(key, value);
    AuditEntry entry = auditEntry(QStringLiteral("setting.change"), key, QStringLiteral("ok"),
                                  {{QStringLiteral("value"), value}});
    Task<> saving = m_store->setSetting(key, value, std::move(entry));
    co_return co_await std::move(saving);
}

Task<> Services::close()
{
    if (!m_store)
        co_return Result<>();
    const auto watched = co_await m_watch->close();
    if (!watched)
        logWarning("closing: {}", describe(watched.error()));
    const auto asked = co_await m_revocation->close();
    if (!asked)
        logWarning("closing: {}", describe(asked.error()));
    const std::stop_token noStop;
    const auto pinned = co_await m_audit->pin(noStop);
    // Without a usable keychain the log stands unpinned; that is no reason to fail what was done.
    if (!pinned)
        logWarning("the audit log was not pinned: {}", describe(pinned.error()));
    co_return Result<>();
}

} // namespace sealbook
