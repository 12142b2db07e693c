// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/AuditLog.h"
#include "core/governance/CredentialService.h"
#include "core/providers/ProviderCatalog.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/DroppedTable.h"
#include "tests/support/FakeResolver.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/RecordedTransport.h"

#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace sealbook;

namespace {

// One profile with everything real except the keychain and the network.
struct Profile
{
    QTemporaryDir dir;
    MemorySecretStore keychain;
    std::unique_ptr<Store> store;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<AuditLog> audit;
    ProviderCatalog catalog;
    RecordedTransport transport;
    FakeResolver resolver;
    std::unique_ptr<CredentialService> service;

    Profile()
    {
        store = await(Store::open(dir.filePath(QStringLiteral("profile/sealbook.db")), {})).value();
        vault = std::make_unique<Vault>(keychain, *store, true);
        audit = std::make_unique<AuditLog>(*store, *vault);
        service = std::make_unique<CredentialService>(*store, *vault, *audit, catalog, transport,
                                                      resolver);
    }

    QStringList actions()
    {
        QStringList actions;
        const auto entries = await(audit->entries(0, 100));
        for (const AuditEntry &entry : entries.value()) {
            if (entry.action.startsWith(QLatin1String("vault.")))
                continue;
            actions.append(entry.action + QLatin1Char(' ') + entry.subject + QLatin1Char(' ')
                           + entry.result);
        }
        return actions;
    }
};

NewCredential wanted(const char *token = "dop_v1_aaaabbbbccccdddd")
{
    NewCredential made;
    made.name = QStringLiteral("dns");
    made.provider = QStringLiteral("digitalocean");
    made.owner = QStringLiteral("Ada");
    made.purpose = QStringLiteral("example.org");
    made.secrets.emplace(QStringLiteral("token"), Secret::take(QByteArray(token)).value());
    return made;
}

QString told(const std::vector<FieldProblem> &problems)
{
    QStringList lines;
    for (const FieldProblem &each : problems)
        lines.append(each.field + QLatin1String(": ") + each.problem);
    return lines.join(QLatin1Char('\n'));
}

template <typename T>
QByteArray told(const Result<T> &result)
{
    return result ? QByteArray() : describe(result.error()).toUtf8();
}

} // namespace

class TestCredentialService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void R06_refusesWithoutOwnerOrPurpose();
    void checksWhatIsPasted_data();
    void checksWhatIsPasted();
    void B25_cleansWhatIsAroundAToken();
    void B27_refusesAMegabyte();
    void checksTheFieldsOfRfc2136_data();
    void checksTheFieldsOfRfc2136();
    void R07_keepsTheTokenInTheKeychainAlone();
    void R33_auditsEveryUse();
    void R33_nothingIsAddedUsedOrRemovedUnseen();
    void usesWhatWasAdded();
    void refusesTheSameNameTwice();
    void storesNothingWithoutAKeychain();
    void takesBackHalfACredential();
    void R22_B36_seesTheSameTokenTwice();
    void refusesToRemoveWhatARunningJobNeeds();
    void R28_keepsWhatOnlyItCanTakeBack_data();
    void R28_keepsWhatOnlyItCanTakeBack();
    void removesRecordAndSecret();
    void staysUsableWhenTheKeychainRefusesToRemove();
    void tellsWhenTheKeychainLostTheSecret();
    void keepsTheReachItSaw();
    void listsEveryProviderWithARecipe();
    void R11_fillsTheRecipeIn();
    void givesTheManualProviderWithoutACredential();
};

void TestCredentialService::R06_refusesWithoutOwnerOrPurpose()
{
    Profile profile;
    NewCredential made = wanted();
    made.owner = QStringLiteral("  ");
    made.purpose.clear();
    const auto added = await(profile.service->add(std::move(made), {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::BadRequest);
    QVERIFY(added.error().detail.contains(QStringLiteral("owner")));
    QVERIFY(added.error().detail.contains(QStringLiteral("purpose")));
    QCOMPARE(int(await(profile.service->list())->size()), 0);
    QVERIFY(profile.keychain.items().isEmpty());
}

void TestCredentialService::checksWhatIsPasted_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *token, const char *says) {
        QTest::newRow(name) << QByteArray(token) << QString::fromLatin1(says);
    };
    row("B24 empty", "", "Enter Personal access token");
    row("B24 only blanks", " \n ", "Enter Personal access token");
    row("B26 email and key", "me@example.org:0123456789abcdef", "email address and a key");
    row("B28 not ASCII", "dop_v1_\xc3\xa4", "not ASCII");
    row("two tokens", "dop_v1_aaaa dop_v1_bbbb", "blank or a line break inside");
    row("a control character", "dop_v1_\x01zzzz", "control character");
    row("B34 a token of Cloudflare", "cfut_0123456789", "token of Cloudflare");
}

