// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/NamesStep.h"

#include "ui/issue/NamesModel.h"
#include "ui/widgets/ErrorText.h"
#include "ui/widgets/HeaderStyle.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/SymbolLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>

namespace sealbook {

namespace {

constexpr int typingPause = 150; // ms: short enough to feel immediate, long enough not to flicker

QTableView *makeNamesView(NamesModel *model, QWidget *parent)
{
    auto *view = new QTableView(parent);
    view->setObjectName(QStringLiteral("namesView"));
    view->setAccessibleName(NamesStep::tr("Names that were understood"));
    view->setModel(model);
    view->setItemDelegate(new RowDelegate(view));
    view->setShowGrid(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setTabKeyNavigation(false);
    view->setFrameShape(QFrame::NoFrame);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(28);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->horizontalHeader()->setHighlightSections(false);
    HeaderStyle::dress(view->horizontalHeader());
    view->horizontalHeader()->setStretchLastSection(true);
    view->setColumnWidth(NamesModel::Shown, 220);
    view->setColumnWidth(NamesModel::Ascii, 220);
    Theme::tintSelection(view);
    return view;
}

} // namespace

NamesStep::NamesStep(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(
        makeLabel(LabelKind::Title, tr("Which names should the certificate hold?"), this));
    layout->addWidget(makeLabel(
        LabelKind::Muted,
        tr("One a line, or pasted in any shape. Names become public in the transparency logs."),
        this, true));
    m_edit = new QPlainTextEdit(this);
    m_edit->setObjectName(QStringLiteral("namesEdit"));
    m_edit->setAccessibleName(tr("Names, one a line"));
    m_edit->setPlaceholderText(QStringLiteral("example.org\n*.example.org"));
    m_edit->setTabChangesFocus(true);
    m_edit->setFont(Theme::monoFont(font()));
    m_edit->setFixedHeight(132);
    layout->addWidget(m_edit);

    auto *helpers = new QHBoxLayout;
    helpers->setSpacing(8);
    m_wildcards = new QPushButton(tr("Add wildcards"), this);
    m_wildcards->setObjectName(QStringLiteral("addWildcards"));
    m_wildcards->setToolTip(tr("Adds *.name for each name that has none"));
    m_apexes = new QPushButton(tr("Add base names"), this);
    m_apexes->setObjectName(QStringLiteral("addApexes"));
    m_apexes->setToolTip(
        tr("Adds the name itself for each wildcard: a wildcard does not cover it"));
    m_count = makeLabel(LabelKind::Muted, {}, this);
    m_count->setObjectName(QStringLiteral("namesCount"));
    helpers->addWidget(m_wildcards);
    helpers->addWidget(m_apexes);
    helpers->addStretch(1);
    helpers->addWidget(m_count);
    layout->addLayout(helpers);

    m_issues = new QWidget(this);
    m_issues->setObjectName(QStringLiteral("namesIssues"));
    m_issuesLayout = new QVBoxLayout(m_issues);
    m_issuesLayout->setContentsMargins(0, 0, 0, 0);
    m_issuesLayout->setSpacing(4);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_issues);
    scroll->setAccessibleName(tr("What needs a look"));
    scroll->setObjectName(QStringLiteral("issuesArea"));
    layout->addWidget(scroll);
    scroll->hide();

    m_model = new NamesModel(this);
    m_view = makeNamesView(m_model, this);
    layout->addWidget(m_view, 1);
    // Takes the height where the table is hidden; with it, it gets none.
    layout->addStretch(0);

    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &NamesStep::checkNow);
    connect(m_edit, &QPlainTextEdit::textChanged, &m_pause, QOverload<>::of(&QTimer::start));
    connect(m_wildcards, &QPushButton::clicked, this, &NamesStep::addWildcards);
    connect(m_apexes, &QPushButton::clicked, this, &NamesStep::addApexes);
    showList();
}

QString NamesStep::text() const
{
    return m_edit->toPlainText();
}

void NamesStep::setText(const QString &text)
{
    m_edit->setPlainText(text);
    checkNow();
}

QWidget *NamesStep::firstFocus() const
{
    return m_edit;
}

void NamesStep::checkNow()
{
    m_pause.stop();
    m_list = NameList::parse(m_edit->toPlainText());
    showList();
    Q_EMIT changed();
}

void NamesStep::showList()
{
    m_model->setNames(m_list.names);
    m_view->setVisible(!m_list.names.empty());
    bool ascii = false;
    bool plain = false;
    bool wildcard = false;
    for (const DomainName &name : m_list.names) {
        ascii = ascii || name.unicode() != name.ascii();
        wildcard = wildcard || name.isWildcard();
        plain = plain || !name.isWildcard();
    }
    m_view->setColumnHidden(NamesModel::Ascii, !ascii);
    m_wildcards->setEnabled(plain);
    m_apexes->setEnabled(wildcard);
    const int count = static_cast<int>(m_list.names.size());
    QString text = count == 0 ? QString() : tr("%n names", nullptr, count);
    if (m_list.issueCount > 0)
        text += (text.isEmpty() ? QString() : QStringLiteral(", "))
            + tr("%n lines need a look", nullptr, m_list.issueCount);
    m_count->setText(text);
    showIssues();
}

