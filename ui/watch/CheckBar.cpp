// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/CheckBar.h"

#include "ui/widgets/Announcer.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>

namespace sealbook {

namespace {
constexpr int barWidth = 160;
constexpr int barHeight = 8;

// In the colours of the house: Fusion's groove cannot be seen on a dark surface.
class ThinBar : public QProgressBar
{
public:
    using QProgressBar::QProgressBar;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme theme = Theme::current();
        QPainter painter(this);
        painter.setPen(theme.trackOutline);
        painter.setBrush(theme.track);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
        const QRect inner = rect().adjusted(1, 1, -1, -1);
        const int done = maximum() > 0 ? inner.width() * value() / maximum() : 0;
        const QRect filled(inner.left(), inner.top(), done, inner.height());
        painter.fillRect(QStyle::visualRect(layoutDirection(), inner, filled), theme.accent);
    }
};
} // namespace

CheckBar::CheckBar(QAction *stop, QWidget *parent)
    : QFrame(parent)
    , m_text(makeLabel(LabelKind::Body, QString(), this))
    , m_bar(new ThinBar(this))
    , m_announcer(new Announcer(m_text))
{
    setObjectName(QStringLiteral("checkBar"));
    setAccessibleName(tr("Progress of the check"));
    Theme::setBaseSurface(this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 12, 6);
    layout->setSpacing(12);
    layout->addWidget(m_text);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(barWidth, barHeight);
    m_bar->setAccessibleName(tr("Progress of the check"));
    layout->addWidget(m_bar);
    layout->addStretch(1);
    auto *button = new QPushButton(stop->text(), this);
    button->setObjectName(QStringLiteral("stopCheckingButton"));
    connect(button, &QPushButton::clicked, stop, &QAction::trigger);
    layout->addWidget(button);
    hide();
}

void CheckBar::showProgress(int done, int of)
{
    m_bar->setRange(0, of);
    m_bar->setValue(done);
    const QString text = tr("Looked at %1 of %n endpoints", "", of).arg(done);
    m_text->setText(text);
    m_announcer->announce(text);
    show();
}

} // namespace sealbook
