// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/SecretEdit.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodQueryEvent>
#include <QTest>

using namespace sealbook;

class TstSecretEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOutWhatWasTyped();
    void overwritesItsBuffer();
    void hasNoUndo();
    void copiesNothing();
    void tellsNoInputMethod();
    void tellsNoScreenReader();
    void refusesDrops();
    void isEmptyAfterForget();
};

void TstSecretEdit::handsOutWhatWasTyped()
{
    SecretEdit edit;
    edit.insert(QStringLiteral(" tøken "));
    const Result<Secret> secret = edit.take();
    QVERIFY(secret);
    QCOMPARE(QByteArray(secret->text().data(), static_cast<qsizetype>(secret->size())),
             QStringLiteral(" tøken ").toUtf8());
    QVERIFY(edit.isEmpty());
    const Result<Secret> again = edit.take();
    QVERIFY(again && again->isEmpty());
}

void TstSecretEdit::overwritesItsBuffer()
{
    SecretEdit edit;
    QTest::keyClicks(&edit, QStringLiteral("swordfish"));
    const QString shared = edit.text(); // shares the buffer that the edit wipes
    edit.forget();
    QCOMPARE(shared, QString(9, QLatin1Char('x')));
}

void TstSecretEdit::hasNoUndo()
{
    SecretEdit edit;
    QTest::keyClicks(&edit, QStringLiteral("swordfish"));
    QTest::keyClick(&edit, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(edit.text(), QStringLiteral("swordfish"));
    QVERIFY(edit.take());
    QTest::keyClick(&edit, Qt::Key_Z, Qt::ControlModifier);
    edit.undo();
    QVERIFY(edit.isEmpty());
    QVERIFY(!edit.isUndoAvailable());
}

void TstSecretEdit::copiesNothing()
{
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    SecretEdit edit;
    QTest::keyClicks(&edit, QStringLiteral("swordfish"));
    edit.selectAll();
    QTest::keyClick(&edit, Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(&edit, Qt::Key_X, Qt::ControlModifier);
    edit.copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("before"));
    QCOMPARE(edit.text(), QStringLiteral("swordfish"));
}

void TstSecretEdit::tellsNoInputMethod()
{
    SecretEdit edit;
    QTest::keyClicks(&edit, QStringLiteral("swordfish"));
    edit.selectAll();
    for (const auto query : {Qt::ImSurroundingText, Qt::ImTextBeforeCursor, Qt::ImTextAfterCursor,
                             Qt::ImCurrentSelection}) {
        QInputMethodQueryEvent event(query);
        QCoreApplication::sendEvent(&edit, &event);
        QVERIFY(event.value(query).toString().isEmpty());
        QVariant answer;
        QVERIFY(QMetaObject::invokeMethod(
            &edit, "inputMethodQuery", Qt::DirectConnection, Q_RETURN_ARG(QVariant, answer),
            Q_ARG(Qt::InputMethodQuery, query), Q_ARG(QVariant, QVariant(9))));
        QVERIFY(answer.toString().isEmpty());
    }
    QVERIFY(edit.inputMethodHints().testFlag(Qt::ImhSensitiveData));
    QVERIFY(edit.inputMethodHints().testFlag(Qt::ImhHiddenText));
}

void TstSecretEdit::tellsNoScreenReader()
{
    SecretEdit edit;
    QTest::keyClicks(&edit, QStringLiteral("swordfish"));
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&edit);
    QVERIFY(spoken != nullptr);
    QVERIFY(!spoken->text(QAccessible::Value).contains(QStringLiteral("swordfish")));
    QVERIFY(!spoken->text(QAccessible::Name).contains(QStringLiteral("swordfish")));
    if (QAccessibleTextInterface *text = spoken->textInterface())
        QVERIFY(!text->text(0, 9).contains(QStringLiteral("swordfish")));
}

void TstSecretEdit::refusesDrops()
{
    SecretEdit edit;
    QVERIFY(!edit.acceptDrops());
    QVERIFY(!edit.dragEnabled());
    QCOMPARE(edit.echoMode(), QLineEdit::Password);
}

void TstSecretEdit::isEmptyAfterForget()
{
    SecretEdit edit;
    edit.forget(); // nothing there: nothing happens
    QTest::keyClicks(&edit, QStringLiteral("swordfish"));
    edit.forget();
    QVERIFY(edit.isEmpty());
}

QTEST_MAIN(TstSecretEdit)
#include "tst_secretedit.moc"
