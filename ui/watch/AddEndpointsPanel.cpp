// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/AddEndpointsPanel.h"

#include "ui/watch/EndpointWords.h"
#include "ui/widgets/Theme.h"
#include "ui_AddEndpointsPanel.h"

#include <QEvent>
#include <QShortcut>
#include <QTextBlock>

namespace sealbook {

namespace {
constexpr int mostFormWidth = 640;
constexpr std::size_t shownProblems = 5;
} // namespace

AddEndpointsPanel::AddEndpointsPanel(WatchService &watch, QWidget *parent)
    : QWidget(parent)
    , m_watch(watch)
    , m_ui(std::make_unique<Ui::AddEndpointsPanel>())
{
    m_ui->setupUi(this);
    Theme::setBaseSurface(this);
    m_ui->heading->setFont(Theme::titleFont(font()));
    Theme::setMuted(m_ui->explanation);
    for (QWidget *field :
         {static_cast<QWidget *>(m_ui->endpoints), static_cast<QWidget *>(m_ui->owner),
          static_cast<QWidget *>(m_ui->interval), static_cast<QWidget *>(m_ui->explanation),
          static_cast<QWidget *>(m_ui->problems)})
        field->setMaximumWidth(mostFormWidth);
    for (const std::chrono::seconds interval : EndpointWords::intervals())
        m_ui->interval->addItem(EndpointWords::interval(interval),
                                static_cast<qint64>(interval.count()));
    connect(m_ui->endpoints, &QPlainTextEdit::textChanged, this, &AddEndpointsPanel::showProblems);
    connect(m_ui->add, &QPushButton::clicked, this, &AddEndpointsPanel::submit);
    connect(m_ui->cancel, &QPushButton::clicked, this, &AddEndpointsPanel::cancelled);
    auto *escape = new QShortcut(Qt::Key_Escape, this);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, m_ui->cancel, &QPushButton::click);
    auto *enter = new QShortcut(Qt::CTRL | Qt::Key_Return, this);
    enter->setContext(Qt::WidgetWithChildrenShortcut);
    connect(enter, &QShortcut::activated, m_ui->add, &QPushButton::click);
    start();
}

AddEndpointsPanel::~AddEndpointsPanel() = default;

void AddEndpointsPanel::start()
{
    m_ui->endpoints->clear();
    m_ui->owner->clear();
    m_ui->error->clear();
    m_ui->interval->setCurrentIndex(
        m_ui->interval->findData(static_cast<qint64>(EndpointRecord::usualInterval.count())));
    showProblems();
    m_ui->endpoints->setFocus(Qt::ShortcutFocusReason);
}

void AddEndpointsPanel::showProblems()
{
    const EndpointList list = EndpointList::parse(m_ui->endpoints->toPlainText());
    QStringList lines;
    for (std::size_t i = 0; i < std::min(list.issues.size(), shownProblems); ++i) {
        const EndpointList::Issue &issue = list.issues[i];
        const QString suggestion =
            issue.error.evidence.value(QStringLiteral("suggestion")).toString();
        const QString line = tr("Line %1: %2.").arg(issue.line).arg(issue.error.detail);
        lines.append(suggestion.isEmpty() ? line : tr("%1 Did you mean %2?").arg(line, suggestion));
    }
    if (list.issueCount > static_cast<int>(lines.size()))
        lines.append(tr("and %n more", "", list.issueCount - static_cast<int>(lines.size())));
    if (list.repeated > 0)
        lines.append(tr("%n stand there more than once.", "", list.repeated));
    if (lines.isEmpty() && !list.addresses.empty())
        lines.append(tr("%n endpoints", "", static_cast<int>(list.addresses.size())));
    m_ui->problems->setText(lines.join(QLatin1Char('\n')));
    markLines(list);
    Theme::setState(m_ui->problems, list.issueCount > 0 ? StateRole::Crit : StateRole::Off);
    m_ui->add->setEnabled(list.issueCount == 0 && !list.addresses.empty());
}

void AddEndpointsPanel::markLines(const EndpointList &list)
{
    QList<QTextEdit::ExtraSelection> marks;
    const QTextDocument *document = m_ui->endpoints->document();
    for (const EndpointList::Issue &issue : list.issues) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document->findBlockByNumber(issue.line - 1));
        mark.format.setBackground(Theme::current().state(StateRole::Crit).tint);
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    m_ui->endpoints->setExtraSelections(marks);
}

void AddEndpointsPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        markLines(EndpointList::parse(m_ui->endpoints->toPlainText()));
    QWidget::changeEvent(event);
}

void AddEndpointsPanel::submit()
{
    m_ui->error->clear();
    const EndpointList list = EndpointList::parse(m_ui->endpoints->toPlainText());
    if (list.issueCount > 0 || list.addresses.empty())
        return;
    std::vector<EndpointRecord> wanted;
    for (const EndpointAddress &address : list.addresses) {
        EndpointRecord &record = wanted.emplace_back();
        record.id = EndpointId::make();
        record.address = address;
        record.owner = m_ui->owner->text().trimmed();
        record.interval = std::chrono::seconds(m_ui->interval->currentData().toLongLong());
    }
    m_ui->add->setEnabled(false);
    Task<SavedCounts> task = m_watch.add(wanted);
    QCoro::connect(std::move(task), this,
                   [this, wanted](const Result<SavedCounts> &result) { finish(wanted, result); });
}

void AddEndpointsPanel::finish(const std::vector<EndpointRecord> &wanted,
                               const Result<SavedCounts> &result)
{
    m_ui->add->setEnabled(true);
    if (!result) {
        m_ui->error->showError(result.error());
        return;
    }
    Q_EMIT added(wanted, result->known);
}

} // namespace sealbook
