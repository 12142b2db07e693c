// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/SecretEdit.h"

#include <QContextMenuEvent>
#include <QKeyEvent>

namespace sealbook {

SecretEdit::SecretEdit(QWidget *parent)
    : QLineEdit(parent)
{
    setEchoMode(QLineEdit::Password);
    setDragEnabled(false);
    setAcceptDrops(false);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                        | Qt::ImhNoAutoUppercase);
    setContextMenuPolicy(Qt::DefaultContextMenu);
    setMaxLength(16384);
}

SecretEdit::~SecretEdit()
{
    forget();
}

Result<Secret> SecretEdit::take()
{
    QString typed = text();
    QByteArray bytes = typed.toUtf8();
    // The copy shares its buffer with the edit's: it is dropped first, so that forget() below
    // overwrites the only one.
    typed = QString();
    Result<Secret> secret = Secret::take(std::move(bytes));
    forget();
    return secret;
}

void SecretEdit::forget()
{
    if (text().isEmpty())
        return;
    const QSignalBlocker quiet(this);
    {
        // text() shares the edit's own buffer, and wiping a shared QString would only wipe a copy:
        // the characters are overwritten where they lie.
        const QString shared = text();
        auto *characters = const_cast<QChar *>(shared.constData());
        volatile ushort *target = reinterpret_cast<ushort *>(characters);
        for (qsizetype i = 0; i < shared.size(); ++i)
            target[i] = u'x';
    }
    // setText() also empties the undo history, which holds single characters.
    setText(QString(1, QLatin1Char('x')));
    setText(QString());
}

void SecretEdit::keyPressEvent(QKeyEvent *event)
{
    // No undo brings a cleared secret back, and nothing is copied out of here.
    if (event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo)
        || event->matches(QKeySequence::Copy) || event->matches(QKeySequence::Cut)) {
        event->ignore();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SecretEdit::contextMenuEvent(QContextMenuEvent *event)
{
    event->ignore();
}

QVariant SecretEdit::inputMethodQuery(Qt::InputMethodQuery query) const
{
    return inputMethodQuery(query, {});
}

QVariant SecretEdit::inputMethodQuery(Qt::InputMethodQuery query, const QVariant &argument) const
{
    switch (query) {
    case Qt::ImSurroundingText:
    case Qt::ImTextBeforeCursor:
    case Qt::ImTextAfterCursor:
    case Qt::ImCurrentSelection:
        return {};
    default:
        return QLineEdit::inputMethodQuery(query, argument);
    }
}

} // namespace sealbook
