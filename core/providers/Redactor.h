// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

#include <QByteArray>
#include <QString>

#include <map>

namespace sealbook {

// Cuts live secrets out of what another side sent, before it becomes part of an error: as they are,
// percent-encoded, and in base64. Looks at the secrets of its owner, which outlives it.
class Redactor
{
public:
    explicit Redactor(const std::map<QString, Secret> &secrets)
        : m_secrets(secrets)
    {
    }
    // Readable text of at most `limit` characters: control characters become blanks.
    [[nodiscard]] QString clean(const QByteArray &bytes, int limit = 500) const;
    [[nodiscard]] QByteArray withoutSecrets(QByteArray bytes) const;

private:
    const std::map<QString, Secret> &m_secrets;
};

} // namespace sealbook
