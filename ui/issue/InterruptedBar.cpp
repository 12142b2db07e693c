// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/issue/InterruptedBar.h"

#include "ui/widgets/JobWords.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/SymbolLabel.h"
#include "ui/widgets/TimeText.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace sealbook {

InterruptedBar::InterruptedBar(QWidget *parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("interrupted"));
    setAutoFillBackground(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 16, 6);
    row->setSpacing(8);
    auto *glyph = new SymbolLabel(this);
    glyph->setGlyph(Glyph::Soon, StateRole::Warn);
    row->addWidget(glyph);
    m_text = makeLabel(LabelKind::Body, {}, this, true);
    row->addWidget(m_text, 1);
    auto *resume = new QPushButton(tr("Resume"), this);
    resume->setObjectName(QStringLiteral("resumeInterrupted"));
    auto *activity = new QPushButton(tr("Show in Activity"), this);
    activity->setObjectName(QStringLiteral("showActivity"));
    auto *later = new QPushButton(tr("Later"), this);
    later->setObjectName(QStringLiteral("later"));
    for (QPushButton *button : {resume, activity, later}) {
        button->setAutoDefault(true);
        row->addWidget(button);
    }
    connect(resume, &QPushButton::clicked, this, [this] {
        if (m_jobs.empty())
            return;
        const JobRecord job = m_jobs.front();
        m_jobs.erase(m_jobs.begin());
        setJobs(m_jobs);
        Q_EMIT resumeWanted(job);
    });
    connect(activity, &QPushButton::clicked, this, &InterruptedBar::activityWanted);
    connect(later, &QPushButton::clicked, this, &QWidget::hide);
    applyTint();
    hide();
}

void InterruptedBar::setJobs(const std::vector<JobRecord> &jobs)
{
    if (&jobs != &m_jobs)
        m_jobs = jobs;
    setVisible(!m_jobs.empty());
    if (m_jobs.empty())
        return;
    const JobRecord &first = m_jobs.front();
    QString text = tr("%1 was interrupted on %2 while %3. Nothing is lost.")
                       .arg(first.request.names.value(0), TimeText::exact(first.updatedAt, false),
                            jobStepText(first.step));
    if (m_jobs.size() > 1)
        text += QLatin1Char(' ')
            + tr("%n more jobs were, too.", nullptr, static_cast<int>(m_jobs.size()) - 1);
    m_text->setText(text);
    setAccessibleName(text);
}

void InterruptedBar::applyTint()
{
    const Theme theme = Theme::current();
    QPalette mine = palette();
    if (mine.color(QPalette::Window) == theme.state(StateRole::Warn).tint)
        return;
    mine.setColor(QPalette::Window, theme.state(StateRole::Warn).tint);
    setPalette(mine);
}

void InterruptedBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTint();
}

} // namespace sealbook
