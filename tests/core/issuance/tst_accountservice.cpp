// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/AccountService.h"
#include "tests/support/DroppedTable.h"
#include "tests/support/IssuanceProfile.h"

#include <QSignalSpy>
#include <QTest>

using namespace sealbook;

namespace {

const QString url = QStringLiteral("https://ca.example/directory");

Registration wanted()
{
    Registration registration;
    registration.caId = url;
    registration.contacts = {QStringLiteral("mailto:ada@example.org")};
    registration.agreesToTerms = true;
    return registration;
}

CaRecord house()
{
    CaRecord ca;
    ca.id = QStringLiteral("house");
    ca.name = QStringLiteral("House CA");
    ca.directoryUrl = url;
    return ca;
}

} // namespace

class TstAccountService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void NHI8_aPracticeProfileKnowsNoRealCa();
    void NHI8_aRealProfileKnowsNoPracticeCa();
    void findsACaByIdOrUrl();
    void aUrlThatIsNotKnownIsACa_data();
    void aUrlThatIsNotKnownIsACa();
    void addsAndRemovesACa();
    void refusesToAdd_data();
    void refusesToAdd();
    void keepsTheBuiltInCas();
    void makesAnAccountOnce();
    void C1_C2_theKeyIsStoredBeforeTheCaHearsOfIt();
    void asksNobodyWithoutAKeychain();
    void externalBindingNeedsBothHalves();
    void deactivatesAtTheCaFirst();
    void R33_deactivatesNothingUnseen();
    void letsGoOfAnAccountThatTheCaHasNot_data();
    void letsGoOfAnAccountThatTheCaHasNot();
    void remembersTheKeyIdOfTheBinding();
    void readsWhatACaSaysAboutItself();
};

void TstAccountService::NHI8_aPracticeProfileKnowsNoRealCa()
{
    IssuanceProfile profile;
    AccountService service(profile.context(true));
    const auto cas = await(service.cas());
    QVERIFY(cas);
    QCOMPARE(cas->size(), std::size_t(1));
    QVERIFY(cas->front().isPractice);
    for (const QString &real : {QStringLiteral("letsencrypt"), url,
                                QStringLiteral("https://acme-v02.api.letsencrypt.org/directory")}) {
        const auto ca = await(service.ca(real));
        QVERIFY2(!ca, qPrintable(real));
        QCOMPARE(ca.error().kind, Error::Kind::PolicyDenied);
        Registration registration = wanted();
        registration.caId = real;
        QVERIFY(!await(service.registerAccount(std::move(registration), {})));
        QVERIFY(!await(service.askCa(real, {})));
    }
    QVERIFY(await(service.ca(QStringLiteral("practice"))));
    QCOMPARE(profile.asked, QStringList());
    QCOMPARE(profile.ca.requestCount(), 0);
}

void TstAccountService::NHI8_aRealProfileKnowsNoPracticeCa()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    const auto cas = await(service.cas());
    QVERIFY(cas);
    QVERIFY(cas->size() > 1);
    for (const CaRecord &ca : *cas)
        QVERIFY(!ca.isPractice);
    const auto practice = await(service.ca(QStringLiteral("practice")));
    QVERIFY(!practice);
    QCOMPARE(practice.error().kind, Error::Kind::NotFound);
    QVERIFY2(practice.error().advice.contains(QStringLiteral("letsencrypt")),
             qPrintable(practice.error().advice));
}

void TstAccountService::findsACaByIdOrUrl()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    const auto byId = await(service.ca(QStringLiteral("letsencrypt")));
    QVERIFY(byId);
    const auto byUrl = await(service.ca(byId->directoryUrl));
    QVERIFY(byUrl);
    QCOMPARE(*byUrl, *byId);
}

void TstAccountService::aUrlThatIsNotKnownIsACa_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("https") << url << true;
    QTest::newRow("http") << QStringLiteral("http://ca.example/directory") << false;
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
    QTest::newRow("user information") << QStringLiteral("https://me:pw@ca.example/d") << false;
    QTest::newRow("no host") << QStringLiteral("https:///directory") << false;
    QTest::newRow("a word") << QStringLiteral("letsencrypto") << false;
    QTest::newRow("nothing") << QString() << false;
}

