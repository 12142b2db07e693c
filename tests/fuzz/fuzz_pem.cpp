// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/PemStream.h"

#include <algorithm>
#include <cstring>

using namespace sealbook;

namespace {

bool equal(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

} // namespace

// The stream finds the blocks that the whole text has, however it is cut into reads.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::span<const std::uint8_t> text(data, size);
    const Result<std::vector<PemBlock>> whole = pemBlocks(text);
    std::size_t at = 0;
    std::size_t step = 1 + size % 97;
    PemStream stream([&](std::span<std::uint8_t> into) -> Result<std::size_t> {
        const std::size_t count = std::min({into.size(), size - at, step});
        step = step * 7 % 4096 + 1;
        if (count > 0)
            std::memcpy(into.data(), data + at, count);
        at += count;
        return count;
    });
    std::size_t found = 0;
    bool damaged = false;
    for (;;) {
        const Result<PemStream::Item> item = stream.next();
        if (!item)
            qFatal("a source that does not fail made it fail");
        if (item->isEnd())
            break;
        damaged = damaged || item->damage;
        if (!whole || !item->block)
            continue;
        if (found >= whole->size() || (*whole)[found].label != item->block->label
            || (*whole)[found].line != item->block->line
            || !equal((*whole)[found].body, item->block->body))
            qFatal("another block than the whole text has");
        ++found;
    }
    if (whole && (damaged || found != whole->size()))
        qFatal("%zu of %zu blocks", found, whole->size());
    return 0;
}