void TestCredentialService::checksWhatIsPasted()
{
    QFETCH(QByteArray, token);
    QFETCH(QString, says);
    Profile profile;
    NewCredential made = wanted(token.constData());
    QStringList notes;
    const QString problems = told(profile.service->problems(made, notes));
    QVERIFY2(problems.contains(says), qPrintable(problems));
    if (token.size() > 4)
        QVERIFY2(!problems.contains(QString::fromUtf8(token)), "it repeats the secret");
}

void TestCredentialService::B25_cleansWhatIsAroundAToken()
{
    Profile profile;
    NewCredential made = wanted(" \"Bearer dop_v1_aaaabbbb\"\r\n");
    QStringList notes;
    QCOMPARE(told(profile.service->problems(made, notes)), QString());
    QCOMPARE(QByteArray(made.secrets.at(QStringLiteral("token")).text().data(), 15),
             QByteArray("dop_v1_aaaabbbb"));
    QCOMPARE(made.secrets.at(QStringLiteral("token")).size(), std::size_t(15));
    QCOMPARE(notes.size(), 1);
}

void TestCredentialService::B27_refusesAMegabyte()
{
    Profile profile;
    NewCredential made = wanted(QByteArray(100000, 'a').constData());
    QStringList notes;
    const QString problems = told(profile.service->problems(made, notes));
    QVERIFY2(problems.contains(QStringLiteral("100000 bytes")), qPrintable(problems));
}

void TestCredentialService::checksTheFieldsOfRfc2136_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isRight");
    const auto row = [](const char *field, const char *value, bool isRight) {
        QTest::addRow("%s %s", field, value)
            << QString::fromLatin1(field) << QString::fromLatin1(value) << isRight;
    };
    row("server", "192.0.2.53", true);
    row("server", "127.0.0.1:5353", true);
    row("server", "2001:db8::53", true);
    row("server", "[2001:db8::53]:5353", true);
    row("server", "ns1.example.org", false);
    row("server", "192.0.2.53:99999", false);
    row("server", "192.0.2.53:0", false);
    row("server", "", false);
    row("key_name", "sealbook", true);
    row("key_name", "", false);
    row("algorithm", "hmac-sha512", true);
    row("algorithm", "", true);
    row("algorithm", "rot13", false);
    row("colour", "red", false);
}

void TestCredentialService::checksTheFieldsOfRfc2136()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(bool, isRight);
    Profile profile;
    NewCredential made = wanted();
    made.provider = QStringLiteral("rfc2136");
    made.secrets.clear();
    made.secrets.emplace(QStringLiteral("key"), Secret::take(QByteArray("c2VjcmV0")).value());
    made.fields = {{QStringLiteral("server"), QStringLiteral("192.0.2.53")},
                   {QStringLiteral("key_name"), QStringLiteral("sealbook")}};
    made.fields.insert(field, value);
    QStringList notes;
    const auto problems = profile.service->problems(made, notes);
    QVERIFY2(problems.empty() == isRight, qPrintable(told(problems)));
    if (!isRight)
        QCOMPARE(problems.front().field, field);
}

void TestCredentialService::R07_keepsTheTokenInTheKeychainAlone()
{
    Profile profile;
    const auto added = await(profile.service->add(wanted(), {}));
    QVERIFY2(added, told(added).constData());
    QCOMPARE(added->secretItems.size(), 1);
    QVERIFY(profile.keychain.has(added->secretItems.first()));
    QDirIterator files(profile.dir.path(), QDir::Files, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(!bytes.contains("dop_v1_aaaabbbbccccdddd"));
        QVERIFY(!bytes.contains(QByteArray("dop_v1_aaaabbbbccccdddd").toBase64()));
        ++looked;
    }
    QVERIFY(looked > 0);
}

