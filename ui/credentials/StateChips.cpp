// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/StateChips.h"

#include "ui/credentials/CredentialModel.h"
#include "ui/widgets/Theme.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace sealbook {

namespace {
constexpr int all = -1000; // no state; -1 would let QButtonGroup choose an id

int idOf(CredentialHealth::State state)
{
    return static_cast<int>(state) + 1;
}
} // namespace

StateChips::StateChips(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_layout(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("stateChips"));
    setAccessibleName(tr("Show credentials by state"));
    m_layout->setContentsMargins(12, 6, 12, 6);
    m_layout->setSpacing(4);
    add(all)->setChecked(true);
    for (const CredentialHealth::State state : CredentialHealth::allStates)
        add(idOf(state))->setChecked(false);
    m_layout->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, [this](int id) {
        if (id == all)
            Q_EMIT chosen(std::nullopt);
        else
            Q_EMIT chosen(static_cast<CredentialHealth::State>(id - 1));
    });
    restyle();
}

QToolButton *StateChips::add(int id)
{
    auto *button = new QToolButton(this);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setIconSize(QSize(14, 14));
    button->setMinimumHeight(24);
    button->setToolButtonStyle(id == all ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    m_group->addButton(button, id);
    m_layout->addWidget(button);
    return button;
}

void StateChips::setCounts(const CredentialModel &model)
{
    QAbstractButton *everything = m_group->button(all);
    everything->setText(tr("All  %1").arg(model.total()));
    for (const CredentialHealth::State state : CredentialHealth::allStates) {
        QAbstractButton *button = m_group->button(idOf(state));
        const int count = model.count(state);
        button->setText(
            tr("%1  %2", "state, count").arg(CredentialHealth::styleOf(state).word).arg(count));
        button->setAccessibleName(
            tr("%1: %n credentials", "", count).arg(CredentialHealth::styleOf(state).word));
        button->setVisible(count > 0);
        if (count == 0 && button->isChecked())
            everything->click();
    }
}

void StateChips::showAll()
{
    m_group->button(all)->click();
}

void StateChips::restyle()
{
    const Theme theme = Theme::current();
    for (const CredentialHealth::State state : CredentialHealth::allStates) {
        const StateStyle style = CredentialHealth::styleOf(state);
        m_group->button(idOf(state))
            ->setIcon(glyphPixmap(style.glyph, theme.state(style.role).text, theme.window, 14,
                                  devicePixelRatioF()));
    }
}

void StateChips::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

} // namespace sealbook
