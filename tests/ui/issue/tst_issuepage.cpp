// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/BoardModel.h"
#include "ui/issue/BoardStep.h"
#include "ui/issue/CaStep.h"
#include "ui/issue/DnsStep.h"
#include "ui/issue/IssuePage.h"
#include "ui/issue/NamesStep.h"
#include "ui/issue/StepRail.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/SecretEdit.h"

#include "tests/support/AccessibleNames.h"
#include "tests/support/DesignLook.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeIssueServices.h"
#include "tests/support/PictureBoard.h"
#include "tests/support/ScriptedDialogs.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

namespace {

CaRecord caOf(const char *id, bool needsEab = false)
{
    CaRecord ca;
    ca.id = QString::fromLatin1(id);
    ca.name = ca.id;
    ca.needsEab = needsEab;
    return ca;
}

// A page with what it hangs on, shown.
struct Fixture
{
    FakeIssueServices fake;
    ScriptedDialogs dialogs;
    FakeClock clock;
    std::unique_ptr<IssuePage> page;

    Fixture()
    {
        fake.cas = {caOf("letsencrypt"), caOf("zerossl", true)};
        CredentialRecord credential;
        credential.name = QStringLiteral("bind-primary");
        credential.provider = QStringLiteral("rfc2136");
        credential.reach = QStringList{QStringLiteral("example.org")};
        fake.credentials = {credential};
    }
    void open()
    {
        page = std::make_unique<IssuePage>(fake.bind(), dialogs, clock);
        page->resize(1120, 770);
        page->show();
        page->activateWindow();
        page->activated();
        // CAs, accounts and credentials come through the event loop.
        (void)QTest::qWaitFor([this] {
            return part<QListWidget>("caList")->count() == static_cast<int>(fake.cas.size())
                && part<QListWidget>("credentialList")->count()
                == static_cast<int>(fake.credentials.size()) + 1;
        });
    }
    template <typename T>
    T *part(const char *name) const
    {
        return page->findChild<T *>(QString::fromLatin1(name));
    }
    ~Fixture()
    {
        // Whoever still waits for a job or a clean-up is let go.
        page.reset();
        fake.outcome.settle(fail(cancelled()));
        fake.cancelOutcome.settle(fail(cancelled()));
        fake.switchOutcome.settle(fail(cancelled()));
        QTest::qWait(1);
    }
    [[nodiscard]] bool waitForCa() const
    {
        return QTest::qWaitFor([this] { return page->form().caAnswered; });
    }
    [[nodiscard]] QString problem() const { return part<QLabel>("stepProblem")->text(); }
    [[nodiscard]] bool boardFailed() const
    {
        return part<QLabel>("boardHeadline")->text() == QStringLiteral("This did not work out");
    }
    [[nodiscard]] QStringList choices() const // of "Switch provider"
    {
        QStringList texts;
        for (const QAction *action : part<QPushButton>("switchProvider")->menu()->actions())
            texts.append(action->text());
        return texts;
    }
    void choose(const QString &text) const
    {
        for (QAction *action : part<QPushButton>("switchProvider")->menu()->actions())
            if (action->text() == text)
                action->trigger();
    }
    // From the empty page to a running job, by keys alone.
    JobId start()
    {
        QTest::keyClicks(page->focusWidget(), QStringLiteral("example.org"));
        QTest::keyClick(page->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        if (!waitForCa())
            return {};
        QTest::keyClick(page->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClick(page->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        JobRecord job;
        job.id = JobId::make();
        job.request = fake.issued.empty() ? IssuanceRequest() : fake.issued.back();
        job.step = QStringLiteral("propagation");
        page->jobChanged(job);
        return job.id;
    }
};

} // namespace

class TstIssuePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }

