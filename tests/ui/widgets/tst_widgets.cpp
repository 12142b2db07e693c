// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Announcer.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/Glyph.h"
#include "ui/widgets/HouseStyle.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/PluralTexts.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/SecretDialog.h"
#include "ui/widgets/SecretEdit.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include "tests/support/AccessibleNames.h"
#include "tests/support/DesignLook.h"

#include <QAction>
#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>
#include <QToolButton>

using namespace sealbook;

namespace {

int inkedPixels(const QImage &image)
{
    int inked = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            inked += qAlpha(image.pixel(x, y)) > 60 ? 1 : 0;
    }
    return inked;
}

} // namespace

class TstWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { useDesignLook(false); }
    void buttonsAndEditsHaveRoom();
    void oneIsSingular();
    void glyphsDifferByShape();
    void glyphsAreSharpAtAnyRatio();
    void everyIconDraws();
    void iconsFollowThePalette();
    void elidesNamesByTheRule_data();
    void elidesNamesByTheRule();
    void elidesValuesInTheMiddle();
    void elidedLabelKeepsTheWholeText();
    void errorPanelShowsWhatHappened();
    void errorPanelCopiesAReport();
    void mutedLabelsFollowThePalette();
    void linksFollowThePalette();
    void copyButtonCopies();
    void keyValueGridClears();
    void breaksLongWordsOnly();
    void flowsIntoAsManyLinesAsNeeded();
    void announcerSpeaksAtMostOncePerInterval();
    void secretDialogWantsTheSameTwice();
    void pagesHaveNamedButtons();
    void delegatePaintsEveryKindOfRow_data();
    void delegatePaintsEveryKindOfRow();
    void countersCount();
};

void TstWidgets::breaksLongWordsOnly()
{
    const QString plain = QStringLiteral("of www.shop.example.org");
    QCOMPARE(breakable(plain), plain);
    const QString broken = breakable(QStringLiteral("see ") + QString(50, QLatin1Char('W')));
    QCOMPARE(broken.count(QChar(0x200B)), 2);
    QVERIFY(breakable(QStringLiteral("TLS_AES_256_GCM_SHA384")).contains(QChar(0x200B)));
}

void TstWidgets::flowsIntoAsManyLinesAsNeeded()
{
    QWidget box;
    auto *flow = new FlowLayout(8);
    box.setLayout(flow);
    flow->setContentsMargins(0, 0, 0, 0);
    std::array<QWidget *, 3> parts{};
    for (QWidget *&part : parts) {
        part = new QWidget(&box);
        part->setFixedSize(100, 28);
        flow->addWidget(part);
    }
    QCOMPARE(flow->sizeHint(), QSize(316, 28));
    QCOMPARE(flow->minimumSize(), QSize(100, 28));
    QCOMPARE(flow->heightForWidth(316), 28);
    QCOMPARE(flow->heightForWidth(315), 64);
    QCOMPARE(flow->heightForWidth(100), 100);
    flow->setGeometry({0, 0, 220, 64});
    QCOMPARE(parts[1]->pos(), QPoint(108, 0));
    QCOMPARE(parts[2]->pos(), QPoint(0, 36));
    box.setLayoutDirection(Qt::RightToLeft);
    flow->setGeometry({0, 0, 221, 64});
    QCOMPARE(parts[2]->pos(), QPoint(121, 36));
    parts[1]->hide();
    QCOMPARE(flow->heightForWidth(220), 28);
}

void TstWidgets::glyphsDifferByShape()
{
    std::vector<QImage> images;
    for (int i = 0; i < glyphCount; ++i) {
        QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.drawPixmap(0, 0, glyphPixmap(static_cast<Glyph>(i), Qt::black, Qt::white, 32, 1.0));
        painter.end();
        QVERIFY2(inkedPixels(image) > 20, qPrintable(QString::number(i)));
        for (std::size_t other = 0; other < images.size(); ++other)
            QVERIFY2(images.at(other) != image,
                     qPrintable(QStringLiteral("%1 looks like %2").arg(i).arg(other)));
        images.push_back(image);
    }
}

void TstWidgets::glyphsAreSharpAtAnyRatio()
{
    for (const qreal ratio : {1.0, 1.25, 1.5, 2.0}) {
        const QPixmap pixmap = glyphPixmap(Glyph::Served, Qt::green, Qt::white, 14, ratio);
        QCOMPARE(pixmap.width(), qCeil(14 * ratio));
        QCOMPARE(pixmap.devicePixelRatio(), ratio);
    }
}

