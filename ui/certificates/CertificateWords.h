// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/CertificateRecord.h"
#include "core/records/Urgency.h"

#include <QCoreApplication>

namespace sealbook {

// What the pages say about a certificate, in plain translated words: one place, so that table, pane
// and tooltip never disagree. Only pure functions.
class CertificateWords
{
    Q_DECLARE_TR_FUNCTIONS(CertificateWords)

public:
    [[nodiscard]] static UrgencyInput urgencyInput(const CertificateRecord &record);
    [[nodiscard]] static QString groupTitle(Urgency urgency); // "Act now"
    [[nodiscard]] static QString groupRule(Urgency urgency); // what put things there
    // "expires in 4 d 6 h", "expired 3 d ago"
    [[nodiscard]] static QString expires(const CertificateRecord &record, const QDateTime &now);
    // Why it is in this state, in one or two sentences.
    [[nodiscard]] static QString summary(const CertificateRecord &record, const QDateTime &now);
    [[nodiscard]] static QString life(const CertificateRecord &record, const QDateTime &now);
    [[nodiscard]] static QString
    keyPlace(const CertificateRecord &record); // "EC P-256, in the vault"
    [[nodiscard]] static QString origin(const CertificateRecord &record); // "issued here"
    // A-labels as people read them: "*.bücher.example".
    [[nodiscard]] static QString readable(const QString &name);
    // Hexadecimal digits in pairs: "03:A1:…", as browsers and openssl print them.
    [[nodiscard]] static QString pairs(const QString &hex);
};

} // namespace sealbook