    void goesThroughAllStepsByKeyboard();
    void saysWhatIsMissing();
    void namesAreCheckedAsTyped();
    void usesASuggestion();
    void helpersAddWildcardAndBase();
    void asksEachCaOnce();
    void opensAnAccountWithTheCasKey();
    void showsWhyNoAccountCouldBeOpened();
    void takesARequestOfTheUsers();
    void wantsTheTermsAgreed();
    void tellsWhatACredentialReaches_data();
    void tellsWhatACredentialReaches();
    void byHandIsAlwaysOffered();
    void showsTheServicesProblems();
    void cancelCleansUpAndKeepsTheForm();
    void aFailureCanBeTakenUpAgain();
    void aJobGoesOnWhenAnotherIsFilledIn();
    void opensAJobByItsId();
    void beginsWithNamesThatItIsOpenedWith();
    void offersInterruptedJobs();
    void R05_switchesTheProviderOfTheSameOrder();
    void R05_saysWhyASwitchWasRefused();
    void R05_switchesAJobThatHasFailed();
    void saysOnTheLastPageWhatWasRisky();
    void pageMayDieWhileAJobRuns();
    void everyStepIsNamed();
};

void TstIssuePage::goesThroughAllStepsByKeyboard()
{
    Fixture fixture;
    fixture.open();
    QVERIFY(fixture.page->focusWidget() == fixture.part<QPlainTextEdit>("namesEdit"));
    const JobId id = fixture.start();
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Board));
    QCOMPARE(fixture.fake.issued.size(), std::size_t(1));
    QCOMPARE(fixture.fake.issued[0].names, QStringList{QStringLiteral("example.org")});
    QCOMPARE(fixture.fake.issued[0].caId, QStringLiteral("letsencrypt"));
    QCOMPARE(fixture.fake.issued[0].credential, QStringLiteral("bind-primary"));
    QCOMPARE(fixture.page->job(), id);
    QCOMPARE(fixture.page->badge(), QStringLiteral("1"));

    fixture.page->boardChanged(id, pictureBoard(fixture.clock.utcNow()));
    QCOMPARE(fixture.part<StepRail>("stepRail")->summary(IssuePage::Board),
             QStringLiteral("3 of 4 agree"));
    QTest::keyClick(fixture.page.get(), Qt::Key_F5);
    QTRY_COMPARE(fixture.fake.checked, std::vector<JobId>{id});

    IssuanceResult result;
    result.jobId = id;
    result.certificate.sha256 = QString(64, QLatin1Char('a'));
    result.certificate.names = QStringList{QStringLiteral("example.org")};
    fixture.fake.outcome.settle(result);
    QTRY_COMPARE(fixture.page->step(), static_cast<int>(IssuePage::Done));
    QSignalSpy wanted(fixture.page.get(), &Page::pageWanted);
    QTest::keyClick(fixture.page->focusWidget(), Qt::Key_Space);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("certificates"));
    QCOMPARE(wanted[0][1].toString(), result.certificate.sha256);
}

void TstIssuePage::saysWhatIsMissing()
{
    Fixture fixture;
    fixture.open();
    QTest::keyClick(fixture.page->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Names));
    QCOMPARE(fixture.problem(), QStringLiteral("Enter at least one name."));
    fixture.part<QPlainTextEdit>("namesEdit")->setPlainText(QStringLiteral("not..a.name"));
    fixture.page->next();
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Names));
    QVERIFY(fixture.problem().startsWith(QStringLiteral("Correct the lines")));
}

void TstIssuePage::namesAreCheckedAsTyped()
{
    Fixture fixture;
    fixture.open();
    auto *step = fixture.page->findChild<NamesStep *>();
    QSignalSpy changed(step, &NamesStep::changed);
    QTest::keyClicks(fixture.page->focusWidget(), QStringLiteral("www.example.org"));
    QTRY_COMPARE(changed.count(), 1); // once, after the pause, not once a key
    QCOMPARE(step->names().names.size(), std::size_t(1));
    auto *view = fixture.part<QAbstractItemView>("namesView");
    QVERIFY(view->isVisible());
    QCOMPARE(view->model()->rowCount(), 1);
    QStringList many;
    for (int i = 0; i < 10000; ++i)
        many.append(QStringLiteral("n%1.example.org").arg(i));
    step->setText(many.join(QLatin1Char('\n')));
    QCOMPARE(view->model()->rowCount(), 10000);
}

