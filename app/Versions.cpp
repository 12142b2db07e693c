// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Versions.h"

#include "core/crypto/Digest.h"
#include "core/http/CurlTransport.h"

#include <QCoreApplication>

namespace sealbook {

std::vector<std::pair<QString, QString>> componentVersions()
{
    return {{QStringLiteral("Sealbook"), QCoreApplication::applicationVersion()},
            {QStringLiteral("Qt"), QString::fromLatin1(qVersion())},
            {QStringLiteral("OpenSSL"), cryptoLibraryVersion()},
            {QStringLiteral("libcurl"), httpLibraryVersion()}};
}

} // namespace sealbook
