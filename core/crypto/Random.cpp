// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/Random.h"

#include <openssl/rand.h>

namespace sealbook {

Result<QByteArray> randomBytes(int size)
{
    QByteArray bytes(size, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), size) != 1)
        return fail(Error::Kind::Internal,
                    QStringLiteral("the system's random generator gave nothing"));
    return bytes;
}

} // namespace sealbook
