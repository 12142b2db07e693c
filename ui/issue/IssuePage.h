// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/issue/IssueForm.h"
#include "ui/issue/IssueServices.h"
#include "ui/widgets/Page.h"

#include <QSet>

class QAction;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace sealbook {

class BoardStep;
class CaStep;
class Clock;
class Dialogs;
class DnsStep;
class DoneStep;
class ErrorPanel;
class InterruptedBar;
class NamesStep;
class StepRail;

// The issue page: names, CA and key, DNS, board, done. It fills a form, hands a request to
// IssuanceService and shows what comes back; the job lives in the service and goes on when the page
// is left. open() takes a job's id, or names to begin with: "names:example.org www.example.org".
// Owned by MainWindow.
class IssuePage : public Page
{
    Q_OBJECT

public:
    enum Step : int { Names, Ca, Dns, Board, Done };

    IssuePage(IssuanceService &issuance, AccountService &accounts, CredentialService &credentials,
              Dialogs &dialogs, const Clock &clock, QWidget *parent = nullptr);
    // The same on functions; who uses it tells the page of jobs by the slots below.
    IssuePage(IssueServices services, Dialogs &dialogs, const Clock &clock,
              QWidget *parent = nullptr);
    ~IssuePage() override;

    void jobChanged(const JobRecord &job);
    void boardChanged(const JobId &id, const BoardState &board);
    void issued(const CertificateRecord &certificate);
    void reloadChoices(); // CAs, accounts or credentials have changed

    [[nodiscard]] int step() const;
    [[nodiscard]] IssueForm form() const;
    [[nodiscard]] JobId job() const { return m_job; }
    void next();
    void back();
    void startOver();

    void open(const QString &subject) override;
    void activated() override;
    [[nodiscard]] QList<QWidget *> areas() const override;
    [[nodiscard]] QWidget *firstFocus() const override;

private:
    void buildParts();
    void buildActions();
    QWidget *makeFoot();
    void connectSteps();
    void goTo(int step);
    void refresh();
    void showProblem(const QString &text);
    void start();
    void watch(Task<IssuanceResult> task);
    void ended(const Result<IssuanceResult> &result);
    void showJob(const JobRecord &job);
    void resumeJob();
    void cancelJob();
    void switchProvider(const QString &credential);
    void loadCredentials();
    void lookForInterrupted();

    IssueServices m_services;
    Dialogs &m_dialogs;
    const Clock &m_clock;
    std::stop_source m_stop; // of questions that only this page asks; never of a job

    JobId m_job;
    IssuanceRequest m_request; // of the job that is shown
    bool m_starting = false; // issue() was called, its job's id is not known yet
    bool m_busy = false; // an account is being opened
    bool m_cancelling = false;
    std::optional<QString> m_switchingTo; // the credential, until the job goes on
    int m_watched = 0; // which task may still speak
    bool m_lookedForInterrupted = false;
    QSet<JobId> m_running;

    StepRail *m_rail = nullptr;
    InterruptedBar *m_interrupted = nullptr;
    ErrorPanel *m_error = nullptr;
    QStackedWidget *m_steps = nullptr;
    NamesStep *m_names = nullptr;
    CaStep *m_ca = nullptr;
    DnsStep *m_dns = nullptr;
    BoardStep *m_board = nullptr;
    DoneStep *m_done = nullptr;
    QWidget *m_foot = nullptr;
    QPushButton *m_backButton = nullptr;
    QPushButton *m_nextButton = nullptr;
    QLabel *m_problem = nullptr;
    QAction *m_nextAction = nullptr;
    QAction *m_backAction = nullptr;
    QAction *m_log = nullptr;
    QAction *m_why = nullptr;
    QAction *m_another = nullptr;
};

} // namespace sealbook
