// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/overview/Need.h"

#include <QWidget>

#include <array>

class QGridLayout;

namespace sealbook {

class PaneScroll;
class PaneSection;

// What runs, what was done since yesterday, and what comes next: the part of the overview that
// needs nobody. Sections without anything are not there. Owned by the overview.
class OutlookPane : public QWidget
{
    Q_OBJECT

public:
    explicit OutlookPane(QWidget *parent = nullptr);
    void show(const NeedSources &sources, const std::vector<NextRenewal> &next);

Q_SIGNALS:
    void linkWanted(const QString &page, const QString &subject);

private:
    struct Line
    {
        QString text;
        QString time; // at the end
        QString below; // muted; may be empty
        bool isDone = false;
        QString page; // what a click on the text opens; may be empty
        QString subject;
        bool operator==(const Line &) const = default;
    };
    struct Section
    {
        PaneSection *section = nullptr;
        QWidget *lines = nullptr;
        std::vector<Line> shown;
        int total = -1;
    };
    void fill(Section &section, std::vector<Line> lines, int total);
    void addLine(QGridLayout *grid, const Line &line, int room);

    PaneScroll *m_scroll = nullptr;
    Section m_running;
    Section m_done;
    Section m_next;
};

} // namespace sealbook