void TstIssuePage::usesASuggestion()
{
    Fixture fixture;
    fixture.open();
    auto *step = fixture.page->findChild<NamesStep *>();
    step->setText(QStringLiteral("example.org\nhttps://www.example.net/login"));
    QCOMPARE(step->names().issueCount, 1);
    auto *use = fixture.part<QPushButton>("useSuggestion");
    QVERIFY(use != nullptr);
    QTest::keyClick(use, Qt::Key_Space);
    QCOMPARE(step->names().issueCount, 0);
    QCOMPARE(step->text(), QStringLiteral("example.org\nwww.example.net"));
}

void TstIssuePage::helpersAddWildcardAndBase()
{
    Fixture fixture;
    fixture.open();
    auto *step = fixture.page->findChild<NamesStep *>();
    step->setText(QStringLiteral("example.org"));
    QTest::keyClick(fixture.part<QPushButton>("addWildcards"), Qt::Key_Space);
    QCOMPARE(step->text(), QStringLiteral("example.org\n*.example.org"));
    QTest::keyClick(fixture.part<QPushButton>("addWildcards"), Qt::Key_Space);
    QCOMPARE(step->names().names.size(), std::size_t(2));
    step->setText(QStringLiteral("*.example.net"));
    QTest::keyClick(fixture.part<QPushButton>("addApexes"), Qt::Key_Space);
    QCOMPARE(step->text(), QStringLiteral("*.example.net\nexample.net"));
}

void TstIssuePage::asksEachCaOnce()
{
    Fixture fixture;
    fixture.open();
    QVERIFY(fixture.fake.asked.isEmpty()); // no CA is asked before its step
    fixture.page->findChild<NamesStep *>()->setText(QStringLiteral("example.org"));
    fixture.page->next();
    QTest::qWait(20);
    QCOMPARE(fixture.fake.asked, QStringList{QStringLiteral("letsencrypt")});
    fixture.page->back();
    fixture.page->next();
    QTest::qWait(20);
    QCOMPARE(fixture.fake.asked.size(), 1);
    QTest::keyClick(fixture.part<QListWidget>("caList"), Qt::Key_Down);
    QTest::qWait(20);
    QCOMPARE(fixture.fake.asked,
             (QStringList{QStringLiteral("letsencrypt"), QStringLiteral("zerossl")}));
}

void TstIssuePage::opensAnAccountWithTheCasKey()
{
    Fixture fixture;
    fixture.open();
    fixture.page->findChild<NamesStep *>()->setText(QStringLiteral("example.org"));
    fixture.page->next();
    fixture.part<QListWidget>("caList")->setCurrentRow(1);
    QVERIFY(fixture.waitForCa());
    QVERIFY(fixture.part<QWidget>("eabKid")->isVisible());
    fixture.page->next();
    QVERIFY(!fixture.problem().isEmpty());
    QTest::keyClicks(fixture.part<QLineEdit>("eabKid"), QStringLiteral("kid-1"));
    QTest::keyClicks(fixture.part<SecretEdit>("eabKey"), QStringLiteral("test-only-key"));
    fixture.page->next();
    QTRY_COMPARE(fixture.page->step(), static_cast<int>(IssuePage::Dns));
    QCOMPARE(fixture.fake.registeredKeys, QStringList{QStringLiteral("test-only-key")});
    QVERIFY(fixture.part<SecretEdit>("eabKey")->isEmpty());
}

