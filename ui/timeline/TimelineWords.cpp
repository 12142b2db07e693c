// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/TimelineWords.h"

#include "ui/widgets/TimeText.h"

namespace sealbook {

QString TimelineWords::date(qint64 time)
{
    return TimeText::date(TimeText::at(time), false);
}

QString TimelineWords::span(const TimelineBar &bar)
{
    const QString valid = tr("%1 to %2", "two dates").arg(date(bar.from), date(bar.validTo));
    return bar.to < bar.validTo ? tr("%1, replaced on %2").arg(valid, date(bar.to)) : valid;
}

QString TimelineWords::event(const TimelineEvent &event)
{
    const QString at = TimeText::exact(TimeText::at(event.time), false);
    switch (event.kind) {
    case TimelineEvent::Kind::Begins:
        return tr("valid from %1").arg(at);
    case TimelineEvent::Kind::WindowOpens:
        return tr("renewal window opens %1").arg(at);
    case TimelineEvent::Kind::Ends:
        return tr("expires %1").arg(at);
    case TimelineEvent::Kind::Added:
        return tr("added %1").arg(at);
    case TimelineEvent::Kind::Due:
        return tr("to be rotated by %1").arg(at);
    }
    Q_UNREACHABLE();
}

QString TimelineWords::spoken(const Timeline &timeline, const TimelineRow &row)
{
    const QString title =
        row.more.isEmpty() ? row.title : tr("%1 %2", "name, +1").arg(row.title, row.more);
    QStringList parts;
    switch (row.kind) {
    case TimelineRow::Kind::Head:
        return tr("%1: %2", "group, what is in it").arg(row.title, row.more);
    case TimelineRow::Kind::Job:
        parts << row.label;
        break;
    case TimelineRow::Kind::Credential:
        parts << tr("credential") << (row.label.isEmpty() ? row.style.word : row.label)
              << tr("added %1").arg(date(row.from))
              << tr("to be rotated by %1").arg(date(row.until));
        break;
    case TimelineRow::Kind::Lineage:
        parts << (row.label.isEmpty() ? row.style.word : row.label);
        if (const TimelineBar *bar = timeline.mainBar(row))
            parts << tr("valid from %1 to %2").arg(date(bar->from), date(bar->validTo));
        if (row.barCount > 1)
            parts << tr("%n certificates before it", nullptr, static_cast<int>(row.barCount) - 1);
        break;
    }
    return tr("%1: %2", "name, facts").arg(title, parts.join(QStringLiteral(", ")));
}

} // namespace sealbook
