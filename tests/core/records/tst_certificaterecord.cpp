// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/CertificateRecord.h"
#include "core/x509/Certificate.h"
#include "tests/support/StubCertificate.h"

#include <QTest>

using namespace sealbook;

namespace {

CertificateRecord recordOf(const QByteArray &names)
{
    const QByteArray pem = StubCertificate::make(names).certificatePem;
    return certificateRecordOf(certificatesFromPem(pem, true)->front());
}

} // namespace

class TstCertificateRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameThatDnsAllowsStaysWhole()
    {
        const QByteArray name = (QByteArray(63, 'a') + '.').repeated(3) + QByteArray(61, 'b');
        QCOMPARE(name.size(), 253);
        QCOMPARE(recordOf("DNS:" + name).names, QStringList{QString::fromLatin1(name)});
    }

    void aNameBeyondWhatDnsAllowsIsShortenedAndMarked()
    {
        const QByteArray name(60'000, 'a');
        const CertificateRecord record =
            recordOf("DNS:" + name + ".one,DNS:" + name + ".two,DNS:www.example.org");
        QCOMPARE(record.names.size(), 3);
        for (const QString &cut : record.names.first(2)) {
            QVERIFY2(cut.size() < 300, qPrintable(cut));
            QVERIFY(cut.startsWith(QString(253, u'a') + u'…'));
            QVERIFY2(cut.contains(QStringLiteral("60004 characters")), qPrintable(cut));
        }
        QVERIFY(record.names.at(0) != record.names.at(1)); // two names stay two
        QCOMPARE(record.names.at(2), QStringLiteral("www.example.org"));
        QVERIFY(record.der.size() > 120'000); // the certificate keeps all of it
    }

    void longTextsAreShortenedOnceAndTold()
    {
        CertificateRecord record;
        record.names = {QString(300, u'n')};
        record.subject = record.names.first();
        record.issuer = QString(2'000, u'i');
        record.subjectDn = QString(10'000, u's');
        record.issuerDn = QString(10'000, u'd');
        QVERIFY(shortenLongTexts(record));
        QCOMPARE(record.subject, record.names.first()); // it is the first name still
        QVERIFY(record.issuer.size() < 1'100);
        QVERIFY(record.subjectDn.size() < 4'200);
        QVERIFY(record.issuerDn.size() < 4'200);
        CertificateRecord plain;
        plain.names = {QStringLiteral("www.example.org")};
        const CertificateRecord before = plain;
        QVERIFY(!shortenLongTexts(plain));
        QCOMPARE(plain, before);
    }

    void noCharacterIsCutInTwo()
    {
        CertificateRecord record;
        record.names = {QString(252, u'a') + QString::fromUtf8("\xF0\x9F\x94\x92").repeated(9)};
        QVERIFY(shortenLongTexts(record));
        QVERIFY(record.names.first().startsWith(QString(252, u'a') + u'…'));
        QVERIFY(record.names.first().isValidUtf16());
    }
};

QTEST_GUILESS_MAIN(TstCertificateRecord)
#include "tst_certificaterecord.moc"
