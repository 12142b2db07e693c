// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/acme/AcmeClient.h"

#include <QSet>

namespace sealbook {

// Reads a CA's objects and trusts none of them: every address is https without user information,
// and those that a reply names lie on a host that the directory used; states are known ones. What
// breaks that is Corrupt, and says which field. A value; made from the directory.
class AcmeParser
{
public:
    AcmeParser() = default;
    AcmeParser(const QUrl &directoryUrl, const Directory &directory);

    [[nodiscard]] static Result<Directory> directory(const QJsonObject &json);
    [[nodiscard]] static Account account(const QJsonObject &json);
    [[nodiscard]] Result<Order> order(const QJsonObject &json, const QUrl &url) const;
    [[nodiscard]] Result<Authorization> authorization(const QJsonObject &json,
                                                      const QUrl &url) const;
    [[nodiscard]] Result<Challenge> challenge(const QJsonObject &json) const;
    // An address that a reply names, in `field`.
    [[nodiscard]] Result<QUrl> address(const QString &text, const QString &field) const;

private:
    QSet<QString> m_hosts;
};

} // namespace sealbook
