// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/QueryBar.h"

#include "core/inventory/QueryCompletion.h"
#include "core/inventory/QueryTerms.h"
#include "ui/certificates/QueryChip.h"
#include "ui/widgets/ErrorText.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/SymbolLabel.h"
#include "ui/widgets/Theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QStyleOptionFrame>
#include <QStylePainter>
#include <QTextCharFormat>

#include <chrono>

using namespace std::chrono_literals;

namespace sealbook {

namespace {

constexpr qsizetype mostChips = 8;
constexpr int leastChip = 56;
constexpr int mostChip = 240;
constexpr int searchIcon = 16;
constexpr int problemSymbol = 14;
constexpr int focusRing = 2; // of the frame; what stands in it must not paint over it

// The frame of a line edit, around chips and edit together.
class EditFrame : public QFrame
{
public:
    explicit EditFrame(QWidget *parent)
        : QFrame(parent)
    {
        setMinimumHeight(28);
    }
    void setFocused(bool focused)
    {
        m_focused = focused;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStylePainter painter(this);
        QStyleOptionFrame option;
        option.initFrom(this);
        option.rect = rect();
        option.lineWidth = style()->pixelMetric(QStyle::PM_DefaultFrameWidth, &option, this);
        option.state |= QStyle::State_Sunken;
        option.state.setFlag(QStyle::State_HasFocus, m_focused);
        painter.drawPrimitive(QStyle::PE_PanelLineEdit, option);
        painter.drawPixmap(
            QStyle::visualRect(layoutDirection(), rect(),
                               QRect(8, (height() - searchIcon) / 2, searchIcon, searchIcon)),
            iconPixmap(QStringLiteral("search"), Theme::current().muted, searchIcon,
                       devicePixelRatioF()));
    }

private:
    bool m_focused = false;
};

} // namespace

QueryBar::QueryBar(QWidget *parent)
    : QWidget(parent)
    , m_frame(new EditFrame(this))
    , m_edit(new QLineEdit(m_frame))
    , m_problem(new QWidget(this))
    , m_problemText(makeLabel(LabelKind::Body, QString(), m_problem, true))
    , m_suggestion(new QPushButton(m_problem))
    , m_candidates(new QStandardItemModel(this))
    , m_completer(new QCompleter(this))
{
    build();
    m_patience.setSingleShot(true);
    m_patience.setInterval(1200ms);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_completer->popup()->isVisible())
            m_patience.start(); // it would lie below the list
        else
            showError(m_error);
    });
    connect(m_edit, &QLineEdit::textEdited, this, &QueryBar::complete);
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        if (!m_isUnderlining)
            onTyped();
    });
    connect(m_edit, &QLineEdit::returnPressed, this, [this] {
        // The list of candidates hands its keys to the edit first, and takes its own after that.
        const QAbstractItemView *list = m_completer->popup();
        if (list->isVisible() && list->currentIndex().isValid())
            return;
        settle();
        showError(m_error);
        if (!m_error)
            Q_EMIT doneTyping();
    });
    connect(m_suggestion, &QPushButton::clicked, this, &QueryBar::useReplacement);
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            [this](const QModelIndex &index) { insertCandidate(index.row()); });
}

