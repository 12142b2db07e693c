// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessible>
#include <QWidget>

namespace sealbook {

// The widgets that the Tab key reaches below `root` (and itself) that a screen reader could not
// name, as "class objectName". Qt's own inner parts are left out: they speak through their owners.
[[nodiscard]] inline QStringList withoutAccessibleName(QWidget *root)
{
    QStringList nameless;
    QList<QWidget *> all = root->findChildren<QWidget *>();
    all.prepend(root);
    for (QWidget *widget : all) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0
            || widget->objectName().startsWith(QLatin1String("qt_"))
            || widget->inherits("QHeaderView") || widget->inherits("QComboBoxListView")
            || widget->inherits("QScrollBar") || widget->inherits("QComboBoxPrivateContainer"))
            continue;
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
        if (spoken == nullptr || spoken->text(QAccessible::Name).trimmed().isEmpty())
            nameless.append(QStringLiteral("%1 %2").arg(
                QLatin1String(widget->metaObject()->className()), widget->objectName()));
    }
    return nameless;
}

} // namespace sealbook
