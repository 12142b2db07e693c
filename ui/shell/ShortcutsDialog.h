// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace sealbook {

class ActionCatalog;

// What the keyboard can do, page by page, made from the catalog. Opened without blocking, deleted
// when closed.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const ActionCatalog &catalog, QWidget *parent = nullptr);
};

} // namespace sealbook
