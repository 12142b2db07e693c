// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/store/Store.h"
#include "core/vault/PassphraseGate.h"
#include "core/vault/PassphraseVerifier.h"
#include "core/vault/RecoveryCode.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/StoreAudit.h"

#include <QFile>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

using namespace std::chrono_literals;

namespace {

Secret secretOf(const QByteArray &bytes)
{
    return std::move(*Secret::copyOf(bytesOf(bytes)));
}

const QByteArray right("correct horse battery");
const QByteArray wrong("correct horse butter");

} // namespace

class TstPassphraseGate : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<MemorySecretStore> m_keychain;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<PassphraseGate> m_gate;

    // As after a restart: same file, same keychain.
    void restart(const AuditFunction &audit)
    {
        m_gate.reset();
        m_vault = std::make_unique<Vault>(*m_keychain, *m_store, false);
        m_gate = std::make_unique<PassphraseGate>(*m_store, *m_vault, *m_clock, audit);
    }
    [[nodiscard]] Result<> set(const QByteArray &current, const QByteArray &next)
    {
        return await(m_gate->set(secretOf(current), secretOf(next), {}));
    }
    [[nodiscard]] Result<> open(const QByteArray &typed)
    {
        return await(m_gate->open(secretOf(typed), {}));
    }
    [[nodiscard]] Result<> pass() { return await(m_gate->pass()); }
    // So many wrong attempts, the last one now.
    void countWrong(int count)
    {
        const QJsonValue attempts(
            QJsonObject{{QStringLiteral("count"), count},
                        {QStringLiteral("at"), m_clock->utcNow().toSecsSinceEpoch()}});
        QVERIFY(await(m_store->setSetting(QStringLiteral("passphrase.attempts"), attempts)));
    }
    int countedWrong()
    {
        const auto kept = await(m_store->setting(QStringLiteral("passphrase.attempts")));
        return kept ? kept->toObject().value(QStringLiteral("count")).toInt() : -1;
    }
    QStringList audited()
    {
        QStringList lines;
        const auto entries = await(m_store->audit(0, 100));
        for (const AuditEntry &entry : *entries) {
            if (entry.action.startsWith(QLatin1String("passphrase.")))
                lines << entry.action + QLatin1Char(' ') + entry.result;
        }
        return lines;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString file = m_folder->filePath(QStringLiteral("sealbook.db"));
        m_store = std::move(*await(Store::open(file, {})));
        m_keychain = std::make_unique<MemorySecretStore>();
        m_clock = std::make_unique<FakeClock>();
        restart(auditInto(*m_store));
    }
    void cleanup()
    {
        m_gate.reset();
        m_vault.reset();
        m_keychain.reset();
        m_store.reset();
        m_folder.reset();
    }

    void aProfileBeginsWithoutOne()
    {
        QCOMPARE(await(m_gate->isSet()).value(), false);
        QVERIFY(pass());
        QCOMPARE(open(right).error().kind, Error::Kind::NotFound);
        QCOMPARE(await(m_gate->remove(secretOf(right), {})).error().kind, Error::Kind::NotFound);
    }

    // NHI10: each time, not once.
    void R33_theRightOneLetsOneKeyPass()
    {
        QSignalSpy changed(m_gate.get(), &PassphraseGate::changed);
        QVERIFY(set({}, right));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(await(m_gate->isSet()).value(), true);
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
        QVERIFY(open(right));
        QVERIFY(pass());
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
        QCOMPARE(audited(),
                 (QStringList{QStringLiteral("passphrase.set ok"),
                              QStringLiteral("passphrase.check ok")}));
        restart(auditInto(*m_store));
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
        QVERIFY(open(right));
    }

    void whatItGaveEndsAfterAMinuteAndWithALock()
    {
        QVERIFY(set({}, right));
        QVERIFY(open(right));
        m_clock->advance(59s);
        QVERIFY(pass());
        QVERIFY(open(right));
        m_clock->advance(61s);
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
        QVERIFY(open(right));
        m_vault->lock();
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
    }

    void aWrongOneOpensNothingAndIsWrittenDown()
    {
        QVERIFY(set({}, right));
        QCOMPARE(open(wrong).error().kind, Error::Kind::Unauthorized);
        QCOMPARE(open({}).error().kind, Error::Kind::Unauthorized);
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
        QCOMPARE(countedWrong(), 2);
        QCOMPARE(audited().mid(1),
                 (QStringList{QStringLiteral("passphrase.check Unauthorized"),
                              QStringLiteral("passphrase.check Unauthorized")}));
        QVERIFY(open(right));
        QCOMPARE(countedWrong(), 0);
    }

    // Also what an earlier good attempt gave is gone.
    void aWrongOneTakesBackWhatWasGiven()
    {
        QVERIFY(set({}, right));
        QVERIFY(open(right));
        QVERIFY(!open(wrong));
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
    }

    void wrongOnesMakeTheNextWait_data()
    {
        QTest::addColumn<int>("failures");
        QTest::addColumn<int>("seconds");
        QTest::newRow("none") << 0 << 0;
        QTest::newRow("two") << 2 << 0;
        QTest::newRow("three") << 3 << 5;
        QTest::newRow("four") << 4 << 10;
        QTest::newRow("eight") << 8 << 160;
        QTest::newRow("twenty") << 20 << 900;
        QTest::newRow("a million") << 1'000'000 << 900;
    }
    void wrongOnesMakeTheNextWait()
    {
        QFETCH(const int, failures);
        QTEST(static_cast<int>(PassphraseGate::waitAfter(failures).count()), "seconds");
    }

    void whoHasToWaitIsNotEvenHeard()
    {
        QVERIFY(set({}, right));
        countWrong(4);
        const Result<> early = open(right);
        QCOMPARE(early.error().kind, Error::Kind::RateLimited);
        QCOMPARE(early.error().retryAfter.value(), 10s);
        QCOMPARE(countedWrong(), 4);
        // Another process of the same profile waits too.
        restart(auditInto(*m_store));
        m_clock->advance(9s);
        QCOMPARE(open(right).error().kind, Error::Kind::RateLimited);
        QCOMPARE(set(right, "another passphrase").error().kind, Error::Kind::RateLimited);
        QCOMPARE(await(m_gate->remove(secretOf(right), {})).error().kind, Error::Kind::RateLimited);
        m_clock->advance(1s);
        QVERIFY(open(right));
    }

    void aClockThatGoesBackLocksNobodyOut()
    {
        QVERIFY(set({}, right));
        countWrong(3);
        m_clock->setUtcNow(m_clock->utcNow().addDays(-400));
        QCOMPARE(open(right).error().retryAfter.value(), 5s);
    }

    void oneAttemptAtATime()
    {
        QVERIFY(set({}, right));
        Task<> first = m_gate->open(secretOf(wrong), {});
        QCOMPARE(open(right).error().kind, Error::Kind::Conflict);
        QCOMPARE(await(std::move(first)).error().kind, Error::Kind::Unauthorized);
    }

    // Many processes are no way to many guesses; one that died holds nobody up for long.
    void ofSeveralProcessesOneAtATime()
    {
        QVERIFY(set({}, right));
        const QString turn = QStringLiteral("passphrase.turn");
        QVERIFY(await(m_store->setSetting(turn, m_clock->utcNow().toSecsSinceEpoch())));
        m_clock->advance(59s);
        QCOMPARE(open(right).error().kind, Error::Kind::Conflict);
        QCOMPARE(countedWrong(), 0);
        m_clock->advance(1s);
        QVERIFY(open(right));
        QVERIFY(await(m_store->setting(turn))->isNull());
        QVERIFY(!open(wrong));
        QVERIFY(await(m_store->setting(turn))->isNull());
    }

    void changesAndGoesOnlyByTheOldOne()
    {
        const QByteArray other("another passphrase");
        QVERIFY(set({}, right));
        QCOMPARE(set(wrong, other).error().kind, Error::Kind::Unauthorized);
        QCOMPARE(await(m_gate->remove(secretOf(wrong), {})).error().kind,
                 Error::Kind::Unauthorized);
        QVERIFY(set(right, other));
        QVERIFY(!open(right));
        QVERIFY(open(other));
        QVERIFY(await(m_gate->remove(secretOf(other), {})));
        QCOMPARE(await(m_gate->isSet()).value(), false);
        QVERIFY(pass());
        QVERIFY(audited().contains(QStringLiteral("passphrase.change ok")));
        QCOMPARE(audited().constLast(), QStringLiteral("passphrase.remove ok"));
    }

    void whoForgotItHasTheRecoveryCode()
    {
        QVERIFY(set({}, right));
        QCOMPARE(await(m_gate->removeByRecoveryCode(secretOf("x"), {})).error().kind,
                 Error::Kind::NotFound);
        const Result<Secret> code = await(m_vault->makeRecoveryCode({}));
        QVERIFY(code);
        QVERIFY(await(m_vault->confirmRecoveryCode(code->clone().value(), {})));
        QCOMPARE(await(m_gate->removeByRecoveryCode(secretOf(right), {})).error().kind,
                 Error::Kind::BadRequest);
        Secret other = std::move(*formatRecoveryCode(*Secret::random(recoveryCodeBytes)));
        QCOMPARE(await(m_gate->removeByRecoveryCode(std::move(other), {})).error().kind,
                 Error::Kind::Unauthorized);
        QCOMPARE(await(m_gate->isSet()).value(), true);
        countWrong(10); // it does not wait with the guesses
        QVERIFY(await(m_gate->removeByRecoveryCode(code->clone().value(), {})));
        QCOMPARE(await(m_gate->isSet()).value(), false);
        QCOMPARE(countedWrong(), 0);
        QCOMPARE(audited().constLast(), QStringLiteral("passphrase.remove ok"));
    }

    void aShortOneIsRefused()
    {
        QCOMPARE(set({}, "1234567").error().kind, Error::Kind::BadRequest);
        QCOMPARE(await(m_gate->isSet()).value(), false);
    }

    // R33: what cannot be written down opens nothing.
    void R33_withoutTheAuditLogNothingOpens()
    {
        QVERIFY(set({}, right));
        restart(refusingAudit());
        QCOMPARE(open(right).error().kind, Error::Kind::Conflict);
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
    }

    void withoutTheKeychainNothingOpensAndNothingIsCounted()
    {
        QVERIFY(set({}, right));
        m_keychain->setState(KeychainState::Locked);
        restart(auditInto(*m_store));
        QVERIFY(!open(right));
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
        QCOMPARE(countedWrong(), 0);
    }

    // A verifier of another profile, or one that somebody wrote, is no way in.
    void aForeignVerifierOpensNothing()
    {
        QVERIFY(set({}, right));
        const QJsonValue forged(QString::fromLatin1(QByteArray("SBV1 forged").toBase64()));
        QVERIFY(await(m_store->setSetting(QStringLiteral("passphrase"), forged)));
        QCOMPARE(open(right).error().kind, Error::Kind::Corrupt);
        QCOMPARE(pass().error().kind, Error::Kind::Unauthorized);
    }

    void R07_leavesNoTraceOfItInTheFile()
    {
        QVERIFY(set({}, right));
        QVERIFY(!open(wrong));
        QFile file(m_store->file());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY(!content.contains(right));
        QVERIFY(!content.contains(wrong));
        QVERIFY(!content.contains("SBP1")); // sealed
    }

    void theVerifierRefusesWeakParameters()
    {
        const Result<Secret> made = makePassphraseVerifier(secretOf(right));
        QVERIFY(made);
        QCOMPARE(fitsPassphrase(secretOf(right), *made).value(), true);
        QCOMPARE(fitsPassphrase(secretOf(wrong), *made).value(), false);
        for (const std::uint8_t logN : {std::uint8_t(1), std::uint8_t(16), std::uint8_t(21)}) {
            Result<Secret> weak = made->clone();
            QVERIFY(weak);
            weak->writableBytes()[4] = logN;
            QCOMPARE(fitsPassphrase(secretOf(right), *weak).error().kind, Error::Kind::Corrupt);
        }
        QCOMPARE(fitsPassphrase(secretOf(right), secretOf("SBP1")).error().kind,
                 Error::Kind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(TstPassphraseGate)
#include "tst_passphrasegate.moc"
