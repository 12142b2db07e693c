// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

namespace sealbook {

// Cells as RFC 4180 writes them, for spreadsheets. A name, issuer or note comes from whoever made
// the certificate, and a spreadsheet runs what begins with = + - or @. So a cell that would begin
// so, also behind blanks or quotes, or behind what some spreadsheet may take for the end of a cell
// (comma, semicolon, line break), gets an apostrophe in front of that sign. Control characters
// become blanks, except line breaks. A whole number stays one, also below zero.
[[nodiscard]] QString harmlessCell(const QString &text);

// One record with its line break (CRLF), every cell in quotes, in UTF-8.
[[nodiscard]] QByteArray csvRecord(const QStringList &cells);

} // namespace sealbook
