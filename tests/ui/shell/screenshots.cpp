// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
// Renders the pages of the shell, the wizard and the first run into PNG files, to be held against
// the design's pictures: screenshots FOLDER [light|dark]. QT_SCALE_FACTOR=2 gives the doubled ones.
#include "ui/issue/IssuePage.h"
#include "ui/overview/FirstRunPage.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/StatusArea.h"

#include "tests/support/DesignLook.h"
#include "tests/support/FakeClock.h"
#include "tests/support/FakeIssueServices.h"
#include "tests/support/PictureBoard.h"
#include "tests/support/ScriptedDialogs.h"

#include <QApplication>
#include <QDir>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTest>
#include <QTimeZone>
#include <QTreeView>

#include <cstdio>

using namespace sealbook;

namespace {

FakeIssueServices pictureServices()
{
    FakeIssueServices fake;
    const auto ca = [](const char *id, const char *name, const char *terms) {
        CaRecord record;
        record.id = QString::fromLatin1(id);
        record.name = QString::fromUtf8(name);
        record.terms = QString::fromUtf8(terms);
        record.builtIn = true;
        return record;
    };
    fake.cas = {
        ca("letsencrypt", "Let’s Encrypt", "90 days, wildcards, 50 certificates a week"),
        ca("zerossl", "ZeroSSL", "90 days, wildcards, needs a key of its own"),
        ca("google", "Google Trust Services", "90 days, wildcards, needs a key of its own")};
    fake.cas[1].needsEab = true;
    fake.cas[2].needsEab = true;
    fake.facts[QStringLiteral("letsencrypt")].termsOfService =
        QStringLiteral("https://ca.example/terms");
    fake.facts[QStringLiteral("letsencrypt")].profiles = {
        {QStringLiteral("classic"), QStringLiteral("90 days")},
        {QStringLiteral("shortlived"), QStringLiteral("6 days")}};
    CredentialRecord credential;
    credential.name = QStringLiteral("bind-primary");
    credential.provider = QStringLiteral("rfc2136");
    credential.owner = QStringLiteral("Mara Vogt");
    credential.purpose = QStringLiteral("validation records of example.org");
    credential.reach = QStringList{QStringLiteral("example.org")};
    CredentialRecord other = credential;
    other.name = QStringLiteral("cloudflare-all");
    other.provider = QStringLiteral("cloudflare");
    other.purpose = QStringLiteral("all zones of the shop");
    other.reach = QStringList{QStringLiteral("shop.example"), QStringLiteral("example.net")};
    fake.credentials = {credential, other};
    return fake;
}

CertificateRecord pictureCertificate()
{
    CertificateRecord certificate;
    certificate.names = QStringList{QStringLiteral("example.org"), QStringLiteral("*.example.org")};
    certificate.issuer = QStringLiteral("Let’s Encrypt");
    certificate.keyAlgorithm = QStringLiteral("EC P-256");
    certificate.serial = QStringLiteral("0322be93d0b4adf1a2c9be2f63e3b1f0a7c1");
    certificate.sha256 = QString(32, QLatin1Char('a')) + QString(32, QLatin1Char('7'));
    certificate.notBefore = QDateTime(QDate(2026, 11, 25), QTime(13, 6), QTimeZone::utc()).toUTC();
    certificate.notAfter = certificate.notBefore.addDays(90);
    return certificate;
}

std::vector<MachineFinding> pictureFindings()
{
    using State = MachineFinding::State;
    const auto finding = [](const char *id, State state, const char *detail) {
        return MachineFinding{QString::fromLatin1(id), state, {}, QString::fromUtf8(detail), {}};
    };
    return {
        finding("keychain", State::Ok,
                "Secret Service, unlocked. Tokens and the vault key go there, never into a file."),
        finding("dns_udp", State::Ok, "Port 53 answers over UDP. One query, to the root."),
        finding("ipv6", State::Warning,
                "Addresses over IPv6 will be marked cannot check. That is not a failure."),
        finding("ca", State::NotChecked, "First contact is when you start to issue."),
        finding("practice", State::Warning, "Only needed to practise.")};
}

void shoot(QWidget &window, const QString &folder, const QString &name)
{
    QTest::qWait(60);
    const QString file = QDir(folder).filePath(name + QStringLiteral(".png"));
    if (!window.grab().save(file))
        std::fprintf(stderr, "cannot write %s\n", qPrintable(file));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fputs("screenshots FOLDER [light|dark]\n", stderr);
        return 2;
    }
    const QString folder = arguments.at(1);
    const QString look = arguments.value(2, QStringLiteral("light"));
    QDir().mkpath(folder);
    useDesignLook(look == QLatin1String("dark"));
    if (arguments.contains(QStringLiteral("rtl")))
        QApplication::setLayoutDirection(Qt::RightToLeft);

