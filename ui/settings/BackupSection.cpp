// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/BackupSection.h"

#include "ui/widgets/CopyButton.h"
#include "ui/widgets/Dialogs.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/TimeText.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealbook {

namespace {
constexpr int fileRole = Qt::UserRole;

QString reasonText(BackupReason reason)
{
    switch (reason) {
    case BackupReason::Daily:
        return BackupSection::tr("daily");
    case BackupReason::Asked:
        return BackupSection::tr("on request");
    case BackupReason::Replaced:
        return BackupSection::tr("before a restore");
    case BackupReason::Format:
        return BackupSection::tr("before an update");
    }
    Q_UNREACHABLE();
}
} // namespace

BackupSection::BackupSection(Dialogs &dialogs, QWidget *parent)
    : QWidget(parent)
    , m_dialogs(dialogs)
    , m_place(makeLabel(LabelKind::Muted, QString(), this, true))
    , m_problem(makeLabel(LabelKind::Bold, QString(), this, true))
    , m_list(new QListWidget(this))
    , m_create(new QPushButton(tr("&Back up now"), this))
    , m_save(new QPushButton(tr("Save a &copy…"), this))
    , m_check(new QPushButton(tr("Check &whether it is whole"), this))
    , m_restore(new CopyButton(tr("Copy the command that restores it"), this))
    , m_note(makeLabel(LabelKind::Body, QString(), this, true))
    , m_error(new ErrorPanel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(LabelKind::Title, tr("Backups"), this));
    layout->addWidget(makeLabel(
        LabelKind::Body,
        tr("One is made every day while Sealbook runs; the newest seven are kept. Private keys "
           "stay sealed in them: without this computer's keychain only the recovery code opens "
           "them, so make one (Keychain, here on the left)."),
        this, true));
    layout->addWidget(m_place);
    m_problem->setObjectName(QStringLiteral("backupProblem"));
    m_problem->hide();
    layout->addWidget(m_problem);
    m_list->setObjectName(QStringLiteral("backups"));
    m_list->setAccessibleName(tr("Backups of this profile"));
    m_list->setItemDelegate(new RowDelegate(m_list));
    Theme::tintSelection(m_list);
    layout->addWidget(m_list, 1);
    m_create->setObjectName(QStringLiteral("backUpNow"));
    m_save->setObjectName(QStringLiteral("saveBackup"));
    m_check->setObjectName(QStringLiteral("checkBackup"));
    m_restore->setObjectName(QStringLiteral("copyRestore"));
    m_restore->setLabel(tr("Copy command"));
    auto *ofAll = new QHBoxLayout;
    ofAll->setSpacing(8);
    ofAll->addWidget(m_create);
    ofAll->addWidget(m_save);
    ofAll->addWidget(m_check);
    ofAll->addStretch();
    layout->addLayout(ofAll);
    layout->addWidget(makeLabel(
        LabelKind::Muted,
        tr("To go back to one, close Sealbook and restore it in a terminal. What stands there now "
           "is kept as a backup of its own."),
        this, true));
    layout->addWidget(m_restore, 0, Qt::AlignLeading);
    m_note->setObjectName(QStringLiteral("backupNote"));
    m_note->hide();
    layout->addWidget(m_note);
    layout->addWidget(m_error);
    connect(m_create, &QPushButton::clicked, this, [this] { create(QString()); });
    connect(m_save, &QPushButton::clicked, this, &BackupSection::saveCopy);
    connect(m_check, &QPushButton::clicked, this, &BackupSection::check);
    connect(m_list, &QListWidget::currentRowChanged, this, &BackupSection::follow);
    follow();
}

void BackupSection::use(BackupAccess access)
{
    m_access = std::move(access);
    m_place->setText(tr("They are in %1").arg(QDir::toNativeSeparators(m_access.folder)));
    follow();
}

