// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/DohClient.h"
#include "core/issuance/IssuanceService.h"
#include "tests/support/DroppedTable.h"
#include "tests/support/IssuanceProfile.h"
#include "tests/support/IssuingCa.h"
#include "tests/support/ScriptedDigitalOcean.h"
#include "tests/support/ScriptedDoh.h"

#include <QSignalSpy>
#include <QTest>

using namespace sealbook;
using namespace std::chrono_literals;

// One order, more than one way into DNS (R05), and a board that is ready with less than every name
// server. CA, provider and resolvers are scripted; store, vault and audit log are real.
class TstSwitchProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void R05_providerIsDownThenByHand();
    void R05_providerIsDownThenAnother();
    void aLostLogDoesNotHideTheCertificate();
    void R05_switchesWhileTheBoardWaits();
    void R05_whatTheOldOneKeptIsSweptWithIt();
    void R05_changesNothingForAnUnknownCredential();
    void R05_refusesOnceTheCaWasAsked();
    void issuesByOutsideViewAndSaysSo_data();
    void issuesByOutsideViewAndSaysSo();
    void anUnattendedJobObeysThePolicy();

private:
    [[nodiscard]] IssuanceContext context();
    [[nodiscard]] IssuanceRequest request(const QString &credential) const;
    void addCredential(const QString &name);
    void fail503() { m_provider->downToken = "one"; }
    // A person publishes what the board of the running job shows.
    [[nodiscard]] Task<IssuanceResult> publishingByHand(Task<IssuanceResult> running);
    [[nodiscard]] JobRecord onlyJob() { return await(m_service->jobs()).value().front(); }
    [[nodiscard]] QStringList audited(const QString &action);
    [[nodiscard]] std::vector<TxtIntent> open()
    {
        return await(m_profile->store->openIntents()).value();
    }
    void waitForBoard();

    const QString m_host = QStringLiteral("www.example.test");
    const QString m_owner = QStringLiteral("_acme-challenge.www.example.test");
    SystemClock m_clock;
    std::unique_ptr<IssuanceProfile> m_profile;
    std::unique_ptr<IssuingCa> m_ca;
    std::unique_ptr<ScriptedDigitalOcean> m_provider;
    std::unique_ptr<ScriptedDoh> m_doh;
    std::unique_ptr<DohClient> m_client;
    std::unique_ptr<IssuanceService> m_service;
    BoardOptions m_board;
    bool m_policy = true; // lets unattended jobs be content with less
};

void TstSwitchProvider::init()
{
    m_profile = std::make_unique<IssuanceProfile>();
    m_profile->resolver.addUsualZone(QStringLiteral("example.test"));
    m_ca = std::make_unique<IssuingCa>(m_profile->ca, m_host);
    m_provider =
        std::make_unique<ScriptedDigitalOcean>(m_profile->resolver, QStringLiteral("example.test"));
    m_profile->credentials =
        std::make_unique<CredentialService>(*m_profile->store, *m_profile->vault, *m_profile->audit,
                                            m_profile->catalog, *m_provider, m_profile->resolver);
    m_doh = std::make_unique<ScriptedDoh>();
    m_client = std::make_unique<DohClient>(*m_doh);
    m_board = {};
    m_policy = true;
    m_service = std::make_unique<IssuanceService>(context());
    addCredential(QStringLiteral("one"));
    addCredential(QStringLiteral("two"));
}

void TstSwitchProvider::cleanup()
{
    std::ignore = await(m_service->pauseAll(10s));
    m_service.reset();
    m_profile.reset();
}

IssuanceContext TstSwitchProvider::context()
{
    const IssuanceContext usual = m_profile->context();
    return {usual.store,
            usual.vault,
            usual.audit,
            usual.credentials,
            usual.resolver,
            m_clock,
            usual.transportFor,
            usual.practiceCa,
            false,
            [this](const IssuanceRequest &request) {
                BoardOptions options = m_board;
                options.doh = m_client.get();
                options.acceptsLess = !request.unattended || m_policy;
                return options;
            }};
}