void QueryBar::build()
{
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(4);
    m_line = new QHBoxLayout(m_frame);
    fitMargins();
    m_line->setSpacing(4);
    m_line->addWidget(m_edit, 1);
    lines->addWidget(m_frame);
    m_edit->setObjectName(QStringLiteral("certificateFilter"));
    m_edit->setFrame(false);
    m_edit->setAttribute(Qt::WA_MacShowFocusRect, false);
    m_edit->setPlaceholderText(
        tr("Name, serial or fingerprint, or expires<30d issuer: key: place: has:key"));
    m_edit->setAccessibleName(tr("Filter certificates"));
    m_edit->setToolTip(tr("Words are looked for everywhere. Conditions look like expires<30d, "
                          "tag:prod, not is:retired, key:rsa or name:*.example.com; the list that "
                          "opens while you type (or with Ctrl+Space) names them all."));
    m_edit->setClearButtonEnabled(true);
    m_edit->setMinimumWidth(120);
    m_edit->setMaxLength(static_cast<int>(Query::longestText));
    m_edit->setAcceptDrops(false); // a dropped file is imported, not typed
    m_edit->installEventFilter(this);

    auto *row = new QHBoxLayout(m_problem);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto *symbol = new SymbolLabel(m_problem, problemSymbol);
    symbol->setGlyph(Glyph::ActNow, StateRole::Act);
    symbol->setFixedHeight(fontMetrics().height()); // of the first line
    row->addWidget(symbol, 0, Qt::AlignTop);
    row->addWidget(m_problemText, 1); // may be long: it names what could be meant
    row->addWidget(m_suggestion, 0, Qt::AlignTop);
    m_problem->setObjectName(QStringLiteral("queryProblem"));
    m_suggestion->setObjectName(QStringLiteral("querySuggestion"));
    m_problem->hide();
    lines->addWidget(m_problem);

    m_completer->setModel(m_candidates);
    m_completer->setWidget(m_edit);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(12);
    m_completer->popup()->setAccessibleName(tr("What could be typed next"));
}

