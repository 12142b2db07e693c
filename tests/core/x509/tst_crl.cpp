// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Crl.h"
#include "tests/support/OpensslCa.h"

#include <QTest>

using namespace sealbook;

// Lists made by `openssl ca`.
class TstCrl : public QObject
{
    Q_OBJECT

private:
    OpensslCa m_ca;
    Certificate m_www = m_ca.issue("www.example.org",
                                   "basicConstraints=CA:FALSE\n"
                                   "crlDistributionPoints=URI:http://ca.example/one.crl\n");
    Certificate m_bad = m_ca.issue("bad.example.org",
                                   "basicConstraints=CA:FALSE\n"
                                   "crlDistributionPoints=URI:http://ca.example/one.crl\n");
    Certificate m_issuer = m_ca.certificate();
    QDateTime m_now = QDateTime::currentDateTimeUtc();
    QByteArray m_list;

    [[nodiscard]] Result<Crl> read(const QByteArray &bytes) const
    {
        return Crl::read(bytes, m_issuer, m_now);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_ca.revoke("bad.example.org", "superseded");
        m_list = m_ca.list();
    }

    void tellsTheRevokedFromTheOthers()
    {
        const auto crl = read(m_list);
        QVERIFY2(crl, crl ? "" : qPrintable(crl.error().detail));
        QCOMPARE(crl->revokedCount(), 1);
        QCOMPARE(crl->byteCount(), qint64(m_list.size()));
        const auto good = crl->answerFor(m_www);
        QVERIFY(good);
        QCOMPARE(int(good->status), int(RevocationAnswer::Status::Good));
        QVERIFY(!good->revokedAt.isValid());
        QCOMPARE(good->nextUpdate.date(), m_now.addDays(7).date());
        const auto bad = crl->answerFor(m_bad);
        QVERIFY(bad);
        QCOMPARE(int(bad->status), int(RevocationAnswer::Status::Revoked));
        QCOMPARE(bad->reason, QStringLiteral("superseded"));
        QVERIFY(qAbs(bad->revokedAt.secsTo(m_now)) < 600);
    }

    void readsPemToo()
    {
        QFile pem(m_ca.path("list.pem"));
        QVERIFY(pem.open(QIODevice::ReadOnly));
        QVERIFY(read(pem.readAll()));
    }

