// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/timeline/Timeline.h"

#include "core/base/DomainName.h"
#include "core/records/JobStatus.h"
#include "ui/credentials/CredentialHealth.h"
#include "ui/widgets/JobWords.h"
#include "ui/widgets/TimeText.h"

#include <QHash>
#include <QLocale>
#include <QTimeZone>

#include <limits>
#include <unordered_set>

namespace sealbook {

namespace {

constexpr qint64 dayMs = 86'400'000;
constexpr qint64 longestPast = 3 * 365 * dayMs; // before now; older things begin at the edge
constexpr qint64 longestFuture = 12 * 365 * dayMs;
constexpr qint64 leastFuture = 120 * dayMs;
constexpr qint64 margin = 14 * dayMs;
constexpr qint64 usualLife = 90 * dayMs; // of what is being issued: nobody knows yet

QDateTime timeOf(qint64 moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment, QTimeZone::utc());
}

QString keyKind(const QString &algorithm)
{
    return algorithm.left(2).toLower();
}

QString moreText(qsizetype names)
{
    return names > 1 ? QStringLiteral("+%1").arg(names - 1) : QString();
}

// Makes the rows of one timeline. Lives for one call.
class Builder
{
public:
    Builder(const TimelineSources &sources, const TimelineOptions &options)
        : m_sources(sources)
        , m_options(options)
        , m_inventory(sources.inventory ? *sources.inventory : m_none)
    {
        m_timeline.now = sources.now.toMSecsSinceEpoch();
        m_first = m_timeline.now;
        m_last = m_timeline.now + leastFuture;
    }

    [[nodiscard]] Result<Timeline> build(std::stop_token stop)
    {
        gatherDependents();
        if (m_options.hasCertificates) {
            InventoryRequest request;
            request.query = m_options.query;
            request.grouping = m_options.grouping;
            request.sort = {{InventoryField::Urgency, false}, {InventoryField::Expires, false}};
            request.hidesSuperseded = true;
            const Result<InventoryView> view = m_inventory.view(request, std::move(stop));
            if (!view)
                return fail(view.error());
            addLineages(*view);
        }
        if (m_options.hasCertificates)
            addJobs();
        if (m_options.hasCredentials)
            addCredentials();
        joinGroups();
        m_timeline.begin = std::max(m_first, m_timeline.now - longestPast) - margin;
        m_timeline.end = std::min(m_last, m_timeline.now + longestFuture) + margin;
        return std::move(m_timeline);
    }

private:
    struct Group
    {
        QString key;
        std::vector<TimelineRow> rows;
        int lineages = 0;
        int credentials = 0;
    };

    [[nodiscard]] Group &group(const QString &key)
    {
        const auto known = m_groupOf.constFind(key);
        if (known != m_groupOf.constEnd())
            return m_groups[*known];
        m_groupOf.insert(key, m_groups.size());
        m_groups.push_back({key, {}, 0, 0});
        return m_groups.back();
    }

    void gatherDependents()
    {
        for (std::size_t i = 0; i < m_inventory.size(); ++i) {
            const InventoryRow &row = m_inventory.row(i);
            if (row.credential.isEmpty() || row.trashedAt != 0 || row.is(InventoryRow::Retired))
                continue;
            m_dependents[row.credential].push_back(
                {row.sha256.hex(), row.firstName(), row.nameList(), m_inventory.urgency(i)});
        }
    }

    void addLineages(const InventoryView &view)
    {
        std::vector<InventoryGroup> groups = view.groups;
        if (groups.empty())
            groups.push_back({QString(), Urgency::Fine, 0, static_cast<quint32>(view.rows.size())});
        for (const InventoryGroup &from : groups) {
            Group &to = group(from.key);
            m_seen.clear();
            for (quint32 at = from.begin; at < from.end; ++at) {
                const quint32 index = view.rows[at];
                // What is put away is there when it is asked for.
                if (m_inventory.urgency(index) == Urgency::Retired && m_options.query.isEmpty())
                    continue;
                if (!m_inventory.row(index).isCertificate())
                    continue; // it has no time
                if (m_seen.insert(index).second)
                    addLineage(to, index);
            }
        }
    }

    // All that was for the names of this certificate. An RSA and an EC certificate that are used
    // side by side are a lineage each.
    [[nodiscard]] std::vector<quint32> membersOf(quint32 index) const
    {
        std::vector<quint32> members = m_inventory.lineage(index);
        std::erase_if(members,
                      [this](quint32 member) { return m_inventory.row(member).trashedAt != 0; });
        const auto inUse = std::count_if(members.begin(), members.end(), [this](quint32 member) {
            return m_inventory.urgency(member) != Urgency::Retired;
        });
        if (inUse > 1) {
            const QString kind = keyKind(m_inventory.row(index).keyAlgorithm);
            std::erase_if(members, [&](quint32 member) {
                return keyKind(m_inventory.row(member).keyAlgorithm) != kind;
            });
        }
        std::reverse(members.begin(), members.end()); // they came newest first
        return members;
    }

