// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/IssuePage.h"

#include "core/base/Clock.h"
#include "ui/issue/BoardStep.h"
#include "ui/issue/CaStep.h"
#include "ui/issue/DnsStep.h"
#include "ui/issue/DoneStep.h"
#include "ui/issue/InterruptedBar.h"
#include "ui/issue/NamesStep.h"
#include "ui/issue/StepRail.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sealbook {

namespace {

QString namesText(const QStringList &names)
{
    if (names.size() <= 3)
        return names.join(QStringLiteral(", "));
    return QStringLiteral("%1 +%2")
        .arg(names.mid(0, 2).join(QStringLiteral(", ")))
        .arg(names.size() - 2);
}

} // namespace

IssuePage::IssuePage(IssueServices services, Dialogs &dialogs, const Clock &clock, QWidget *parent)
    : Page(QStringLiteral("issue"), tr("Issue"), parent)
    , m_services(std::move(services))
    , m_dialogs(dialogs)
    , m_clock(clock)
{
    buildActions();
    buildParts();
    connectSteps();
    goTo(Names);
}

IssuePage::~IssuePage()
{
    m_stop.request_stop();
}

void IssuePage::buildActions()
{
    m_another = new QAction(houseIcon(QStringLiteral("plus")), tr("New"), this);
    m_another->setToolTip(tr("Fill in another request; a running job goes on"));
    m_another->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_N));
    connect(m_another, &QAction::triggered, this, &IssuePage::startOver);
    m_why = new QAction(houseIcon(QStringLiteral("help")), tr("Why"), this);
    m_why->setToolTip(tr("Why is this taking long?"));
    m_why->setCheckable(true);
    connect(m_why, &QAction::toggled, this, [this](bool on) { m_board->setWhyVisible(on); });
    m_log = new QAction(houseIcon(QStringLiteral("activity")), tr("Step log"), this);
    connect(m_log, &QAction::triggered, this,
            [this] { Q_EMIT pageWanted(QStringLiteral("activity"), m_job.text()); });
    for (QAction *action : {m_another, m_why, m_log})
        addToolAction(action);

    m_nextAction = new QAction(tr("Next step"), this);
    m_nextAction->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    connect(m_nextAction, &QAction::triggered, this, &IssuePage::next);
    m_backAction = new QAction(tr("Previous step"), this);
    m_backAction->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Left));
    connect(m_backAction, &QAction::triggered, this, &IssuePage::back);
    auto *check = new QAction(tr("Check the name servers now"), this);
    check->setShortcut(QKeySequence(Qt::Key_F5));
    connect(check, &QAction::triggered, this, [this] {
        if (m_job.isValid())
            m_services.checkNow(m_job);
    });
    for (QAction *action : {m_nextAction, m_backAction, check})
        addAction(action);
}

void IssuePage::buildParts()
{
    auto *body = new QWidget(this);
    auto *columns = new QHBoxLayout(body);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    m_rail =
        new StepRail({tr("Names"), tr("CA and key"), tr("DNS"), tr("Board"), tr("Done")}, body);
    columns->addWidget(m_rail);
    columns->addWidget(new Line(Qt::Vertical, body));
    auto *main = new QVBoxLayout;
    main->setSpacing(0);
    m_interrupted = new InterruptedBar(body);
    main->addWidget(m_interrupted);
    m_error = new ErrorPanel(body);
    main->addWidget(m_error);
    m_steps = new QStackedWidget(body);
    m_names = new NamesStep(m_steps);
    m_ca = new CaStep(m_services, m_dialogs, m_steps);
    m_dns = new DnsStep(m_services, m_steps);
    m_board = new BoardStep(m_clock, m_steps);
    m_done = new DoneStep(m_steps);
    for (QWidget *step : std::initializer_list<QWidget *>{m_names, m_ca, m_dns, m_board, m_done})
        m_steps->addWidget(step);
    main->addWidget(m_steps, 1);
    main->addWidget(makeFoot());
    columns->addLayout(main, 1);
    setBody(body);
}

QWidget *IssuePage::makeFoot()
{
    m_foot = new QWidget(this);
    auto *layout = new QVBoxLayout(m_foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new Line(Qt::Horizontal, m_foot));
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 10, 16, 10);
    row->setSpacing(12);
    m_problem = makeLabel(LabelKind::Body, {}, m_foot, true);
    m_problem->setObjectName(QStringLiteral("stepProblem"));
    Theme::setState(m_problem, StateRole::Crit);
    m_backButton = new QPushButton(tr("&Back"), m_foot);
    m_backButton->setObjectName(QStringLiteral("back"));
    m_nextButton = new QPushButton(tr("&Next"), m_foot);
    m_nextButton->setObjectName(QStringLiteral("next"));
    for (QPushButton *button : {m_backButton, m_nextButton}) {
        button->setMinimumSize(96, 28);
        button->setAutoDefault(true);
    }
    m_nextButton->setDefault(true);
    row->addWidget(m_problem, 1);
    row->addWidget(m_backButton);
    row->addWidget(m_nextButton);
    layout->addLayout(row);
    connect(m_backButton, &QPushButton::clicked, this, &IssuePage::back);
    connect(m_nextButton, &QPushButton::clicked, this, &IssuePage::next);
    return m_foot;
}

