// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/TransparencyService.h"

#include "core/records/AuditEntry.h"
#include "core/records/CertificateRecord.h"
#include "core/store/Store.h"

#include <QHash>
#include <QJsonArray>

namespace sealbook {

namespace {

QString settingsKey()
{
    return QStringLiteral("transparency");
}

// Where the reading of each source ended. Apart from the settings: it changes with each run.
QString positionsKey()
{
    return QStringLiteral("transparency.positions");
}

QString positionName(const TransparencySettings::Source &source, const QString &domain)
{
    const QString name =
        transparencyKindName(source.kind) + QLatin1Char(' ') + source.url.toString();
    return domain.isEmpty() ? name : name + QLatin1Char(' ') + domain;
}

// RFC 5280 section 4.1.2.2: what a certificate and its precertificate have in common, and nobody
// else.
QString identityOf(const QString &issuerDn, const QString &serial)
{
    return serial + QLatin1Char(' ') + issuerDn;
}

QString precertificateNote()
{
    return QStringLiteral("A precertificate, as its CA logged it. The certificate itself is not "
                          "here.");
}

} // namespace

QJsonObject TransparencySettings::toJson() const
{
    QJsonArray list;
    for (const Source &source : sources)
        list.append(QJsonObject{{QStringLiteral("kind"), transparencyKindName(source.kind)},
                                {QStringLiteral("url"), source.url.toString()}});
    return {{QStringLiteral("domains"), QJsonArray::fromStringList(domains)},
            {QStringLiteral("sources"), list}};
}

TransparencySettings TransparencySettings::fromJson(const QJsonObject &object)
{
    TransparencySettings settings;
    for (const QJsonValue &domain : object.value(QLatin1String("domains")).toArray())
        settings.domains.append(domain.toString());
    settings.domains.removeAll(QString());
    settings.domains.sort();
    for (const QJsonValue &value : object.value(QLatin1String("sources")).toArray()) {
        const QJsonObject source = value.toObject();
        const auto kind = transparencyKindFromName(source.value(QLatin1String("kind")).toString());
        const QUrl url(source.value(QLatin1String("url")).toString(), QUrl::StrictMode);
        if (kind && url.isValid())
            settings.sources.push_back({*kind, url});
    }
    return settings;
}

TransparencyService::TransparencyService(Store &store, HttpTransport &transport, const Clock &clock,
                                         QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_transport(transport)
    , m_clock(clock)
{
}

Task<TransparencySettings> TransparencyService::settings()
{
    const QString key = settingsKey();
    const auto kept = co_await m_store.setting(key);
    if (!kept)
        co_return fail(kept.error(), "reading what is watched for");
    co_return TransparencySettings::fromJson(kept->toObject());
}

Task<> TransparencyService::saveSettings(TransparencySettings settings)
{
    settings.domains.sort();
    settings.domains.removeDuplicates();
    return m_store.setSetting(settingsKey(), settings.toJson());
}

Task<TransparencyReport> TransparencyService::run(std::stop_token stop)
{
    const auto wanted = co_await settings();
    if (!wanted)
        co_return fail(wanted.error());
    const auto report = std::make_shared<TransparencyReport>();
    if (wanted->domains.isEmpty())
        co_return *report;
    const QStringList domains = wanted->domains;
    for (const TransparencySettings::Source &source : wanted->sources) {
        TransparencyReport::Source told;
        told.source = source;
        report->sources.push_back(told);
        // A service is asked for each domain: one that is added later has a past there.
        const bool isSearch = source.kind == TransparencySource::Kind::Search;
        for (qsizetype i = 0; i < (isSearch ? domains.size() : 1); ++i) {
            const QStringList these = isSearch ? QStringList{domains.at(i)} : domains;
            const TransparencySettings::Source one = source;
            const auto read = co_await readOne(one, these, report, stop);
            if (!read)
                co_return fail(read.error());
            if (report->sources.back().error)
                break;
        }
    }
    co_return *report;
}

// Into the last source of the report.
Task<> TransparencyService::readOne(TransparencySettings::Source wanted, QStringList domains,
                                    std::shared_ptr<TransparencyReport> report,
                                    std::stop_token stop)
{
    const QString key = positionsKey();
    const auto positions = co_await m_store.setting(key);
    if (!positions)
        co_return fail(positions.error());
    const bool isSearch = wanted.kind == TransparencySource::Kind::Search;
    const QString name = positionName(wanted, isSearch ? domains.first() : QString());
    TransparencyQuery query;
    query.domains = domains;
    query.position = positions->toObject().value(name).toInteger(-1);

    auto source = TransparencySource::make(wanted.kind, wanted.url, m_transport);
    Result<TransparencyReading> reading =
        source ? Result<TransparencyReading>() : fail(source.error());
    if (source) {
        Task<TransparencyReading> task = (*source)->read(std::move(query), stop);
        reading = co_await std::move(task);
    }
    if (stop.stop_requested())
        co_return fail(cancelled());
    if (!reading) {
        report->sources.back().error = reading.error();
        co_return Result<>();
    }
    const QString host = wanted.url.host();
    const int found = static_cast<int>(reading->entries.size());
    Task<int> keeping = keep(std::move(reading->entries), host, report);
    const auto added = co_await std::move(keeping);
    if (!added)
        co_return fail(added.error(), "keeping what logs say");
    // After what was found is on disk: a crash reads it once more instead of never.
    QJsonObject then = positions->toObject();
    then.insert(name, reading->position);
    const QJsonValue value = then;
    const auto saved = co_await m_store.setSetting(key, value);
    if (!saved)
        co_return fail(saved.error());
    TransparencyReport::Source &told = report->sources.back();
    told.looked += reading->looked;
    told.found += found;
    told.added += *added;
    told.isComplete = told.isComplete && reading->isComplete;
    co_return Result<>();
}

Task<int> TransparencyService::keep(std::vector<LogEntry> entries, QString host,
                                    std::shared_ptr<TransparencyReport> report)
{
    if (entries.empty())
        co_return 0;
    const auto rows = co_await m_store.inventoryRows();
    if (!rows)
        co_return fail(rows.error());
    QHash<QString, QString> known; // SHA-256 by identity
    for (const InventoryRow &row : *rows)
        known.insert(identityOf(row.issuerDn, QString::fromLatin1(row.serial)), row.sha256.hex());
    std::vector<CertificateRecord> records;
    std::vector<PlaceRecord> places;
    for (const LogEntry &entry : entries) {
        Result<CertificateRecord> record = certificateRecordFromDer(entry.der);
        if (!record)
            continue; // one that nobody can read
        const QString identity = identityOf(record->issuerDn, record->serial);
        PlaceRecord place;
        place.sha256 = known.value(identity, record->sha256);
        place.kind = PlaceRecord::Kind::Log;
        place.location = host;
        places.push_back(place);
        if (!report->sha256.contains(place.sha256))
            report->sha256.append(place.sha256);
        // Its precertificate, or itself, is here.
        if (known.contains(identity))
            continue;
        known.insert(identity, record->sha256);
        record->origin = QStringLiteral("log:") + host;
        record->addedAt = m_clock.utcNow();
        if (entry.isPrecertificate)
            record->note = precertificateNote();
        records.push_back(std::move(*record));
    }
    if (places.empty())
        co_return 0;
    AuditEntry audit = auditEntry(QStringLiteral("certificate.import"),
                                  QStringLiteral("log:") + host, QStringLiteral("ok"), {});
    Task<SavedCounts> saving =
        m_store.saveCertificates(std::move(records), std::move(places), std::move(audit));
    const auto saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error());
    co_return saved->added;
}

} // namespace sealbook
