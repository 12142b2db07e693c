// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/IssuanceLab.h"

#include <QTest>

using namespace sealbook;

// Accounts at a real CA: external account binding, keys found again, authorizations reused.
// Wherever a challenge is posted at all, the CA's own log says that every name server served
// before.
class TstAccounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void externalAccountBinding();
    void reusedAuthorizationsNeedNoRecord();
    void theAccountIsWrittenDown();
    void deactivatedAccountIsReplaced();
    void knownAccountTakesAtMostNineRequests();
    void everyKeyType_data();
    void everyKeyType();

private:
    IssuanceLab m_plain; // no faults, no slow server
    std::unique_ptr<Sealbook> m_sealbook;
};

void TstAccounts::externalAccountBinding()
{
    IssuanceLab lab;
    PracticeOptions options;
    options.slowServer = false;
    options.externalAccountBinding = true;
    QVERIFY2(lab.start(options), lab.failure().constData());
    const auto sealbook = lab.freshProfile();
    QVERIFY2(sealbook, lab.failure().constData());
    const QStringList issue = lab.issue({QStringLiteral("eab.practice.test")});
    const SealbookRun refused = sealbook->run(issue);
    QVERIFY2(!refused.ok() && !refused.killed, refused.story().constData());

    // Pebble's published example key.
    const QByteArray mac = "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W";
    const SealbookRun registered = sealbook->run(
        {QStringLiteral("account"), QStringLiteral("register"), lab.lab().facts().directoryUrl,
         QStringLiteral("--agree-to-terms"), QStringLiteral("--eab-kid"), QStringLiteral("kid-1"),
         QStringLiteral("--eab-key-fd"), QStringLiteral("0")},
        mac);
    QVERIFY2(registered.ok(), registered.story().constData());
    lab.watch({QStringLiteral("eab.practice.test")});
    const SealbookRun issued = sealbook->run(issue);
    QVERIFY2(issued.ok(), issued.story().constData());
    QCOMPARE(lab.tooEarly(issued), QByteArray());
}

void TstAccounts::reusedAuthorizationsNeedNoRecord()
{
    IssuanceLab lab;
    PracticeOptions options;
    options.slowServer = false;
    options.authorizationReusePercent = 100;
    QVERIFY2(lab.start(options), lab.failure().constData());
    const auto sealbook = lab.freshProfile();
    QVERIFY2(sealbook, lab.failure().constData());
    const QStringList issue = lab.issue({QStringLiteral("again.practice.test")});
    lab.watch({QStringLiteral("again.practice.test")});
    const SealbookRun first = sealbook->run(issue);
    QVERIFY2(first.ok(), first.story().constData());
    QCOMPARE(lab.tooEarly(first), QByteArray());
    const qint64 logStart = lab.pebbleLogSize();
    const SealbookRun second = sealbook->run(issue);
    QVERIFY2(second.ok(), second.story().constData());
    QCOMPARE(lab.count("/chalZ/", logStart), 0);
    QCOMPARE(lab.validationRecords(QStringLiteral("again.practice.test")), QByteArray());
}

void TstAccounts::theAccountIsWrittenDown()
{
    IssuanceLab lab;
    PracticeOptions options;
    options.slowServer = false;
    QVERIFY2(lab.start(options), lab.failure().constData());
    const auto sealbook = lab.freshProfile();
    QVERIFY2(sealbook, lab.failure().constData());
    const QStringList issue = lab.issue({QStringLiteral("forgot.practice.test")});
    lab.watch({QStringLiteral("forgot.practice.test")});
    const SealbookRun first = sealbook->run(issue);
    QVERIFY2(first.ok(), first.story().constData());
    QCOMPARE(lab.tooEarly(first), QByteArray());
    const SealbookRun listed = sealbook->run({QStringLiteral("account"), QStringLiteral("list")});
    QCOMPARE(listed.events(QStringLiteral("item")).size(), 1);
    QCOMPARE(listed.events(QStringLiteral("item"))
                 .constFirst()
                 .value(QStringLiteral("status"))
                 .toString(),
             QStringLiteral("valid"));
}

void TstAccounts::deactivatedAccountIsReplaced()
{
    IssuanceLab lab;
    PracticeOptions options;
    options.slowServer = false;
    QVERIFY2(lab.start(options), lab.failure().constData());
    const auto sealbook = lab.freshProfile();
    QVERIFY2(sealbook, lab.failure().constData());
    const QStringList issue = lab.issue({QStringLiteral("gone.practice.test")});
    lab.watch({QStringLiteral("gone.practice.test")});
    const SealbookRun first = sealbook->run(issue);
    QVERIFY2(first.ok(), first.story().constData());
    QCOMPARE(lab.tooEarly(first), QByteArray());
    const SealbookRun listed = sealbook->run({QStringLiteral("account"), QStringLiteral("list")});
    const QString id =
        listed.events(QStringLiteral("item")).constFirst().value(QStringLiteral("id")).toString();
    const SealbookRun ended =
        sealbook->run({QStringLiteral("account"), QStringLiteral("deactivate"), id});
    QVERIFY2(ended.ok(), ended.story().constData());
    lab.watch({QStringLiteral("gone.practice.test")});
    const SealbookRun second = sealbook->run(issue);
    QVERIFY2(second.ok(), second.story().constData());
    QCOMPARE(lab.tooEarly(second), QByteArray());
}

void TstAccounts::initTestCase()
{
    PracticeOptions options;
    options.slowServer = false;
    QVERIFY2(m_plain.start(options), m_plain.failure().constData());
    m_sealbook = m_plain.freshProfile();
    QVERIFY2(m_sealbook, m_plain.failure().constData());
}

void TstAccounts::knownAccountTakesAtMostNineRequests()
{
    const SealbookRun first = m_sealbook->run(m_plain.issue({QStringLiteral("a.practice.test")}));
    QVERIFY2(first.ok(), first.story().constData());
    m_plain.watch({QStringLiteral("b.practice.test")});
    const SealbookRun second = m_sealbook->run(m_plain.issue({QStringLiteral("b.practice.test")}));
    QVERIFY2(second.ok(), second.story().constData());
    QCOMPARE(m_plain.tooEarly(second), QByteArray());
    const int requests = second.result().value(QStringLiteral("requests")).toInt();
    QVERIFY2(requests > 0 && requests <= 9, second.story().constData());
}

void TstAccounts::everyKeyType_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("ec256") << QStringLiteral("EC P-256");
    QTest::newRow("ec384") << QStringLiteral("EC P-384");
    QTest::newRow("rsa2048") << QStringLiteral("RSA 2048");
    QTest::newRow("rsa3072") << QStringLiteral("RSA 3072");
    QTest::newRow("rsa4096") << QStringLiteral("RSA 4096");
}

void TstAccounts::everyKeyType()
{
    QFETCH(QString, algorithm);
    const QString type = QString::fromLatin1(QTest::currentDataTag());
    const QString name = type + QStringLiteral(".practice.test");
    m_plain.watch({name});
    const SealbookRun run = m_sealbook->run(m_plain.issue({name}, {QStringLiteral("--key"), type}));
    QVERIFY2(run.ok(), run.story().constData());
    QCOMPARE(m_plain.tooEarly(run), QByteArray());
    QCOMPARE(run.result()
                 .value(QStringLiteral("certificate"))
                 .toObject()
                 .value(QStringLiteral("key_algorithm"))
                 .toString(),
             algorithm);
}

QTEST_GUILESS_MAIN(TstAccounts)
#include "tst_accounts.moc"