void NamesStep::showIssues()
{
    while (QLayoutItem *item = m_issuesLayout->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const NameList::Issue &issue : m_list.issues)
        addIssue(issue);
    const auto left = m_list.issueCount - static_cast<int>(m_list.issues.size());
    if (left > 0)
        m_issuesLayout->addWidget(
            makeLabel(LabelKind::Muted, tr("and %n more lines", nullptr, left), m_issues));
    for (const QString &note : m_list.notes) {
        auto *row = new QWidget(m_issues);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 2, 0, 2);
        line->setSpacing(8);
        auto *glyph = new SymbolLabel(row);
        glyph->setGlyph(Glyph::NotAsked, StateRole::Off);
        line->addWidget(glyph, 0, Qt::AlignTop);
        line->addWidget(makeLabel(LabelKind::Muted, note, row, true), 1);
        m_issuesLayout->addWidget(row);
    }
    m_issuesLayout->addStretch(1);
    auto *area = findChild<QScrollArea *>(QStringLiteral("issuesArea"));
    const bool any = !m_list.issues.empty() || !m_list.notes.isEmpty();
    area->setVisible(any);
    area->setFixedHeight(std::min(170, m_issues->sizeHint().height() + 2));
}

void NamesStep::addIssue(const NameList::Issue &issue)
{
    auto *row = new QWidget(m_issues);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 2, 0, 2);
    line->setSpacing(8);
    auto *glyph = new SymbolLabel(row);
    glyph->setGlyph(Glyph::Failing, StateRole::Crit);
    line->addWidget(glyph, 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    const QString typed =
        issue.typed.size() > 60 ? issue.typed.left(60) + QChar(0x2026) : issue.typed;
    texts->addWidget(
        makeLabel(LabelKind::Body, tr("Line %1: %2").arg(issue.line).arg(typed), row, true));
    texts->addWidget(makeLabel(
        LabelKind::Muted,
        (asSentence(issue.error.detail) + QLatin1Char(' ') + issue.error.advice).trimmed(), row,
        true));
    line->addLayout(texts, 1);
    const QString suggestion = issue.error.evidence.value(QStringLiteral("suggestion")).toString();
    if (!suggestion.isEmpty()) {
        auto *use = new QPushButton(tr("Use %1").arg(suggestion), row);
        use->setObjectName(QStringLiteral("useSuggestion"));
        connect(use, &QPushButton::clicked, this, [this, issue] { useSuggestion(issue); });
        line->addWidget(use, 0, Qt::AlignTop);
    }
    m_issuesLayout->addWidget(row);
}

void NamesStep::useSuggestion(const NameList::Issue &issue)
{
    QStringList lines = m_edit->toPlainText().split(QLatin1Char('\n'));
    const int at = issue.line - 1;
    if (at < 0 || at >= lines.size())
        return;
    const QString suggestion = issue.error.evidence.value(QStringLiteral("suggestion")).toString();
    const qsizetype from = lines[at].indexOf(issue.typed);
    if (from < 0)
        lines[at] = suggestion;
    else
        lines[at].replace(from, issue.typed.size(), suggestion);
    m_edit->setPlainText(lines.join(QLatin1Char('\n')));
    checkNow();
    m_edit->setFocus();
}

void NamesStep::addWildcards()
{
    QStringList wanted;
    for (const DomainName &name : m_list.names) {
        // "www." says one host: nobody wants "*.www.example.org" by a click.
        if (!name.isWildcard() && !name.ascii().startsWith(QLatin1String("www.")))
            wanted.append(QStringLiteral("*.") + name.unicode());
    }
    append(wanted);
}

void NamesStep::addApexes()
{
    QStringList wanted;
    for (const DomainName &name : m_list.names) {
        if (name.isWildcard())
            wanted.append(name.unicode().mid(2));
    }
    append(wanted);
}

void NamesStep::append(const QStringList &names)
{
    QStringList present;
    for (const DomainName &name : m_list.names)
        present.append(name.unicode());
    QString text = m_edit->toPlainText();
    for (const QString &name : names) {
        if (present.contains(name))
            continue;
        if (!text.isEmpty() && !text.endsWith(QLatin1Char('\n')))
            text += QLatin1Char('\n');
        text += name;
        present.append(name);
    }
    m_edit->setPlainText(text);
    checkNow();
}

} // namespace sealbook
