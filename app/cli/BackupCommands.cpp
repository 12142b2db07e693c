// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/SingleInstance.h"
#include "app/cli/Commands.h"
#include "core/governance/AuditLog.h"
#include "core/store/BackupService.h"
#include "core/vault/Vault.h"

#include <QDir>
#include <QFileInfo>

namespace sealbook {

namespace {
QJsonObject backupJson(const BackupRecord &backup)
{
    QJsonObject object{{QStringLiteral("file"), backup.file},
                       {QStringLiteral("reason"), backupReasonName(backup.reason)},
                       {QStringLiteral("taken_at"), rfc3339(backup.takenAt)},
                       {QStringLiteral("vault"), backup.vaultId},
                       {QStringLiteral("format"), backup.format},
                       {QStringLiteral("certificates"), backup.certificates},
                       {QStringLiteral("keys"), backup.keys},
                       {QStringLiteral("audit_entries"), backup.auditEntries},
                       {QStringLiteral("database_size"), backup.databaseSize}};
    if (!backup.problem.isEmpty())
        object.insert(QStringLiteral("problem"), backup.problem);
    return object;
}

QString sentence(const BackupRecord &backup)
{
    return QStringLiteral("%1  %2  %3 certificates, %4 keys  %5")
        .arg(rfc3339(backup.takenAt), backupReasonName(backup.reason).leftJustified(8))
        .arg(backup.certificates)
        .arg(backup.keys)
        .arg(backup.problem.isEmpty() ? backup.file : backup.problem);
}

// A file, or what `backup list` calls one of the profile's own.
QString fileOf(const CommandCall &call)
{
    const QString word = call.arguments.value(0);
    const QString own = call.global.home + QStringLiteral("/backups/") + word;
    const bool isOwn = !word.contains(u'/') && !QFileInfo::exists(word) && QFileInfo::exists(own);
    return isOwn ? own : QDir::current().absoluteFilePath(word);
}

Task<QJsonObject> create(CommandCall call, std::stop_token stop)
{
    BackupService &backups = call.services->backups();
    QString target;
    if (call.isSet("output"))
        target = QDir::current().absoluteFilePath(call.value("output"));
    if (QFileInfo(target).isDir())
        co_return usageError(QStringLiteral("-o wants the name of a file; %1 is a folder")
                                 .arg(call.value("output")));
    if (call.isSet("daily") && !target.isEmpty())
        co_return usageError(QStringLiteral("either --daily or -o"));
    if (call.isSet("daily")) {
        Task<std::optional<BackupRecord>> making = backups.daily(stop);
        const auto made = co_await std::move(making);
        if (!made)
            co_return fail(made.error());
        if (!*made) {
            call.output->say(QStringLiteral("The last daily backup is not a day old."));
            QJsonObject nothing{{QStringLiteral("made"), false}};
            co_return nothing;
        }
        call.output->say(sentence(**made));
        QJsonObject object{{QStringLiteral("made"), true},
                           {QStringLiteral("backup"), backupJson(**made)}};
        co_return object;
    }
    Task<BackupRecord> making = backups.create(target, stop);
    const auto made = co_await std::move(making);
    if (!made)
        co_return fail(made.error());
    call.output->say(sentence(*made));
    const auto hasCode = co_await call.services->vault().findRecoveryCode();
    if (hasCode && !*hasCode && made->keys > 0)
        call.output->note(QStringLiteral("The keys in it stay sealed. Elsewhere only the recovery "
                                         "code opens them (window, Settings, Keychain)."));
    QJsonObject object{{QStringLiteral("made"), true},
                       {QStringLiteral("backup"), backupJson(*made)}};
    co_return object;
}

Task<QJsonObject> list(CommandCall call, std::stop_token stop)
{
    Task<std::vector<BackupRecord>> listing = call.services->backups().list(stop);
    const auto all = co_await std::move(listing);
    if (!all)
        co_return fail(all.error());
    for (const BackupRecord &backup : *all)
        call.output->item(backupJson(backup), sentence(backup));
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(all->size())},
                       {QStringLiteral("folder"), call.services->backups().folder()}};
    co_return object;
}