void TestCredentialService::R33_auditsEveryUse()
{
    Profile profile;
    QVERIFY(await(profile.service->add(wanted(), {})));
    QVERIFY(await(profile.service->use(QStringLiteral("dns"), QStringLiteral("issue x"), {})));
    QVERIFY(await(profile.service->remove(QStringLiteral("dns"), {})));
    QCOMPARE(profile.actions(),
             QStringList({QStringLiteral("credential.add dns ok"),
                          QStringLiteral("credential.read dns ok"),
                          QStringLiteral("credential.remove dns begun"),
                          QStringLiteral("credential.remove dns ok")}));
    const auto entries = await(profile.audit->entries(0, 100));
    for (const AuditEntry &entry : entries.value())
        QVERIFY(!QString::fromUtf8(QJsonDocument(entry.details).toJson())
                     .contains(QStringLiteral("dop_v1_")));
}

void TestCredentialService::R33_nothingIsAddedUsedOrRemovedUnseen()
{
    Profile profile;
    QVERIFY(await(profile.service->add(wanted(), {})));
    const QStringList items = profile.keychain.items();
    QVERIFY(dropTable(profile.store->file(), QStringLiteral("audit")));
    NewCredential second = wanted();
    second.name = QStringLiteral("unseen");
    QVERIFY(!await(profile.service->add(std::move(second), {})));
    QVERIFY(!await(profile.service->use(QStringLiteral("dns"), {}, {})));
    QVERIFY(!await(profile.service->remove(QStringLiteral("dns"), {})));
    QCOMPARE(profile.keychain.items(), items);
    QCOMPARE(int(await(profile.service->list())->size()), 1);
}

void TestCredentialService::usesWhatWasAdded()
{
    Profile profile;
    QSignalSpy changed(profile.service.get(), &CredentialService::changed);
    QVERIFY(await(profile.service->add(wanted(), {})));
    QVERIFY(!await(profile.service->byName(QStringLiteral("dns")))->lastUsedAt.isValid());
    const auto provider = await(profile.service->use(QStringLiteral("dns"), {}, {}));
    QVERIFY2(provider, told(provider).constData());
    RecordedExchange exchange;
    exchange.url = QStringLiteral("https://api.digitalocean.com/v2/domains?per_page=200");
    exchange.headers = {{"Authorization", "Bearer dop_v1_aaaabbbbccccdddd"}};
    exchange.reply = {200, {}, R"({"domains":[{"name":"example.org"}]})"};
    profile.transport.expect(exchange);
    QCOMPARE(int(await((*provider)->zones({}))->size()), 1);
    QVERIFY(await(profile.service->byName(QStringLiteral("dns")))->lastUsedAt.isValid());
    QCOMPARE(changed.count(), 2);
    QVERIFY(!await(profile.service->use(QStringLiteral("other"), {}, {})));
}

void TestCredentialService::refusesTheSameNameTwice()
{
    Profile profile;
    QVERIFY(await(profile.service->add(wanted(), {})));
    const int items = int(profile.keychain.items().size());
    const auto again = await(profile.service->add(wanted(), {}));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Conflict);
    QCOMPARE(int(profile.keychain.items().size()), items);
}

void TestCredentialService::storesNothingWithoutAKeychain()
{
    Profile profile;
    profile.keychain.setState(KeychainState::Absent);
    const auto added = await(profile.service->add(wanted(), {}));
    QVERIFY(!added);
    QCOMPARE(added.error().kind, Error::Kind::KeychainAbsent);
    QCOMPARE(int(await(profile.service->list())->size()), 0);
}

void TestCredentialService::takesBackHalfACredential()
{
    Profile profile;
    QVERIFY(await(profile.vault->open({})));
    NewCredential made = wanted();
    made.provider = QStringLiteral("route53");
    made.fields = {{QStringLiteral("access_key_id"), QStringLiteral("AKIDEXAMPLE")}};
    made.secrets.clear();
    made.secrets.emplace(QStringLiteral("secret_access_key"),
                         Secret::take(QByteArray("0123456789")).value());
    made.secrets.emplace(QStringLiteral("session_token"),
                         Secret::take(QByteArray("9876543210")).value());
    const QStringList before = profile.keychain.items();
    profile.keychain.failWriteNumber = 2;
    const auto added = await(profile.service->add(std::move(made), {}));
    QVERIFY(!added);
    QCOMPARE(profile.keychain.items(), before);
    QCOMPARE(int(await(profile.service->list())->size()), 0);
}

