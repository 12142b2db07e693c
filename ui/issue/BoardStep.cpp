// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/BoardStep.h"

#include "core/base/Clock.h"
#include "ui/issue/BoardBar.h"
#include "ui/issue/BoardModel.h"
#include "ui/issue/BoardView.h"
#include "ui/issue/RecordsBox.h"
#include "ui/issue/WhyPane.h"
#include "ui/widgets/Announcer.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/JobWords.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/TimeText.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolTip>
#include <QVBoxLayout>

namespace sealbook {

BoardStep::BoardStep(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
{
    auto *columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    auto *main = new QVBoxLayout;
    main->setSpacing(0);
    main->addWidget(makeHead());
    m_model = new BoardModel(this);
    m_view = new BoardView(m_model, this);
    main->addWidget(new Line(Qt::Horizontal, this));
    main->addWidget(m_view, 1);
    main->addWidget(new Line(Qt::Horizontal, this));
    main->addWidget(makeFoot());
    columns->addLayout(main, 1);
    auto *line = new Line(Qt::Vertical, this);
    columns->addWidget(line);
    m_why = new WhyPane(this);
    columns->addWidget(m_why);
    m_announcer = new Announcer(m_counts);

    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &BoardStep::tick);
    connect(m_view, &BoardView::askWanted, this, &BoardStep::askResolverWanted);
    connect(m_why, &WhyPane::closed, this, [this] {
        setWhyVisible(false);
        m_view->setFocus();
    });
}

QWidget *BoardStep::makeHead()
{
    auto *head = new QWidget(this);
    Theme::setWindowSurface(head);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    auto *first = new QHBoxLayout;
    first->setSpacing(16);
    m_headline = makeLabel(LabelKind::Title, {}, head);
    m_headline->setObjectName(QStringLiteral("boardHeadline"));
    m_elapsed = makeLabel(LabelKind::Body, {}, head);
    m_next = makeLabel(LabelKind::Body, {}, head);
    m_next->setObjectName(QStringLiteral("nextCheck"));
    Theme::setMuted(m_elapsed);
    Theme::setMuted(m_next);
    first->addWidget(m_headline, 1);
    first->addWidget(m_elapsed);
    first->addWidget(m_next);
    layout->addLayout(first);
    m_bar = new BoardBar(head);
    layout->addWidget(m_bar);
    auto *second = new QHBoxLayout;
    m_counts = new QWidget(head);
    m_counts->setObjectName(QStringLiteral("boardCounts"));
    m_countsRow = new QHBoxLayout(m_counts);
    m_countsRow->setContentsMargins(0, 0, 0, 0);
    m_countsRow->setSpacing(16);
    second->addWidget(m_counts);
    second->addStretch(1);
    m_promise = makeLabel(LabelKind::Muted, {}, head);
    m_promise->setObjectName(QStringLiteral("boardPromise"));
    second->addWidget(m_promise);
    layout->addLayout(second);
    m_error = new ErrorPanel(head);
    layout->addWidget(m_error);
    connect(m_error, &ErrorPanel::actionWanted, this, &BoardStep::resumeWanted);
    m_records = new RecordsBox(head);
    layout->addWidget(m_records);
    return head;
}

QWidget *BoardStep::makeFoot()
{
    m_foot = new QWidget(this);
    m_foot->setFixedHeight(48);
    Theme::setWindowSurface(m_foot);
    auto *row = new QHBoxLayout(m_foot);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    const auto add = [this, row](const char *name, const QString &icon, const QString &text) {
        auto *button = icon.isEmpty() ? new QPushButton(text, m_foot)
                                      : new QPushButton(houseIcon(icon), text, m_foot);
        button->setObjectName(QString::fromLatin1(name));
        button->setMinimumHeight(28);
        row->addWidget(button);
        return button;
    };
    m_check = add("checkNow", QStringLiteral("refresh"), tr("Check &now"));
    m_check->setDefault(true);
    m_copy = add("copyRecord", QStringLiteral("copy"), tr("Copy &record"));
    m_handOver = add("handOver", QStringLiteral("sheet"), tr("Copy &hand-over sheet"));
    m_handOver->setToolTip(tr("All that somebody else needs to publish the records, as text"));
    m_switch = add("switchProvider", QStringLiteral("swap"), tr("&Switch provider"));
    m_switch->setToolTip(tr("The same order goes on; the record is written in another way"));
    m_switchMenu = new QMenu(m_switch);
    m_switch->setMenu(m_switchMenu);
    row->addStretch(1);
    m_cancel = add("cancelJob", QString(), tr("&Cancel and clean up"));
    connect(m_check, &QPushButton::clicked, this, &BoardStep::checkNowWanted);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(recordsAsText(m_board)); });
    connect(m_handOver, &QPushButton::clicked, this, &BoardStep::copyHandOver);
    connect(m_cancel, &QPushButton::clicked, this, &BoardStep::cancelWanted);
    return m_foot;
}

