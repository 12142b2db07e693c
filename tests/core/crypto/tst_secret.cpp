// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Secret.h"
#include "core/crypto/SecureArena.h"
#include "tests/support/TestSecret.h"

#include <QTest>
#include <openssl/crypto.h>

#include <thread>
#include <type_traits>

using namespace sealbook;

static_assert(!std::is_copy_constructible_v<Secret>);
static_assert(!std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret>);
static_assert(std::is_nothrow_move_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, QString>);
static_assert(!std::is_convertible_v<Secret, QByteArray>);

class TstSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void liesInTheArena();
    void movesAndLeavesNothingBehind();
    void movingOntoItselfKeepsIt();
    void givesItsMemoryBack();
    void isWipedWhenItDies();
    void takeEmptiesTheSource();
    void wipeEmpties();
    void wipeLeavesASharedBufferToItsOwner();
    void equalsComparesContent();
    void emptyIsFine();
    void randomIsOfTheSizeAndDiffers();
    void failsWhenTheArenaIsFull();
    void movesBetweenThreads();
    void arenaSaysWhetherItIsLocked();
};

void TstSecret::liesInTheArena()
{
    const Secret secret = testSecret("token");
    QCOMPARE(CRYPTO_secure_allocated(secret.bytes().data()), 1);
    QCOMPARE(secret.text(), std::string_view("token"));
    const Result<Secret> copy = secret.clone();
    QVERIFY(copy);
    QVERIFY(copy->bytes().data() != secret.bytes().data());
    QVERIFY(copy->equals(secret));
}

void TstSecret::movesAndLeavesNothingBehind()
{
    Secret first = testSecret("token");
    Secret second = std::move(first);
    QVERIFY(first.isEmpty()); // NOLINT: the moved-from state is the contract
    QCOMPARE(second.text(), std::string_view("token"));
    second = testSecret("other");
    QCOMPARE(second.text(), std::string_view("other"));
}

void TstSecret::movingOntoItselfKeepsIt()
{
    Secret secret = testSecret("token");
    Secret &same = secret;
    secret = std::move(same);
    QCOMPARE(secret.text(), std::string_view("token"));
}

void TstSecret::givesItsMemoryBack()
{
    (void)secureArena();
    const unsigned long before = arenaBytesInUse();
    {
        Secret secret = testSecret(QByteArray(1000, 'x'));
        QVERIFY(arenaBytesInUse() >= before + 1000);
        secret = testSecret("y");
        secret = Secret();
    }
    QCOMPARE(arenaBytesInUse(), before);
}

void TstSecret::isWipedWhenItDies()
{
    // The arena is not returned to the system, so what was freed may still be read by us.
    const std::uint8_t *where = nullptr;
    {
        const Secret secret = testSecret(QByteArray(4096, 'S'));
        where = secret.bytes().data();
    }
    const Secret next = Secret::ofSize(4096).value();
    QCOMPARE(next.bytes().data(), where); // the same block again, and nothing of it is left
    QVERIFY(std::all_of(next.bytes().begin(), next.bytes().end(), [](auto b) { return b == 0; }));
}

void TstSecret::takeEmptiesTheSource()
{
    QByteArray source("a secret of some length");
    const Secret secret = Secret::take(std::move(source)).value();
    QVERIFY(source.isEmpty()); // NOLINT: the moved-from state is the contract
    QCOMPARE(secret.text(), std::string_view("a secret of some length"));
}

void TstSecret::wipeEmpties()
{
    QByteArray bytes(64, 'k');
    wipe(bytes);
    QVERIFY(bytes.isEmpty());
    QString text(64, QLatin1Char('k'));
    wipe(text);
    QVERIFY(text.isEmpty());
    QByteArray none;
    wipe(none);
    QVERIFY(none.isEmpty());
}

void TstSecret::wipeLeavesASharedBufferToItsOwner()
{
    const QByteArray kept(64, 'k');
    QByteArray bytes = kept;
    wipe(bytes);
    QVERIFY(bytes.isEmpty());
    QCOMPARE(kept, QByteArray(64, 'k'));
    QString literal = QStringLiteral("literal");
    wipe(literal);
    QVERIFY(literal.isEmpty());
}

void TstSecret::equalsComparesContent()
{
    QVERIFY(testSecret("abc").equals(testSecret("abc")));
    QVERIFY(!testSecret("abc").equals(testSecret("abd")));
    QVERIFY(!testSecret("abc").equals(testSecret("abcd")));
    QVERIFY(Secret().equals(Secret()));
}

void TstSecret::emptyIsFine()
{
    const Result<Secret> none = Secret::copyOf({});
    QVERIFY(none);
    QVERIFY(none->isEmpty());
    QVERIFY(none->clone());
    QVERIFY(Secret::take({}));
    QVERIFY(Secret::random(0));
    QVERIFY(Secret::ofSize(0));
}

void TstSecret::randomIsOfTheSizeAndDiffers()
{
    const Secret a = Secret::random(32).value();
    const Secret b = Secret::random(32).value();
    QCOMPARE(a.size(), std::size_t{32});
    QVERIFY(!a.equals(b));
}

void TstSecret::failsWhenTheArenaIsFull()
{
    const unsigned long before = arenaBytesInUse();
    {
        std::vector<Secret> held;
        Result<Secret> next = Secret::ofSize(256 * 1024);
        for (int i = 0; i < 32 && next; ++i) {
            held.push_back(std::move(*next));
            next = Secret::ofSize(256 * 1024);
        }
        QVERIFY(!next);
        QCOMPARE(next.error().kind, Error::Kind::Internal);
        QVERIFY(next.error().detail.contains(QStringLiteral("the secure memory arena is full")));
        QVERIFY(held.size() > 8);
    }
    QCOMPARE(arenaBytesInUse(), before);
    QVERIFY(Secret::ofSize(256 * 1024));
}

void TstSecret::movesBetweenThreads()
{
    Secret secret;
    std::thread maker([&secret] { secret = testSecret("made elsewhere"); });
    maker.join();
    QCOMPARE(secret.text(), std::string_view("made elsewhere"));
}

void TstSecret::arenaSaysWhetherItIsLocked()
{
    QVERIFY(secureArena() != ArenaState::Absent);
    QCOMPARE(arenaIsLocked(), secureArena() == ArenaState::Locked);
}

QTEST_GUILESS_MAIN(TstSecret)
#include "tst_secret.moc"
