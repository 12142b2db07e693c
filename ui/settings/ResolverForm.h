// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QString>

namespace sealbook {

// The address of a resolver as a person types it: "192.0.2.53", "192.0.2.53:5353", "2001:db8::53",
// "[2001:db8::53]:53"; empty means the system's. A value.
struct ResolverForm
{
    Q_DECLARE_TR_FUNCTIONS(ResolverForm)

public:
    QString typed;

    [[nodiscard]] QString problem() const; // empty = fine
    // As it is stored and as --resolver takes it; empty for the system's or a problem.
    [[nodiscard]] QString normalized() const;
};

} // namespace sealbook