void BoardStep::setCredentials(const std::vector<CredentialRecord> &credentials)
{
    m_credentials = credentials;
    std::erase_if(m_credentials, [](const CredentialRecord &credential) {
        return credential.state == CredentialRecord::State::Revoked;
    });
    fillSwitchMenu();
    showCounts();
}

void BoardStep::fillSwitchMenu()
{
    m_switchMenu->clear();
    const auto add = [this](const QString &title, const QString &icon, const QString &credential) {
        QString shown = title;
        shown.replace(QLatin1Char('&'), QLatin1String("&&"));
        connect(m_switchMenu->addAction(houseIcon(icon), shown), &QAction::triggered, this,
                [this, credential] { Q_EMIT switchWanted(credential); });
    };
    for (const CredentialRecord &credential : m_credentials) {
        if (credential.name != m_credential)
            add(credential.name, QStringLiteral("key"), credential.name);
    }
    if (!m_credential.isEmpty())
        add(tr("By hand (manual TXT)"), QStringLiteral("edit"), QString());
}

// Until the CA looks for itself.
bool BoardStep::canSwitch() const
{
    static const QStringList after{QStringLiteral("challenge"), QStringLiteral("finalize"),
                                   QStringLiteral("certificate"), QStringLiteral("done")};
    return !m_switching && !m_switchMenu->isEmpty()
        && (m_over || (!isReady(m_board.phase) && !after.contains(m_step)));
}

void BoardStep::setSwitching(const QString &credential)
{
    m_switching = true;
    m_error->clear();
    m_cancel->setEnabled(false);
    showCounts();
    m_headline->setText(credential.isEmpty() ? tr("Switching to manual TXT")
                                             : tr("Switching to %1").arg(credential));
    m_promise->setText(tr("What was published is taken back first. The order stays."));
}

void BoardStep::goOnWith(const QString &credential)
{
    const QStringList names = m_names;
    const QString ca = m_caName;
    begin(names, ca, credential);
}

QString BoardStep::risk() const
{
    return riskOf(m_board);
}

void BoardStep::begin(const QStringList &names, const QString &caName, const QString &credential)
{
    m_names = names;
    m_caName = caName;
    m_credential = credential;
    m_board = {};
    m_hasBoard = false;
    m_over = false;
    m_switching = false;
    m_step.clear();
    m_error->clear();
    m_cancel->setEnabled(true);
    m_cancel->setText(tr("&Cancel and clean up"));
    fillSwitchMenu();
    m_model->setBoard(m_board, m_clock.utcNow());
    m_board.startedAt = m_clock.utcNow();
    showCounts();
    m_second.start();
    tick();
}

void BoardStep::setJobStep(const QString &step)
{
    if (m_switching)
        return;
    m_step = step;
    showCounts();
}

void BoardStep::setBoard(const BoardState &board)
{
    if (m_switching)
        return; // the last words of what is put aside
    const BoardState before = std::exchange(m_board, board);
    m_hasBoard = true;
    m_over = false;
    m_error->clear();
    m_model->setBoard(board, m_clock.utcNow());
    if (!m_view->currentIndex().isValid() && m_model->rowCount() > 1)
        m_view->setCurrentIndex(m_model->index(1, 0));
    m_records->setBoard(board, m_credential);
    announceChanges(before);
    showCounts();
    if (!m_second.isActive())
        m_second.start();
    tick();
}

void BoardStep::setFailed(const Error &error, bool canResume)
{
    m_over = true;
    m_switching = false;
    m_second.stop();
    m_cancel->setEnabled(true);
    m_error->showError(error);
    m_error->setActionText(canResume ? tr("Try again") : QString());
    showCounts();
    tick();
}

void BoardStep::setCancelling()
{
    m_cancel->setEnabled(false);
    m_cancel->setText(tr("Cleaning up…"));
}

void BoardStep::setWhyVisible(bool visible)
{
    m_why->setVisible(visible);
}

bool BoardStep::isWhyVisible() const
{
    return !m_why->isHidden();
}

