// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/overview/OutlookPane.h"

#include "core/base/DomainName.h"
#include "core/records/JobStatus.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/JobWords.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PaneHead.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/SymbolLabel.h"
#include "ui/widgets/TimeText.h"

#include <QGridLayout>
#include <QLocale>

namespace sealbook {

namespace {

constexpr int paneWidth = 288;
constexpr int margin = 16;
constexpr std::size_t mostLines = 5;
constexpr qint64 daySeconds = 24 * 3600;

QString clockText(const QDateTime &time, const QDateTime &now)
{
    const QDateTime local = time.toUTC();
    const QString clock = QLocale().toString(local.time(), QStringLiteral("HH:mm"));
    const QString date = TimeText::dayMonth(local.date());
    if (local.date() == now.toUTC().date())
        return clock;
    return std::abs(now.secsTo(time)) < 7 * daySeconds ? QStringLiteral("%1, %2").arg(date, clock)
                                                       : date;
}

QString nameOf(const JobRecord &job)
{
    const QString first = unicodeNameOf(job.request.names.value(0));
    return job.request.names.size() > 1 ? OutlookPane::tr("%1 +%2", "name, how many more")
                                              .arg(first)
                                              .arg(job.request.names.size() - 1)
                                        : first;
}

} // namespace

OutlookPane::OutlookPane(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("outlook"));
    setAccessibleName(tr("Without you"));
    setFixedWidth(paneWidth);
    Theme::setBaseSurface(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(16, 12, 16, 8);
    head->setSpacing(0);
    head->addWidget(makeLabel(LabelKind::Bold, tr("Without you"), this));
    head->addWidget(makeLabel(LabelKind::Muted, tr("what runs, ran and comes next"), this));
    layout->addLayout(head);
    auto *body = new QWidget(this);
    m_scroll = new PaneScroll(tr("Without you"), body);
    const auto add = [this](Section &section, const QString &title) {
        section.section = new PaneSection(title, this);
        m_scroll->add(section.section);
        section.section->hide();
    };
    add(m_running, tr("Running now"));
    add(m_done, tr("Done since yesterday"));
    add(m_next, tr("Next to renew"));
    layout->addWidget(body, 1);
}

void OutlookPane::show(const NeedSources &sources, const std::vector<NextRenewal> &next)
{
    const QDateTime &now = sources.now;
    std::vector<Line> running;
    std::vector<Line> done;
    for (const JobRecord &job : sources.jobs) {
        const JobStatus status = jobStatus(job, now);
        if (status == JobStatus::Running)
            running.push_back({nameOf(job), TimeText::counter(job.createdAt.secsTo(now)),
                               jobStepText(job.step), false, QStringLiteral("issue"),
                               job.id.text()});
        if (status == JobStatus::Done && job.updatedAt.secsTo(now) < daySeconds)
            done.push_back({tr("%1 issued").arg(nameOf(job)), clockText(job.updatedAt, now),
                            QString(), true, QStringLiteral("certificates"),
                            job.certificateSha256});
    }
    int checked = 0;
    QDateTime newest;
    for (const EndpointStatus &endpoint : sources.endpoints) {
        const QDateTime at = endpoint.record.checkedAt;
        if (!at.isValid() || at.secsTo(now) >= daySeconds)
            continue;
        ++checked;
        newest = std::max(newest, at);
    }
    if (checked > 0)
        done.push_back({tr("%n endpoints checked", nullptr, checked), clockText(newest, now),
                        QString(), true, QStringLiteral("watch"), QString()});
    std::vector<Line> coming;
    for (const NextRenewal &renewal : next)
        coming.push_back({renewal.name, clockText(renewal.opensAt, now), QString(), false,
                          QStringLiteral("certificates"), renewal.sha256});
    const auto countOf = [](const std::vector<Line> &lines) {
        return static_cast<int>(lines.size());
    };
    const int runningCount = countOf(running);
    const int doneCount = countOf(done);
    fill(m_running, std::move(running), runningCount);
    fill(m_done, std::move(done), doneCount);
    fill(m_next, std::move(coming), -1);
}

// Anew only where something changed: a link that has the focus keeps it.
void OutlookPane::fill(Section &section, std::vector<Line> lines, int total)
{
    const bool isMore = lines.size() > mostLines;
    if (isMore) {
        lines.resize(mostLines);
        lines.push_back({tr("%n more in Activity", nullptr, total - static_cast<int>(mostLines)),
                         QString(), QString(), false, QStringLiteral("activity"), QString()});
    }
    section.section->setVisible(!lines.empty());
    if (lines == section.shown && total == section.total)
        return;
    section.shown = lines;
    section.total = total;
    delete section.lines;
    section.lines = new QWidget(section.section);
    auto *grid = new QGridLayout(section.lines);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    const QFontMetrics small(Theme::smallFont(font()));
    int widest = 0;
    for (const Line &line : lines)
        widest = std::max(widest, small.horizontalAdvance(line.time));
    for (const Line &line : lines)
        addLine(grid, line, paneWidth - 2 * margin - widest - 12);
    section.section->add(section.lines);
    if (total >= 0)
        section.section->setAside(QLocale().toString(total));
}

void OutlookPane::addLine(QGridLayout *grid, const Line &line, int room)
{
    QWidget *parent = grid->parentWidget();
    const int row = grid->rowCount();
    if (line.isDone) {
        auto *glyph = new SymbolLabel(parent, 14);
        glyph->setGlyph(Glyph::Fine, StateRole::Ok);
        grid->addWidget(glyph, row, 0);
    }
    QLabel *text = nullptr;
    const QFont small = Theme::smallFont(font());
    if (line.page.isEmpty()) {
        text = makeLabel(LabelKind::Body, line.text, parent);
    } else {
        text = makeLabel(LabelKind::Body, {}, parent);
        setLinkText(
            text,
            QStringLiteral("<a href=\"open\">%1</a>")
                .arg(elidedName(line.text, QFontMetrics(small), room - (line.isDone ? 22 : 0))
                         .toHtmlEscaped()));
        text->setToolTip(line.text);
        text->setAccessibleName(line.text);
        connect(text, &QLabel::linkActivated, this,
                [this, line] { Q_EMIT linkWanted(line.page, line.subject); });
    }
    text->setFont(small);
    if (line.isDone)
        grid->addWidget(text, row, 1);
    else
        grid->addWidget(text, row, 0, 1, 2);
    QLabel *time = makeLabel(LabelKind::Muted, line.time, parent);
    time->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    grid->addWidget(time, row, 2);
    if (!line.below.isEmpty())
        grid->addWidget(makeLabel(LabelKind::Muted, line.below, parent), row + 1, 0, 1, 3);
}

} // namespace sealbook
