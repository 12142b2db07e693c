// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ErrorText.h"

#include <QTest>

using namespace sealbook;

class TstErrorText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysASentenceForEveryKind_data();
    void saysASentenceForEveryKind();
    void prefersTheErrorsOwnAdvice();
    void listsTheParts();
    void tellsWhenToTryAgain_data();
    void tellsWhenToTryAgain();
    void reportHoldsTheEvidence();
};

void TstErrorText::saysASentenceForEveryKind_data()
{
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind <= static_cast<int>(Error::Kind::Internal); ++kind)
        QTest::newRow(qPrintable(kindName(static_cast<Error::Kind>(kind)))) << kind;
}

void TstErrorText::saysASentenceForEveryKind()
{
    QFETCH(int, kind);
    Error error;
    error.kind = static_cast<Error::Kind>(kind);
    const ErrorText text = ErrorText::of(error);
    QVERIFY(text.sentence.endsWith(QLatin1Char('.')));
    QVERIFY(text.sentence.at(0).isUpper());
    QVERIFY(text.retry.isEmpty());
}

void TstErrorText::prefersTheErrorsOwnAdvice()
{
    Error error;
    error.kind = Error::Kind::Network;
    QVERIFY(!ErrorText::of(error).advice.isEmpty());
    error.advice = QStringLiteral("Start the server.");
    QCOMPARE(ErrorText::of(error).advice, QStringLiteral("Start the server."));
}

void TstErrorText::listsTheParts()
{
    Error error;
    error.kind = Error::Kind::CaRefused;
    error.detail = QStringLiteral("two names were refused");
    error.parts = {{QStringLiteral("a.example"), QString(), QStringLiteral("CAA forbids it")},
                   {QString(), QString(), QStringLiteral("policy")}};
    QCOMPARE(ErrorText::of(error).detail,
             QStringLiteral("two names were refused\na.example: CAA forbids it\npolicy"));
}

void TstErrorText::tellsWhenToTryAgain_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("seconds") << 30 << QStringLiteral("Can be tried again in 30 s.");
    QTest::newRow("minutes, rounded up") << 299 << QStringLiteral("Can be tried again in 5 min.");
    QTest::newRow("hours, rounded up") << 7201 << QStringLiteral("Can be tried again in 3 h.");
}

void TstErrorText::tellsWhenToTryAgain()
{
    QFETCH(int, seconds);
    QFETCH(QString, expected);
    Error error;
    error.kind = Error::Kind::RateLimited;
    error.retryAfter = std::chrono::seconds(seconds);
    QCOMPARE(ErrorText::of(error).retry, expected);
}

void TstErrorText::reportHoldsTheEvidence()
{
    Error error;
    error.kind = Error::Kind::ProviderRefused;
    error.detail = QStringLiteral("HTTP 403");
    error.context = QStringList{QStringLiteral("adding the record")};
    error.evidence = QJsonObject{{QStringLiteral("zone"), QStringLiteral("example.org")}};
    error.type = QStringLiteral("urn:x");
    const QString report = ErrorText::report(error);
    for (const char *part :
         {"ProviderRefused", "HTTP 403", "adding the record", "example.org", "urn:x"})
        QVERIFY2(report.contains(QLatin1String(part)), part);
}

QTEST_MAIN(TstErrorText)
#include "tst_errortext.moc"
