// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Desktop.h"
#include "app/Services.h"
#include "tests/e2e/IssuanceLab.h"
#include "ui/certificates/CertificatesPage.h"
#include "ui/issue/InterruptedBar.h"
#include "ui/issue/IssuePage.h"
#include "ui/shell/MainWindow.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace sealbook;

// The window as a person uses it, by keyboard alone, on a real CA and real name servers: the whole
// application but its main(), in this process, so that a test can press keys and read widgets.
class TstWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void issuesByKeyboardAlone();
    void leavingThePageAndClosingTheWindowLoseNothing();
    void B61_aDamagedProfileGoesBackToItsBackup();

private:
    [[nodiscard]] bool start();
    [[nodiscard]] bool open();
    [[nodiscard]] bool close();
    [[nodiscard]] MainWindow *window() const;
    [[nodiscard]] IssuePage *issuePage() const;
    void goTo(const QString &page) const;
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const;
    void type(const QString &text) const;
    // Presses "next" as often as it takes.
    [[nodiscard]] bool goOnTo(int step) const;
    // From anywhere to a job for `name` with the lab's CA and credential.
    void beginIssuing(const QString &name);
    [[nodiscard]] QString chosenCa() const
    {
        const std::optional<CaRecord> ca = issuePage()->form().ca;
        return ca ? ca->id : QString();
    }
    [[nodiscard]] bool tableHas(const QString &name) const;

    IssuanceLab m_lab;
    std::unique_ptr<Sealbook> m_terminal; // the same profile
    std::unique_ptr<Desktop> m_desktop;
};

void TstWindow::initTestCase()
{
    QApplication::setQuitOnLastWindowClosed(false);
    PracticeOptions options;
    options.slowServer = false;
    QVERIFY2(m_lab.start(options), m_lab.failure().constData());
}

void TstWindow::init()
{
    m_terminal = m_lab.freshProfile();
    QVERIFY2(m_terminal, m_lab.failure().constData());
    const PracticeFacts facts = m_lab.lab().facts();
    const SealbookRun added =
        m_terminal->run({QStringLiteral("ca"), QStringLiteral("add"), QStringLiteral("aaa-lab"),
                         facts.directoryUrl, QStringLiteral("--name"), QStringLiteral("Lab CA"),
                         QStringLiteral("--root-file"), facts.caFile});
    QVERIFY2(added.ok(), added.story().constData());
    QVERIFY(open());
}

void TstWindow::cleanup()
{
    QVERIFY(close());
}

bool TstWindow::start()
{
    const PracticeFacts facts = m_lab.lab().facts();
    GlobalOptions options;
    options.home = m_lab.home();
    options.caFile = facts.caFile;
    options.resolver = facts.resolver + u':' + QString::number(facts.dnsPort);
    options.dnsPort = facts.dnsPort;
    m_desktop = std::make_unique<Desktop>(options);
    if (!m_desktop->isFirst())
        return false;
    m_desktop->start({});
    return true;
}

bool TstWindow::open()
{
    return start() && QTest::qWaitFor([this] { return window() && window()->isVisible(); }, 60000)
        && QTest::qWaitForWindowActive(window());
}

bool TstWindow::close()
{
    if (!m_desktop)
        return true;
    const bool closed = await(m_desktop->close()).has_value();
    m_desktop.reset();
    return closed;
}

MainWindow *TstWindow::window() const
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *found = qobject_cast<MainWindow *>(widget))
            return found;
    }
    return nullptr;
}

IssuePage *TstWindow::issuePage() const
{
    return qobject_cast<IssuePage *>(window()->page(QStringLiteral("issue")));
}

void TstWindow::press(int key, Qt::KeyboardModifiers modifiers) const
{
    QWidget *focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : window(), static_cast<Qt::Key>(key), modifiers);
}

// By the shortcut that the window gave the page.
void TstWindow::goTo(const QString &page) const
{
    const QString text = QStringLiteral("Show ") + window()->page(page)->title();
    for (const QAction *action : window()->actions()) {
        if (action->text() == text)
            press(action->shortcut()[0].key(), action->shortcut()[0].keyboardModifiers());
    }
    QTRY_COMPARE(window()->currentPageId(), page);
}

void TstWindow::type(const QString &text) const
{
    QTest::keyClicks(QApplication::focusWidget(), text);
}

bool TstWindow::goOnTo(int step) const
{
    for (int i = 0; i < 20 && issuePage()->step() < step; ++i) {
        press(Qt::Key_Return, Qt::ControlModifier);
        if (QTest::qWaitFor([this, step] { return issuePage()->step() >= step; }, 1000))
            break;
    }
    return issuePage()->step() >= step;
}

void TstWindow::beginIssuing(const QString &name)
{
    window()->showPage(QStringLiteral("certificates"));
    goTo(QStringLiteral("issue"));
    QTRY_VERIFY(qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()));
    type(name);
    QVERIFY(goOnTo(IssuePage::Ca));
    // Home and Down walk the list until the lab's CA is the current one.
    auto *cas = qobject_cast<QListWidget *>(QApplication::focusWidget());
    QVERIFY(cas);
    QTRY_VERIFY(cas->count() > 0);
    press(Qt::Key_Home);
    for (int i = 0; i < cas->count() && chosenCa() != QLatin1String("aaa-lab"); ++i)
        press(Qt::Key_Down);
    QCOMPARE(chosenCa(), QStringLiteral("aaa-lab"));
    QVERIFY(goOnTo(IssuePage::Dns)); // once the CA has said what it wants
    auto *credentials = qobject_cast<QListWidget *>(QApplication::focusWidget());
    QVERIFY(credentials);
    QTRY_VERIFY(credentials->count() > 0);
    press(Qt::Key_Home);
    QTRY_COMPARE(issuePage()->form().credential, QStringLiteral("lab"));
    QVERIFY(goOnTo(IssuePage::Board));
}