void IssuePage::connectSteps()
{
    connect(m_names, &NamesStep::changed, this, [this] {
        m_dns->setNames(m_names->names().names);
        refresh();
    });
    connect(m_ca, &CaStep::changed, this, &IssuePage::refresh);
    connect(m_dns, &DnsStep::changed, this, &IssuePage::refresh);
    connect(m_ca, &CaStep::nextWanted, this, &IssuePage::next);
    connect(m_dns, &DnsStep::nextWanted, this, &IssuePage::next);
    connect(m_dns, &DnsStep::addCredentialWanted, this,
            [this] { Q_EMIT pageWanted(QStringLiteral("credentials"), QStringLiteral("add")); });
    connect(m_rail, &StepRail::chosen, this, &IssuePage::goTo);
    connect(m_board, &BoardStep::checkNowWanted, this, [this] {
        if (m_job.isValid())
            m_services.checkNow(m_job);
    });
    connect(m_board, &BoardStep::switchWanted, this, &IssuePage::switchProvider);
    connect(m_board, &BoardStep::askResolverWanted, this, [this](const BoardRow &row) {
        if (m_job.isValid())
            m_services.askResolver(m_job, row);
    });
    connect(m_board, &BoardStep::cancelWanted, this, &IssuePage::cancelJob);
    connect(m_board, &BoardStep::resumeWanted, this, &IssuePage::resumeJob);
    connect(m_done, &DoneStep::showWanted, this, [this](const QString &sha256) {
        Q_EMIT pageWanted(QStringLiteral("certificates"), sha256);
    });
    connect(m_done, &DoneStep::anotherWanted, this, &IssuePage::startOver);
    connect(m_interrupted, &InterruptedBar::activityWanted, this,
            [this] { Q_EMIT pageWanted(QStringLiteral("activity")); });
    connect(m_interrupted, &InterruptedBar::resumeWanted, this, [this](const JobRecord &job) {
        showJob(job);
        resumeJob();
    });
}

int IssuePage::step() const
{
    return m_steps->currentIndex();
}

IssueForm IssuePage::form() const
{
    IssueForm form;
    form.names = m_names->names();
    m_ca->writeTo(form);
    m_dns->writeTo(form);
    return form;
}

void IssuePage::goTo(int step)
{
    m_steps->setCurrentIndex(step);
    m_foot->setVisible(step < Board);
    m_error->clear();
    showProblem({});
    if (step == Ca)
        m_ca->askChosen();
    refresh();
    if (QWidget *focus = firstFocus(); focus != nullptr && isVisible())
        focus->setFocus(Qt::OtherFocusReason);
}

void IssuePage::refresh()
{
    const int now = step();
    const IssueForm filled = form();
    const bool shown = now >= Board;
    const QStringList names = shown ? m_request.names : filled.asciiNames();
    const int count = static_cast<int>(filled.names.names.size());
    if (!shown) {
        m_rail->setSummary(Names, count == 0 ? QString() : tr("%n names", nullptr, count));
        m_rail->setSummary(Ca, filled.ca && now > Names ? filled.ca->name : QString());
        m_rail->setSummary(Dns,
                           now > Ca && filled.credentialChosen
                               ? (filled.credential.isEmpty() ? tr("by hand") : filled.credential)
                               : QString());
        m_rail->setSummary(Board, {});
    } else {
        m_rail->setSummary(Board, m_board->summary());
    }
    const bool running = m_starting || m_running.contains(m_job);
    m_rail->setCurrent(now);
    // While a job runs nothing of it can be changed; before, the steps up to here are open.
    if (now >= Board && (running || now == Done))
        m_rail->setReachable(now, now);
    else
        m_rail->setReachable(Names, std::min<int>(now, Dns));
    m_rail->setAllDone(now == Done);
    setSubtitle(namesText(names));
    setDetail(shown && filled.ca
                  ? QStringLiteral("%1, %2").arg(filled.ca->name, keyTypeText(m_request.keyType))
                  : QString());
    m_backButton->setVisible(now > Names);
    m_nextButton->setText(now == Dns ? tr("&Issue") : tr("&Next"));
    m_nextButton->setEnabled(!m_busy);
    m_nextAction->setEnabled(now < Board && !m_busy);
    m_backAction->setEnabled(now > Names && now < Board);
    m_log->setEnabled(m_job.isValid() && shown);
    m_log->setVisible(m_job.isValid() && shown);
    m_why->setVisible(now == Board);
    m_why->setChecked(m_board->isWhyVisible());
    m_another->setVisible(shown);
    setBadge(m_running.isEmpty() ? QString() : QString::number(m_running.size()),
             m_running.isEmpty() ? std::nullopt : std::optional<Glyph>(Glyph::NotYet));
}

