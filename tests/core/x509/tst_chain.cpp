// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Certificate.h"
#include "tests/support/TestData.h"

#include <QTest>
#include <QTimeZone>

using namespace sealbook;

namespace {

Certificate from(const char *name)
{
    return certificatesFromPem(testData(QStringLiteral("x509/") + QLatin1String(name)), true)
        .value()
        .front();
}

const QDateTime inTheMiddle =
    QDateTime(QDate(2026, 11, 25), QTime(12, 0), QTimeZone::utc()).toUTC();

} // namespace

class TstChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verifiesToAnExtraRoot();
    void followsTheSystemsRootFile();
    void saysWhy_data();
    void saysWhy();
};

void TstChain::verifiesToAnExtraRoot()
{
    const ChainVerdict verdict =
        verifyChain(from("leaf.pem"), {from("issuing.pem")}, {from("root.pem")}, inTheMiddle);
    QVERIFY2(verdict.verified, qPrintable(verdict.reason));
    QCOMPARE(verdict.path.size(), std::size_t{3});
    QCOMPARE(verdict.path.back().commonName(), QStringLiteral("Example Root"));
    QVERIFY(verdict.reason.contains(QStringLiteral("Example Root")));
}

void TstChain::followsTheSystemsRootFile()
{
    qputenv("SSL_CERT_FILE", testDataPath(QStringLiteral("x509/root.pem")).toUtf8());
    const ChainVerdict verdict =
        verifyChain(from("leaf.pem"), {from("issuing.pem")}, {}, inTheMiddle);
    qunsetenv("SSL_CERT_FILE");
    QVERIFY2(verdict.verified, qPrintable(verdict.reason));
}

void TstChain::saysWhy_data()
{
    QTest::addColumn<QByteArray>("leaf");
    QTest::addColumn<bool>("withIssuer");
    QTest::addColumn<bool>("withRoot");
    QTest::addColumn<int>("year");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const char *leaf, bool issuer, bool root, int year,
                        const char *told) {
        QTest::newRow(name) << QByteArray(leaf) << issuer << root << year
                            << QString::fromLatin1(told);
    };
    row("no issuer", "leaf.pem", false, true, 2026,
        "\"Example Trust\", which issued \"www.example.org\", is neither");
    row("no root", "leaf.pem", true, false, 2026, "is neither among");
    row("untrusted root alone", "root.pem", false, false, 2026, "signed by itself");
    row("B49 expired", "expired.pem", true, true, 2026,
        "\"old.example.org\" expired on 2020-04-01");
    row("B49 not yet valid", "leaf.pem", true, true, 2025, "is not valid before 2026-01-01");
    row("forged", "forged.pem", true, true, 2026, "signature on \"www.example.org\" is wrong");
}

void TstChain::saysWhy()
{
    QFETCH(QByteArray, leaf);
    QFETCH(bool, withIssuer);
    QFETCH(bool, withRoot);
    QFETCH(int, year);
    QFETCH(QString, told);
    std::vector<Certificate> chain;
    std::vector<Certificate> roots;
    if (withIssuer)
        chain.push_back(from("issuing.pem"));
    if (withRoot)
        roots.push_back(from("root.pem"));
    const QDateTime at = QDateTime(QDate(year, 6, 1), QTime(12, 0), QTimeZone::utc()).toUTC();
    const ChainVerdict verdict = verifyChain(from(leaf.constData()), chain, roots, at);
    QVERIFY(!verdict.verified);
    QVERIFY2(verdict.reason.contains(told), qPrintable(verdict.reason));
    QVERIFY(!verdict.path.empty());
}

QTEST_GUILESS_MAIN(TstChain)
#include "tst_chain.moc"
