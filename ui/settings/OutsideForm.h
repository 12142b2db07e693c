// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/OutsideResolvers.h"

#include <QCoreApplication>

namespace sealbook {

// The resolvers elsewhere as a person types them: an address a line. A value.
struct OutsideForm
{
    Q_DECLARE_TR_FUNCTIONS(OutsideForm)

public:
    bool use = true;
    QString typed;
    bool unattended = true;

    [[nodiscard]] static OutsideForm of(const OutsideResolvers &resolvers);
    [[nodiscard]] QString problem() const; // empty = fine
    [[nodiscard]] QString note() const; // what it means to have so few; may be empty
    // Without a problem: what is kept.
    [[nodiscard]] OutsideResolvers value() const;
};

} // namespace sealbook
