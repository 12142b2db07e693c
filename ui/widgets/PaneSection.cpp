// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/PaneSection.h"

#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int margin = 16;
}

PaneSection::PaneSection(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_content(new QWidget(this))
    , m_layout(new QVBoxLayout(m_content))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(new Line(Qt::Horizontal, this));
    m_head = new QHBoxLayout;
    m_head->setContentsMargins(margin, 8, margin, 4);
    m_head->setSpacing(8);
    m_head->addWidget(makeLabel(LabelKind::SectionHead, title, this));
    m_head->addStretch();
    m_aside = makeLabel(LabelKind::Muted, QString(), this);
    m_head->addWidget(m_aside);
    outer->addLayout(m_head);
    m_layout->setContentsMargins(margin, 0, margin, 8);
    m_layout->setSpacing(2);
    outer->addWidget(m_content);
    m_aside->hide();
}

void PaneSection::setAside(const QString &text)
{
    m_aside->setText(text);
    m_aside->setVisible(!text.isEmpty());
}

void PaneSection::setAside(QWidget *widget)
{
    m_head->addWidget(widget);
}

void PaneSection::add(QWidget *widget)
{
    m_layout->addWidget(widget);
}

} // namespace sealbook
