// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>

namespace sealbook {

// Which roots a transport trusts: the system's, and those of a file of the user's. The system's
// come as a folder where it has one that is sorted by hash, because OpenSSL then reads only the one
// root that it needs: parsing a whole bundle costs 30 to 60 ms of the main thread. Read once; a
// value.
struct TrustRoots
{
    QByteArray folder; // or
    QByteArray bundlePath; // both empty: what curl was built with
    QByteArray blob; // PEM; stands for the bundle, beside the folder

    // SSL_CERT_FILE, else SSL_CERT_DIR, where they are set, stand for the system's roots.
    [[nodiscard]] static Result<TrustRoots> load(const QString &extraCaFile);
};

} // namespace sealbook
