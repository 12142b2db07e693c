// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/StateStyle.h"

#include <QWidget>

#include <array>

class QHBoxLayout;
class QLabel;

namespace sealbook {

class ElidedLabel;
class StateLabel;

// The line below the timeline: what the current row or day is about, in two lines a fact, and what
// can be done with it. Owned by its page.
class TimelineInspector : public QWidget
{
    Q_OBJECT

public:
    struct Fact
    {
        QString first;
        QString second; // muted
    };
    struct Content
    {
        QString title; // empty = nothing is shown
        bool isName = false;
        StateStyle style;
        QString state;
        std::array<Fact, 3> facts;
    };

    explicit TimelineInspector(QWidget *parent = nullptr);
    void show(const Content &content);
    // A button for each, hidden and disabled with its action; the actions stay the caller's.
    void setActions(const QList<QAction *> &actions);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    struct FactLabels
    {
        QWidget *box = nullptr;
        ElidedLabel *first = nullptr;
        ElidedLabel *second = nullptr;
        bool isUsed = false;
    };
    QHBoxLayout *m_line = nullptr;
    QWidget *m_about = nullptr;
    ElidedLabel *m_title = nullptr;
    StateLabel *m_state = nullptr;
    std::array<FactLabels, 3> m_facts;
};

} // namespace sealbook