    void addLineage(Group &to, quint32 index)
    {
        std::vector<quint32> members = membersOf(index);
        if (members.empty())
            members.push_back(index);
        for (const quint32 member : members)
            m_seen.insert(member);
        const InventoryRow &main = m_inventory.row(index);
        TimelineRow row;
        row.firstBar = static_cast<quint32>(m_timeline.bars.size());
        row.barCount = static_cast<quint32>(members.size());
        row.urgency = Urgency::Retired;
        for (std::size_t i = 0; i < members.size(); ++i)
            row.urgency = std::min(row.urgency, addBar(members, i));
        row.style = styleOf(row.urgency);
        row.title = unicodeNameOf(main.names.isEmpty() ? main.subject() : main.firstName());
        row.isName = !main.names.isEmpty();
        row.more = moreText(main.nameCount());
        row.subject = main.sha256.hex();
        const TimelineBar *bar = m_timeline.mainBar(row);
        row.label = labelOf(row.urgency, bar->validTo);
        // Its next one, if it is renewed when its window opens.
        if (row.urgency == Urgency::Fine && bar->windowStart > m_timeline.now
            && m_inventory.row(bar->index).hasPlace(PlaceRecord::Kind::Issued)) {
            row.plannedFrom = bar->validTo;
            row.plannedTo = bar->windowStart + (bar->validTo - bar->from);
        }
        m_first = std::min(m_first, m_timeline.bars[row.firstBar].from);
        m_last = std::max({m_last, bar->validTo, row.plannedTo});
        to.rows.push_back(std::move(row));
        ++to.lineages;
        ++m_timeline.lineages;
    }

    [[nodiscard]] Urgency addBar(const std::vector<quint32> &members, std::size_t at)
    {
        const InventoryRow &row = m_inventory.row(members[at]);
        TimelineBar bar;
        bar.from = row.notBefore;
        bar.to = bar.validTo = std::max(row.notAfter, row.notBefore);
        bar.index = members[at];
        bar.urgency = m_inventory.urgency(members[at]);
        if (bar.urgency == Urgency::Retired) {
            for (std::size_t next = at + 1; next < members.size(); ++next) {
                const qint64 began = m_inventory.row(members[next]).notBefore;
                if (began > bar.from) {
                    bar.to = std::min(bar.to, began);
                    break;
                }
            }
        } else {
            UrgencyInput input;
            input.notBefore = timeOf(row.notBefore);
            input.notAfter = timeOf(row.notAfter);
            if (row.windowStart != 0)
                input.windowStart = timeOf(row.windowStart);
            bar.windowStart = renewalWindowStart(input).toMSecsSinceEpoch();
            // Without one of the CA's it is the day from which renewal is due, and no more.
            bar.windowEnd = row.windowEnd != 0 ? row.windowEnd : bar.windowStart;
        }
        m_timeline.bars.push_back(bar);
        return bar.urgency;
    }

    [[nodiscard]] QString labelOf(Urgency urgency, qint64 end) const
    {
        const QString left = TimeText::left(m_sources.now, timeOf(end));
        switch (urgency) {
        case Urgency::Overdue:
            return Timeline::tr("overdue, expired %1", "3 d ago").arg(left);
        case Urgency::ActNow:
        case Urgency::Soon:
            return Timeline::tr("%1, %2", "state, time left").arg(styleOf(urgency).word, left);
        case Urgency::Fine:
        case Urgency::Retired:
            return {};
        }
        Q_UNREACHABLE();
    }

    void addJobs()
    {
        for (const JobRecord &job : m_sources.jobs) {
            if (jobStatus(job, m_sources.now) != JobStatus::Running)
                continue;
            TimelineRow row;
            row.kind = TimelineRow::Kind::Job;
            row.style = {StateRole::Wait, Glyph::NotYet, Timeline::tr("being issued")};
            row.title = unicodeNameOf(job.request.names.value(0));
            row.isName = true;
            row.more = moreText(job.request.names.size());
            row.label = Timeline::tr("being issued, %1", "step").arg(jobStepText(job.step));
            row.subject = job.id.text();
            row.from = job.createdAt.toMSecsSinceEpoch();
            row.plannedFrom = m_timeline.now;
            row.plannedTo = m_timeline.now + usualLife;
            const QString zone =
                QString::fromLatin1(registrableDomainOf(job.request.names.value(0).toLatin1()));
            group(m_options.grouping == InventoryGrouping::Zone ? zone : QString())
                .rows.push_back(std::move(row));
        }
    }

