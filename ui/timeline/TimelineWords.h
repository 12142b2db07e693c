// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/timeline/GanttLayout.h"

#include <QCoreApplication>

namespace sealbook {

// What the timeline says in words, for screen readers, tooltips and the inspector. Pure functions.
class TimelineWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineWords)

public:
    // "*.shop.example.com +1: act now, 4 d 6 h, valid from 31 Aug 2026 to 29 Nov 2026"
    [[nodiscard]] static QString spoken(const Timeline &timeline, const TimelineRow &row);
    [[nodiscard]] static QString span(const TimelineBar &bar); // "31 Aug 2026 to 29 Nov 2026"
    [[nodiscard]] static QString event(const TimelineEvent &event); // "renewal window opens …"
    [[nodiscard]] static QString date(qint64 time); // "31 Aug 2026"
};

} // namespace sealbook
