// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"
#include "core/inventory/SavedView.h"

namespace sealbook {

// The options by which commands choose certificates as the table does: --query, --sort, --group,
// --hide, --with-trash, starting from the saved view that --view names.

// That view; an empty one without --view.
[[nodiscard]] Task<SavedView> startingView(CommandCall call);
// What the options say; `view` is where they start from.
[[nodiscard]] Result<InventoryRequest> requestOf(const CommandCall &call, SavedView view);
// The fault of a question, with what stands around it and a mark under the place.
[[nodiscard]] tl::unexpected<Error> queryError(Output &output, const QString &text,
                                               const Error &fault);

} // namespace sealbook
