// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CsvFile.h"

#include <QStringView>

#include <algorithm>

using namespace sealbook;

namespace {

// One record as RFC 4180 has it; nothing where it is none.
QStringList cellsOf(const QByteArray &record)
{
    QStringList cells;
    qsizetype at = 0;
    while (at < record.size() && record[at] == '"') {
        QByteArray cell;
        for (++at; at < record.size(); ++at) {
            if (record[at] == '"' && record.mid(at + 1, 1) != "\"")
                break;
            if (record[at] == '"')
                ++at;
            cell += record[at];
        }
        cells << QString::fromUtf8(cell);
        ++at; // the closing quote
        if (record.mid(at) == "\r\n")
            return cells;
        if (record.mid(at, 1) != ",")
            return {};
        ++at;
    }
    return {};
}

bool isNumber(QStringView cell)
{
    const QStringView digits = cell.startsWith(u'-') ? cell.sliced(1) : cell;
    return !digits.isEmpty() && std::all_of(digits.begin(), digits.end(), [](QChar c) {
        return c >= u'0' && c <= u'9';
    });
}

} // namespace

// Cells with anything in them, set off by bytes of 0: a reader gets back as many, each as it was
// made harmless, and none that a spreadsheet would run.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    QStringList cells;
    for (const QByteArray &part : bytes.split('\0'))
        cells << QString::fromUtf8(part);
    const QStringList read = cellsOf(csvRecord(cells));
    if (read.size() != cells.size())
        qFatal("another number of cells");
    for (qsizetype i = 0; i < read.size(); ++i) {
        const QString &cell = read.at(i);
        if (cell != harmlessCell(cells.at(i)) || cell != harmlessCell(cell))
            qFatal("another cell");
        const bool runs = !cell.isEmpty() && QStringLiteral("=+-@\t\r").contains(cell.front());
        if (runs && !isNumber(cell))
            qFatal("a cell that runs");
    }
    return 0;
}
