// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/AuditLog.h"

#include "core/base/Log.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"

#include <QJsonDocument>

namespace sealbook {

namespace {

constexpr std::chrono::seconds pinDelay{3};
constexpr std::chrono::minutes longestPinning{2};

QByteArray anchorText(const AuditEntry &entry)
{
    const QJsonObject object{{QStringLiteral("sequence"), entry.sequence},
                             {QStringLiteral("hash"), QString::fromLatin1(entry.hash.toHex())}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

AuditEntry anchorFrom(const QByteArray &text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    AuditEntry entry;
    entry.sequence = object.value(QStringLiteral("sequence")).toInteger();
    entry.hash = QByteArray::fromHex(object.value(QStringLiteral("hash")).toString().toLatin1());
    return entry;
}

} // namespace

AuditLog::AuditLog(Store &store, Vault &vault, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_vault(vault)
{
    m_pinTimer.setSingleShot(true);
    m_pinTimer.setInterval(pinDelay);
    // Also entries that were written with what they tell of, in one transaction.
    connect(&m_store, &Store::audited, this, [this](const AuditEntry &entry) {
        m_pinTimer.start();
        Q_EMIT appended(entry);
    });
    m_pinTimer.callOnTimeout(this, [this] {
        const QPointer<AuditLog> self(this);
        [[maybe_unused]] const QCoro::Task<> background = pinInBackground(self, m_stop.get_token());
    });
}

AuditLog::~AuditLog()
{
    m_stop.request_stop();
}

QString AuditLog::actor()
{
    return localActor();
}

Task<> AuditLog::record(QString action, QString subject, QString result, QJsonObject details)
{
    const AuditEntry entry = auditEntry(action, subject, result, details);
    const Result<AuditEntry> stored = co_await m_store.appendAudit(entry);
    if (!stored)
        co_return fail(stored.error(), "writing the audit log");
    co_return {};
}

AuditFunction AuditLog::function()
{
    return [this](QString action, QString subject, QString result, QJsonObject details) {
        return record(std::move(action), std::move(subject), std::move(result), std::move(details));
    };
}

Task<std::vector<AuditEntry>> AuditLog::entries(qint64 from, int limit)
{
    return m_store.audit(from, limit);
}

// The pin as it stands in the keychain; nothing before the first one.
Task<std::optional<AuditEntry>> AuditLog::pinned(std::stop_token stop)
{
    const Result<QByteArray> text = co_await m_vault.anchor(stop);
    if (text)
        co_return std::optional<AuditEntry>(anchorFrom(*text));
    if (text.error().kind == Error::Kind::NotFound)
        co_return std::optional<AuditEntry>();
    co_return fail(text.error());
}

Task<AuditVerdict> AuditLog::verify(std::stop_token stop)
{
    const QPointer<AuditLog> self(this);
    const Result<std::optional<AuditEntry>> anchor = co_await pinned(stop);
    if (!self || (!anchor && anchor.error().kind == Error::Kind::Cancelled))
        co_return fail(cancelled());
    const std::optional<AuditEntry> known = anchor ? *anchor : std::nullopt;
    Result<AuditVerdict> verdict = co_await m_store.verifyAudit(known);
    if (!verdict)
        co_return fail(verdict.error(), "checking the audit log");
    if (!anchor && verdict->intact)
        verdict->reason = QStringLiteral("the keychain could not be read (%1), so entries cut off "
                                         "the end would not be seen")
                              .arg(anchor.error().detail);
    if (self && verdict->intact && anchor) {
        const Result<> done = co_await pin(stop);
        if (!done)
            logDebug("the audit log is not pinned: {}", describe(done.error()));
    }
    co_return verdict;
}

Task<> AuditLog::pin(std::stop_token stop)
{
    m_pinTimer.stop();
    const QPointer<AuditLog> self(this);
    while (m_isPinning) {
        Deferred<> deferred;
        m_waiting.push_back(deferred);
        const QString late = QStringLiteral("the audit log is still being pinned");
        Task<> wait = within<void>(deferred, longestPinning, late, stop);
        const Result<> waited = co_await std::move(wait);
        if (!waited)
            co_return fail(waited.error());
        if (!self)
            co_return fail(cancelled());
    }
    m_isPinning = true;
    const Result<> done = co_await pinNow(stop);
    if (self) {
        m_isPinning = false;
        for (const Deferred<> &waiter : std::exchange(m_waiting, {}))
            waiter.settle({});
    }
    if (!done)
        co_return fail(done.error(), "pinning the audit log");
    co_return {};
}

Task<> AuditLog::pinNow(std::stop_token stop)
{
    const QPointer<AuditLog> self(this);
    const Result<std::optional<AuditEntry>> newest = co_await m_store.newestAudit();
    if (!newest)
        co_return fail(newest.error());
    if (!self)
        co_return fail(cancelled());
    if (!m_pinned) {
        const Result<std::optional<AuditEntry>> known = co_await pinned(stop);
        if (!known)
            co_return fail(known.error());
        if (!self)
            co_return fail(cancelled());
        m_pinned = *known;
    }
    if (m_pinned) {
        // A pin that the log does not bear out is the only trace of who cut it.
        const qint64 sequence = m_pinned->sequence;
        const Result<std::vector<AuditEntry>> there = co_await m_store.audit(sequence, 1);
        if (!there)
            co_return fail(there.error());
        if (!self)
            co_return fail(cancelled());
        const bool holds = !there->empty() && there->front().sequence == sequence
            && there->front().hash == m_pinned->hash;
        if (!holds)
            co_return fail(Error::Kind::Corrupt,
                           QStringLiteral("the audit log lacks entry %1, which the keychain "
                                          "remembers")
                               .arg(sequence),
                           QStringLiteral("Check the log; its end was cut off, or the database is "
                                          "an older copy."));
    }
    if (!*newest || (m_pinned && m_pinned->sequence == (*newest)->sequence))
        co_return {};
    const AuditEntry head = **newest;
    const QByteArray text = anchorText(head);
    const Result<> saved = co_await m_vault.saveAnchor(text, stop);
    if (!saved)
        co_return fail(saved.error());
    if (self)
        m_pinned = head;
    co_return {};
}

Task<> AuditLog::pinRestored(std::stop_token stop)
{
    const QPointer<AuditLog> self(this);
    const Result<std::optional<AuditEntry>> newest = co_await m_store.newestAudit();
    if (!newest)
        co_return fail(newest.error(), "pinning the restored audit log");
    if (!self)
        co_return fail(cancelled());
    const bool isRestored = *newest && (*newest)->action == QLatin1String("backup.restore");
    if (!isRestored)
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("the audit log's newest entry is not of a restored backup"));
    const AuditEntry head = **newest;
    const QByteArray text = anchorText(head);
    const Result<> saved = co_await m_vault.saveAnchor(text, stop);
    if (!saved)
        co_return fail(saved.error(), "pinning the restored audit log");
    if (self)
        m_pinned = head;
    co_return {};
}

QCoro::Task<> AuditLog::pinInBackground(QPointer<AuditLog> self, std::stop_token stop)
{
    const Result<> done = co_await self->pin(stop);
    if (!done && done.error().kind != Error::Kind::Cancelled)
        logDebug("the audit log is not pinned: {}", describe(done.error()));
}

} // namespace sealbook
