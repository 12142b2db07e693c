// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/acme/AcmeClient.h"
#include "core/http/CurlTransport.h"
#include "core/x509/PrivateKey.h"
#include "tests/support/Await.h"
#include "tests/support/LabFixture.h"

#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// The lesson that the lab exists for: who asks the CA before every name server agrees is refused,
// and who waits is not. If this did not hold, no test of propagation would prove anything.
class TstImpatience : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whoDoesNotWaitIsRefused();
    void whoWaitsIsNot();

private:
    // Writes the records of a new order for `names` to the primary and hands out its challenges.
    [[nodiscard]] bool present(const QStringList &names);
    [[nodiscard]] bool servedEverywhere() const;
    // Asks the CA to look at all of them, and waits for what it says: how many it found good.
    [[nodiscard]] int askTheAuthority();

    LabFixture m_lab;
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
    for (int round = 0; round < 4 && !refused; ++round) {
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

void TstImpatience::whoWaitsIsNot()
{
    QStringList names;
    for (int i = 0; i < 8; ++i)
        names.append(QStringLiteral("patient%1.practice.test").arg(i));
    QVERIFY(present(names));
    QTRY_VERIFY_WITH_TIMEOUT(servedEverywhere(), 30000);
    QCOMPARE(askTheAuthority(), 8);
}

QTEST_GUILESS_MAIN(TstImpatience)
#include "tst_impatience.moc"
