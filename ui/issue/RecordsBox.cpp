// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/RecordsBox.h"

#include "ui/issue/BoardModel.h"
#include "ui/issue/BoardWords.h"
#include "ui/widgets/CopyButton.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int lineHeight = 26;
constexpr int shownLines = 4; // more than that scroll
} // namespace

RecordsBox::RecordsBox(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("recordsBox"));
    setAccessibleName(tr("Records to publish"));
    Theme::setBaseSurface(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);

    auto *head = new QWidget(this);
    head->setFixedHeight(31);
    auto *headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(12, 0, 4, 0);
    headRow->setSpacing(8);
    m_title = makeLabel(LabelKind::Body, tr("Records"), head);
    Theme::setMuted(m_title);
    m_name = makeLabel(LabelKind::Mono, {}, head);
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_type = makeLabel(LabelKind::Body, {}, head);
    Theme::setMuted(m_type);
    m_copyAll = new CopyButton(tr("Copy the records as zone file lines"), head);
    m_copyAll->setObjectName(QStringLiteral("copyRecords"));
    headRow->addWidget(m_title);
    headRow->addWidget(m_name);
    headRow->addWidget(m_type);
    headRow->addStretch(1);
    headRow->addWidget(m_copyAll);
    layout->addWidget(head);
    layout->addWidget(new Line(Qt::Horizontal, this));

    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_scroll);
    layout->addWidget(new Line(Qt::Horizontal, this));
    m_foot = makeLabel(LabelKind::Muted, {}, this, true);
    m_foot->setContentsMargins(12, 5, 12, 5);
    layout->addWidget(m_foot);
}

void RecordsBox::setBoard(const BoardState &board, const QString &publisher)
{
    if (m_filled && board.records == m_records && publisher == m_publisher)
        return;
    m_filled = true;
    m_records = board.records;
    m_publisher = publisher;
    m_copyAll->setCopyText(recordsAsText(board));
    rebuild();
}

void RecordsBox::rebuild()
{
    int values = 0;
    for (const ExpectedRecord &record : m_records)
        values += static_cast<int>(record.values.size());
    const bool single = m_records.size() == 1;
    m_name->setText(single ? m_records.front().effectiveName.text() : QString());
    m_name->setVisible(single);
    m_type->setText(single ? tr("TXT")
                           : tr("%n TXT values", nullptr, values)
                            + tr(" at %n names", nullptr, static_cast<int>(m_records.size())));
    m_title->setText(values == 1 ? tr("Record") : tr("Records"));
    m_copyAll->setLabel(values == 1 ? tr("Copy") : values == 2 ? tr("Copy both") : tr("Copy all"));

    delete m_scroll->takeWidget();
    m_lines = new QWidget(m_scroll);
    Theme::setBaseSurface(m_lines);
    m_grid = new QGridLayout(m_lines);
    m_grid->setContentsMargins(12, 3, 4, 3);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(0);
    m_grid->setColumnStretch(2, 1);
    int index = 0;
    int line = 0;
    for (const ExpectedRecord &record : m_records) {
        if (!single) {
            auto *name = new ElidedLabel(ElidedLabel::Mode::Name, m_lines);
            name->setFont(Theme::monoFont(font()));
            name->setFullText(record.effectiveName.text());
            auto *copy =
                new CopyButton(tr("Copy the name %1").arg(record.effectiveName.text()), m_lines);
            copy->setCopyText(record.effectiveName.text());
            m_grid->addWidget(name, line, 0, 1, 3);
            m_grid->addWidget(copy, line, 3);
            m_grid->setRowMinimumHeight(line, lineHeight);
            ++line;
        }
        for (qsizetype i = 0; i < record.values.size(); ++i)
            addValue(record.forNames.value(i), record.values.at(i), index++, line++);
    }
    m_scroll->setWidget(m_lines);
    m_scroll->setFixedHeight(std::clamp(line, 1, shownLines) * lineHeight + 6);

    bool moved = false;
    bool shared = false;
    for (const ExpectedRecord &record : m_records) {
        moved = moved || record.effectiveName != record.name;
        shared = shared || record.values.size() > 1;
    }
    QStringList foot;
    foot.append(m_publisher.isEmpty() ? tr("Publish each value as a TXT record of its own.")
                                      : tr("Published by credential %1.").arg(m_publisher));
    if (moved)
        foot.append(tr("A CNAME leads there from the name the CA asks for."));
    if (shared && !m_publisher.isEmpty())
        foot.append(
            tr("Values at one name live side by side; all are removed when the order ends."));
    else
        foot.append(m_publisher.isEmpty() ? tr("Remove them when the order has ended.")
                                          : tr("Removed when the order ends."));
    m_foot->setText(foot.join(QLatin1Char(' ')));
}

void RecordsBox::addValue(const QString &forName, const QString &value, int index, int line)
{
    QLabel *letter = makeLabel(LabelKind::Bold, recordLetter(index), m_lines);
    auto *name = new ElidedLabel(ElidedLabel::Mode::Name, m_lines);
    name->setFullText(forName);
    auto *text = new ElidedLabel(ElidedLabel::Mode::Value, m_lines);
    text->setFont(Theme::monoFont(font()));
    text->setFullText(value);
    auto *copy = new CopyButton(tr("Copy value %1").arg(recordLetter(index)), m_lines);
    copy->setCopyText(value);
    m_grid->addWidget(letter, line, 0);
    m_grid->addWidget(name, line, 1);
    m_grid->addWidget(text, line, 2);
    m_grid->addWidget(copy, line, 3);
    m_grid->setRowMinimumHeight(line, lineHeight);
}

void RecordsBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().line, 1));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

} // namespace sealbook
