// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace sealbook {

// The resolvers elsewhere that a profile asks over HTTPS (RFC 8484): hints on the board, and the
// outside view where port 53 is closed. Kept in the settings as JSON. A value.
struct OutsideResolvers
{
    bool use = true;
    QStringList urls = defaultUrls();
    // Whether a job that nobody watches may go on when only resolvers elsewhere see the record, or
    // when a name server that failed for a while is passed over.
    bool unattended = true;

    static constexpr int most = 6;

    [[nodiscard]] static QStringList defaultUrls();
    [[nodiscard]] QJsonValue toJson() const;
    // What was never kept, or cannot be used, stands for the defaults.
    [[nodiscard]] static OutsideResolvers fromJson(const QJsonValue &value);
    bool operator==(const OutsideResolvers &) const = default;
};

// The key of the profile's setting.
[[nodiscard]] QString outsideResolversKey();
// https with a host, nothing that names a person, and at most one RFC 8484 template variable at its
// end, which is dropped: we POST. BadRequest says what is wrong.
[[nodiscard]] Result<QString> outsideUrlFromText(const QString &text);
// "Quad9" for those that everybody knows, else the host.
[[nodiscard]] QString outsideName(const QString &url);

} // namespace sealbook
