// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/CertificateMarks.h"

namespace sealbook {

namespace {
constexpr qsizetype longestTag = 64;
}

QString normalizedTag(const QString &tag)
{
    const QString simple = tag.simplified();
    if (simple.size() > longestTag)
        return {};
    const bool isPlain = std::none_of(simple.begin(), simple.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
    return isPlain ? simple : QString();
}

QStringList normalizedTags(const QStringList &tags)
{
    QStringList result;
    for (const QString &tag : tags) {
        const QString simple = normalizedTag(tag);
        if (!simple.isEmpty() && !result.contains(simple, Qt::CaseInsensitive))
            result.append(simple);
    }
    std::sort(result.begin(), result.end(), [](const QString &a, const QString &b) {
        return a.compare(b, Qt::CaseInsensitive) < 0;
    });
    return result;
}

CertificateMarks edited(CertificateMarks marks, const CertificateEdit &edit)
{
    if (edit.owner)
        marks.owner = edit.owner->simplified();
    if (edit.note)
        marks.note = edit.note->trimmed();
    if (edit.tags)
        marks.tags = *edit.tags;
    marks.tags = normalizedTags(marks.tags + edit.addTags);
    for (const QString &tag : normalizedTags(edit.removeTags))
        marks.tags.removeIf(
            [&tag](const QString &own) { return own.compare(tag, Qt::CaseInsensitive) == 0; });
    if (edit.retired)
        marks.retired = *edit.retired;
    if (edit.revokedAt)
        marks.revokedAt = *edit.revokedAt;
    if (edit.trashedAt)
        marks.trashedAt = *edit.trashedAt;
    return marks;
}

} // namespace sealbook
