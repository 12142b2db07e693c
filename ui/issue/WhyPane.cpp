// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/WhyPane.h"

#include "ui/widgets/CopyButton.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/SymbolLabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace sealbook {

WhyPane::WhyPane(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("whyPane"));
    setAccessibleName(tr("Why is this taking long?"));
    setFixedWidth(268);
    Theme::setBaseSurface(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *head = new QWidget(this);
    head->setFixedHeight(40);
    auto *headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(16, 0, 8, 0);
    headRow->addWidget(makeLabel(LabelKind::Bold, tr("Why is this taking long?"), head), 1);
    auto *close = new QToolButton(head);
    close->setObjectName(QStringLiteral("closeWhy"));
    close->setIcon(houseIcon(QStringLiteral("close")));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Close this pane"));
    close->setToolTip(tr("Close this pane"));
    headRow->addWidget(close);
    layout->addWidget(head);
    layout->addWidget(new Line(Qt::Horizontal, this));
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(accessibleName());
    layout->addWidget(m_scroll, 1);
    layout->addWidget(new Line(Qt::Horizontal, this));
    auto *foot = new QWidget(this);
    foot->setFixedHeight(48);
    auto *footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(16, 0, 16, 0);
    footRow->setSpacing(8);
    auto *copy = new QPushButton(houseIcon(QStringLiteral("copy")), tr("Copy report"), foot);
    copy->setObjectName(QStringLiteral("copyWhy"));
    copy->setMinimumHeight(28);
    footRow->addWidget(copy);
    footRow->addWidget(makeLabel(LabelKind::Muted, tr("holds no secret"), foot), 1);
    layout->addWidget(foot);
    connect(close, &QToolButton::clicked, this, &WhyPane::closed);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_report); });
}

void WhyPane::setReport(const QString &report)
{
    m_report = report;
}

void WhyPane::setExplanations(const std::vector<Explanation> &explanations)
{
    if (explanations == m_explanations)
        return;
    m_explanations = explanations;
    const int scrolled = m_scroll->verticalScrollBar()->value();
    delete m_scroll->takeWidget();
    auto *content = new QWidget(m_scroll);
    Theme::setBaseSurface(content);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (const Explanation &why : m_explanations) {
        layout->addWidget(makeSection(why, content));
        layout->addWidget(new Line(Qt::Horizontal, content));
    }
    layout->addStretch(1);
    m_scroll->setWidget(content);
    m_scroll->verticalScrollBar()->setValue(scrolled);
}

QWidget *WhyPane::makeSection(const Explanation &why, QWidget *parent) const
{
    auto *section = new QWidget(parent);
    auto *layout = new QVBoxLayout(section);
    layout->setContentsMargins(16, 10, 16, 10);
    layout->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(6);
    auto *glyph = new SymbolLabel(section);
    glyph->setGlyph(why.style.glyph, why.style.role);
    head->addWidget(glyph, 0, Qt::AlignTop);
    head->addWidget(makeLabel(LabelKind::Bold, why.title, section, true), 1);
    layout->addLayout(head);
    if (!why.facts.empty()) {
        auto *facts = new KeyValueGrid(section);
        for (const auto &fact : why.facts)
            facts->addRow(fact.first, fact.second);
        layout->addWidget(facts);
    }
    if (!why.text.isEmpty())
        layout->addWidget(makeLabel(LabelKind::Muted, why.text, section, true));
    if (!why.command.isEmpty()) {
        auto *frame = new QFrame(section);
        frame->setFrameShape(QFrame::StyledPanel);
        auto *row = new QHBoxLayout(frame);
        row->setContentsMargins(6, 0, 2, 0);
        row->addWidget(makeLabel(LabelKind::Mono, why.command, frame), 1);
        auto *copy = new CopyButton(tr("Copy the command"), frame);
        copy->setCopyText(why.command);
        row->addWidget(copy);
        layout->addWidget(frame);
    }
    return section;
}

} // namespace sealbook
