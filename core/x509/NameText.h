// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>
#include <openssl/x509v3.h>

namespace sealbook {

// Makes foreign text safe to show in one line: control characters, NUL, bidi marks and zero-width
// characters appear as \x.. or \u....; everything else stays.
[[nodiscard]] QString printable(const QString &text);

[[nodiscard]] QString textOf(const ASN1_STRING *string); // decoded, then printable()
[[nodiscard]] QString rfc4514(const X509_NAME *name);
// The last value of one attribute (NID_commonName) in a name, or "".
[[nodiscard]] QString attributeOf(const X509_NAME *name, int nid);
// "www.example.org", "192.0.2.1"; "" for kinds that OpenSSL does not know.
[[nodiscard]] QString generalNameText(const GENERAL_NAME *name);
// "DNS: www.example.org", "IP: 192.0.2.1", "Email: ...", "URI: ...", "Directory: ...".
[[nodiscard]] QString taggedGeneralName(const GENERAL_NAME *name);
[[nodiscard]] QString oidText(const ASN1_OBJECT *object); // dotted

} // namespace sealbook
