// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Desktop.h"

#include "app/PracticeSession.h"
#include "app/Services.h"
#include "app/SingleInstance.h"
#include "app/Versions.h"
#include "core/base/Log.h"
#include "core/dns/SystemResolver.h"
#include "core/governance/AuditLog.h"
#include "core/governance/CredentialService.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/InventoryService.h"
#include "core/inventory/WatchService.h"
#include "core/issuance/IssuanceService.h"
#include "core/issuance/MachineCheck.h"
#include "core/store/BackupService.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "ui/activity/ActivityPage.h"
#include "ui/certificates/CertificatesPage.h"
#include "ui/credentials/CredentialsPage.h"
#include "ui/issue/IssuePage.h"
#include "ui/overview/FirstRunPage.h"
#include "ui/overview/OverviewPage.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/TrayIcon.h"
#include "ui/timeline/TimelinePage.h"
#include "ui/watch/AlarmTeller.h"
#include "ui/watch/WatchPage.h"
#include "ui/widgets/ErrorText.h"
#include "ui/widgets/QtDialogs.h"
#include "ui/widgets/TimeText.h"

#include <QApplication>
#include <QMessageBox>
#include <QPointer>
#include <QProcess>
#include <QProgressDialog>

namespace sealbook {

namespace {
constexpr int practiceSteps = 6;
// How long a closed window may live on for its jobs' records; a resume does the rest.
constexpr std::chrono::seconds pauseLimit{20};
constexpr std::chrono::seconds openingLimit{40};
} // namespace

Desktop::Desktop(GlobalOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_dialogs(std::make_unique<QtDialogs>())
{
}

Desktop::~Desktop() = default;

bool Desktop::isFirst()
{
    // Each practice window has a profile of its own; only real profiles are shared.
    if (m_options.practice)
        return true;
    m_instance = std::make_unique<SingleInstance>(m_options.home);
    if (m_instance->send(QByteArrayLiteral("raise")))
        return false;
    // Another may have been faster in this moment; a window without the socket is better than none.
    if (!m_instance->listen())
        return !m_instance->send(QByteArrayLiteral("raise"));
    connect(m_instance.get(), &SingleInstance::received, this, &Desktop::onWord);
    return true;
}

void Desktop::onWord(const QByteArray &word)
{
    if (!m_window)
        return;
    if (word == "raise") {
        showWindow();
    } else if (word == "lock" && m_services) {
        m_services->vault().lock();
        followKeychain();
    }
}

void Desktop::showWindow()
{
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
}

void Desktop::start(std::stop_token stop)
{
    if (m_ending.stop_requested())
        return;
    m_opening.emplace();
    Task<> opening = open(stop);
    QCoro::connect(std::move(opening), this, [this](const Result<> &opened) {
        m_opening->settle({});
        if (m_ending.stop_requested())
            return; // close() has been waiting for this
        if (opened) {
            buildWindow();
            return;
        }
        const QString backup = opened.error().evidence.value(QStringLiteral("backup")).toString();
        if (!backup.isEmpty()) {
            offerBackup(opened.error(), backup);
            return;
        }
        if (opened.error().kind != Error::Kind::Cancelled) {
            tellCannotStart(opened.error());
            return;
        }
        Q_EMIT closeWanted(); // which clears away what was begun
    });
}

void Desktop::tellCannotStart(const Error &why)
{
    auto *box = new QMessageBox(QMessageBox::Critical, tr("Sealbook cannot start"),
                                why.detail + QStringLiteral("\n\n") + why.advice);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    connect(box, &QMessageBox::finished, qApp, [] { QCoreApplication::exit(1); });
    box->open();
}

// B61. The damaged file is kept whatever the answer is.
void Desktop::offerBackup(const Error &why, const QString &backup)
{
    const QString taken = why.evidence.value(QStringLiteral("backup_taken_at")).toString();
    Dialogs::Question question;
    question.title = tr("This profile is damaged");
    question.text = tr("Go back to the backup of %1?")
                        .arg(TimeText::exact(QDateTime::fromString(taken, Qt::ISODate), false));
    question.detail = why.detail + QStringLiteral("\n\n")
        + tr("What was changed since then is not in it. The damaged file is kept.");
    question.accept = tr("Restore");
    question.destructive = true;
    m_dialogs->ask(nullptr, question, [this, backup](bool yes) {
        if (!yes) {
            Q_EMIT closeWanted();
            return;
        }
        Task<RestoreReport> restoring =
            BackupService::restore(backup, Services::databaseFile(m_options), {});
        QCoro::connect(std::move(restoring), this, [this](const Result<RestoreReport> &report) {
            if (!report) {
                tellCannotStart(report.error());
                return;
            }
            m_hasRestored = true;
            start(m_ending.get_token());
        });
    });
}

Task<> Desktop::open(std::stop_token stop)
{
    if (m_options.practice) {
        const auto practising = co_await openPractice(stop);
        if (!practising)
            co_return fail(practising.error());
    }
    std::optional<PracticeFacts> facts;
    GlobalOptions options = m_options;
    if (m_practice) {
        facts = m_practice->facts();
        options = m_practice->options(m_options);
    }
    Task<std::unique_ptr<Services>> opening =
        Services::open(options, ServiceLevel::Profile, facts, stop);
    auto services = co_await std::move(opening);
    if (!services)
        co_return fail(services.error());
    m_services = std::move(*services);
    if (std::exchange(m_hasRestored, false)) {
        const auto pinned = co_await m_services->audit().pinRestored(stop);
        if (!pinned)
            logWarning("after restoring a backup: {}", describe(pinned.error()));
    }
    if (m_practice)
        co_return co_await m_practice->prepare(*m_services, stop);
    co_return Result<>();
}

Task<> Desktop::openPractice(std::stop_token stop)
{
    m_practice = std::make_unique<PracticeSession>(m_options.home);
    std::stop_source ownStop;
    const std::stop_callback forward(stop, [ownStop]() mutable { ownStop.request_stop(); });
    QProgressDialog progress(tr("Starting the practice CA and its name servers…"), tr("Cancel"), 0,
                             practiceSteps);
    progress.setWindowTitle(tr("Sealbook practice"));
    progress.setMinimumDuration(300);
    connect(&progress, &QProgressDialog::canceled, &progress,
            [ownStop]() mutable { ownStop.request_stop(); });
    ProgressSink sink = [&progress](const Progress &step) {
        progress.setMaximum(step.of);
        progress.setValue(step.step);
    };
    Task<> beginning = m_practice->begin(sink, ownStop.get_token());
    co_return co_await std::move(beginning);
}

void Desktop::buildWindow()
{
    WindowServices services;
    services.issuance = &m_services->issuance();
    services.audit = &m_services->audit();
    services.profileName = tr("Default");
    services.settingsFile = m_services->options().home + QStringLiteral("/window.ini");
    services.practice = m_services->isPractice();
    m_window = std::make_unique<MainWindow>(services);
    connect(m_window.get(), &MainWindow::aboutToClose, this, &Desktop::closeWanted);
    addPages();
    followKeychain();
    followEmptiness();
    showInterrupted();
    m_window->show();
}

void Desktop::addPages()
{
    Services &core = *m_services;
    Clock &clock = core.clock();
    addOverviewPage();
    auto certificates = std::make_unique<CertificatesPage>(core.certificates(), core.inventory(),
                                                           clock, *m_dialogs);
    CertificatesPage &certificatesPage = *certificates;
    certificatesPage.useWatch(core.watch());
    certificatesPage.useRevocation(core.revocation());
    certificatesPage.useCredentials(core.credentials());
    m_window->addPage(std::move(certificates), QStringLiteral("certificate"));
    addTimelinePage();
    m_window->addPage(std::make_unique<IssuePage>(core.issuance(), core.accounts(),
                                                  core.credentials(), *m_dialogs, clock),
                      QStringLiteral("issue"));
    m_window->addPage(std::make_unique<CredentialsPage>(core.credentials(), core.certificates(),
                                                        clock, *m_dialogs),
                      QStringLiteral("key"));
    auto watch = std::make_unique<WatchPage>(core.watch(), clock);
    WatchPage &watchPage = *watch;
    m_window->addPage(std::move(watch), QStringLiteral("eye"));
    connect(&core.inventory(), &InventoryService::changed, &watchPage, &WatchPage::refresh);
    core.watch().startSchedule();
    addTray(watchPage);
    m_window->addPage(
        std::make_unique<ActivityPage>(core.issuance(), core.audit(), clock, *m_dialogs),
        QStringLiteral("activity"));
    addSettingsPage();
    addFirstRunPage(certificatesPage);
    connect(&core.issuance(), &IssuanceService::issued, &core.certificates(),
            &CertificateService::changed);
}

// Before the settings, which say whether it is shown.
void Desktop::addTray(WatchPage &watch)
{
    m_tray = std::make_unique<TrayIcon>();
    connect(m_tray.get(), &TrayIcon::openWanted, this,
            [this](const QString &pageId, const QString &subject) {
                showWindow();
                if (!pageId.isEmpty())
                    m_window->showPage(pageId, subject);
            });
    connect(m_tray.get(), &TrayIcon::checkWanted, &watch, &WatchPage::checkAll);
    connect(m_tray.get(), &TrayIcon::quitWanted, this, &Desktop::closeWanted);
    auto *teller = new AlarmTeller(m_services->watch(), m_tray.get());
    connect(teller, &AlarmTeller::told, m_tray.get(),
            [this](const QString &title, const QString &text, bool isBad, const QString &subject) {
                if (m_tellsAlarms)
                    m_tray->tell(title, text, isBad, subject);
            });
}

void Desktop::followNotifications(NotificationChoice choice)
{
    m_tellsAlarms = choice.tells;
    m_tray->setShown(choice.tells || choice.staysInTray);
    m_window->setHidesOnClose(choice.staysInTray && m_tray->isShown());
}

void Desktop::addOverviewPage()
{
    Services &core = *m_services;
    OverviewServices services;
    services.inventory = &core.inventory();
    services.credentials = &core.credentials();
    services.issuance = &core.issuance();
    services.watch = &core.watch();
    auto overview = std::make_unique<OverviewPage>(services, core.clock());
    connect(&core.inventory(), &InventoryService::changed, overview.get(),
            &OverviewPage::refreshInventory);
    connect(overview.get(), &OverviewPage::importWanted, this, [this] {
        m_window->showPage(QStringLiteral("certificates"));
        if (auto *page =
                qobject_cast<CertificatesPage *>(m_window->page(QStringLiteral("certificates"))))
            page->chooseFiles();
    });
    m_window->addPage(std::move(overview), QStringLiteral("inbox"));
}

void Desktop::addTimelinePage()
{
    Services &core = *m_services;
    TimelineServices services;
    services.inventory = &core.inventory();
    services.credentials = &core.credentials();
    services.issuance = &core.issuance();
    auto timeline = std::make_unique<TimelinePage>(services, core.clock(), *m_dialogs);
    timeline->useUmask(core.options().umask);
    connect(&core.inventory(), &InventoryService::changed, timeline.get(), &TimelinePage::refresh);
    m_window->addPage(std::move(timeline), QStringLiteral("timeline"));
}

void Desktop::addSettingsPage()
{
    Services &core = *m_services;
    SettingsAccess access;
    access.read = [&core](const QString &key) { return core.store().setting(key); };
    access.write = [&core](const QString &key, const QJsonValue &value) {
        return core.changeSetting(key, value);
    };
    std::vector<ComponentVersion> versions;
    for (const auto &[name, version] : componentVersions())
        versions.push_back({name, version});
    auto settings = std::make_unique<SettingsPage>(core.vault(), std::move(access),
                                                   std::move(versions), *m_dialogs);
    SettingsPage &page = *settings;
    addBackups(page);
    if (PassphraseGate *gate = core.gate())
        page.useGate(*gate);
    m_window->addPage(std::move(settings), QStringLiteral("settings"));
    connect(&page, &SettingsPage::timesLocalChanged, this, [this](bool local) {
        for (const char *id : {"certificates", "watch", "activity"}) {
            Page *shown = m_window->page(QLatin1String(id));
            if (auto *certificates = qobject_cast<CertificatesPage *>(shown))
                certificates->setTimesLocal(local);
            else if (auto *watch = qobject_cast<WatchPage *>(shown))
                watch->setTimesLocal(local);
            else if (auto *activity = qobject_cast<ActivityPage *>(shown))
                activity->setTimesLocal(local);
        }
    });
    // A resolver of the command line (practice has one) stands above the settings.
    connect(&page, &SettingsPage::resolverChanged, this, [&core](const QString &address) {
        if (core.options().resolver.isEmpty())
            core.resolver().use(address.isEmpty() ? QStringList() : QStringList{address});
    });
    connect(&page, &SettingsPage::notificationsChanged, this, &Desktop::followNotifications);
    connect(&page, &SettingsPage::outsideChanged, this,
            [&core](const OutsideResolvers &outside) { core.useOutside(outside); });
    page.loadPreferences();
}

// Practice throws its profile away: nothing of it is copied day by day.
void Desktop::addBackups(SettingsPage &page)
{
    BackupService &backups = m_services->backups();
    BackupAccess access;
    access.folder = backups.folder();
    access.list = [&backups] { return backups.list({}); };
    access.create = [&backups](QString target) { return backups.create(std::move(target), {}); };
    access.verify = [](QString file) { return BackupService::verify(std::move(file), {}); };
    access.lastProblem = [&backups] { return backups.lastProblem(); };
    page.useBackups(std::move(access));
    connect(&backups, &BackupService::changed, &page, &SettingsPage::refreshBackups);
    if (!m_services->isPractice())
        backups.startSchedule([&core = *m_services] { return !core.issuance().running().empty(); });
}

void Desktop::addFirstRunPage(CertificatesPage &certificates)
{
    FirstRunActions actions;
    actions.practise = [this] { practise(); };
    actions.missingPracticePackages = [home = m_options.home] {
        return PracticeSession::missingPackages(home);
    };
    actions.chooseImport = [&certificates] { certificates.chooseFiles(); };
    actions.importFiles = [&certificates](const QStringList &paths) {
        certificates.importFiles(paths);
    };
    actions.importPasted = [&certificates](const QByteArray &pem) {
        certificates.importPasted(pem);
    };
    actions.checkMachine = [this](MachineCheckOptions options,
                                  std::function<void(MachineFinding)> sink, std::stop_token stop) {
        return m_services->machine().run(std::move(options), std::move(sink), stop);
    };
    actions.profileFolder = m_services->options().home;
    actions.canHavePassphrase = m_services->gate() != nullptr;
    actions.isPractice = m_services->isPractice();
    m_window->setFirstRunPage(std::make_unique<FirstRunPage>(std::move(actions)),
                              QStringLiteral("overview"));
}

void Desktop::followKeychain()
{
    Task<KeychainStatus> asking = m_services->vault().keychainStatus({});
    QCoro::connect(std::move(asking), m_window.get(), [this](const Result<KeychainStatus> &status) {
        const bool usable = status && status->state == KeychainState::Ok;
        QString text = tr("Keychain cannot be used");
        if (usable)
            text = tr("Keychain unlocked");
        else if (status && status->state == KeychainState::Locked)
            text = tr("Keychain locked");
        else if (status && status->state == KeychainState::PlainKeyring)
            text = tr("Keychain is not encrypted");
        m_window->setKeychainState(text, usable);
        if (usable)
            sweepOnce();
    });
}

// R29. Not before the keychain is known to be open: nobody wants to be asked for it at a start.
void Desktop::sweepOnce()
{
    if (std::exchange(m_hasSwept, true))
        return;
    Task<int> sweeping = m_services->issuance().sweep(m_ending.get_token());
    QCoro::connect(std::move(sweeping), this, [](const Result<int> &swept) {
        if (!swept && swept.error().kind != Error::Kind::Cancelled)
            logWarning("looking for left records: {}", describe(swept.error()));
    });
}

// The first-run page stands in for the overview until there is one, or a job.
void Desktop::followEmptiness()
{
    showSize();
    connect(&m_services->certificates(), &CertificateService::changed, this, &Desktop::showSize);
    connect(&m_services->issuance(), &IssuanceService::jobChanged, this, &Desktop::showSize);
}

void Desktop::showSize()
{
    if (!m_window)
        return; // jobs still end after it
    Task<bool> looking = isEmpty();
    QCoro::connect(std::move(looking), m_window.get(), [this](const Result<bool> &empty) {
        m_window->setEmptyProfile(empty && *empty);
    });
}

// Empty is a profile without certificate, job and credential; practice brings a credential along.
Task<bool> Desktop::isEmpty()
{
    const QPointer<MainWindow> window(m_window.get()); // goes before the services do
    Services &core = *m_services;
    const auto hasNone = co_await core.inventory().isEmpty();
    if (!window || !hasNone || !*hasNone)
        co_return false;
    const auto jobs = co_await core.issuance().jobs();
    if (!window || !jobs || !jobs->empty())
        co_return false;
    const auto credentials = co_await core.credentials().list();
    co_return window &&credentials && (credentials->empty() || core.isPractice());
}

// A job that was left behind is the first thing to see: its page offers to go on or to clean up.
void Desktop::showInterrupted()
{
    Task<std::vector<JobRecord>> looking = m_services->issuance().interrupted();
    QCoro::connect(std::move(looking), m_window.get(),
                   [this](const Result<std::vector<JobRecord>> &jobs) {
                       if (jobs && !jobs->empty())
                           m_window->showPage(QStringLiteral("issue"));
                   });
}

void Desktop::practise()
{
    QProcess::startDetached(
        QCoreApplication::applicationFilePath(),
        {QStringLiteral("--home"), m_options.home, QStringLiteral("--practice")});
}

Task<> Desktop::close()
{
    if (!m_ending.request_stop())
        co_return fail(Error::Kind::Conflict, QStringLiteral("it is being closed already"));
    m_instance.reset(); // who starts from now on must not wait for us
    m_window.reset();
    m_tray.reset();
    if (m_opening) {
        const std::stop_token none;
        const QString late = QStringLiteral("the start did not end");
        Task<> opening = within(*m_opening, openingLimit, late, none);
        const auto opened = co_await std::move(opening);
        if (!opened)
            logWarning("closing: {}", describe(opened.error()));
    }
    Result<> closed;
    if (m_services) {
        const auto paused = co_await m_services->issuance().pauseAll(pauseLimit);
        if (!paused)
            logWarning("closing: {}", describe(paused.error()));
        closed = co_await m_services->close();
    }
    if (m_practice) {
        const auto ended = co_await m_practice->end(m_services.get());
        if (closed && !ended)
            closed = ended;
    }
    co_return closed;
}

} // namespace sealbook
