// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/InventoryReport.h"

namespace sealbook {

// Foreign text in an HTML file: nothing of it is a tag or the end of an attribute, and a control
// character is shown as one.
[[nodiscard]] QByteArray escapedHtml(const QString &text);

// What a view of the inventory says, as one page that needs nothing else: no script, no link, no
// picture from elsewhere, and a policy in it that forbids them. Colors, glyphs and words are those
// of the window (look.md).
[[nodiscard]] Result<QByteArray> htmlReport(const Inventory &inventory,
                                            const ReportRequest &request, const InventoryView &view,
                                            std::stop_token stop);

} // namespace sealbook
