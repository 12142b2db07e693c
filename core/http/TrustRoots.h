// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>

namespace sealbook {

// Which roots a transport trusts: the system's bundle, or the system's bundle and a file of the
// user's. Read once; a value.
struct TrustRoots
{
    // Where `blob` is empty: a bundle's path, or empty for what curl was built with.
    QByteArray bundlePath;
    QByteArray blob; // PEM of both

    // SSL_CERT_FILE, where it is set, stands for the system's bundle.
    [[nodiscard]] static Result<TrustRoots> load(const QString &extraCaFile);
};

} // namespace sealbook
