// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/SingleInstance.h"
#include "tests/e2e/Sealbook.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// Two windows on one profile, as processes.
class TstSecondWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void B66_theSecondEndsAndTheFirstStays();
    void B66_anotherProfileGetsAWindowOfItsOwn();
    void lockReachesTheWindow();

private:
    [[nodiscard]] static bool isOpen(const QString &home)
    {
        return QTest::qWaitFor([&home] { return SingleInstance(home).send("raise"); }, 60000);
    }
    static void close(QProcess &window)
    {
        window.terminate();
        QVERIFY(window.waitForFinished(60000));
        QCOMPARE(window.exitStatus(), QProcess::NormalExit);
    }
};

void TstSecondWindow::B66_theSecondEndsAndTheFirstStays()
{
    const QTemporaryDir dir;
    const QString home = dir.filePath(QStringLiteral("profile"));
    const Sealbook sealbook({QStringLiteral("--home"), home});
    const auto first = sealbook.start({});
    QVERIFY2(isOpen(home), first->readAllStandardError().constData());
    const auto second = sealbook.start({});
    QVERIFY(second->waitForFinished(60000));
    QCOMPARE(second->exitStatus(), QProcess::NormalExit);
    QCOMPARE(second->exitCode(), 0);
    QCOMPARE(first->state(), QProcess::Running);
    close(*first);
    // Nothing of it is in the way of the next.
    const auto third = sealbook.start({});
    QVERIFY(isOpen(home));
    QCOMPARE(third->state(), QProcess::Running);
    close(*third);
}

void TstSecondWindow::B66_anotherProfileGetsAWindowOfItsOwn()
{
    const QTemporaryDir dir;
    const QString one = dir.filePath(QStringLiteral("one"));
    const QString other = dir.filePath(QStringLiteral("other"));
    const auto first = Sealbook({QStringLiteral("--home"), one}).start({});
    QVERIFY2(isOpen(one), first->readAllStandardError().constData());
    const auto second = Sealbook({QStringLiteral("--home"), other}).start({});
    QVERIFY2(isOpen(other), second->readAllStandardError().constData());
    QCOMPARE(first->state(), QProcess::Running);
    QCOMPARE(second->state(), QProcess::Running);
    close(*first);
    close(*second);
}

void TstSecondWindow::lockReachesTheWindow()
{
    const QTemporaryDir dir;
    const QString home = dir.filePath(QStringLiteral("profile"));
    Sealbook sealbook({QStringLiteral("--home"), home});
    const SealbookRun alone = sealbook.run({QStringLiteral("lock")});
    QVERIFY2(alone.ok(), alone.story().constData());
    const auto window = sealbook.start({});
    QVERIFY2(isOpen(home), window->readAllStandardError().constData());
    const SealbookRun locked = sealbook.run({QStringLiteral("lock")});
    QVERIFY2(locked.ok(), locked.story().constData());
    QVERIFY(locked.result() != alone.result());
    QCOMPARE(window->state(), QProcess::Running);
    close(*window);
}

QTEST_GUILESS_MAIN(TstSecondWindow)
#include "tst_secondwindow.moc"