QString BackupSection::line(const BackupRecord &backup)
{
    const QString when = TimeText::exact(backup.takenAt, false);
    if (!backup.problem.isEmpty())
        return tr("%1 · cannot be used: %2").arg(when, backup.problem);
    return tr("%1 · %2 · %3 · %4")
        .arg(when, reasonText(backup.reason),
             tr("%n certificates", nullptr, static_cast<int>(backup.certificates)),
             tr("%n keys", nullptr, static_cast<int>(backup.keys)));
}

void BackupSection::load()
{
    if (!m_access.list)
        return;
    Task<std::vector<BackupRecord>> task = m_access.list();
    QCoro::connect(std::move(task), this, [this](const Result<std::vector<BackupRecord>> &all) {
        if (all)
            show(*all);
        else
            m_error->showError(all.error());
        const QString problem = m_access.lastProblem ? m_access.lastProblem() : QString();
        m_problem->setText(tr("The last daily backup could not be made: %1").arg(problem));
        m_problem->setVisible(!problem.isEmpty());
        Q_EMIT loaded();
    });
}

void BackupSection::show(const std::vector<BackupRecord> &backups)
{
    const QString chosen = m_list->currentItem() != nullptr
        ? m_list->currentItem()->data(fileRole).toString()
        : QString();
    m_list->clear();
    for (const BackupRecord &backup : backups) {
        auto *item = new QListWidgetItem(line(backup), m_list);
        item->setData(fileRole, backup.file);
        item->setToolTip(QDir::toNativeSeparators(backup.file));
        if (backup.file == chosen)
            m_list->setCurrentItem(item);
    }
    if (m_list->currentRow() < 0 && m_list->count() > 0)
        m_list->setCurrentRow(0);
    follow();
}

void BackupSection::follow()
{
    const QListWidgetItem *item = m_list->currentItem();
    m_create->setEnabled(m_access.create != nullptr);
    m_save->setEnabled(m_access.create != nullptr);
    m_check->setEnabled(item != nullptr && m_access.verify != nullptr);
    m_restore->setEnabled(item != nullptr);
    if (item == nullptr)
        return;
    // For a shell: the name in quotes, and quotes in the name too.
    QString quoted = item->data(fileRole).toString();
    quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    const QString home =
        QFileInfo(m_access.folder).path().replace(QLatin1Char('\''), QLatin1String("'\\''"));
    m_restore->setCopyText(
        QStringLiteral("sealbook --home '%1' backup restore '%2'").arg(home, quoted));
}

void BackupSection::setBusy(bool busy)
{
    m_error->clear();
    m_note->hide();
    for (QPushButton *button : {m_create, m_save, m_check})
        button->setEnabled(!busy);
}

void BackupSection::create(const QString &target)
{
    setBusy(true);
    Task<BackupRecord> task = m_access.create(target);
    QCoro::connect(std::move(task), this, [this](const Result<BackupRecord> &made) {
        setBusy(false);
        if (made) {
            m_note->setText(tr("Made and checked: %1").arg(QDir::toNativeSeparators(made->file)));
            m_note->show();
        } else {
            m_error->showError(made.error());
        }
        load();
    });
}

void BackupSection::saveCopy()
{
    Dialogs::FileQuestion question;
    question.title = tr("Save a backup");
    question.suggestion =
        QStringLiteral("sealbook-%1.sealbook").arg(QDate::currentDate().toString(Qt::ISODate));
    question.filters = {tr("Backups of Sealbook (*.sealbook)")};
    m_dialogs.saveFile(this, question, [this](const QString &chosen) {
        if (!chosen.isEmpty())
            create(chosen);
    });
}

void BackupSection::check()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (item == nullptr)
        return;
    setBusy(true);
    Task<BackupRecord> task = m_access.verify(item->data(fileRole).toString());
    QCoro::connect(std::move(task), this, [this](const Result<BackupRecord> &backup) {
        setBusy(false);
        follow();
        if (!backup) {
            m_error->showError(backup.error());
            return;
        }
        m_note->setText(tr("Whole: %1").arg(line(*backup)));
        m_note->show();
    });
}

} // namespace sealbook
