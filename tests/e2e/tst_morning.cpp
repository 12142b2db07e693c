// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Desktop.h"
#include "tests/support/Await.h"
#include "tests/support/TlsEndpoint.h"
#include "ui/certificates/CertificateView.h"
#include "ui/certificates/CertificatesPage.h"
#include "ui/certificates/ImportReportPanel.h"
#include "ui/certificates/QueryBar.h"
#include "ui/shell/MainWindow.h"
#include "ui/watch/WatchPage.h"
#include "ui/widgets/NoteBar.h"
#include "ui/widgets/RowDelegate.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace sealbook;

// An admin's morning in the real window: the whole application but its main(), with real files and
// real TLS servers, by drop and keyboard.
class TstMorning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void sortsOutThreeHundredFilesAndFortyServers();

private:
    static constexpr int hosts = 100; // of each of three zones
    static constexpr int served = 40; // of shop.example
    static constexpr int drifting = 7; // of those
    static constexpr int waitMs = 120'000;

    void makeCertificates();
    void startServers();
    void keep(const EndpointIdentity &identity, const QByteArray &name);
    [[nodiscard]] MainWindow *window() const;
    [[nodiscard]] CertificatesPage *page() const;
    [[nodiscard]] WatchPage *watchPage() const;
    static void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        // A list of candidates takes the keys first, as it does from a keyboard.
        QWidget *popup = QApplication::activePopupWidget();
        QTest::keyClick(popup != nullptr ? popup : QApplication::focusWidget(),
                        static_cast<Qt::Key>(key), modifiers);
    }
    // Types the question and waits until the table has its answer.
    void ask(const QString &question) const;
    void dropFolder() const;
    void tagAll(const QString &tag) const;
    void addServers() const;
    [[nodiscard]] int serversWithAnOldOne() const;
    void exportReport(const QString &file) const;
    [[nodiscard]] QByteArray content(const char *file) const
    {
        QFile report(m_folder.filePath(QLatin1String(file)));
        return report.open(QIODevice::ReadOnly) ? report.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    EndpointIdentity m_first = EndpointIdentity::make("Morning CA");
    EndpointIdentity m_second = EndpointIdentity::make("Evening CA");
    std::vector<EndpointIdentity> m_servedNow; // by the servers
    std::vector<std::unique_ptr<WordsServer>> m_servers;
    int m_files = 0;
    int m_soonFromFirst = 0;
    std::unique_ptr<Desktop> m_desktop;
};

void TstMorning::keep(const EndpointIdentity &identity, const QByteArray &name)
{
    QFile file(m_folder.filePath(QStringLiteral("pile/%1-%2.pem")
                                     .arg(QString::fromLatin1(name))
                                     .arg(m_files, 3, 10, QLatin1Char('0'))));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(identity.certificatePem);
    ++m_files;
}

// A hundred files for each zone, from two CAs; of seven hosts the old certificate and the new one.
void TstMorning::makeCertificates()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("pile")));
    for (const char *zone : {"shop.example", "post.example", "api.example"}) {
        const bool isShop = QByteArray(zone) == "shop.example";
        const int own = isShop ? hosts - drifting : hosts;
        for (int i = 0; i < own; ++i) {
            const QByteArray name = "host" + QByteArray::number(i) + '.' + zone;
            const bool isFirst = i % 2 == 0;
            const bool isSoon = i % 10 == 8 || i % 10 == 9;
            EndpointIdentity made =
                EndpointIdentity::make(name, isFirst ? &m_first : &m_second, -10, isSoon ? 20 : 80);
            keep(made, name);
            m_soonFromFirst += isFirst && isSoon ? 1 : 0;
            if (isShop && i < drifting) {
                EndpointIdentity old =
                    EndpointIdentity::make(name, isFirst ? &m_first : &m_second, -80, 40);
                keep(old, name);
                m_servedNow.push_back(std::move(old));
            } else if (isShop && i < served) {
                m_servedNow.push_back(std::move(made));
            }
        }
    }
    QCOMPARE(m_files, 3 * hosts);
    QFile roots(m_folder.filePath(QStringLiteral("roots.pem")));
    QVERIFY(roots.open(QIODevice::WriteOnly));
    roots.write(m_first.certificatePem + m_second.certificatePem);
}

void TstMorning::startServers()
{
    for (const EndpointIdentity &identity : m_servedNow)
        m_servers.push_back(
            std::make_unique<WordsServer>(std::vector<WordsServer::Line>(), &identity));
    QCOMPARE(m_servers.size(), std::size_t(served));
}

void TstMorning::initTestCase()
{
    QApplication::setQuitOnLastWindowClosed(false);
    makeCertificates();
    startServers();
    GlobalOptions options;
    options.home = m_folder.filePath(QStringLiteral("profile"));
    options.caFile = m_folder.filePath(QStringLiteral("roots.pem"));
    m_desktop = std::make_unique<Desktop>(options);
    QVERIFY(m_desktop->isFirst());
    m_desktop->start({});
    QTRY_VERIFY_WITH_TIMEOUT(window() != nullptr && window()->isVisible(), waitMs);
    QVERIFY(QTest::qWaitForWindowActive(window()));
}

void TstMorning::cleanupTestCase()
{
    if (m_desktop)
        QVERIFY(await(m_desktop->close()));
    m_desktop.reset();
    m_servers.clear();
}

MainWindow *TstMorning::window() const
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *found = qobject_cast<MainWindow *>(widget))
            return found;
    }
    return nullptr;
}

CertificatesPage *TstMorning::page() const
{
    return qobject_cast<CertificatesPage *>(window()->page(QStringLiteral("certificates")));
}

WatchPage *TstMorning::watchPage() const
{
    return qobject_cast<WatchPage *>(window()->page(QStringLiteral("watch")));
}

