// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/ShortcutsDialog.h"

#include "ui/shell/ActionCatalog.h"
#include "ui/widgets/KeyValueGrid.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sealbook {

ShortcutsDialog::ShortcutsDialog(const ActionCatalog &catalog, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    resize(460, 520);
    auto *layout = new QVBoxLayout(this);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(windowTitle());
    auto *content = new QWidget(scroll);
    Theme::setBaseSurface(content);
    auto *sections = new QVBoxLayout(content);
    sections->setContentsMargins(16, 16, 16, 16);
    sections->setSpacing(8);

    std::map<QString, KeyValueGrid *> grids;
    for (const ActionCatalog::Entry &entry : catalog.entries()) {
        if (entry.action->shortcut().isEmpty())
            continue;
        KeyValueGrid *&grid = grids[entry.page];
        if (grid == nullptr) {
            const QString title = entry.page.isEmpty() ? tr("Everywhere") : entry.page;
            sections->addWidget(makeLabel(LabelKind::SectionHead, title, content));
            grid = new KeyValueGrid(content);
            grid->setNameWidth(140);
            sections->addWidget(grid);
        }
        grid->addRow(entry.action->shortcut().toString(QKeySequence::NativeText),
                     ActionCatalog::plainText(entry.action));
    }
    sections->addStretch(1);
    scroll->setWidget(content);
    layout->addWidget(scroll, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

} // namespace sealbook
