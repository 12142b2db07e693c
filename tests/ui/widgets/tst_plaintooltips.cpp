// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/PlainToolTips.h"

#include <QApplication>
#include <QHelpEvent>
#include <QListWidget>
#include <QTest>
#include <QTextDocument>
#include <QToolTip>

using namespace sealbook;

class TstPlainToolTips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aWidgetsTipIsShownAsItIsWritten();
    void aRowsTipIsShownAsItIsWritten();
    void aPlainTipIsLeftToQt();

private:
    static void ask(QWidget *widget, const QPoint &position);
    std::unique_ptr<PlainToolTips> m_filter;
};

namespace {
const QString foreign = QStringLiteral("<b>CN</b><img src=\"file:///etc/hosts\">");

// What a reader sees of the tip that is shown.
QString seen()
{
    QTextDocument document;
    document.setHtml(QToolTip::text());
    return document.toPlainText();
}
} // namespace

void TstPlainToolTips::init()
{
    m_filter = std::make_unique<PlainToolTips>();
    qApp->installEventFilter(m_filter.get());
}

void TstPlainToolTips::cleanup()
{
    QToolTip::hideText();
    m_filter.reset();
}

void TstPlainToolTips::ask(QWidget *widget, const QPoint &position)
{
    QHelpEvent event(QEvent::ToolTip, position, widget->mapToGlobal(position));
    QApplication::sendEvent(widget, &event);
}

void TstPlainToolTips::aWidgetsTipIsShownAsItIsWritten()
{
    QWidget widget;
    widget.setToolTip(foreign);
    widget.show();
    ask(&widget, QPoint(1, 1));
    QCOMPARE(seen(), foreign);
}

void TstPlainToolTips::aRowsTipIsShownAsItIsWritten()
{
    QListWidget list;
    auto *item = new QListWidgetItem(QStringLiteral("row"), &list);
    item->setToolTip(foreign);
    list.show();
    QVERIFY(QTest::qWaitForWindowExposed(&list));
    ask(list.viewport(), list.visualItemRect(item).center());
    QCOMPARE(seen(), foreign);
}

void TstPlainToolTips::aPlainTipIsLeftToQt()
{
    QWidget widget;
    widget.setToolTip(QStringLiteral("Copy a < b"));
    widget.show();
    ask(&widget, QPoint(1, 1));
    QCOMPARE(QToolTip::text(), QStringLiteral("Copy a < b"));
}

QTEST_MAIN(TstPlainToolTips)
#include "tst_plaintooltips.moc"
