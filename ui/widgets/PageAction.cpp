// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/PageAction.h"

#include "ui/widgets/IconSet.h"

#include <QAction>

namespace sealbook {

QAction *makePageAction(QObject *owner, const char *name, const QString &text, const QString &icon,
                        const QKeySequence &keys)
{
    auto *action = new QAction(text, owner);
    action->setObjectName(QLatin1String(name));
    if (!icon.isEmpty())
        action->setIcon(houseIcon(icon));
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    return action;
}

} // namespace sealbook
