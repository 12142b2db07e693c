// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace sealbook {

// What a certificate can be written as.
enum class ExportFormat {
    LeafPem, // the certificate
    ChainPem, // the issuers
    FullChainPem, // leaf, then issuers: what servers send (RFC 8446 section 4.4.2)
    KeyPem, // PKCS#8; encrypted when a password is given
    CombinedPem, // key, leaf, issuers in one file, as HAProxy and others want it
    Pkcs12, // AES-256 and HMAC-SHA256; Java 9 and later read it as a keystore
    Pkcs12Legacy, // 3DES and HMAC-SHA1, for Windows Server 2016, old Java and old macOS
    Pkcs7, // leaf and issuers without a key, PEM: Windows' .p7b
    Der, // the certificate
    KubernetesSecret // a manifest of the type kubernetes.io/tls
};
[[nodiscard]] QString exportFormatName(ExportFormat format); // "fullchain"
[[nodiscard]] std::optional<ExportFormat> exportFormatFromName(const QString &name);
[[nodiscard]] QStringList exportFormatNames();
[[nodiscard]] bool holdsKey(ExportFormat format);
[[nodiscard]] bool takesPassword(ExportFormat format); // KeyPem may, the PKCS#12 kinds must
[[nodiscard]] bool needsPassword(ExportFormat format);

} // namespace sealbook
