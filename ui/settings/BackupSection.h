// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/BackupAccess.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace sealbook {

class CopyButton;
class Dialogs;
class ErrorPanel;

// The profile's backups: what there is, one more now, a copy elsewhere, and whether one is whole.
// Going back to one needs the window closed, so it gives the command for it. Owned by the settings
// page.
class BackupSection : public QWidget
{
    Q_OBJECT

public:
    explicit BackupSection(Dialogs &dialogs, QWidget *parent = nullptr);
    void use(BackupAccess access);
    void load();
    // A backup in a line: when, why, what is in it.
    [[nodiscard]] static QString line(const BackupRecord &backup);

Q_SIGNALS:
    void loaded();

private:
    void show(const std::vector<BackupRecord> &backups);
    void create(const QString &target);
    void saveCopy();
    void check();
    void follow();
    void setBusy(bool busy);

    Dialogs &m_dialogs;
    BackupAccess m_access;
    QLabel *m_place = nullptr;
    QLabel *m_problem = nullptr;
    QListWidget *m_list = nullptr;
    QPushButton *m_create = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_check = nullptr;
    CopyButton *m_restore = nullptr;
    QLabel *m_note = nullptr;
    ErrorPanel *m_error = nullptr;
};

} // namespace sealbook
