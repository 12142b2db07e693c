// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/Csr.h"

using namespace sealbook;

// A request that is taken is taken again from its own DER.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const Result<Csr> request = Csr::read(bytes);
    if (!request)
        return 0;
    const Result<Csr> again = Csr::read(request->der);
    if (!again || again->names != request->names
        || again->publicKeySha256 != request->publicKeySha256)
        qFatal("another request the second time");
    return 0;
}
