// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DnsName.h"
#include "core/crypto/Secret.h"

#include <QByteArray>

namespace sealbook {

enum class TsigAlgorithm { HmacMd5, HmacSha1, HmacSha256, HmacSha384, HmacSha512 };

// "hmac-sha256", "hmac-sha512.", "hmac-md5", "hmac-md5.sig-alg.reg.int"; upper case too.
[[nodiscard]] Result<TsigAlgorithm> tsigAlgorithmFromText(const QString &text);
[[nodiscard]] QString tsigAlgorithmName(TsigAlgorithm algorithm); // as on the wire

// A shared key (RFC 8945). Move-only, for it holds the secret.
struct TsigKey
{
    DnsName name;
    TsigAlgorithm algorithm = TsigAlgorithm::HmacSha256;
    Secret secret; // the raw bytes
};

// From a credential's fields; `base64` is what `key` holds there.
[[nodiscard]] Result<TsigKey> tsigKeyFromFields(const QString &name, const QString &algorithm,
                                                const Secret &base64);

struct TsigSigned
{
    QByteArray message; // with the TSIG record appended
    QByteArray mac; // the reply's MAC covers it
};

// Signs a message of ours: `message` has no TSIG yet, `seconds` is the Unix time.
[[nodiscard]] Result<TsigSigned> tsigSign(const QByteArray &message, const TsigKey &key,
                                          quint64 seconds);

// What the TSIG of a reply says. BADKEY and BADSIG replies carry no MAC (RFC 8945 section 5.2).
struct TsigVerdict
{
    bool present = false; // there is a TSIG record
    bool valid = false; // MAC, key name, algorithm and time are right
    int error = 0; // TSIG error field: 16 BADSIG, 17 BADKEY, 18 BADTIME, 22 BADTRUNC
    quint64 serverTime = 0; // with BADTIME: the server's clock
    QString reason; // why it is not valid
};
[[nodiscard]] Result<TsigVerdict> tsigVerify(const QByteArray &reply, const QByteArray &requestMac,
                                             const TsigKey &key, quint64 seconds);

} // namespace sealbook