    FakeClock clock;
    ScriptedDialogs dialogs;
    FakeIssueServices fake = pictureServices();
    WindowServices services;
    services.profileName = QStringLiteral("Default");
    services.practice = arguments.contains(QStringLiteral("practice"));
    MainWindow window(services);
    window.resize(1280, 800);
    const auto stub = [&window](const char *id, const QString &title, const char *icon) {
        window.addPage(std::make_unique<Page>(QString::fromLatin1(id), title),
                       QString::fromLatin1(icon));
    };
    stub("certificates", QStringLiteral("Certificates"), "certificate");
    auto *issue = static_cast<IssuePage *>(window.addPage(
        std::make_unique<IssuePage>(fake.bind(), dialogs, clock), QStringLiteral("issue")));
    stub("credentials", QStringLiteral("Credentials"), "key");
    stub("activity", QStringLiteral("Activity"), "activity");
    stub("settings", QStringLiteral("Settings"), "settings");
    FirstRunActions actions;
    actions.practise = [] {};
    actions.missingPracticePackages = [] {
        return QStringList{QStringLiteral("pebble"), QStringLiteral("bind9")};
    };
    actions.chooseImport = [] {};
    actions.importFiles = [](const QStringList &) {};
    actions.importPasted = [](const QByteArray &) {};
    actions.profileFolder = QStringLiteral("/home/mara/.local/share/sealbook/default");
    actions.checkMachine = [](MachineCheckOptions, std::function<void(MachineFinding)>,
                              std::stop_token) {
        return FakeIssueServices::later<std::vector<MachineFinding>>(pictureFindings());
    };
    window.setFirstRunPage(std::make_unique<FirstRunPage>(actions), QStringLiteral("certificates"));
    window.setEmptyProfile(true);
    window.setKeychainState(QStringLiteral("Keychain unlocked"), true);
    window.status().setAudit(QStringLiteral("Audit chain intact, 2318 entries"), true);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window))
        return 1;
    shoot(window, folder, QStringLiteral("first-run-") + look);

    window.showPage(QStringLiteral("issue"));
    shoot(window, folder, QStringLiteral("names-empty-") + look);
    auto *names = issue->findChild<QPlainTextEdit *>(QStringLiteral("namesEdit"));
    names->setPlainText(
        QStringLiteral("example.org\n*.example.org\nbücher.example\n"
                       "аpple.example\nhttps://www.example.net/login\nfoo_bar.example\n"));
    QTest::qWait(250);
    shoot(window, folder, QStringLiteral("names-") + look);
    names->setPlainText(QStringLiteral("example.org\n*.example.org\n"));
    issue->next();
    QTest::qWait(100);
    shoot(window, folder, QStringLiteral("ca-") + look);
    auto *cas = issue->findChild<QListWidget *>(QStringLiteral("caList"));
    cas->setCurrentRow(1);
    issue->next();
    QTest::qWait(100);
    shoot(window, folder, QStringLiteral("ca-eab-") + look);
    cas->setCurrentRow(0);
    AccountRecord account;
    account.caId = QStringLiteral("letsencrypt");
    account.status = AccountRecord::Status::Valid;
    fake.accounts = {account};
    issue->reloadChoices();
    QTest::qWait(100);
    issue->next();
    QTest::qWait(100);
    shoot(window, folder, QStringLiteral("dns-") + look);
    issue->next();
    QTest::qWait(50);
    JobRecord job;
    job.id = JobId::make();
    job.request = fake.issued.at(0);
    job.step = QStringLiteral("publish");
    issue->jobChanged(job);
    window.status().jobChanged(job);
    shoot(window, folder, QStringLiteral("board-begin-") + look);
    job.step = QStringLiteral("propagation");
    issue->jobChanged(job);
    window.status().jobChanged(job);
    issue->boardChanged(job.id, pictureBoard(clock.utcNow()));
    BoardState told = pictureBoard(clock.utcNow());
    told.headline = QStringLiteral("3 of 4 name servers agree");
    window.status().boardChanged(job.id, told);
    auto *board = issue->findChild<QTreeView *>(QStringLiteral("boardView"));
    board->setCurrentIndex(board->model()->index(5, 0));
    board->setFocus();
    shoot(window, folder, QStringLiteral("board-") + look);
    issue->boardChanged(job.id, closedBoard(clock.utcNow(), false));
    board->setCurrentIndex(board->model()->index(1, 0));
    shoot(window, folder, QStringLiteral("board-closed-") + look);
    issue->boardChanged(job.id, closedBoard(clock.utcNow(), true));
    shoot(window, folder, QStringLiteral("board-outside-") + look);
    IssuanceResult result;
    result.jobId = job.id;
    result.certificate = pictureCertificate();
    result.requests = 9;
    result.elapsed = std::chrono::milliseconds(247000);
    fake.outcome.settle(result);
    QTest::qWait(100);
    shoot(window, folder, QStringLiteral("done-") + look);
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QTest::qWait(100);
    shoot(window, folder, QStringLiteral("palette-") + look);
    return 0;
}
