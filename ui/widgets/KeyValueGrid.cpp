// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/KeyValueGrid.h"

#include "ui/widgets/CopyButton.h"
#include "ui/widgets/Labels.h"

#include <QGridLayout>
#include <QLabel>

namespace sealbook {

KeyValueGrid::KeyValueGrid(QWidget *parent)
    : QWidget(parent)
{
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(1, 1);
}

QLabel *KeyValueGrid::addRow(const QString &name, const QString &value)
{
    return addRow(name, value, Options());
}

QLabel *KeyValueGrid::addRow(const QString &name, const QString &value, Options options)
{
    QLabel *title = makeLabel(LabelKind::Muted, name, this);
    const QString shown = options.whole ? value : breakable(value);
    QLabel *text = makeLabel(options.mono ? LabelKind::Mono : LabelKind::Body, shown, this, true);
    if (!options.mono)
        text->setFont(Theme::smallFont(font()));
    // What is shown with places to break is no longer the value, which must not be copied so.
    if (shown == value)
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    else
        text->setToolTip(value);
    text->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
    if (options.role)
        Theme::setState(text, *options.role);
    m_grid->addWidget(title, m_rows, 0, Qt::AlignTop);
    m_grid->addWidget(text, m_rows, 1, Qt::AlignTop);
    if (options.copyable) {
        auto *copy = new CopyButton(tr("Copy %1").arg(name), this);
        copy->setCopyText(value);
        m_grid->addWidget(copy, m_rows, 2, Qt::AlignTop);
    }
    ++m_rows;
    return text;
}

void KeyValueGrid::clear()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    m_rows = 0;
}

void KeyValueGrid::setNameWidth(int pixels)
{
    m_grid->setColumnMinimumWidth(0, pixels);
}

} // namespace sealbook
