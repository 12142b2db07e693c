// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/DomainName.h"

#include <QRegularExpression>
#include <QSet>

namespace sealbook {

namespace {

constexpr int namedInNotes = 5;

// "a, b, c and 4 more"
QString listed(const QStringList &names)
{
    QString text = names.mid(0, namedInNotes).join(QStringLiteral(", "));
    if (names.size() > namedInNotes)
        text += QStringLiteral(" and %1 more").arg(names.size() - namedInNotes);
    return text;
}

void note(QStringList &notes, const QString &what, const QStringList &names)
{
    if (!names.isEmpty())
        notes.append(what.arg(listed(names)));
}

// Takes out the names that a wildcard of the list covers.
QStringList mergeCovered(std::vector<DomainName> &names)
{
    QSet<QString> starred;
    for (const DomainName &name : names) {
        if (name.isWildcard())
            starred.insert(name.base());
    }
    QStringList covered;
    std::erase_if(names, [&](const DomainName &name) {
        const QString parent = name.ascii().section(QLatin1Char('.'), 1);
        if (name.isWildcard() || !starred.contains(parent))
            return false;
        covered.append(name.unicode());
        return true;
    });
    return covered;
}

} // namespace

NameList NameList::parse(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
    NameList list;
    QSet<DomainName> seen;
    QStringList repeated;
    int line = 0;
    for (const QString &row : text.split(QLatin1Char('\n'))) {
        ++line;
        for (const QString &typed : row.split(separators, Qt::SkipEmptyParts)) {
            const Result<DomainName> name = DomainName::fromUserInput(typed);
            if (!name) {
                ++list.issueCount;
                if (list.issues.size() < static_cast<std::size_t>(maxIssues))
                    list.issues.push_back({line, typed, name.error()});
            } else if (seen.contains(*name)) {
                repeated.append(name->unicode());
            } else {
                seen.insert(*name);
                list.names.push_back(*name);
            }
        }
    }
    const QStringList covered = mergeCovered(list.names);
    QStringList converted;
    QStringList mixed;
    for (const DomainName &name : list.names) {
        if (name.unicode() != name.ascii())
            converted.append(QStringLiteral("%1 as %2").arg(name.unicode(), name.ascii()));
        if (name.mixesScripts())
            mixed.append(name.ascii());
    }
    note(list.notes, QStringLiteral("Named more than once, kept once: %1"), repeated);
    note(list.notes, QStringLiteral("Left out because a wildcard of the list covers it: %1"),
         covered);
    note(list.notes, QStringLiteral("International names are ordered in their DNS form: %1"),
         converted);
    note(list.notes,
         QStringLiteral("Letters of different scripts are mixed, which can deceive people: %1"),
         mixed);
    const auto count = static_cast<int>(list.names.size());
    if (count > maxNames)
        list.notes.append(QStringLiteral("%1 names are more than the %2 that one certificate may "
                                         "hold: order %3 certificates")
                              .arg(count)
                              .arg(maxNames)
                              .arg((count + maxNames - 1) / maxNames));
    return list;
}

} // namespace sealbook
