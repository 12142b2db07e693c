// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/InventoryColumns.h"
#include "core/inventory/Query.h"
#include "core/inventory/RowSet.h"
#include "core/records/ExpiryWeeks.h"
#include "core/records/Urgency.h"

#include <array>
#include <optional>
#include <stop_token>

namespace sealbook {

// What rows can be sorted by.
enum class InventoryField {
    Name, // by domain: example.com, a.example.com, b.example.com; numbers by their value
    Issuer,
    Expires,
    Issued,
    Added,
    Lifetime,
    Key,
    Signature,
    Owner,
    Tags,
    Places,
    Credential,
    Urgency, // worst first
    Zone,
    Serial,
    NameCount,
    FailedRenewals
};
inline constexpr std::size_t inventoryFieldCount = 17;
[[nodiscard]] QString inventoryFieldName(InventoryField field); // "expires"
[[nodiscard]] std::optional<InventoryField> inventoryFieldFromName(const QString &name);

enum class InventoryGrouping { None, Issuer, Zone, Tag, Place, Urgency };
[[nodiscard]] QString inventoryGroupingName(InventoryGrouping grouping); // "issuer"
[[nodiscard]] std::optional<InventoryGrouping> inventoryGroupingFromName(const QString &name);

struct InventorySort
{
    InventoryField field = InventoryField::Expires;
    bool descending = false;
    bool operator==(const InventorySort &) const = default;
};

// What a view is asked for.
struct InventoryRequest
{
    Query query;
    std::vector<InventorySort> sort{{}}; // the first counts most; rows that are equal in all stay
                                         // in the order in which they were added
    InventoryGrouping grouping = InventoryGrouping::None;
    // A switch hides nothing that the query asks for by its word (is:trashed).
    bool hidesExpired = false;
    bool hidesSuperseded = false;
    bool hidesRevoked = false;
    bool hidesTrashed = true;
};

struct InventoryGroup
{
    QString key; // an issuer, a zone, a tag, a place group, an urgency's name; "" = has none
    Urgency worst = Urgency::Retired;
    quint32 begin = 0; // in InventoryView::rows
    quint32 end = 0;
    bool operator==(const InventoryGroup &) const = default;
};

struct InventoryView
{
    // Indexes into the inventory. Grouped by zone, tag or place, a row stands in each of its
    // groups.
    std::vector<quint32> rows;
    std::vector<InventoryGroup> groups; // none when not grouped
    quint32 matching = 0; // different rows
    quint32 hidden = 0; // would be here too, but for the switches
};

// What of an inventory changes while nothing happens but that time passes; of each row.
struct InventoryTimes
{
    qint64 now = 0;
    std::vector<quint8> urgency;
    std::vector<quint8> superseded;
};

// All certificates of a profile, and the one engine that answers the table, the terminal and the
// export: nobody else filters or sorts. It is built in one go from the store's rows on any thread
// (100,000 take a few tenths of a second: use runBlocking) and then used on one thread; a change of
// some rows makes a new one. Sort ranks are computed once per column, when first needed. A value.
class Inventory
{
public:
    Inventory() = default;
    [[nodiscard]] static Inventory of(std::vector<InventoryRow> rows, qint64 now);
    // A new one with some rows changed or added and some gone: for changes that are known one by
    // one, instead of reading all from the store. Costs as much as of().
    [[nodiscard]] Inventory with(const std::vector<InventoryRow> &changed,
                                 const std::vector<Fingerprint> &removed, qint64 now) const;

    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] const std::vector<InventoryRow> &rows() const { return m_rows; }
    [[nodiscard]] const InventoryRow &row(std::size_t index) const { return m_rows[index]; }
    [[nodiscard]] std::optional<std::size_t> indexOf(const Fingerprint &sha256) const;
    [[nodiscard]] const InventoryColumns &columns() const { return m_columns; }

    [[nodiscard]] qint64 now() const { return m_times.now; }
    // What depends on the time of day, decided for another moment; on any thread.
    [[nodiscard]] InventoryTimes timesAt(qint64 now) const;
    // From now on they hold. True where an urgency changed.
    bool setTimes(InventoryTimes times);
    [[nodiscard]] Urgency urgency(std::size_t index) const
    {
        return static_cast<Urgency>(m_times.urgency[index]);
    }
    // A newer certificate for the same names is here, which does the same job: same kind of key
    // (so that of an RSA and an EC certificate that are used side by side neither replaces the
    // other), ends later, has begun, is not revoked, put away or in the trash; and no test or
    // self-signed certificate replaces a real one.
    [[nodiscard]] bool isSuperseded(std::size_t index) const
    {
        return m_times.superseded[index] != 0;
    }
    // A watched endpoint serves it though a newer one is here.
    [[nodiscard]] bool isDrift(std::size_t index) const
    {
        return isSuperseded(index) && m_rows[index].is(InventoryRow::Served);
    }
    // What is to be served instead of a superseded one.
    [[nodiscard]] std::optional<quint32> replacementOf(std::size_t index) const;
    // Addresses of watched endpoints that should serve it, and serve one that it replaces.
    [[nodiscard]] int drifting(std::size_t index) const;
    // All certificates with exactly these names, newest first, the row itself included.
    [[nodiscard]] std::vector<quint32> lineage(std::size_t index) const;

    [[nodiscard]] InventoryView view(const InventoryRequest &request) const;
    // Cancelled soon after `stop` was asked: a question can be made to take long.
    [[nodiscard]] Result<InventoryView> view(const InventoryRequest &request,
                                             std::stop_token stop) const;
    [[nodiscard]] RowSet matching(const Query &query) const;
    // When what the question finds expires; retired rows do not count.
    [[nodiscard]] ExpiryWeeks expiryWeeks(const Query &query) const;
    // The same without what the request hides: of each cell as many as its view would show.
    // Cancelled soon after `stop` was asked.
    [[nodiscard]] Result<ExpiryWeeks> expiryWeeks(const InventoryRequest &request,
                                                  std::stop_token stop) const;
    // How many rows have each urgency, without the trash.
    [[nodiscard]] std::array<quint32, 5> urgencyCounts() const;

private:
    [[nodiscard]] const std::vector<quint32> &ranks(InventoryField field) const;
    [[nodiscard]] RowSet hiddenBy(const InventoryRequest &request) const;
    [[nodiscard]] ExpiryWeeks expiryWeeksOf(const RowSet &found) const;
    void group(InventoryView &view, InventoryGrouping grouping) const;
    [[nodiscard]] std::vector<quint8> supersededAt(qint64 now) const;
    [[nodiscard]] std::vector<quint8> urgencyAt(const InventoryTimes &times) const;

    std::vector<InventoryRow> m_rows;
    InventoryColumns m_columns;
    std::vector<quint32> m_byFingerprint; // rows sorted by it
    InventoryTimes m_times;
    mutable std::array<std::vector<quint32>, inventoryFieldCount> m_ranks;
};

} // namespace sealbook