bool TstWindow::tableHas(const QString &name) const
{
    auto *page = qobject_cast<CertificatesPage *>(window()->page(QStringLiteral("certificates")));
    const QAbstractItemModel &model = page->model();
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.index(row, 0).data().toString().contains(name))
            return true;
    }
    return false;
}

void TstWindow::issuesByKeyboardAlone()
{
    m_lab.watch({QStringLiteral("keys.practice.test")});
    beginIssuing(QStringLiteral("keys.practice.test"));
    QTRY_COMPARE_WITH_TIMEOUT(issuePage()->step(), static_cast<int>(IssuePage::Done), 60000);
    goTo(QStringLiteral("certificates"));
    QTRY_VERIFY(tableHas(QStringLiteral("keys.practice.test")));
    QTRY_VERIFY(m_lab.validationRecords(QStringLiteral("keys.practice.test")).isEmpty());
    QCOMPARE(m_lab.tooEarly(), QByteArray());
}

void TstWindow::leavingThePageAndClosingTheWindowLoseNothing()
{
    const QString name = QStringLiteral("stay.practice.test");
    QVERIFY(m_lab.pause(QStringLiteral("ns2")));
    m_lab.watch({name});
    beginIssuing(name);
    QTRY_VERIFY_WITH_TIMEOUT(!m_lab.validationRecords(name).isEmpty(), 30000);
    const JobId job = issuePage()->job();
    QVERIFY(job.isValid());

    goTo(QStringLiteral("credentials"));
    goTo(QStringLiteral("issue"));
    QCOMPARE(issuePage()->job(), job);
    QCOMPARE(issuePage()->step(), static_cast<int>(IssuePage::Board));

    // The window's own close button, as the window manager presses it.
    QSignalSpy closeWanted(m_desktop.get(), &Desktop::closeWanted);
    window()->close();
    QTRY_COMPARE(closeWanted.count(), 1);
    QVERIFY(close());
    QVERIFY2(m_lab.validationRecords(name).isEmpty(), m_lab.validationRecords(name).constData());
    const SealbookRun jobs = m_terminal->run({QStringLiteral("jobs")});
    QVERIFY2(jobs.ok(), jobs.story().constData());
    QCOMPARE(jobs.events(QStringLiteral("item")).value(0).value(QStringLiteral("state")),
             QJsonValue(QStringLiteral("paused")));

    QVERIFY(m_lab.goOn(QStringLiteral("ns2")));
    QVERIFY(open());
    QTRY_COMPARE(window()->currentPageId(), QStringLiteral("issue"));
    auto *bar = issuePage()->findChild<InterruptedBar *>();
    QVERIFY(bar);
    QTRY_VERIFY(bar->isVisible());
    auto *resume = bar->findChild<QPushButton *>(QStringLiteral("resumeInterrupted"));
    resume->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(issuePage()->step(), static_cast<int>(IssuePage::Done), 60000);
    QCOMPARE(issuePage()->job(), job);
    QTRY_VERIFY(tableHas(name));
    QTRY_VERIFY(m_lab.validationRecords(name).isEmpty());
    QCOMPARE(m_lab.tooEarly(), QByteArray());
}

// The open window made the daily backup by itself; the damaged profile is offered it at its start.
void TstWindow::B61_aDamagedProfileGoesBackToItsBackup()
{
    const QDir backups(m_lab.home() + QStringLiteral("/backups"));
    const QStringList daily{QStringLiteral("daily-*.sealbook")};
    QTRY_COMPARE_WITH_TIMEOUT(backups.entryList(daily).size(), 1, 60000);
    QVERIFY(close());
    QFile database(m_lab.home() + QStringLiteral("/sealbook.sqlite"));
    QVERIFY(database.resize(5000));
    QVERIFY(start());
    const auto question = []() -> QMessageBox * {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            auto *box = qobject_cast<QMessageBox *>(widget);
            if (box != nullptr && box->isVisible())
                return box;
        }
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(question() != nullptr, 60000);
    QVERIFY2(question()->text().contains(QStringLiteral("Go back to the backup of")),
             qPrintable(question()->text()));
    const QList<QAbstractButton *> buttons = question()->buttons();
    const auto restore =
        std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton *button) {
            return button->text().contains(QStringLiteral("Restore"));
        });
    QVERIFY(restore != buttons.end());
    (*restore)->click();
    QTRY_VERIFY_WITH_TIMEOUT(window() && window()->isVisible(), 60000);
    QVERIFY(close());
    // What it held is there, and nobody takes it for an attack.
    const SealbookRun listed =
        m_terminal->run({QStringLiteral("credential"), QStringLiteral("list")});
    QCOMPARE(listed.events(QStringLiteral("item")).size(), 1);
    const SealbookRun audit = m_terminal->run({QStringLiteral("audit"), QStringLiteral("verify")});
    QVERIFY2(audit.ok(), audit.story().constData());
}

QTEST_MAIN(TstWindow)
#include "tst_window.moc"
