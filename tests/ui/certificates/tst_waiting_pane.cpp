// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Csr.h"
#include "tests/support/ProfileFixture.h"
#include "tests/support/Screenshot.h"
#include "tests/support/ScriptedDialogs.h"
#include "tests/support/TestData.h"
#include "tests/support/VisibleNames.h"
#include "ui/certificates/CertificatePane.h"
#include "ui/certificates/CertificateView.h"
#include "ui/certificates/CertificatesPage.h"
#include "ui/certificates/WaitingPane.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/RowDelegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sealbook;

// Requests and lone keys on the certificates page: their rows, and the pane that tells about them.
class TstWaitingPane : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<ProfileFixture> m_profile;
    std::unique_ptr<ScriptedDialogs> m_dialogs;
    std::unique_ptr<CertificatesPage> m_page;
    QString m_request; // sha256
    QString m_key;

    void openPage()
    {
        m_page = std::make_unique<CertificatesPage>(*m_profile->certificates, *m_profile->inventory,
                                                    m_profile->clock, *m_dialogs);
        m_page->resize(1120, 772);
        QSignalSpy loaded(m_page.get(), &CertificatesPage::loaded);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->activated();
        QTRY_VERIFY(loaded.count() >= 1);
    }
    WaitingPane *pane() { return m_page->findChild<WaitingPane *>(); }
    NoteBar *note() { return m_page->findChild<NoteBar *>(); }
    QString cell(const QString &sha256, CertificateModel::Column column, int role = Qt::DisplayRole)
    {
        const QModelIndex row = m_page->model().indexOf(sha256);
        return row.siblingAtColumn(column).data(role).toString();
    }
    QString textOf(const QWidget *widget)
    {
        QStringList texts;
        for (const QLabel *label : widget->findChildren<QLabel *>()) {
            if (label->isVisibleTo(widget))
                texts << label->text();
        }
        return texts.join(QLatin1Char('\n'));
    }
    QAction *action(const char *name) { return m_page->findChild<QAction *>(QLatin1String(name)); }

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }
    void init()
    {
        m_profile = std::make_unique<ProfileFixture>();
        m_dialogs = std::make_unique<ScriptedDialogs>();
        const auto request = await(m_profile->certificates->makeRequest(
            {QStringLiteral("new.example.org"), QStringLiteral("www.new.example.org")},
            KeyType::Ec256, {}));
        QVERIFY(request);
        m_request = request->sha256;
        const auto summary = await(m_profile->certificates->importPaths(
            {testDataPath(QStringLiteral("x509/leaf.key"))}, Secret(), {}, {}));
        QVERIFY(summary && summary->keysStored == 1);
        m_key = await(m_profile->certificates->findWaiting(QStringLiteral("leaf.key")))
                    .value()
                    .sha256.hex();
    }
    void cleanup()
    {
        m_page.reset();
        m_dialogs.reset();
        m_profile.reset();
    }

    void rowsSayWhatTheyAreAndSinceWhen()
    {
        openPage();
        QCOMPARE(m_page->model().matching(), 2);
        QCOMPARE(cell(m_request, CertificateModel::Names), QStringLiteral("new.example.org"));
        QCOMPARE(cell(m_request, CertificateModel::Issuer), QStringLiteral("Request"));
        QVERIFY(cell(m_request, CertificateModel::Expires).startsWith(u"waiting since "));
        QVERIFY(cell(m_request, CertificateModel::ValidTo).isEmpty());
        QVERIFY(cell(m_request, CertificateModel::Expires, CertificateModel::UsedRole).isEmpty());
        QCOMPARE(cell(m_key, CertificateModel::Names), QStringLiteral("leaf.key"));
        QCOMPARE(cell(m_key, CertificateModel::Issuer), QStringLiteral("Private key"));
        QVERIFY(cell(m_request, CertificateModel::Expires, RowRole::Glyph)
                != cell(m_key, CertificateModel::Expires, RowRole::Glyph));
    }

    void thePaneTellsAboutARequest()
    {
        openPage();
        m_page->open(m_request);
        QTRY_VERIFY(pane()->isVisible());
        QVERIFY(!m_page->findChild<CertificatePane *>()->isVisible());
        auto *pem = pane()->findChild<QPlainTextEdit *>(QStringLiteral("requestPem"));
        QTRY_VERIFY(pem->toPlainText().startsWith(u"-----BEGIN CERTIFICATE REQUEST-----"));
        const QString text = textOf(pane());
        for (const char *said :
             {"CN=new.example.org", "valid", "www.new.example.org", "in the vault", "made here"})
            QTRY_VERIFY2(textOf(pane()).contains(QLatin1String(said)), said);
        takeScreenshots(*m_page, QStringLiteral("certificates-request"));
    }

    void thePaneTellsAboutALoneKey()
    {
        openPage();
        m_page->open(m_key);
        QTRY_VERIFY(pane()->isVisible());
        for (const char *said : {"No certificate and no request here has this key.", "leaf.key"})
            QTRY_VERIFY2(textOf(pane()).contains(QLatin1String(said)), said);
        QVERIFY(!action("copyRequest")->isEnabled());
        QVERIFY(action("matchWaiting")->isEnabled());
        QVERIFY(!action("exportCertificate")->isEnabled());
        QCOMPARE(visibleWithoutName(m_page.get()), QString());
    }

    void copiesAndSavesARequest()
    {
        openPage();
        m_page->open(m_request);
        action("copyRequest")->trigger();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(
            u"-----BEGIN CERTIFICATE REQUEST-----"));
        const QString path = m_profile->folder.filePath(QStringLiteral("out.csr"));
        m_dialogs->files.push_back({path});
        action("saveRequest")->trigger();
        QTRY_VERIFY(QFile::exists(path));
        QCOMPARE(m_dialogs->fileQuestions.back().suggestion, QStringLiteral("new.example.org.csr"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(Csr::read(file.readAll()).value().names.front(),
                 QStringLiteral("new.example.org"));
    }

    void aFileWithItsCertificateAnswersTheKey()
    {
        openPage();
        m_page->open(m_key);
        m_dialogs->files.push_back({testDataPath(QStringLiteral("x509/expired.pem"))});
        action("matchWaiting")->trigger();
        QTRY_VERIFY(textOf(note()).contains(u"Nothing in expired.pem has this key."));
        QCOMPARE(m_page->model().matching(), 2);
        m_dialogs->files.push_back({testDataPath(QStringLiteral("x509/leaf.pem"))});
        action("matchWaiting")->trigger();
        QTRY_VERIFY(m_page->model().row(m_key) == nullptr);
        QCOMPARE(m_page->model().matching(), 2); // the request, and the certificate with its key
    }

    void goesToTheTrashAndComesBack()
    {
        openPage();
        m_page->open(m_key);
        action("trashCertificates")->trigger();
        QTRY_COMPARE(m_page->model().matching(), 1);
        action("undoMarks")->trigger();
        QTRY_COMPARE(m_page->model().matching(), 2);
    }
};

QTEST_MAIN(TstWaitingPane)
#include "tst_waiting_pane.moc"
