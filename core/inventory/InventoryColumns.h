// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/InventoryRow.h"

#include <vector>

namespace sealbook {

// A text that many rows have in common: each value once, and for each row which one.
struct SharedColumn
{
    std::vector<QString> values;
    std::vector<QByteArray> lower; // UTF-8
    std::vector<quint32> of; // row -> index of a value
};

// The same for rows that have any number of values.
struct ManyColumn
{
    std::vector<QString> values;
    std::vector<QByteArray> lower; // UTF-8
    std::vector<quint32> start; // row -> first of its ids; one more at the end
    std::vector<quint32> ids;
};

// Texts of all rows in one piece, lower case, so that one search runs over all of them. Within a
// row the parts are set off by control characters, which no text holds.
struct Haystack
{
    QByteArray text;
    std::vector<std::size_t> start; // row -> where it begins; one more at the end
    [[nodiscard]] QByteArrayView ofRow(std::size_t row) const
    {
        return QByteArrayView(text).sliced(static_cast<qsizetype>(start[row]),
                                           static_cast<qsizetype>(start[row + 1] - start[row]));
    }
};

// The rows once more, turned by columns: what searching, grouping and ranking read. Built once on
// any thread, never changed after that; Inventory owns it.
struct InventoryColumns
{
    enum Trait : quint8 { Wildcard = 1, Idn = 2, Ip = 4, Weak = 8, Sha1 = 16, SharedKey = 32 };
    // Parts of `rest`, each behind its mark; the last mark ends the row.
    enum Part : char { Subject = 1, SubjectDn = 2, Serial = 3, Note = 4, End = 5 };
    static constexpr quint32 noFamily = 0xFFFFFFFF;

    Haystack names; // each between line breaks, international ones in both spellings
    Haystack rest; // the parts
    SharedColumn issuer;
    SharedColumn issuerDn;
    SharedColumn key; // normalized: "ecp256"
    SharedColumn signature; // normalized: "sha256withrsaencryption"
    SharedColumn owner;
    SharedColumn credential;
    ManyColumn tags;
    ManyColumn zones; // registrable domains
    ManyColumn places; // "issued", "endpoint:a:443", "file:/etc/ssl" (folders)
    std::vector<quint8> traits;
    std::vector<quint32> keyBits; // per value of `key`; 0 = not known
    std::vector<quint32> family; // row -> certificates of the same set of names
    std::vector<quint32> familyStart; // family -> first of its rows; one more at the end
    std::vector<quint32> familyRows; // newest first

    [[nodiscard]] static InventoryColumns of(const std::vector<InventoryRow> &rows);
};

} // namespace sealbook
