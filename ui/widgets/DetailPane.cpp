// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/DetailPane.h"

#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/PaneHead.h"
#include "ui/widgets/PaneSection.h"

namespace sealbook {

DetailPane::DetailPane(const char *name, const QString &accessibleName, ElidedLabel::Mode titleMode,
                       QWidget *parent)
    : QWidget(parent)
    , m_scroll(new PaneScroll(accessibleName, this))
    , m_head(new PaneHead(titleMode, this))
{
    setObjectName(QLatin1String(name));
    setAccessibleName(accessibleName);
    connect(m_head, &PaneHead::closeWanted, this, &DetailPane::closeWanted);
    m_scroll->add(m_head);
}

void DetailPane::setActions(const QList<QAction *> &actions)
{
    m_head->setActions(actions);
}

PaneSection *DetailPane::addSection(const QString &title)
{
    auto *section = new PaneSection(title, this);
    m_scroll->add(section);
    return section;
}

KeyValueGrid *DetailPane::addFacts(const QString &title, int nameWidth)
{
    auto *facts = new KeyValueGrid(this);
    facts->setNameWidth(nameWidth);
    addSection(title)->add(facts);
    return facts;
}

} // namespace sealbook