void TestCredentialService::R22_B36_seesTheSameTokenTwice()
{
    Profile profile;
    QVERIFY(await(profile.service->add(wanted(), {})));
    NewCredential second = wanted();
    second.name = QStringLiteral("copy");
    QVERIFY(await(profile.service->add(std::move(second), {})));
    NewCredential third = wanted("dop_v1_zzzzyyyyxxxx");
    third.name = QStringLiteral("other");
    QVERIFY(await(profile.service->add(std::move(third), {})));
    QCOMPARE(await(profile.service->reusedWith(QStringLiteral("dns"))).value(),
             QStringList(QStringLiteral("copy")));
    QCOMPARE(await(profile.service->reusedWith(QStringLiteral("other"))).value(), QStringList());
}

void TestCredentialService::refusesToRemoveWhatARunningJobNeeds()
{
    Profile profile;
    QVERIFY(await(profile.service->add(wanted(), {})));
    JobRecord job;
    job.id = JobId::make();
    job.request.names = QStringList(QStringLiteral("www.example.org"));
    job.request.credential = QStringLiteral("dns");
    job.createdAt = QDateTime::currentDateTimeUtc();
    job.updatedAt = job.createdAt;
    QVERIFY(await(profile.store->saveJob(job)));
    const auto removed = await(profile.service->remove(QStringLiteral("dns"), {}));
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Conflict);
    QVERIFY(removed.error().detail.contains(QStringLiteral("www.example.org")));
    QCOMPARE(profile.actions().last(), QStringLiteral("credential.remove dns Conflict"));
    job.state = JobRecord::State::Failed;
    QVERIFY(await(profile.store->saveJob(job)));
    QVERIFY(await(profile.service->remove(QStringLiteral("dns"), {})));
}

void TestCredentialService::R28_keepsWhatOnlyItCanTakeBack_data()
{
    QTest::addColumn<JobRecord::State>("state");
    for (const auto state : {JobRecord::State::Paused, JobRecord::State::Failed,
                             JobRecord::State::Done, JobRecord::State::Cancelled})
        QTest::newRow(qPrintable(jobStateName(state))) << state;
}

void TestCredentialService::R28_keepsWhatOnlyItCanTakeBack()
{
    QFETCH(JobRecord::State, state);
    Profile profile;
    const auto added = await(profile.service->add(wanted(), {}));
    QVERIFY(added);
    JobRecord job;
    job.id = JobId::make();
    job.state = state;
    job.request.names = {QStringLiteral("www.example.org")};
    job.request.credential = QStringLiteral("dns");
    job.createdAt = job.updatedAt = QDateTime::currentDateTimeUtc();
    QVERIFY(await(profile.store->saveJob(job)));
    TxtIntent intent;
    intent.id = IntentId::make();
    intent.jobId = job.id;
    intent.recordName = QStringLiteral("_acme-challenge.www.example.org");
    intent.zone = QStringLiteral("example.org");
    intent.value = QStringLiteral("v");
    intent.credential = QStringLiteral("dns");
    intent.state = TxtIntent::State::Published;
    intent.createdAt = job.createdAt;
    QVERIFY(await(profile.store->saveIntents({intent})));

    const auto removed = await(profile.service->remove(QStringLiteral("dns"), {}));
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, Error::Kind::Conflict);
    for (const QString &part : {job.request.names.first(), jobStateName(state), intent.recordName})
        QVERIFY2(removed.error().detail.contains(part), qPrintable(removed.error().detail));
    QVERIFY(!removed.error().advice.isEmpty());
    QVERIFY(profile.keychain.has(added->secretItems.first()));
    QCOMPARE(await(profile.service->byName(QStringLiteral("dns")))->state, added->state);

    // Where the token is dead, a person may leave them.
    QVERIFY(await(profile.service->remove(QStringLiteral("dns"), OpenRecords::Leave, {})));
    QVERIFY(!profile.keychain.has(added->secretItems.first()));
    const auto entries = await(profile.audit->entries(0, 100));
    QVERIFY(entries->back().details.value(QLatin1String("records_left")).toBool());
}

