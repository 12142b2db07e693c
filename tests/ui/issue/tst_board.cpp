// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/BoardBar.h"
#include "ui/issue/BoardModel.h"
#include "ui/issue/BoardStep.h"
#include "ui/issue/BoardView.h"
#include "ui/issue/BoardWords.h"
#include "ui/issue/RecordsBox.h"
#include "ui/issue/WhyPane.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/RowDelegate.h"

#include "tests/support/AccessibleNames.h"
#include "tests/support/DesignLook.h"
#include "tests/support/FakeClock.h"
#include "tests/support/PictureBoard.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace sealbook;

namespace {

const QDateTime pictureTime =
    QDateTime(QDate(2026, 11, 25), QTime(14, 6), QTimeZone::utc()).toUTC();

BoardState boardOf(int rows)
{
    BoardState board;
    board.phase = BoardState::Phase::Waiting;
    for (int i = 0; i < rows; ++i) {
        BoardRow row;
        row.zone = QStringLiteral("z%1.example").arg(i / 100);
        row.recordName =
            *DnsName::fromText(QStringLiteral("_acme-challenge.z%1.example").arg(i / 100));
        row.server = QStringLiteral("ns%1.example.net").arg(i);
        row.address = QStringLiteral("192.0.2.%1").arg(i % 250);
        row.verdict = allVerdicts.at(static_cast<std::size_t>(i) % allVerdicts.size());
        board.rows.push_back(row);
    }
    return board;
}

int rowOfServer(const BoardModel &model, const QString &server)
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.rowAt(row) != nullptr && model.rowAt(row)->server == server)
            return row;
    }
    return -1;
}

bool anyTitle(const std::vector<Explanation> &all, const char *part)
{
    return std::any_of(all.begin(), all.end(), [part](const Explanation &why) {
        return why.title.contains(QLatin1String(part));
    });
}

} // namespace

class TstBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }

    void modelHolds_data();
    void modelHolds();
    void groupsByZoneAndResolvers();
    void groupsByRecordWhereAZoneHasSeveral();
    void namesOurValuesByLetter();
    void showsForeignValues();
    void coloursASerialThatLags();
    void keepsTheSelectionWhenOnlyCellsChange();
    void countsDownWhatAResolverRemembers();
    void copiesARowInFull();
    void lettersGoOnAfterZ();
    void comparesSerialsAsRfc1982_data();
    void comparesSerialsAsRfc1982();

    void headline_data();
    void headline();
    void explainsThePicture();
    void explains_data();
    void explains();
    void explainsNeverNothing();
    void saysWhatGotLost();
    void handOverSheetHasItAll();

    void barHasOneSegmentForEachAddress();
    void barMirrors();
    void recordsBoxCopies();
    void stepTellsTimeAndCounts();
    void stepCountsDownToTheNextCheck_data();
    void stepCountsDownToTheNextCheck();
    void explainsThatPort53IsClosed_data();
    void explainsThatPort53IsClosed();
    void tellsTheRiskOfWhatWasAccepted();
    void showsWhatResolversElsewhereSay();
    void resolversCanBeAskedBeforeTheirTurn();
    void switchesNothingOnceTheCaLooks();
    void stepOpensWithAnyNumberOfRows_data();
    void stepOpensWithAnyNumberOfRows();
    void stepAnnouncesChangedVerdicts();
    void stepWorksByKeyboard();
    void stepShowsAFailureAndOffersToGoOn();
    void everythingHasAName();
};

void TstBoard::modelHolds_data()
{
    QTest::addColumn<int>("rows");
    QTest::newRow("none") << 0;
    QTest::newRow("one") << 1;
    QTest::newRow("ten thousand") << 10000;
}

void TstBoard::modelHolds()
{
    QFETCH(int, rows);
    BoardModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    BoardState board = boardOf(rows);
    model.setBoard(board, pictureTime);
    const int groups = (rows + 99) / 100;
    QCOMPARE(model.rowCount(), rows + groups);
    if (rows > 0) {
        board.rows.back().verdict = Verdict::Served;
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setBoard(board, pictureTime);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(reset.count(), 0);
    }
    model.tick(pictureTime.addSecs(1));
    model.setBoard({}, pictureTime);
    QCOMPARE(model.rowCount(), 0);
}