void TstAccountService::aUrlThatIsNotKnownIsACa()
{
    QFETCH(QString, text);
    QFETCH(bool, good);
    IssuanceProfile profile;
    AccountService service(profile.context());
    const auto ca = await(service.ca(text));
    QCOMPARE(ca.has_value(), good);
    QVERIFY(ca || !ca.error().detail.contains(QStringLiteral(":pw@")));
}

void TstAccountService::addsAndRemovesACa()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    QSignalSpy changed(&service, &AccountService::changed);
    QVERIFY(await(service.addCa(house())));
    const auto found = await(service.ca(QStringLiteral("house")));
    QVERIFY(found);
    QCOMPARE(found->directoryUrl, url);
    QCOMPARE(changed.size(), 1);
    QVERIFY(await(service.removeCa(QStringLiteral("house"))));
    QVERIFY(!await(service.ca(QStringLiteral("house"))));
    QCOMPARE(changed.size(), 2);
    const auto entries = await(profile.store->audit(0, 10)).value();
    QCOMPARE(entries.size(), std::size_t{2});
    QCOMPARE(entries[0].action, QStringLiteral("ca.add"));
    QCOMPARE(entries[0].details.value(QLatin1String("directory")).toString(), url);
    QCOMPARE(entries[1].action, QStringLiteral("ca.remove"));
}

void TstAccountService::refusesToAdd_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("directory");
    QTest::addColumn<Error::Kind>("kind");
    const auto row = [](const char *what, const char *id, const char *name, const char *directory,
                        Error::Kind kind = Error::Kind::BadRequest) {
        QTest::newRow(what) << QString::fromLatin1(id) << QString::fromLatin1(name)
                            << QString::fromLatin1(directory) << kind;
    };
    row("http", "house", "House", "http://ca.example/directory");
    row("password in the URL", "house", "House", "https://me:pw@ca.example/directory");
    row("no URL", "house", "House", "");
    row("no id", "", "House", "https://ca.example/directory");
    row("no name", "house", "", "https://ca.example/directory");
    row("a built-in id", "letsencrypt", "House", "https://ca.example/directory",
        Error::Kind::Conflict);
}

void TstAccountService::refusesToAdd()
{
    QFETCH(QString, id);
    QFETCH(QString, name);
    QFETCH(QString, directory);
    QFETCH(Error::Kind, kind);
    IssuanceProfile profile;
    AccountService service(profile.context());
    CaRecord ca = house();
    ca.id = id;
    ca.name = name;
    ca.directoryUrl = directory;
    const auto added = await(service.addCa(ca));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, kind);
    QVERIFY(!added.error().detail.contains(QStringLiteral(":pw@")));
    QVERIFY(await(profile.store->addedCas()).value().empty());
}

void TstAccountService::keepsTheBuiltInCas()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    const auto removed = await(service.removeCa(QStringLiteral("letsencrypt")));
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::BadRequest);
}

void TstAccountService::makesAnAccountOnce()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    QVERIFY(await(service.addCa(house())));
    QSignalSpy changed(&service, &AccountService::changed);
    const auto first = await(service.registerAccount(wanted(), {}));
    QVERIFY2(first, first ? "" : qPrintable(describe(first.error())));
    QCOMPARE(first->status, AccountRecord::Status::Valid);
    QCOMPARE(first->url, ScriptedCa::text("/account/1"));
    QCOMPARE(first->contacts, wanted().contacts);
    QVERIFY(first->termsAgreed);
    QCOMPARE(changed.size(), 1);
    const auto second = await(service.registerAccount(wanted(), {}));
    QVERIFY(second);
    QCOMPARE(second->id, first->id);
    QCOMPARE(profile.ca.count(QStringLiteral("/new-account")), 1);
    QCOMPARE(await(service.accounts()).value().size(), std::size_t(1));
    // With an account at it, a CA stays.
    const auto removed = await(service.removeCa(QStringLiteral("house")));
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Conflict);
    QCOMPARE(profile.ca.violations(), QStringList());
}

