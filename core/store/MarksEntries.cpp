// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/MarksEntries.h"

#include <QJsonArray>

#include <array>

namespace sealbook {

namespace {

constexpr std::size_t mostInOne = 1000;

struct Mark
{
    const char *name;
    QJsonValue (*value)(const CertificateMarks &);
};

const std::array<Mark, 5> privileged{
    {{"owner", [](const CertificateMarks &marks) { return QJsonValue(marks.owner); }},
     {"tags",
      [](const CertificateMarks &marks) {
          return QJsonValue(QJsonArray::fromStringList(marks.tags));
      }},
     {"retired", [](const CertificateMarks &marks) { return QJsonValue(marks.retired); }},
     {"revoked",
      [](const CertificateMarks &marks) { return QJsonValue(marks.revokedAt.isValid()); }},
     {"trashed",
      [](const CertificateMarks &marks) { return QJsonValue(marks.trashedAt.isValid()); }}}};

bool differs(const CertificateMarks &before, const CertificateMarks &after)
{
    return std::any_of(privileged.begin(), privileged.end(),
                       [&](const Mark &mark) { return mark.value(before) != mark.value(after); });
}

AuditEntry entryOf(const std::vector<const CertificateMarks *> &before,
                   const std::vector<const CertificateMarks *> &after)
{
    QJsonArray sha256;
    for (const CertificateMarks *marks : after)
        sha256.append(marks->sha256);
    QJsonArray names;
    QJsonObject details{{QStringLiteral("count"), sha256.size()},
                        {QStringLiteral("sha256"), sha256}};
    for (const Mark &mark : privileged) {
        bool changed = false;
        bool isSame = true;
        for (std::size_t i = 0; i < after.size(); ++i) {
            changed = changed || mark.value(*before[i]) != mark.value(*after[i]);
            isSame = isSame && mark.value(*after[i]) == mark.value(*after[0]);
        }
        if (!changed)
            continue;
        names.append(QLatin1String(mark.name));
        if (isSame)
            details.insert(QLatin1String(mark.name), mark.value(*after[0]));
    }
    details.insert(QStringLiteral("changed"), names);
    const bool onlyTrash = names.size() == 1 && details.contains(QLatin1String("trashed"));
    const QString action = !onlyTrash                      ? QStringLiteral("certificate.edit")
        : details.value(QLatin1String("trashed")).toBool() ? QStringLiteral("certificate.trash")
                                                           : QStringLiteral("certificate.restore");
    const QString subject = sha256.size() == 1
        ? sha256.first().toString()
        : QStringLiteral("%1 certificates").arg(sha256.size());
    return auditEntry(action, subject, QStringLiteral("ok"), details);
}

} // namespace

std::vector<AuditEntry> entriesOf(const std::vector<CertificateMarks> &before,
                                  const std::vector<CertificateMarks> &after)
{
    std::vector<AuditEntry> entries;
    std::vector<const CertificateMarks *> old;
    std::vector<const CertificateMarks *> now;
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (differs(before[i], after[i])) {
            old.push_back(&before[i]);
            now.push_back(&after[i]);
        }
        if (now.size() == mostInOne || (i + 1 == after.size() && !now.empty())) {
            entries.push_back(entryOf(old, now));
            old.clear();
            now.clear();
        }
    }
    return entries;
}

} // namespace sealbook
