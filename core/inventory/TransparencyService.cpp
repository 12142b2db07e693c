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

QString positionName(const TransparencySettings::Source &source)
{
    return transparencyKindName(source.kind) + QLatin1Char(' ') + source.url.toString();
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
    for (std::size_t i = 0; i < wanted->sources.size(); ++i) {
        const TransparencySettings copy = *wanted;
        const auto read = co_await readOne(copy, i, report, stop);
        if (!read)
            co_return fail(read.error());
    }
    co_return *report;
}

Task<> TransparencyService::readOne(TransparencySettings settings, std::size_t index,
                                    std::shared_ptr<TransparencyReport> report,
                                    std::stop_token stop)
{
    const TransparencySettings::Source wanted = settings.sources.at(index);
    TransparencyReport::Source told;
    told.source = wanted;
    const QString key = positionsKey();
    const auto positions = co_await m_store.setting(key);
    if (!positions)
        co_return fail(positions.error());
    TransparencyQuery query;
    query.domains = settings.domains;
    const QString name = positionName(wanted);
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
        told.error = reading.error();
        report->sources.push_back(told);
        co_return Result<>();
    }
    told.looked = reading->looked;
    told.found = static_cast<int>(reading->entries.size());
    told.isComplete = reading->isComplete;
    const QString host = wanted.url.host();
    Task<int> keeping = keep(std::move(reading->entries), host, report);
    const auto added = co_await std::move(keeping);
    if (!added)
        co_return fail(added.error(), "keeping what logs say");
    told.added = *added;
    // After what was found is on disk: a crash reads it once more instead of never.
    QJsonObject then = positions->toObject();
    then.insert(name, reading->position);
    const QJsonValue value = then;
    const auto saved = co_await m_store.setSetting(key, value);
    if (!saved)
        co_return fail(saved.error());
    report->sources.push_back(told);
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
