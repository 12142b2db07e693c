// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/ElidedLabel.h"

#include <QScrollArea>

class QAction;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace sealbook {

class FlowLayout;
class StateLabel;

// The top of a detail pane: what it is about, with a button that closes the pane, its state in
// glyph and words, and what can be done with it. A pane adds what is its own below the state.
// Owned by the pane.
class PaneHead : public QWidget
{
    Q_OBJECT

public:
    PaneHead(ElidedLabel::Mode titleMode, QWidget *parent);

    void setTitle(const QString &title);
    void setSubtitle(const QString &subtitle); // muted; none when it is empty
    void setSummary(const QString &summary); // what the state means, in a sentence
    [[nodiscard]] StateLabel *state() const { return m_state; }
    void addTool(QWidget *tool); // right of the title
    void add(QWidget *widget); // below the summary, above the buttons
    // A button for each, hidden and disabled with its action; the actions stay the caller's.
    void setActions(const QList<QAction *> &actions);

Q_SIGNALS:
    void closeWanted();

private:
    QVBoxLayout *m_lines = nullptr;
    QHBoxLayout *m_titleLine = nullptr;
    FlowLayout *m_buttons = nullptr;
    ElidedLabel *m_title = nullptr;
    QLabel *m_subtitle = nullptr;
    StateLabel *m_state = nullptr;
    QLabel *m_summary = nullptr;
};

// The body of a detail pane that is longer than the window: sections below each other, scrolled up
// and down only. Owned by the pane.
class PaneScroll : public QScrollArea
{
    Q_OBJECT

public:
    PaneScroll(const QString &accessibleName, QWidget *pane);
    void add(QWidget *part);
    void toTop();

private:
    QVBoxLayout *m_parts = nullptr;
};

} // namespace sealbook
