// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Query.h"

namespace sealbook {

// The tree of a question; see Query for the language and what an error says. For Query::parse.
[[nodiscard]] Result<QueryNode> parseQuery(const QString &text);

} // namespace sealbook
