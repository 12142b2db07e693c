// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QObject>
#include <QPointer>
#include <QString>

#include <vector>

class QAction;

namespace sealbook {

// Every action of the window, with the page it belongs to: the menu, the command palette and the
// list of shortcuts come from here, so nothing can be done by mouse only. Owned by MainWindow.
// Actions stay their owners'; one that dies leaves by itself.
class ActionCatalog : public QObject
{
    Q_OBJECT

public:
    struct Entry
    {
        QPointer<QAction> action;
        QString page; // translated title; empty = the whole window
    };

    explicit ActionCatalog(QObject *parent = nullptr);
    // `action` must have a text. A shortcut that another action of the same page or of the window
    // has already is a defect (asserted).
    void add(QAction *action, const QString &page = {});
    [[nodiscard]] std::vector<Entry> entries() const; // in order of registration, living ones
    // The text without its accelerator mark and dots: "Import".
    [[nodiscard]] static QString plainText(const QAction *action);

Q_SIGNALS:
    void changed();

private:
    std::vector<Entry> m_entries;
};

} // namespace sealbook
