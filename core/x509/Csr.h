// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/x509/PrivateKey.h"

#include <QStringList>

namespace sealbook {

// A certificate signing request (RFC 2986), parsed and its signature checked.
struct Csr
{
    QByteArray der;
    QString subjectDn; // RFC 4514; "" where it is empty
    QStringList names; // dNSName SANs and the common name, lower case, unique
    QString publicKeySha256;
    QString keyAlgorithm;

    // For `names` (A-labels), all as dNSName; the first that fits 64 characters is the common name.
    // No extended key usage is asked for: public CAs refuse clientAuth.
    [[nodiscard]] static Result<Csr> make(const PrivateKey &key, const QStringList &names);
    // PEM or DER as a user brings it. B54: a bad signature is refused.
    [[nodiscard]] static Result<Csr> read(const QByteArray &bytes);
};

} // namespace sealbook
