// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/IssueForm.h"
#include "ui/issue/NamesModel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace sealbook;

class TstIssueForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsProblems_data();
    void findsProblems();
    void makesARequest();
    void byHandWaitsLonger();
    void readsRequestFiles_data();
    void readsRequestFiles();
    void everyProblemHasASentence();
    void namesModelHolds_data();
    void namesModelHolds();
    void B12_showsBothSpellings();
};

namespace {

IssueForm good()
{
    IssueForm form;
    form.names = NameList::parse(QStringLiteral("example.org *.example.org"));
    CaRecord ca;
    ca.id = QStringLiteral("letsencrypt");
    form.ca = ca;
    form.caAnswered = true;
    form.termsShown = true;
    form.agreesToTerms = true;
    form.credentialChosen = true;
    form.credential = QStringLiteral("bind-primary");
    return form;
}

using Change = void (*)(IssueForm &);

} // namespace

Q_DECLARE_METATYPE(Change)

void TstIssueForm::findsProblems_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("field"); // -1 = none
    QTest::addColumn<int>("kind");
    using Field = IssueForm::Field;
    using Kind = IssueForm::Kind;
    const auto row = [](const char *name, Change change, Field field, Kind kind) {
        QTest::newRow(name) << change << static_cast<int>(field) << static_cast<int>(kind);
    };
    QTest::newRow("good") << Change([](IssueForm &) {}) << -1 << 0;
    row(
        "no names", [](IssueForm &form) { form.names = {}; }, Field::Names, Kind::Missing);
    row(
        "a bad line",
        [](IssueForm &form) { form.names = NameList::parse(QStringLiteral("a..b\nexample.org")); },
        Field::Names, Kind::Invalid);
    row(
        "too many names",
        [](IssueForm &form) {
            QStringList names;
            for (int i = 0; i <= NameList::maxNames; ++i)
                names.append(QStringLiteral("n%1.example.org").arg(i));
            form.names = NameList::parse(names.join(QLatin1Char('\n')));
        },
        Field::Names, Kind::TooMany);
    row(
        "no CA", [](IssueForm &form) { form.ca.reset(); }, Field::Ca, Kind::Missing);
    row(
        "no wildcards there", [](IssueForm &form) { form.ca->offersWildcards = false; }, Field::Ca,
        Kind::NotOffered);
    row(
        "terms", [](IssueForm &form) { form.agreesToTerms = false; }, Field::Terms, Kind::Missing);
    row(
        "the CA has not answered", [](IssueForm &form) { form.caAnswered = false; }, Field::Ca,
        Kind::Unanswered);
    QTest::newRow("terms, with an account") << Change([](IssueForm &form) {
        form.agreesToTerms = false;
        form.hasAccount = true;
    }) << -1 << 0;
    row(
        "contact", [](IssueForm &form) { form.contact = QStringLiteral("a@b.example, nobody"); },
        Field::Contact, Kind::Invalid);
    row(
        "contact with a header",
        [](IssueForm &form) { form.contact = QStringLiteral("a@b.example?subject=x"); },
        Field::Contact, Kind::Invalid);
    row(
        "EAB", [](IssueForm &form) { form.ca->needsEab = true; }, Field::Eab, Kind::Missing);
    row(
        "EAB key alone",
        [](IssueForm &form) {
            form.ca->needsEab = true;
            form.eabKeyGiven = true;
        },
        Field::Eab, Kind::Missing);
    QTest::newRow("EAB given") << Change([](IssueForm &form) {
        form.ca->needsEab = true;
        form.eabKid = QStringLiteral("kid-1");
        form.eabKeyGiven = true;
    }) << -1 << 0;
    row(
        "not a request", [](IssueForm &form) { form.csrFile = QStringLiteral("x.csr"); },
        Field::Csr, Kind::Invalid);
    row(
        "no way into DNS", [](IssueForm &form) { form.credentialChosen = false; },
        Field::Credential, Kind::Missing);
}

void TstIssueForm::findsProblems()
{
    QFETCH(Change, change);
    QFETCH(int, field);
    QFETCH(int, kind);
    IssueForm form = good();
    change(form);
    const auto problems = form.problems();
    if (field < 0) {
        QVERIFY(problems.empty());
        return;
    }
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(static_cast<int>(problems.front().field), field);
    QCOMPARE(static_cast<int>(problems.front().kind), kind);
}

