// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/PublicSuffix.h"

#include <libpsl.h>

namespace sealbook {

bool isPublicSuffix(const QString &ascii)
{
    const QByteArray name = ascii.toLatin1();
    const psl_ctx_t *list = psl_builtin();
    return list
        && psl_is_public_suffix2(list, name.constData(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE)
        != 0;
}

} // namespace sealbook
