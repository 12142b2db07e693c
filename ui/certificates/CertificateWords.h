// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/ExpiryWeeks.h"
#include "core/records/InventoryRow.h"
#include "core/records/Urgency.h"
#include "ui/widgets/StateStyle.h"

#include <QCoreApplication>
#include <QDateTime>

namespace sealbook {

// What the pages say about a certificate, in plain translated words: one place, so that table, pane
// and tooltip never disagree. Only pure functions.
class CertificateWords
{
    Q_DECLARE_TR_FUNCTIONS(CertificateWords)

public:
    // A place as people say it, with the icon that stands for its kind.
    struct Place
    {
        QString icon;
        QString text; // "issued here", "legacy.pem", "mail.example.org:465"
        bool operator==(const Place &) const = default;
    };

    [[nodiscard]] static QDateTime at(qint64 milliseconds); // UTC; invalid for 0
    [[nodiscard]] static UrgencyInput urgencyInput(const InventoryRow &row);
    [[nodiscard]] static double used(const InventoryRow &row, const QDateTime &now); // 0 to 1
    [[nodiscard]] static double windowStart(const InventoryRow &row); // share of life, 0 to 1
    [[nodiscard]] static double windowEnd(const InventoryRow &row);

    [[nodiscard]] static QString groupTitle(Urgency urgency); // "Act now"
    [[nodiscard]] static QString groupRule(Urgency urgency); // what put things there
    // "expires in 4 d 6 h", "expired 3 d ago"
    [[nodiscard]] static QString expires(const InventoryRow &row, const QDateTime &now);
    // Why it is in this state, in one or two sentences.
    [[nodiscard]] static QString summary(const InventoryRow &row, Urgency urgency,
                                         bool isSuperseded);
    // Of what is no certificate.
    [[nodiscard]] static QString kind(const InventoryRow &row); // "Request", "Private key"
    [[nodiscard]] static StateStyle waitingStyle(const InventoryRow &row); // "waiting since ..."
    [[nodiscard]] static QString waitingSummary(const InventoryRow &row);
    [[nodiscard]] static QString life(const InventoryRow &row, const QDateTime &now);
    [[nodiscard]] static QString days(qint64 milliseconds); // "90 days"
    [[nodiscard]] static QString keyPlace(const InventoryRow &row); // "EC P-256, in the vault"
    [[nodiscard]] static QString firstName(const InventoryRow &row); // as people read it
    [[nodiscard]] static Place place(PlaceRecord::Kind kind, const QString &location);
    [[nodiscard]] static Place place(const QString &packed); // "file:/etc/ssl/www.pem"
    // All places in one cell: "stored 2", "seen at 3".
    [[nodiscard]] static Place places(const InventoryRow &row);
    // How many there are, in the room for five digits beside the page's name: "100 k".
    [[nodiscard]] static QString badge(int count);
    // The expiry strip's condition as people say it: "expires 30 Nov – 6 Dec"; empty for any other.
    [[nodiscard]] static QString expiryTerm(const ExpiryWeeks &weeks, const QString &term);
    // A-labels as people read them: "*.bücher.example".
    [[nodiscard]] static QString readable(const QString &name);
};

} // namespace sealbook