void TstBoard::groupsByZoneAndResolvers()
{
    BoardModel model;
    model.setBoard(pictureBoard(pictureTime), pictureTime);
    QCOMPARE(model.rowCount(), 10);
    QVERIFY(model.isGroupHead(0));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("Authoritative for example.org"));
    QVERIFY(!(model.flags(model.index(0, 0)) & Qt::ItemIsSelectable));
    QVERIFY(model.isGroupHead(6));
    QCOMPARE(model.index(6, 0).data().toString(), QStringLiteral("Public resolvers"));
    QVERIFY(model.rowAt(0) == nullptr);
    QCOMPARE(model.rowAt(1)->server, QStringLiteral("ns1.example.net"));
}

void TstBoard::groupsByRecordWhereAZoneHasSeveral()
{
    BoardState board = pictureBoard(pictureTime);
    BoardRow other = board.rows.front();
    other.recordName = *DnsName::fromText(QStringLiteral("_acme-challenge.www.example.org"));
    board.rows.insert(board.rows.begin() + 5, other);
    BoardModel model;
    model.setBoard(board, pictureTime);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("_acme-challenge.example.org"));
    QCOMPARE(model.index(6, 0).data().toString(),
             QStringLiteral("_acme-challenge.www.example.org"));
}

void TstBoard::namesOurValuesByLetter()
{
    BoardModel model;
    model.setBoard(pictureBoard(pictureTime), pictureTime);
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(cell(1, BoardModel::Value), QStringLiteral("A and B"));
    QVERIFY(model.index(1, BoardModel::Value).data(RowRole::Bold).toBool());
    QCOMPARE(model.index(1, BoardModel::Value).data(RowRole::SecondLine).toString(),
             QStringLiteral("authoritative, seen in 2 rounds"));
    QCOMPARE(cell(1, BoardModel::State), QStringLiteral("served"));
    QCOMPARE(cell(1, BoardModel::Age), QStringLiteral("2:31"));
    QCOMPARE(cell(1, BoardModel::RoundTrip), QStringLiteral("4 ms"));
    QCOMPARE(cell(5, BoardModel::Value), QStringLiteral("no such name (NXDOMAIN)"));
    QCOMPARE(model.index(5, BoardModel::Value).data(RowRole::SecondLine).toString(),
             QStringLiteral("caches keep this “no” for 5:00"));
    QCOMPARE(cell(2, BoardModel::Ttl), QStringLiteral("–"));
}

void TstBoard::showsForeignValues()
{
    BoardState board = pictureBoard(pictureTime);
    board.rows[0].verdict = Verdict::OtherValue;
    board.rows[0].valuesSeen =
        QStringList{QStringLiteral("somebody-elses"), board.records[0].values[1]};
    BoardModel model;
    model.setBoard(board, pictureTime);
    QCOMPARE(model.index(1, BoardModel::Value).data().toString(), QStringLiteral("somebody-elses"));
    QVERIFY(model.index(1, BoardModel::Value).data(RowRole::Mono).toBool());
    QStringList foreign;
    QCOMPARE(lettersSeen(board, board.rows[0], &foreign), QStringLiteral("B"));
    QCOMPARE(foreign, QStringList{QStringLiteral("somebody-elses")});
}

void TstBoard::coloursASerialThatLags()
{
    BoardModel model;
    model.setBoard(pictureBoard(pictureTime), pictureTime);
    const int late = rowOfServer(model, QStringLiteral("ns4.dns.example"));
    QCOMPARE(model.index(late, BoardModel::Serial).data(RowRole::State).toInt(),
             static_cast<int>(StateRole::Wait));
    QVERIFY(!model.index(1, BoardModel::Serial).data(RowRole::State).isValid());
}

void TstBoard::keepsTheSelectionWhenOnlyCellsChange()
{
    BoardModel model;
    BoardView view(&model);
    BoardState board = pictureBoard(pictureTime);
    model.setBoard(board, pictureTime);
    const int late = rowOfServer(model, QStringLiteral("ns4.dns.example"));
    view.setCurrentIndex(model.index(late, 0));
    board.rows[4].verdict = Verdict::Served;
    model.setBoard(board, pictureTime);
    QCOMPARE(view.currentIndex().row(), late);
}

