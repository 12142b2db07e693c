// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace sealbook {

// A step of an issuance ("propagation") in the words of a person who waits for it. Translated.
[[nodiscard]] QString jobStepText(const QString &step);

} // namespace sealbook