void TstWidgets::everyIconDraws()
{
    const QStringList names = houseIconNames();
    QVERIFY(names.size() >= 25);
    for (const QString &name : names) {
        const QImage image = iconPixmap(name, Qt::black, 16, 2.0)
                                 .toImage()
                                 .convertToFormat(QImage::Format_ARGB32_Premultiplied);
        QVERIFY2(inkedPixels(image) > 10, qPrintable(name));
    }
    QVERIFY(houseIcon(QStringLiteral("no-such-icon")).isNull());
    QVERIFY(!houseIcon(QStringLiteral("key")).isNull());
}

void TstWidgets::iconsFollowThePalette()
{
    const QIcon icon = houseIcon(QStringLiteral("lock"), IconTone::Text);
    const QImage light = icon.pixmap(16, 16).toImage();
    useDesignLook(true);
    const QImage dark = icon.pixmap(16, 16).toImage();
    useDesignLook(false);
    QVERIFY(light != dark);
}

void TstWidgets::elidesNamesByTheRule_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("characters");
    QTest::addColumn<QString>("expected");
    QTest::newRow("fits") << QStringLiteral("www.example.com") << 40
                          << QStringLiteral("www.example.com");
    QTest::newRow("one label goes") << QStringLiteral("orders.eu.west.example.com") << 24
                                    << QStringLiteral("orders.eu….example.com");
    QTest::newRow("all between goes") << QStringLiteral("orders.europe.west.example.com") << 21
                                      << QStringLiteral("orders.….example.com");
    QTest::newRow("a part of a label stays") << QStringLiteral("orders.europe.west.example.com")
                                             << 24 << QStringLiteral("orders.eur….example.com");
    QTest::newRow("never less") << QStringLiteral("orders.europe.west.example.com") << 5
                                << QStringLiteral("orders.….example.com");
    QTest::newRow("nothing between") << QStringLiteral("verylongfirst.example.com") << 5
                                     << QStringLiteral("verylongfirst.example.com");
    QTest::newRow("a star is a label") << QStringLiteral("*.a.very.deep.zone.example.com") << 16
                                       << QStringLiteral("*.….example.com");
    QTest::newRow("public suffix of two") << QStringLiteral("shop.eu.west.example.co.uk") << 10
                                          << QStringLiteral("shop.….example.co.uk");
    QTest::newRow("not a name") << QStringLiteral("192.0.2.1") << 40 << QStringLiteral("192.0.2.1");
}

void TstWidgets::elidesNamesByTheRule()
{
    QFETCH(QString, name);
    QFETCH(int, characters);
    QFETCH(QString, expected);
    QFont mono(QStringLiteral("DejaVu Sans Mono"));
    mono.setPixelSize(12);
    const QFontMetrics metrics(mono);
    QCOMPARE(elidedName(name, metrics, metrics.horizontalAdvance(QLatin1Char('x')) * characters),
             expected);
}

void TstWidgets::elidesValuesInTheMiddle()
{
    QFont mono(QStringLiteral("DejaVu Sans Mono"));
    mono.setPixelSize(12);
    const QFontMetrics metrics(mono);
    const QString value(QStringLiteral("0123456789abcdefghijklmnopqrstuvwxyz"));
    QCOMPARE(elidedValue(value, metrics, 1), QStringLiteral("01234567…stuvwxyz"));
    QCOMPARE(elidedValue(value, metrics, 10000), value);
    QCOMPARE(elidedValue(QStringLiteral("short"), metrics, 1), QStringLiteral("short"));
}

void TstWidgets::elidedLabelKeepsTheWholeText()
{
    ElidedLabel label(ElidedLabel::Mode::Name);
    label.setFullText(QStringLiteral("orders.europe.west.example.com"));
    label.resize(90, 20);
    label.show();
    QVERIFY(label.text() != label.fullText());
    QCOMPARE(label.toolTip(), label.fullText());
    label.resize(600, 20);
    QCOMPARE(label.text(), label.fullText());
    QVERIFY(label.toolTip().isEmpty());
}

void TstWidgets::errorPanelShowsWhatHappened()
{
    QWidget window;
    auto *panel = new ErrorPanel(&window);
    window.show();
    QVERIFY(!panel->isVisible());
    Error error;
    error.kind = Error::Kind::Unauthorized;
    error.detail = QStringLiteral("HTTP 403 from api.example.net");
    panel->showError(error);
    QVERIFY(panel->isVisible());
    QVERIFY(!panel->accessibleName().isEmpty());
    QVERIFY(panel->accessibleDescription().contains(QStringLiteral("HTTP 403")));
    auto *action = panel->findChild<QPushButton *>(QStringLiteral("errorAction"));
    QVERIFY(!action->isVisible());
    QSignalSpy wanted(panel, &ErrorPanel::actionWanted);
    panel->setActionText(QStringLiteral("Try again"));
    QTest::mouseClick(action, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    panel->clear();
    QVERIFY(!panel->isVisible());
}

void TstWidgets::errorPanelCopiesAReport()
{
    ErrorPanel panel;
    Error error;
    error.kind = Error::Kind::CaRefused;
    error.detail = QStringLiteral("rejected");
    error.context = QStringList{QStringLiteral("creating the order")};
    panel.showError(error);
    QTest::mouseClick(panel.findChild<QPushButton *>(QStringLiteral("copyReport")), Qt::LeftButton);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.contains(QStringLiteral("CaRefused")));
    QVERIFY(text.contains(QStringLiteral("creating the order")));
}

