// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/crypto/Secret.h"
#include "core/x509/ContainerContent.h"

#include <span>

namespace sealbook {

// What the readers of Java's keystores have in common, those of its own providers and those of
// Bouncy Castle. Owned by one reading of one file; blocks.
class KeystoreParts
{
public:
    using Bytes = std::span<const std::uint8_t>;
    static constexpr std::uint32_t mostIterations = 10'000'000; // as for PKCS#12

    // `kind` as errors say it: "Java".
    explicit KeystoreParts(const char *kind)
        : m_kind(QLatin1String(kind))
    {
    }

    ContainerContent content;

    [[nodiscard]] tl::unexpected<Error> damaged(const char *where) const;
    [[nodiscard]] tl::unexpected<Error> tooMany(const char *what) const;
    [[nodiscard]] tl::unexpected<Error> refused() const; // the password, or what was changed
    [[nodiscard]] Result<> addCertificate(Bytes der);
    void close(const QString &alias, const QString &why); // a key
    void noteUnproved(); // for want of a password

    [[nodiscard]] static QString textOf(Bytes bytes); // UTF-8
    // A wrong password is told from its padding.
    [[nodiscard]] static Result<Secret> decryptTripleDes(Bytes sealed, Bytes key, Bytes iv);

private:
    QLatin1String m_kind;
};

} // namespace sealbook
