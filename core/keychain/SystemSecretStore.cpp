// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/keychain/SystemSecretStore.h"

#include "core/keychain/SecretServiceProbe.h"

#include <qt6keychain/keychain.h>

namespace sealbook {

namespace {

constexpr std::chrono::seconds statusLifetime{30};
constexpr int longestQueue = 10; // calls ahead of one, for the bound of its wait
constexpr std::string_view sentinelText = "sealbook";

const QString serviceName = QStringLiteral("sealbook");

// In place: QtKeychain's job holds the same buffer, and wiping a copy would only detach from it.
void overwrite(const QByteArray &shared)
{
    volatile char *data = const_cast<char *>(shared.constData());
    for (qsizetype i = 0; i < shared.size(); ++i)
        data[i] = 0;
}

KeychainStatus statusOf(const QKeychain::Job &job)
{
    KeychainStatus status;
    status.backend = QStringLiteral("Secret Service");
    status.detail = QStringLiteral("the keychain said: %1").arg(job.errorString());
    switch (job.error()) {
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        status.state = KeychainState::Absent;
        status.advice = QStringLiteral("Install libsecret-1-0 and a keychain service such as "
                                       "gnome-keyring.");
        break;
    default:
        status.state = KeychainState::Denied;
        status.advice = QStringLiteral("Allow Sealbook to use the keychain, then try again.");
        break;
    }
    return status;
}

Error errorOf(const QKeychain::Job &job, const QString &item)
{
    if (job.error() != QKeychain::EntryNotFound)
        return errorOf(statusOf(job));
    Error error;
    error.kind = Error::Kind::NotFound;
    error.detail = QStringLiteral("the keychain has no item %1").arg(item);
    return error;
}

Error timedOut()
{
    KeychainStatus status;
    status.state = KeychainState::TimedOut;
    status.detail = QStringLiteral("the keychain does not answer");
    status.advice = QStringLiteral("Look for a hidden password prompt of the keychain, or log out "
                                   "and in again.");
    return errorOf(status);
}

Error lied(const QString &detail)
{
    KeychainStatus status;
    status.state = KeychainState::Lied;
    status.detail = detail;
    status.advice = QStringLiteral("Do not rely on this keychain; look at its service's log.");
    return errorOf(status);
}

// A call that QtKeychain did not answer in time is one that the keychain did not answer.
template <typename T>
Task<T> bounded(Deferred<T> deferred, std::chrono::milliseconds limit, std::stop_token stop)
{
    Task<T> wait = within<T>(deferred, limit, QStringLiteral("no answer"), stop);
    Result<T> result = co_await std::move(wait);
    if (!result && result.error().kind == Error::Kind::Timeout)
        co_return fail(timedOut());
    co_return result;
}

} // namespace

// Ends the turn of one public call, whatever way it is left.
class SystemSecretStore::Turn
{
public:
    explicit Turn(SystemSecretStore &store)
        : m_store(store)
    {
    }
    ~Turn() { m_store.endTurn(); }
    Turn(const Turn &) = delete;
    Turn &operator=(const Turn &) = delete;

private:
    SystemSecretStore &m_store;
};

SystemSecretStore::SystemSecretStore()
    : SystemSecretStore(Options())
{
}

SystemSecretStore::SystemSecretStore(Options options)
    : m_options(options)
{
}

SystemSecretStore::~SystemSecretStore() = default;

QString SystemSecretStore::sentinelOf(const QString &item)
{
    return item.section(QLatin1Char('/'), 0, 1) + QStringLiteral("/sentinel/1");
}

std::chrono::milliseconds SystemSecretStore::callLimit() const
{
    return std::max(m_options.limit, m_options.promptLimit);
}

Task<> SystemSecretStore::waitForTurn(std::stop_token stop)
{
    if (!std::exchange(m_busy, true))
        co_return {};
    Deferred<> deferred;
    m_waiting.push_back(deferred);
    Task<> wait = bounded<void>(deferred, callLimit() * longestQueue, stop);
    co_return co_await std::move(wait);
}

void SystemSecretStore::endTurn()
{
    while (!m_waiting.empty()) {
        const Deferred<> next = m_waiting.front();
        m_waiting.pop_front();
        if (next.isSettled())
            continue; // it gave up waiting
        next.settle({}); // the turn passes on, so m_busy stays
        return;
    }
    m_busy = false;
}

// What failed may have changed: ask again before the next call.
Error SystemSecretStore::noted(Error error)
{
    if (error.kind != Error::Kind::Cancelled)
        m_status.reset();
    return error;
}

Task<KeychainStatus> SystemSecretStore::freshStatus(std::stop_token stop)
{
    const Result<KeychainStatus> probed = co_await probeKeychain(m_options.limit, stop);
    if (!probed)
        co_return fail(probed.error());
    m_status = *probed;
    m_statusAt = std::chrono::steady_clock::now();
    co_return *probed;
}

Task<KeychainStatus> SystemSecretStore::status(std::stop_token stop)
{
    co_return co_await freshStatus(stop);
}

Task<> SystemSecretStore::requireUsable(std::stop_token stop)
{
    const bool isFresh = m_status && m_status->state == KeychainState::Ok
        && std::chrono::steady_clock::now() - m_statusAt < statusLifetime;
    if (isFresh)
        co_return {};
    const Result<KeychainStatus> status = co_await freshStatus(stop);
    if (!status)
        co_return fail(status.error());
    switch (status->state) {
    case KeychainState::Ok:
    case KeychainState::PlainKeyring: // the vault decides whether that is good enough
        co_return {};
    case KeychainState::Locked:
        if (m_options.promptLimit.count() > 0)
            co_return {};
        break;
    default:
        break;
    }
    co_return fail(errorOf(*status));
}

Task<Secret> SystemSecretStore::read(QString item, std::stop_token stop)
{
    const Result<> turn = co_await waitForTurn(stop);
    if (!turn)
        co_return fail(turn.error());
    const Turn end(*this);
    const Result<> usable = co_await requireUsable(stop);
    if (!usable)
        co_return fail(usable.error(), "reading from the keychain");
    Result<Secret> value = co_await rawRead(item, stop);
    if (value)
        co_return value;
    if (value.error().kind != Error::Kind::NotFound)
        co_return fail(noted(value.error()), "reading from the keychain");
    co_return co_await believedAbsence(item, stop);
}

// NotFound where that can be believed, else what is really the matter.
Task<Secret> SystemSecretStore::believedAbsence(QString item, std::stop_token stop)
{
    m_status.reset();
    const Result<> usable = co_await requireUsable(stop);
    if (!usable)
        co_return fail(usable.error(), "reading from the keychain");
    const QString sentinel = sentinelOf(item);
    const Result<Secret> seen = co_await rawRead(sentinel, stop);
    if (seen)
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("the keychain has no item %1").arg(item));
    if (seen.error().kind != Error::Kind::NotFound)
        co_return fail(noted(seen.error()), "reading from the keychain");
    KeychainStatus status;
    status.state = KeychainState::Denied;
    status.backend = m_status ? m_status->backend : QString();
    status.collection = m_status ? m_status->collection : QString();
    status.detail = QStringLiteral("the keychain shows none of this profile's items");
    status.advice = QStringLiteral("It may be another keyring than before, or still locked. Open "
                                   "the keyring that was used first; if it is lost, use the "
                                   "recovery code.");
    co_return fail(errorOf(status), "reading from the keychain");
}

