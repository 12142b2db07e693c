// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Inventory.h"
#include "ui/widgets/StateStyle.h"

#include <QCoreApplication>

#include <vector>

namespace sealbook {

// What a person should know about a certificate beyond its dates, each in one sentence with a glyph
// that says how bad it is: weak key, SHA-1, long life, a key that others share. Pure functions.
class CertificateFlags
{
    Q_DECLARE_TR_FUNCTIONS(CertificateFlags)

public:
    struct Flag
    {
        StateStyle style;
        QString text;
        bool operator==(const Flag &) const = default;
    };
    // What the inventory knows.
    [[nodiscard]] static std::vector<Flag> of(const Inventory &inventory, quint32 index);
    // What stands in the extensions: use as a client, which public authorities give up.
    [[nodiscard]] static std::vector<Flag> ofUse(bool isServer, bool isClient);
};

} // namespace sealbook
