// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/KubernetesName.h"

#include <QCryptographicHash>
#include <QStringList>

#include <algorithm>

namespace sealbook {

namespace {

constexpr qsizetype longestName = 253;
constexpr qsizetype longestLabel = 63;
constexpr qsizetype longestMade = 200; // room for the hash

bool isAlphanumeric(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
}

bool isLabel(QStringView label)
{
    return !label.isEmpty() && label.size() <= longestLabel && isAlphanumeric(label.front())
        && isAlphanumeric(label.back()) && std::all_of(label.begin(), label.end(), [](QChar c) {
               return isAlphanumeric(c) || c == u'-';
           });
}

bool isName(const QString &name)
{
    const QStringList labels = name.split(u'.');
    return name.size() <= longestName && std::all_of(labels.begin(), labels.end(), isLabel);
}

} // namespace

Result<QString> checkedKubernetesName(const QString &name)
{
    if (isName(name))
        return name;
    return fail(
        Error::Kind::BadRequest,
        QStringLiteral("\"%1\" is no name that Kubernetes takes").arg(name.left(longestName)),
        QStringLiteral("Use lower-case letters, digits and hyphens, with a letter or digit "
                       "at both ends."));
}

QString kubernetesNameOf(const QString &name)
{
    QString plain = name.toLower();
    if (plain.startsWith(QLatin1String("*.")))
        plain.replace(0, 1, QStringLiteral("wildcard"));
    else if (plain.startsWith(QLatin1String("wildcard.")))
        plain.prepend(u'-'); // that of the star has this name; the hash sets them apart
    if (isName(plain))
        return plain;
    QStringList labels;
    for (QString label : plain.left(longestMade).split(u'.')) {
        for (QChar &c : label) {
            if (!isAlphanumeric(c))
                c = u'-';
        }
        label.truncate(longestLabel);
        while (label.startsWith(u'-'))
            label.remove(0, 1);
        while (label.endsWith(u'-'))
            label.chop(1);
        if (!label.isEmpty())
            labels.append(label);
    }
    const QByteArray hash =
        QCryptographicHash::hash(name.toLower().toUtf8(), QCryptographicHash::Sha256);
    labels.append(QString::fromLatin1(hash.toHex().left(8)));
    if (labels.size() == 1)
        labels.prepend(QStringLiteral("certificate"));
    return labels.join(u'.');
}

} // namespace sealbook
