// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/NoteBar.h"

#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/SymbolLabel.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace sealbook {

NoteBar::NoteBar(QWidget *parent)
    : QFrame(parent)
    , m_symbol(new SymbolLabel(this, 14))
    , m_text(makeLabel(LabelKind::Body, QString(), this, true))
    , m_button(new QPushButton(this))
{
    setObjectName(QStringLiteral("noteBar"));
    setAccessibleName(tr("Note"));
    Theme::setBaseSurface(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(m_symbol);
    layout->addWidget(m_text, 1);
    m_button->setObjectName(QStringLiteral("noteAction"));
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_action != nullptr)
            m_action->trigger();
    });
    layout->addWidget(m_button);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("closeNote"));
    close->setAutoRaise(true);
    close->setIcon(houseIcon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close the note"));
    close->setToolTip(tr("Close the note"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    layout->addWidget(close);
    hide();
    m_button->setText(tr("Undo")); // until the first action comes: nothing stays without a name
}

void NoteBar::showNote(const QString &note, StateRole role, Glyph glyph)
{
    m_symbol->setGlyph(glyph, role);
    m_text->setText(note);
    setAccessibleDescription(note);
    setNoteAction(nullptr);
    show();
}

void NoteBar::setNoteAction(QAction *action)
{
    m_action = action;
    m_button->setVisible(action != nullptr);
    if (action != nullptr)
        m_button->setText(action->text());
}

QString NoteBar::note() const
{
    return m_text->text();
}

} // namespace sealbook
