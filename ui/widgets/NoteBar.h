// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/StateStyle.h"

#include <QFrame>
#include <QPointer>

class QAction;
class QLabel;
class QPushButton;

namespace sealbook {

class SymbolLabel;

// One sentence about what was just done, inline above what it concerns, until it is closed or
// replaced. Hidden while there is none. Owned by its page.
class NoteBar : public QFrame
{
    Q_OBJECT

public:
    explicit NoteBar(QWidget *parent = nullptr);
    void showNote(const QString &note, StateRole role = StateRole::Ok, Glyph glyph = Glyph::Fine);
    // What can be done about it ("Undo") stands as a button behind the note; null for nothing.
    void setNoteAction(QAction *action);
    [[nodiscard]] QString note() const;

private:
    SymbolLabel *m_symbol = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_button = nullptr;
    QPointer<QAction> m_action;
};

} // namespace sealbook
