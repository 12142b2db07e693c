// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/OutsideForm.h"

#include <QUrl>

namespace sealbook {

namespace {
QStringList linesOf(const QString &typed)
{
    QStringList lines;
    for (const QString &line : typed.split(QLatin1Char('\n')))
        if (const QString text = line.trimmed(); !text.isEmpty())
            lines.append(text);
    return lines;
}
} // namespace

OutsideForm OutsideForm::of(const OutsideResolvers &resolvers)
{
    return {resolvers.use, resolvers.urls.join(QLatin1Char('\n')), resolvers.unattended};
}

QString OutsideForm::problem() const
{
    const QStringList lines = linesOf(typed);
    if (use && lines.isEmpty())
        return tr("Enter the address of a resolver, or switch this off.");
    if (lines.size() > OutsideResolvers::most)
        return tr("%n addresses at most.", nullptr, OutsideResolvers::most);
    QStringList hosts;
    for (const QString &line : lines) {
        const auto url = outsideUrlFromText(line);
        if (!url)
            return tr("“%1” cannot be used. An address looks like https://dns.quad9.net/dns-query.")
                .arg(line);
        const QString host = QUrl(*url).host();
        if (hosts.contains(host))
            return tr("%1 stands there twice. Two addresses of one host are one resolver.")
                .arg(host);
        hosts.append(host);
    }
    return {};
}

QString OutsideForm::note() const
{
    if (!use)
        return tr("Where port 53 is closed, records cannot be checked then, and jobs wait until "
                  "their time is out.");
    if (linesOf(typed).size() == 1)
        return tr("One resolver gives hints only: where port 53 is closed, two have to agree.");
    return {};
}

OutsideResolvers OutsideForm::value() const
{
    OutsideResolvers kept;
    kept.use = use;
    kept.unattended = unattended;
    kept.urls.clear();
    for (const QString &line : linesOf(typed))
        if (const auto url = outsideUrlFromText(line))
            kept.urls.append(*url);
    return kept;
}

} // namespace sealbook
