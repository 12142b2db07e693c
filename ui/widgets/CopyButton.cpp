// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/CopyButton.h"

#include "ui/widgets/IconSet.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QToolTip>

namespace sealbook {

CopyButton::CopyButton(const QString &what, QWidget *parent)
    : QToolButton(parent)
{
    setIcon(houseIcon(QStringLiteral("copy")));
    setIconSize(QSize(16, 16));
    setAutoRaise(true);
    setToolTip(what);
    setAccessibleName(what);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_text);
        QToolTip::showText(mapToGlobal(QPoint(0, height())), tr("Copied"), this, {}, 1500);
        Q_EMIT copied();
    });
}

void CopyButton::setLabel(const QString &label)
{
    setText(label);
    setToolButtonStyle(label.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
}

} // namespace sealbook