void TstIssueForm::makesARequest()
{
    IssueForm form = good();
    form.contact = QStringLiteral("admin@example.org, mailto:other@example.org,");
    form.keyType = KeyType::Rsa3072;
    form.profile = QStringLiteral("shortlived");
    const IssuanceRequest request = form.request();
    QCOMPARE(request.names,
             (QStringList{QStringLiteral("example.org"), QStringLiteral("*.example.org")}));
    QCOMPARE(request.caId, QStringLiteral("letsencrypt"));
    QCOMPARE(request.credential, QStringLiteral("bind-primary"));
    QCOMPARE(request.contacts,
             (QStringList{QStringLiteral("mailto:admin@example.org"),
                          QStringLiteral("mailto:other@example.org")}));
    QCOMPARE(request.keyType, KeyType::Rsa3072);
    QCOMPARE(request.profile, QStringLiteral("shortlived"));
    QVERIFY(request.agreesToTerms);
    form.agreesToTerms = false;
    QVERIFY(!form.request().agreesToTerms);
    form.termsShown = false;
    form.caAnswered = false; // nothing was seen, so nothing was agreed to
    QVERIFY(!form.request().agreesToTerms);
}

void TstIssueForm::byHandWaitsLonger()
{
    IssueForm form = good();
    const auto withCredential = form.request().timeout;
    form.credential.clear();
    QVERIFY(form.request().timeout > withCredential);
}

void TstIssueForm::readsRequestFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("der");
    QByteArray der = QByteArray::fromHex("308201020304");
    const QByteArray body = der.toBase64();
    QTest::newRow("PEM") << QByteArray("-----BEGIN CERTIFICATE REQUEST-----\n" + body
                                       + "\n-----END CERTIFICATE REQUEST-----\n")
                         << der;
    QTest::newRow("PEM with text and CRLF")
        << QByteArray("Subject: x\r\n-----BEGIN NEW CERTIFICATE REQUEST-----\r\n" + body
                      + "\r\n-----END NEW CERTIFICATE REQUEST-----\r\n")
        << der;
    QTest::newRow("DER") << der << der;
    QTest::newRow("a certificate")
        << QByteArray("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n")
        << QByteArray();
    QTest::newRow("bad base64") << QByteArray("-----BEGIN CERTIFICATE REQUEST-----\n!!!!\n"
                                              "-----END CERTIFICATE REQUEST-----\n")
                                << QByteArray();
    QTest::newRow("no end") << QByteArray("-----BEGIN CERTIFICATE REQUEST-----\n" + body)
                            << QByteArray();
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("huge") << QByteArray(1024 * 1024, '\x30') << QByteArray();
}

void TstIssueForm::readsRequestFiles()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, der);
    QCOMPARE(csrDerOf(file), der);
}

void TstIssueForm::everyProblemHasASentence()
{
    for (int field = 0; field <= static_cast<int>(IssueForm::Field::Credential); ++field) {
        for (int kind = 0; kind <= static_cast<int>(IssueForm::Kind::Unanswered); ++kind) {
            const QString text = IssueForm::text(
                {static_cast<IssueForm::Field>(field), static_cast<IssueForm::Kind>(kind)});
            QVERIFY(text.endsWith(QLatin1Char('.')));
        }
    }
}

void TstIssueForm::namesModelHolds_data()
{
    QTest::addColumn<int>("rows");
    QTest::newRow("none") << 0;
    QTest::newRow("one") << 1;
    QTest::newRow("ten thousand") << 10000;
}

void TstIssueForm::namesModelHolds()
{
    QFETCH(int, rows);
    std::vector<DomainName> names;
    for (int i = 0; i < rows; ++i)
        names.push_back(*DomainName::fromUserInput(QStringLiteral("n%1.example.org").arg(i)));
    NamesModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setNames(std::move(names));
    QCOMPARE(model.rowCount(), rows);
}

void TstIssueForm::B12_showsBothSpellings()
{
    NamesModel model;
    model.setNames({*DomainName::fromUserInput(QStringLiteral("bücher.example")),
                    *DomainName::fromUserInput(QStringLiteral("example.org"))});
    QCOMPARE(model.index(0, NamesModel::Shown).data().toString(), QStringLiteral("bücher.example"));
    QCOMPARE(model.index(0, NamesModel::Ascii).data().toString(),
             QStringLiteral("xn--bcher-kva.example"));
    QVERIFY(model.index(1, NamesModel::Ascii).data().toString().isEmpty());
}

QTEST_MAIN(TstIssueForm)
#include "tst_issueform.moc"
