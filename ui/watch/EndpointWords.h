// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/EndpointRecord.h"
#include "ui/widgets/StateStyle.h"

#include <QCoreApplication>

#include <span>

namespace sealbook {

// What the watch page says about endpoints, in the person's language. Only functions.
class EndpointWords
{
    Q_DECLARE_TR_FUNCTIONS(EndpointWords)

public:
    [[nodiscard]] static StateStyle styleOf(EndpointState state);
    // What the state means and where it comes from, in a sentence.
    [[nodiscard]] static QString summary(const EndpointStatus &status);
    // What one address answered: the subject, or why there is none.
    [[nodiscard]] static QString answer(const EndpointCheck &check);
    // What a server says, shortened in the middle, for a link.
    [[nodiscard]] static QString shortened(const QString &text);
    [[nodiscard]] static QString kind(EndpointKind kind); // "TLS", "SMTP": names, not translated
    [[nodiscard]] static std::span<const std::chrono::seconds> intervals(); // what is offered
    [[nodiscard]] static QString interval(std::chrono::seconds interval); // "every 6 h"
};

} // namespace sealbook
