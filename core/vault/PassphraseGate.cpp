// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/PassphraseGate.h"

#include "core/store/Store.h"
#include "core/vault/PassphraseVerifier.h"
#include "core/vault/RecoveryKeeper.h"
#include "core/vault/Vault.h"

namespace sealbook {

namespace {

const QString verifierSetting = QStringLiteral("passphrase");
const QString attemptsSetting = QStringLiteral("passphrase.attempts");
const QString countMember = QStringLiteral("count");
const QString atMember = QStringLiteral("at");
const QString turnSetting = QStringLiteral("passphrase.turn");
constexpr std::chrono::minutes openFor{1};
constexpr std::chrono::seconds longestTurn{60};
constexpr int freeAttempts = 3;

SealedPlace placeOfVerifier()
{
    return {QStringLiteral("setting"), verifierSetting, QStringLiteral("value"), 1};
}

tl::unexpected<Error> noPassphrase()
{
    return fail(Error::Kind::NotFound, QStringLiteral("this profile has no passphrase"));
}

} // namespace

PassphraseGate::PassphraseGate(Store &store, Vault &vault, const Clock &clock, AuditFunction audit,
                               QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_vault(vault)
    , m_clock(clock)
    , m_audit(std::move(audit))
{
    connect(&m_vault, &Vault::stateChanged, this, [this](Vault::State state) {
        if (state != Vault::State::Open)
            close();
    });
}

std::chrono::seconds PassphraseGate::waitAfter(int failures)
{
    constexpr std::chrono::seconds first{5};
    constexpr std::chrono::minutes longest{15};
    if (failures < freeAttempts)
        return std::chrono::seconds(0);
    const int doublings = std::min(failures - freeAttempts, 10);
    return std::min<std::chrono::seconds>(first * (1 << doublings), longest);
}

Task<bool> PassphraseGate::isSet()
{
    const Result<QJsonValue> kept = co_await m_store.setting(verifierSetting);
    if (!kept)
        co_return fail(kept.error(), "looking for a passphrase");
    co_return kept->isString();
}

Task<> PassphraseGate::set(Secret current, Secret next, std::stop_token stop)
{
    if (next.size() < fewestBytes)
        co_return fail(Error::Kind::BadRequest,
                       QStringLiteral("a passphrase has at least %1 characters").arg(fewestBytes),
                       QStringLiteral("Several words that do not belong together are easy to keep "
                                      "in mind and hard to guess."));
    const Result<QJsonValue> kept = co_await m_store.setting(verifierSetting);
    if (!kept)
        co_return fail(kept.error(), "setting the passphrase");
    const bool isFirst = !kept->isString();
    if (!isFirst) {
        const QJsonValue known = *kept;
        Task<> checking = check(std::move(current), known, stop);
        const Result<> checked = co_await std::move(checking);
        if (!checked)
            co_return fail(checked.error(), "changing the passphrase");
    }
    const Result<> opened = co_await m_vault.open(stop);
    if (!opened)
        co_return fail(opened.error(), "setting the passphrase");
    const auto shared = std::make_shared<const Secret>(std::move(next));
    std::function<Result<Secret>()> work = [shared] { return makePassphraseVerifier(*shared); };
    Task<Secret> making = runBlocking<Secret>(stop, std::move(work));
    const Result<Secret> verifier = co_await std::move(making);
    if (!verifier)
        co_return fail(verifier.error(), "setting the passphrase");
    const SealedPlace place = placeOfVerifier();
    const Result<QByteArray> sealed = m_vault.seal(place, *verifier);
    if (!sealed)
        co_return fail(sealed.error(), "setting the passphrase");
    const QJsonValue value(QString::fromLatin1(sealed->toBase64()));
    AuditEntry entry =
        auditEntry(isFirst ? QStringLiteral("passphrase.set") : QStringLiteral("passphrase.change"),
                   {}, QStringLiteral("ok"), {});
    Task<> saving = m_store.setSetting(verifierSetting, value, std::move(entry));
    const Result<> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "keeping the passphrase");
    close();
    Q_EMIT changed();
    co_return {};
}

Task<> PassphraseGate::remove(Secret current, std::stop_token stop)
{
    const Result<QJsonValue> kept = co_await m_store.setting(verifierSetting);
    if (!kept)
        co_return fail(kept.error(), "removing the passphrase");
    if (!kept->isString())
        co_return noPassphrase();
    const QJsonValue known = *kept;
    Task<> checking = check(std::move(current), known, stop);
    const Result<> checked = co_await std::move(checking);
    if (!checked)
        co_return fail(checked.error(), "removing the passphrase");
    const QJsonObject none;
    Task<> forgetting = forget(none);
    co_return co_await std::move(forgetting);
}

Task<> PassphraseGate::removeByRecoveryCode(Secret code, std::stop_token stop)
{
    const Result<bool> known = co_await isSet();
    if (!known)
        co_return fail(known.error(), "removing the passphrase");
    if (!*known)
        co_return noPassphrase();
    RecoveryKeeper keeper(m_store);
    Task<RecoveryKeeper::Recovered> recovering = keeper.recover(std::move(code), std::move(stop));
    const auto recovered = co_await std::move(recovering);
    if (!recovered)
        co_return fail(recovered.error(), "removing the passphrase");
    const QJsonObject details{{QStringLiteral("by"), QStringLiteral("recovery code")}};
    Task<> forgetting = forget(details);
    co_return co_await std::move(forgetting);
}

Task<> PassphraseGate::forget(QJsonObject details)
{
    const QJsonValue nothing(QJsonValue::Null);
    AuditEntry entry =
        auditEntry(QStringLiteral("passphrase.remove"), {}, QStringLiteral("ok"), details);
    Task<> saving = m_store.setSetting(verifierSetting, nothing, std::move(entry));
    const Result<> saved = co_await std::move(saving);
    if (!saved)
        co_return fail(saved.error(), "removing the passphrase");
    const Result<> forgotten = co_await m_store.setSetting(attemptsSetting, nothing);
    if (!forgotten)
        co_return fail(forgotten.error(), "removing the passphrase");
    close();
    Q_EMIT changed();
    co_return {};
}

Task<> PassphraseGate::open(Secret typed, std::stop_token stop)
{
    close();
    const Result<QJsonValue> kept = co_await m_store.setting(verifierSetting);
    if (!kept)
        co_return fail(kept.error(), "checking the passphrase");
    if (!kept->isString())
        co_return noPassphrase();
    const QJsonValue known = *kept;
    Task<> checking = check(std::move(typed), known, stop);
    const Result<> checked = co_await std::move(checking);
    if (!checked)
        co_return fail(checked.error(), "checking the passphrase");
    m_openUntil = m_clock.monotonic() + openFor;
    co_return {};
}

Task<> PassphraseGate::pass()
{
    const bool isOpen = m_openUntil && m_clock.monotonic() < *m_openUntil;
    close();
    if (isOpen)
        co_return {};
    const Result<bool> needed = co_await isSet();
    if (!needed)
        co_return fail(needed.error());
    if (*needed)
        co_return fail(Error::Kind::Unauthorized,
                       QStringLiteral("the passphrase of this profile was not given"),
                       QStringLiteral("It is asked for each time before a private key leaves."));
    co_return {};
}

void PassphraseGate::close()
{
    m_openUntil.reset();
}

Task<> PassphraseGate::check(Secret typed, QJsonValue kept, std::stop_token stop)
{
    const Result<> turn = co_await takeTurn();
    if (!turn)
        co_return fail(turn.error());
    Task<> checking = checkInTurn(std::move(typed), kept, stop);
    const Result<> checked = co_await std::move(checking);
    const QJsonValue free(QJsonValue::Null);
    const Result<> given = co_await m_store.setSetting(turnSetting, free);
    if (!checked)
        co_return fail(checked.error());
    co_return given;
}

// One at a time, of all processes of this profile: several at once would all have their guess
// before the first wrong one is counted.
Task<> PassphraseGate::takeTurn()
{
    const qint64 now = m_clock.utcNow().toSecsSinceEpoch();
    const QJsonValue mine(now);
    const Result<bool> claimed = co_await m_store.claimSetting(turnSetting, mine);
    if (!claimed)
        co_return fail(claimed.error());
    if (*claimed)
        co_return {};
    const Result<QJsonValue> held = co_await m_store.setting(turnSetting);
    if (!held)
        co_return fail(held.error());
    const qint64 age = now - held->toInteger();
    if (age >= 0 && age < longestTurn.count())
        co_return fail(Error::Kind::Conflict, QStringLiteral("a passphrase is being checked"),
                       QStringLiteral("Wait for it."));
    co_return co_await m_store.setSetting(turnSetting, mine); // who held it has died
}

Task<> PassphraseGate::checkInTurn(Secret typed, QJsonValue kept, std::stop_token stop)
{
    const Result<> opened = co_await m_vault.open(stop);
    if (!opened)
        co_return fail(opened.error());
    const SealedPlace place = placeOfVerifier();
    const QByteArray sealed = QByteArray::fromBase64(kept.toString().toLatin1());
    Result<Secret> verifier = m_vault.unseal(place, sealed);
    if (!verifier)
        co_return fail(verifier.error(), "reading the kept passphrase");
    const Result<> counted = co_await countAttempt();
    if (!counted)
        co_return fail(counted.error());
    Task<> comparing = compare(std::move(typed), std::move(*verifier), stop);
    const Result<> right = co_await std::move(comparing);
    const QString result = right ? QStringLiteral("ok") : kindName(right.error().kind);
    Task<> noting = m_audit(QStringLiteral("passphrase.check"), {}, result, {});
    const Result<> noted = co_await std::move(noting);
    if (!right)
        co_return fail(right.error());
    if (!noted)
        co_return fail(noted.error(), "noting that the passphrase was given");
    const QJsonValue nothing(QJsonValue::Null);
    const Result<> forgotten = co_await m_store.setSetting(attemptsSetting, nothing);
    if (!forgotten)
        co_return fail(forgotten.error());
    co_return {};
}

// Counted as wrong before it is looked at: who ends the process meanwhile gains no attempt.
Task<> PassphraseGate::countAttempt()
{
    const Result<QJsonValue> before = co_await m_store.setting(attemptsSetting);
    if (!before)
        co_return fail(before.error());
    const QJsonObject attempts = before->toObject();
    const int count = attempts.value(countMember).toInt();
    const qint64 now = m_clock.utcNow().toSecsSinceEpoch();
    // A clock that was set back makes nobody wait for longer than the rule says.
    const qint64 since = std::max<qint64>(0, now - attempts.value(atMember).toInteger());
    const qint64 left = waitAfter(count).count() - since;
    if (count > 0 && left > 0) {
        Error error;
        error.kind = Error::Kind::RateLimited;
        error.detail =
            QStringLiteral("the passphrase was wrong %1 times; the next attempt has to wait %2 s")
                .arg(count)
                .arg(left);
        error.retryAfter = std::chrono::seconds(left);
        co_return fail(std::move(error));
    }
    const QJsonValue value(QJsonObject{{countMember, count + 1}, {atMember, now}});
    co_return co_await m_store.setSetting(attemptsSetting, value);
}

Task<> PassphraseGate::compare(Secret typed, Secret verifier, std::stop_token stop)
{
    const auto shared =
        std::make_shared<const std::pair<Secret, Secret>>(std::move(typed), std::move(verifier));
    std::function<Result<>()> work = [shared]() -> Result<> {
        const Result<bool> fits = fitsPassphrase(shared->first, shared->second);
        if (!fits)
            return fail(fits.error());
        if (!*fits)
            return fail(Error::Kind::Unauthorized, QStringLiteral("this is not the passphrase"),
                        QStringLiteral("Look at the keyboard's layout and Caps Lock."));
        return {};
    };
    Task<> comparing = runBlocking<void>(stop, std::move(work));
    co_return co_await std::move(comparing);
}

} // namespace sealbook
