// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"
#include "core/records/CredentialRecord.h"
#include "core/records/JobRecord.h"
#include "ui/widgets/StateStyle.h"

#include <QCoreApplication>

#include <vector>

namespace sealbook {

// What a timeline is made of, and which part of it is wanted.
struct TimelineSources
{
    std::shared_ptr<const Inventory> inventory; // may be null: not read yet
    std::vector<CredentialRecord> credentials;
    std::vector<JobRecord> jobs;
    QDateTime now;
};
struct TimelineOptions
{
    Query query; // of certificates
    InventoryGrouping grouping = InventoryGrouping::Zone;
    bool hasCertificates = true;
    bool hasCredentials = true;
};

// The validity of one certificate within its lineage. Milliseconds since 1970 UTC.
struct TimelineBar
{
    qint64 from = 0;
    qint64 to = 0; // where its replacement begins, else its end
    qint64 validTo = 0; // its end
    qint64 windowStart = 0; // of renewal; 0 where it needs none
    qint64 windowEnd = 0;
    quint32 index = 0; // in the inventory
    Urgency urgency = Urgency::Fine; // retired = replaced or put away
};

// One line of the timeline.
struct TimelineRow
{
    enum class Kind : quint8 {
        Head, // of a group
        Lineage, // a set of names with all certificates that were for it
        Credential,
        Job // one that runs and will bring a certificate
    };
    Kind kind = Kind::Lineage;
    Urgency urgency = Urgency::Fine; // of a lineage: the worst of what is in use
    bool isName = false; // the title is a host name, cut as such
    bool isDue = false; // of a credential: it has to be replaced now or soon
    StateStyle style; // glyph and colour before the title and at the bar's end
    QString title;
    QString more; // muted, behind it: "+2", "7 certificates, 1 credential"
    QString label; // at the end of the bar; empty where all is fine
    QString subject; // a fingerprint, a credential's name, a job's id
    quint32 firstBar = 0; // of a lineage, in Timeline::bars; oldest first
    quint32 barCount = 0;
    qint64 from = 0; // of a credential: added; of a job: begun; of a head: unused
    qint64 until = 0; // of a credential: to be replaced by
    qint64 plannedFrom = 0; // the next certificate, if it is renewed in its window; 0 = none
    qint64 plannedTo = 0;
};

// All rows of a timeline, by groups, with what they say. A value, made away from the main thread;
// costs by the number of certificates, never by what is visible.
struct Timeline
{
    Q_DECLARE_TR_FUNCTIONS(Timeline)

public:
    // Cancelled soon after `stop` was asked: a question can be made to take long.
    [[nodiscard]] static Result<Timeline> of(const TimelineSources &sources,
                                             const TimelineOptions &options, std::stop_token stop);

    std::vector<TimelineRow> rows;
    std::vector<TimelineBar> bars;
    qint64 now = 0;
    qint64 begin = 0; // the first and the last moment worth showing
    qint64 end = 0;
    int lineages = 0;
    int credentials = 0;

    [[nodiscard]] std::span<const TimelineBar> barsOf(const TimelineRow &row) const
    {
        return std::span(bars).subspan(row.firstBar, row.barCount);
    }
    // The bar that the row is about: the worst of what is in use, else the newest. Null without
    // any.
    [[nodiscard]] const TimelineBar *mainBar(const TimelineRow &row) const;
};

} // namespace sealbook
