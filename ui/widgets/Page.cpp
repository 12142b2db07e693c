// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Page.h"

#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int headHeight = 43; // with its line 44
}

Page::Page(const QString &id, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_id(id)
    , m_title(title)
{
    setObjectName(id);
    setAccessibleName(title);
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);

    m_head = new QWidget(this);
    m_head->setFixedHeight(headHeight);
    m_tools = new QHBoxLayout(m_head);
    m_tools->setContentsMargins(16, 0, 12, 0);
    m_tools->setSpacing(4);
    m_tools->addWidget(makeLabel(LabelKind::Title, title, m_head));
    m_subtitleLabel = makeLabel(LabelKind::Body, {}, m_head);
    m_subtitleLabel->setObjectName(QStringLiteral("pageSubtitle"));
    m_detailLabel = makeLabel(LabelKind::Body, {}, m_head);
    m_detailLabel->setObjectName(QStringLiteral("pageDetail"));
    Theme::setMuted(m_detailLabel);
    for (QLabel *label : {m_subtitleLabel, m_detailLabel}) {
        label->setContentsMargins(8, 0, 0, 0);
        label->hide();
        m_tools->addWidget(label);
    }
    m_tools->addStretch(1);
    m_layout->addWidget(m_head);
    m_layout->addWidget(new Line(Qt::Horizontal, this));
}

void Page::setSubtitle(const QString &subtitle)
{
    m_subtitleLabel->setText(subtitle);
    m_subtitleLabel->setVisible(!subtitle.isEmpty());
}

void Page::setDetail(const QString &detail)
{
    m_detailLabel->setText(detail);
    m_detailLabel->setVisible(!detail.isEmpty());
}

void Page::setBody(QWidget *body)
{
    Q_ASSERT(m_body == nullptr);
    m_body = body;
    m_layout->addWidget(body, 1);
}

void Page::addToolAction(QAction *action)
{
    addAction(action);
    auto *button = new QToolButton(m_head);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIconSize(QSize(16, 16));
    button->setMinimumHeight(28);
    addToolWidget(button);
    // A tool bar would do it; a button by itself stays when its action is hidden.
    connect(action, &QAction::visibleChanged, button,
            [button, action] { button->setVisible(action->isVisible()); });
}

void Page::addToolWidget(QWidget *widget)
{
    if (m_more == nullptr)
        m_tools->addWidget(widget);
    else
        m_tools->insertWidget(m_tools->indexOf(m_more), widget);
}

void Page::setMoreMenu(QMenu *menu)
{
    if (m_more == nullptr) {
        m_more = new QToolButton(m_head);
        m_more->setObjectName(QStringLiteral("more"));
        m_more->setIcon(houseIcon(QStringLiteral("more")));
        m_more->setIconSize(QSize(16, 16));
        m_more->setAutoRaise(true);
        m_more->setMinimumHeight(28);
        m_more->setFocusPolicy(Qt::TabFocus);
        m_more->setPopupMode(QToolButton::InstantPopup);
        // The dots say it already; the style's own arrow beside them would say it twice.
        m_more->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
        m_more->setAccessibleName(tr("More actions"));
        m_more->setToolTip(tr("More actions"));
        m_tools->addWidget(m_more);
    }
    m_more->setMenu(menu);
}

void Page::setBadge(const QString &text, std::optional<Glyph> glyph)
{
    if (text == m_badge && glyph == m_badgeGlyph)
        return;
    m_badge = text;
    m_badgeGlyph = glyph;
    Q_EMIT badgeChanged();
}

QList<QWidget *> Page::areas() const
{
    QList<QWidget *> areas{m_head};
    if (m_body != nullptr)
        areas.append(m_body);
    return areas;
}

QWidget *Page::firstFocus() const
{
    return m_body;
}

void Page::open(const QString &subject)
{
    Q_UNUSED(subject)
}

} // namespace sealbook