void TestCredentialService::staysUsableWhenTheKeychainRefusesToRemove()
{
    Profile profile;
    const auto added = await(profile.service->add(wanted(), {}));
    QVERIFY(added);
    profile.keychain.failRemoves = true;
    const auto refused = await(profile.service->remove(QStringLiteral("dns"), {}));
    QVERIFY(!refused);
    QCOMPARE(
        profile.actions().mid(1),
        (QStringList{QStringLiteral("credential.remove dns begun"),
                     QStringLiteral("credential.remove dns ") + kindName(refused.error().kind)}));
    profile.keychain.failRemoves = false;
    QCOMPARE(await(profile.service->byName(QStringLiteral("dns")))->state, added->state);
    QVERIFY(await(profile.service->use(QStringLiteral("dns"), {}, {})));
}

void TestCredentialService::removesRecordAndSecret()
{
    Profile profile;
    const auto added = await(profile.service->add(wanted(), {}));
    QVERIFY(added);
    QVERIFY(await(profile.service->remove(QStringLiteral("dns"), {})));
    QVERIFY(!profile.keychain.has(added->secretItems.first()));
    QCOMPARE(int(await(profile.service->list())->size()), 0);
    const auto again = await(profile.service->remove(QStringLiteral("dns"), {}));
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::NotFound);
}

void TestCredentialService::tellsWhenTheKeychainLostTheSecret()
{
    Profile profile;
    const auto added = await(profile.service->add(wanted(), {}));
    QVERIFY(added);
    profile.keychain.forget(added->secretItems.first());
    const auto used = await(profile.service->use(QStringLiteral("dns"), {}, {}));
    QVERIFY(!used);
    QVERIFY(!used.error().advice.isEmpty());
    QVERIFY(profile.actions().last().startsWith(QStringLiteral("credential.read dns ")));
    QVERIFY(!profile.actions().last().endsWith(QStringLiteral(" ok")));
}

void TestCredentialService::keepsTheReachItSaw()
{
    Profile profile;
    QVERIFY(await(profile.service->add(wanted(), {})));
    RecordedExchange exchange;
    exchange.url = QStringLiteral("/v2/domains?per_page=200");
    exchange.headers = {{"Authorization", "Bearer dop_v1_aaaabbbbccccdddd"}};
    exchange.reply = {200, {}, R"({"domains":[{"name":"b.org"},{"name":"a.org"}]})"};
    profile.transport.expect(exchange);
    const auto zones = await(profile.service->reach(QStringLiteral("dns"), {}));
    QVERIFY2(zones, told(zones).constData());
    const auto record = await(profile.service->byName(QStringLiteral("dns")));
    QCOMPARE(record->reach, QStringList({QStringLiteral("a.org"), QStringLiteral("b.org")}));
    QVERIFY(record->reachCheckedAt.isValid());
}

void TestCredentialService::listsEveryProviderWithARecipe()
{
    Profile profile;
    const auto all = profile.service->providers();
    QVERIFY(all.size() >= 9);
    QVERIFY(all.back().traits.manual);
    for (const ProviderSummary &each : all)
        QVERIFY2(!each.leastPrivilege.isEmpty(), qPrintable(each.code));
    NewCredential manual = wanted();
    manual.provider = QStringLiteral("manual");
    QStringList notes;
    QVERIFY(!profile.service->problems(manual, notes).empty());
}

void TestCredentialService::R11_fillsTheRecipeIn()
{
    Profile profile;
    RecipeSubject subject;
    subject.zone = QStringLiteral("zone.test");
    subject.name = QStringLiteral("_acme-challenge.www.zone.test");
    subject.fields = {{QStringLiteral("key_name"), QStringLiteral("my-key")}};
    const QString recipe =
        profile.service->recipe(QStringLiteral("rfc2136"), subject).join(QLatin1Char('\n'));
    QVERIFY2(recipe.contains(QStringLiteral("update-policy { grant my-key name "
                                            "_acme-challenge.www.zone.test. TXT; };")),
             qPrintable(recipe));
    QVERIFY(recipe.contains(QStringLiteral("update-owner-name: [_acme-challenge.www.zone.test.]")));
}

void TestCredentialService::givesTheManualProviderWithoutACredential()
{
    Profile profile;
    const auto provider = await(profile.service->use(QString(), QStringLiteral("issue"), {}));
    QVERIFY(provider);
    QVERIFY((*provider)->traits().manual);
    QVERIFY(profile.actions().isEmpty());
}

QTEST_GUILESS_MAIN(TestCredentialService)
#include "tst_credentialservice.moc"
