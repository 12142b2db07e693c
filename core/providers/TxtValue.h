// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace sealbook {

// TXT data in the form of a zone file (RFC 1035 section 5.1): strings of at most 255 octets in
// quotes, with quotes and backslashes escaped. Many APIs want it, give it, or do both by halves.
[[nodiscard]] QString quotedTxt(const QString &value);

// The value itself, whatever form it came in: bare, in quotes, or as several strings (B79). Two
// forms of one value give the same text.
[[nodiscard]] QString plainTxt(const QString &asGiven);

} // namespace sealbook