void TstBoard::countsDownWhatAResolverRemembers()
{
    BoardModel model;
    model.setBoard(pictureBoard(pictureTime), pictureTime);
    const QModelIndex cell =
        model.index(rowOfServer(model, QStringLiteral("Quad9")), BoardModel::Value);
    QCOMPARE(cell.data(RowRole::SecondLine).toString(), QStringLiteral("forgets it in 3:41"));
    model.tick(pictureTime.addSecs(221));
    QCOMPARE(cell.data(RowRole::SecondLine).toString(), QStringLiteral("has forgotten it by now"));
}

void TstBoard::copiesARowInFull()
{
    BoardModel model;
    BoardView view(&model);
    model.setBoard(pictureBoard(pictureTime), pictureTime);
    view.setCurrentIndex(model.index(5, 0));
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    for (const char *part : {"ns4.dns.example", "203.0.113.153", "not yet", "NXDOMAIN", "TTL 300",
                             "2026112503", "96 ms", "_acme-challenge.example.org"})
        QVERIFY2(text.contains(QLatin1String(part)), part);
    QVERIFY(model.copyText(0).isEmpty());
    QVERIFY(model.copyText(-1).isEmpty());
}

void TstBoard::lettersGoOnAfterZ()
{
    QCOMPARE(recordLetter(0), QStringLiteral("A"));
    QCOMPARE(recordLetter(25), QStringLiteral("Z"));
    QCOMPARE(recordLetter(26), QStringLiteral("AA"));
    QCOMPARE(recordLetter(99), QStringLiteral("CV"));
}

void TstBoard::comparesSerialsAsRfc1982_data()
{
    QTest::addColumn<quint32>("serial");
    QTest::addColumn<quint32>("other");
    QTest::addColumn<bool>("older");
    QTest::newRow("less") << 1U << 2U << true;
    QTest::newRow("same") << 2U << 2U << false;
    QTest::newRow("more") << 3U << 2U << false;
    QTest::newRow("round the end") << 0xFFFFFFFFU << 1U << true;
    QTest::newRow("and back") << 1U << 0xFFFFFFFFU << false;
}

void TstBoard::comparesSerialsAsRfc1982()
{
    QFETCH(quint32, serial);
    QFETCH(quint32, other);
    QFETCH(bool, older);
    QCOMPARE(isOlderSerial(serial, other), older);
}

void TstBoard::headline_data()
{
    QTest::addColumn<int>("phase");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, BoardState::Phase phase, const char *text) {
        QTest::newRow(name) << static_cast<int>(phase) << QString::fromLatin1(text);
    };
    row("looking", BoardState::Phase::Looking, "Finding the name servers");
    row("waiting", BoardState::Phase::Waiting, "Waiting for 1 of 4 name servers");
    row("confirming", BoardState::Phase::Confirming, "All agree, confirming");
    row("ready", BoardState::Phase::Ready, "All 4 name servers agree");
    row("ready, seen from outside", BoardState::Phase::ReadyByOutsideView,
        "Ready, as seen from outside");
    row("stopped", BoardState::Phase::Stopped, "Stopped at 3 of 4 name servers");
}

void TstBoard::headline()
{
    QFETCH(int, phase);
    QFETCH(QString, expected);
    BoardState board = pictureBoard(pictureTime);
    board.phase = static_cast<BoardState::Phase>(phase);
    QCOMPARE(headlineOf(board), expected);
    QVERIFY(!promiseOf(board).isEmpty());
}

void TstBoard::explainsThePicture()
{
    const auto all = explain(pictureBoard(pictureTime), false);
    QCOMPARE(all.size(), std::size_t(3));
    QCOMPARE(all[0].title, QStringLiteral("ns4.dns.example still serves the old zone"));
    QCOMPARE(all[0].facts[0].second, QStringLiteral("2026112504"));
    QCOMPARE(all[0].facts[1].second, QStringLiteral("2026112503"));
    QCOMPARE(all[0].command, QStringLiteral("rndc notify example.org"));
    QCOMPARE(all[1].title, QStringLiteral("IPv6 cannot be checked from here"));
    QCOMPARE(all[2].title, QStringLiteral("Quad9 remembers a “no”"));
}

