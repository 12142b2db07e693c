// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/OcspResponse.h"
#include "tests/support/OcspAnswer.h"

#include <QTest>

using namespace sealbook;

class TstOcspResponse : public QObject
{
    Q_OBJECT

private:
    EndpointIdentity m_ca = EndpointIdentity::make("Test Root");
    EndpointIdentity m_stranger = EndpointIdentity::make("Strange Root");
    EndpointIdentity m_www = EndpointIdentity::make("www.example.org", &m_ca);
    EndpointIdentity m_other = EndpointIdentity::make("other.example.org", &m_ca);
    std::vector<Certificate> m_roots = *certificatesFromPem(m_ca.certificatePem, true);
    Certificate m_leaf = certificatesFromPem(m_www.certificatePem, true)->front();

    [[nodiscard]] std::optional<OcspVerdict> read(const QByteArray &der) const
    {
        return readOcspResponse(der, m_leaf, m_roots, TrustAnchors(m_roots));
    }

private Q_SLOTS:
    void readsWhatTheIssuerSays_data()
    {
        QTest::addColumn<int>("given");
        QTest::addColumn<int>("expected");
        QTest::newRow("good") << V_OCSP_CERTSTATUS_GOOD << int(OcspVerdict::Status::Good);
        QTest::newRow("revoked") << V_OCSP_CERTSTATUS_REVOKED << int(OcspVerdict::Status::Revoked);
        QTest::newRow("unknown") << V_OCSP_CERTSTATUS_UNKNOWN << int(OcspVerdict::Status::Unknown);
    }
    void readsWhatTheIssuerSays()
    {
        QFETCH(int, given);
        QFETCH(int, expected);
        const auto verdict = read(ocspAnswer(m_www, m_ca, m_ca, given));
        QVERIFY(verdict);
        QCOMPARE(int(verdict->status), expected);
        const QDate today = QDateTime::currentDateTimeUtc().date();
        QCOMPARE(verdict->revokedAt.date(),
                 given == V_OCSP_CERTSTATUS_REVOKED ? today.addDays(-3) : QDate());
        QCOMPARE(verdict->nextUpdate.date(), today.addDays(6));
    }

    void believesNobodyElse_data()
    {
        QTest::addColumn<QByteArray>("der");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("garbage") << QByteArray(200, '\x30');
        QTest::newRow("a stranger's signature")
            << ocspAnswer(m_www, m_ca, m_stranger, V_OCSP_CERTSTATUS_REVOKED);
        QTest::newRow("the leaf's own signature")
            << ocspAnswer(m_www, m_ca, m_www, V_OCSP_CERTSTATUS_GOOD);
        QTest::newRow("about another certificate")
            << ocspAnswer(m_other, m_ca, m_ca, V_OCSP_CERTSTATUS_REVOKED);
        QByteArray changed = ocspAnswer(m_www, m_ca, m_ca, V_OCSP_CERTSTATUS_GOOD);
        changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
        QTest::newRow("changed on the way") << changed;
        QTest::newRow("cut") << ocspAnswer(m_www, m_ca, m_ca, V_OCSP_CERTSTATUS_GOOD).chopped(9);
    }
    void believesNobodyElse()
    {
        QFETCH(QByteArray, der);
        QVERIFY(!read(der));
    }
};

QTEST_GUILESS_MAIN(TstOcspResponse)
#include "tst_ocspresponse.moc"
