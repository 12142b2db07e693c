// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/AcmeClient.h"
#include "core/http/CurlTransport.h"
#include "core/x509/PrivateKey.h"
#include "tests/support/Await.h"
#include "tests/support/LabFixture.h"
#include "tests/support/StampedLog.h"
#include "tests/support/ZoneWatch.h"

#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// The lesson that the lab exists for: who asks the CA before every name server agrees is refused,
// and who waits is not. If this did not hold, no test of propagation would prove anything. Nor
// would they if the watch that they are under let an impatient client pass.
class TstImpatience : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whoDoesNotWaitIsRefused();
    void whoDoesNotWaitIsCaught();
    void whoWaitsIsNot();

private:
    // Writes the records of a new order for `names` to the primary and hands out its challenges.
    [[nodiscard]] bool present(const QStringList &names);
    [[nodiscard]] bool servedEverywhere() const;
    // Asks the CA to look at all of them, and waits for what it says: how many it found good.
    [[nodiscard]] int askTheAuthority();

    // Takes the records of present() back, as a client does when it is done.
    [[nodiscard]] bool takeBack();
    [[nodiscard]] std::unique_ptr<ZoneWatch> watchOver(const QStringList &names) const;

    LabFixture m_lab;
    std::unique_ptr<StampedLog> m_log;
    std::unique_ptr<CurlTransport> m_transport;
    std::unique_ptr<AcmeClient> m_client;
    std::vector<Authorization> m_authorizations;
    QStringList m_values; // of the records, in the same order
    QStringList m_refusals; // the CA's words
};

namespace {

const Challenge *dns01(const Authorization &authorization)
{
    for (const Challenge &challenge : authorization.challenges) {
        if (challenge.type == QLatin1String("dns-01"))
            return &challenge;
    }
    return nullptr;
}

QString recordName(const Authorization &authorization)
{
    return QStringLiteral("_acme-challenge.") + authorization.name;
}

} // namespace

void TstImpatience::initTestCase()
{
    QVERIFY2(m_lab.start({}), m_lab.failure());
    m_log = std::make_unique<StampedLog>(m_lab.facts().logFile);
    QVERIFY(m_log->isOpen());
    CurlTransportOptions options;
    options.caFile = m_lab.facts().caFile;
    m_transport = std::make_unique<CurlTransport>(options);
    auto key = PrivateKey::generate(KeyType::Ec256);
    QVERIFY(key.has_value());
    m_client = std::make_unique<AcmeClient>(*m_transport, QUrl(m_lab.facts().directoryUrl),
                                            std::move(*key), QUrl());
    NewAccount account;
    account.agreesToTerms = true;
    QVERIFY(await(m_client->newAccount(std::move(account), {})).has_value());
}

bool TstImpatience::present(const QStringList &names)
{
    m_authorizations.clear();
    m_values.clear();
    const auto order = await(m_client->newOrder(names, QString(), {}));
    if (!order)
        return false;
    QStringList commands;
    for (const QUrl &url : order->authorizations) {
        auto authorization = await(m_client->authorization(url, {}));
        if (!authorization || dns01(*authorization) == nullptr)
            return false;
        m_values.append(m_client->dns01Value(dns01(*authorization)->token));
        commands.append(QStringLiteral("add %1 60 TXT \"%2\"")
                            .arg(recordName(*authorization), m_values.last()));
        m_authorizations.push_back(std::move(*authorization));
    }
    return m_lab.update(commands.join(QLatin1Char('\n'))).isEmpty();
}

bool TstImpatience::servedEverywhere() const
{
    for (std::size_t i = 0; i < m_authorizations.size(); ++i) {
        for (const char *server : {"127.0.0.11", "127.0.0.12", "127.0.0.13"}) {
            const QByteArray seen =
                m_lab.ask(QString::fromLatin1(server), recordName(m_authorizations.at(i)),
                          QStringLiteral("TXT"));
            if (!seen.contains(m_values.at(static_cast<qsizetype>(i)).toUtf8()))
                return false;
        }
    }
    return true;
}

