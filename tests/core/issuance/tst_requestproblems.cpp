// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/IssuanceService.h"
#include "core/x509/Csr.h"
#include "tests/support/IssuanceProfile.h"

#include <QTest>

using namespace sealbook;

// What is wrong with a request, before anything is written or sent.
class TstRequestProblems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void aGoodRequestHasNone();
    void tellsAllThatIsWrongAtOnce();
    void aCsrMustBeForTheNames();
    void aWrongRequestLeavesNoJob();
};

namespace {

IssuanceRequest good()
{
    IssuanceRequest request;
    request.names = {QStringLiteral("example.org"), QStringLiteral("*.example.org")};
    request.caId = QStringLiteral("letsencrypt");
    return request;
}

QString told(const std::vector<Error> &problems)
{
    QStringList lines;
    for (const Error &problem : problems)
        lines.append(problem.detail);
    return lines.join(u'\n');
}

} // namespace

void TstRequestProblems::tellsWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("caId");
    QTest::addColumn<QString>("words");
    const QString ca = QStringLiteral("letsencrypt");
    QTest::newRow("B01 no name") << QStringList() << ca << QStringLiteral("Enter a domain");
    QTest::newRow("B01 an empty name")
        << QStringList{QString()} << ca << QStringLiteral("Enter a domain");
    QTest::newRow("B07 an underscore")
        << QStringList{QStringLiteral("a_b.example")} << ca << QStringLiteral("a_b");
    QTest::newRow("B09 a public suffix")
        << QStringList{QStringLiteral("*.co.uk")} << ca << QStringLiteral("co.uk");
    QTest::newRow("no CA") << good().names << QString() << QStringLiteral("Choose a CA");
    QStringList many;
    for (int i = 0; i < 101; ++i)
        many.append(QStringLiteral("h%1.example.org").arg(i));
    QTest::newRow("B20 a name too many") << many << ca << QStringLiteral("101 names");
}

void TstRequestProblems::tellsWhatIsWrong()
{
    QFETCH(QStringList, names);
    QFETCH(QString, caId);
    QFETCH(QString, words);
    IssuanceProfile profile;
    const IssuanceService service(profile.context());
    IssuanceRequest request = good();
    request.names = names;
    request.caId = caId;
    const auto problems = service.problems(request);
    QCOMPARE(problems.size(), std::size_t(1));
    QVERIFY2(told(problems).contains(words), qPrintable(told(problems)));
    QCOMPARE(problems.front().kind, Error::Kind::BadRequest);
}

void TstRequestProblems::aGoodRequestHasNone()
{
    IssuanceProfile profile;
    const IssuanceService service(profile.context());
    QCOMPARE(told(service.problems(good())), QString());
    IssuanceRequest hundred = good();
    hundred.names.clear();
    for (int i = 0; i < 100; ++i)
        hundred.names.append(QStringLiteral("h%1.example.org").arg(i));
    QCOMPARE(told(service.problems(hundred)), QString());
}

void TstRequestProblems::tellsAllThatIsWrongAtOnce()
{
    IssuanceProfile profile;
    const IssuanceService service(profile.context());
    IssuanceRequest request = good();
    request.names = {QStringLiteral("a..b"), QStringLiteral("-a.example"),
                     QStringLiteral("fine.example")};
    request.caId.clear();
    QCOMPARE(service.problems(request).size(), std::size_t(3));
}

void TstRequestProblems::aCsrMustBeForTheNames()
{
    IssuanceProfile profile;
    const IssuanceService service(profile.context());
    const PrivateKey key = PrivateKey::generate(KeyType::Ec256).value();
    IssuanceRequest request = good();
    request.csrDer = Csr::make(key, good().names).value().der;
    QCOMPARE(told(service.problems(request)), QString());
    request.names = {request.names.at(1), request.names.at(0)}; // order does not matter
    QCOMPARE(told(service.problems(request)), QString());
    request.names.removeLast();
    QVERIFY(told(service.problems(request)).contains(QStringLiteral("for other names")));
    request.csrDer.chop(1);
    QCOMPARE(service.problems(request).size(), std::size_t(1));
}

void TstRequestProblems::aWrongRequestLeavesNoJob()
{
    IssuanceProfile profile;
    IssuanceService service(profile.context());
    IssuanceRequest request = good();
    request.names = {QStringLiteral("a..b")};
    const auto issued = await(service.issue(request, {}));
    QVERIFY(!issued);
    QCOMPARE(issued.error().kind, Error::Kind::BadRequest);
    QVERIFY(await(service.jobs()).value().empty());
    QCOMPARE(profile.ca.requestCount(), 0);
    QVERIFY(profile.keychain.items().isEmpty());
}

QTEST_GUILESS_MAIN(TstRequestProblems)
#include "tst_requestproblems.moc"
