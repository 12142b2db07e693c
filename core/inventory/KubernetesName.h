// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QString>

namespace sealbook {

// Names of Kubernetes objects: labels of RFC 1123 (lower-case letters, digits and hyphens, 63 at
// most, a letter or digit at both ends) set apart by dots, 253 characters in all.

// The name as a person gave it, or BadRequest: another one would create another object than the
// one that is meant.
[[nodiscard]] Result<QString> checkedKubernetesName(const QString &name);
// One made of a certificate's name: "wildcard.example.org" for "*.example.org". Where more than
// that had to change, a piece of the name's hash follows, so that two names stay two.
[[nodiscard]] QString kubernetesNameOf(const QString &name);

} // namespace sealbook
