// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/x509/Certificate.h"

#include <optional>

namespace sealbook {

// What an OCSP answer (RFC 6960) says about one certificate. A value.
struct OcspVerdict
{
    enum class Status { Good, Revoked, Unknown };
    Status status = Status::Unknown;
    QDateTime revokedAt; // UTC; only when Revoked
    QDateTime thisUpdate; // UTC
    QDateTime nextUpdate; // UTC; invalid where the answer does not say
    bool operator==(const OcspVerdict &) const = default;
};

// Reads a response in DER. Nothing where it cannot be read, does not speak of `leaf`, or is not
// signed by whom `leaf` was issued by or by whom that one delegated, up to one of `anchors` (RFC
// 6960 section 4.2.2.2): such an answer proves nothing. Old answers are read too; see nextUpdate.
[[nodiscard]] std::optional<OcspVerdict> readOcspResponse(const QByteArray &der,
                                                          const Certificate &leaf,
                                                          const std::vector<Certificate> &issuers,
                                                          const TrustAnchors &anchors);

} // namespace sealbook