IssuanceRequest TstSwitchProvider::request(const QString &credential) const
{
    IssuanceRequest wanted;
    wanted.names = {m_host};
    wanted.caId = QStringLiteral("https://ca.example/directory");
    wanted.credential = credential;
    wanted.agreesToTerms = true;
    return wanted;
}

void TstSwitchProvider::addCredential(const QString &name)
{
    NewCredential made;
    made.name = name;
    made.provider = QStringLiteral("digitalocean");
    made.owner = QStringLiteral("Ada");
    made.purpose = QStringLiteral("example.test");
    const QByteArray token = "dop_v1_aaaabbbbcccc" + name.toLatin1();
    made.secrets.emplace(QStringLiteral("token"), Secret::take(QByteArray(token)).value());
    const auto added = await(m_profile->credentials->add(std::move(made), {}));
    QVERIFY2(added.has_value(), qPrintable(added ? QString() : describe(added.error())));
}

QStringList TstSwitchProvider::audited(const QString &action)
{
    QStringList found;
    const auto entries = await(m_profile->audit->entries(0, 200));
    for (const AuditEntry &entry : entries.value())
        if (entry.action == action)
            found.append(
                entry.result + QLatin1Char(' ')
                + QString::fromUtf8(QJsonDocument(entry.details).toJson(QJsonDocument::Compact)));
    return found;
}

void TstSwitchProvider::waitForBoard()
{
    QTRY_COMPARE(m_service->running().size(), std::size_t(1));
    const JobId id = m_service->running().front();
    QTRY_VERIFY(m_service->board(id).has_value() && !m_service->board(id)->rows.empty());
}

Task<IssuanceResult> TstSwitchProvider::publishingByHand(Task<IssuanceResult> running)
{
    waitForBoard();
    const auto board = m_service->board(m_service->running().front());
    for (const ExpectedRecord &record : board->records)
        for (const QString &value : record.values)
            m_profile->resolver.addTxt(record.effectiveName.text(), value);
    return running;
}

void TstSwitchProvider::R05_providerIsDownThenByHand()
{
    fail503();
    const auto refused = await(m_service->issue(request(QStringLiteral("one")), {}));
    QVERIFY(!refused);
    const JobRecord before = onlyJob();
    QVERIFY2(before.orderUrl.endsWith(QStringLiteral("/order/1")), qPrintable(before.orderUrl));
    QCOMPARE(m_ca->validations, 0); // no attempt was spent

    const ResumeChange byHand{QString(), false};
    const auto issued = await(publishingByHand(m_service->resumeWith(before.id, byHand, {})));
    QVERIFY2(issued.has_value(), qPrintable(issued ? QString() : describe(issued.error())));
    const JobRecord after = onlyJob();
    QCOMPARE(after.id, before.id);
    QCOMPARE(after.state, JobRecord::State::Done);
    QCOMPARE(after.orderUrl, before.orderUrl);
    QCOMPARE(after.request.credential, QString());
    QCOMPARE(m_ca->orders, 1);
    QCOMPARE(m_ca->validations, 1);
    QCOMPARE(audited(QStringLiteral("job.switch")).size(), 1);
    QVERIFY(m_profile->ca.violations().isEmpty());
}

void TstSwitchProvider::R05_providerIsDownThenAnother()
{
    fail503();
    QVERIFY(!await(m_service->issue(request(QStringLiteral("one")), {})));
    const JobRecord before = onlyJob();
    const ResumeChange other{QStringLiteral("two"), false};
    const auto issued = await(m_service->resumeWith(before.id, other, {}));
    QVERIFY2(issued.has_value(), qPrintable(issued ? QString() : describe(issued.error())));
    QCOMPARE(onlyJob().orderUrl, before.orderUrl);
    QCOMPARE(onlyJob().request.credential, QStringLiteral("two"));
    QCOMPARE(issued->certificate.credential, QStringLiteral("two"));
    QCOMPARE(m_ca->orders, 1);
    QVERIFY(m_provider->held.empty());
    QVERIFY(audited(QStringLiteral("job.switch")).value(0).contains(QStringLiteral("two")));
}

