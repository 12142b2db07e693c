// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/InventoryOfRecords.h"
#include "tests/support/InventoryRows.h"
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/ScriptedDialogs.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"
#include "tests/support/VisibleNames.h"
#include "ui/certificates/CertificatePane.h"
#include "ui/certificates/CertificateView.h"
#include "ui/certificates/CertificatesPage.h"
#include "ui/certificates/ImportReportPanel.h"
#include "ui/certificates/QueryBar.h"
#include "ui/certificates/QueryChip.h"
#include "ui/certificates/ViewBar.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/ExpiryStrip.h"
#include "ui/widgets/NoteBar.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace sealbook;

class TstCertificatesPage : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<ScriptedDialogs> m_dialogs;
    std::unique_ptr<CertificatesPage> m_page;

    void openPage()
    {
        m_page = std::make_unique<CertificatesPage>(*m_profile->certificates, *m_profile->inventory,
                                                    m_profile->clock, *m_dialogs);
        m_page->resize(1120, 772);
        QSignalSpy loaded(m_page.get(), &CertificatesPage::loaded);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get())); // or no key is a shortcut
        m_page->activated();
        QTRY_VERIFY(loaded.count() >= 1);
    }
    CertificateView *table() { return m_page->findChild<CertificateView *>(); }
    CertificatePane *pane() { return m_page->findChild<CertificatePane *>(); }
    ExpiryStrip *strip() { return m_page->findChild<ExpiryStrip *>(); }
    int fullCell(int from) // the next one of the strip that holds something
    {
        while (from < ExpiryWeeks::laterCell && strip()->weeks().cell(from).certificates() == 0)
            ++from;
        return from;
    }
    ImportReportPanel *report() { return m_page->findChild<ImportReportPanel *>(); }
    void key(QWidget *widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(widget, key, modifiers);
    }
    QString write(const QString &name, const QByteArray &content)
    {
        const QString path = m_profile->folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return {};
        return path;
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

    void teachesWhenItIsEmpty()
    {
        openPage();
        QCOMPARE(m_page->badge(), QString());
        auto *button = m_page->firstFocus()->findChild<QPushButton *>();
        QVERIFY(button != nullptr && button->isVisible());
        QVERIFY(!table()->isVisible());
        takeScreenshots(*m_page, QStringLiteral("certificates-empty"));
        const QString path = write(QStringLiteral("one.pem"), m_profile->samples.issuerPem());
        m_dialogs->files.push_back({path});
        button->setFocus();
        key(button, Qt::Key_Space);
        QTRY_COMPARE(report()->headline(), QStringLiteral("1 added"));
        QTRY_COMPARE(m_page->badge(), QStringLiteral("1"));
        QVERIFY(table()->isVisible());
    }

    void opensTenThousandRows()
    {
        openPage();
        m_page->model().setInventory(
            inventoryOf(m_profile->samples.many(10000), m_profile->clock.utcNow()));
        QVERIFY(!m_page->grab().isNull());
        m_page->findChild<QLineEdit *>(QStringLiteral("certificateFilter"))
            ->setText(QStringLiteral("host-99"));
        QVERIFY(m_page->model().matching() > 0 && m_page->model().matching() < 200);
        QVERIFY(!m_page->grab().isNull());
    }

    void showsOneByKeyboardAlone()
    {
        m_profile->seedCertificates();
        openPage();
        table()->setFocus();
        // From the first row, whether the view had focus, and with it a current row, or not yet.
        key(table(), Qt::Key_Home);
        for (int i = 0; i < 4; ++i) // head, row, head, row, row
            key(table(), Qt::Key_Down);
        QCOMPARE(m_page->model().row(table()->currentIndex())->firstName(),
                 QStringLiteral("*.shop.example.com"));
        QVERIFY(!pane()->isVisible());
        key(table(), Qt::Key_Return);
        QVERIFY(pane()->isVisible());
        auto *pem = pane()->findChild<QPlainTextEdit *>(QStringLiteral("pemText"));
        QTRY_VERIFY(pem->toPlainText().startsWith(QStringLiteral("-----BEGIN CERTIFICATE-----")));
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("certificates"));
        takeScreenshots(*m_page, QStringLiteral("certificates-narrow"), {800, 560});
        key(table(), Qt::Key_Escape);
        QVERIFY(!pane()->isVisible());
        key(table(), Qt::Key_Left); // to the head of its group
        key(table(), Qt::Key_Left); // folds it
        QVERIFY(table()->currentIndex().data(CertificateModel::FoldedRole).toBool());
    }

    void saysWhenNothingMatches()
    {
        m_profile->seedCertificates();
        openPage();
        auto *filter = m_page->findChild<QLineEdit *>(QStringLiteral("certificateFilter"));
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("nowhere"));
        QVERIFY(!table()->isVisible());
        key(filter, Qt::Key_Escape);
        QVERIFY(table()->isVisible());
        QCOMPARE(m_page->model().matching(), 17);
    }

    void exportsByKeyboardAlone()
    {
        m_profile->seedCertificates();
        openPage();
        const std::vector<CertificateRecord> stored = *await(m_profile->certificates->list());
        table()->setFocus();
        table()->select(stored.front().sha256);
        m_page->findChild<QAction *>(QStringLiteral("exportCertificate"))->trigger();
        auto *file = m_page->findChild<QLineEdit *>(QStringLiteral("file"));
        QVERIFY(file->isVisible());
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("certificates-export"));
        const QString path = m_profile->folder.filePath(QStringLiteral("out.pem"));
        file->setText(path);
        file->setFocus();
        key(file, Qt::Key_Return);
        QTRY_VERIFY(QFile::exists(path));
        QTRY_VERIFY(m_page->findChild<NoteBar *>()->note().contains(path));
    }

    void asksBeforeAKeyLeavesTheVault()
    {
        m_profile->seedCertificates();
        openPage();
        QString shop;
        for (int row = 0; row < m_page->model().rowCount(); ++row) {
            const InventoryRow *at = m_page->model().row(m_page->model().index(row, 0));
            if (at != nullptr && at->is(InventoryRow::HasKey) && shop.isEmpty())
                shop = at->sha256.hex();
        }
        table()->select(shop);
        m_page->findChild<QAction *>(QStringLiteral("exportCertificate"))->trigger();
        auto *format = m_page->findChild<QComboBox *>(QStringLiteral("format"));
        format->setCurrentIndex(format->findData(static_cast<int>(ExportFormat::KeyPem)));
        auto *file = m_page->findChild<QLineEdit *>(QStringLiteral("file"));
        const QString path = m_profile->folder.filePath(QStringLiteral("key.pem"));
        file->setText(path);
        m_dialogs->answers.push_back(false);
        key(file, Qt::Key_Return);
        QTRY_COMPARE(m_dialogs->questions.size(), std::size_t(1));
        QVERIFY(m_dialogs->questions.front().destructive);
        QVERIFY(m_dialogs->questions.front().detail.contains(QLatin1String("passphrase")));
        QTest::qWait(20);
        QVERIFY(!QFile::exists(path));
    }

    void aKeyLeavesOnlyAgainstThePassphrase()
    {
        const QByteArray pair =
            testData(QStringLiteral("x509/leaf.pem")) + testData(QStringLiteral("x509/leaf.key"));
        const auto imported = await(m_profile->certificates->importBytes(
            testSecret(pair), QStringLiteral("pasted"), Secret(), {}));
        QVERIFY2(imported, imported ? "" : qPrintable(imported.error().detail));
        QVERIFY(await(m_profile->gate->set({}, testSecret("correct horse"), {})));
        openPage();
        table()->select(imported->sha256.front());
        m_page->findChild<QAction *>(QStringLiteral("exportCertificate"))->trigger();
        auto *format = m_page->findChild<QComboBox *>(QStringLiteral("format"));
        format->setCurrentIndex(format->findData(static_cast<int>(ExportFormat::KeyPem)));
        auto *file = m_page->findChild<QLineEdit *>(QStringLiteral("file"));
        const QString path = m_profile->folder.filePath(QStringLiteral("key.pem"));
        file->setText(path);
        m_dialogs->secrets = {"wrong horse", "correct horse"};
        key(file, Qt::Key_Return);
        auto *write = m_page->findChild<QPushButton *>(QStringLiteral("write"));
        QTRY_VERIFY(m_page->findChild<ErrorPanel *>(QStringLiteral("error"))->isVisible());
        QVERIFY(!QFile::exists(path));
        QTRY_VERIFY(write->isEnabled());
        write->click();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 20'000);
        QCOMPARE(m_dialogs->secretQuestions.size(), std::size_t(2));
        QVERIFY(m_dialogs->questions.empty());
    }

    // Java finds an entry by its alias.
    void namesTheEntryOfAKeystore()
    {
        const QByteArray pair =
            testData(QStringLiteral("x509/leaf.pem")) + testData(QStringLiteral("x509/leaf.key"));
        const auto imported = await(m_profile->certificates->importBytes(
            testSecret(pair), QStringLiteral("pasted"), Secret(), {}));
        QVERIFY2(imported, imported ? "" : qPrintable(imported.error().detail));
        openPage();
        table()->select(imported->sha256.front());
        m_page->findChild<QAction *>(QStringLiteral("exportCertificate"))->trigger();
        auto *format = m_page->findChild<QComboBox *>(QStringLiteral("format"));
        auto *alias = m_page->findChild<QLineEdit *>(QStringLiteral("alias"));
        QVERIFY(!alias->isVisible());
        format->setCurrentIndex(format->findData(static_cast<int>(ExportFormat::Pkcs12)));
        QVERIFY(alias->isVisible());
        QCOMPARE(alias->placeholderText(), QStringLiteral("www.example.org"));
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        format->setCurrentIndex(format->findData(static_cast<int>(ExportFormat::KubernetesSecret)));
        alias->setText(QStringLiteral("web-tls"));
        auto *file = m_page->findChild<QLineEdit *>(QStringLiteral("file"));
        const QString path = m_profile->folder.filePath(QStringLiteral("secret.yaml"));
        file->setText(path);
        m_dialogs->answers.push_back(true); // the key leaves the vault
        key(file, Qt::Key_Return);
        QTRY_VERIFY(QFile::exists(path));
        QFile written(path);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QVERIFY(written.readAll().contains("name: \"web-tls\""));
    }

    // What stands in the table, as a file: its question, its order, its columns.
    void exportsWhatItShowsAsAReport()
    {
        m_profile->seedCertificates();
        openPage();
        m_page->queryBar().setText(QStringLiteral("shop"));
        QTRY_VERIFY(!m_page->model().isAsking());
        const int shown = m_page->model().matching();
        QVERIFY(shown > 0 && shown < m_page->model().total());
        auto *action = m_page->findChild<QAction *>(QStringLiteral("exportReport"));
        const auto content = [](const QString &path) {
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        auto *note = m_page->findChild<NoteBar *>();
        for (const char *name : {"report.html", "report.csv", "report.json"}) {
            const QString path = m_profile->folder.filePath(QLatin1String(name));
            m_dialogs->files.push_back({path});
            action->trigger();
            QTRY_VERIFY2(note->note().contains(path), name);
            QVERIFY2(content(path).contains("shop.example.com"), name);
        }
        const QByteArray csv = content(m_profile->folder.filePath(QStringLiteral("report.csv")));
        QVERIFY2(csv.startsWith("\"group\",\"names\",\"issuer\",\"urgency\",\"expires\""),
                 csv.left(200).constData());
        const QByteArray json = content(m_profile->folder.filePath(QStringLiteral("report.json")));
        QVERIFY(json.contains("\"count\":" + QByteArray::number(shown)));
        m_dialogs->files.push_back({m_profile->folder.filePath(QStringLiteral("report.pdf"))});
        action->trigger();
        QTRY_VERIFY(m_page->findChild<ErrorPanel *>()->isVisible());
        QVERIFY(!QFile::exists(m_profile->folder.filePath(QStringLiteral("report.pdf"))));
    }

    void writesWhatAServerWants()
    {
        const QByteArray pair =
            testData(QStringLiteral("x509/leaf.pem")) + testData(QStringLiteral("x509/leaf.key"));
        const auto imported = await(m_profile->certificates->importBytes(
            testSecret(pair), QStringLiteral("pasted"), Secret(), {}));
        QVERIFY2(imported, imported ? "" : qPrintable(imported.error().detail));
        const QString keyed = imported->sha256.front();
        openPage();
        m_page->findChild<CertificateView *>()->select(keyed);
        m_page->findChild<QAction *>(QStringLiteral("exportCertificate"))->trigger();
        auto *format = m_page->findChild<QComboBox *>(QStringLiteral("format"));
        format->setCurrentIndex(format->findData(QStringLiteral("haproxy")));
        auto *file = m_page->findChild<QLineEdit *>(QStringLiteral("file"));
        file->setText(m_profile->folder.path());
        m_dialogs->answers.push_back(true); // the key leaves the vault
        key(file, Qt::Key_Return);
        auto *snippet = m_page->findChild<QPlainTextEdit *>(QStringLiteral("snippet"));
        QTRY_VERIFY(snippet->toPlainText().startsWith(QStringLiteral("bind :443 ssl crt ")));
        QVERIFY(snippet->isVisible());
        takeScreenshots(*m_page, QStringLiteral("certificates-export-server"));
        // Another choice begins anew.
        format->setCurrentIndex(0);
        QVERIFY(!snippet->isVisible());
        QVERIFY(file->text().endsWith(QStringLiteral("fullchain.pem")));
    }

    void B39_reportsWhatIsNotACertificate()
    {
        openPage();
        const QString bad = write(QStringLiteral("bad.pem"), "this is no certificate");
        const QString good = write(QStringLiteral("good.pem"), m_profile->samples.issuerPem());
        m_dialogs->files.push_back({bad, good});
        m_page->findChild<QAction *>(QStringLiteral("importCertificates"))->trigger();
        QTRY_COMPARE(report()->headline(), QStringLiteral("1 added, 1 not imported"));
        QVERIFY2(report()->lines().startsWith(QStringLiteral("bad.pem: ")),
                 qPrintable(report()->lines()));
        takeScreenshots(*m_page, QStringLiteral("certificates-report"));
    }

    void importsWhatIsPasted()
    {
        openPage();
        QGuiApplication::clipboard()->setText(QString::fromLatin1(m_profile->samples.issuerPem()));
        m_page->findChild<QAction *>(QStringLiteral("pasteCertificates"))->trigger();
        QTRY_COMPARE(report()->headline(), QStringLiteral("1 added"));
        m_page->findChild<QAction *>(QStringLiteral("pasteCertificates"))->trigger();
        QTRY_COMPARE(report()->headline(), QStringLiteral("1 already here"));
        QGuiApplication::clipboard()->setText(QString());
        m_page->findChild<QAction *>(QStringLiteral("pasteCertificates"))->trigger();
        QVERIFY(m_page->findChild<ErrorPanel *>()->isVisible());
    }

    void importsWhatIsDropped()
    {
        openPage();
        const QString good = write(QStringLiteral("good.pem"), m_profile->samples.issuerPem());
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(good)});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton,
                              Qt::NoModifier);
        QCoreApplication::sendEvent(m_page.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page.get(), &drop);
        QTRY_COMPARE(report()->headline(), QStringLiteral("1 added"));
    }

    void importsAFolder()
    {
        openPage();
        QVERIFY(QDir(m_profile->folder.path()).mkpath(QStringLiteral("in/deep")));
        write(QStringLiteral("in/deep/good.pem"), m_profile->samples.issuerPem());
        write(QStringLiteral("in/leaf.pem"), testData(QStringLiteral("x509/leaf.pem")));
        write(QStringLiteral("in/cut.pem"), testData(QStringLiteral("x509/root.pem")).chopped(300));
        write(QStringLiteral("in/readme.txt"), "nothing of ours");
        m_dialogs->files.push_back({m_profile->folder.filePath(QStringLiteral("in"))});
        m_page->findChild<QAction *>(QStringLiteral("importFolder"))->trigger();
        QTRY_COMPARE(report()->headline(), QStringLiteral("2 added, 1 not imported"));
        QVERIFY2(report()->lines().startsWith(QStringLiteral("cut.pem: ")),
                 qPrintable(report()->lines()));
        auto *cancel = report()->findChild<QPushButton *>(QStringLiteral("cancelImport"));
        QVERIFY(!cancel->isVisible());
    }

    void movesToTheTrashAndTakesItBack()
    {
        m_profile->seedCertificates();
        openPage();
        table()->setFocus();
        table()->select(m_page->model().row(m_page->model().index(1, 0))->sha256.hex());
        key(table(), Qt::Key_Delete);
        QTRY_COMPARE(m_page->model().total(), 16); // without a question
        QVERIFY(m_dialogs->questions.empty());
        auto *note = m_page->findChild<NoteBar *>();
        QTRY_VERIFY(note->note().endsWith(QStringLiteral("moved to the trash.")));
        auto *undo = note->findChild<QPushButton *>(QStringLiteral("noteAction"));
        QVERIFY(undo->isVisible());
        undo->click();
        QTRY_COMPARE(m_page->model().total(), 17);
        QTRY_VERIFY(note->note().startsWith(QStringLiteral("Undone: ")));
    }

    void deletesForGoodOnlyFromTheTrashAndAfterAsking()
    {
        m_profile->seedCertificates();
        openPage();
        table()->setFocus();
        table()->select(m_page->model().row(m_page->model().index(1, 0))->sha256.hex());
        QAction *forGood = m_page->findChild<QAction *>(QStringLiteral("deleteForGood"));
        QVERIFY(!forGood->isEnabled());
        key(table(), Qt::Key_Delete);
        QTRY_COMPARE(m_page->model().total(), 16);
        m_page->findChild<QAction *>(QStringLiteral("showTrash"))->trigger();
        QTRY_COMPARE(m_page->model().rowCount(), 1);
        QCOMPARE(m_page->queryBar().chips(), QStringList{QStringLiteral("is:trashed")});
        takeScreenshots(*m_page, QStringLiteral("certificates-trash"));
        table()->setFocus();
        table()->selectAll();
        QVERIFY(forGood->isEnabled());
        m_dialogs->answers = {false, true};
        forGood->trigger();
        QTRY_COMPARE(m_dialogs->questions.size(), std::size_t{1});
        QTest::qWait(20);
        QCOMPARE(m_page->model().inventory()->size(), std::size_t{17});
        forGood->trigger();
        QTRY_COMPARE(m_page->model().inventory()->size(), std::size_t{16});
        QVERIFY(m_dialogs->questions.front().destructive);
    }

    void opensWhatAnotherPageWants()
    {
        m_profile->seedCertificates();
        m_page = std::make_unique<CertificatesPage>(*m_profile->certificates, *m_profile->inventory,
                                                    m_profile->clock, *m_dialogs);
        m_page->show();
        const QString sha256 = await(m_profile->certificates->list())->back().sha256;
        m_page->open(sha256); // before anything is loaded
        QTRY_COMPARE(pane()->sha256(), sha256);
        QVERIFY(pane()->isVisible());
        // What was asked for must have come before the profile goes.
        auto *pem = pane()->findChild<QPlainTextEdit *>(QStringLiteral("pemText"));
        QTRY_VERIFY(!pem->toPlainText().isEmpty());
    }

    void countsOnItsStripWhatTheQuestionFinds()
    {
        openPage();
        QVERIFY(!strip()->isVisible()); // there is nothing
        m_profile->seedCertificates();
        openPage();
        QVERIFY(strip()->isVisible());
        QCOMPARE(strip()->weeks(), m_page->model().inventory()->expiryWeeks(Query()));
        QCOMPARE(strip()->weeks().cell(ExpiryWeeks::overdueCell).certificates(), 1);
        // A condition of the question counts, that of the strip itself does not.
        m_page->queryBar().addTerm(QStringLiteral("key:rsa"));
        const ExpiryWeeks rsa =
            m_page->model().inventory()->expiryWeeks(*Query::parse(QStringLiteral("key:rsa")));
        QCOMPARE(strip()->weeks(), rsa);
        QVERIFY(rsa != m_page->model().inventory()->expiryWeeks(Query()));
        const int cell = fullCell(2);
        strip()->activatePart(cell);
        QCOMPARE(strip()->weeks(), rsa);
        QCOMPARE(m_page->model().matching(), rsa.cell(cell).certificates());
        m_page->findChild<QAction *>(QStringLiteral("hideExpired"))->trigger();
        QCOMPARE(strip()->weeks().cell(ExpiryWeeks::overdueCell).certificates(), 0);
        m_page->findChild<QAction *>(QStringLiteral("showTrash"))->trigger();
        QVERIFY(!strip()->isVisible());
        m_page->findChild<QAction *>(QStringLiteral("showTrash"))->trigger();
        QVERIFY(strip()->isVisible());
    }

    void marksOnItsStripWhenCredentialsAreDue()
    {
        m_profile->seedCertificates();
        openPage();
        m_profile->seedCredentials();
        m_page->useCredentials(*m_profile->credentials);
        ExpiryWeeks due = m_page->model().weeks();
        due.addCredentials(m_profile->sampleCredentials());
        QVERIFY(due != m_page->model().weeks());
        QTRY_COMPARE(strip()->weeks(), due);
        m_page->queryBar().addTerm(QStringLiteral("key:rsa")); // which is no question about them
        QCOMPARE(strip()->weeks().cell(ExpiryWeeks::overdueCell).credentialDates,
                 due.cell(ExpiryWeeks::overdueCell).credentialDates);
    }

    void filtersByTheStripWithKeysAlone()
    {
        m_profile->seedCertificates();
        openPage();
        m_page->queryBar().setText(QStringLiteral("not is:retired mail"));
        m_page->queryBar().clear();
        const int all = m_page->model().matching();
        const int first = fullCell(1);
        const int second = fullCell(first + 1);
        const ExpiryWeeks weeks = strip()->weeks();
        const int one = weeks.cell(first).certificates();
        const int two = weeks.cell(second).certificates();
        strip()->setFocus();
        key(strip(), Qt::Key_Home);
        for (int i = 0; i < first; ++i)
            key(strip(), Qt::Key_Right);
        key(strip(), Qt::Key_Return);
        QCOMPARE(m_page->model().matching(), one);
        QCOMPARE(m_page->queryBar().chips().size(), 1);
        QVERIFY(strip()->isPartChosen(first));
        for (int i = first; i < second; ++i)
            key(strip(), Qt::Key_Right);
        key(strip(), Qt::Key_Return, Qt::ControlModifier); // this week too
        QCOMPARE(m_page->model().matching(), one + two);
        QCOMPARE(m_page->queryBar().chips().size(), 1);
        QVERIFY(strip()->isPartChosen(first) && strip()->isPartChosen(second));
        key(strip(), Qt::Key_Return, Qt::ControlModifier); // and not any more
        QCOMPARE(m_page->model().matching(), one);
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
        takeScreenshots(*m_page, QStringLiteral("certificates-strip"));
        takeScreenshots(*m_page, QStringLiteral("certificates-strip-narrow"), {800, 560});
        m_page->setLayoutDirection(Qt::RightToLeft);
        takeScreenshots(*m_page, QStringLiteral("certificates-strip-rtl"));
        m_page->setLayoutDirection(Qt::LeftToRight);
        key(strip(), Qt::Key_Escape);
        QCOMPARE(m_page->model().matching(), all);
        QVERIFY(strip()->chosen().none());
        QVERIFY(m_page->queryBar().chips().isEmpty());
        key(strip(), Qt::Key_Return);
        QVERIFY(strip()->chosen().any());
        m_page->findChild<QueryChip *>()->click();
        QVERIFY(strip()->chosen().none());
        QCOMPARE(m_page->model().matching(), all);
    }

    void keepsTheRestOfTheQuestionWhenTheStripChooses()
    {
        m_profile->seedCertificates();
        openPage();
        QueryBar &bar = m_page->queryBar();
        bar.setText(QStringLiteral("not is:retired example"));
        strip()->activatePart(2);
        QCOMPARE(bar.chips(), QStringList({QStringLiteral("not is:retired"), strip()->term()}));
        QCOMPARE(bar.edit()->text(), QStringLiteral("example"));
        strip()->activatePart(3); // in place of the other
        QCOMPARE(bar.chips(), QStringList({QStringLiteral("not is:retired"), strip()->term()}));
        strip()->activatePart(3);
        QCOMPARE(bar.query().text(), QStringLiteral("not is:retired example"));
        // The condition written by hand is the same one.
        bar.setText(QStringLiteral("(expires<=0d not is:retired)"));
        QVERIFY(strip()->isPartChosen(ExpiryWeeks::overdueCell));
        QCOMPARE(bar.chips().size(), 1);
        QCOMPARE(m_page->model().matching(), 1);
        bar.setText(QStringLiteral("tag:prod or (expires<=0d not is:retired)"));
        QVERIFY(strip()->chosen().none());
    }

    void countsForItsStripAside()
    {
        openPage();
        m_page->model().setInventory(
            std::make_shared<Inventory>(Inventory::of(manyInventoryRows(30'000), inventoryNow())));
        // On a busy machine the answer may be there before this thread goes on.
        if (m_page->model().isAsking())
            QVERIFY(!strip()->isVisible());
        QTRY_VERIFY(!m_page->model().isAsking());
        QVERIFY(strip()->isVisible());
        QVERIFY(strip()->weeks().largestWeek() > 100);
        const ExpiryWeeks before = strip()->weeks();
        m_page->queryBar().addTerm(QStringLiteral("tag:prod"));
        if (m_page->model().isAsking())
            QCOMPARE(strip()->weeks(), before);
        QTRY_VERIFY(!m_page->model().isAsking());
        QCOMPARE(
            strip()->weeks(),
            m_page->model().inventory()->expiryWeeks(*Query::parse(QStringLiteral("tag:prod"))));
    }

    void asksWhatAnotherPageWants()
    {
        m_profile->seedCertificates();
        SavedView kept;
        kept.name = QStringLiteral("Mine");
        kept.query = QStringLiteral("tag:nobody");
        kept.grouping = InventoryGrouping::Urgency;
        QVERIFY(await(m_profile->inventory->saveViews({kept})));
        QVERIFY(await(m_profile->inventory->savePageState(
            {{QStringLiteral("start"), QStringLiteral("Mine")}})));
        openPage();
        QTRY_COMPARE(m_page->queryBar().query().text(), kept.query);
        m_page->findChild<QAction *>(QStringLiteral("hideExpired"))->trigger();
        const QString overdue = QStringLiteral("(expires<=0d not is:retired)");
        m_page->open(QStringLiteral("query:") + overdue);
        QCOMPARE(m_page->queryBar().query().text(), overdue);
        QCOMPARE(m_page->model().matching(), 1);
        QVERIFY(strip()->isPartChosen(ExpiryWeeks::overdueCell));
        // Of a page that was never shown: the view to begin with comes later, and not in between.
        m_page = std::make_unique<CertificatesPage>(*m_profile->certificates, *m_profile->inventory,
                                                    m_profile->clock, *m_dialogs);
        auto *views = m_page->findChild<ViewBar *>();
        QSignalSpy loaded(m_page.get(), &CertificatesPage::loaded);
        m_page->show();
        m_page->open(QStringLiteral("query:is:soon"));
        QTRY_COMPARE(views->views().size(), std::size_t{1});
        QTRY_VERIFY(loaded.count() >= 1);
        QCOMPARE(m_page->queryBar().query().text(), QStringLiteral("is:soon"));
        QVERIFY(m_page->model().matching() > 0);
    }
};

QTEST_MAIN(TstCertificatesPage)
#include "tst_certificates_page.moc"
