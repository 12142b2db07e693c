// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/Sealbook.h"
#include "tests/support/StubCertificate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// The inventory as a script sees it. No keyring is needed: nothing here is secret.
class TstInventoryCommands : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Sealbook> m_sealbook;

    SealbookRun run(const QStringList &arguments) { return m_sealbook->run(arguments); }
    static QString data(const char *file)
    {
        return QStringLiteral(QT_TESTCASE_SOURCEDIR "/../data/") + QLatin1String(file);
    }
    QStringList names(const QStringList &arguments)
    {
        const SealbookRun listed = run(QStringList{QStringLiteral("list")} + arguments);
        QStringList found;
        for (const QJsonObject &item : listed.events(QStringLiteral("item")))
            found.append(item.value(QLatin1String("subject")).toString());
        return found;
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_sealbook = std::make_unique<Sealbook>(
            QStringList{QStringLiteral("--home"), m_home->filePath(QStringLiteral("profile"))});
        QStringList import{QStringLiteral("import")};
        for (const char *file : {"leaf.pem", "root.pem", "expired.pem"})
            import.append(data("x509/") + QLatin1String(file));
        const SealbookRun imported = run(import);
        QVERIFY2(imported.ok(), imported.story().constData());
        QCOMPARE(imported.result().value(QLatin1String("added")).toInt(), 3);
    }
    void cleanup()
    {
        m_sealbook.reset();
        m_home.reset();
    }

    void listsByQuestionOrderAndGroup()
    {
        QCOMPARE(names({QStringLiteral("--sort"), QStringLiteral("-name")}),
                 (QStringList{QStringLiteral("www.example.org"), QStringLiteral("old.example.org"),
                              QStringLiteral("Example Root")}));
        QCOMPARE(names({QStringLiteral("--query"), QStringLiteral("is:expired")}),
                 QStringList{QStringLiteral("old.example.org")});
        QCOMPARE(names({QStringLiteral("--hide"), QStringLiteral("expired,superseded")}).size(), 2);
        const SealbookRun grouped =
            run({QStringLiteral("list"), QStringLiteral("--group"), QStringLiteral("zone"),
                 QStringLiteral("--query"), QStringLiteral("-is:ca")});
        QCOMPARE(grouped.result().value(QLatin1String("count")).toInt(), 2);
        for (const QJsonObject &item : grouped.events(QStringLiteral("item")))
            QCOMPARE(item.value(QLatin1String("group")).toString(), QStringLiteral("example.org"));
    }

    void R38_writesACalendar()
    {
        const QString path = m_home->filePath(QStringLiteral("ends.ics"));
        const SealbookRun written =
            run({QStringLiteral("report"), QStringLiteral("calendar"), QStringLiteral("-o"), path});
        QVERIFY2(written.ok(), written.story().constData());
        QCOMPARE(written.result().value(QLatin1String("certificates")).toInt(), 3);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY(content.startsWith("BEGIN:VCALENDAR\r\n"));
        QVERIFY(content.contains("SUMMARY:old.example.org expires\r\n"));
        QCOMPARE(run({QStringLiteral("report"), QStringLiteral("calendar")}).exitCode, 2);
        QCOMPARE(run({QStringLiteral("report"), QStringLiteral("calendar"), QStringLiteral("-o"),
                      path, QStringLiteral("--query"), QStringLiteral("isuer:acme")})
                     .exitCode,
                 2);
        const SealbookRun refused =
            run({QStringLiteral("report"), QStringLiteral("calendar"), QStringLiteral("-o"),
                 m_home->filePath(QStringLiteral("nowhere/ends.ics"))});
        QCOMPARE(refused.exitCode, 1);
    }

    // The same certificates as `list` names, as a page, for a spreadsheet and for a program.
    void writesAReport()
    {
        const auto report = [this](const char *file, const QStringList &options) {
            const QString path = m_home->filePath(QLatin1String(file));
            return run(QStringList{QStringLiteral("report"), QStringLiteral("inventory"),
                                   QStringLiteral("-o"), path}
                       + options);
        };
        const auto content = [this](const char *name) {
            QFile file(m_home->filePath(QLatin1String(name)));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const SealbookRun page = report("all.html", {});
        QVERIFY2(page.ok(), page.story().constData());
        QCOMPARE(page.result().value(QLatin1String("certificates")).toInt(), 3);
        QVERIFY(content("all.html").contains("<bdi>old.example.org</bdi>"));
        const SealbookRun table =
            report("some.csv",
                   {QStringLiteral("--query"), QStringLiteral("is:expired"),
                    QStringLiteral("--columns"), QStringLiteral("names,urgency")});
        QVERIFY2(table.ok(), table.story().constData());
        QCOMPARE(content("some.csv"),
                 QByteArray("\"names\",\"urgency\"\r\n"
                            "\"old.example.org\",\"overdue\"\r\n"));
        const QStringList asked{QStringLiteral("--query"), QStringLiteral("-is:ca"),
                                QStringLiteral("--group"), QStringLiteral("zone")};
        QVERIFY(report("some.data",
                       asked + QStringList{QStringLiteral("--format"), QStringLiteral("json")})
                    .ok());
        const QList<QJsonObject> listed =
            run(QStringList{QStringLiteral("list")} + asked).events(QStringLiteral("item"));
        QByteArrayList lines = content("some.data").trimmed().split('\n');
        lines.removeLast();
        QCOMPARE(lines.size(), 2);
        for (qsizetype i = 0; i < lines.size(); ++i)
            QCOMPARE(QJsonDocument::fromJson(lines.at(i)).object(), listed.at(i));
        QCOMPARE(report("no.pdf", {}).exitCode, 2);
        QCOMPARE(report("a.csv", {QStringLiteral("--columns"), QStringLiteral("colour")}).exitCode,
                 2);
        QCOMPARE(
            report("a.csv", {QStringLiteral("--query"), QStringLiteral("isuer:acme")}).exitCode, 2);
        QVERIFY(!QFile::exists(m_home->filePath(QStringLiteral("a.csv"))));
        QCOMPARE(report("nowhere/a.csv", {}).exitCode, 1);
    }

    void aFaultyQuestionIsShownAtItsPlace()
    {
        const SealbookRun faulty = run(
            {QStringLiteral("list"), QStringLiteral("--query"), QStringLiteral("www isuer:acme")});
        QCOMPARE(faulty.exitCode, 2);
        const QJsonObject error = faulty.result().value(QLatin1String("error")).toObject();
        const QJsonObject evidence = error.value(QLatin1String("evidence")).toObject();
        QCOMPARE(evidence.value(QLatin1String("position")).toInt(), 4);
        QCOMPARE(evidence.value(QLatin1String("length")).toInt(), 5);
        QCOMPARE(evidence.value(QLatin1String("replacement")).toString(), QStringLiteral("issuer"));
        QVERIFY2(faulty.errors.contains("www isuer:acme\n    ^^^^^\n"), faulty.errors.constData());
    }

    void anOverlongQuestionIsNotEchoed()
    {
        const SealbookRun overlong =
            run({QStringLiteral("list"), QStringLiteral("--query"), QString(100'000, u'(')});
        QCOMPARE(overlong.exitCode, 2);
        QVERIFY2(overlong.errors.size() < 1'000, overlong.errors.left(2'000).constData());
        const SealbookRun late =
            run({QStringLiteral("list"), QStringLiteral("--query"),
                 QStringLiteral("www ").repeated(200) + QStringLiteral("isuer:acme")});
        QCOMPARE(late.exitCode, 2);
        QVERIFY2(late.errors.contains("…" + QByteArray("www ").repeated(15) + "isuer:acme\n"
                                      + QByteArray(61, ' ') + "^^^^^\n"),
                 late.errors.constData());
    }

    void aHostileNameNeitherDelaysTheListNorItsEnd()
    {
        const QByteArray name(60'000, 'a');
        const QString file = m_home->filePath(QStringLiteral("long.pem"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(StubCertificate::make("DNS:" + name + ".example").certificatePem);
        out.close();
        const SealbookRun imported = run({QStringLiteral("import"), file});
        QVERIFY2(imported.ok(), imported.story().constData());
        QCOMPARE(names({QStringLiteral("--query"), QStringLiteral("name:*a*b")}).size(), 0);
        QCOMPARE(names({QStringLiteral("--query"), QStringLiteral("name:aaaa*characters*")}).size(),
                 1);
    }

    void refusesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *text) {
            QTest::newRow(text) << QString::fromLatin1(text).split(QLatin1Char(' '));
        };
        row("list --sort beauty");
        row("list --group color");
        row("list --hide valid");
        row("edit");
        row("edit --tag x");
        row("edit www.example.org");
        row("edit www.example.org --trash --restore");
        row("edit --query  --tag x");
        row("edit www.example.org --tag +");
    }
    void refusesWhatItDoesNotKnow()
    {
        QFETCH(QStringList, arguments);
        const SealbookRun refused = run(arguments);
        QVERIFY2(refused.exitCode == 2, refused.story().constData());
    }

    void editsThoseThatAreNamedOrFound()
    {
        const SealbookRun edited = run(
            {QStringLiteral("edit"), QStringLiteral("--query"), QStringLiteral("zone:example.org"),
             QStringLiteral("--tag"), QStringLiteral("prod,Web Shop"), QStringLiteral("--owner"),
             QStringLiteral("Mara Keller"), QStringLiteral("--note"), QStringLiteral("seen")});
        QVERIFY2(edited.ok(), edited.story().constData());
        QCOMPARE(edited.result().value(QLatin1String("changed")).toInt(), 2);
        const QJsonObject item = edited.events(QStringLiteral("item")).constFirst();
        QCOMPARE(item.value(QLatin1String("tags")).toArray(),
                 (QJsonArray{QStringLiteral("prod"), QStringLiteral("Web Shop")}));
        QCOMPARE(item.value(QLatin1String("owner")).toString(), QStringLiteral("Mara Keller"));
        QCOMPARE(item.value(QLatin1String("note")).toString(), QStringLiteral("seen"));

        const SealbookRun removed =
            run({QStringLiteral("edit"), QStringLiteral("www.example.org"), QStringLiteral("--tag"),
                 QStringLiteral("-prod"), QStringLiteral("--owner"), QString(),
                 QStringLiteral("--retire")});
        QVERIFY2(removed.ok(), removed.story().constData());
        QCOMPARE(names({QStringLiteral("--query"), QStringLiteral("tag:prod")}),
                 QStringList{QStringLiteral("old.example.org")});
        QCOMPARE(names({QStringLiteral("--query"), QStringLiteral("is:retired -has:owner")}),
                 QStringList{QStringLiteral("www.example.org")});

        const SealbookRun tried =
            run({QStringLiteral("edit"), QStringLiteral("--query"), QStringLiteral("example"),
                 QStringLiteral("--trash"), QStringLiteral("--dry-run")});
        QCOMPARE(tried.result().value(QLatin1String("count")).toInt(), 3);
        QCOMPARE(tried.result().value(QLatin1String("changed")).toInt(), 0);
        QCOMPARE(names({}).size(), 3);
    }

    void theTrashIsOutOfSightUntilAskedFor()
    {
        const QStringList trash{QStringLiteral("edit"), QStringLiteral("www.example.org"),
                                QStringLiteral("--trash")};
        QVERIFY(run(trash).ok());
        QCOMPARE(names({}).size(), 2);
        QCOMPARE(names({QStringLiteral("--with-trash")}).size(), 3);
        QCOMPARE(names({QStringLiteral("--query"), QStringLiteral("is:trashed")}),
                 QStringList{QStringLiteral("www.example.org")});
        QVERIFY(run({QStringLiteral("edit"), QStringLiteral("--query"),
                     QStringLiteral("is:trashed"), QStringLiteral("--restore")})
                    .ok());
        QCOMPARE(names({}).size(), 3);
    }

    void R33_deletesAllThatAreNamedOrNone()
    {
        QVERIFY(run({QStringLiteral("edit"), QStringLiteral("www.example.org"),
                     QStringLiteral("--trash")})
                    .ok());
        const QStringList both{QStringLiteral("edit"), QStringLiteral("www.example.org"),
                               QStringLiteral("old.example.org"), QStringLiteral("--delete")};
        const SealbookRun refused = run(both);
        QCOMPARE(refused.errorKind(), QStringLiteral("PolicyDenied"));
        QCOMPARE(names({QStringLiteral("--with-trash")}).size(), 3);
        const SealbookRun audit = run({QStringLiteral("audit"), QStringLiteral("list")});
        QStringList actions;
        for (const QJsonObject &item : audit.events(QStringLiteral("item")))
            actions.append(item.value(QLatin1String("action")).toString());
        actions.removeDuplicates(); // an import may take more than one batch
        QCOMPARE(actions,
                 (QStringList{QStringLiteral("certificate.import"),
                              QStringLiteral("certificate.trash")}));
    }

    void deletesForGoodOnlyOutOfTheTrash()
    {
        const QStringList remove{QStringLiteral("edit"), QStringLiteral("www.example.org"),
                                 QStringLiteral("--delete")};
        const SealbookRun refused = run(remove);
        QCOMPARE(refused.errorKind(), QStringLiteral("PolicyDenied"));
        QVERIFY(run({QStringLiteral("edit"), QStringLiteral("www.example.org"),
                     QStringLiteral("--trash")})
                    .ok());
        const SealbookRun deleted = run({QStringLiteral("edit"), QStringLiteral("--query"),
                                         QStringLiteral("is:trashed"), QStringLiteral("--delete")});
        QVERIFY2(deleted.ok(), deleted.story().constData());
        QCOMPARE(deleted.result().value(QLatin1String("deleted")).toInt(), 1);
        QCOMPARE(names({QStringLiteral("--with-trash")}).size(), 2);
    }

    void keepsViewsUnderANameOfTheirOwn()
    {
        const SealbookRun saved = run({QStringLiteral("list"), QStringLiteral("--query"),
                                       QStringLiteral("is:ca or is:expired"),
                                       QStringLiteral("--sort"), QStringLiteral("-name"),
                                       QStringLiteral("--save-view"), QStringLiteral("Odd ones")});
        QVERIFY2(saved.ok(), saved.story().constData());
        const QStringList view{QStringLiteral("--view"), QStringLiteral("odd ones")};
        QCOMPARE(names(view),
                 (QStringList{QStringLiteral("old.example.org"), QStringLiteral("Example Root")}));
        QCOMPARE(names(view + QStringList{QStringLiteral("--query"), QStringLiteral("old")}),
                 QStringList{QStringLiteral("old.example.org")});
        const SealbookRun missing =
            run({QStringLiteral("list"), QStringLiteral("--view"), QStringLiteral("other")});
        QCOMPARE(missing.errorKind(), QStringLiteral("NotFound"));
        QVERIFY(missing.result()
                    .value(QLatin1String("error"))
                    .toObject()
                    .value(QLatin1String("advice"))
                    .toString()
                    .contains(QLatin1String("Odd ones")));
    }

    void showsPlacesAndMarks()
    {
        const SealbookRun shown = run({QStringLiteral("show"), QStringLiteral("www.example.org")});
        QVERIFY2(shown.ok(), shown.story().constData());
        const QJsonObject certificate =
            shown.result().value(QLatin1String("certificate")).toObject();
        const QJsonObject place =
            certificate.value(QLatin1String("places")).toArray().at(0).toObject();
        QCOMPARE(place.value(QLatin1String("kind")).toString(), QStringLiteral("file"));
        QVERIFY(
            place.value(QLatin1String("location")).toString().endsWith(QLatin1String("leaf.pem")));
        QVERIFY(!place.value(QLatin1String("first_seen")).toString().isEmpty());
        const QJsonArray lineage = certificate.value(QLatin1String("lineage")).toArray();
        QCOMPARE(lineage.size(), 1);
        QCOMPARE(lineage.at(0).toObject().value(QLatin1String("this")).toBool(), true);
        QCOMPARE(certificate.value(QLatin1String("names")).toArray().size(), 4);
        QVERIFY(certificate.value(QLatin1String("pem"))
                    .toString()
                    .startsWith(QLatin1String("-----BEGIN CERTIFICATE-----")));
    }

    void keepsRequestsAndFindsWhatBelongsToThem()
    {
        const SealbookRun kept = run({QStringLiteral("import"), data("x509/request.pem")});
        QVERIFY2(kept.ok(), kept.story().constData());
        QCOMPARE(kept.result().value(QLatin1String("requests")).toInt(), 1);
        const SealbookRun listed = run({QStringLiteral("csr"), QStringLiteral("list")});
        QVERIFY2(listed.ok(), listed.story().constData());
        const QList<QJsonObject> items = listed.events(QStringLiteral("item"));
        QCOMPARE(items.size(), 1);
        QCOMPARE(items.first().value(QLatin1String("has_key")).toBool(), false);
        QCOMPARE(items.first().value(QLatin1String("certificates")).toArray().size(), 1);
        const auto match = [this](const char *file) {
            return run({QStringLiteral("csr"), QStringLiteral("match"), data(file)});
        };
        for (const char *file : {"x509/leaf.key", "x509/leaf.der", "x509/request.pem"}) {
            const SealbookRun matched = match(file);
            QVERIFY2(matched.ok(), matched.story().constData());
            QCOMPARE(matched.result().value(QLatin1String("requests")).toInt(), 1);
            QCOMPARE(matched.result().value(QLatin1String("certificates")).toInt(), 1);
        }
        QCOMPARE(match("x509/ed25519.key").errorKind(), QStringLiteral("NotFound"));
    }

    // The program starts itself for that, wherever it lies.
    void opensKeystoresInAProcessOfTheirOwn()
    {
        const SealbookRun opened = run({QStringLiteral("import"), data("foreign/bouncy.bks")});
        QVERIFY2(opened.ok(), opened.story().constData());
        QCOMPARE(opened.result().value(QLatin1String("added")).toInt(), 2);
        const SealbookRun closed = run({QStringLiteral("import"), data("foreign/bouncy.ubr")});
        QCOMPARE(closed.errorKind(), QStringLiteral("BadRequest"));
    }

    void listsShowsAndDeletesWhatWaits()
    {
        QVERIFY(run({QStringLiteral("edit"), QStringLiteral("--query"), QStringLiteral("www"),
                     QStringLiteral("--trash")})
                    .ok());
        QVERIFY(run({QStringLiteral("edit"), QStringLiteral("--query"),
                     QStringLiteral("is:trashed"), QStringLiteral("--delete")})
                    .ok());
        const SealbookRun brought = run({QStringLiteral("import"), data("x509/request.pem")});
        QVERIFY2(brought.ok(), brought.story().constData());
        const SealbookRun listed =
            run({QStringLiteral("list"), QStringLiteral("--query"), QStringLiteral("is:request")});
        QCOMPARE(listed.events(QStringLiteral("item")).size(), 1);
        const QJsonObject item = listed.events(QStringLiteral("item")).front();
        QCOMPARE(item.value(QLatin1String("kind")).toString(), QStringLiteral("request"));
        QVERIFY(!item.value(QLatin1String("waiting_since")).toString().isEmpty());
        QVERIFY(!item.contains(QLatin1String("not_after")));
        const QString id = item.value(QLatin1String("sha256")).toString().left(12);
        const SealbookRun shown = run({QStringLiteral("show"), id});
        QVERIFY2(shown.ok(), shown.story().constData());
        const QJsonObject request = shown.result().value(QLatin1String("request")).toObject();
        QVERIFY(request.value(QLatin1String("signature_valid")).toBool());
        QVERIFY(request.value(QLatin1String("pem"))
                    .toString()
                    .startsWith(u"-----BEGIN CERTIFICATE REQUEST-----"));
        QCOMPARE(run({QStringLiteral("edit"), id, QStringLiteral("--delete")}).exitCode, 1);
        QVERIFY(run({QStringLiteral("edit"), id, QStringLiteral("--trash")}).ok());
        const SealbookRun deleted = run({QStringLiteral("edit"), id, QStringLiteral("--delete")});
        QCOMPARE(deleted.result().value(QLatin1String("deleted")).toInt(), 1);
        QVERIFY(names({QStringLiteral("--query"), QStringLiteral("is:request")}).isEmpty());
    }

    void tellsThatThereIsNoToken()
    {
        const SealbookRun none =
            run({QStringLiteral("import"), QStringLiteral("pkcs11:token=nowhere")});
        QCOMPARE(none.exitCode, 1);
        QCOMPARE(none.errorKind(), QStringLiteral("NotFound"));
    }

    void explainsItsLanguage()
    {
        const SealbookRun help = run({QStringLiteral("list"), QStringLiteral("--query-help")});
        QVERIFY(help.ok());
        QVERIFY(help.result()
                    .value(QLatin1String("help"))
                    .toString()
                    .contains(QLatin1String("expires<30d")));
    }
};

QTEST_GUILESS_MAIN(TstInventoryCommands)
#include "tst_inventorycommands.moc"