Task<> SystemSecretStore::ensureSentinel(QString item, std::stop_token stop)
{
    const QString sentinel = sentinelOf(item);
    if (m_sentinels.contains(sentinel))
        co_return {};
    const Result<Secret> seen = co_await rawRead(sentinel, stop);
    if (!seen) {
        if (seen.error().kind != Error::Kind::NotFound)
            co_return fail(seen.error());
        const std::span bytes(reinterpret_cast<const std::uint8_t *>(sentinelText.data()),
                              sentinelText.size());
        Result<Secret> text = Secret::copyOf(bytes);
        if (!text)
            co_return fail(text.error());
        Task<> writing = writeAndCompare(sentinel, std::move(*text), stop);
        const Result<> written = co_await std::move(writing);
        if (!written)
            co_return fail(written.error());
    }
    m_sentinels.insert(sentinel);
    co_return {};
}

Task<> SystemSecretStore::writeAndCompare(QString item, Secret value, std::stop_token stop)
{
    Result<Secret> copy = value.clone();
    if (!copy)
        co_return fail(copy.error());
    Task<> writing = rawWrite(item, std::move(*copy), stop);
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(written.error());
    const Result<Secret> stored = co_await rawRead(item, stop);
    if (!stored && stored.error().kind != Error::Kind::NotFound)
        co_return fail(stored.error());
    if (!stored || !stored->equals(value))
        co_return fail(
            lied(QStringLiteral("the keychain said \"stored\", but did not store %1").arg(item)));
    co_return {};
}