void TstAccountService::C1_C2_theKeyIsStoredBeforeTheCaHearsOfIt()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    int keysWhenAsked = -1;
    bool lost = false;
    profile.ca.on(QStringLiteral("/new-account"), [&](const CaRequest &request) {
        keysWhenAsked = static_cast<int>(await(profile.store->keyCount()).value());
        if (!lost) {
            lost = true;
            return ScriptedCa::problem(500, "serverInternal", QStringLiteral("the reply is lost"));
        }
        if (!request.json().value(QStringLiteral("onlyReturnExisting")).toBool())
            return ScriptedCa::problem(400, "malformed", QStringLiteral("asked for a second one"));
        return ScriptedCa::reply(200, {{QStringLiteral("status"), QStringLiteral("valid")}},
                                 {{"location", "https://ca.example/account/7"}});
    });
    QVERIFY(!await(service.registerAccount(wanted(), {})));
    QCOMPARE(keysWhenAsked, 1);
    const auto again = await(service.registerAccount(wanted(), {}));
    QVERIFY2(again, again ? "" : qPrintable(describe(again.error())));
    QCOMPARE(again->url, ScriptedCa::text("/account/7"));
    QCOMPARE(await(profile.store->keyCount()).value(), 1); // the same key
}

void TstAccountService::asksNobodyWithoutAKeychain()
{
    IssuanceProfile profile;
    profile.keychain.setState(KeychainState::NoService);
    AccountService service(profile.context());
    const auto made = await(service.registerAccount(wanted(), {}));
    QVERIFY(!made);
    QCOMPARE(made.error().kind, Error::Kind::KeychainAbsent);
    QCOMPARE(profile.ca.requestCount(), 0);
    QVERIFY(await(service.accounts()).value().empty());
    QCOMPARE(await(profile.store->keyCount()).value(), 0);
}

void TstAccountService::externalBindingNeedsBothHalves()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    Registration kidOnly = wanted();
    kidOnly.eabKid = QStringLiteral("kid-1");
    const auto first = await(service.registerAccount(std::move(kidOnly), {}));
    QVERIFY(!first);
    QCOMPARE(first.error().kind, Error::Kind::BadRequest);
    Registration noBase64 = wanted();
    noBase64.eabKid = QStringLiteral("kid-1");
    noBase64.eabMacKey = Secret::take(QByteArray("not base64url!")).value();
    const auto second = await(service.registerAccount(std::move(noBase64), {}));
    QVERIFY(!second);
    QVERIFY(!describe(second.error()).contains(QStringLiteral("not base64url")));
    QCOMPARE(profile.ca.requestCount(), 0);
}

void TstAccountService::R33_deactivatesNothingUnseen()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    const auto made = await(service.registerAccount(wanted(), {}));
    QVERIFY(made);
    bool asked = false;
    profile.ca.on(QStringLiteral("/account/1"), [&asked](const CaRequest &) {
        asked = true;
        return ScriptedCa::reply(200, {{QStringLiteral("status"), QStringLiteral("deactivated")}});
    });
    QVERIFY(dropTable(profile.store->file(), QStringLiteral("audit")));
    QVERIFY(!await(service.deactivate(made->id, {})));
    QVERIFY(!asked);
    QCOMPARE(await(service.accounts()).value().front().status, AccountRecord::Status::Valid);
}

void TstAccountService::deactivatesAtTheCaFirst()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    const auto made = await(service.registerAccount(wanted(), {}));
    QVERIFY(made);
    bool refuse = true;
    profile.ca.on(QStringLiteral("/account/1"), [&refuse](const CaRequest &) {
        return refuse
            ? ScriptedCa::problem(403, "unauthorized", QStringLiteral("no"))
            : ScriptedCa::reply(200, {{QStringLiteral("status"), QStringLiteral("deactivated")}});
    });
    const auto results = [&profile] { // of every deactivation
        QStringList list;
        const auto entries = await(profile.store->audit(0, 100)).value();
        for (const AuditEntry &entry : entries) {
            if (entry.action == QLatin1String("account.deactivate"))
                list.append(entry.result);
        }
        return list;
    };
    const auto refused = await(service.deactivate(made->id, {}));
    QVERIFY(!refused);
    QCOMPARE(results(), (QStringList{QStringLiteral("begun"), kindName(refused.error().kind)}));
    QCOMPARE(await(service.accounts()).value().front().status, AccountRecord::Status::Valid);
    refuse = false;
    const auto ended = await(service.deactivate(made->id, {}));
    QVERIFY2(ended, ended ? "" : qPrintable(describe(ended.error())));
    QCOMPARE(await(service.accounts()).value().front().status, AccountRecord::Status::Deactivated);
    QCOMPARE(results().mid(2), (QStringList{QStringLiteral("begun"), QStringLiteral("ok")}));
    // The next one gets a key of its own.
    const auto next = await(service.registerAccount(wanted(), {}));
    QVERIFY2(next, next ? "" : qPrintable(describe(next.error())));
    QVERIFY(next->id != made->id);
    QVERIFY(next->keyId != made->keyId);
    const auto unknown = await(service.deactivate(AccountId::make(), {}));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
}

