// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Digest.h"
#include "core/x509/Certificate.h"
#include "core/x509/CertificateFacts.h"
#include "core/x509/DerReader.h"
#include "tests/support/TestData.h"

#include <QDirIterator>
#include <QTest>

using namespace sealbook;

namespace {

QByteArray leafDer()
{
    return testData(QStringLiteral("x509/leaf.der"));
}

// Small numbers of its own, the same in each run.
class Dice
{
public:
    quint32 roll(qsizetype sides)
    {
        m_state = m_state * 1664525U + 1013904223U;
        return (m_state >> 8U) % static_cast<quint32>(sides);
    }

private:
    quint32 m_state = 20261125;
};

} // namespace

class TstCertificateFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheCertificateSays_data();
    void saysWhatTheCertificateSays();
    void takesNothingThatTheCertificateRefuses();
    void refusesWhatIsNoCertificate();
    void B46_deepNestingEndsAtOnce();
    void readsDerByLevels();
    void refusesWhatIsNoDer_data();
    void refusesWhatIsNoDer();
};

void TstCertificateFacts::saysWhatTheCertificateSays_data()
{
    QTest::addColumn<QByteArray>("der");
    QDirIterator files(testDataPath(QStringLiteral("x509")),
                       {QStringLiteral("*.der"), QStringLiteral("*.pem")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        std::vector<Certificate> all;
        if (Result<Certificate> one = Certificate::fromDer(bytes); one)
            all.push_back(*one);
        else if (Result<std::vector<Certificate>> some = certificatesFromPem(bytes, false); some)
            all = *some;
        // Its key cannot be decoded, and is named by its kind alone there.
        if (file.fileName().contains(QLatin1String("point-off-curve")))
            continue;
        for (const Certificate &certificate : all)
            QTest::newRow(qPrintable(QFileInfo(file).fileName())) << certificate.der();
    }
}

void TstCertificateFacts::saysWhatTheCertificateSays()
{
    QFETCH(QByteArray, der);
    CertificateFactsReader reader;
    const Result<CertificateFacts> facts = reader.read(der);
    const Result<Certificate> certificate = Certificate::fromDer(der);
    QVERIFY(facts);
    QVERIFY(certificate);
    const CertificateFacts wanted = certificateFactsOf(*certificate);
    QCOMPARE(facts->sha256, wanted.sha256);
    QCOMPARE(facts->subject, wanted.subject);
    QCOMPARE(facts->names, wanted.names);
    QCOMPARE(facts->issuer, wanted.issuer);
    QCOMPARE(facts->serial, wanted.serial);
    QCOMPARE(facts->notBefore, wanted.notBefore);
    QCOMPARE(facts->notAfter, wanted.notAfter);
    QCOMPARE(facts->keyAlgorithm, wanted.keyAlgorithm);
    QCOMPARE(facts->signatureAlgorithm, wanted.signatureAlgorithm);
    QCOMPARE(facts->publicKeySha256, wanted.publicKeySha256);
    QCOMPARE(facts->isCa, wanted.isCa);
    QCOMPARE(facts->isSelfIssued, wanted.isSelfIssued);
    QCOMPARE(facts->subjectDn, wanted.subjectDn);
    QCOMPARE(facts->issuerDn, wanted.issuerDn);
    QCOMPARE(facts->subjectKeyId, wanted.subjectKeyId);
    QCOMPARE(facts->authorityKeyId, wanted.authorityKeyId);
    QVERIFY(reader.read(der) == facts); // from the remembered texts
}

void TstCertificateFacts::takesNothingThatTheCertificateRefuses()
{
    const QByteArray original = leafDer();
    CertificateFactsReader reader;
    Dice dice;
    int taken = 0;
    for (int round = 0; round < 4000; ++round) {
        QByteArray der = original;
        const auto changes = 1 + dice.roll(3);
        for (quint32 i = 0; i < changes; ++i)
            der[dice.roll(der.size())] = static_cast<char>(dice.roll(256));
        const Result<CertificateFacts> facts = reader.read(der);
        if (!facts)
            continue;
        ++taken;
        const Result<Certificate> certificate = Certificate::fromDer(der);
        QVERIFY2(certificate, der.toHex().constData());
        QCOMPARE(facts->names, certificate->names());
        QCOMPARE(facts->notAfter, certificate->notAfter());
        QCOMPARE(facts->serial, certificate->serial());
        QCOMPARE(facts->isCa, certificate->isCa());
        QCOMPARE(facts->issuer, certificate->issuerShort());
    }
    QVERIFY(taken > 100);
}

void TstCertificateFacts::refusesWhatIsNoCertificate()
{
    CertificateFactsReader reader;
    const QByteArray der = leafDer();
    for (const QByteArray &bytes : {QByteArray(), QByteArray("x"), QByteArray(100, '0'),
                                    der.left(der.size() - 1), der + 'x', der.mid(1)}) {
        const Result<CertificateFacts> facts = reader.read(bytes);
        QVERIFY(!facts);
        QCOMPARE(facts.error().kind, Error::Kind::BadRequest);
    }
}

void TstCertificateFacts::B46_deepNestingEndsAtOnce()
{
    CertificateFactsReader reader;
    QVERIFY(!reader.read(testData(QStringLiteral("x509/odd/B46-deep.der"))));
}

void TstCertificateFacts::readsDerByLevels()
{
    const QByteArray bytes = QByteArray::fromHex("30060201050c0141");
    DerReader outer(bytesOf(bytes));
    const auto list = outer.next(DerReader::sequence);
    QVERIFY(list);
    QVERIFY(outer.atEnd());
    QCOMPARE(list->whole.size(), std::size_t{8});
    DerReader inner(list->body);
    QVERIFY(!inner.next(DerReader::oid));
    QVERIFY(inner.nextIs(DerReader::integer));
    QCOMPARE(inner.next()->body.front(), std::uint8_t{5});
    QVERIFY(inner.next(0x0c));
    QVERIFY(!inner.next());
}

void TstCertificateFacts::refusesWhatIsNoDer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a tag alone") << QByteArray::fromHex("30");
    QTest::newRow("longer than there is") << QByteArray::fromHex("3005aabb");
    QTest::newRow("indefinite") << QByteArray::fromHex("30800000");
    QTest::newRow("a length that is not short") << QByteArray::fromHex("308101aa");
    QTest::newRow("a length with a zero in front") << QByteArray::fromHex("30820001aa");
    QTest::newRow("a length of five bytes") << QByteArray::fromHex("308501000000ffaa");
    QTest::newRow("the longest length") << QByteArray::fromHex("3084ffffffffaa");
    QTest::newRow("a tag of two bytes") << QByteArray::fromHex("3f810100");
}

void TstCertificateFacts::refusesWhatIsNoDer()
{
    QFETCH(QByteArray, bytes);
    DerReader reader(bytesOf(bytes));
    QVERIFY(!reader.next());
}

QTEST_GUILESS_MAIN(TstCertificateFacts)
#include "tst_certificatefacts.moc"
