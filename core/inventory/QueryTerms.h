// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/Query.h"

namespace sealbook {

// The parts of a question that all have to hold, each a question of its own: what a query bar shows
// one by one. "a b or c" is one part, and so is "(a b)".
[[nodiscard]] QStringList queryTerms(const Query &query);
// The question in which all of the parts have to hold.
[[nodiscard]] QString queryOfTerms(const QStringList &terms);
// What a part asks about, also under "not"; nothing where it asks about several things or is no
// question.
[[nodiscard]] std::optional<QueryField> queryFieldOfTerm(const QString &term);
// The question with all parts about `field` replaced by `term`, which may be empty.
[[nodiscard]] QString queryWithTerm(const Query &query, QueryField field, const QString &term);

} // namespace sealbook
