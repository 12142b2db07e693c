// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/CredentialService.h"

#include "core/base/Log.h"
#include "core/governance/AuditLog.h"
#include "core/governance/CredentialCheck.h"
#include "core/governance/TokenFingerprints.h"
#include "core/providers/ProviderCatalog.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

#include <QPointer>

#include <algorithm>

namespace sealbook {

struct CredentialService::Private
{
    QPointer<CredentialService> q;
    Store &store;
    Vault &vault;
    AuditLog &audit;
    const ProviderCatalog &catalog;
    HttpTransport &transport;
    Resolver &resolver;
    TokenFingerprints fingerprints;

    void tellChanged() const
    {
        if (q)
            Q_EMIT q->changed();
    }
};

namespace {

using State = std::shared_ptr<CredentialService::Private>;
using Secrets = std::map<QString, Secret>;

const QLatin1String manualCode("manual");

Error refusal(const std::vector<FieldProblem> &problems)
{
    Error error;
    error.kind = Error::Kind::BadRequest;
    QStringList lines;
    for (const FieldProblem &each : problems) {
        lines.append(QStringLiteral("%1: %2").arg(each.field, each.problem));
        error.parts.push_back({each.field, {}, each.problem});
    }
    error.detail = lines.join(QLatin1Char(' '));
    return error;
}

// Audits an act; one that cannot be written down fails, so that no use goes unseen (R33).
Task<> audited(State state, QString action, QString subject, QString result, QJsonObject details)
{
    const Result<> recorded = co_await state->audit.record(action, subject, result, details);
    if (!recorded)
        co_return fail(recorded.error(), "writing the audit log");
    co_return Result<>();
}

// The same for an act that was refused or went wrong: its own error is what matters then.
QCoro::Task<> auditedFailure(State state, QString action, QString subject, Error why,
                             QJsonObject details)
{
    const QString result = kindName(why.kind);
    const Result<> logged = co_await audited(state, action, subject, result, details);
    if (!logged)
        logWarning("{} of {} is not in the audit log: {}", action, subject,
                   describe(logged.error()));
}

Task<> dropTokens(State state, QStringList items, std::stop_token stop)
{
    Result<> outcome;
    for (const QString &item : items) {
        const Result<> removed = co_await state->vault.removeToken(item, stop);
        if (!removed && removed.error().kind != Error::Kind::NotFound && outcome)
            outcome = removed;
    }
    co_return outcome;
}

Task<QMap<QString, QString>> storeTokens(State state, std::shared_ptr<Secrets> secrets,
                                         std::stop_token stop)
{
    QMap<QString, QString> items;
    for (auto &[field, secret] : *secrets) {
        Task<QString> storing = state->vault.storeToken(std::move(secret), stop);
        const Result<QString> item = co_await std::move(storing);
        if (!item) {
            // Nothing of a half-stored credential stays behind.
            const QStringList stored = items.values();
            const std::stop_token always;
            const Result<> dropped = co_await dropTokens(state, stored, always);
            if (!dropped)
                logWarning("a keychain item could not be taken back: {}", dropped.error().detail);
            co_return fail(item.error(), "storing the secret in the keychain");
        }
        items.insert(field, *item);
    }
    co_return items;
}

// `entry` becomes one transaction with the record.
Task<CredentialRecord> addChecked(State state, CredentialRecord record,
                                  std::shared_ptr<Secrets> secrets, AuditEntry entry,
                                  std::stop_token stop)
{
    const QString name = record.name;
    const Result<CredentialRecord> existing = co_await state->store.credential(name);
    if (existing)
        co_return fail(Error::Kind::Conflict,
                       QStringLiteral("there is a credential named \"%1\" already").arg(name),
                       QStringLiteral("Choose another name, or remove that one first."));
    if (existing.error().kind != Error::Kind::NotFound)
        co_return fail(existing.error(), "looking for the name");
    const Result<> opened = co_await state->vault.open(stop);
    if (!opened)
        co_return fail(opened.error(), "opening the vault");
    const Result<KeychainStatus> keychain = co_await state->vault.keychainStatus(stop);
    if (keychain)
        record.keychainBackend = keychain->backend;
    const Result<QJsonObject> fingerprints = co_await state->fingerprints.of(secrets);
    if (!fingerprints)
        co_return fail(fingerprints.error());
    const Result<QMap<QString, QString>> items = co_await storeTokens(state, secrets, stop);
    if (!items)
        co_return fail(items.error());
    record.secretItems = *items;
    Task<> saving = state->store.saveCredential(record, std::move(entry));
    const Result<> saved = co_await std::move(saving);
    if (!saved) {
        const QStringList stored = items->values();
        const std::stop_token always;
        const Result<> dropped = co_await dropTokens(state, stored, always);
        if (!dropped)
            logWarning("a keychain item could not be taken back: {}", dropped.error().detail);
        co_return fail(saved.error(), "saving the credential");
    }
    const Result<> kept = co_await state->fingerprints.keep(record.id, *fingerprints);
    if (!kept)
        logWarning("no fingerprint was kept: {}", kept.error().detail);
    co_return record;
}

Task<CredentialRecord> addOne(State state, std::shared_ptr<NewCredential> wanted,
                              std::stop_token stop)
{
    QStringList notes;
    const std::vector<FieldProblem> problems =
        CredentialCheck(state->catalog).problems(*wanted, notes);
    if (!problems.empty())
        co_return fail(refusal(problems));
    CredentialRecord record;
    record.id = CredentialId::make();
    record.name = wanted->name;
    record.provider = wanted->provider;
    record.owner = wanted->owner;
    record.purpose = wanted->purpose;
    record.fields = wanted->fields;
    record.createdAt = QDateTime::currentDateTimeUtc();
    const auto secrets = std::make_shared<Secrets>(std::move(wanted->secrets));
    const QJsonObject details{{QStringLiteral("provider"), record.provider},
                              {QStringLiteral("owner"), record.owner},
                              {QStringLiteral("purpose"), record.purpose}};
    const QString action = QStringLiteral("credential.add");
    const AuditEntry entry = auditEntry(action, record.name, QStringLiteral("ok"), details);
    const Result<CredentialRecord> added = co_await addChecked(state, record, secrets, entry, stop);
    if (!added) {
        const Error why = added.error();
        co_await auditedFailure(state, action, record.name, why, details);
        co_return fail(why);
    }
    state->tellChanged();
    co_return added;
}

// The secrets of a record, read from the keychain. Shared, because a map of Secrets is no value
// that a Result could be copied with.
Task<std::shared_ptr<Secrets>> loadTokens(State state, CredentialRecord record,
                                          std::stop_token stop)
{
    const auto secrets = std::make_shared<Secrets>();
    for (auto it = record.secretItems.begin(); it != record.secretItems.end(); ++it) {
        const QString item = it.value();
        Result<Secret> token = co_await state->vault.loadToken(item, stop);
        if (!token) {
            Error error = token.error();
            if (error.kind == Error::Kind::NotFound) {
                error.detail = QStringLiteral("the keychain no longer holds the secret of \"%1\"")
                                   .arg(record.name);
                error.advice =
                    QStringLiteral("It was stored in %1. If that keychain is not in "
                                   "use now, switch back to it; else add the "
                                   "credential again.")
                        .arg(record.keychainBackend.isEmpty() ? QStringLiteral("the keychain")
                                                              : record.keychainBackend);
            }
            co_return fail(std::move(error), "reading the secret from the keychain");
        }
        secrets->emplace(it.key(), std::move(*token));
    }
    co_return secrets;
}

Task<std::shared_ptr<DnsProvider>> opened(State state, CredentialRecord record,
                                          std::stop_token stop)
{
    if (record.state == CredentialRecord::State::Revoked)
        co_return fail(Error::Kind::PolicyDenied,
                       QStringLiteral("the credential \"%1\" is revoked").arg(record.name));
    const Result<> vault = co_await state->vault.open(stop);
    if (!vault)
        co_return fail(vault.error(), "opening the vault");
    const Result<std::shared_ptr<Secrets>> secrets = co_await loadTokens(state, record, stop);
    if (!secrets)
        co_return fail(secrets.error());
    Result<std::unique_ptr<DnsProvider>> made = state->catalog.make(
        record.provider, record.fields, std::move(**secrets), state->transport, state->resolver);
    if (!made)
        co_return fail(made.error(), "setting the provider up");
    co_return std::shared_ptr<DnsProvider>(std::move(*made));
}

Task<std::shared_ptr<DnsProvider>> useOne(State state, QString name, QString purpose,
                                          std::stop_token stop)
{
    if (name.isEmpty()) {
        Result<std::unique_ptr<DnsProvider>> made =
            state->catalog.make(manualCode, {}, {}, state->transport, state->resolver);
        if (!made)
            co_return fail(made.error());
        co_return std::shared_ptr<DnsProvider>(std::move(*made));
    }
    Result<CredentialRecord> record = co_await state->store.credential(name);
    if (!record)
        co_return fail(record.error(), "finding the credential");
    const Result<std::shared_ptr<DnsProvider>> provider = co_await opened(state, *record, stop);
    const QString action = QStringLiteral("credential.read");
    const QJsonObject details{{QStringLiteral("purpose"), purpose},
                              {QStringLiteral("provider"), record->provider}};
    const QString ok = QStringLiteral("ok");
    // Read again: the record may have changed while the keychain was asked.
    if (provider)
        record = co_await state->store.credential(name);
    if (!provider || !record) {
        const QString result = provider ? ok : kindName(provider.error().kind);
        const Result<> logged = co_await audited(state, action, name, result, details);
        if (!provider)
            co_return fail(provider.error());
        if (!logged)
            co_return fail(logged.error());
        co_return fail(record.error(), "finding the credential");
    }
    record->lastUsedAt = QDateTime::currentDateTimeUtc();
    AuditEntry entry = auditEntry(action, name, ok, details);
    Task<> saving = state->store.saveCredential(*record, std::move(entry));
    const Result<> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "noting the use of the credential");
    state->tellChanged();
    co_return provider;
}

Task<> removeOne(State state, QString name, OpenRecords records, std::stop_token stop)
{
    const Result<CredentialRecord> record = co_await state->store.credential(name);
    if (!record)
        co_return fail(record.error(), "finding the credential");
    const QString action = QStringLiteral("credential.remove");
    const QJsonObject details{{QStringLiteral("provider"), record->provider},
                              {QStringLiteral("owner"), record->owner},
                              {QStringLiteral("records_left"), records == OpenRecords::Leave}};
    // Written before the keychain is touched, and again with how it ended.
    AuditEntry begun = auditEntry(action, name, QStringLiteral("begun"), details);
    Task<> closing = state->store.closeCredential(name, records, std::move(begun));
    const Result<> closed = co_await std::move(closing);
    if (!closed) {
        const Error why = closed.error();
        co_await auditedFailure(state, action, name, why, details);
        co_return fail(why, "removing the credential");
    }
    const QStringList items = record->secretItems.values();
    Result<> removed = co_await dropTokens(state, items, stop);
    if (removed) {
        AuditEntry done = auditEntry(action, name, QStringLiteral("ok"), details);
        Task<> removing = state->store.removeCredential(record->id, std::move(done));
        removed = co_await std::move(removing);
    }
    if (!removed) {
        // Its secret is there still, or a part of it: removing can be tried again.
        const CredentialRecord before = *record;
        const Result<> reopened = co_await state->store.saveCredential(before);
        if (!reopened)
            logWarning("a credential stays closed: {}", describe(reopened.error()));
        const Error why = removed.error();
        co_await auditedFailure(state, action, name, why, details);
        co_return fail(why, "removing the credential");
    }
    const Result<> forgotten = co_await state->fingerprints.forget(record->id);
    if (!forgotten)
        logWarning("a fingerprint stays behind: {}", forgotten.error().detail);
    state->tellChanged();
    co_return Result<>();
}

Task<std::vector<DnsName>> reachOf(State state, QString name, std::stop_token stop)
{
    const QString purpose = QStringLiteral("look at its reach");
    const Result<std::shared_ptr<DnsProvider>> provider =
        co_await useOne(state, name, purpose, stop);
    if (!provider)
        co_return fail(provider.error());
    const Result<std::vector<DnsName>> zones = co_await (*provider)->zones(stop);
    if (!zones)
        co_return fail(zones.error(), "asking for the reach of the credential");
    Result<CredentialRecord> record = co_await state->store.credential(name);
    if (!record)
        co_return fail(record.error(), "finding the credential");
    record->reach.clear();
    for (const DnsName &zone : *zones)
        record->reach.append(zone.text());
    record->reachCheckedAt = QDateTime::currentDateTimeUtc();
    const CredentialRecord seen = *record;
    const Result<> saved = co_await state->store.saveCredential(seen);
    if (!saved)
        co_return fail(saved.error(), "keeping the reach of the credential");
    state->tellChanged();
    co_return zones;
}

Task<QStringList> dependentsOf(State state, QString name)
{
    const Result<std::vector<CertificateRecord>> certificates =
        co_await state->store.certificates();
    if (!certificates)
        co_return fail(certificates.error());
    QStringList names;
    for (const CertificateRecord &certificate : *certificates) {
        if (certificate.credential == name)
            names.append(certificate.names.value(0));
    }
    names.removeDuplicates();
    co_return names;
}

Task<QStringList> reusedNames(State state, QString name)
{
    const Result<CredentialRecord> record = co_await state->store.credential(name);
    if (!record)
        co_return fail(record.error(), "finding the credential");
    const Result<std::vector<CredentialRecord>> all = co_await state->store.credentials();
    if (!all)
        co_return fail(all.error());
    const Result<QStringList> names = co_await state->fingerprints.sharing(record->id, *all);
    co_return names;
}

} // namespace