void BoardStep::showCounts()
{
    while (QLayoutItem *item = m_countsRow->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto &count : countsOf(m_board).byVerdict) {
        auto *label = new StateLabel(m_counts);
        const StateStyle style = styleOf(count.first);
        label->setState(style, QStringLiteral("%1 %2").arg(count.second).arg(style.word));
        m_countsRow->addWidget(label);
    }
    const bool beforeBoard = !m_hasBoard || m_board.phase == BoardState::Phase::Looking;
    const bool afterBoard =
        isReady(m_board.phase) && !m_step.isEmpty() && m_step != QLatin1String("propagation");
    QString headline = headlineOf(m_board);
    if (m_over)
        headline = tr("This did not work out");
    else if ((beforeBoard && m_step != QLatin1String("propagation")) || afterBoard)
        headline = jobStepText(m_step);
    if (!headline.isEmpty())
        headline[0] = headline.at(0).toUpper();
    m_headline->setText(headline);
    m_bar->setBoard(m_board);
    m_bar->setVisible(!m_board.rows.empty());
    m_counts->setVisible(!m_board.rows.empty());
    m_promise->setText(m_over ? QString() : promiseOf(m_board));
    m_records->setVisible(!m_board.records.empty());
    m_view->setVisible(true);
    m_check->setEnabled(m_hasBoard && !m_over && !isReady(m_board.phase));
    m_copy->setEnabled(!m_board.records.empty());
    m_handOver->setEnabled(!m_board.records.empty());
    m_switch->setEnabled(canSwitch());
    m_view->setCanAsk(m_hasBoard && !m_over && !m_switching && !isReady(m_board.phase));
    m_cancel->setVisible(!m_over || m_error->hasError());
    m_why->setExplanations(whatHolds());
    m_why->setReport(handOverSheet(m_board, m_names, m_caName, m_clock.utcNow()));
}

std::vector<Explanation> BoardStep::whatHolds() const
{
    if (m_hasBoard || m_step == QLatin1String("propagation"))
        return explain(m_board, m_credential.isEmpty());
    Explanation early;
    early.style = styleOf(Verdict::NotYet);
    early.title = tr("The board comes next");
    early.text =
        tr("It appears when the record is published: one row for each address of each name "
           "server.");
    return {early};
}

void BoardStep::tick()
{
    const QDateTime now = m_clock.utcNow();
    m_model->tick(now);
    m_elapsed->setText(m_board.startedAt.isValid()
                           ? tr("Elapsed %1").arg(TimeText::counter(m_board.startedAt.secsTo(now)))
                           : QString());
    const bool waiting = m_hasBoard && !m_over && !isReady(m_board.phase)
        && m_board.phase != BoardState::Phase::Stopped;
    QString next;
    if (waiting && m_board.outsideAt.isValid() && m_board.outsideAt > now)
        next = tr("Asked elsewhere in %1").arg(TimeText::counter(now.secsTo(m_board.outsideAt)));
    else if (waiting && m_board.nextCheckAt.isValid() && m_board.nextCheckAt > now)
        next = tr("Next check in %1 s").arg((now.msecsTo(m_board.nextCheckAt) + 999) / 1000);
    else if (waiting)
        next = tr("Asking now");
    m_next->setText(next);
    m_next->setVisible(!next.isEmpty());
}

void BoardStep::copyHandOver()
{
    QGuiApplication::clipboard()->setText(
        handOverSheet(m_board, m_names, m_caName, m_clock.utcNow()));
    QToolTip::showText(m_handOver->mapToGlobal(QPoint(0, 0)), tr("Copied"), m_handOver, {}, 1500);
}

void BoardStep::announceChanges(const BoardState &before)
{
    if (before.rows.size() != m_board.rows.size())
        return;
    QStringList changes;
    for (std::size_t i = 0; i < m_board.rows.size(); ++i) {
        const BoardRow &row = m_board.rows.at(i);
        if (row.verdict != before.rows.at(i).verdict && !row.isResolver)
            changes.append(BoardModel::spoken(row));
    }
    if (changes.isEmpty())
        return;
    changes.append(headlineOf(m_board));
    m_announcer->announce(changes.join(QStringLiteral(". ")));
}

QString BoardStep::summary() const
{
    if (!m_hasBoard)
        return m_step.isEmpty() ? QString() : jobStepText(m_step);
    const BoardCounts counts = countsOf(m_board);
    if (counts.reachable == 0)
        return {};
    return tr("%1 of %2 agree").arg(counts.served).arg(counts.reachable);
}

QWidget *BoardStep::firstFocus() const
{
    return m_check->isEnabled() ? static_cast<QWidget *>(m_check) : m_view;
}

QList<QWidget *> BoardStep::areas() const
{
    return {m_records, m_view, m_foot, m_why};
}

} // namespace sealbook