Task<> SystemSecretStore::write(QString item, Secret value, std::stop_token stop)
{
    const Result<> turn = co_await waitForTurn(stop);
    if (!turn)
        co_return fail(turn.error());
    const Turn end(*this);
    const Result<> usable = co_await requireUsable(stop);
    if (!usable)
        co_return fail(usable.error(), "writing to the keychain");
    const Result<> sentinel = co_await ensureSentinel(item, stop);
    if (!sentinel)
        co_return fail(noted(sentinel.error()), "writing to the keychain");
    Task<> writing = writeAndCompare(item, std::move(value), stop);
    const Result<> written = co_await std::move(writing);
    if (!written)
        co_return fail(noted(written.error()), "writing to the keychain");
    co_return {};
}

Task<> SystemSecretStore::remove(QString item, std::stop_token stop)
{
    const Result<> turn = co_await waitForTurn(stop);
    if (!turn)
        co_return fail(turn.error());
    const Turn end(*this);
    // Asked anew each time: a locked keyring answers "removed" and keeps the item.
    m_status.reset();
    const Result<> usable = co_await requireUsable(stop);
    if (!usable)
        co_return fail(usable.error(), "removing from the keychain");
    m_sentinels.remove(item);
    const Result<> removed = co_await rawRemove(item, stop);
    if (!removed && removed.error().kind != Error::Kind::NotFound)
        co_return fail(noted(removed.error()), "removing from the keychain");
    const Result<Secret> left = co_await rawRead(item, stop);
    if (left)
        co_return fail(
            noted(
                lied(QStringLiteral("the keychain said \"removed\", but still has %1").arg(item))),
            "removing from the keychain");
    if (left.error().kind != Error::Kind::NotFound)
        co_return fail(noted(left.error()), "removing from the keychain");
    co_return {};
}

Task<Secret> SystemSecretStore::rawRead(QString item, std::stop_token stop)
{
    Deferred<Secret> deferred;
    // The jobs delete themselves when they have finished, however late that is.
    auto *job = new QKeychain::ReadPasswordJob(serviceName);
    job->setInsecureFallback(false);
    job->setKey(item);
    QObject::connect(job, &QKeychain::Job::finished, job, [deferred, job, item] {
        if (job->error() != QKeychain::NoError) {
            deferred.settle(fail(errorOf(*job, item)));
            return;
        }
        const QByteArray data = job->binaryData();
        Result<Secret> value =
            Secret::copyOf({reinterpret_cast<const std::uint8_t *>(data.constData()),
                            static_cast<std::size_t>(data.size())});
        overwrite(data);
        deferred.settle(std::move(value));
    });
    job->start();
    Task<Secret> wait = bounded<Secret>(deferred, callLimit(), stop);
    co_return co_await std::move(wait);
}

Task<> SystemSecretStore::rawWrite(QString item, Secret value, std::stop_token stop)
{
    Deferred<> deferred;
    const QByteArray data(reinterpret_cast<const char *>(value.bytes().data()),
                          static_cast<qsizetype>(value.size()));
    auto *job = new QKeychain::WritePasswordJob(serviceName);
    job->setInsecureFallback(false);
    job->setKey(item);
    job->setBinaryData(data);
    QObject::connect(job, &QKeychain::Job::finished, job, [deferred, job, item, data] {
        overwrite(data);
        if (job->error() != QKeychain::NoError)
            deferred.settle(fail(errorOf(*job, item)));
        else
            deferred.settle({});
    });
    job->start();
    Task<> wait = bounded<void>(deferred, callLimit(), stop);
    co_return co_await std::move(wait);
}

Task<> SystemSecretStore::rawRemove(QString item, std::stop_token stop)
{
    Deferred<> deferred;
    auto *job = new QKeychain::DeletePasswordJob(serviceName);
    job->setInsecureFallback(false);
    job->setKey(item);
    QObject::connect(job, &QKeychain::Job::finished, job, [deferred, job, item] {
        if (job->error() != QKeychain::NoError)
            deferred.settle(fail(errorOf(*job, item)));
        else
            deferred.settle({});
    });
    job->start();
    Task<> wait = bounded<void>(deferred, callLimit(), stop);
    co_return co_await std::move(wait);
}

} // namespace sealbook