Task<QJsonObject> verify(CommandCall call, std::stop_token stop)
{
    Task<BackupRecord> verifying = BackupService::verify(fileOf(call), stop);
    const auto backup = co_await std::move(verifying);
    if (!backup)
        co_return fail(backup.error());
    call.output->say(QStringLiteral("Whole: ") + sentence(*backup));
    QJsonObject object{{QStringLiteral("backup"), backupJson(*backup)}};
    co_return object;
}

// The end of the log that the keychain remembers is of what stood there before. Whoever restores
// knows that it is older, so the restored end is pinned instead.
Task<> pinRestored(GlobalOptions options, Output *output, std::stop_token stop)
{
    const std::optional<PracticeFacts> none;
    Task<std::unique_ptr<Services>> opening =
        Services::open(options, ServiceLevel::Profile, none, stop);
    const auto services = co_await std::move(opening);
    if (!services)
        co_return fail(services.error(), "opening the restored profile");
    const auto pinned = co_await (*services)->audit().pinRestored(stop);
    if (!pinned)
        output->note(QStringLiteral("The keychain could not be told of it (%1). Until it is, audit "
                                    "verify calls the log older than it was; restore once more "
                                    "with the keychain open.")
                         .arg(pinned.error().detail));
    co_return co_await (*services)->close();
}

Task<QJsonObject> restore(CommandCall call, std::stop_token stop)
{
    if (call.global.practice)
        co_return usageError(QStringLiteral("practice throws its profile away"));
    SingleInstance window(call.global.home);
    if (window.send(QByteArrayLiteral("here?")))
        co_return fail(Error::Kind::Conflict, QStringLiteral("a window has this profile open"),
                       QStringLiteral("Close it (from the tray, too), then restore again. Nothing "
                                      "was changed."));
    const QString database = Services::databaseFile(call.global);
    Task<RestoreReport> restoring = BackupService::restore(fileOf(call), database, stop);
    const auto report = co_await std::move(restoring);
    if (!report)
        co_return fail(report.error());
    Output &output = *call.output;
    output.say(QStringLiteral("Restored: ") + sentence(report->backup));
    if (report->wasDamaged)
        output.say(QStringLiteral("The damaged file is kept as %1").arg(report->keptAs));
    else if (!report->keptAs.isEmpty())
        output.say(
            QStringLiteral("What was there before is kept as the backup %1").arg(report->keptAs));
    if (report->entriesLost > 0)
        output.note(QStringLiteral("It is older than what was there: %1 entries of the audit log "
                                   "are not in it. Certificates and credentials that came after "
                                   "it are only in what was kept.")
                        .arg(report->entriesLost));
    Task<> pinning = pinRestored(call.global, call.output, stop);
    const auto pinned = co_await std::move(pinning);
    if (!pinned)
        co_return fail(pinned.error());
    QJsonObject object{{QStringLiteral("backup"), backupJson(report->backup)},
                       {QStringLiteral("kept_as"), report->keptAs},
                       {QStringLiteral("was_damaged"), report->wasDamaged},
                       {QStringLiteral("entries_lost"), report->entriesLost}};
    co_return object;
}
} // namespace

std::vector<Command> backupCommands()
{
    Command make;
    make.words = QStringLiteral("backup create");
    make.summary = QStringLiteral("Copy the profile into one file; what is sealed stays sealed.");
    make.options = {
        QCommandLineOption({QStringLiteral("o"), QStringLiteral("output")},
                           QStringLiteral("That file; else one in the profile's own folder."),
                           QStringLiteral("FILE")),
        commandOption("daily", "Only when the last daily one is a day old; keeps seven.")};
    make.run = create;

    Command all;
    all.words = QStringLiteral("backup list");
    all.summary = QStringLiteral("List the profile's own backups, the newest first.");
    all.run = list;

    Command check;
    check.words = QStringLiteral("backup verify");
    check.arguments = QStringLiteral("FILE");
    check.summary = QStringLiteral("Check that a backup is whole.");
    check.needs = CommandNeeds::Nothing;
    check.minimumArguments = 1;
    check.maximumArguments = 1;
    check.run = verify;

    Command back;
    back.words = QStringLiteral("backup restore");
    back.arguments = QStringLiteral("FILE");
    back.summary = QStringLiteral("Put a backup into the profile's place; keeps what was there.");
    back.needs = CommandNeeds::Nothing;
    back.minimumArguments = 1;
    back.maximumArguments = 1;
    back.run = restore;
    return {make, all, check, back};
}

} // namespace sealbook
