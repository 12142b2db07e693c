// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/Sealbook.h"
#include "tests/support/OpensslCa.h"

#include <QJsonArray>
#include <QTest>

using namespace sealbook;

// Revocation as a script sees it, with a real responder.
class TstRevocationCommands : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_home;
    OpensslCa m_ca;
    quint16 m_port = OpensslResponder::freePort();
    std::unique_ptr<OpensslResponder> m_responder;
    std::unique_ptr<Sealbook> m_sealbook;

    SealbookRun run(const QString &words)
    {
        return m_sealbook->run(words.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }
    static QString stateOf(const SealbookRun &run)
    {
        return run.events(QStringLiteral("item")).value(0).value(QLatin1String("state")).toString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray access = "authorityInfoAccess=OCSP;URI:http://127.0.0.1:"
            + QByteArray::number(m_port) + "/\nsubjectAltName=DNS:";
        for (const char *name : {"good.example.org", "bad.example.org"})
            (void)m_ca.issue(name, access + name + "\n");
        m_ca.revoke("bad.example.org", "superseded");
        m_responder = std::make_unique<OpensslResponder>(
            m_ca, m_port, QStringLiteral("ca"),
            QStringList{QStringLiteral("-nmin"), QStringLiteral("60")});
        m_sealbook = std::make_unique<Sealbook>(
            QStringList{QStringLiteral("--home"), m_home.filePath(QStringLiteral("profile"))});
        for (const char *file : {"ca.pem", "good.example.org.pem", "bad.example.org.pem"}) {
            const SealbookRun imported =
                m_sealbook->run({QStringLiteral("import"), m_ca.path(file)});
            QVERIFY2(imported.ok(), imported.story().constData());
        }
    }

    void asksNobodyNearUnlessTold()
    {
        const SealbookRun refused = run(QStringLiteral("check revocation good.example.org"));
        QCOMPARE(refused.exitCode, 8);
        QCOMPARE(stateOf(refused), QStringLiteral("unanswered"));
        QCOMPARE(refused.events(QStringLiteral("item"))
                     .value(0)
                     .value(QLatin1String("error"))
                     .toObject()
                     .value(QLatin1String("kind"))
                     .toString(),
                 QStringLiteral("PolicyDenied"));
    }

    void saysThatACertificateIsGood()
    {
        const SealbookRun good = run(QStringLiteral("check revocation good.example.org --private"));
        QVERIFY2(good.ok(), good.story().constData());
        QCOMPARE(stateOf(good), QStringLiteral("good"));
        QCOMPARE(good.result().value(QLatin1String("revoked")).toInt(-1), 0);
        const SealbookRun shown = run(QStringLiteral("show good.example.org"));
        QVERIFY2(shown.ok(), shown.story().constData());
        const QJsonObject known = shown.result()
                                      .value(QLatin1String("certificate"))
                                      .toObject()
                                      .value(QLatin1String("revocation"))
                                      .toObject();
        QCOMPARE(known.value(QLatin1String("state")).toString(), QStringLiteral("good"));
        QVERIFY(!known.value(QLatin1String("checked_at")).toString().isEmpty());
    }

    void findsARevokedOneAndRemembersIt()
    {
        const SealbookRun bad = run(QStringLiteral("check revocation --query name:*.example.org "
                                                   "--private"));
        QCOMPARE(bad.exitCode, 1);
        QCOMPARE(bad.events(QStringLiteral("item")).size(), 2);
        const QJsonArray parts = bad.result()
                                     .value(QLatin1String("error"))
                                     .toObject()
                                     .value(QLatin1String("parts"))
                                     .toArray();
        QCOMPARE(parts.size(), 1);
        const SealbookRun listed = run(QStringLiteral("list --query is:revoked"));
        QCOMPARE(listed.result().value(QLatin1String("count")).toInt(), 1);
        QCOMPARE(listed.events(QStringLiteral("item"))
                     .value(0)
                     .value(QLatin1String("urgency"))
                     .toString(),
                 QStringLiteral("retired"));
    }

    void wantsToKnowWhichOnes()
    {
        QCOMPARE(run(QStringLiteral("check revocation")).exitCode, 2);
        QCOMPARE(run(QStringLiteral("check revocation good.example.org --max-age soon")).exitCode,
                 2);
        QCOMPARE(run(QStringLiteral("check revocation nobody.example.org")).exitCode, 1);
    }

    void takesAYoungAnswerWhileNobodyAnswers()
    {
        m_responder.reset();
        const SealbookRun young =
            run(QStringLiteral("check revocation good.example.org --private --max-age 1d"));
        QVERIFY2(young.ok(), young.story().constData());
        const SealbookRun asked =
            run(QStringLiteral("check revocation good.example.org --private"));
        QCOMPARE(asked.exitCode, 8);
        QCOMPARE(stateOf(asked), QStringLiteral("good")); // what it was
    }
};

QTEST_GUILESS_MAIN(TstRevocationCommands)
#include "tst_revocationcommands.moc"
