// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/ScriptedDialogs.h"
#include "tests/support/VisibleNames.h"
#include "ui/credentials/AddCredentialPanel.h"
#include "ui/credentials/CredentialPane.h"
#include "ui/credentials/CredentialsPage.h"
#include "ui/credentials/FieldRow.h"
#include "ui/widgets/RecordTable.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace sealbook;

class TstCredentialsPage : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<ScriptedDialogs> m_dialogs;
    std::unique_ptr<CredentialsPage> m_page;

    void openPage()
    {
        m_page = std::make_unique<CredentialsPage>(
            *m_profile->credentials, *m_profile->certificates, m_profile->clock, *m_dialogs);
        m_page->resize(1120, 772);
        QSignalSpy loaded(m_page.get(), &CredentialsPage::loaded);
        m_page->show();
        m_page->activated();
        QTRY_COMPARE(loaded.count(), 1);
    }
    RecordTable *table()
    {
        return m_page->findChild<RecordTable *>(QStringLiteral("credentialTable"));
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
        m_profile = std::make_unique<ProfileFixture>();
        m_dialogs = std::make_unique<ScriptedDialogs>();
    }
    void cleanup()
    {
        m_page.reset();
        m_dialogs.reset();
        m_profile.reset();
    }

    void decidesTheState_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("state");
        const auto row = [](const char *name, CredentialHealth::State state) {
            QTest::newRow(name) << QString::fromLatin1(name) << static_cast<int>(state);
        };
        row("cloudflare-all", CredentialHealth::State::Broad);
        row("desec-build", CredentialHealth::State::Unproved);
        row("gandi-legacy", CredentialHealth::State::Forgotten);
        row("bind-primary", CredentialHealth::State::RotationDue);
        row("hetzner-net", CredentialHealth::State::RotationDue);
        row("desec-org", CredentialHealth::State::Ok);
        row("azure-corp", CredentialHealth::State::Ok);
        row("cloudflare-ci", CredentialHealth::State::Revoked);
    }
    void decidesTheState()
    {
        QFETCH(QString, name);
        QFETCH(int, state);
        CredentialModel model(m_profile->clock);
        const QAbstractItemModelTester tester(&model);
        model.setRecords(m_profile->sampleCredentials(), {});
        model.setCertificates(m_profile->samples.all());
        QCOMPARE(static_cast<int>(model.health(name)->state), state);
    }

    void R10_oneZoneIsNeverBroadAndANeededOneNeither()
    {
        CredentialRecord record;
        record.createdAt = m_profile->clock.utcNow();
        record.reach = QStringList{QStringLiteral("example.com")};
        const QDateTime now = m_profile->clock.utcNow();
        QVERIFY(CredentialHealth::of(record, {}, now).state == CredentialHealth::State::Ok);
        record.reach.append(QStringLiteral("example.net"));
        QVERIFY(CredentialHealth::of(record, {}, now).state == CredentialHealth::State::Broad);
        DependentCertificate both;
        both.names = QStringList{QStringLiteral("*.example.com"), QStringLiteral("example.net")};
        const CredentialHealth health = CredentialHealth::of(record, {both}, now);
        QVERIFY(health.state == CredentialHealth::State::Ok);
        QCOMPARE(health.neededZones.size(), 2);
        QVERIFY(!CredentialHealth::zoneHolds(QStringLiteral("example.com"),
                                             QStringLiteral("notexample.com")));
    }

    void holdsAnyNumberOfRows_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("none") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("ten thousand") << 10000;
    }
    void holdsAnyNumberOfRows()
    {
        QFETCH(int, count);
        openPage();
        const std::vector<CredentialRecord> samples = m_profile->sampleCredentials();
        std::vector<CredentialRecord> records;
        for (int i = 0; i < count; ++i) {
            records.push_back(samples[static_cast<std::size_t>(i) % samples.size()]);
            records.back().name += QString::number(i);
        }
        m_page->model().setRecords(records, {});
        const QAbstractItemModelTester tester(&m_page->model());
        QCOMPARE(m_page->model().rowCount(), count);
        m_page->model().setFilter(QStringLiteral("mara"));
        m_page->model().sort(CredentialModel::Age, Qt::DescendingOrder);
        QVERIFY(!m_page->grab().isNull());
    }

    void showsOneByKeyboardAlone()
    {
        m_profile->seedCertificates();
        m_profile->seedCredentials();
        openPage();
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Home);
        QCOMPARE(table()->currentKey(), QStringLiteral("cloudflare-all")); // worst first
        QTest::keyClick(table(), Qt::Key_Return);
        auto *pane = m_page->findChild<CredentialPane *>();
        QVERIFY(pane->isVisible());
        QCOMPARE(pane->credential(), QStringLiteral("cloudflare-all"));
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("credentials"));
        takeScreenshots(*m_page, QStringLiteral("credentials-narrow"), {860, 560});
        QTest::keyClick(table(), Qt::Key_Escape);
        QVERIFY(!pane->isVisible());
    }

    void teachesWhenItIsEmpty()
    {
        openPage();
        QVERIFY(!table()->isVisible());
        QVERIFY(m_page->firstFocus()->findChild<QPushButton *>()->isVisible());
        takeScreenshots(*m_page, QStringLiteral("credentials-empty"));
    }

    void R06_R07_addsOneByKeyboardAlone()
    {
        openPage();
        find<QAction>("addCredential")->trigger();
        auto *panel = m_page->findChild<AddCredentialPanel *>();
        QVERIFY(panel->isVisible());
        auto *provider = find<QComboBox>("provider");
        provider->setFocus();
        provider->setCurrentIndex(provider->findData(QStringLiteral("digitalocean")));
        QCOMPARE(visibleWithoutName(panel), QString());
        takeScreenshots(*m_page, QStringLiteral("credentials-add"));

        auto *add = find<QPushButton>("add");
        QTest::keyClick(add, Qt::Key_Space);
        QVERIFY(!find<FieldRow>("row_owner")->problem().isEmpty()); // nothing without an owner
        QVERIFY(!find<FieldRow>("row_token")->problem().isEmpty());
        takeScreenshots(*m_page, QStringLiteral("credentials-problems"));

        QTest::keyClicks(find<QLineEdit>("field_name"), QStringLiteral("dns"));
        QTest::keyClicks(find<QLineEdit>("field_owner"), QStringLiteral("Ada"));
        QTest::keyClicks(find<QLineEdit>("field_purpose"), QStringLiteral("example.org"));
        const QString token = QStringLiteral("dop_v1_") + QString(64, QLatin1Char('a'));
        QTest::keyClicks(find<QLineEdit>("field_token"), token);
        // A keychain that refuses: said inline, and the token need not be typed again.
        m_profile->keychain.failWrites = true;
        QTest::keyClick(add, Qt::Key_Space);
        QVERIFY(find<QLineEdit>("field_token")->text().isEmpty());
        QTRY_VERIFY(add->isEnabled());
        QVERIFY(panel->isVisible());
        m_profile->keychain.failWrites = false;
        QTest::keyClick(add, Qt::Key_Space);
        QTRY_COMPARE(m_page->model().total(), 1);
        QVERIFY(!panel->isVisible());
        QTRY_COMPARE(table()->currentKey(), QStringLiteral("dns"));
        QVERIFY(!m_profile->keychain.items().isEmpty());
        // The token is in no text of the window.
        for (const QLineEdit *edit : m_page->findChildren<QLineEdit *>())
            QVERIFY(!edit->text().contains(token));
    }

    void opensWhatAnotherPageNamesBeforeItWasShown()
    {
        m_profile->seedCredentials();
        m_page = std::make_unique<CredentialsPage>(
            *m_profile->credentials, *m_profile->certificates, m_profile->clock, *m_dialogs);
        m_page->show();
        m_page->activated();
        m_page->open(QStringLiteral("hetzner-net"));
        QTRY_COMPARE(table()->currentKey(), QStringLiteral("hetzner-net"));
        QVERIFY(m_page->findChild<CredentialPane *>()->isVisible());
    }

    void namesDependentsBeforeItRemoves()
    {
        m_profile->seedCertificates();
        m_profile->seedCredentials();
        openPage();
        m_page->open(QStringLiteral("hetzner-net"));
        QAction *remove = find<QAction>("removeCredential");
        QVERIFY(remove->isEnabled());
        m_dialogs->answers = {true};
        remove->trigger();
        QTRY_COMPARE(m_dialogs->questions.size(), std::size_t(1));
        QVERIFY(m_dialogs->questions.front().destructive);
        QVERIFY2(m_dialogs->questions.front().detail.contains(QStringLiteral("cdn.example.net")),
                 qPrintable(m_dialogs->questions.front().detail));
        QTRY_VERIFY(m_page->model().record(QStringLiteral("hetzner-net")) == nullptr);
    }

    void findsWhatIsMissingInTheForm()
    {
        CredentialForm form;
        form.provider.fields.push_back(
            {QStringLiteral("token"), QStringLiteral("API token"), {}, {}, true, true, {}, {}});
        form.provider.fields.push_back(
            {QStringLiteral("zone"), QStringLiteral("Zone"), {}, {}, false, false, {}, {}});
        const auto fields = [](const CredentialForm &filled) {
            QStringList found;
            for (const FieldProblem &problem : filled.problems())
                found << problem.field;
            return found;
        };
        QCOMPARE(fields(form),
                 QStringList({QStringLiteral("name"), QStringLiteral("owner"),
                              QStringLiteral("purpose"), QStringLiteral("token")}));
        form.name = QStringLiteral("n");
        form.owner = QStringLiteral("  ");
        form.purpose = QStringLiteral("p");
        form.secretsGiven.insert(QStringLiteral("token"));
        QCOMPARE(fields(form), QStringList({QStringLiteral("owner")}));
    }
};

QTEST_MAIN(TstCredentialsPage)
#include "tst_credentials_page.moc"
