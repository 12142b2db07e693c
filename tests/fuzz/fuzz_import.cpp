// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ImportReader.h"

using namespace sealbook;

// Whatever a file holds: it is read or told, and what is read holds together. Containers have a
// target of their own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    ImportReader reader([](ImportFormat, std::span<const std::uint8_t>, const Secret &) {
        return Result<ContainerContent>(ContainerContent());
    });
    const Result<ImportContent> content = reader.read({data, size}, Secret());
    if (!content) {
        if (content.error().detail.isEmpty())
            qFatal("refused without a word");
        return 0;
    }
    for (const ImportContent::Entry &entry : content->entries) {
        if (entry.certificate.facts.sha256.size() != 64 || entry.issuers.size() > 10)
            qFatal("a strange entry");
    }
    return 0;
}