void TstBoard::explains_data()
{
    QTest::addColumn<int>("verdict"); // of every authoritative row
    QTest::addColumn<bool>("byHand");
    QTest::addColumn<QString>("title");
    const auto row = [](const char *name, Verdict verdict, bool byHand, const char *title) {
        QTest::newRow(name) << static_cast<int>(verdict) << byHand << QString::fromLatin1(title);
    };
    row("nobody has it", Verdict::NotYet, false, "No name server has the record yet");
    row("nobody has it, by hand", Verdict::NotYet, true, "No name server has the record yet");
    row("other value", Verdict::OtherValue, false, "another value is there");
    row("wrong place", Verdict::WrongPlace, false, "the name leads elsewhere");
    row("failing", Verdict::Failing, false, "no usable answer");
    row("cannot check", Verdict::CannotCheck, false, "cannot be asked from here");
    row("all served", Verdict::Served, false, "first answers");
    row("not asked", Verdict::NotAsked, false, "first answers");
}

void TstBoard::explains()
{
    QFETCH(int, verdict);
    QFETCH(bool, byHand);
    QFETCH(QString, title);
    BoardState board = pictureBoard(pictureTime);
    for (BoardRow &row : board.rows) {
        if (row.isResolver)
            row.verdict = Verdict::NotAsked;
        else
            row.verdict = static_cast<Verdict>(verdict);
    }
    const auto all = explain(board, byHand);
    QVERIFY2(anyTitle(all, title.toLatin1().constData()),
             qPrintable(all.empty() ? QString() : all.front().title));
    for (const Explanation &why : all)
        QVERIFY(!why.text.isEmpty());
}

void TstBoard::explainsNeverNothing()
{
    for (int phase = 0; phase <= static_cast<int>(BoardState::Phase::Stopped); ++phase) {
        BoardState board;
        board.phase = static_cast<BoardState::Phase>(phase);
        QVERIFY(!explain(board, false).empty());
        QVERIFY(!headlineOf(board).isEmpty());
    }
}

void TstBoard::saysWhatGotLost()
{
    BoardState board = pictureBoard(pictureTime);
    board.events = QStringList{QStringLiteral("ns2 lost the record at 14:05:40")};
    const auto all = explain(board, false);
    QCOMPARE(all.front().title, QStringLiteral("The record did not stay"));
    QCOMPARE(all.front().text, board.events.last());
}

void TstBoard::handOverSheetHasItAll()
{
    const BoardState board = pictureBoard(pictureTime);
    const QString sheet =
        handOverSheet(board, {QStringLiteral("example.org")}, QStringLiteral("A CA"), pictureTime);
    for (const QString &part :
         {board.records[0].values[0], board.records[0].values[1], QStringLiteral("A CA"),
          QStringLiteral("_acme-challenge.example.org. 60 IN TXT"),
          QStringLiteral("ns4.dns.example"), QStringLiteral("25 Nov 2026")})
        QVERIFY2(sheet.contains(part), qPrintable(part));
    QVERIFY(!sheet.contains(QStringLiteral("Quad9")));
}

void TstBoard::barHasOneSegmentForEachAddress()
{
    BoardBar bar;
    bar.resize(676, 8);
    bar.setBoard(pictureBoard(pictureTime));
    const auto segments = bar.segments();
    QCOMPARE(segments.size(), std::size_t(5));
    QCOMPARE(segments[1].verdict, Verdict::CannotCheck);
    QCOMPARE(segments.front().rect.left(), 0.0);
    QVERIFY(qAbs(segments.back().rect.right() - 676) < 0.01);
    for (std::size_t i = 1; i < segments.size(); ++i)
        QVERIFY(qAbs(segments[i].rect.left() - segments[i - 1].rect.right() - 2.0) < 0.01);
    QVERIFY(!bar.accessibleDescription().isEmpty());
    bar.setBoard({});
    QVERIFY(bar.segments().empty());
    BoardBar many;
    many.resize(300, 8);
    many.setBoard(boardOf(10000));
    QCOMPARE(many.segments().size(), std::size_t(10000));
    QVERIFY(many.grab().width() > 0);
}

void TstBoard::barMirrors()
{
    BoardBar bar;
    bar.resize(500, 8);
    bar.setLayoutDirection(Qt::RightToLeft);
    bar.setBoard(pictureBoard(pictureTime));
    QVERIFY(bar.segments().front().rect.left() > bar.segments().back().rect.left());
}

