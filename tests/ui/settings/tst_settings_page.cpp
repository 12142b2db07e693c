// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/ScriptedDialogs.h"
#include "tests/support/TestSecret.h"
#include "tests/support/VisibleNames.h"
#include "ui/settings/BackupSection.h"
#include "ui/settings/KeychainSection.h"
#include "ui/settings/OutsideForm.h"
#include "ui/settings/PassphraseSection.h"
#include "ui/settings/RecoveryCodeView.h"
#include "ui/settings/ResolverForm.h"
#include "ui/settings/SettingsPage.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/PluralTexts.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace sealbook;

class TstSettingsPage : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<ScriptedDialogs> m_dialogs;
    std::unique_ptr<SettingsPage> m_page;
    PluralTexts m_plurals;

    void openPage()
    {
        Store &store = *m_profile->store;
        SettingsAccess access;
        access.read = [&store](const QString &key) { return store.setting(key); };
        access.write = [&store](const QString &key, const QJsonValue &value) {
            return store.setSetting(key, value);
        };
        std::vector<ComponentVersion> versions{
            {QStringLiteral("Sealbook"), QStringLiteral("0.1.0")},
            {QStringLiteral("Qt"), QLatin1String(qVersion())}};
        m_page = std::make_unique<SettingsPage>(*m_profile->vault, access, versions, *m_dialogs);
        m_page->resize(1120, 772);
        m_page->show();
    }
    void loadProof()
    {
        QSignalSpy loaded(&m_page->keychain(), &KeychainSection::loaded);
        m_page->activated();
        QTRY_COMPARE(loaded.count(), 1);
    }
    template <typename T>
    T *find(const char *name)
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }

    // Backups as the application would hand them over: a list, and what was asked for.
    std::vector<BackupRecord> m_backups;
    QStringList m_asked;
    QString m_dailyProblem;
    void openBackups()
    {
        openPage();
        BackupAccess access;
        access.folder = QStringLiteral("/home/it's/sealbook/backups");
        access.list = [this] { return listed(m_backups); };
        access.create = [this](const QString &target) { return made(target); };
        access.verify = [this](const QString &file) { return verified(file); };
        access.lastProblem = [this] { return m_dailyProblem; };
        m_page->useBackups(std::move(access));
        auto *section = m_page->findChild<BackupSection *>();
        QSignalSpy loaded(section, &BackupSection::loaded);
        m_page->open(QStringLiteral("backups"));
        loadProof();
        QTRY_COMPARE(loaded.count(), 1);
    }
    static Task<std::vector<BackupRecord>> listed(std::vector<BackupRecord> backups)
    {
        co_return backups;
    }
    Task<BackupRecord> made(QString target)
    {
        m_asked << QStringLiteral("create ") + target;
        if (target.contains(QStringLiteral("taken")))
            co_return fail(Error::Kind::Conflict, QStringLiteral("it is there already"));
        const BackupRecord record = backup(BackupReason::Asked, 9);
        m_backups.insert(m_backups.begin(), record);
        co_return record;
    }
    Task<BackupRecord> verified(QString file)
    {
        m_asked << QStringLiteral("verify ") + file;
        if (file.contains(QStringLiteral("daily-7")))
            co_return fail(Error::Kind::Corrupt, QStringLiteral("the backup is damaged"));
        const BackupRecord record = m_backups.front();
        co_return record;
    }
    static BackupRecord backup(BackupReason reason, int hour)
    {
        BackupRecord record;
        record.file = QStringLiteral("/home/it's/sealbook/backups/%1-%2.sealbook")
                          .arg(backupReasonName(reason))
                          .arg(hour);
        record.reason = reason;
        record.takenAt = QDateTime(QDate(2026, 11, 25), QTime(hour, 6), Qt::UTC);
        record.certificates = 12;
        record.keys = 1;
        return record;
    }

