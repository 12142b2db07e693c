// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/FirstRunPage.h"
#include "ui/overview/StartCard.h"

#include "tests/support/AccessibleNames.h"
#include "tests/support/DesignLook.h"

#include <QClipboard>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sealbook;

namespace {

struct Calls
{
    int practised = 0;
    int imports = 0;
    QStringList missing;
    QStringList dropped;
    QByteArray pasted;
    int checks = 0;
    bool askedCa = false;
};

Task<std::vector<MachineFinding>> findings(std::function<void(MachineFinding)> sink)
{
    MachineFinding keychain{
        QStringLiteral("keychain"), MachineFinding::State::Ok, {}, QStringLiteral("unlocked"), {}};
    MachineFinding ipv6{
        QStringLiteral("ipv6"), MachineFinding::State::Warning, {}, QStringLiteral("no route"), {}};
    sink(keychain);
    std::vector<MachineFinding> all{keychain, ipv6};
    co_return all;
}

FirstRunActions actionsOf(Calls &calls)
{
    FirstRunActions actions;
    actions.practise = [&calls] { ++calls.practised; };
    actions.missingPracticePackages = [&calls] { return calls.missing; };
    actions.chooseImport = [&calls] { ++calls.imports; };
    actions.importFiles = [&calls](const QStringList &files) { calls.dropped = files; };
    actions.importPasted = [&calls](const QByteArray &text) { calls.pasted = text; };
    actions.profileFolder = QStringLiteral("/tmp/profile");
    actions.checkMachine = [&calls](MachineCheckOptions options,
                                    std::function<void(MachineFinding)> sink, std::stop_token) {
        ++calls.checks;
        calls.askedCa = options.contactCa;
        return findings(std::move(sink));
    };
    return actions;
}

} // namespace

class TstFirstRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }
    void startsPracticeByKeyboard();
    void showsTheOneCommandWhenPackagesAreMissing();
    void looksAgainWhenPackagesWereInstalled();
    void leadsToIssueAndImport();
    void contactsNoCaAndChecksOnce();
    void showsFindingsInOrder();
    void takesDroppedFilesAndPastedPem();
    void hidesWhatDoesNotWork();
    void practiceProfileOffersNoPractice();
    void leadsToThePassphrase();
    void everythingHasAName();
};

void TstFirstRun::startsPracticeByKeyboard()
{
    Calls calls;
    FirstRunPage page(actionsOf(calls));
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    page.activated();
    QCOMPARE(page.firstFocus(), page.findChild<QPushButton *>(QStringLiteral("practise")));
    QTest::keyClick(&page, Qt::Key_P, Qt::AltModifier);
    QTRY_COMPARE(calls.practised, 1);
}

void TstFirstRun::showsTheOneCommandWhenPackagesAreMissing()
{
    Calls calls;
    calls.missing = QStringList{QStringLiteral("pebble"), QStringLiteral("knot")};
    FirstRunPage page(actionsOf(calls));
    page.show();
    const auto *command = page.findChild<QLabel *>(QStringLiteral("command"));
    QVERIFY(command->isVisible());
    QCOMPARE(command->text(), QStringLiteral("sudo apt-get install pebble knot"));
    QTest::mouseClick(page.findChild<QPushButton *>(QStringLiteral("practise")), Qt::LeftButton);
    QCOMPARE(calls.practised, 0);
}

void TstFirstRun::looksAgainWhenPackagesWereInstalled()
{
    Calls calls;
    calls.missing = QStringList{QStringLiteral("pebble")};
    FirstRunPage page(actionsOf(calls));
    page.show();
    calls.missing.clear();
    QTest::mouseClick(page.findChild<QPushButton *>(QStringLiteral("practise")), Qt::LeftButton);
    QCOMPARE(calls.practised, 1);
    QVERIFY(!page.findChild<QLabel *>(QStringLiteral("command"))->isVisible());
}