void TstIssuePage::showsWhyNoAccountCouldBeOpened()
{
    Fixture fixture;
    Error refused;
    refused.kind = Error::Kind::CaRefused;
    refused.detail = QStringLiteral("unknown key ID");
    fixture.fake.registerError = refused;
    fixture.open();
    fixture.page->findChild<NamesStep *>()->setText(QStringLiteral("example.org"));
    fixture.page->next();
    fixture.part<QListWidget>("caList")->setCurrentRow(1);
    QVERIFY(fixture.waitForCa());
    QTest::keyClicks(fixture.part<QLineEdit>("eabKid"), QStringLiteral("kid-1"));
    QTest::keyClicks(fixture.part<SecretEdit>("eabKey"), QStringLiteral("test-only-key"));
    fixture.page->next();
    auto *panel = fixture.page->findChild<CaStep *>()->findChild<ErrorPanel *>();
    QTRY_VERIFY(panel->hasError());
    QCOMPARE(panel->error()->detail, refused.detail);
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Ca));
    QVERIFY(fixture.part<QPushButton>("next")->isEnabled());
}

void TstIssuePage::takesARequestOfTheUsers()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("own.csr"));
    const QByteArray der = QByteArray::fromHex("308201020304");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("-----BEGIN CERTIFICATE REQUEST-----\n" + der.toBase64()
               + "\n-----END CERTIFICATE REQUEST-----\n");
    file.close();
    Fixture fixture;
    fixture.dialogs.files = {QStringList{path}};
    fixture.open();
    QTest::mouseClick(fixture.part<QPushButton>("chooseCsr"), Qt::LeftButton);
    fixture.page->findChild<NamesStep *>()->setText(QStringLiteral("example.org"));
    fixture.page->next();
    QTest::keyClick(fixture.part<QPushButton>("chooseCsr"), Qt::Key_Space);
    QTRY_COMPARE(fixture.page->form().csrDer, der);
    QCOMPARE(fixture.page->form().request().csrDer, der);
    QTest::keyClick(fixture.part<QPushButton>("removeCsr"), Qt::Key_Space);
    QVERIFY(fixture.page->form().csrDer.isEmpty());
}

void TstIssuePage::wantsTheTermsAgreed()
{
    Fixture fixture;
    fixture.fake.facts[QStringLiteral("letsencrypt")].termsOfService =
        QStringLiteral("https://ca.example/terms");
    fixture.open();
    fixture.page->findChild<NamesStep *>()->setText(QStringLiteral("example.org"));
    fixture.page->next();
    fixture.page->next(); // before the CA has said which terms it has
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Ca));
    QVERIFY(fixture.waitForCa());
    fixture.page->next();
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Ca));
    QTest::keyClick(fixture.part<QPushButton>("readTerms"), Qt::Key_Space);
    QCOMPARE(fixture.dialogs.links, QList<QUrl>{QUrl(QStringLiteral("https://ca.example/terms"))});
    QTest::keyClick(fixture.part<QCheckBox>("agree"), Qt::Key_Space);
    fixture.page->next();
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Dns));
}

void TstIssuePage::tellsWhatACredentialReaches_data()
{
    QTest::addColumn<QStringList>("reach");
    QTest::addColumn<QString>("names");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QStringList>("missed");
    const auto covers = static_cast<int>(ReachVerdict::Kind::Covers);
    const auto misses = static_cast<int>(ReachVerdict::Kind::Misses);
    const QStringList zone{QStringLiteral("example.org")};
    QTest::newRow("unknown") << QStringList() << QStringLiteral("example.org")
                             << static_cast<int>(ReachVerdict::Kind::Unknown) << QStringList();
    QTest::newRow("apex") << zone << QStringLiteral("example.org") << covers << QStringList();
    QTest::newRow("below") << zone << QStringLiteral("a.b.example.org *.example.org") << covers
                           << QStringList();
    QTest::newRow("look-alike") << zone << QStringLiteral("notexample.org") << misses
                                << QStringList{QStringLiteral("notexample.org")};
    QTest::newRow("some") << zone << QStringLiteral("example.org example.net") << misses
                          << QStringList{QStringLiteral("example.net")};
}