void QueryBar::fitMargins()
{
    constexpr int lead = 8 + searchIcon + 4;
    constexpr int trail = 4;
    const bool mirrored = isRightToLeft();
    m_line->setContentsMargins(mirrored ? trail : lead, focusRing, mirrored ? lead : trail,
                               focusRing);
    // Conditions are written from left to right everywhere; they stand beside the chips.
    m_edit->setAlignment((mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute);
}

void QueryBar::setInventory(std::shared_ptr<const Inventory> inventory)
{
    m_inventory = std::move(inventory);
}

QString QueryBar::chipWords(const QString &term) const
{
    return m_chipWords ? m_chipWords(term) : QString();
}

QStringList QueryBar::chips() const
{
    return m_terms;
}

QString QueryBar::text() const
{
    QStringList terms = m_terms;
    terms << m_edit->text();
    return queryOfTerms(terms);
}

// Conditions become chips; words stay where they can be changed, and so does what is joined by an
// "or" or cannot be understood.
void QueryBar::setText(const QString &text)
{
    QStringList chips;
    QStringList words;
    const Result<Query> query = Query::parse(text);
    if (query) {
        for (const QString &term : queryTerms(*query)) {
            const std::optional<QueryField> field = queryFieldOfTerm(term);
            const bool isCondition = field && *field != QueryField::Any;
            const bool isChip =
                (isCondition || !chipWords(term).isEmpty()) && chips.size() < mostChips;
            (isChip ? chips : words) << term;
        }
    } else {
        words << text;
    }
    m_terms = chips;
    showChips();
    const QString rest = queryOfTerms(words);
    if (m_edit->text() != rest)
        m_edit->setText(rest); // understands it
    else
        understand();
    showError(m_error);
}

void QueryBar::setTerm(QueryField field, const QString &term)
{
    setText(queryWithTerm(m_query, field, term));
}

void QueryBar::addTerm(const QString &term)
{
    QStringList terms = queryTerms(m_query);
    if (terms.contains(term))
        return;
    terms << term;
    setText(queryOfTerms(terms));
}

void QueryBar::removeTerm(const QString &term)
{
    QStringList terms = queryTerms(m_query);
    terms.removeAll(term);
    setText(queryOfTerms(terms));
}

void QueryBar::removeLastTerm()
{
    QStringList terms = queryTerms(m_query);
    if (!terms.isEmpty())
        terms.removeLast();
    setText(queryOfTerms(terms));
}

void QueryBar::replaceTerms(const QStringList &old, const QString &term)
{
    QStringList terms;
    bool isPlaced = false;
    for (const QString &one : queryTerms(m_query)) {
        if (!old.contains(one))
            terms << one;
        else if (!std::exchange(isPlaced, true))
            terms << term;
    }
    if (!isPlaced)
        terms << term;
    setText(queryOfTerms(terms));
}

void QueryBar::onTyped()
{
    understand();
    // As long as it can still become something that is known, it is not wrong.
    if (m_error
        && (m_error->evidence.value(QLatin1String("incomplete")).toBool()
            || m_completer->popup()->isVisible())) {
        showError(std::nullopt); // not yet
        m_patience.start();
    } else {
        m_patience.stop();
        showError(m_error);
    }
}

void QueryBar::understand()
{
    const Result<Query> typed = Query::parse(m_edit->text());
    if (!typed) {
        m_error = typed.error();
        return;
    }
    m_error.reset();
    Result<Query> whole = Query::parse(text());
    if (!whole) { // too long, or too many conditions together
        m_error = whole.error();
        m_error->evidence = {};
        return;
    }
    if (whole->text() == m_query.text())
        return;
    m_query = std::move(*whole);
    Q_EMIT queryChanged();
}

// What is typed has become a condition.
void QueryBar::settle()
{
    if (m_edit->text().trimmed().isEmpty() || !Query::parse(m_edit->text()))
        return;
    setText(text());
}

void QueryBar::showChips()
{
    const bool hadFocus = std::any_of(m_chips.begin(), m_chips.end(),
                                      [](const QueryChip *chip) { return chip->hasFocus(); });
    for (QueryChip *chip : m_chips) {
        m_line->removeWidget(chip);
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    for (qsizetype i = 0; i < m_terms.size(); ++i) {
        auto *chip = new QueryChip(m_terms.at(i), m_frame, chipWords(m_terms.at(i)));
        const int index = static_cast<int>(i);
        connect(chip, &QAbstractButton::clicked, this, [this, index] { removeChip(index); });
        m_line->insertWidget(index, chip);
        QWidget::setTabOrder(i == 0 ? static_cast<QWidget *>(m_frame) : m_chips.back(), chip);
        chip->show();
        m_chips.push_back(chip);
    }
    if (!m_chips.empty())
        QWidget::setTabOrder(m_chips.back(), m_edit);
    fitChips();
    if (hadFocus)
        m_edit->setFocus();
}

void QueryBar::fitChips()
{
    if (m_chips.empty())
        return;
    const int each = width() * 6 / 10 / static_cast<int>(m_chips.size());
    for (QueryChip *chip : m_chips)
        chip->setMostWidth(std::clamp(each, leastChip, mostChip));
}

void QueryBar::removeChip(int index)
{
    m_terms.removeAt(index);
    showChips();
    m_edit->setFocus();
    understand();
}

void QueryBar::showError(const std::optional<Error> &error)
{
    m_problem->setVisible(error.has_value());
    m_edit->setAccessibleDescription(error ? asSentence(error->detail) : QString());
    if (error) {
        const QString advice =
            error->advice.isEmpty() ? QString() : QLatin1Char(' ') + error->advice;
        m_problemText->setText(asSentence(error->detail) + advice);
        m_problem->setAccessibleName(m_problemText->text());
        const QString better = error->evidence.value(QLatin1String("replacement")).toString();
        m_suggestion->setText(tr("Use “%1”").arg(better));
        m_suggestion->setVisible(!better.isEmpty());
    }
    underline();
}

// A line edit knows no formats but those of a text that is being composed.
void QueryBar::underline()
{
    QList<QInputMethodEvent::Attribute> formats;
    if (m_error && m_problem->isVisibleTo(this)
        && m_error->evidence.contains(QLatin1String("position"))) {
        const int size = static_cast<int>(m_edit->text().size());
        int position = m_error->evidence.value(QLatin1String("position")).toInt();
        int length = std::max(1, m_error->evidence.value(QLatin1String("length")).toInt());
        if (position >= size && size > 0) { // what is missing at the end
            position = size - 1;
            length = 1;
        }
        QTextCharFormat wave;
        wave.setUnderlineStyle(QTextCharFormat::SpellCheckUnderline);
        wave.setUnderlineColor(Theme::current().state(StateRole::Act).fill);
        formats.append(QInputMethodEvent::Attribute(
            QInputMethodEvent::TextFormat, position - m_edit->cursorPosition(), length, wave));
    }
    m_isUnderlining = true;
    QInputMethodEvent event(QString(), formats);
    QCoreApplication::sendEvent(m_edit, &event);
    m_isUnderlining = false;
}

void QueryBar::useReplacement()
{
    if (!m_error)
        return;
    const QJsonObject &evidence = m_error->evidence;
    QString text = m_edit->text();
    text.replace(evidence.value(QLatin1String("position")).toInt(),
                 evidence.value(QLatin1String("length")).toInt(),
                 evidence.value(QLatin1String("replacement")).toString());
    m_edit->setText(text);
    m_edit->setFocus();
}

void QueryBar::complete()
{
    m_candidates->clear();
    if (m_inventory) {
        const QueryCompletion completion =
            completeQuery(m_edit->text(), m_edit->cursorPosition(), *m_inventory);
        m_replaceAt = completion.position;
        m_replaceLength = completion.length;
        for (const QueryCandidate &candidate : completion.candidates) {
            QString shown = candidate.label.isEmpty() ? candidate.text : candidate.label;
            if (!candidate.help.isEmpty())
                shown += QStringLiteral("    ") + candidate.help;
            else if (candidate.count > 0)
                shown += QStringLiteral("    ") + QString::number(candidate.count);
            auto *item = new QStandardItem(shown);
            item->setData(candidate.text, Qt::UserRole);
            item->setEditable(false);
            m_candidates->appendRow(item);
        }
    }
    // Nothing but what stands there already is no help.
    const QString there = m_edit->text().mid(m_replaceAt, m_replaceLength);
    const bool isDone = m_candidates->rowCount() == 1
        && m_candidates->item(0)->data(Qt::UserRole).toString() == there;
    if (m_candidates->rowCount() == 0 || isDone)
        m_completer->popup()->hide();
    else
        m_completer->complete();
    m_completer->popup()->setCurrentIndex(QModelIndex()); // nothing is chosen unasked
}

void QueryBar::insertCandidate(int row)
{
    const QStandardItem *item = m_candidates->item(row);
    if (item == nullptr)
        return;
    const QString text = item->data(Qt::UserRole).toString();
    QString whole = m_edit->text();
    whole.replace(m_replaceAt, m_replaceLength, text);
    const qsizetype cursor = m_replaceAt + text.size();
    m_edit->setText(whole);
    m_edit->setCursorPosition(static_cast<int>(cursor));
    // A field asks for its value.
    if (text.endsWith(QLatin1Char(':')))
        complete();
}

bool QueryBar::editKey(int key)
{
    switch (key) {
    case Qt::Key_Down:
        settle();
        Q_EMIT doneTyping();
        return true;
    case Qt::Key_Backspace:
        if (m_edit->cursorPosition() != 0 || m_edit->hasSelectedText() || m_terms.isEmpty())
            return false;
        {
            // The condition can be changed again.
            const QString term = m_terms.takeLast();
            showChips();
            const QString rest = m_edit->text();
            m_edit->setText(rest.isEmpty() ? term : term + QLatin1Char(' ') + rest);
            m_edit->setCursorPosition(static_cast<int>(term.size()));
        }
        return true;
    default:
        return false;
    }
}

bool QueryBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier) {
            complete();
            return true;
        }
        return key->modifiers() == Qt::NoModifier && editKey(key->key());
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        static_cast<EditFrame *>(m_frame)->setFocused(event->type() == QEvent::FocusIn);
        const auto *focus = static_cast<QFocusEvent *>(event);
        if (event->type() == QEvent::FocusOut && focus->reason() != Qt::PopupFocusReason
            && focus->reason() != Qt::ActiveWindowFocusReason)
            settle();
    }
    return false;
}

void QueryBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitChips();
}

void QueryBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        underline();
    else if (event->type() == QEvent::LayoutDirectionChange)
        fitMargins();
}

} // namespace sealbook