void TstBoard::recordsBoxCopies()
{
    RecordsBox box;
    const BoardState board = pictureBoard(pictureTime);
    box.setBoard(board, QStringLiteral("bind-primary"));
    QStringList copied;
    for (auto *button : box.findChildren<CopyButton *>())
        copied.append(button->copyText());
    QVERIFY(copied.contains(board.records[0].values[0]));
    QVERIFY(copied.contains(board.records[0].values[1]));
    QVERIFY(copied.contains(recordsAsText(board)));
    QCOMPARE(withoutAccessibleName(&box), QStringList());
    BoardState several = board;
    for (int i = 0; i < 99; ++i) {
        ExpectedRecord more = board.records[0];
        more.name = *DnsName::fromText(QStringLiteral("_acme-challenge.n%1.example.org").arg(i));
        more.effectiveName = more.name;
        several.records.push_back(more);
    }
    box.setBoard(several, {});
    QVERIFY(box.sizeHint().height() < 260);
}

void TstBoard::stepTellsTimeAndCounts()
{
    FakeClock clock;
    BoardStep step(clock);
    step.begin({QStringLiteral("example.org")}, QStringLiteral("A CA"),
               QStringLiteral("bind-primary"));
    step.setJobStep(QStringLiteral("publish"));
    auto *headline = step.findChild<QLabel *>(QStringLiteral("boardHeadline"));
    QCOMPARE(headline->text(), QStringLiteral("Publishing the record"));
    step.setJobStep(QStringLiteral("propagation"));
    step.setBoard(pictureBoard(clock.utcNow()));
    QCOMPARE(headline->text(), QStringLiteral("Waiting for 1 of 4 name servers"));
    QCOMPARE(step.findChild<QLabel *>(QStringLiteral("nextCheck"))->text(),
             QStringLiteral("Next check in 3 s"));
    QCOMPARE(step.summary(), QStringLiteral("3 of 4 agree"));
    BoardState ready = pictureBoard(clock.utcNow());
    ready.phase = BoardState::Phase::Ready;
    step.setBoard(ready);
    QVERIFY(!step.findChild<QPushButton *>(QStringLiteral("checkNow"))->isEnabled());
    step.setJobStep(QStringLiteral("challenge"));
    QCOMPARE(headline->text(), QStringLiteral("The CA is checking"));
}

void TstBoard::stepCountsDownToTheNextCheck_data()
{
    QTest::addColumn<int>("ms"); // until the next check
    QTest::addColumn<QString>("text");
    QTest::newRow("a while") << 4200 << QStringLiteral("Next check in 5 s");
    QTest::newRow("whole") << 3000 << QStringLiteral("Next check in 3 s");
    QTest::newRow("soon") << 300 << QStringLiteral("Next check in 1 s");
    QTest::newRow("now") << 0 << QStringLiteral("Asking now");
    QTest::newRow("late") << -900 << QStringLiteral("Asking now");
}

void TstBoard::stepCountsDownToTheNextCheck()
{
    QFETCH(int, ms);
    QFETCH(QString, text);
    FakeClock clock;
    BoardStep step(clock);
    step.begin({QStringLiteral("example.org")}, {}, {});
    BoardState board = pictureBoard(clock.utcNow());
    board.nextCheckAt = clock.utcNow().addMSecs(ms);
    step.setBoard(board);
    QCOMPARE(step.findChild<QLabel *>(QStringLiteral("nextCheck"))->text(), text);
}

void TstBoard::explainsThatPort53IsClosed_data()
{
    QTest::addColumn<QString>("rcode");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("words");
    QTest::newRow("nobody answers")
        << QString() << QStringLiteral("Port 53 is closed from here") << QStringLiteral("firewall");
    QTest::newRow("somebody else answers")
        << QStringLiteral("REFUSED") << QStringLiteral("Port 53 is intercepted here")
        << QStringLiteral("somebody on the way");
}