void TstIssuePage::tellsWhatACredentialReaches()
{
    QFETCH(QStringList, reach);
    QFETCH(QString, names);
    QFETCH(int, kind);
    QFETCH(QStringList, missed);
    CredentialRecord credential;
    credential.reach = reach;
    const ReachVerdict verdict = reachOf(credential, NameList::parse(names).names);
    QCOMPARE(static_cast<int>(verdict.kind), kind);
    QCOMPARE(verdict.missed, missed);
}

void TstIssuePage::byHandIsAlwaysOffered()
{
    Fixture fixture;
    fixture.fake.credentials.clear();
    fixture.open();
    auto *list = fixture.part<QListWidget>("credentialList");
    QCOMPARE(list->count(), 1);
    QVERIFY(fixture.page->form().credentialChosen);
    QVERIFY(fixture.page->form().credential.isEmpty());
    QSignalSpy wanted(fixture.page.get(), &Page::pageWanted);
    fixture.part<QPushButton>("addCredential")->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("credentials"));
}

void TstIssuePage::showsTheServicesProblems()
{
    Fixture fixture;
    Error problem;
    problem.kind = Error::Kind::PolicyDenied;
    problem.detail = QStringLiteral("names below example.org need an approval");
    fixture.fake.requestProblems = {problem};
    fixture.open();
    fixture.start();
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Dns));
    QVERIFY(fixture.fake.issued.empty());
}

void TstIssuePage::cancelCleansUpAndKeepsTheForm()
{
    Fixture fixture;
    fixture.open();
    const JobId id = fixture.start();
    auto *cancel = fixture.part<QPushButton>("cancelJob");
    QTest::keyClick(cancel, Qt::Key_Space);
    QCOMPARE(fixture.fake.cancelled, std::vector<JobId>{id});
    QVERIFY(!cancel->isEnabled());
    fixture.fake.outcome.settle(fail(cancelled()));
    QTest::qWait(20);
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Board)); // until it is clean
    fixture.fake.cancelOutcome.settle(Result<>());
    QTRY_COMPARE(fixture.page->step(), static_cast<int>(IssuePage::Dns));
    QCOMPARE(fixture.page->form().asciiNames(), QStringList{QStringLiteral("example.org")});
}

void TstIssuePage::aFailureCanBeTakenUpAgain()
{
    Fixture fixture;
    fixture.open();
    const JobId id = fixture.start();
    fixture.fake.outcome.settle(fail(Error::Kind::DnsNotReady, QStringLiteral("ns4 lags")));
    auto *again = fixture.page->findChild<BoardStep *>()->findChild<QPushButton *>(
        QStringLiteral("errorAction"));
    QTRY_VERIFY(again->isVisible());
    fixture.fake.outcome = {};
    QTest::keyClick(again, Qt::Key_Space);
    QCOMPARE(fixture.fake.resumed, std::vector<JobId>{id});
}

void TstIssuePage::aJobGoesOnWhenAnotherIsFilledIn()
{
    Fixture fixture;
    fixture.open();
    const JobId first = fixture.start();
    QTest::keyClick(fixture.page.get(), Qt::Key_N, Qt::ControlModifier);
    QTRY_COMPARE(fixture.page->step(), static_cast<int>(IssuePage::Names));
    QVERIFY(fixture.fake.cancelled.empty());
    QCOMPARE(fixture.page->badge(), QStringLiteral("1"));
    IssuanceResult result;
    result.jobId = first;
    fixture.fake.outcome.settle(result);
    QTest::qWait(20);
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Names)); // not torn away
}

