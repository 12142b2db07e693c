// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryFile>
#include <QTest>
#include <QTimeZone>

#include <functional>

#include <unistd.h>

using namespace sealbook;

namespace {

struct Printed
{
    QByteArray out;
    QByteArray errors;

    [[nodiscard]] QList<QJsonObject> objects() const
    {
        QList<QJsonObject> list;
        for (const QByteArray &line : out.split('\n')) {
            if (!line.isEmpty())
                list.append(QJsonDocument::fromJson(line).object());
        }
        return list;
    }
};

// Runs `work` with stdout and stderr going to files.
Printed printedBy(const std::function<void()> &work)
{
    QTemporaryFile out;
    QTemporaryFile errors;
    if (!out.open() || !errors.open())
        return {};
    std::fflush(stdout);
    std::fflush(stderr);
    const int savedOut = ::dup(STDOUT_FILENO);
    const int savedErrors = ::dup(STDERR_FILENO);
    ::dup2(out.handle(), STDOUT_FILENO);
    ::dup2(errors.handle(), STDERR_FILENO);
    work();
    std::fflush(stdout);
    std::fflush(stderr);
    ::dup2(savedOut, STDOUT_FILENO);
    ::dup2(savedErrors, STDERR_FILENO);
    ::close(savedOut);
    ::close(savedErrors);
    out.seek(0);
    errors.seek(0);
    return {out.readAll(), errors.readAll()};
}

QString textOf(uint code)
{
    const auto units = QChar::fromUcs4(code);
    return QStringView(units).toString();
}

BoardRow row(const char *server, Verdict verdict)
{
    BoardRow row;
    row.server = QString::fromLatin1(server);
    row.address = QStringLiteral("192.0.2.1");
    row.verdict = verdict;
    return row;
}

JobStep step(JobStep::State state)
{
    JobStep step;
    step.step = QStringLiteral("order");
    step.state = state;
    step.detail = QStringLiteral("what\nhappened");
    step.took = std::chrono::milliseconds(12);
    return step;
}

} // namespace

// The contract of stdout: product.md, "Command line".
class TstOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasAnExitCode_data();
    void everyKindHasAnExitCode();
    void anAcmeProblemIsTheCasWhateverItsKind();
    void jsonIsOneObjectALineWithTheResultLast();
    void aFailureIsAResultToo();
    void peopleReadStdoutWithoutJson();
    void peopleAreToldEverythingAboutAnError();
    void aBoardPrintsOnlyWhatChanged();
    void startedStepsAreNotPrinted();
    void timesAreRfc3339();
    void aRowIsOneLineWhateverItHolds();
    void nothingForeignSteersTheTerminal_data();
    void nothingForeignSteersTheTerminal();
};

void TstOutput::everyKindHasAnExitCode_data()
{
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<int>("code");
    using Kind = Error::Kind;
    const auto add = [](Kind kind, int code) {
        QTest::newRow(qPrintable(kindName(kind))) << kind << code;
    };
    add(Kind::Network, 1);
    add(Kind::Timeout, 1);
    add(Kind::Cancelled, 130);
    add(Kind::RateLimited, 1);
    add(Kind::Unauthorized, 1);
    add(Kind::BadRequest, 1);
    add(Kind::DnsNotReady, 5);
    add(Kind::PolicyDenied, 1);
    add(Kind::ApprovalNeeded, 3);
    add(Kind::KeychainDenied, 4);
    add(Kind::KeychainAbsent, 4);
    add(Kind::NotFound, 1);
    add(Kind::Conflict, 1);
    add(Kind::Corrupt, 1);
    add(Kind::CaRefused, 6);
    add(Kind::ProviderRefused, 7);
    add(Kind::Internal, 1);
}

void TstOutput::everyKindHasAnExitCode()
{
    QFETCH(Error::Kind, kind);
    QFETCH(int, code);
    QCOMPARE(static_cast<int>(exitCodeOf(fail(kind, QStringLiteral("what")).value())), code);
}

