// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/OcspResponse.h"
#include "tests/support/OpensslCa.h"

#include <QTest>

using namespace sealbook;

// Questions that are put to `openssl ocsp`, and what it answers.
class TstOcspExchange : public QObject
{
    Q_OBJECT

private:
    OpensslCa m_ca;
    Certificate m_issuer = m_ca.certificate();
    Certificate m_www = m_ca.issue("www.example.org", "basicConstraints=CA:FALSE\n");
    Certificate m_bad = m_ca.issue("bad.example.org", "basicConstraints=CA:FALSE\n");
    QDateTime m_now;
    QByteArray m_question;

    [[nodiscard]] QByteArray questionAbout(const Certificate &leaf) const
    {
        return makeOcspQuestion(leaf, m_issuer).value();
    }
    [[nodiscard]] Result<RevocationAnswer> read(const QByteArray &der) const
    {
        return readOcspAnswer(der, m_question, m_www, m_issuer, m_now);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_ca.issue("responder", "basicConstraints=CA:FALSE\nextendedKeyUsage=OCSPSigning\n");
        m_ca.issue("pretender", "basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n");
        m_ca.revoke("bad.example.org");
        m_question = questionAbout(m_www);
        m_now = QDateTime::currentDateTimeUtc(); // all signers have begun
    }

    void asksWithAnotherNonceEachTime() { QVERIFY(questionAbout(m_www) != questionAbout(m_www)); }

    void readsWhatTheResponderSays_data()
    {
        QTest::addColumn<QByteArray>("signer");
        QTest::newRow("the CA itself") << QByteArray("ca");
        QTest::newRow("one that it allowed to") << QByteArray("responder");
    }
    void readsWhatTheResponderSays()
    {
        QFETCH(QByteArray, signer);
        const auto good = read(OpensslResponder::answer(m_ca, m_question, signer));
        QVERIFY2(good, good ? "" : qPrintable(good.error().detail));
        QCOMPARE(int(good->status), int(RevocationAnswer::Status::Good));
        const QByteArray question = questionAbout(m_bad);
        const auto bad = readOcspAnswer(OpensslResponder::answer(m_ca, question, signer), question,
                                        m_bad, m_issuer, m_now);
        QVERIFY2(bad, bad ? "" : qPrintable(bad.error().detail));
        QCOMPARE(int(bad->status), int(RevocationAnswer::Status::Revoked));
        QCOMPARE(bad->reason, QStringLiteral("keyCompromise"));
        QVERIFY(qAbs(bad->revokedAt.secsTo(m_now)) < 600);
    }

    void saysThatTheResponderDoesNotKnow()
    {
        QFile index(m_ca.path("index.txt"));
        QVERIFY(index.open(QIODevice::ReadWrite));
        const QByteArray kept = index.readAll();
        index.resize(0);
        index.close();
        const auto answer = read(OpensslResponder::answer(m_ca, m_question));
        QVERIFY(index.open(QIODevice::WriteOnly));
        index.write(kept);
        index.close();
        QVERIFY(answer);
        QCOMPARE(int(answer->status), int(RevocationAnswer::Status::Unknown));
    }

