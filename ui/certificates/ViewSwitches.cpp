// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ViewSwitches.h"

#include "ui/widgets/IconSet.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QToolButton>

namespace sealbook {

namespace {

QToolButton *makeMenuButton(QWidget *parent, const char *name, const QString &icon)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QLatin1String(name));
    button->setAutoRaise(true);
    button->setIcon(houseIcon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    button->setMinimumHeight(28);
    button->setMenu(new QMenu(button));
    return button;
}

} // namespace

ViewSwitches::ViewSwitches(QWidget *page)
    : QObject(page)
    , m_group(makeMenuButton(page, "groupBy", QStringLiteral("group")))
    , m_hide(makeMenuButton(page, "hideKinds", QStringLiteral("eye")))
{
    buildGroup();
    buildHide();
    showWords();
}

void ViewSwitches::buildGroup()
{
    auto *choice = new QActionGroup(this);
    const auto add = [&](InventoryGrouping grouping, const QString &text) {
        QAction *action = m_group->menu()->addAction(text);
        action->setObjectName(QStringLiteral("groupBy_") + inventoryGroupingName(grouping));
        action->setCheckable(true);
        choice->addAction(action);
        connect(action, &QAction::triggered, this, [this, grouping] {
            m_grouping = grouping;
            showWords();
            Q_EMIT changed();
        });
        m_groupings.emplace_back(grouping, action);
    };
    add(InventoryGrouping::Urgency, tr("Group by urgency"));
    add(InventoryGrouping::Issuer, tr("Group by issuer"));
    add(InventoryGrouping::Zone, tr("Group by zone"));
    add(InventoryGrouping::Tag, tr("Group by tag"));
    add(InventoryGrouping::Place, tr("Group by place"));
    add(InventoryGrouping::None, tr("No groups"));
    m_group->menu()->addSeparator();
    connect(m_group->menu()->addAction(tr("Fold all groups")), &QAction::triggered, this,
            [this] { Q_EMIT allFolded(true); });
    connect(m_group->menu()->addAction(tr("Unfold all groups")), &QAction::triggered, this,
            [this] { Q_EMIT allFolded(false); });
}

void ViewSwitches::buildHide()
{
    const auto add = [this](const char *name, const QString &text) {
        QAction *action = m_hide->menu()->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setCheckable(true);
        return action;
    };
    m_hideExpired = add("hideExpired", tr("Hide expired"));
    m_hideSuperseded = add("hideSuperseded", tr("Hide superseded"));
    m_hideRevoked = add("hideRevoked", tr("Hide revoked"));
    for (QAction *action : {m_hideExpired, m_hideSuperseded, m_hideRevoked})
        connect(action, &QAction::toggled, this, [this] {
            showWords();
            if (!m_isShowing)
                Q_EMIT changed();
        });
    // A condition like any other, so that it is seen and saved as one.
    m_hideRetired = add("hideRetired", tr("Hide retired"));
    connect(m_hideRetired, &QAction::triggered, this, &ViewSwitches::retiredHidden);
    m_hide->menu()->addSeparator();
    m_showTrash = add("showTrash", tr("Show the trash"));
    connect(m_showTrash, &QAction::triggered, this, &ViewSwitches::trashShown);
}

void ViewSwitches::fill(SavedView &view) const
{
    view.grouping = m_grouping;
    view.hidesExpired = m_hideExpired->isChecked();
    view.hidesSuperseded = m_hideSuperseded->isChecked();
    view.hidesRevoked = m_hideRevoked->isChecked();
}

void ViewSwitches::show(const SavedView &view)
{
    m_isShowing = true;
    m_grouping = view.grouping;
    m_hideExpired->setChecked(view.hidesExpired);
    m_hideSuperseded->setChecked(view.hidesSuperseded);
    m_hideRevoked->setChecked(view.hidesRevoked);
    m_isShowing = false;
    showWords();
}

void ViewSwitches::follow(bool hidesRetired, bool showsTrash)
{
    m_hideRetired->setChecked(hidesRetired);
    m_showTrash->setChecked(showsTrash);
}

void ViewSwitches::showWords()
{
    for (const auto &[grouping, action] : m_groupings)
        action->setChecked(grouping == m_grouping);
    QString group;
    switch (m_grouping) {
    case InventoryGrouping::None:
        group = tr("Group: none");
        break;
    case InventoryGrouping::Issuer:
        group = tr("Group: issuer");
        break;
    case InventoryGrouping::Zone:
        group = tr("Group: zone");
        break;
    case InventoryGrouping::Tag:
        group = tr("Group: tag");
        break;
    case InventoryGrouping::Place:
        group = tr("Group: place");
        break;
    case InventoryGrouping::Urgency:
        group = tr("Group: urgency");
        break;
    }
    m_group->setText(group);
    m_group->setAccessibleName(group);
    int hidden = 0;
    for (const QAction *action : {m_hideExpired, m_hideSuperseded, m_hideRevoked})
        hidden += action->isChecked() ? 1 : 0;
    m_hide->setText(hidden == 0 ? tr("Hide") : tr("Hide: %1").arg(hidden));
    m_hide->setAccessibleName(hidden == 0 ? tr("Hide: nothing")
                                          : tr("Hide: %n kinds of certificates", "", hidden));
}

} // namespace sealbook