// Who is told of a failure asks the CA for another one.
void TstSwitchProvider::aLostLogDoesNotHideTheCertificate()
{
    fail503();
    QVERIFY(!await(m_service->issue(request(QStringLiteral("one")), {})));
    QVERIFY(dropTable(m_profile->store->file(), QStringLiteral("job_step")));
    const ResumeChange other{QStringLiteral("two"), false};
    QSignalSpy told(m_service.get(), &IssuanceService::issued);
    const auto issued = await(m_service->resumeWith(onlyJob().id, other, {}));
    QVERIFY2(issued.has_value(), qPrintable(issued ? QString() : describe(issued.error())));
    QCOMPARE(told.size(), 1);
    // The provider that is down may have kept a record, which is told as well.
    const QStringList aboutLog = issued->notes.filter(QStringLiteral("log could not be written"));
    QCOMPARE(aboutLog.size(), 1);
    QVERIFY2(aboutLog[0].contains(QStringLiteral("certificate is stored")),
             qPrintable(issued->notes.join(QLatin1Char('\n'))));
    QVERIFY(await(m_profile->store->certificate(issued->certificate.sha256)));
}

void TstSwitchProvider::R05_switchesWhileTheBoardWaits()
{
    m_provider->serves = false; // it takes the record and gives it to nobody
    Task<IssuanceResult> first = m_service->issue(request(QStringLiteral("one")), {});
    waitForBoard();
    QCOMPARE(m_provider->held.size(), std::size_t(1));
    const JobRecord before = onlyJob();
    m_provider->serves = true;
    const ResumeChange other{QStringLiteral("two"), false};
    const auto issued = await(m_service->resumeWith(before.id, other, {}));
    QVERIFY2(issued.has_value(), qPrintable(issued ? QString() : describe(issued.error())));
    const auto ended = await(std::move(first));
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, Error::Kind::Cancelled);
    QCOMPARE(onlyJob().orderUrl, before.orderUrl);
    QCOMPARE(m_ca->orders, 1);
    QVERIFY(m_provider->held.empty()); // of the one and of the other
    QVERIFY(open().empty());
}

void TstSwitchProvider::R05_whatTheOldOneKeptIsSweptWithIt()
{
    m_provider->serves = false;
    Task<IssuanceResult> first = m_service->issue(request(QStringLiteral("one")), {});
    waitForBoard();
    const JobRecord before = onlyJob();
    m_provider->serves = true;
    fail503();
    m_provider->downMethod = "DELETE";
    const ResumeChange byHand{QString(), false};
    const auto issued = await(publishingByHand(m_service->resumeWith(before.id, byHand, {})));
    QVERIFY2(issued.has_value(), qPrintable(issued ? QString() : describe(issued.error())));
    QVERIFY(!await(std::move(first)));
    QCOMPARE(open().size(), std::size_t(1));
    QCOMPARE(open().front().credential, QStringLiteral("one"));
    QCOMPARE(m_provider->held.size(), std::size_t(1));

    m_provider->downToken.clear();
    QCOMPARE(await(m_service->sweep({})).value(), 1);
    QVERIFY(open().empty());
    QVERIFY(m_provider->held.empty());
}

void TstSwitchProvider::R05_changesNothingForAnUnknownCredential()
{
    m_provider->serves = false;
    Task<IssuanceResult> first = m_service->issue(request(QStringLiteral("one")), {});
    waitForBoard();
    const ResumeChange unknown{QStringLiteral("three"), false};
    const auto refused = await(m_service->resumeWith(onlyJob().id, unknown, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::NotFound);
    QCOMPARE(m_service->running().size(), std::size_t(1)); // it goes on as before
    QCOMPARE(onlyJob().request.credential, QStringLiteral("one"));
    QVERIFY(await(m_service->cancel(onlyJob().id)));
    QVERIFY(!await(std::move(first)));
}

void TstSwitchProvider::R05_refusesOnceTheCaWasAsked()
{
    std::optional<Task<IssuanceResult>> switching;
    connect(m_service.get(), &IssuanceService::stepAdded, this, [&](const JobStep &step) {
        const ResumeChange other{QStringLiteral("two"), false};
        if (step.step == QLatin1String("challenge") && !switching)
            switching = m_service->resumeWith(step.jobId, other, {});
    });
    const auto issued = await(m_service->issue(request(QStringLiteral("one")), {}));
    QVERIFY2(issued.has_value(), qPrintable(issued ? QString() : describe(issued.error())));
    QVERIFY(switching.has_value());
    const auto refused = await(std::move(*switching));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::Conflict);
    QCOMPARE(onlyJob().request.credential, QStringLiteral("one"));
}

