// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/DnsName.h"

namespace sealbook {

Result<DnsName> DnsName::fromText(const QString &text)
{
    QString plain = text.toLower();
    if (plain.endsWith(QLatin1Char('.')))
        plain.chop(1);
    DnsName name;
    if (plain.isEmpty())
        return name;
    if (plain.size() > 253)
        return fail(
            Error::Kind::BadRequest,
            QStringLiteral("the DNS name has %1 characters, at most 253 fit").arg(plain.size()));
    for (const QString &label : plain.split(QLatin1Char('.'))) {
        if (label.isEmpty())
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the DNS name \"%1\" has an empty label").arg(text));
        if (label.size() > 63)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the label \"%1\" has more than 63 characters").arg(label));
        const bool printable = std::all_of(label.begin(), label.end(), [](QChar c) {
            return c.unicode() > 0x20 && c.unicode() < 0x7f;
        });
        if (!printable)
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("the label \"%1\" is not ASCII").arg(label));
    }
    name.m_text = plain;
    return name;
}

QStringList DnsName::labels() const
{
    return m_text.isEmpty() ? QStringList{} : m_text.split(QLatin1Char('.'));
}

DnsName DnsName::parent() const
{
    DnsName up;
    const qsizetype dot = m_text.indexOf(QLatin1Char('.'));
    if (dot >= 0)
        up.m_text = m_text.mid(dot + 1);
    return up;
}

bool DnsName::isAtOrBelow(const DnsName &zone) const
{
    return zone.isRoot() || m_text == zone.m_text
        || m_text.endsWith(QLatin1Char('.') + zone.m_text);
}

QString DnsName::relativeTo(const DnsName &zone) const
{
    if (m_text == zone.m_text)
        return {};
    return zone.isRoot() ? m_text : m_text.chopped(zone.m_text.size() + 1);
}

Result<DnsName> DnsName::below(const QString &prefix) const
{
    return fromText(isRoot() ? prefix : prefix + QLatin1Char('.') + m_text);
}

} // namespace sealbook
