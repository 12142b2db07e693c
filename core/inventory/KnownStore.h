// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace sealbook {

// Whose file it is, where it lies in the folder of another program as that program lays it out:
// certbot, acme.sh, lego, Certify, NSS, XCA, or the system's trusted authorities.
struct KnownStore
{
    QString origin; // "store:certbot:/etc/letsencrypt/live/www"; "" for a file of nobody's
    // All of it stands in another file of the store too, which is the one to read.
    bool isRepeated = false;
};

// By the path and by what lies beside it.
[[nodiscard]] KnownStore knownStoreOf(const QString &path);

} // namespace sealbook
