// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ContainerReader.h"

using namespace sealbook;

// Each container by what it looks like, and as if it were each other kind.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::span<const std::uint8_t> bytes(data, size);
    const std::string_view word = "open sesame";
    const Result<Secret> password =
        Secret::copyOf({reinterpret_cast<const std::uint8_t *>(word.data()), word.size()});
    if (!password)
        qFatal("no password");
    const ImportFormat format = recognizeFormat(bytes, size).format;
    if (isHostileFormat(format))
        (void)readContainer(format, bytes, *password);
    for (const ImportFormat other : {ImportFormat::Pkcs7, ImportFormat::RevocationList,
                                     ImportFormat::Jks, ImportFormat::BouncyCastle}) {
        if (other != format)
            (void)readContainer(other, bytes, Secret());
    }
    return 0;
}