private Q_SLOTS:
    void initTestCase()
    {
        useDesignLook(false);
        QVERIFY(QCoreApplication::installTranslator(&m_plurals));
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("Negative sizes")));
        m_profile = std::make_unique<ProfileFixture>();
        m_dialogs = std::make_unique<ScriptedDialogs>();
    }
    void cleanup()
    {
        m_page.reset();
        m_dialogs.reset();
        m_profile.reset();
    }

    void C20_showsBackupsAndMakesOne()
    {
        m_backups = {backup(BackupReason::Daily, 8), backup(BackupReason::Daily, 7)};
        m_asked.clear();
        openBackups();
        auto *list = find<QListWidget>("backups");
        QCOMPARE(list->count(), 2);
        QCOMPARE(list->currentRow(), 0);
        QCOMPARE(list->item(0)->text(),
                 QStringLiteral("25 Nov 2026, 08:06 UTC · daily · 12 certificates · 1 key"));
        QVERIFY(!find<QLabel>("backupProblem")->isVisible());
        QTest::mouseClick(find<QPushButton>("backUpNow"), Qt::LeftButton);
        QTRY_COMPARE(list->count(), 3);
        QCOMPARE(m_asked, QStringList{QStringLiteral("create ")});
        QVERIFY(find<QLabel>("backupNote")->isVisible());
        QVERIFY(find<QLabel>("backupNote")->text().contains(QStringLiteral("asked-9")));
    }

    void C20_savesACopyElsewhere()
    {
        m_backups.clear();
        m_asked.clear();
        openBackups();
        QVERIFY(!find<QPushButton>("checkBackup")->isEnabled());
        m_dialogs->files.push_back({});
        QTest::mouseClick(find<QPushButton>("saveBackup"), Qt::LeftButton);
        QTRY_COMPARE(m_dialogs->fileQuestions.size(), std::size_t(1));
        m_dialogs->files.push_back({QStringLiteral("/media/stick/taken.sealbook")});
        QTest::mouseClick(find<QPushButton>("saveBackup"), Qt::LeftButton);
        auto *section = m_page->findChild<BackupSection *>();
        QTRY_VERIFY(section->findChild<ErrorPanel *>()->hasError());
        QCOMPARE(m_asked, QStringList{QStringLiteral("create /media/stick/taken.sealbook")});
    }

    void B56_saysThatABackupIsDamaged()
    {
        m_backups = {backup(BackupReason::Daily, 8), backup(BackupReason::Daily, 7)};
        openBackups();
        find<QListWidget>("backups")->setCurrentRow(1);
        QTest::mouseClick(find<QPushButton>("checkBackup"), Qt::LeftButton);
        auto *section = m_page->findChild<BackupSection *>();
        QTRY_VERIFY(section->findChild<ErrorPanel *>()->hasError());
        QCOMPARE(section->findChild<ErrorPanel *>()->error()->kind, Error::Kind::Corrupt);
        find<QListWidget>("backups")->setCurrentRow(0);
        QTest::mouseClick(find<QPushButton>("checkBackup"), Qt::LeftButton);
        QTRY_VERIFY(find<QLabel>("backupNote")->isVisible());
        QVERIFY(!section->findChild<ErrorPanel *>()->hasError());
    }

    void givesTheCommandThatRestores()
    {
        m_backups = {backup(BackupReason::Daily, 8)};
        openBackups();
        QCOMPARE(find<CopyButton>("copyRestore")->copyText(),
                 QStringLiteral("sealbook --home '/home/it'\\''s/sealbook' backup restore "
                                "'/home/it'\\''s/sealbook/backups/daily-8.sealbook'"));
    }

    void saysWhenTheDailyBackupFails()
    {
        m_backups.clear();
        m_dailyProblem = QStringLiteral("the disk is full");
        openBackups();
        m_dailyProblem.clear();
        QVERIFY(find<QLabel>("backupProblem")->isVisible());
        QVERIFY(find<QLabel>("backupProblem")->text().contains(QStringLiteral("the disk is full")));
    }

    void checksAResolver_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("fine");
        QTest::addColumn<QString>("kept");
        const auto row = [](const char *name, const char *typed, bool fine, const char *kept) {
            QTest::newRow(name) << QString::fromLatin1(typed) << fine << QString::fromLatin1(kept);
        };
        row("empty is the system's", "", true, "");
        row("blanks", "   ", true, "");
        row("IPv4", " 192.0.2.53 ", true, "192.0.2.53");
        row("IPv4 with port", "192.0.2.53:5353", true, "192.0.2.53:5353");
        row("IPv6", "2001:DB8::53", true, "2001:db8::53");
        row("IPv6 in brackets", "[2001:db8::53]", true, "2001:db8::53");
        row("IPv6 with port", "[2001:db8::53]:53", true, "[2001:db8::53]:53");
        row("a name", "ns1.example.org", false, "");
        row("port 0", "192.0.2.53:0", false, "");
        row("port too high", "192.0.2.53:65536", false, "");
        row("no port after the colon", "192.0.2.53:", false, "");
        row("bracket not closed", "[2001:db8::53", false, "");
        row("garbage after the bracket", "[2001:db8::53]x", false, "");
        row("any", "0.0.0.0", false, "");
        row("multicast", "224.0.0.251", false, "");
    }
    void checksAResolver()
    {
        QFETCH(QString, typed);
        QFETCH(bool, fine);
        QFETCH(QString, kept);
        const ResolverForm form{typed};
        QVERIFY2(form.problem().isEmpty() == fine, qPrintable(form.problem()));
        QCOMPARE(form.normalized(), kept);
    }

    void setsChangesAndRemovesThePassphrase()
    {
        openPage();
        m_page->useGate(*m_profile->gate);
        m_page->open(QStringLiteral("passphrase"));
        m_page->activated();
        auto *section = m_page->findChild<PassphraseSection *>();
        auto *change = find<QPushButton>("passphraseChange");
        auto *remove = find<QPushButton>("passphraseRemove");
        QVERIFY(section->isVisible() && change->isVisible());
        QVERIFY(!remove->isVisible());
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("settings-passphrase"));

        m_dialogs->secrets = {"first passphrase"};
        change->click();
        QTRY_VERIFY_WITH_TIMEOUT(remove->isVisible(), 20'000);
        QVERIFY(m_dialogs->secretQuestions.front().twice);
        QVERIFY(await(m_profile->gate->isSet()).value());

        // By the old one; a wrong one is said and changes nothing.
        m_dialogs->secrets = {"wrong passphrase", "second passphrase"};
        change->click();
        auto *error = section->findChild<ErrorPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(error->isVisible(), 20'000);
        QTRY_VERIFY(change->isEnabled());
        m_dialogs->secrets = {"first passphrase", "second passphrase"};
        change->click();
        QTRY_VERIFY_WITH_TIMEOUT(change->isEnabled() && m_dialogs->secrets.empty(), 20'000);
        QVERIFY(!error->isVisible());

        m_dialogs->secrets = {"second passphrase"};
        remove->click();
        QTRY_VERIFY_WITH_TIMEOUT(!remove->isVisible(), 20'000);
        QVERIFY(!await(m_profile->gate->isSet()).value());

        // Forgotten: the recovery code removes it too.
        QVERIFY(await(m_profile->gate->set({}, testSecret("third passphrase"), {})));
        auto *forgotten = find<QPushButton>("passphraseForgotten");
        QTRY_VERIFY(forgotten->isVisible());
        const auto code = await(m_profile->vault->makeRecoveryCode({}));
        QVERIFY(code);
        QVERIFY(await(m_profile->vault->confirmRecoveryCode(code->clone().value(), {})));
        m_dialogs->secrets = {revealed(*code)};
        forgotten->click();
        QTRY_VERIFY_WITH_TIMEOUT(!forgotten->isVisible(), 20'000);
        QVERIFY(!await(m_profile->gate->isSet()).value());
    }

    void keepsAResolverByKeyboardAlone()
    {
        openPage();
        m_page->loadPreferences();
        m_page->open(QStringLiteral("resolvers"));
        auto *address = find<QLineEdit>("address");
        QSignalSpy changed(m_page.get(), &SettingsPage::resolverChanged);
        address->setFocus();
        QTest::keyClicks(address, QStringLiteral("ns1.example"));
        QVERIFY(find<QLineEdit>("address")
                    ->parentWidget()
                    ->findChild<QLabel *>(QStringLiteral("problem"))
                    ->isVisible());
        QTest::keyClick(address, Qt::Key_Return);
        QTest::qWait(20);
        QCOMPARE(changed.count(), 0);
        takeScreenshots(*m_page, QStringLiteral("settings-resolvers"));
        address->selectAll();
        QTest::keyClicks(address, QStringLiteral("[2001:db8::53]:53"));
        QTest::keyClick(address, Qt::Key_Return);
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(await(m_profile->store->setting(SettingKey::resolver()))->toString(),
                 QStringLiteral("[2001:db8::53]:53"));
    }

    void checksResolversElsewhere_data()
    {
        QTest::addColumn<bool>("use");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("problem"); // a word of it; empty = fine
        QTest::addColumn<bool>("noted");
        const QString one = QStringLiteral("https://one.example/q");
        const QString two = QStringLiteral("https://two.example/q");
        QTest::newRow("two") << true << one + u'\n' + two << QString() << false;
        QTest::newRow("blank lines")
            << true << u'\n' + one + QStringLiteral("\n\n ") + two << QString() << false;
        QTest::newRow("one only") << true << one << QString() << true;
        QTest::newRow("none") << true << QStringLiteral(" \n") << QStringLiteral("switch") << false;
        QTest::newRow("none, off") << false << QString() << QString() << true;
        QTest::newRow("twice the same")
            << true << one + u'\n' + one << QStringLiteral("twice") << false;
        QTest::newRow("plain http") << true << QStringLiteral("http://one.example/")
                                    << QStringLiteral("cannot be used") << true;
        QStringList many;
        for (int i = 0; i < 7; ++i)
            many.append(QStringLiteral("https://r%1.example/").arg(i));
        QTest::newRow("too many") << true << many.join(u'\n') << QStringLiteral("at most") << false;
    }
    void checksResolversElsewhere()
    {
        QFETCH(bool, use);
        QFETCH(QString, typed);
        QFETCH(QString, problem);
        QFETCH(bool, noted);
        const OutsideForm form{use, typed, true};
        QVERIFY2(problem.isEmpty() ? form.problem().isEmpty() : form.problem().contains(problem),
                 qPrintable(form.problem()));
        QCOMPARE(!form.note().isEmpty(), noted);
    }

    void keepsResolversElsewhereByKeyboardAlone()
    {
        openPage();
        m_page->loadPreferences();
        m_page->open(QStringLiteral("resolvers"));
        auto *urls = find<QPlainTextEdit>("urls");
        QTRY_COMPARE(urls->toPlainText().split(u'\n'), OutsideResolvers::defaultUrls());
        takeScreenshots(*m_page, QStringLiteral("settings-outside"));
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        QList<OutsideResolvers> changed;
        connect(m_page.get(), &SettingsPage::outsideChanged, this,
                [&changed](const OutsideResolvers &outside) { changed.append(outside); });
        urls->setFocus();
        urls->selectAll();
        QTest::keyClicks(urls, QStringLiteral("http://plain.example"));
        auto *section = urls->parentWidget();
        auto *save = section->findChild<QPushButton *>(QStringLiteral("save"));
        save->setFocus();
        QTest::keyClick(save, Qt::Key_Space);
        QTest::qWait(20);
        QVERIFY(changed.isEmpty());
        QVERIFY(section->findChild<QLabel *>(QStringLiteral("problem"))->isVisible());
        QCOMPARE(m_page->focusWidget(), urls);
        urls->selectAll();
        QTest::keyClicks(urls, QStringLiteral("https://one.example/q"));
        auto *unattended = find<QCheckBox>("unattended");
        unattended->setFocus();
        QTest::keyClick(unattended, Qt::Key_Space);
        save->setFocus();
        QTest::keyClick(save, Qt::Key_Space);
        QTRY_COMPARE(changed.size(), 1);
        const auto kept = OutsideResolvers::fromJson(
            await(m_profile->store->setting(outsideResolversKey())).value());
        QCOMPARE(kept, changed[0]);
        QCOMPARE(kept.urls, QStringList{QStringLiteral("https://one.example/q")});
        QVERIFY(!kept.unattended);
        QVERIFY(kept.use);
    }

    void R07_showsWhereTheSecretsAre()
    {
        QVERIFY(await(m_profile->vault->open({})));
        openPage();
        loadProof();
        QCOMPARE(m_page->keychain().diskText(), QStringLiteral("nothing readable found"));
        QVERIFY(find<QListWidget>("items")->count() >= 1);
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("settings-keychain"));
    }

    void saysWhatStandsInTheWay()
    {
        m_profile->keychain.setState(KeychainState::Locked);
        openPage();
        loadProof();
        QVERIFY(!find<QLabel>("advice")->text().isEmpty()
                || m_page->findChild<ErrorPanel *>()->isVisible());
        takeScreenshots(*m_page, QStringLiteral("settings-locked"));
    }

    void keepsARecoveryCodeOnlyWhenItIsTypedBack()
    {
        QVERIFY(await(m_profile->vault->open({})));
        openPage();
        loadProof();
        auto *make = find<QPushButton>("make");
        auto *code = m_page->findChild<RecoveryCodeView *>();
        auto *typed = find<QLineEdit>("typed");
        QVERIFY(!code->isVisible() && !typed->isVisible());
        make->setFocus();
        QTest::keyClick(make, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(code->isVisible(), 30000);
        takeScreenshots(*m_page, QStringLiteral("settings-recovery"));
        QTest::keyClicks(typed, QStringLiteral("00000-00000-00000"));
        QTest::keyClick(typed, Qt::Key_Return);
        QVERIFY(typed->text().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("confirm")->isEnabled(), 30000);
        QVERIFY(!m_profile->vault->hasRecoveryCode());
        find<QPushButton>("discard")->click();
        QVERIFY(!code->isVisible() && code->isEmpty());
        QVERIFY(!m_profile->vault->hasRecoveryCode());
    }

    void appliesAndKeepsTheAppearance()
    {
        openPage();
        m_page->open(QStringLiteral("appearance"));
        QSignalSpy local(m_page.get(), &SettingsPage::timesLocalChanged);
        QSignalSpy look(m_page.get(), &SettingsPage::appearanceChanged);
        auto *times = find<QRadioButton>("timesLocal");
        times->setFocus();
        QTest::keyClick(times, Qt::Key_Space);
        QCOMPARE(local.count(), 1);
        find<QRadioButton>("themeDark")->click();
        QCOMPARE(look.count(), 1);
        QVERIFY(QApplication::palette().color(QPalette::Window).lightness() < 128);
        QTRY_COMPARE(await(m_profile->store->setting(SettingKey::theme()))->toString(),
                     QStringLiteral("dark"));
        takeScreenshots(*m_page, QStringLiteral("settings-appearance"));
        // Another start of the program finds it again.
        openPage();
        QSignalSpy again(m_page.get(), &SettingsPage::timesLocalChanged);
        m_page->loadPreferences();
        QTRY_COMPARE(again.count(), 1);
        QVERIFY(find<QRadioButton>("timesLocal")->isChecked());
        QApplication::setPalette(designPalette(false));
    }

    void staysQuietUntilAPersonWantsOtherwise()
    {
        openPage();
        m_page->loadPreferences();
        m_page->open(QStringLiteral("notifications"));
        auto *tells = find<QCheckBox>("notifyTells");
        auto *stays = find<QCheckBox>("notifyStays");
        QVERIFY(tells->isVisible() && !tells->isChecked() && !stays->isChecked());
        QSignalSpy changed(m_page.get(), &SettingsPage::notificationsChanged);
        tells->setFocus();
        QTest::keyClick(tells, Qt::Key_Space);
        QCOMPARE(changed.count(), 1);
        const auto choice = changed.front().at(0).value<NotificationChoice>();
        QVERIFY(choice.tells && !choice.staysInTray);
        QTRY_VERIFY(await(m_profile->store->setting(SettingKey::notifyTells()))->toBool());
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("settings-notifications"));
        // Another start of the program finds it again.
        openPage();
        QSignalSpy again(m_page.get(), &SettingsPage::notificationsChanged);
        m_page->loadPreferences();
        QTRY_COMPARE(again.count(), 1);
        QVERIFY(find<QCheckBox>("notifyTells")->isChecked());
        QVERIFY(!find<QCheckBox>("notifyStays")->isChecked());
    }

    void tellsItsVersions()
    {
        openPage();
        m_page->open(QStringLiteral("about"));
        bool found = false;
        for (const QLabel *label : m_page->findChildren<QLabel *>())
            found = found || (label->text() == QLatin1String(qVersion()) && label->isVisible());
        QVERIFY(found);
        takeScreenshots(*m_page, QStringLiteral("settings-about"));
    }
};

QTEST_MAIN(TstSettingsPage)
#include "tst_settings_page.moc"