void TstFirstRun::leadsToIssueAndImport()
{
    Calls calls;
    FirstRunPage page(actionsOf(calls));
    page.show();
    QSignalSpy wanted(&page, &Page::pageWanted);
    QTest::keyClick(page.findChild<QPushButton *>(QStringLiteral("issueFirst")), Qt::Key_Space);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("issue"));
    QTest::keyClick(page.findChild<QPushButton *>(QStringLiteral("import")), Qt::Key_Space);
    QCOMPARE(calls.imports, 1);
}

void TstFirstRun::contactsNoCaAndChecksOnce()
{
    Calls calls;
    FirstRunPage page(actionsOf(calls));
    QCOMPARE(calls.checks, 0);
    page.activated();
    page.activated();
    QCOMPARE(calls.checks, 1);
    QVERIFY(!calls.askedCa);
}

void TstFirstRun::showsFindingsInOrder()
{
    Calls calls;
    FirstRunPage page(actionsOf(calls));
    page.show();
    page.activated();
    QTRY_VERIFY(page.findChild<QWidget *>(QStringLiteral("finding_ipv6")) != nullptr);
    const auto *keychain = page.findChild<QWidget *>(QStringLiteral("finding_keychain"));
    QVERIFY(keychain->accessibleName().startsWith(QStringLiteral("Keychain works. unlocked")));
    QCOMPARE(page.findChildren<QWidget *>(QStringLiteral("finding_keychain")).size(), 1);
}

void TstFirstRun::takesDroppedFilesAndPastedPem()
{
    Calls calls;
    FirstRunPage page(actionsOf(calls));
    page.show();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/a.pem"))});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&page, &drop);
    QCOMPARE(calls.dropped, QStringList{QStringLiteral("/tmp/a.pem")});
    QGuiApplication::clipboard()->setText(QStringLiteral("no certificate"));
    QTest::keyClick(&page, Qt::Key_V, Qt::ControlModifier);
    QVERIFY(calls.pasted.isEmpty());
    QGuiApplication::clipboard()->setText(QStringLiteral("-----BEGIN CERTIFICATE-----"));
    QTest::keyClick(&page, Qt::Key_V, Qt::ControlModifier);
    QVERIFY(!calls.pasted.isEmpty());
}

void TstFirstRun::hidesWhatDoesNotWork()
{
    FirstRunPage page({});
    page.show();
    page.activated();
    QCOMPARE(page.findChildren<StartCard *>().size(), 1);
    QVERIFY(page.findChild<QPushButton *>(QStringLiteral("practise")) == nullptr);
    QVERIFY(!page.acceptDrops());
}

void TstFirstRun::practiceProfileOffersNoPractice()
{
    Calls calls;
    FirstRunActions actions = actionsOf(calls);
    actions.isPractice = true;
    FirstRunPage page(actions);
    QVERIFY(page.findChild<QPushButton *>(QStringLiteral("practise")) == nullptr);
}

void TstFirstRun::leadsToThePassphrase()
{
    Calls calls;
    FirstRunActions actions = actionsOf(calls);
    const FirstRunPage without(actions);
    QVERIFY(!without.findChild<QPushButton *>(QStringLiteral("firstPassphrase")));
    actions.canHavePassphrase = true;
    FirstRunPage page(actions);
    page.show();
    QSignalSpy wanted(&page, &Page::pageWanted);
    auto *button = page.findChild<QPushButton *>(QStringLiteral("firstPassphrase"));
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().at(0).toString(), QStringLiteral("settings"));
    QCOMPARE(wanted.front().at(1).toString(), QStringLiteral("passphrase"));
    QCOMPARE(withoutAccessibleName(&page).join(QLatin1Char(';')), QString());
}

void TstFirstRun::everythingHasAName()
{
    Calls calls;
    FirstRunPage page(actionsOf(calls));
    QCOMPARE(withoutAccessibleName(&page).join(QLatin1Char(';')), QString());
}

QTEST_MAIN(TstFirstRun)
#include "tst_firstrun.moc"