void TstBoard::explainsThatPort53IsClosed()
{
    QFETCH(QString, rcode);
    QFETCH(QString, title);
    QFETCH(QString, words);
    BoardState board = closedBoard(pictureTime, false);
    board.rows.front().rcode = rcode;
    const auto all = explain(board, false);
    QCOMPARE(all[0].title, title);
    QVERIFY2(all[0].text.contains(words), qPrintable(all[0].text));
    QVERIFY(anyTitle(all, "risky"));
    QVERIFY(!anyTitle(all, "no usable answer")); // no server is at fault
    QCOMPARE(headlineOf(board), title);
    QVERIFY(promiseOf(board).contains(QStringLiteral("two resolvers")));
    FakeClock clock;
    BoardStep step(clock);
    step.setBoard(closedBoard(clock.utcNow(), false));
    QCOMPARE(step.findChild<QLabel *>(QStringLiteral("nextCheck"))->text(),
             QStringLiteral("Asked elsewhere in 2:13"));
}

void TstBoard::tellsTheRiskOfWhatWasAccepted()
{
    BoardState board = closedBoard(pictureTime, true);
    QVERIFY(riskOf(board).contains(QStringLiteral("audit log")));
    QCOMPARE(explain(board, false).front().title, QStringLiteral("Ready, with a risk"));
    board = pictureBoard(pictureTime);
    QVERIFY(riskOf(board).isEmpty());
    board.phase = BoardState::Phase::Ready;
    QVERIFY(riskOf(board).isEmpty());
    board.phase = BoardState::Phase::ReadyWithWarning;
    QVERIFY(riskOf(board).contains(QStringLiteral("passed over")));
    QCOMPARE(explain(board, false).front().title, QStringLiteral("Ready, with a risk"));
}

void TstBoard::showsWhatResolversElsewhereSay()
{
    BoardModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setBoard(closedBoard(pictureTime, false), pictureTime);
    const int row = rowOfServer(model, QStringLiteral("Quad9, DoH"));
    QCOMPARE(model.index(row, BoardModel::Server).data(RowRole::SecondLine).toString(),
             QStringLiteral("dns.quad9.net"));
    QVERIFY(model.index(row - 1, 0)
                .data(RowRole::GroupHead)
                .toString()
                .contains(QStringLiteral("port 53")));
    model.setBoard(closedBoard(pictureTime, true), pictureTime);
    QCOMPARE(model.index(row, BoardModel::Value).data().toString(), QStringLiteral("A and B"));
    QCOMPARE(model.index(row, BoardModel::Value).data(RowRole::SecondLine).toString(),
             QStringLiteral("seen in 2 rounds"));
}

void TstBoard::resolversCanBeAskedBeforeTheirTurn()
{
    FakeClock clock;
    BoardStep step(clock);
    step.resize(1120, 728);
    step.setBoard(pictureBoard(clock.utcNow()));
    step.show();
    auto *view = step.findChild<BoardView *>();
    const auto askAction = [view](const QString &server) {
        const auto *model = qobject_cast<BoardModel *>(view->model());
        view->setCurrentIndex(model->index(rowOfServer(*model, server), 0));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(1, 1), QPoint(1, 1));
        QApplication::sendEvent(view->viewport(), &event);
        QAction *found = nullptr;
        for (QMenu *menu : view->findChildren<QMenu *>()) {
            for (QAction *action : menu->actions())
                found = action->text().startsWith(QStringLiteral("Ask")) ? action : found;
            menu->close();
        }
        return QPointer<QAction>(found);
    };
    QVERIFY(askAction(QStringLiteral("ns1.example.net")).isNull());
    QTest::qWait(10);
    QStringList asked;
    connect(&step, &BoardStep::askResolverWanted, this,
            [&asked](const BoardRow &row) { asked.append(row.server); });
    const auto ask = askAction(QStringLiteral("Google"));
    QVERIFY(ask && ask->isEnabled());
    ask->trigger();
    QCOMPARE(asked, QStringList{QStringLiteral("Google")});
    QTest::qWait(10);
    BoardState ready = pictureBoard(clock.utcNow());
    ready.phase = BoardState::Phase::Ready;
    step.setBoard(ready);
    const auto late = askAction(QStringLiteral("Google"));
    QVERIFY(late && !late->isEnabled());
}

