// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/ElidedLabel.h"

class QAction;

namespace sealbook {

class KeyValueGrid;
class PaneHead;
class PaneScroll;
class PaneSection;

// Everything about one record: a head and sections below each other. A subclass adds the sections
// in their order, and fills them. Owned by the page.
class DetailPane : public QWidget
{
    Q_OBJECT

public:
    // The buttons under the summary; they stay the caller's.
    void setActions(const QList<QAction *> &actions);

Q_SIGNALS:
    void closeWanted();

protected:
    DetailPane(const char *name, const QString &accessibleName, ElidedLabel::Mode titleMode,
               QWidget *parent);

    PaneSection *addSection(const QString &title);
    KeyValueGrid *addFacts(const QString &title, int nameWidth); // a section of them

    PaneScroll *m_scroll;
    PaneHead *m_head;
};

} // namespace sealbook