CredentialService::CredentialService(Store &store, Vault &vault, AuditLog &audit,
                                     const ProviderCatalog &catalog, HttpTransport &transport,
                                     Resolver &resolver, QObject *parent)
    : QObject(parent)
    , d(new Private{this, store, vault, audit, catalog, transport, resolver,
                    TokenFingerprints(store, vault)})
{
}

std::vector<ProviderSummary> CredentialService::providers() const
{
    return d->catalog.summaries();
}

QStringList CredentialService::recipe(QString provider, RecipeSubject subject) const
{
    return d->catalog.recipe(provider, subject);
}

std::vector<FieldProblem> CredentialService::problems(NewCredential &wanted,
                                                      QStringList &notes) const
{
    return CredentialCheck(d->catalog).problems(wanted, notes);
}

Task<CredentialRecord> CredentialService::add(NewCredential wanted, std::stop_token stop)
{
    return addOne(d, std::make_shared<NewCredential>(std::move(wanted)), std::move(stop));
}

Task<std::vector<CredentialRecord>> CredentialService::list()
{
    return d->store.credentials();
}

Task<CredentialRecord> CredentialService::byName(QString name)
{
    return d->store.credential(std::move(name));
}

Task<> CredentialService::remove(QString name, std::stop_token stop)
{
    return removeOne(d, std::move(name), OpenRecords::Refuse, std::move(stop));
}

Task<> CredentialService::remove(QString name, OpenRecords records, std::stop_token stop)
{
    return removeOne(d, std::move(name), records, std::move(stop));
}

Task<std::shared_ptr<DnsProvider>> CredentialService::use(QString name, QString purpose,
                                                          std::stop_token stop)
{
    return useOne(d, std::move(name), std::move(purpose), std::move(stop));
}

Task<std::vector<DnsName>> CredentialService::reach(QString name, std::stop_token stop)
{
    return reachOf(d, std::move(name), std::move(stop));
}

Task<QStringList> CredentialService::dependents(QString name)
{
    return dependentsOf(d, std::move(name));
}

Task<QStringList> CredentialService::reusedWith(QString name)
{
    return reusedNames(d, std::move(name));
}

} // namespace sealbook