void TstOutput::anAcmeProblemIsTheCasWhateverItsKind()
{
    Error error = fail(Error::Kind::RateLimited, QStringLiteral("too many")).value();
    error.type = QStringLiteral("urn:ietf:params:acme:error:rateLimited");
    QCOMPARE(exitCodeOf(error), ExitCode::CaRefused);
    // A person's own word counts more than what the CA said on the way.
    error.kind = Error::Kind::Cancelled;
    QCOMPARE(exitCodeOf(error), ExitCode::Cancelled);
}

void TstOutput::jsonIsOneObjectALineWithTheResultLast()
{
    ExitCode code = ExitCode::Failed;
    const Printed printed = printedBy([&code] {
        Output output(true);
        output.say(QStringLiteral("for people"));
        output.note(QStringLiteral("progress"));
        output.step(step(JobStep::State::Done));
        BoardState board;
        board.rows = {row("ns1", Verdict::Served)};
        output.board(board);
        QJsonObject item{{QStringLiteral("name"), QStringLiteral("one")}};
        output.item(item, QStringLiteral("one"));
        QJsonObject result{{QStringLiteral("serial"), QStringLiteral("01")},
                           {QStringLiteral("ok"), false}};
        code = output.finish(result);
    });
    QCOMPARE(code, ExitCode::Done);
    const auto objects = printed.objects();
    QStringList events;
    for (const QJsonObject &object : objects)
        events.append(object.value(QStringLiteral("event")).toString());
    QCOMPARE(events,
             QStringList({QStringLiteral("step"), QStringLiteral("board"), QStringLiteral("item"),
                          QStringLiteral("result")}));
    QCOMPARE(objects.constLast().value(QStringLiteral("ok")), QJsonValue(true));
    QCOMPARE(objects.constLast().value(QStringLiteral("serial")).toString(), QStringLiteral("01"));
    QCOMPARE(printed.out.count('\n'), 4); // the line break in a detail is escaped
    QVERIFY(printed.out.endsWith('\n'));
    QCOMPARE(printed.errors, QByteArray("for people\nprogress\n"));
}

void TstOutput::aFailureIsAResultToo()
{
    ExitCode code = ExitCode::Done;
    const Printed printed = printedBy([&code] {
        Output output(true);
        code = output.finish(
            fail(Error::Kind::DnsNotReady, QStringLiteral("ns2 is late"), QStringLiteral("Wait.")));
    });
    QCOMPARE(code, ExitCode::DnsNotReady);
    const auto objects = printed.objects();
    QCOMPARE(objects.size(), qsizetype(1));
    const QJsonObject result = objects.constFirst();
    QCOMPARE(result.value(QStringLiteral("event")).toString(), QStringLiteral("result"));
    QCOMPARE(result.value(QStringLiteral("ok")), QJsonValue(false));
    const QJsonObject error = result.value(QStringLiteral("error")).toObject();
    QCOMPARE(error.value(QStringLiteral("kind")).toString(), QStringLiteral("DnsNotReady"));
    QCOMPARE(error.value(QStringLiteral("detail")).toString(), QStringLiteral("ns2 is late"));
    QVERIFY(printed.errors.contains("ns2 is late"));
}

void TstOutput::peopleReadStdoutWithoutJson()
{
    const Printed printed = printedBy([] {
        Output output(false);
        output.say(QStringLiteral("a line"));
        output.item({}, QStringLiteral("a row"));
        output.step(step(JobStep::State::Done));
        const ExitCode code = output.finish(QJsonObject());
        Q_UNUSED(code)
    });
    QCOMPARE(printed.out, QByteArray("a line\na row\n"));
    QVERIFY(printed.errors.startsWith("order done (12 ms)"));
}

