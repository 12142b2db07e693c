// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/HttpTransport.h"

namespace sealbook {

QByteArray HttpResponse::header(const QByteArray &name) const
{
    for (const HttpHeader &header : headers) {
        if (header.name == name)
            return header.value;
    }
    return {};
}

} // namespace sealbook