void TstIssuePage::beginsWithNamesThatItIsOpenedWith()
{
    Fixture fixture;
    fixture.open();
    fixture.start();
    fixture.page->open(QStringLiteral("names:*.example.net xn--bcher-kva.example"));
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Names));
    QVERIFY(!fixture.page->job().isValid());
    QCOMPARE(fixture.page->form().names.names.size(), std::size_t(2));
    fixture.page->next();
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Ca));
}

void TstIssuePage::opensAJobByItsId()
{
    Fixture fixture;
    JobRecord job;
    job.id = JobId::make();
    job.request.names = QStringList{QStringLiteral("example.net")};
    job.step = QStringLiteral("propagation");
    fixture.fake.jobs = {job};
    fixture.fake.board = pictureBoard(fixture.clock.utcNow());
    fixture.open();
    fixture.page->open(job.id.text());
    QTRY_COMPARE(fixture.page->step(), static_cast<int>(IssuePage::Board));
    QCOMPARE(fixture.page->findChild<BoardStep *>()->model().rowCount(), 10);
    fixture.page->open(QStringLiteral("nonsense"));
    QCOMPARE(fixture.page->job(), job.id);
    CertificateRecord certificate;
    certificate.jobId = job.id;
    certificate.names = job.request.names;
    fixture.page->issued(certificate);
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Done));
}

void TstIssuePage::offersInterruptedJobs()
{
    Fixture fixture;
    JobRecord job;
    job.id = JobId::make();
    job.request.names = QStringList{QStringLiteral("example.net")};
    job.updatedAt = fixture.clock.utcNow();
    fixture.fake.interruptedJobs = {job};
    fixture.open();
    auto *resume = fixture.part<QPushButton>("resumeInterrupted");
    QTRY_VERIFY(resume->isVisible());
    QTest::keyClick(resume, Qt::Key_Space);
    QCOMPARE(fixture.fake.resumed, std::vector<JobId>{job.id});
    QCOMPARE(fixture.page->step(), static_cast<int>(IssuePage::Board));
    QVERIFY(!resume->isVisible());
}

void TstIssuePage::R05_switchesTheProviderOfTheSameOrder()
{
    Fixture fixture;
    CredentialRecord other = fixture.fake.credentials.front();
    other.name = QStringLiteral("R&D");
    fixture.fake.credentials.push_back(other);
    fixture.open();
    const JobId id = fixture.start();
    fixture.page->boardChanged(id, pictureBoard(fixture.clock.utcNow()));
    auto *button = fixture.part<QPushButton>("switchProvider");
    QVERIFY(button->isEnabled());
    QCOMPARE(fixture.choices(),
             QStringList({QStringLiteral("R&&D"), QStringLiteral("By hand (manual TXT)")}));
    fixture.choose(QStringLiteral("R&&D"));
    QCOMPARE(fixture.fake.switched.size(), 1);
    QCOMPARE(fixture.fake.switched[0].first, id);
    QCOMPARE(fixture.fake.switched[0].second, QStringLiteral("R&D"));
    QVERIFY(!button->isEnabled()); // one at a time
    QVERIFY(fixture.part<QLabel>("boardHeadline")->text().contains(QStringLiteral("R&D")));

    // The run before ends, and its job is put aside: neither is a failure to show.
    fixture.fake.outcome.settle(fail(cancelled()));
    JobRecord aside;
    aside.id = id;
    aside.request = fixture.fake.issued.back();
    aside.state = JobRecord::State::Paused;
    aside.error = cancelled();
    fixture.page->jobChanged(aside);
    QTest::qWait(20);
    QVERIFY(!fixture.boardFailed());

    JobRecord again = aside;
    again.state = JobRecord::State::Running;
    again.error.reset();
    again.request.credential = QStringLiteral("R&D");
    again.step = QStringLiteral("publish");
    fixture.page->jobChanged(again);
    QCOMPARE(fixture.part<QLabel>("boardHeadline")->text(),
             QStringLiteral("Publishing the record"));
    QVERIFY(fixture.choices().contains(QStringLiteral("bind-primary")));
    IssuanceResult result;
    result.jobId = id;
    result.certificate.names = QStringList{QStringLiteral("example.org")};
    fixture.fake.switchOutcome.settle(result);
    QTRY_COMPARE(fixture.page->step(), static_cast<int>(IssuePage::Done));
}

