// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/WatchService.h"

#include "core/base/Log.h"
#include "core/inventory/InventoryService.h"
#include "core/store/Store.h"

#include <QSet>

namespace sealbook {

namespace {

constexpr std::chrono::seconds scheduleStep{30};
constexpr std::chrono::seconds drainLimit{15}; // a look ends within 10
constexpr int historyLimit = 200;
constexpr qint64 keptRemovedSeconds = 24L * 60 * 60;

QString placeOf(const EndpointAddress &address)
{
    return QStringLiteral("endpoint:") + address.text();
}

// The certificates of a look, each once, with the chain that was served along.
std::vector<CertificateRecord> certificatesOf(const std::vector<EndpointSight> &sights,
                                              const EndpointAddress &address, const QDateTime &at)
{
    std::vector<CertificateRecord> certificates;
    QSet<QString> seen;
    for (const EndpointSight &sight : sights) {
        if (sight.chain.empty() || seen.contains(sight.check.sha256))
            continue;
        seen.insert(sight.check.sha256);
        CertificateRecord record = certificateRecordOf(sight.chain.front());
        for (std::size_t i = 1; i < sight.chain.size(); ++i)
            record.chainPem += sight.chain[i].pem();
        record.origin = placeOf(address);
        record.revokedAt = sight.revokedAt;
        record.addedAt = at;
        certificates.push_back(std::move(record));
    }
    return certificates;
}

QString subjectOf(const EndpointStatus &status)
{
    return status.record.address.text();
}

// What each address serves; addresses without a certificate are left out.
QHash<QString, QString> servedBy(const EndpointStatus &status)
{
    QHash<QString, QString> served;
    for (const EndpointCheck &check : status.checks) {
        if (check.outcome == EndpointCheck::Outcome::Served)
            served.insert(check.address, check.sha256);
    }
    return served;
}

} // namespace

// Counts what is under way, so that close() can wait for it.
class WatchService::Running
{
public:
    explicit Running(WatchService &service)
        : m_service(service)
    {
        ++m_service.m_running;
    }
    ~Running()
    {
        if (--m_service.m_running == 0 && m_service.m_drained)
            m_service.m_drained->settle({});
    }
    Running(const Running &) = delete;
    Running &operator=(const Running &) = delete;

private:
    WatchService &m_service;
};

std::optional<EndpointAlarm> alarmOf(const EndpointStatus &before, const EndpointStatus &after)
{
    EndpointAlarm alarm;
    alarm.endpoint = after.record.id;
    if (needsAction(after.state)) {
        if (before.state == after.state)
            return std::nullopt;
        alarm.kind = EndpointAlarm::Kind::Worse;
        alarm.text = QStringLiteral("%1: %2").arg(subjectOf(after), after.reason);
        return alarm;
    }
    // One failure is no news yet, neither good nor bad.
    if (after.state == EndpointState::Unsure)
        return std::nullopt;
    if (needsAction(before.state)) {
        alarm.kind = EndpointAlarm::Kind::Better;
        alarm.text = QStringLiteral("%1 is in order again. %2").arg(subjectOf(after), after.reason);
        return alarm;
    }
    const QHash<QString, QString> then = servedBy(before);
    const QHash<QString, QString> now = servedBy(after);
    for (auto item = now.cbegin(); item != now.cend(); ++item) {
        if (then.contains(item.key()) && then.value(item.key()) != item.value()) {
            alarm.kind = EndpointAlarm::Kind::Changed;
            alarm.text = QStringLiteral("%1 serves another certificate now. %2")
                             .arg(subjectOf(after), after.reason);
            return alarm;
        }
    }
    return std::nullopt;
}

WatchService::WatchService(Store &store, InventoryService &inventory, const Clock &clock,
                           EndpointProbe::Options options, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_inventory(inventory)
    , m_clock(clock)
    , m_probe(clock, std::move(options))
{
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    m_timer.callOnTimeout(this, &WatchService::onTimer);
}

WatchService::~WatchService()
{
    m_ending.request_stop();
}

Task<SavedCounts> WatchService::add(std::vector<EndpointRecord> endpoints)
{
    for (EndpointRecord &endpoint : endpoints) {
        if (!endpoint.id.isValid())
            endpoint.id = EndpointId::make();
        if (!endpoint.addedAt.isValid())
            endpoint.addedAt = m_clock.utcNow();
    }
    const auto saved = co_await m_store.addEndpoints(endpoints);
    if (!saved)
        co_return fail(saved.error());
    if (saved->added > 0)
        Q_EMIT changed();
    co_return *saved;
}

Task<std::vector<EndpointCheck>> WatchService::history(EndpointId id)
{
    return m_store.endpointHistory(id, historyLimit);
}

Task<std::vector<InventoryRow>> WatchService::certificates(QStringList sha256)
{
    return m_store.inventoryRows(std::move(sha256));
}

Task<> WatchService::change(EndpointRecord endpoint)
{
    const auto done = co_await m_store.changeEndpoint(endpoint);
    if (!done)
        co_return fail(done.error());
    Q_EMIT changed();
    co_return Result<>();
}

Task<> WatchService::remove(std::vector<EndpointId> ids)
{
    const QDateTime now = m_clock.utcNow();
    const auto done = co_await m_store.removeEndpoints(ids, now);
    if (!done)
        co_return fail(done.error());
    const QDateTime before = now.addSecs(-keptRemovedSeconds);
    const auto purged = co_await m_store.purgeEndpoints(before);
    if (!purged)
        co_return fail(purged.error());
    Q_EMIT changed();
    co_return Result<>();
}

Task<> WatchService::restore(std::vector<EndpointId> ids)
{
    const auto done = co_await m_store.restoreEndpoints(ids);
    if (!done)
        co_return fail(done.error());
    Q_EMIT changed();
    co_return Result<>();
}

// `endpoints` belongs to the caller, which awaits this.
Task<QHash<QString, NewerCertificate>>
WatchService::newerOnes(const std::vector<WatchedEndpoint> *endpoints, std::stop_token stop)
{
    QHash<QString, NewerCertificate> newer;
    QSet<QString> served;
    for (const WatchedEndpoint &endpoint : *endpoints) {
        for (const EndpointCheck &check : endpoint.checks) {
            if (check.outcome == EndpointCheck::Outcome::Served)
                served.insert(check.sha256);
        }
    }
    if (served.isEmpty())
        co_return newer;
    // The one engine knows what replaces what.
    Task<std::shared_ptr<const Inventory>> reading = m_inventory.snapshot(stop);
    const auto inventory = co_await std::move(reading);
    if (!inventory)
        co_return fail(inventory.error());
    const Inventory &all = **inventory;
    for (const QString &sha256 : served) {
        const std::optional<Fingerprint> fingerprint = Fingerprint::fromHex(sha256);
        const std::optional<std::size_t> at =
            fingerprint ? all.indexOf(*fingerprint) : std::nullopt;
        const std::optional<quint32> other = at ? all.replacementOf(*at) : std::nullopt;
        if (!other)
            continue;
        const InventoryRow &row = all.row(*other);
        newer.insert(sha256,
                     {row.sha256.hex(), QDateTime::fromMSecsSinceEpoch(row.notAfter).toUTC()});
    }
    co_return newer;
}

Task<std::vector<EndpointStatus>> WatchService::list(std::stop_token stop)
{
    auto endpoints = co_await m_store.endpoints();
    if (!endpoints)
        co_return fail(endpoints.error());
    if (stop.stop_requested()) // whoever asked is gone, and so may be the service
        co_return fail(cancelled());
    const QDateTime now = m_clock.utcNow();
    const std::vector<WatchedEndpoint> *all = &*endpoints;
    Task<QHash<QString, NewerCertificate>> comparing = newerOnes(all, stop);
    const auto newer = co_await std::move(comparing);
    if (!newer)
        co_return fail(newer.error());
    std::vector<EndpointStatus> statuses;
    statuses.reserve(endpoints->size());
    for (WatchedEndpoint &endpoint : *endpoints)
        statuses.push_back(
            endpointStatusOf(std::move(endpoint.record), std::move(endpoint.checks), *newer, now));
    co_return statuses;
}

Task<> WatchService::checkOne(EndpointRecord record, std::stop_token stop)
{
    const EndpointTarget target = targetOf(record);
    Task<std::vector<EndpointSight>> looking = m_probe.look(target, stop);
    const auto sights = co_await std::move(looking);
    if (!sights)
        co_return fail(sights.error());
    EndpointLook look;
    look.id = record.id;
    look.at = m_clock.utcNow();
    look.certificates = certificatesOf(*sights, record.address, look.at);
    for (const EndpointSight &sight : *sights)
        look.checks.push_back(sight.check);
    Task<std::vector<EndpointCheck>> keeping = m_store.keepEndpointLook(std::move(look));
    const auto kept = co_await std::move(keeping);
    if (!kept)
        co_return fail(kept.error());
    Q_EMIT checked(record.id);
    co_return Result<>();
}

Task<std::vector<EndpointStatus>> WatchService::check(std::vector<EndpointId> ids,
                                                      std::stop_token stop)
{
    if (m_ending.stop_requested())
        co_return fail(cancelled());
    const Running running(*this);
    std::stop_source either;
    const std::stop_callback onStop(stop, [either]() mutable { either.request_stop(); });
    const std::stop_callback onEnd(m_ending.get_token(),
                                   [either]() mutable { either.request_stop(); });
    Task<std::vector<EndpointStatus>> checking = checkThese(std::move(ids), either.get_token());
    auto statuses = co_await std::move(checking);
    if (!m_ending.stop_requested())
        Q_EMIT changed();
    co_return statuses;
}

Task<std::vector<EndpointStatus>> WatchService::checkThese(std::vector<EndpointId> ids,
                                                           std::stop_token stop)
{
    Task<std::vector<EndpointStatus>> listing = list(stop);
    auto before = co_await std::move(listing);
    if (!before)
        co_return fail(before.error());
    const QSet<EndpointId> wanted(ids.begin(), ids.end());
    std::erase_if(*before, [&wanted](const EndpointStatus &status) {
        return !wanted.isEmpty() && !wanted.contains(status.record.id);
    });
    std::vector<Task<>> checks;
    checks.reserve(before->size());
    for (const EndpointStatus &status : *before)
        checks.push_back(checkOne(status.record, stop));
    auto waiting = all(std::move(checks));
    const auto results = co_await std::move(waiting);
    for (const Result<> &result : results) {
        if (!result)
            co_return fail(result.error(), "checking endpoints");
    }
    QHash<EndpointId, EndpointStatus> then;
    for (EndpointStatus &status : *before)
        then.insert(status.record.id, std::move(status));
    Task<std::vector<EndpointStatus>> again = list(stop);
    auto after = co_await std::move(again);
    if (!after)
        co_return fail(after.error());
    std::erase_if(
        *after, [&then](const EndpointStatus &status) { return !then.contains(status.record.id); });
    for (const EndpointStatus &status : *after) {
        const std::optional<EndpointAlarm> alarm = alarmOf(then.value(status.record.id), status);
        if (alarm && status.record.notifies)
            Q_EMIT alarmed(*alarm);
    }
    co_return after;
}

Task<EndpointImport> WatchService::import(EndpointTarget target, std::stop_token stop)
{
    const Running running(*this);
    Task<std::vector<EndpointSight>> looking = m_probe.look(target, stop);
    const auto sights = co_await std::move(looking);
    if (!sights)
        co_return fail(sights.error());
    std::vector<CertificateRecord> certificates =
        certificatesOf(*sights, target.address, m_clock.utcNow());
    if (certificates.empty()) {
        Error error = sights->front().check.error.value_or(Error());
        for (std::size_t i = 1; i < sights->size(); ++i) {
            const EndpointCheck &check = sights->at(i).check;
            error.parts.push_back(
                {check.address, QString(), check.error ? check.error->detail : QString()});
        }
        error.evidence.insert(QStringLiteral("endpoint"), target.address.text());
        co_return fail(std::move(error), "looking at an endpoint");
    }
    EndpointImport result;
    for (const EndpointSight &sight : *sights)
        result.checks.push_back(sight.check);
    for (const CertificateRecord &certificate : certificates)
        result.sha256.append(certificate.sha256);
    // A server that sends a bad chain must not spoil the one that is kept.
    const auto known = co_await m_store.inventoryRows(result.sha256);
    if (!known)
        co_return fail(known.error());
    for (const InventoryRow &row : *known) {
        for (CertificateRecord &certificate : certificates) {
            if (certificate.sha256 == row.sha256.hex())
                certificate.chainPem.clear();
        }
    }
    const std::vector<PlaceRecord> places;
    AuditEntry entry = auditEntry(QStringLiteral("certificate.import"), target.address.text(),
                                  QStringLiteral("ok"), {});
    Task<SavedCounts> saving = m_store.saveCertificates(certificates, places, std::move(entry));
    const auto saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error());
    result.saved = *saved;
    co_return result;
}

void WatchService::startSchedule()
{
    if (m_ending.stop_requested())
        return;
    m_timer.start(scheduleStep);
    onTimer();
}

void WatchService::onTimer()
{
    if (m_scheduled && !m_scheduled->isReady())
        return;
    m_scheduled = checkDue();
}

Task<> WatchService::checkDue()
{
    const auto endpoints = co_await m_store.endpoints();
    if (!endpoints)
        co_return fail(endpoints.error());
    const QDateTime now = m_clock.utcNow();
    std::vector<EndpointId> due;
    for (const WatchedEndpoint &endpoint : *endpoints) {
        const QDateTime last = endpoint.record.checkedAt;
        // A clock that was set back must not stop the watch.
        if (!last.isValid() || last > now || last.addSecs(endpoint.record.interval.count()) <= now)
            due.push_back(endpoint.record.id);
    }
    if (due.empty() || m_ending.stop_requested())
        co_return Result<>();
    const std::stop_token stop = m_ending.get_token();
    const auto checked = co_await check(due, stop);
    if (!checked && checked.error().kind != Error::Kind::Cancelled)
        logWarning("watching endpoints: {}", describe(checked.error()));
    co_return Result<>();
}

Task<> WatchService::close()
{
    m_timer.stop();
    if (m_running > 0)
        m_drained.emplace();
    m_ending.request_stop();
    const std::stop_token none;
    if (m_drained) {
        QString what = QStringLiteral("the endpoints' checks did not end");
        Task<> draining = within(*m_drained, drainLimit, std::move(what), none);
        const auto drained = co_await std::move(draining);
        if (!drained)
            logWarning("closing: {}", describe(drained.error()));
    }
    if (m_scheduled) {
        Task<> last = std::move(*m_scheduled);
        m_scheduled.reset();
        const auto ended = co_await std::move(last);
        if (!ended)
            logWarning("closing: {}", describe(ended.error()));
    }
    co_return Result<>();
}

} // namespace sealbook
