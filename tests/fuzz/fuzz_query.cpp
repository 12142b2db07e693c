// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/Inventory.h"
#include "core/inventory/QueryCompletion.h"
#include "core/inventory/QueryTerms.h"
#include "tests/support/InventoryRows.h"

using namespace sealbook;

namespace {

const Inventory &inventory()
{
    static const Inventory all = Inventory::of(manyInventoryRows(60), inventoryNow());
    return all;
}

// A fault lies within the text, or right behind it.
void checkFault(const Error &fault, const QString &text)
{
    const qint64 position = fault.evidence.value(QLatin1String("position")).toInteger(-1);
    const qint64 length = fault.evidence.value(QLatin1String("length")).toInteger(-1);
    if (fault.detail.isEmpty() || position < 0 || length < 0 || position + length > text.size())
        qFatal("a fault that is nowhere");
}

} // namespace

// Whatever is typed: it is a question or a fault at its place, and the question taken apart into
// its conditions and put together again finds the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(
        QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
    (void)completeQuery(text, text.size() / 2, inventory());
    const Result<Query> query = Query::parse(text);
    if (!query) {
        checkFault(query.error(), text);
        return 0;
    }
    const RowSet found = inventory().matching(*query);
    const Result<Query> again = Query::parse(queryOfTerms(queryTerms(*query)));
    if (again && inventory().matching(*again).count() != found.count())
        qFatal("another question the second time");
    InventoryRequest request;
    request.query = *query;
    request.grouping = InventoryGrouping::Zone;
    const InventoryView view = inventory().view(request);
    if (view.matching > found.count())
        qFatal("more is shown than was found");
    return 0;
}
