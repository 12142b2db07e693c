// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/MarksSection.h"

#include "ui/widgets/Labels.h"

#include <QCompleter>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStringListModel>

namespace sealbook {

namespace {

constexpr int nameWidth = 76;
constexpr int noteHeight = 58;
constexpr int textInset = 5; // to the first line of a text field
constexpr int longest = 2000;

QString tagText(const QStringList &tags)
{
    return tags.join(QLatin1String(", "));
}

} // namespace

MarksSection::MarksSection(QWidget *parent)
    : PaneSection(tr("Tags, owner, note"), parent)
    , m_owner(new QLineEdit(this))
    , m_tags(new QLineEdit(this))
    , m_note(new QPlainTextEdit(this))
    , m_knownOwners(new QStringListModel(this))
    , m_knownTags(new QStringListModel(this))
{
    auto *fields = new QWidget(this);
    fields->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnMinimumWidth(0, nameWidth);
    grid->setColumnStretch(1, 1);
    const auto add = [&](int row, const QString &name, QWidget *edit, const char *id) {
        QLabel *label = makeLabel(LabelKind::Muted, name, fields);
        label->setBuddy(edit);
        const bool isOneLine = qobject_cast<QLineEdit *>(edit) != nullptr;
        label->setContentsMargins(0, isOneLine ? 0 : textInset, 0, 0);
        grid->addWidget(label, row, 0, isOneLine ? Qt::AlignVCenter : Qt::AlignTop);
        grid->addWidget(edit, row, 1);
        edit->setObjectName(QLatin1String(id));
        edit->setAccessibleName(name);
    };
    add(0, tr("Tags"), m_tags, "paneTags");
    add(1, tr("Owner"), m_owner, "paneOwner");
    add(2, tr("Note"), m_note, "paneNote");
    m_tags->setPlaceholderText(tr("prod, web"));
    m_owner->setPlaceholderText(tr("who answers for it"));
    m_owner->setMaxLength(longest);
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(noteHeight);
    m_note->installEventFilter(this);
    for (const auto &[edit, known] :
         {std::pair{m_owner, m_knownOwners}, std::pair{m_tags, m_knownTags}}) {
        auto *completer = new QCompleter(known, this);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        edit->setCompleter(completer);
        edit->installEventFilter(this);
    }
    connect(m_owner, &QLineEdit::editingFinished, this, &MarksSection::tellOwner);
    connect(m_tags, &QLineEdit::editingFinished, this, &MarksSection::tellTags);
    PaneSection::add(fields);
}

void MarksSection::setKnown(const QStringList &tags, const QStringList &owners)
{
    m_knownTags->setStringList(tags);
    m_knownOwners->setStringList(owners);
}

void MarksSection::setMarks(const InventoryRow &row, bool isAnother)
{
    const bool ownerWaits = !isAnother && m_owner->text() != m_wasOwner;
    const bool tagsWait = !isAnother && m_tags->text() != tagText(m_wereTags);
    const bool noteWaits = !isAnother && m_note->toPlainText() != m_wasNote;
    m_wasOwner = row.owner;
    m_wereTags = row.tags;
    m_wasNote = row.note;
    if (!ownerWaits)
        m_owner->setText(row.owner);
    if (!tagsWait)
        m_tags->setText(tagText(row.tags));
    if (!noteWaits && m_note->toPlainText() != row.note)
        m_note->setPlainText(row.note);
}

void MarksSection::tellOwner()
{
    const QString owner = m_owner->text().trimmed();
    if (owner == m_wasOwner)
        return;
    m_wasOwner = owner;
    m_owner->setText(owner);
    CertificateEdit edit;
    edit.owner = owner;
    Q_EMIT editWanted(edit,
                      owner.isEmpty() ? tr("It has no owner now.")
                                      : tr("It belongs to %1 now.").arg(owner));
}

void MarksSection::tellTags()
{
    const QStringList tags = normalizedTags(m_tags->text().split(QLatin1Char(',')));
    m_tags->setText(tagText(tags));
    if (tags == m_wereTags)
        return;
    m_wereTags = tags;
    CertificateEdit edit;
    edit.tags = tags;
    Q_EMIT editWanted(edit,
                      tags.isEmpty() ? tr("It has no tags now.")
                                     : tr("Its tags are %1 now.").arg(tagText(tags)));
}

void MarksSection::tellNote()
{
    const QString note = m_note->toPlainText().trimmed().left(longest);
    if (note == m_wasNote)
        return;
    m_wasNote = note;
    CertificateEdit edit;
    edit.note = note;
    Q_EMIT editWanted(edit, tr("The note is kept."));
}

bool MarksSection::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_note && event->type() == QEvent::FocusOut)
        tellNote();
    if (event->type() != QEvent::KeyPress)
        return PaneSection::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == m_note && isEnter && key->modifiers() == Qt::ControlModifier) {
        tellNote();
        return true;
    }
    if (key->key() != Qt::Key_Escape)
        return PaneSection::eventFilter(watched, event);
    // As it was; a second one leaves the pane.
    const bool isChanged = m_owner->text() != m_wasOwner || m_tags->text() != tagText(m_wereTags)
        || m_note->toPlainText() != m_wasNote;
    m_owner->setText(m_wasOwner);
    m_tags->setText(tagText(m_wereTags));
    m_note->setPlainText(m_wasNote);
    return isChanged;
}

} // namespace sealbook