void TstBoard::switchesNothingOnceTheCaLooks()
{
    FakeClock clock;
    BoardStep step(clock);
    CredentialRecord credential;
    credential.name = QStringLiteral("bind-primary");
    CredentialRecord revoked;
    revoked.name = QStringLiteral("old");
    revoked.state = CredentialRecord::State::Revoked;
    step.begin({QStringLiteral("example.org")}, {}, {});
    auto *button = step.findChild<QPushButton *>(QStringLiteral("switchProvider"));
    QVERIFY(!button->isEnabled()); // by hand already, and nothing else is there
    step.setCredentials({credential, revoked});
    QVERIFY(button->isEnabled());
    QCOMPARE(button->menu()->actions().size(), 1);
    step.setJobStep(QStringLiteral("propagation"));
    step.setBoard(pictureBoard(clock.utcNow()));
    QVERIFY(button->isEnabled());
    BoardState ready = pictureBoard(clock.utcNow());
    ready.phase = BoardState::Phase::Ready;
    step.setBoard(ready);
    QVERIFY(!button->isEnabled());
    step.setJobStep(QStringLiteral("challenge"));
    QVERIFY(!button->isEnabled());
}

void TstBoard::stepOpensWithAnyNumberOfRows_data()
{
    modelHolds_data();
}

void TstBoard::stepOpensWithAnyNumberOfRows()
{
    QFETCH(int, rows);
    FakeClock clock;
    BoardStep step(clock);
    step.resize(1120, 728);
    step.begin({QStringLiteral("example.org")}, {}, {});
    step.setBoard(boardOf(rows));
    step.show();
    QVERIFY(!step.grab().isNull());
}

void TstBoard::stepAnnouncesChangedVerdicts()
{
    FakeClock clock;
    BoardStep step(clock);
    BoardState board = pictureBoard(clock.utcNow());
    step.setBoard(board);
    board.rows[4].verdict = Verdict::Served;
    step.setBoard(board);
    const auto *counts = step.findChild<QWidget *>(QStringLiteral("boardCounts"));
    QVERIFY(counts->accessibleName().startsWith(
        QStringLiteral("ns4.dns.example, 203.0.113.153: served")));
}

void TstBoard::stepWorksByKeyboard()
{
    FakeClock clock;
    BoardStep step(clock);
    step.resize(1120, 728);
    step.begin({QStringLiteral("example.org")}, QStringLiteral("A CA"), {});
    step.setBoard(pictureBoard(clock.utcNow()));
    step.show();
    QVERIFY(QTest::qWaitForWindowExposed(&step));
    QSignalSpy check(&step, &BoardStep::checkNowWanted);
    QSignalSpy cancel(&step, &BoardStep::cancelWanted);
    QTest::keyClick(&step, Qt::Key_N, Qt::AltModifier);
    QTRY_COMPARE(check.count(), 1);
    QTest::keyClick(&step, Qt::Key_H, Qt::AltModifier);
    QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("A CA")));
    QTest::keyClick(&step, Qt::Key_C, Qt::AltModifier);
    QTRY_COMPARE(cancel.count(), 1);
    auto *view = step.findChild<BoardView *>();
    view->setFocus();
    view->setCurrentIndex(view->model()->index(1, 0));
    QTest::keyClick(view, Qt::Key_Down);
    QCOMPARE(view->currentIndex().row(), 2);
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("2001:db8:0:53::1")));
}

void TstBoard::stepShowsAFailureAndOffersToGoOn()
{
    FakeClock clock;
    BoardStep step(clock);
    step.begin({QStringLiteral("example.org")}, {}, {});
    step.show();
    Error error;
    error.kind = Error::Kind::DnsNotReady;
    error.detail = QStringLiteral("ns4 did not have it in time");
    step.setFailed(error, true);
    QSignalSpy resume(&step, &BoardStep::resumeWanted);
    auto *again = step.findChild<QPushButton *>(QStringLiteral("errorAction"));
    QVERIFY(again->isVisible());
    QTest::mouseClick(again, Qt::LeftButton);
    QCOMPARE(resume.count(), 1);
    step.setFailed(error, false);
    QVERIFY(!again->isVisible());
}

void TstBoard::everythingHasAName()
{
    FakeClock clock;
    BoardStep step(clock);
    step.setBoard(pictureBoard(clock.utcNow()));
    QCOMPARE(withoutAccessibleName(&step).join(QLatin1Char(';')), QString());
}

QTEST_MAIN(TstBoard)
#include "tst_board.moc"
