// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/AccessibleNames.h"

namespace sealbook {

// withoutAccessibleName() for what can be reached right now, as one text that a failing test can
// print: parts that are hidden may not have their words yet.
[[nodiscard]] inline QString visibleWithoutName(QWidget *root)
{
    QStringList nameless;
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        const QString me = QStringLiteral("%1 %2").arg(
            QLatin1String(widget->metaObject()->className()), widget->objectName());
        if (withoutAccessibleName(widget).contains(me) && !nameless.contains(me)
            && QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty())
            nameless.append(me);
    }
    return nameless.join(QLatin1String(", "));
}

} // namespace sealbook