void TstOutput::peopleAreToldEverythingAboutAnError()
{
    Error error = fail(Error::Kind::CaRefused, QStringLiteral("the CA said no"),
                       QStringLiteral("Ask another."))
                      .value();
    error.context = {QStringLiteral("sending the CSR"), QStringLiteral("finalizing")};
    error.parts.push_back({QStringLiteral("a.test"), QString(), QStringLiteral("no record")});
    error.retryAfter = std::chrono::seconds(3600);
    const Printed printed = printedBy([&error] {
        Output output(false);
        const ExitCode code = output.finish(fail(error));
        Q_UNUSED(code)
    });
    QCOMPARE(printed.out, QByteArray());
    for (const char *words :
         {"sealbook: the CA said no", "while sending the CSR", "while finalizing",
          "a.test: no record", "Try again after 20", "Ask another."})
        QVERIFY2(printed.errors.contains(words), printed.errors.constData());
}

void TstOutput::aBoardPrintsOnlyWhatChanged()
{
    const Printed printed = printedBy([] {
        Output output(true);
        BoardState board;
        board.rows = {row("ns1", Verdict::Served), row("ns2", Verdict::NotAsked)};
        output.board(board);
        output.board(board);
        board.rows[1].verdict = Verdict::Served;
        output.board(board);
    });
    const auto objects = printed.objects();
    QCOMPARE(objects.size(), qsizetype(2));
    QCOMPARE(objects.at(0).value(QStringLiteral("server")).toString(), QStringLiteral("ns1"));
    QCOMPARE(objects.at(1).value(QStringLiteral("server")).toString(), QStringLiteral("ns2"));
}

void TstOutput::startedStepsAreNotPrinted()
{
    const Printed printed = printedBy([] {
        Output output(true);
        output.step(step(JobStep::State::Started));
    });
    QCOMPARE(printed.out, QByteArray());
    QCOMPARE(printed.errors, QByteArray());
}

void TstOutput::timesAreRfc3339()
{
    const QDateTime local(QDate(2026, 11, 25), QTime(15, 6), QTimeZone(3600));
    QCOMPARE(rfc3339(local), QStringLiteral("2026-11-25T14:06:00Z"));
    QCOMPARE(rfc3339(QDateTime()), QString());
}

void TstOutput::aRowIsOneLineWhateverItHolds()
{
    const Printed printed = printedBy([] {
        Output output(false);
        output.item({}, QStringLiteral("a\nffffffff  fine  2099  Trusted CA\tb"));
    });
    QCOMPARE(printed.out, QByteArray("a ffffffff  fine  2099  Trusted CA b\n"));
}

void TstOutput::nothingForeignSteersTheTerminal_data()
{
    QTest::addColumn<uint>("code");
    for (const uint code : {0x07U, 0x1bU, 0x7fU, 0x85U, 0x9bU, 0x200bU, 0x200fU, 0x2028U, 0x2029U,
                            0x202eU, 0x2066U, 0xfeffU, 0xe0041U})
        QTest::addRow("U+%04X", code) << code;
}

void TstOutput::nothingForeignSteersTheTerminal()
{
    QFETCH(uint, code);
    const QString foreign = u'a' + textOf(code) + QStringLiteral("é🔒");
    const auto print = [&foreign](bool json) {
        return printedBy([&foreign, json] {
            Output output(json);
            output.item({{QStringLiteral("name"), foreign}}, foreign);
            output.note(foreign);
            const ExitCode exit = output.finish(fail(Error::Kind::BadRequest, foreign));
            Q_UNUSED(exit)
        });
    };
    const QByteArray raw = textOf(code).toUtf8();
    const Printed plain = print(false);
    QVERIFY(!plain.out.contains(raw));
    QVERIFY(!plain.errors.contains(raw));
    QVERIFY(plain.out.contains(QByteArray("é🔒")));
    const Printed json = print(true);
    QVERIFY(!json.out.contains(raw));
    QVERIFY(!json.errors.contains(raw));
    QCOMPARE(json.objects().constFirst().value(QStringLiteral("name")).toString(), foreign);
}

QTEST_GUILESS_MAIN(TstOutput)
#include "tst_output.moc"
