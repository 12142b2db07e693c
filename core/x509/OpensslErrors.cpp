// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/x509/OpensslErrors.h"

#include <openssl/err.h>

namespace sealbook {

QString opensslReason()
{
    const unsigned long first = ERR_get_error();
    ERR_clear_error();
    if (first == 0)
        return {};
    const char *reason = ERR_reason_error_string(first);
    return reason ? QString::fromUtf8(reason) : QStringLiteral("error %1").arg(first, 0, 16);
}

tl::unexpected<Error> opensslFail(Error::Kind kind, const QString &what)
{
    const QString reason = opensslReason();
    return fail(kind, reason.isEmpty() ? what : QStringLiteral("%1 (%2)").arg(what, reason));
}

} // namespace sealbook