void TstSwitchProvider::issuesByOutsideViewAndSaysSo_data()
{
    QTest::addColumn<bool>("unattended");
    QTest::newRow("a person watches") << false;
    QTest::newRow("nobody watches, and the policy allows it") << true;
}

void TstSwitchProvider::issuesByOutsideViewAndSaysSo()
{
    QFETCH(bool, unattended);
    m_profile->resolver.addZone(
        QStringLiteral("example.test"),
        {{QStringLiteral("ns1.example.test"), {QStringLiteral("192.0.2.1")}}}, 0);
    for (const char *server : {"192.0.2.1", "198.51.100.1", "198.51.100.2", "192.5.5.241",
                               "193.0.14.129", "199.7.83.42"})
        m_profile->resolver.makeDead(QString::fromLatin1(server));
    m_board.outside = {QStringLiteral("https://a.example/q"),
                       QStringLiteral("https://b.example/q")};
    // Resolvers elsewhere see what the provider holds.
    for (const char *host : {"a.example", "b.example"})
        m_doh->script(QString::fromLatin1(host), [this](const HttpRequest &sent) {
            QStringList values;
            for (const auto &[id, record] : m_provider->held)
                values.append(record.second);
            return Result<HttpResponse>(
                ScriptedDoh::message(ScriptedDoh::reply(sent.body, values)));
        });
    IssuanceRequest wanted = request(QStringLiteral("one"));
    wanted.unattended = unattended;
    const auto issued = await(m_service->issue(wanted, {}));
    QVERIFY2(issued.has_value(), qPrintable(issued ? QString() : describe(issued.error())));
    const QStringList told = audited(QStringLiteral("dns.incomplete"));
    QCOMPARE(told.size(), 1);
    QVERIFY2(told[0].startsWith(QStringLiteral("ready_by_outside_view")), qPrintable(told[0]));
    QCOMPARE(told[0].contains(QStringLiteral("\"unattended\":true")), unattended);
    QVERIFY(audited(QStringLiteral("certificate.issue"))
                .value(0)
                .contains(QStringLiteral("\"board\":\"ready_by_outside_view\"")));
    QVERIFY(m_provider->held.empty());
}

void TstSwitchProvider::anUnattendedJobObeysThePolicy()
{
    m_policy = false;
    m_board.deadAfter = 100ms;
    m_profile->resolver.makeDead(QStringLiteral("192.0.2.3"));
    IssuanceRequest wanted = request(QStringLiteral("one"));
    wanted.unattended = true;
    wanted.timeout = 2s;
    const auto refused = await(m_service->issue(wanted, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::DnsNotReady);
    QCOMPARE(m_ca->validations, 0);
    QVERIFY(audited(QStringLiteral("dns.incomplete")).isEmpty());

    // A person who looks at the board may go on.
    const auto issued = await(m_service->resume(onlyJob().id, {}));
    QVERIFY2(issued.has_value(), qPrintable(issued ? QString() : describe(issued.error())));
    QVERIFY(audited(QStringLiteral("dns.incomplete"))
                .value(0)
                .startsWith(QStringLiteral("ready_with_warning")));
    QCOMPARE(m_ca->orders, 1);
}

QTEST_GUILESS_MAIN(TstSwitchProvider)
#include "tst_switchprovider.moc"
