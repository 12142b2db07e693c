// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/TimelineInspector.h"

#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/StateLabel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int lineHeight = 52;
constexpr int factWidth = 200; // below it there are as many facts as fit
constexpr int titleWidth = 190;
} // namespace

TimelineInspector::TimelineInspector(QWidget *parent)
    : QWidget(parent)
    , m_line(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("timelineInspector"));
    setFixedHeight(lineHeight);
    m_line->setContentsMargins(16, 0, 12, 0);
    m_line->setSpacing(16);
    m_about = new QWidget(this);
    m_about->setFixedWidth(titleWidth);
    auto *about = new QVBoxLayout(m_about);
    about->setContentsMargins(0, 8, 0, 8);
    about->setSpacing(0);
    m_title = new ElidedLabel(ElidedLabel::Mode::Name, m_about);
    m_title->setFont(Theme::boldFont(font()));
    m_state = new StateLabel(m_about);
    about->addWidget(m_title);
    about->addWidget(m_state);
    m_line->addWidget(m_about);
    for (FactLabels &fact : m_facts) {
        fact.box = new QWidget(this);
        auto *lines = new QVBoxLayout(fact.box);
        lines->setContentsMargins(0, 8, 0, 8);
        lines->setSpacing(0);
        fact.first = new ElidedLabel(ElidedLabel::Mode::Text, fact.box);
        fact.second = new ElidedLabel(ElidedLabel::Mode::Text, fact.box);
        for (ElidedLabel *label : {fact.first, fact.second}) {
            label->setFont(Theme::smallFont(font()));
            lines->addWidget(label);
        }
        Theme::setMuted(fact.second);
        m_line->addWidget(fact.box, 1);
    }
    m_line->addStretch();
}

void TimelineInspector::setActions(const QList<QAction *> &actions)
{
    for (QAction *action : actions) {
        auto *button = new QPushButton(this);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setMinimumHeight(28);
        const auto follow = [button, action] {
            button->setText(action->text());
            button->setIcon(action->icon());
            button->setEnabled(action->isEnabled());
            button->setVisible(action->isVisible());
        };
        follow();
        connect(action, &QAction::changed, button, follow);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        m_line->addWidget(button);
    }
}

void TimelineInspector::show(const Content &content)
{
    m_title->setFullText(content.title);
    m_state->setState(content.style, content.state);
    m_state->setVisible(!content.state.isEmpty());
    QStringList spoken{content.title, content.state};
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        const Fact &fact = content.facts.at(i);
        m_facts.at(i).isUsed = !fact.first.isEmpty();
        m_facts.at(i).first->setFullText(fact.first);
        m_facts.at(i).second->setFullText(fact.second);
        spoken << fact.first << fact.second;
    }
    spoken.removeAll(QString());
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    m_about->setVisible(!content.title.isEmpty());
    fit();
}

void TimelineInspector::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

// The last facts go first where it is narrow.
void TimelineInspector::fit()
{
    const int room = (width() - titleWidth - 240) / factWidth;
    for (std::size_t i = 0; i < m_facts.size(); ++i)
        m_facts.at(i).box->setVisible(m_facts.at(i).isUsed && static_cast<int>(i) < room);
}

} // namespace sealbook