    void believesNobodyElse_data()
    {
        QTest::addColumn<QByteArray>("der");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("garbage") << QByteArray(300, '\x30');
        QTest::newRow("a page") << QByteArray("<html>busy</html>");
        QTest::newRow("one whom it did not allow to")
            << OpensslResponder::answer(m_ca, m_question, "pretender");
        QTest::newRow("the certificate itself")
            << OpensslResponder::answer(m_ca, m_question, "www.example.org");
        QByteArray changed = OpensslResponder::answer(m_ca, m_question);
        changed[100] = static_cast<char>(changed[100] ^ 1);
        QTest::newRow("changed on the way") << changed;
        QTest::newRow("cut") << OpensslResponder::answer(m_ca, m_question).chopped(20);
    }
    void believesNobodyElse()
    {
        QFETCH(QByteArray, der);
        const auto answer = read(der);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Corrupt);
    }

    // What is not signed (certificates that come along) may change, and the answer does not.
    void noChangedByteMakesAnotherAnswer()
    {
        const QByteArray question = questionAbout(m_bad);
        const QByteArray der = OpensslResponder::answer(m_ca, question, "responder");
        const auto ask = [&](const QByteArray &bytes) {
            return readOcspAnswer(bytes, question, m_bad, m_issuer, m_now);
        };
        const auto whole = ask(der);
        QVERIFY(whole);
        for (qsizetype i = 0; i < der.size(); ++i) {
            QByteArray changed = der;
            changed[i] = static_cast<char>(changed[i] ^ 0x04);
            const auto answer = ask(changed);
            QVERIFY2(!answer || *answer == *whole, QByteArray::number(i).constData());
        }
    }

    void believesNoOtherCaOfTheSameName()
    {
        OpensslCa same;
        const QByteArray answer = OpensslResponder::answer(same, m_question);
        const auto read = readOcspAnswer(answer, m_question, m_www, m_issuer, m_now);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, Error::Kind::Corrupt);
    }

    void refusesAnAnswerToAnotherQuestion()
    {
        const auto replayed = read(OpensslResponder::answer(m_ca, questionAbout(m_www)));
        QVERIFY(!replayed);
        QCOMPARE(replayed.error().kind, Error::Kind::Conflict);
        const QByteArray about = questionAbout(m_bad);
        const auto other =
            readOcspAnswer(OpensslResponder::answer(m_ca, about), about, m_www, m_issuer, m_now);
        QVERIFY(!other);
        QCOMPARE(other.error().kind, Error::Kind::Corrupt);
    }

    // RFC 5019 section 4: many responders keep answers ready, without a nonce.
    void takesAnAnswerWithoutNonce()
    {
        m_ca.run({"ocsp", "-issuer", "ca.pem", "-cert", "www.example.org.pem", "-no_nonce",
                  "-reqout", "bare.der"});
        QFile bare(m_ca.path("bare.der"));
        QVERIFY(bare.open(QIODevice::ReadOnly));
        const auto answer = read(OpensslResponder::answer(m_ca, bare.readAll()));
        QVERIFY2(answer, answer ? "" : qPrintable(answer.error().detail));
    }

    void refusesAnswersOfAnotherTime_data()
    {
        QTest::addColumn<int>("hours");
        QTest::addColumn<bool>("hasEnd");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("to come") << -1 << true << false;
        QTest::newRow("in time") << 71 << true << true;
        QTest::newRow("too old") << 73 << true << false;
        QTest::newRow("endless, of today") << 47 << false << true;
        QTest::newRow("endless and old") << 50 << false << false;
    }
    void refusesAnswersOfAnotherTime()
    {
        QFETCH(int, hours);
        QFETCH(bool, hasEnd);
        QFETCH(bool, isTaken);
        QList<QByteArray> end;
        if (hasEnd)
            end = {"-ndays", "3"};
        const QByteArray der = OpensslResponder::answer(m_ca, m_question, "ca", end);
        const QDateTime made = QDateTime::currentDateTimeUtc();
        const auto answer =
            readOcspAnswer(der, m_question, m_www, m_issuer, made.addSecs(hours * 3600LL));
        QCOMPARE(answer.has_value(), isTaken);
        // Before its issuer began, its signature does not count either.
        if (!answer && hours > 0)
            QCOMPARE(answer.error().kind, Error::Kind::Conflict);
    }

    // RFC 6960 section 4.2.1: such answers are not signed.
    void tellsRefusals_data()
    {
        QTest::addColumn<QByteArray>("der");
        QTest::addColumn<int>("kind");
        const auto status = [](char code) {
            return QByteArray("\x30\x03\x0a\x01", 4) + QByteArray(1, code);
        };
        QTest::newRow("malformed") << status(1) << int(Error::Kind::NotFound);
        QTest::newRow("internal error") << status(2) << int(Error::Kind::NotFound);
        QTest::newRow("try later") << status(3) << int(Error::Kind::RateLimited);
        QTest::newRow("signature wanted") << status(5) << int(Error::Kind::NotFound);
        QTest::newRow("not responsible") << status(6) << int(Error::Kind::NotFound);
    }
    void tellsRefusals()
    {
        QFETCH(QByteArray, der);
        QFETCH(int, kind);
        const auto answer = read(der);
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().kind), kind);
        QVERIFY(answer.error().detail.contains(QLatin1String("OCSP responder")));
    }
};

QTEST_GUILESS_MAIN(TstOcspExchange)
#include "tst_ocspexchange.moc"