    // Where most of its certificates are; one that no certificate needs stands by its reach.
    [[nodiscard]] QString groupOf(const CredentialRecord &record) const
    {
        if (m_options.grouping != InventoryGrouping::Zone)
            return {};
        QHash<QString, int> votes;
        QString best;
        for (const DependentCertificate &dependent : m_dependents.value(record.name)) {
            const QString zone =
                QString::fromLatin1(registrableDomainOf(dependent.name.toLatin1()));
            const int count = ++votes[zone];
            if (count > votes.value(best) || (count == votes.value(best) && zone < best)
                || best.isEmpty())
                best = zone;
        }
        if (!best.isEmpty())
            return best;
        for (const QString &zone : record.reach) {
            if (m_groupOf.contains(zone))
                return zone;
        }
        return {};
    }

    void addCredentials()
    {
        for (const CredentialRecord &record : m_sources.credentials) {
            if (record.state == CredentialRecord::State::Revoked || !record.createdAt.isValid())
                continue;
            const CredentialHealth health =
                CredentialHealth::of(record, m_dependents.value(record.name), m_sources.now);
            TimelineRow row;
            row.kind = TimelineRow::Kind::Credential;
            row.title = record.name;
            row.subject = record.name;
            row.style = CredentialHealth::styleOf(health.state);
            row.isDue = health.rotateInDays <= CredentialHealth::rotationNoticeDays;
            row.from = record.createdAt.toMSecsSinceEpoch();
            row.until = rotationDueAt(record).toMSecsSinceEpoch();
            if (health.state != CredentialHealth::State::Ok)
                row.label = Timeline::tr("%1, %2", "state, evidence")
                                .arg(row.style.word, health.rotationText());
            m_first = std::min(m_first, row.from);
            m_last = std::max(m_last, row.until);
            Group &to = group(groupOf(record));
            to.rows.push_back(std::move(row));
            ++to.credentials;
            ++m_timeline.credentials;
        }
    }

    [[nodiscard]] QString headTitle(const Group &group) const
    {
        if (!group.key.isEmpty()) {
            if (m_options.grouping == InventoryGrouping::Urgency) {
                if (const auto urgency = urgencyFromName(group.key))
                    return styleOf(*urgency).word;
            }
            return m_options.grouping == InventoryGrouping::Zone ? unicodeNameOf(group.key)
                                                                 : group.key;
        }
        if (group.lineages == 0 && group.credentials > 0)
            return Timeline::tr("Credentials");
        switch (m_options.grouping) {
        case InventoryGrouping::Zone:
            return Timeline::tr("No zone");
        case InventoryGrouping::Tag:
            return Timeline::tr("No tag");
        case InventoryGrouping::None:
            return Timeline::tr("All");
        default:
            return Timeline::tr("Others");
        }
    }

    [[nodiscard]] static QString headText(const Group &group)
    {
        QStringList parts;
        if (group.lineages > 0)
            parts << Timeline::tr("%n certificates", nullptr, group.lineages);
        if (group.credentials > 0)
            parts << Timeline::tr("%n credentials", nullptr, group.credentials);
        return parts.join(QStringLiteral(", "));
    }

    void joinGroups()
    {
        // What belongs nowhere stands last.
        const auto nowhere = std::find_if(m_groups.begin(), m_groups.end(),
                                          [](const Group &group) { return group.key.isEmpty(); });
        if (nowhere != m_groups.end())
            std::rotate(nowhere, nowhere + 1, m_groups.end());
        for (Group &group : m_groups) {
            if (group.rows.empty())
                continue;
            TimelineRow head;
            head.kind = TimelineRow::Kind::Head;
            head.title = headTitle(group);
            head.isName = m_options.grouping == InventoryGrouping::Zone && !group.key.isEmpty();
            head.more = headText(group);
            head.subject = group.key;
            m_timeline.rows.push_back(std::move(head));
            for (TimelineRow &row : group.rows)
                m_timeline.rows.push_back(std::move(row));
        }
    }

    const Inventory m_none;
    const TimelineSources &m_sources;
    const TimelineOptions &m_options;
    const Inventory &m_inventory;
    Timeline m_timeline;
    std::vector<Group> m_groups;
    QHash<QString, std::size_t> m_groupOf;
    std::unordered_set<quint32> m_seen; // of the group at hand
    QHash<QString, std::vector<DependentCertificate>> m_dependents; // by credential
    qint64 m_first = 0;
    qint64 m_last = 0;
};

} // namespace

Result<Timeline> Timeline::of(const TimelineSources &sources, const TimelineOptions &options,
                              std::stop_token stop)
{
    return Builder(sources, options).build(std::move(stop));
}

const TimelineBar *Timeline::mainBar(const TimelineRow &row) const
{
    const TimelineBar *best = nullptr;
    for (const TimelineBar &bar : barsOf(row)) {
        if (best == nullptr || bar.urgency <= best->urgency)
            best = &bar;
    }
    return best;
}

} // namespace sealbook