void TstMorning::ask(const QString &question) const
{
    page()->findChild<QAction *>(QStringLiteral("clearCertificateFilter"))->trigger();
    QLineEdit *edit = page()->queryBar().edit();
    edit->setFocus();
    QTest::keyClicks(edit, question);
    press(Qt::Key_Return);
    QTRY_VERIFY(QApplication::activePopupWidget() == nullptr && !edit->hasFocus());
    // Without a window manager nobody gives the window back what the list took.
    window()->activateWindow();
    page()->firstFocus()->setFocus();
    QTRY_VERIFY(page()->firstFocus()->hasFocus());
    QTRY_COMPARE(page()->model().request().query.text(), question);
    QTRY_VERIFY(!page()->model().isAsking());
}

void TstMorning::dropFolder() const
{
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(m_folder.filePath(QStringLiteral("pile")))});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(page(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(page(), &drop);
    QTRY_COMPARE_WITH_TIMEOUT(page()->findChild<ImportReportPanel *>()->headline(),
                              QStringLiteral("%1 added").arg(3 * hosts), waitMs);
    QTRY_COMPARE_WITH_TIMEOUT(page()->model().matching(), 3 * hosts, waitMs);
}

void TstMorning::tagAll(const QString &tag) const
{
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_T, Qt::ControlModifier);
    auto *mark = page()->findChild<QLineEdit *>(QStringLiteral("markText"));
    QTRY_VERIFY(mark->hasFocus());
    QTest::keyClicks(mark, tag);
    press(Qt::Key_Return);
    QTRY_VERIFY(page()->findChild<NoteBar *>()->isVisible());
}

void TstMorning::addServers() const
{
    QStringList lines;
    for (const auto &server : m_servers)
        lines << QStringLiteral("127.0.0.1:%1").arg(server->serverPort());
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    window()->activateWindow(); // as in ask()
    window()->showPage(QStringLiteral("watch"));
    watchPage()->findChild<QAction *>(QStringLiteral("addEndpoints"))->trigger();
    auto *list = watchPage()->findChild<QPlainTextEdit *>(QStringLiteral("endpoints"));
    QTRY_VERIFY(list->hasFocus());
    press(Qt::Key_V, Qt::ControlModifier);
    press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(watchPage()->model().total(), served, waitMs);
    const auto allChecked = [this] {
        const EndpointModel &model = watchPage()->model();
        for (int row = 0; row < model.rowCount(); ++row) {
            const EndpointStatus *status =
                model.status(model.index(row, 0).data(RowRole::Key).toString());
            if (status == nullptr || !status->record.checkedAt.isValid())
                return false;
        }
        return true;
    };
    QTRY_VERIFY_WITH_TIMEOUT(allChecked(), waitMs);
}

int TstMorning::serversWithAnOldOne() const
{
    const EndpointModel &model = watchPage()->model();
    int count = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const EndpointStatus *status =
            model.status(model.index(row, 0).data(RowRole::Key).toString());
        const QString shown = status->checks.empty() ? QString() : status->checks.front().sha256;
        count += !status->newestSha256.isEmpty() && status->newestSha256 != shown ? 1 : 0;
    }
    return count;
}

// Through the file dialog, as a person.
void TstMorning::exportReport(const QString &file) const
{
    press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QPointer<QFileDialog> dialog;
    const auto isOpen = [&dialog] {
        dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
        return dialog && dialog->isVisible();
    };
    QTRY_VERIFY(isOpen());
    auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    QVERIFY(name != nullptr);
    name->setText(file); // pasted: typing opens a list of what lies there
    QPushButton *save = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save);
    QTRY_VERIFY(save->isEnabled());
    save->click();
    QTRY_VERIFY2(!dialog || !dialog->isVisible(), "the dialog stays open");
    QTRY_VERIFY(page()->findChild<NoteBar *>()->note().contains(file));
}

void TstMorning::sortsOutThreeHundredFilesAndFortyServers()
{
    window()->showPage(QStringLiteral("certificates"));
    dropFolder();

    for (const char *zone : {"shop", "post", "api"}) {
        ask(QStringLiteral("zone:%1.example").arg(QLatin1String(zone)));
        QCOMPARE(page()->model().matching(), hosts);
        tagAll(QLatin1String(zone));
        ask(QStringLiteral("tag:%1").arg(QLatin1String(zone)));
        QTRY_COMPARE(page()->model().matching(), hosts);
    }

    ask(QStringLiteral("expires<30d issuer:\"Morning CA\""));
    QCOMPARE(page()->model().matching(), m_soonFromFirst);
    QVERIFY(m_soonFromFirst > 0);
    exportReport(m_folder.filePath(QStringLiteral("soon.csv")));
    QCOMPARE(content("soon.csv").count("\r\n"), m_soonFromFirst + 1);
    QVERIFY(!content("soon.csv").contains("Evening CA"));

    addServers();
    QTRY_COMPARE_WITH_TIMEOUT(serversWithAnOldOne(), drifting, waitMs);

    window()->showPage(QStringLiteral("certificates"));
    ask(QStringLiteral("is:drift"));
    QTRY_COMPARE_WITH_TIMEOUT(page()->model().matching(), drifting, waitMs);
    exportReport(m_folder.filePath(QStringLiteral("old.html")));
    const QByteArray report = content("old.html");
    QCOMPARE(report.count("served, though a newer one is here"), drifting);
    for (int i = 0; i < drifting; ++i)
        QVERIFY(report.contains("<bdi>host" + QByteArray::number(i) + ".shop.example</bdi>"));
    QVERIFY(report.contains("<code><bdi>is:drift</bdi></code>"));
}

QTEST_MAIN(TstMorning)
#include "tst_morning.moc"