int TstImpatience::askTheAuthority()
{
    for (const Authorization &authorization : m_authorizations) {
        if (!await(m_client->answerChallenge(dns01(authorization)->url, {})))
            return -1;
    }
    int good = 0;
    m_refusals.clear();
    for (const Authorization &authorization : m_authorizations) {
        auto now = await(m_client->authorization(authorization.url, {}));
        for (int i = 0; i < 200 && now && now->status == QLatin1String("pending"); ++i) {
            QTest::qWait(25);
            now = await(m_client->authorization(authorization.url, {}));
        }
        if (!now)
            return -1;
        if (now->status == QLatin1String("valid"))
            ++good;
        else if (now->status == QLatin1String("invalid") && dns01(*now)->error)
            m_refusals.append(describe(*dns01(*now)->error));
    }
    return good;
}

void TstImpatience::whoDoesNotWaitIsRefused()
{
    // Several names, because the CA's resolver picks a name server for each question; and several
    // rounds, because the slow server may happen to look just now.
    bool refused = false;
    for (int round = 0; round < 16 && !refused; ++round) {
        QStringList names;
        for (int i = 0; i < 8; ++i)
            names.append(QStringLiteral("hasty%1-%2.practice.test").arg(round).arg(i));
        QVERIFY(present(names));
        const int good = askTheAuthority();
        QVERIFY(good >= 0);
        QCOMPARE(good + m_refusals.size(), names.size());
        refused = !m_refusals.isEmpty();
    }
    QVERIFY(refused);
    QVERIFY2(m_refusals.first().contains(QLatin1String("TXT")), qPrintable(m_refusals.first()));
}

bool TstImpatience::takeBack()
{
    QStringList commands;
    for (std::size_t i = 0; i < m_authorizations.size(); ++i)
        commands.append(
            QStringLiteral("delete %1 TXT \"%2\"")
                .arg(recordName(m_authorizations.at(i)), m_values.at(static_cast<qsizetype>(i))));
    return m_lab.update(commands.join(QLatin1Char('\n'))).isEmpty();
}

std::unique_ptr<ZoneWatch> TstImpatience::watchOver(const QStringList &names) const
{
    QStringList records;
    for (const QString &name : names)
        records.append(QStringLiteral("_acme-challenge.") + name);
    const QStringList servers{m_lab.facts().primary, QStringLiteral("127.0.0.12"),
                              QStringLiteral("127.0.0.13")};
    return std::make_unique<ZoneWatch>(servers, m_lab.facts().dnsPort, records);
}

// Whether the CA refuses it or happens to ask a quick server: the client is caught by the watch.
void TstImpatience::whoDoesNotWaitIsCaught()
{
    QByteArray late;
    // The slow server may happen to look just then.
    for (int round = 0; round < 16 && late.isEmpty(); ++round) {
        const QStringList names{QStringLiteral("caught%1.practice.test").arg(round)};
        const std::size_t mark = m_log->mark();
        const auto watch = watchOver(names);
        QVERIFY(present(names));
        QVERIFY(askTheAuthority() >= 0);
        QVERIFY(takeBack());
        watch->end();
        QCOMPARE(watch->valuesSeen(), 1U);
        const auto posted = m_log->first("POST /chalZ/", mark);
        QVERIFY(posted.has_value());
        late = watch->lateAfter(posted->at);
    }
    QVERIFY2(late.contains("127.0.0.13 did not serve"), late.constData());
}

void TstImpatience::whoWaitsIsNot()
{
    QStringList names;
    for (int i = 0; i < 8; ++i)
        names.append(QStringLiteral("patient%1.practice.test").arg(i));
    const std::size_t mark = m_log->mark();
    const auto watch = watchOver(names);
    QVERIFY(present(names));
    QTRY_VERIFY_WITH_TIMEOUT(servedEverywhere(), 30000);
    QCOMPARE(askTheAuthority(), 8);
    QVERIFY(takeBack());
    watch->end();
    QCOMPARE(watch->valuesSeen(), 8U);
    const auto posted = m_log->first("POST /chalZ/", mark);
    QVERIFY(posted.has_value());
    QCOMPARE(watch->lateAfter(posted->at), QByteArray());
}

QTEST_GUILESS_MAIN(TstImpatience)
#include "tst_impatience.moc"
