// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/PaneHead.h"

#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/IconSet.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateLabel.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

namespace sealbook {

namespace {
constexpr int paneMargin = 16;
constexpr int buttonHeight = 28;
} // namespace

PaneHead::PaneHead(ElidedLabel::Mode titleMode, QWidget *parent)
    : QWidget(parent)
    , m_lines(new QVBoxLayout(this))
    , m_titleLine(new QHBoxLayout)
    , m_buttons(new FlowLayout(8))
    , m_title(new ElidedLabel(titleMode, this))
    , m_subtitle(makeLabel(LabelKind::Muted, QString(), this, true))
    , m_state(new StateLabel(this))
    , m_summary(makeLabel(LabelKind::Body, QString(), this, true))
{
    m_lines->setContentsMargins(paneMargin, 0, paneMargin, 12);
    m_lines->setSpacing(4);
    m_title->setFont(Theme::titleFont(font()));
    m_titleLine->setSpacing(4);
    m_titleLine->addWidget(m_title, 1);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("closePane"));
    close->setAutoRaise(true);
    close->setIcon(houseIcon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close details"));
    close->setToolTip(tr("Close details (Esc)"));
    connect(close, &QToolButton::clicked, this, &PaneHead::closeWanted);
    m_titleLine->addWidget(close);
    m_lines->addLayout(m_titleLine);
    m_lines->addWidget(m_subtitle);
    m_lines->addWidget(m_state);
    m_lines->addWidget(m_summary);
    m_buttons->setContentsMargins(0, 4, 0, 0);
    m_lines->addLayout(m_buttons);
    m_subtitle->hide();
    m_summary->hide();
}

void PaneHead::setTitle(const QString &title)
{
    m_title->setFullText(title);
}

void PaneHead::setSubtitle(const QString &subtitle)
{
    m_subtitle->setText(breakable(subtitle));
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void PaneHead::setSummary(const QString &summary)
{
    m_summary->setText(breakable(summary));
    m_summary->setVisible(!summary.isEmpty());
}

void PaneHead::addTool(QWidget *tool)
{
    m_titleLine->insertWidget(m_titleLine->count() - 1, tool);
}

void PaneHead::add(QWidget *widget)
{
    m_lines->insertWidget(m_lines->count() - 1, widget);
}

void PaneHead::setActions(const QList<QAction *> &actions)
{
    for (QAction *action : actions) {
        auto *button = new QPushButton(action->text(), this);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setMinimumHeight(buttonHeight);
        const auto follow = [button, action] {
            button->setVisible(action->isVisible());
            button->setEnabled(action->isEnabled());
            button->setText(action->text());
            button->setToolTip(action->toolTip());
        };
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, follow);
        m_buttons->addWidget(button);
        follow();
    }
}

namespace {
// As wide as the pane, whatever it holds: what does not fit is cut by itself, not all at the edge.
class PaneContent : public QWidget
{
public:
    using QWidget::QWidget;
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        return {0, QWidget::minimumSizeHint().height()};
    }
};
} // namespace

PaneScroll::PaneScroll(const QString &accessibleName, QWidget *pane)
    : QScrollArea(pane)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(accessibleName);
    auto *content = new PaneContent;
    Theme::setBaseSurface(content);
    m_parts = new QVBoxLayout(content);
    m_parts->setContentsMargins(0, 12, 0, 12);
    m_parts->setSpacing(0);
    m_parts->addStretch();
    setWidget(content);
    auto *outer = new QVBoxLayout(pane);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(this);
}

void PaneScroll::add(QWidget *part)
{
    m_parts->insertWidget(m_parts->count() - 1, part);
}

void PaneScroll::toTop()
{
    verticalScrollBar()->setValue(0);
}

} // namespace sealbook
