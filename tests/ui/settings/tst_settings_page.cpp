// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/ScriptedDialogs.h"
#include "tests/support/VisibleNames.h"
#include "ui/settings/KeychainSection.h"
#include "ui/settings/OutsideForm.h"
#include "ui/settings/RecoveryCodeView.h"
#include "ui/settings/ResolverForm.h"
#include "ui/settings/SettingsPage.h"
#include "ui/widgets/ErrorPanel.h"

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

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }
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
