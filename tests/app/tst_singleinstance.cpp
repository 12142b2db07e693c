// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/SingleInstance.h"

#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/stat.h>

using namespace sealbook;

// One window per profile. The socket lies in XDG_RUNTIME_DIR, here one of the test's own.
class TstSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void B66_theSecondRaisesTheFirst();
    void B66_theSecondNeverTakesTheSocket();
    void anotherProfileIsAnotherWindow();
    void theSameFolderBySeveralNamesIsOne();
    void whatADeadOneLeftIsTakenOver();
    void nobodyIsReachedWithoutAFirst();
    void onlyTheSameUserReachesTheSocket();

private:
    QTemporaryDir m_runtime;
    QString m_home = QStringLiteral("/tmp/profile of a test");
};

void TstSingleInstance::initTestCase()
{
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toLocal8Bit());
    QVERIFY(QFile::setPermissions(m_runtime.path(),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QCOMPARE(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation), m_runtime.path());
}

void TstSingleInstance::B66_theSecondRaisesTheFirst()
{
    SingleInstance first(m_home);
    QVERIFY(first.listen());
    QSignalSpy words(&first, &SingleInstance::received);
    SingleInstance second(m_home);
    QVERIFY(second.send("raise"));
    QTRY_COMPARE(words.size(), 1);
    QCOMPARE(words.constFirst().constFirst().toByteArray(), QByteArray("raise"));
    // And again, by a third.
    SingleInstance third(m_home);
    QVERIFY(third.send("lock"));
    QTRY_COMPARE(words.size(), 2);
    QCOMPARE(words.constLast().constFirst().toByteArray(), QByteArray("lock"));
}

void TstSingleInstance::B66_theSecondNeverTakesTheSocket()
{
    SingleInstance first(m_home);
    QVERIFY(first.listen());
    SingleInstance second(m_home); // started in the same moment: both found nobody
    QVERIFY(!second.listen());
    QSignalSpy words(&first, &SingleInstance::received);
    SingleInstance third(m_home);
    QVERIFY(third.send("raise"));
    QTRY_COMPARE(words.size(), 1);
}

void TstSingleInstance::anotherProfileIsAnotherWindow()
{
    SingleInstance first(m_home);
    QVERIFY(first.listen());
    SingleInstance other(m_home + QStringLiteral("2"));
    QVERIFY(!other.send("raise"));
    QVERIFY(other.listen());
}

void TstSingleInstance::theSameFolderBySeveralNamesIsOne()
{
    SingleInstance first(m_home);
    QVERIFY(first.listen());
    SingleInstance slash(m_home + u'/');
    QVERIFY(slash.send("raise"));
    SingleInstance dots(m_home + QStringLiteral("/../profile of a test"));
    QVERIFY(dots.send("raise"));
}

void TstSingleInstance::whatADeadOneLeftIsTakenOver()
{
    {
        SingleInstance first(m_home);
        QVERIFY(first.listen());
        // Its name stays when the process is killed.
        const QStringList names = QDir(m_runtime.path()).entryList(QDir::System);
        QCOMPARE(names.size(), qsizetype(1));
        const QString name = m_runtime.filePath(names.constFirst());
        QVERIFY(QFile::rename(name, name + QStringLiteral(".kept")));
    }
    const QStringList left = QDir(m_runtime.path()).entryList(QDir::System);
    const QString kept = m_runtime.filePath(left.filter(QStringLiteral(".kept")).constFirst());
    QVERIFY(QFile::rename(kept, kept.chopped(5)));
    SingleInstance second(m_home);
    QVERIFY(!second.send("raise"));
    QVERIFY(second.listen());
    SingleInstance third(m_home);
    QVERIFY(third.send("raise"));
}

void TstSingleInstance::nobodyIsReachedWithoutAFirst()
{
    SingleInstance lonely(m_home);
    QVERIFY(!lonely.send("lock"));
}

void TstSingleInstance::onlyTheSameUserReachesTheSocket()
{
    SingleInstance first(m_home);
    QVERIFY(first.listen());
    const QStringList names = QDir(m_runtime.path()).entryList(QDir::System);
    QCOMPARE(names.size(), qsizetype(1));
    struct stat info = {};
    QCOMPARE(::stat(m_runtime.filePath(names.constFirst()).toLocal8Bit().constData(), &info), 0);
    QCOMPARE(static_cast<int>(info.st_mode & 077), 0);
}

QTEST_GUILESS_MAIN(TstSingleInstance)
#include "tst_singleinstance.moc"