void TstIssuePage::R05_saysWhyASwitchWasRefused()
{
    Fixture fixture;
    fixture.open();
    const JobId id = fixture.start();
    fixture.fake.board = pictureBoard(fixture.clock.utcNow());
    fixture.page->boardChanged(id, *fixture.fake.board);
    fixture.choose(QStringLiteral("By hand (manual TXT)"));
    QCOMPARE(fixture.fake.switched.value(0).second, QString());
    Error error;
    error.kind = Error::Kind::Conflict;
    error.detail = QStringLiteral("the CA is validating already");
    fixture.fake.switchOutcome.settle(fail(error));
    const auto says = [&fixture, &error] {
        for (const QLabel *label : fixture.page->findChildren<QLabel *>())
            if (label->isVisible() && label->text().contains(error.detail, Qt::CaseInsensitive))
                return true;
        return false;
    };
    QTRY_VERIFY(says());
    // The job goes on as before, and its board is shown.
    QCOMPARE(fixture.part<QLabel>("boardHeadline")->text(),
             QStringLiteral("Waiting for 1 of 4 name servers"));
    QVERIFY(fixture.part<QPushButton>("cancelJob")->isEnabled());
}

void TstIssuePage::R05_switchesAJobThatHasFailed()
{
    Fixture fixture;
    fixture.open();
    const JobId id = fixture.start();
    Error error;
    error.kind = Error::Kind::Network;
    error.detail = QStringLiteral("the provider answers 503");
    fixture.fake.outcome.settle(fail(error));
    JobRecord failed;
    failed.id = id;
    failed.request = fixture.fake.issued.back();
    failed.state = JobRecord::State::Paused;
    failed.error = error;
    fixture.page->jobChanged(failed);
    QTRY_VERIFY(fixture.boardFailed());
    QVERIFY(fixture.part<QPushButton>("switchProvider")->isEnabled());
    fixture.choose(QStringLiteral("By hand (manual TXT)"));
    QCOMPARE(fixture.fake.switched.size(), 1);
    QCOMPARE(fixture.fake.switched[0].first, id);
    QVERIFY(!fixture.boardFailed());
}

void TstIssuePage::saysOnTheLastPageWhatWasRisky()
{
    Fixture fixture;
    fixture.open();
    const JobId id = fixture.start();
    fixture.page->boardChanged(id, closedBoard(fixture.clock.utcNow(), true));
    IssuanceResult result;
    result.jobId = id;
    result.certificate.names = QStringList{QStringLiteral("example.org")};
    fixture.fake.outcome.settle(result);
    QTRY_COMPARE(fixture.page->step(), static_cast<int>(IssuePage::Done));
    auto *risk = fixture.part<NoteBar>("doneRisk");
    QVERIFY(risk->isVisible());
    QVERIFY(risk->note().contains(QStringLiteral("Port 53")));
}

void TstIssuePage::pageMayDieWhileAJobRuns()
{
    Fixture fixture;
    fixture.open();
    fixture.start();
    fixture.page.reset();
    fixture.fake.outcome.settle(IssuanceResult());
    QTest::qWait(20); // nobody speaks to the dead page
    QVERIFY(fixture.fake.cancelled.empty());
}

void TstIssuePage::everyStepIsNamed()
{
    Fixture fixture;
    fixture.open();
    QCOMPARE(withoutAccessibleName(fixture.page.get()).join(QLatin1Char(';')), QString());
}

QTEST_MAIN(TstIssuePage)
#include "tst_issuepage.moc"
