// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/ActionCatalog.h"

#include <QAction>

namespace sealbook {

ActionCatalog::ActionCatalog(QObject *parent)
    : QObject(parent)
{
}

void ActionCatalog::add(QAction *action, const QString &page)
{
    Q_ASSERT(!action->text().isEmpty());
    for (const Entry &entry : m_entries) {
        if (entry.action == action)
            return;
        const bool sameReach = entry.page.isEmpty() || page.isEmpty() || entry.page == page;
        Q_ASSERT_X(!entry.action || !sameReach || action->shortcut().isEmpty()
                       || entry.action->shortcut() != action->shortcut(),
                   "ActionCatalog", "two actions share a shortcut");
        Q_UNUSED(sameReach)
    }
    m_entries.push_back({action, page});
    connect(action, &QObject::destroyed, this, &ActionCatalog::changed);
    connect(action, &QAction::changed, this, &ActionCatalog::changed);
    Q_EMIT changed();
}

std::vector<ActionCatalog::Entry> ActionCatalog::entries() const
{
    std::vector<Entry> living;
    for (const Entry &entry : m_entries) {
        if (entry.action)
            living.push_back(entry);
    }
    return living;
}

QString ActionCatalog::plainText(const QAction *action)
{
    QString text = action->text();
    text.remove(QLatin1Char('&'));
    while (text.endsWith(QLatin1Char('.')) || text.endsWith(QChar(0x2026)))
        text.chop(1);
    return text;
}

} // namespace sealbook