void TstWidgets::mutedLabelsFollowThePalette()
{
    QWidget window;
    QLabel *label = makeLabel(LabelKind::Muted, QStringLiteral("x"), &window);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(label->palette().color(QPalette::WindowText), Theme::current().muted);
    useDesignLook(true);
    QTRY_COMPARE(label->palette().color(QPalette::WindowText), Theme::current().muted);
    Theme::setState(label, StateRole::Crit);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    useDesignLook(false);
    QTRY_COMPARE(label->palette().color(QPalette::WindowText),
                 Theme::current().state(StateRole::Crit).text);
}

void TstWidgets::linksFollowThePalette()
{
    QLabel label;
    setLinkText(&label, QStringLiteral("<a href=\"x\">cloudflare-all</a>"));
    label.show();
    const auto hasAccent = [&label] {
        const QImage image = label.grab().toImage();
        const QRgb accent = Theme::current().accent.rgb();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixel(x, y) == accent)
                    return true; // the underline is not smoothed
            }
        }
        return false;
    };
    QVERIFY(hasAccent());
    useDesignLook(true);
    const bool inDark = QTest::qWaitFor(hasAccent, 1000);
    useDesignLook(false);
    QVERIFY(inDark);
    QTRY_VERIFY(hasAccent());
}

void TstWidgets::copyButtonCopies()
{
    CopyButton button(QStringLiteral("Copy value A"));
    button.setCopyText(QStringLiteral("the value"));
    QTest::keyClick(&button, Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("the value"));
}

void TstWidgets::keyValueGridClears()
{
    KeyValueGrid grid;
    grid.addRow(QStringLiteral("Serial"), QStringLiteral("00ff"), {.mono = true, .copyable = true});
    grid.addRow(QStringLiteral("Issuer"), QStringLiteral("CA"));
    QCOMPARE(grid.rowCount(), 2);
    grid.clear();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(grid.rowCount(), 0);
    QVERIFY(grid.findChildren<QLabel *>().isEmpty());
}

void TstWidgets::announcerSpeaksAtMostOncePerInterval()
{
    QWidget speaker;
    Announcer announcer(&speaker);
    announcer.setInterval(std::chrono::milliseconds(60));
    QSignalSpy said(&announcer, &Announcer::announced);
    announcer.announce(QStringLiteral("one"));
    announcer.announce(QStringLiteral("two"));
    announcer.announce(QStringLiteral("three"));
    QCOMPARE(said.count(), 1);
    QTRY_COMPARE(said.count(), 2);
    QCOMPARE(said.at(1).at(0).toString(), QStringLiteral("three"));
    QCOMPARE(speaker.accessibleName(), QStringLiteral("three"));
}

void TstWidgets::secretDialogWantsTheSameTwice()
{
    Dialogs::SecretQuestion question;
    question.title = QStringLiteral("New password");
    question.label = QStringLiteral("Password");
    question.accept = QStringLiteral("Export");
    question.twice = true;
    SecretDialog dialog(question);
    dialog.show();
    auto *first = dialog.findChild<SecretEdit *>(QStringLiteral("secret"));
    auto *second = dialog.findChild<SecretEdit *>(QStringLiteral("secretAgain"));
    const auto acceptEnabled = [&dialog] {
        for (auto *button : dialog.findChildren<QPushButton *>()) {
            if (button->text().remove(QLatin1Char('&')) == QStringLiteral("Export"))
                return button->isEnabled();
        }
        return false;
    };
    QVERIFY(!acceptEnabled());
    QTest::keyClicks(first, QStringLiteral("password"));
    QTest::keyClicks(second, QStringLiteral("passwor"));
    QVERIFY(!acceptEnabled());
    QTest::keyClicks(second, QStringLiteral("d"));
    QVERIFY(acceptEnabled());
    const std::optional<Secret> taken = dialog.take();
    QVERIFY(taken);
    QCOMPARE(QByteArray(taken->text().data(), static_cast<qsizetype>(taken->size())),
             QByteArray("password"));
    QVERIFY(first->text().isEmpty() && second->text().isEmpty());
    QCOMPARE(withoutAccessibleName(&dialog), QStringList());
}

