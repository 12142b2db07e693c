// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace sealbook {

// What people write onto a certificate, as opposed to what stands in it. The store hands out the
// marks as they were before an edit, and setting those again is the undo.
struct CertificateMarks
{
    QString sha256;
    QString owner;
    QString note;
    QStringList tags; // sorted, each once
    bool retired = false;
    QDateTime revokedAt; // UTC; invalid = not known to be revoked
    QDateTime trashedAt; // UTC; invalid = not in the trash
    bool operator==(const CertificateMarks &) const = default;
};

// A change to the marks of one or many certificates: only what is set changes.
struct CertificateEdit
{
    std::optional<QString> owner;
    std::optional<QString> note;
    std::optional<QStringList> tags; // instead of those that are there, before the two below
    QStringList addTags;
    QStringList removeTags;
    std::optional<bool> retired;
    std::optional<QDateTime> revokedAt;
    std::optional<QDateTime> trashedAt; // an invalid time takes it out of the trash
};

// A tag as it is kept: trimmed, inner blanks as one; "" for what cannot be one (empty, longer than
// 64 characters, with a control character). Case is kept, but two tags that differ only in it are
// the same.
[[nodiscard]] QString normalizedTag(const QString &tag);
// Normalized, without the impossible, sorted, each once (the first spelling wins).
[[nodiscard]] QStringList normalizedTags(const QStringList &tags);
// The marks after the edit. The trash and revocation are not touched by tags and the like.
[[nodiscard]] CertificateMarks edited(CertificateMarks marks, const CertificateEdit &edit);

} // namespace sealbook