void IssuePage::showProblem(const QString &text)
{
    m_problem->setText(text);
    m_problem->setAccessibleName(text);
}

void IssuePage::next()
{
    if (m_busy || step() >= Board)
        return;
    m_names->checkNow();
    const IssueForm filled = form();
    const auto problems = step() == Names ? filled.namesProblems()
        : step() == Ca                    ? filled.caProblems()
                                          : filled.problems();
    if (!problems.empty()) {
        showProblem(IssueForm::text(problems.front()));
        return;
    }
    if (step() == Ca && m_ca->needsAccount()) {
        m_busy = true;
        refresh();
        m_ca->openAccount([this](bool opened) {
            m_busy = false;
            refresh();
            if (opened)
                goTo(Dns);
        });
        return;
    }
    if (step() == Dns)
        start();
    else
        goTo(step() + 1);
}

void IssuePage::back()
{
    if (step() > Names && step() < Board)
        goTo(step() - 1);
}

void IssuePage::startOver()
{
    ++m_watched; // the job before goes on, but it is not shown any more
    m_job = {};
    m_starting = false;
    m_cancelling = false;
    m_switchingTo.reset();
    m_names->setText({});
    goTo(Names);
}

void IssuePage::start()
{
    const IssueForm filled = form();
    m_request = filled.request();
    const std::vector<Error> problems = m_services.problems(m_request);
    if (!problems.empty()) {
        m_error->showError(problems.front());
        return;
    }
    m_job = {};
    m_starting = true;
    m_board->begin(m_request.names, filled.ca ? filled.ca->name : QString(), m_request.credential);
    goTo(Board);
    Task<IssuanceResult> running = m_services.issue(m_request, std::stop_token());
    watch(std::move(running));
}

void IssuePage::watch(Task<IssuanceResult> task)
{
    const int mine = ++m_watched;
    QCoro::connect(std::move(task), this, [this, mine](const Result<IssuanceResult> &result) {
        if (mine == m_watched)
            ended(result);
    });
}

void IssuePage::ended(const Result<IssuanceResult> &result)
{
    m_starting = false;
    if (m_cancelling)
        return; // cancelJob() says how it ended
    if (!result) {
        const bool canResume = m_job.isValid();
        m_board->setFailed(result.error(), canResume);
        refresh();
        return;
    }
    m_job = result->jobId;
    m_done->show(result->certificate, result->requests, result->elapsed);
    m_done->setRisk(m_board->risk());
    goTo(Done);
}

void IssuePage::jobChanged(const JobRecord &job)
{
    if (job.state == JobRecord::State::Running)
        m_running.insert(job.id);
    else
        m_running.remove(job.id);
    if (m_starting && !m_job.isValid() && job.request == m_request
        && job.state == JobRecord::State::Running)
        m_job = job.id;
    if (job.id == m_job && m_switchingTo) {
        const bool goesOn =
            job.state == JobRecord::State::Running && job.request.credential == *m_switchingTo;
        if (!goesOn) {
            refresh();
            return;
        }
        m_switchingTo.reset();
        m_request = job.request;
        m_board->goOnWith(job.request.credential);
    }
    if (job.id == m_job && step() == Board) {
        m_board->setJobStep(job.step);
        const bool stopped =
            job.state == JobRecord::State::Failed || job.state == JobRecord::State::Paused;
        if (stopped && job.error && !m_cancelling)
            m_board->setFailed(*job.error, true);
    }
    refresh();
}

void IssuePage::boardChanged(const JobId &id, const BoardState &board)
{
    if (id != m_job || step() != Board)
        return;
    m_board->setBoard(board);
    m_rail->setSummary(Board, m_board->summary());
}

void IssuePage::issued(const CertificateRecord &certificate)
{
    // A job that this page did not start itself (resumed by Activity) ends here as well.
    if (!certificate.jobId.isValid() || certificate.jobId != m_job || step() != Board)
        return;
    m_done->show(certificate, 0, std::chrono::milliseconds(0));
    m_done->setRisk(m_board->risk());
    goTo(Done);
}

void IssuePage::open(const QString &subject)
{
    const QString names = QStringLiteral("names:");
    if (subject.startsWith(names)) {
        startOver();
        m_names->setText(subject.mid(names.size()).replace(QLatin1Char(' '), QLatin1Char('\n')));
        m_names->checkNow();
        return;
    }
    const JobId id = JobId::fromText(subject);
    if (!id.isValid() || (id == m_job && step() >= Board))
        return;
    Task<std::vector<JobRecord>> reading = m_services.jobs();
    QCoro::connect(std::move(reading), this,
                   [this, id](const Result<std::vector<JobRecord>> &jobs) {
                       if (!jobs)
                           return;
                       for (const JobRecord &job : *jobs) {
                           if (job.id == id)
                               showJob(job);
                       }
                   });
}