void TstWidgets::pagesHaveNamedButtons()
{
    Page page(QStringLiteral("test"), QStringLiteral("Test"));
    auto *action = new QAction(QStringLiteral("Import…"), &page);
    page.addToolAction(action);
    page.setBody(new QWidget);
    page.setMoreMenu(nullptr);
    QCOMPARE(withoutAccessibleName(&page), QStringList());
    QVERIFY(page.actions().contains(action));
    QSignalSpy changed(&page, &Page::badgeChanged);
    page.setBadge(QStringLiteral("3"));
    page.setBadge(QStringLiteral("3"));
    QCOMPARE(changed.count(), 1);
}

void TstWidgets::delegatePaintsEveryKindOfRow_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("mirrored");
    QTest::newRow("light") << false << false;
    QTest::newRow("dark") << true << false;
    QTest::newRow("right to left") << false << true;
}

void TstWidgets::delegatePaintsEveryKindOfRow()
{
    QFETCH(bool, dark);
    QFETCH(bool, mirrored);
    useDesignLook(dark);
    QListWidget list;
    list.setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);
    list.setItemDelegate(new RowDelegate(&list));
    Theme::tintSelection(&list);
    auto *plain = new QListWidgetItem(QStringLiteral("plain"), &list);
    auto *two = new QListWidgetItem(QStringLiteral("first"), &list);
    two->setData(RowRole::SecondLine, QStringLiteral("second"));
    auto *state = new QListWidgetItem(QStringLiteral("not yet"), &list);
    state->setData(RowRole::Glyph, static_cast<int>(Glyph::NotYet));
    state->setData(RowRole::State, static_cast<int>(StateRole::Wait));
    auto *head = new QListWidgetItem(QStringLiteral("Group"), &list);
    head->setData(RowRole::GroupHead, QStringLiteral("what put things here"));
    list.resize(300, 200);
    list.setCurrentItem(two);
    list.show();
    QCOMPARE(list.visualItemRect(plain).height(), 28);
    QCOMPARE(list.visualItemRect(two).height(), 44);
    QCOMPARE(list.visualItemRect(head).height(), 28);
    const QImage image = list.grab().toImage();
    const QPoint corner = list.viewport()->mapTo(&list, list.visualItemRect(state).topLeft());
    const int glyphX =
        mirrored ? corner.x() + list.visualItemRect(state).width() - 12 - 7 : corner.x() + 12 + 7;
    const QColor wait = Theme::current().state(StateRole::Wait).text;
    bool found = false;
    for (int x = glyphX - 7; x <= glyphX + 7; ++x) {
        for (int y = corner.y(); y < corner.y() + 28; ++y) {
            const QColor seen = image.pixelColor(x, y);
            found = found
                || (qAbs(seen.red() - wait.red()) < 40 && qAbs(seen.green() - wait.green()) < 40
                    && qAbs(seen.blue() - wait.blue()) < 40);
        }
    }
    QVERIFY(found);
    useDesignLook(false);
}

void TstWidgets::countersCount()
{
    QCOMPARE(TimeText::counter(167), QStringLiteral("2:47"));
    QCOMPARE(TimeText::counter(0), QStringLiteral("0:00"));
    QCOMPARE(TimeText::counter(-5), QStringLiteral("0:00"));
    QCOMPARE(TimeText::counter(3767), QStringLiteral("1:02:47"));
}

void TstWidgets::buttonsAndEditsHaveRoom()
{
    HouseStyle style(QStyleFactory::create(QStringLiteral("Fusion")));
    QPushButton button(QStringLiteral("Add wildcards"));
    button.setStyle(&style);
    const int text = button.fontMetrics().horizontalAdvance(button.text());
    QVERIFY2(button.sizeHint().width() >= text + 24, qPrintable(QString::number(text)));
    QVERIFY(button.sizeHint().height() >= 28);
    QLineEdit edit;
    edit.setStyle(&style);
    QVERIFY(edit.sizeHint().height() >= 28);
}

void TstWidgets::oneIsSingular()
{
    PluralTexts plurals;
    QVERIFY(!plurals.isEmpty());
    QVERIFY(QCoreApplication::installTranslator(&plurals));
    const auto names = [](int count) {
        return QCoreApplication::translate("sealbook::NamesStep", "%n names", nullptr, count);
    };
    QCOMPARE(names(1), QStringLiteral("1 name"));
    QCOMPARE(names(0), QStringLiteral("0 names"));
    QCOMPARE(names(2), QStringLiteral("2 names"));
    QCoreApplication::removeTranslator(&plurals);
}

QTEST_MAIN(TstWidgets)
#include "tst_widgets.moc"
