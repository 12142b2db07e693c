// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Csr.h"
#include "tests/support/TestData.h"

#include <QTest>
#include <openssl/x509v3.h>

using namespace sealbook;

class TstCsr : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesARequestThatReadsBack_data();
    void makesARequestThatReadsBack();
    void asksForNoExtendedKeyUsage();
    void readsAForeignRequest();
    void B54_badSignatureIsRefused();
    void refusesWhatIsNoRequest();
};

void TstCsr::makesARequestThatReadsBack_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QStringList>("names");
    const QString longName = QString(60, QLatin1Char('a')) + QStringLiteral(".example.org");
    QTest::newRow("one name") << KeyType::Ec256 << QStringList{QStringLiteral("example.org")};
    QTest::newRow("wildcard and apex")
        << KeyType::Ec384
        << QStringList{QStringLiteral("*.example.org"), QStringLiteral("example.org")};
    QTest::newRow("first too long for a common name")
        << KeyType::Rsa2048 << QStringList{longName, QStringLiteral("example.org")};
    QTest::newRow("all too long for a common name") << KeyType::Ec256 << QStringList{longName};
    QStringList hundred;
    for (int i = 0; i < 100; ++i)
        hundred.append(QStringLiteral("n%1.example.org").arg(i));
    QTest::newRow("a hundred") << KeyType::Ec256 << hundred;
}

void TstCsr::makesARequestThatReadsBack()
{
    QFETCH(KeyType, type);
    QFETCH(QStringList, names);
    const PrivateKey key = PrivateKey::generate(type).value();
    const Result<Csr> csr = Csr::make(key, names);
    QVERIFY2(csr, csr ? "" : qPrintable(csr.error().detail));
    QCOMPARE(csr->names, names);
    QCOMPARE(csr->publicKeySha256, key.publicKeySha256());
    QCOMPARE(csr->keyAlgorithm, key.algorithm());
    const Result<Csr> again = Csr::read(csr->der);
    QVERIFY(again);
    QCOMPARE(again->der, csr->der);
    QCOMPARE(again->names, names);
}

void TstCsr::asksForNoExtendedKeyUsage()
{
    const PrivateKey key = PrivateKey::generate(KeyType::Ec256).value();
    const Csr csr = Csr::make(key, {QStringLiteral("example.org")}).value();
    const auto *in = reinterpret_cast<const unsigned char *>(csr.der.constData());
    const X509ReqPtr request(d2i_X509_REQ(nullptr, &in, csr.der.size()));
    STACK_OF(X509_EXTENSION) *extensions = X509_REQ_get_extensions(request.get());
    const int count = sk_X509_EXTENSION_num(extensions);
    const int usage = X509v3_get_ext_by_NID(extensions, NID_ext_key_usage, -1);
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    QCOMPARE(count, 1);
    QCOMPARE(usage, -1);
    QVERIFY(!Csr::make(key, {}));
}

void TstCsr::readsAForeignRequest()
{
    const Result<Csr> csr = Csr::read(testData(QStringLiteral("x509/request.pem")));
    QVERIFY2(csr, csr ? "" : qPrintable(csr.error().detail));
    const QStringList expected{QStringLiteral("example.org"), QStringLiteral("www.example.org")};
    QCOMPARE(csr->names, expected);
    QCOMPARE(csr->keyAlgorithm, QStringLiteral("EC P-256"));
}

void TstCsr::B54_badSignatureIsRefused()
{
    const Result<Csr> csr = Csr::read(testData(QStringLiteral("x509/B54-bad-signature.der")));
    QVERIFY(!csr);
    QCOMPARE(csr.error().kind, Error::Kind::BadRequest);
    QVERIFY(csr.error().detail.contains(QStringLiteral("signature of the request is wrong")));
}

void TstCsr::refusesWhatIsNoRequest()
{
    QVERIFY(!Csr::read({}));
    QVERIFY(!Csr::read("hello"));
    const Result<Csr> csr = Csr::read(testData(QStringLiteral("x509/leaf.pem")));
    QVERIFY(!csr);
    QVERIFY(csr.error().detail.contains(QStringLiteral("CERTIFICATE")));
}

QTEST_GUILESS_MAIN(TstCsr)
#include "tst_csr.moc"