void TstAccountService::letsGoOfAnAccountThatTheCaHasNot_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("problem");
    QTest::addColumn<QString>("account"); // what the CA says of it when asked by its key
    QTest::newRow("the CA lost its accounts")
        << 400 << QByteArray("accountDoesNotExist") << QString();
    QTest::newRow("deactivated elsewhere")
        << 401 << QByteArray("unauthorized") << QStringLiteral("deactivated");
    QTest::newRow("revoked by the CA")
        << 403 << QByteArray("unauthorized") << QStringLiteral("revoked");
    QTest::newRow("ended, and not spoken of") << 403 << QByteArray("unauthorized") << QString();
}

// Else nobody could ever issue at that CA again: an account that is valid here is used.
void TstAccountService::letsGoOfAnAccountThatTheCaHasNot()
{
    QFETCH(int, status);
    QFETCH(QByteArray, problem);
    QFETCH(QString, account);
    IssuanceProfile profile;
    AccountService service(profile.context());
    const auto made = await(service.registerAccount(wanted(), {}));
    QVERIFY(made);
    const auto refusal = [status, problem](const CaRequest &) {
        return ScriptedCa::problem(status, problem.constData(), QStringLiteral("no"));
    };
    profile.ca.on(QStringLiteral("/account/1"), refusal);
    profile.ca.on(QStringLiteral("/new-account"), [&](const CaRequest &request) {
        const bool onlyExisting =
            request.json().value(QStringLiteral("onlyReturnExisting")).toBool();
        if (onlyExisting && account.isEmpty())
            return refusal(request);
        const QString state = onlyExisting ? account : QStringLiteral("valid");
        return ScriptedCa::reply(onlyExisting ? 200 : 201, {{QStringLiteral("status"), state}},
                                 {{"location", "https://ca.example/account/2"}});
    });
    const auto ended = await(service.deactivate(made->id, {}));
    QVERIFY2(ended, ended ? "" : qPrintable(describe(ended.error())));
    const auto next = await(service.registerAccount(wanted(), {}));
    QVERIFY2(next, next ? "" : qPrintable(describe(next.error())));
    QVERIFY(next->id != made->id);
    QCOMPARE(next->url, ScriptedCa::text("/account/2"));
}

void TstAccountService::remembersTheKeyIdOfTheBinding()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    Registration bound = wanted();
    bound.eabKid = QStringLiteral("kid-1");
    bound.eabMacKey = Secret::take(QByteArray("c2VjcmV0LXNlY3JldC1zZWNyZXQ")).value();
    const auto made = await(service.registerAccount(std::move(bound), {}));
    QVERIFY2(made, made ? "" : qPrintable(describe(made.error())));
    QCOMPARE(made->eabKid, QStringLiteral("kid-1"));
    QCOMPARE(await(service.accounts()).value().front().eabKid, QStringLiteral("kid-1"));
}

void TstAccountService::readsWhatACaSaysAboutItself()
{
    IssuanceProfile profile;
    AccountService service(profile.context());
    const auto facts = await(service.askCa(url, {}));
    QVERIFY2(facts, facts ? "" : qPrintable(describe(facts.error())));
    QCOMPARE(facts->termsOfService, ScriptedCa::text("/terms"));
    QCOMPARE(facts->caaIdentities, QStringList(QStringLiteral("ca.example")));
    QVERIFY(!facts->externalAccountRequired);
    QVERIFY(facts->profiles.contains(QStringLiteral("classic")));
    QCOMPARE(await(profile.store->keyCount()).value(), 0);
}

QTEST_GUILESS_MAIN(TstAccountService)
#include "tst_accountservice.moc"