void IssuePage::showJob(const JobRecord &job)
{
    ++m_watched;
    m_starting = false;
    m_cancelling = false;
    m_switchingTo.reset();
    m_job = job.id;
    m_request = job.request;
    m_board->begin(job.request.names, job.request.caId, job.request.credential);
    goTo(Board);
    m_board->setJobStep(job.step);
    m_rail->setSummary(Names, tr("%n names", nullptr, static_cast<int>(job.request.names.size())));
    m_rail->setSummary(Ca, job.request.caId);
    m_rail->setSummary(Dns,
                       job.request.credential.isEmpty() ? tr("by hand") : job.request.credential);
    if (const std::optional<BoardState> board = m_services.board(job.id))
        m_board->setBoard(*board);
    if (job.error && job.state != JobRecord::State::Running)
        m_board->setFailed(*job.error, true);
    refresh();
}

void IssuePage::resumeJob()
{
    if (!m_job.isValid()) {
        goTo(Dns);
        return;
    }
    m_board->begin(m_request.names, m_request.caId, m_request.credential);
    Task<IssuanceResult> running = m_services.resume(m_job, std::stop_token());
    watch(std::move(running));
    refresh();
}

void IssuePage::cancelJob()
{
    if (!m_job.isValid()) {
        goTo(Dns);
        return;
    }
    m_cancelling = true;
    m_board->setCancelling();
    Task<> cancelling = m_services.cancel(m_job);
    QCoro::connect(std::move(cancelling), this, [this](const Result<> &cancelled) {
        m_cancelling = false;
        if (!cancelled) {
            m_board->setFailed(cancelled.error(), true);
            refresh();
            return;
        }
        ++m_watched;
        m_job = {};
        goTo(m_names->names().names.empty() ? Names : Dns);
        showProblem(tr("Cancelled. What was published is removed."));
    });
}

// R05: the same order, another way into DNS.
void IssuePage::switchProvider(const QString &credential)
{
    if (!m_job.isValid() || m_cancelling || m_switchingTo)
        return;
    const int mine = ++m_watched;
    m_switchingTo = credential;
    m_error->clear();
    m_board->setSwitching(credential);
    Task<IssuanceResult> going = m_services.switchTo(m_job, credential, std::stop_token());
    QCoro::connect(std::move(going), this, [this, mine](const Result<IssuanceResult> &result) {
        if (mine != m_watched)
            return;
        const bool neverWent = m_switchingTo.has_value();
        m_switchingTo.reset();
        // Refused while the job goes on as before: it is told by the service's signals.
        if (!result && neverWent && m_running.contains(m_job)) {
            m_error->showError(result.error());
            m_board->goOnWith(m_request.credential);
            if (const std::optional<BoardState> board = m_services.board(m_job))
                m_board->setBoard(*board);
            return;
        }
        ended(result);
    });
}

void IssuePage::loadCredentials()
{
    Task<std::vector<CredentialRecord>> reading = m_services.credentials();
    QCoro::connect(std::move(reading), this,
                   [this](const Result<std::vector<CredentialRecord>> &found) {
                       if (found)
                           m_board->setCredentials(*found);
                   });
}

void IssuePage::reloadChoices()
{
    m_ca->load();
    m_dns->load();
    loadCredentials();
}

void IssuePage::activated()
{
    reloadChoices();
    lookForInterrupted();
    if (QWidget *focus = firstFocus())
        focus->setFocus(Qt::OtherFocusReason);
}

void IssuePage::lookForInterrupted()
{
    if (m_lookedForInterrupted)
        return;
    m_lookedForInterrupted = true;
    Task<std::vector<JobRecord>> reading = m_services.interrupted();
    QCoro::connect(std::move(reading), this, [this](const Result<std::vector<JobRecord>> &jobs) {
        if (jobs)
            m_interrupted->setJobs(*jobs);
    });
}

QList<QWidget *> IssuePage::areas() const
{
    QList<QWidget *> all{Page::areas().first(), m_rail};
    if (step() == Board)
        all.append(m_board->areas());
    else
        all.append({m_steps, m_foot});
    return all;
}

QWidget *IssuePage::firstFocus() const
{
    switch (step()) {
    case Names:
        return m_names->firstFocus();
    case Ca:
        return m_ca->firstFocus();
    case Dns:
        return m_dns->firstFocus();
    case Board:
        return m_board->firstFocus();
    default:
        return m_done->firstFocus();
    }
}

} // namespace sealbook
