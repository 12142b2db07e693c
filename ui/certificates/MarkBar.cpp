// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/MarkBar.h"

#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>

namespace sealbook {

namespace {
constexpr int editWidth = 260;
constexpr int longest = 2000;
} // namespace

MarkBar::MarkBar(QWidget *parent)
    : QFrame(parent)
    , m_label(makeLabel(LabelKind::Body, QString(), this))
    , m_edit(new QLineEdit(this))
    , m_apply(new QPushButton(tr("Apply"), this))
    , m_known(new QStringListModel(this))
{
    setObjectName(QStringLiteral("markBar"));
    Theme::setBaseSurface(this);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(16, 6, 12, 6);
    line->setSpacing(8);
    line->addWidget(m_label);
    m_edit->setObjectName(QStringLiteral("markText"));
    m_edit->setMinimumWidth(editWidth);
    m_edit->setMinimumHeight(28);
    m_edit->setMaxLength(longest);
    auto *completer = new QCompleter(m_known, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_edit->setCompleter(completer);
    m_label->setBuddy(m_edit);
    line->addWidget(m_edit, 1);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    for (QPushButton *button : {m_apply, cancel})
        button->setMinimumHeight(28);
    m_apply->setObjectName(QStringLiteral("applyMark"));
    cancel->setObjectName(QStringLiteral("cancelMark"));
    line->addWidget(m_apply);
    line->addWidget(cancel);
    line->addStretch();
    connect(m_edit, &QLineEdit::returnPressed, this, &MarkBar::accept);
    connect(m_apply, &QPushButton::clicked, this, &MarkBar::accept);
    connect(cancel, &QPushButton::clicked, this, &MarkBar::close);
    hide();
}

QString MarkBar::labelOf(Kind kind, int count)
{
    switch (kind) {
    case Kind::AddTag:
        return tr("Add to %n certificates the tag", "", count);
    case Kind::RemoveTag:
        return tr("Remove from %n certificates the tag", "", count);
    case Kind::Owner:
        return tr("Owner of %n certificates", "", count);
    case Kind::Note:
        return tr("Note on %n certificates", "", count);
    }
    Q_UNREACHABLE();
}

void MarkBar::ask(Kind kind, int count, const QString &current, const QStringList &known)
{
    m_kind = kind;
    m_edit->setPlaceholderText(kind == Kind::AddTag || kind == Kind::RemoveTag
                                   ? tr("Several are set off by commas")
                                   : QString());
    m_known->setStringList(known);
    m_edit->setText(QString()); // and with it that somebody typed, unlike clear()
    follow(count, current);
    show();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void MarkBar::follow(int count, const QString &current)
{
    m_count = count;
    m_label->setText(labelOf(m_kind, count));
    m_edit->setAccessibleName(m_label->text());
    m_apply->setEnabled(count > 0);
    if (!m_edit->isModified())
        m_edit->setText(current);
}

void MarkBar::close()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT closed();
}

void MarkBar::accept()
{
    if (m_count == 0)
        return;
    const QString text = m_edit->text().trimmed();
    const bool isTag = m_kind == Kind::AddTag || m_kind == Kind::RemoveTag;
    if (isTag && normalizedTags(text.split(QLatin1Char(','))).isEmpty())
        return;
    Q_EMIT accepted(m_kind, text);
    close();
}

CertificateEdit MarkBar::editOf(Kind kind, const QString &text)
{
    CertificateEdit edit;
    switch (kind) {
    case Kind::AddTag:
        edit.addTags = normalizedTags(text.split(QLatin1Char(',')));
        break;
    case Kind::RemoveTag:
        edit.removeTags = normalizedTags(text.split(QLatin1Char(',')));
        break;
    case Kind::Owner:
        edit.owner = text;
        break;
    case Kind::Note:
        edit.note = text;
        break;
    }
    return edit;
}

QString MarkBar::doneText(Kind kind, const QString &text, int count)
{
    switch (kind) {
    case Kind::AddTag:
        return tr("%n certificates tagged “%1”.", "", count).arg(text);
    case Kind::RemoveTag:
        return tr("Tag “%1” removed from %n certificates.", "", count).arg(text);
    case Kind::Owner:
        return text.isEmpty() ? tr("%n certificates have no owner now.", "", count)
                              : tr("%n certificates belong to %1 now.", "", count).arg(text);
    case Kind::Note:
        return tr("Note written onto %n certificates.", "", count);
    }
    Q_UNREACHABLE();
}

void MarkBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        event->accept();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace sealbook