    void refusesWhatIsNoListOfThisCa_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("garbage") << QByteArray(500, '\x30');
        QTest::newRow("a page") << QByteArray("<html>404</html>");
        QTest::newRow("cut") << m_list.chopped(1);
        QTest::newRow("more behind it") << m_list + "x";
        QByteArray changed = m_list;
        changed[changed.size() - 10] = static_cast<char>(changed[changed.size() - 10] ^ 1);
        QTest::newRow("another signature") << changed;
        OpensslCa same; // of the same name, with another key
        QTest::newRow("another CA of the same name") << same.list();
    }
    void refusesWhatIsNoListOfThisCa()
    {
        QFETCH(QByteArray, bytes);
        const auto crl = read(bytes);
        QVERIFY(!crl);
        QCOMPARE(crl.error().kind, Error::Kind::Corrupt);
    }

    void refusesEveryChangedByte()
    {
        for (qsizetype i = 0; i < m_list.size(); ++i) {
            QByteArray changed = m_list;
            changed[i] = static_cast<char>(changed[i] ^ 0x04);
            QVERIFY2(!read(changed), QByteArray::number(i).constData());
        }
    }

    void refusesListsThatAnotherOneSigned()
    {
        OpensslCa other(QStringLiteral("Other CA"));
        const auto crl = read(other.list());
        QVERIFY(!crl);
        QCOMPARE(crl.error().kind, Error::Kind::BadRequest);
        QVERIFY2(crl.error().detail.contains(QLatin1String("Other CA")),
                 qPrintable(crl.error().detail));
    }

    // RFC 5280 section 5.2: a critical extension that is not processed forbids the list.
    void refusesKindsThatAreNotRead_data()
    {
        QTest::addColumn<QByteArray>("section");
        QTest::addColumn<QString>("words");
        QTest::newRow("indirect") << QByteArray("issuingDistributionPoint=critical,@i\n[i]\n"
                                                "fullname=URI:http://ca.example/one.crl\n"
                                                "indirectCRL=TRUE")
                                  << QStringLiteral("indirect");
        QTest::newRow("some reasons") << QByteArray("issuingDistributionPoint=critical,@i\n[i]\n"
                                                    "fullname=URI:http://ca.example/one.crl\n"
                                                    "onlysomereasons=keyCompromise")
                                      << QStringLiteral("reasons");
        QTest::newRow("attributes") << QByteArray("issuingDistributionPoint=critical,@i\n[i]\n"
                                                  "onlyAA=TRUE")
                                    << QStringLiteral("attribute");
        QTest::newRow("delta") << QByteArray("2.5.29.27=critical,DER:020101")
                               << QStringLiteral("delta");
        QTest::newRow("unknown") << QByteArray("1.2.3.4=critical,DER:0500")
                                 << QStringLiteral("1.2.3.4");
    }
    void refusesKindsThatAreNotRead()
    {
        QFETCH(QByteArray, section);
        QFETCH(QString, words);
        const auto crl = read(m_ca.list(section));
        QVERIFY(!crl);
        QCOMPARE(crl.error().kind, Error::Kind::BadRequest);
        QVERIFY2(crl.error().detail.contains(words), qPrintable(crl.error().detail));
    }

    // RFC 5280 section 6.3.3 (b) (2): else the list of another shard calls everything good.
    void looksWhatTheListIsFor_data()
    {
        QTest::addColumn<QByteArray>("section");
        QTest::addColumn<bool>("isForIt");
        const QByteArray head("issuingDistributionPoint=critical,@i\n[i]\n");
        QTest::newRow("its own") << head + "fullname=URI:http://ca.example/one.crl" << true;
        QTest::newRow("its own among others")
            << head + "fullname=URI:http://ca.example/two.crl,URI:http://ca.example/one.crl"
            << true;
        QTest::newRow("another shard") << head + "fullname=URI:http://ca.example/two.crl" << false;
        QTest::newRow("users") << head + "onlyuser=TRUE" << true;
        QTest::newRow("authorities") << head + "onlyCA=TRUE" << false;
    }
    void looksWhatTheListIsFor()
    {
        QFETCH(QByteArray, section);
        QFETCH(bool, isForIt);
        const auto crl = read(m_ca.list(section));
        QVERIFY2(crl, crl ? "" : qPrintable(crl.error().detail));
        const auto answer = crl->answerFor(m_bad);
        QCOMPARE(answer.has_value(), isForIt);
        if (isForIt)
            QCOMPARE(int(answer->status), int(RevocationAnswer::Status::Revoked));
        else
            QCOMPARE(answer.error().kind, Error::Kind::BadRequest);
    }

    void refusesListsOfAnotherTime_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("yesterday") << -1 << false;
        QTest::newRow("now") << 0 << true;
        QTest::newRow("its last day") << 6 << true;
        QTest::newRow("after its end") << 8 << false;
    }
    void refusesListsOfAnotherTime()
    {
        QFETCH(int, days);
        QFETCH(bool, isTaken);
        const auto crl = Crl::read(m_list, m_issuer, m_now.addDays(days));
        QCOMPARE(crl.has_value(), isTaken);
        if (!crl)
            QCOMPARE(crl.error().kind, Error::Kind::Conflict);
    }

    void refusesASignerThatMayNot()
    {
        m_ca.run({"req", "-x509", "-key", "ca.key", "-out", "nosign.pem", "-days", "100", "-subj",
                  "/CN=Loopback CA", "-addext", "keyUsage=critical,keyCertSign"});
        const auto crl = Crl::read(m_list, m_ca.one("nosign.pem"), m_now);
        QVERIFY(!crl);
        QVERIFY2(crl.error().detail.contains(QLatin1String("may not sign")),
                 qPrintable(crl.error().detail));
    }

    void findsWhereToAsk()
    {
        const Certificate full = m_ca.issue(
            "full.example.org",
            "authorityInfoAccess=OCSP;URI:http://ocsp.ca.example/,"
            "caIssuers;URI:http://ca.example/ca.cer\n"
            "crlDistributionPoints=URI:http://ca.example/one.crl,URI:ldap://ca.example/x\n"
            "2.5.29.56=ASN1:NULL\n");
        const RevocationSources sources = revocationSourcesOf(full);
        QCOMPARE(sources.ocsp, QStringList{QStringLiteral("http://ocsp.ca.example/")});
        QCOMPARE(sources.issuers, QStringList{QStringLiteral("http://ca.example/ca.cer")});
        QCOMPARE(sources.crls,
                 (QStringList{QStringLiteral("http://ca.example/one.crl"),
                              QStringLiteral("ldap://ca.example/x")}));
        QVERIFY(sources.isNeverRevoked);
        QVERIFY(!sources.hasForeignCrls);
        const Certificate foreign =
            m_ca.issue("foreign.example.org",
                       "crlDistributionPoints=p\n[p]\nfullname=URI:http://ca.example/all.crl\n"
                       "CRLissuer=dirName:n\n[n]\nCN=Another CA\n");
        const RevocationSources others = revocationSourcesOf(foreign);
        QVERIFY(others.crls.isEmpty());
        QVERIFY(others.hasForeignCrls);
        QVERIFY(!others.isNeverRevoked);
        QCOMPARE(revocationSourcesOf(m_issuer), RevocationSources());
    }
};

QTEST_GUILESS_MAIN(TstCrl)
#include "tst_crl.moc"
