// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/Services.h"
#include "app/cli/Commands.h"
#include "app/cli/RevocationCommands.h"
#include "app/cli/ViewOptions.h"
#include "core/inventory/CertificateService.h"
#include "core/inventory/InventoryService.h"
#include "core/inventory/RevocationService.h"
#include "core/inventory/RowJson.h"
#include "core/inventory/SavedView.h"
#include "core/store/CertificateRemoval.h"

#include <QJsonArray>

namespace sealbook {

namespace {

QString rowText(const Inventory &inventory, std::size_t index)
{
    const InventoryRow &row = inventory.row(index);
    const QString names = row.names.isEmpty() ? row.subject() : row.nameList().join(u", ");
    const QString tags =
        row.tags.isEmpty() ? QString() : QStringLiteral("  [%1]").arg(row.tags.join(u", "));
    if (!row.isCertificate())
        return QStringLiteral("%1  %2  waiting since %3  %4  %5%6")
            .arg(row.sha256.hex().left(16), rowKindName(row), momentText(row.addedAt),
                 row.keyAlgorithm, names, tags);
    return QStringLiteral("%1  %2  %3  %4  %5%6")
        .arg(row.sha256.hex().left(16), urgencyName(inventory.urgency(index)),
             momentText(row.notAfter), row.issuer, names, tags);
}

// Keeps the view of this call under a name, instead of one of the same name.
Task<> keepView(CommandCall call, SavedView view)
{
    const auto views = co_await call.services->inventory().savedViews();
    if (!views)
        co_return fail(views.error());
    std::vector<SavedView> all = *views;
    view.name = call.value("save-view").simplified();
    std::erase_if(all, [&view](const SavedView &other) {
        return other.name.compare(view.name, Qt::CaseInsensitive) == 0;
    });
    all.push_back(std::move(view));
    Task<> saving = call.services->inventory().saveViews(std::move(all));
    co_return co_await std::move(saving);
}

// Leaves the loop a turn after some rows: without one, nothing would hear of a stop.
Task<> printView(CommandCall call, std::shared_ptr<const Inventory> inventory, InventoryView view,
                 std::stop_token stop)
{
    constexpr int rowsBetweenTurns = 500;
    const bool isGrouped = !view.groups.empty();
    if (!isGrouped) {
        InventoryGroup all;
        all.end = static_cast<quint32>(view.rows.size());
        view.groups.push_back(std::move(all));
    }
    int printed = 0;
    for (const InventoryGroup &group : view.groups) {
        if (isGrouped && !call.output->isJson())
            call.output->say(
                QStringLiteral("%1 (%2)")
                    .arg(group.key.isEmpty() ? QStringLiteral("none") : oneLine(group.key))
                    .arg(group.end - group.begin));
        for (quint32 i = group.begin; i < group.end; ++i) {
            QJsonObject object = rowJson(*inventory, view.rows[i]);
            if (isGrouped)
                object.insert(QStringLiteral("group"), group.key);
            const QString indent = isGrouped ? QStringLiteral("  ") : QString();
            call.output->item(object, indent + rowText(*inventory, view.rows[i]));
            if (++printed % rowsBetweenTurns != 0)
                continue;
            Task<> turn = sleepFor(std::chrono::milliseconds(0), stop);
            const auto turned = co_await std::move(turn);
            if (!turned)
                co_return fail(turned.error(), "printing the list");
        }
    }
    co_return {};
}

Task<QJsonObject> list(CommandCall call, std::stop_token stop)
{
    if (call.isSet("query-help")) {
        call.output->say(queryHelp());
        co_return QJsonObject{{QStringLiteral("help"), queryHelp()}};
    }
    Task<SavedView> starting = startingView(call);
    const auto start = co_await std::move(starting);
    if (!start)
        co_return fail(start.error());
    const auto request = requestOf(call, *start);
    if (!request)
        co_return fail(request.error());
    if (call.isSet("save-view")) {
        SavedView view;
        view.query = request->query.text();
        view.sort = request->sort;
        view.grouping = request->grouping;
        view.hidesExpired = request->hidesExpired;
        view.hidesSuperseded = request->hidesSuperseded;
        view.hidesRevoked = request->hidesRevoked;
        if (call.value("save-view").simplified().isEmpty())
            co_return usageError(QStringLiteral("--save-view needs a name"));
        Task<> keeping = keepView(call, std::move(view));
        const auto kept = co_await std::move(keeping);
        if (!kept)
            co_return fail(kept.error());
    }
    Task<std::shared_ptr<Inventory>> reading = call.services->inventory().read(stop);
    const auto read = co_await std::move(reading);
    if (!read)
        co_return fail(read.error());
    const std::shared_ptr<const Inventory> inventory = *read;
    InventoryRequest wanted = *request;
    Task<InventoryView> looking =
        call.services->inventory().view(inventory, std::move(wanted), stop);
    const auto view = co_await std::move(looking);
    if (!view)
        co_return fail(view.error());
    Task<> printing = printView(call, inventory, *view, stop);
    const auto printed = co_await std::move(printing);
    if (!printed)
        co_return fail(printed.error());
    QJsonObject object{{QStringLiteral("count"), static_cast<qint64>(view->matching)},
                       {QStringLiteral("hidden"), static_cast<qint64>(view->hidden)}};
    co_return object;
}

QJsonArray extensionsJson(const std::vector<Certificate::Extension> &extensions)
{
    QJsonArray array;
    for (const Certificate::Extension &extension : extensions) {
        array.append(QJsonObject{{QStringLiteral("name"), extension.name},
                                 {QStringLiteral("oid"), extension.oid},
                                 {QStringLiteral("critical"), extension.critical},
                                 {QStringLiteral("value"), extension.value}});
    }
    return array;
}

QJsonArray placesJson(const std::vector<PlaceRecord> &places)
{
    QJsonArray array;
    for (const PlaceRecord &place : places) {
        array.append(QJsonObject{{QStringLiteral("kind"), placeKindName(place.kind)},
                                 {QStringLiteral("location"), place.location},
                                 {QStringLiteral("serving"), place.isServing},
                                 {QStringLiteral("first_seen"), rfc3339(place.firstSeenAt)},
                                 {QStringLiteral("last_seen"), rfc3339(place.lastSeenAt)}});
    }
    return array;
}

// Where the certificate stands among those of the same names, newest first.
QJsonArray lineageJson(const Inventory &inventory, std::size_t index)
{
    QJsonArray array;
    for (const quint32 member : inventory.lineage(index)) {
        const InventoryRow &row = inventory.row(member);
        array.append(QJsonObject{{QStringLiteral("sha256"), row.sha256.hex()},
                                 {QStringLiteral("not_before"), momentText(row.notBefore)},
                                 {QStringLiteral("not_after"), momentText(row.notAfter)},
                                 {QStringLiteral("issuer"), row.issuer},
                                 {QStringLiteral("key_algorithm"), row.keyAlgorithm},
                                 {QStringLiteral("superseded"), inventory.isSuperseded(member)},
                                 {QStringLiteral("trashed_at"), momentText(row.trashedAt)},
                                 {QStringLiteral("this"), member == index}});
    }
    return array;
}

struct Shown
{
    const CertificateDetails &details;
    const Inventory &inventory;
    std::size_t index;
    const std::vector<PlaceRecord> &places;
    const std::optional<RevocationRecord> &revocation;
};

void sayMarks(Output &output, const Shown &shown)
{
    const InventoryRow &row = shown.inventory.row(shown.index);
    const auto line = [&output](const char *label, const QString &value) {
        if (!value.isEmpty())
            output.say(QString::fromLatin1(label).leftJustified(14) + oneLine(value));
    };
    line("Owner", row.owner);
    line("Tags", row.tags.join(u", "));
    line("Note", row.note);
    if (row.trashedAt != 0)
        line("Trash", QStringLiteral("since ") + momentText(row.trashedAt));
    if (row.is(InventoryRow::Retired))
        line("Retired", QStringLiteral("yes"));
    for (const PlaceRecord &place : shown.places)
        line(place.isServing ? "Served" : "Seen",
             QStringLiteral("%1, last on %2")
                 .arg(place.location.isEmpty() ? placeKindName(place.kind)
                                               : placeKindName(place.kind) + u' ' + place.location,
                      rfc3339(place.lastSeenAt)));
    if (shown.inventory.isDrift(shown.index))
        line("Drift", QStringLiteral("it is served, but a newer one with these names is here"));
    for (const quint32 member : shown.inventory.lineage(shown.index)) {
        const InventoryRow &other = shown.inventory.row(member);
        if (member != shown.index)
            line(other.notBefore > row.notBefore ? "Successor" : "Predecessor",
                 QStringLiteral("%1, %2 to %3")
                     .arg(other.sha256.hex().left(16), momentText(other.notBefore),
                          momentText(other.notAfter)));
    }
}

void sayDetails(Output &output, const Shown &shown)
{
    const CertificateRecord &record = shown.details.record;
    const auto line = [&output](const char *label, const QString &value) {
        output.say(QString::fromLatin1(label).leftJustified(14) + oneLine(value));
    };
    line("Names", record.names.join(u", "));
    line("Issuer", shown.details.leaf.issuer());
    line("Valid",
         rfc3339(record.notBefore) + QStringLiteral(" to ") + rfc3339(record.notAfter)
             + QStringLiteral(" (%1)").arg(urgencyName(shown.inventory.urgency(shown.index))));
    line("Key",
         record.keyAlgorithm
             + (record.keyId.isValid() ? QStringLiteral(", in the vault")
                                       : QStringLiteral(", not here")));
    line("Signature", record.signatureAlgorithm);
    line("Serial", record.serial);
    line("SHA-256", record.sha256);
    line("Chain",
         shown.details.isOwnRoot            ? QStringLiteral("verified, up to a root of your own")
             : shown.details.chain.verified ? QStringLiteral("verified")
                                            : shown.details.chain.reason);
    line("Revocation",
         shown.revocation ? revocationText(*shown.revocation) : QStringLiteral("never asked"));
    line("From", record.origin);
    sayMarks(output, shown);
    for (const Certificate::Extension &extension : shown.details.extensions)
        output.say(QStringLiteral("%1%2: %3")
                       .arg(extension.name,
                            extension.critical ? QStringLiteral(" (critical)") : QString(),
                            QString(extension.value).replace(u'\n', u' ')));
}

// A request or a lone key.
Task<QJsonObject> showWaiting(CommandCall call, InventoryRow row, std::stop_token stop)
{
    Task<std::shared_ptr<Inventory>> reading = call.services->inventory().read(stop);
    const auto inventory = co_await std::move(reading);
    if (!inventory)
        co_return fail(inventory.error());
    const auto index = (*inventory)->indexOf(row.sha256);
    if (!index)
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("its certificate came in this moment"));
    QJsonObject shown = rowJson(**inventory, *index);
    const auto line = [&call](const char *label, const QString &value) {
        if (!value.isEmpty())
            call.output->say(QString::fromLatin1(label).leftJustified(14) + oneLine(value));
    };
    line("Kind", rowKindName(row));
    line("Names", row.names.isEmpty() ? row.subject() : row.nameList().join(u", "));
    line("Waiting", QStringLiteral("since ") + momentText(row.addedAt));
    line("Key",
         row.keyAlgorithm
             + (row.is(InventoryRow::HasKey) ? QStringLiteral(", in the vault")
                                             : QStringLiteral(", not here")));
    line("Public key", row.publicKey.hex());
    line("From", row.placeList().value(0));
    line("Owner", row.owner);
    line("Tags", row.tags.join(u", "));
    line("Note", row.note);
    if (row.is(InventoryRow::IsRequest)) {
        Task<RequestDetails> looking =
            call.services->certificates().requestDetails(row.sha256.hex());
        const auto details = co_await std::move(looking);
        if (!details)
            co_return fail(details.error());
        shown.insert(QStringLiteral("subject_dn"), details->subjectDn);
        shown.insert(QStringLiteral("signature_valid"), !details->fault.has_value());
        shown.insert(QStringLiteral("pem"), QString::fromLatin1(details->pem));
        line("Subject", details->subjectDn);
        line("Signature", details->fault ? details->fault->detail : QStringLiteral("valid"));
    }
    QJsonObject object{{rowKindName(row), shown}};
    co_return object;
}

Task<QJsonObject> show(CommandCall call, std::stop_token stop)
{
    CertificateService &service = call.services->certificates();
    const QString id = call.arguments.constFirst();
    const auto found = co_await service.find(id);
    if (!found && found.error().kind == Error::Kind::NotFound) {
        const auto waiting = co_await service.findWaiting(id);
        if (waiting) {
            Task<QJsonObject> showing = showWaiting(call, *waiting, stop);
            co_return co_await std::move(showing);
        }
        if (waiting.error().kind != Error::Kind::NotFound)
            co_return fail(waiting.error());
    }
    if (!found)
        co_return fail(found.error());
    const auto details = co_await service.details(found->sha256);
    if (!details)
        co_return fail(details.error());
    Task<std::vector<PlaceRecord>> looking = call.services->inventory().places(found->sha256);
    const auto places = co_await std::move(looking);
    if (!places)
        co_return fail(places.error());
    Task<std::shared_ptr<Inventory>> reading = call.services->inventory().read(stop);
    const auto inventory = co_await std::move(reading);
    if (!inventory)
        co_return fail(inventory.error());
    const auto fingerprint = Fingerprint::fromHex(found->sha256);
    const auto index = fingerprint ? (*inventory)->indexOf(*fingerprint) : std::nullopt;
    if (!index)
        co_return fail(Error::Kind::NotFound,
                       QStringLiteral("the certificate was removed in this moment"));
    const QString sha256 = found->sha256;
    const auto revocation = co_await call.services->revocation().last(sha256);
    if (!revocation)
        co_return fail(revocation.error());
    if (!call.output->isJson()) {
        const Shown shown{*details, **inventory, *index, *places, *revocation};
        sayDetails(*call.output, shown);
    }
    QJsonObject certificate = rowJson(**inventory, *index);
    const QJsonObject own = certificateJson(*found);
    for (auto item = own.begin(); item != own.end(); ++item)
        certificate.insert(item.key(), item.value());
    certificate.insert(QStringLiteral("extensions"), extensionsJson(details->extensions));
    certificate.insert(QStringLiteral("chain_verified"), details->chain.verified);
    certificate.insert(QStringLiteral("chain_reason"), details->chain.reason);
    certificate.insert(QStringLiteral("chain_own_root"), details->isOwnRoot);
    certificate.insert(QStringLiteral("revocation"),
                       *revocation ? QJsonValue(revocationJson(**revocation)) : QJsonValue());
    certificate.insert(QStringLiteral("pem"), QString::fromLatin1(details->leaf.pem()));
    certificate.insert(QStringLiteral("places"), placesJson(*places));
    certificate.insert(QStringLiteral("lineage"), lineageJson(**inventory, *index));
    QJsonObject object{{QStringLiteral("certificate"), certificate}};
    co_return object;
}

Result<CertificateEdit> editOf(const CommandCall &call, const QDateTime &now)
{
    CertificateEdit edit;
    for (const QString &option : call.values("tag")) {
        for (QString tag : option.split(u',', Qt::SkipEmptyParts)) {
            tag = tag.trimmed();
            const bool removes = tag.startsWith(u'-');
            if (removes || tag.startsWith(u'+'))
                tag.remove(0, 1);
            if (normalizedTag(tag).isEmpty())
                return usageError(QStringLiteral("\"%1\" cannot be a tag").arg(tag));
            (removes ? edit.removeTags : edit.addTags).append(tag);
        }
    }
    if (call.isSet("owner"))
        edit.owner = call.value("owner");
    if (call.isSet("note"))
        edit.note = call.value("note");
    for (const auto &[on, off] : {std::pair{"retire", "unretire"}, std::pair{"trash", "restore"}}) {
        if (call.isSet(on) && call.isSet(off))
            return usageError(QStringLiteral("--%1 and --%2 do not go together")
                                  .arg(QLatin1String(on), QLatin1String(off)));
    }
    if (call.isSet("retire") || call.isSet("unretire"))
        edit.retired = call.isSet("retire");
    if (call.isSet("trash") || call.isSet("restore"))
        edit.trashedAt = call.isSet("trash") ? now : QDateTime();
    const bool changesNothing = edit.addTags.isEmpty() && edit.removeTags.isEmpty() && !edit.owner
        && !edit.note && !edit.retired && !edit.trashedAt;
    if (changesNothing)
        return usageError(QStringLiteral("say what to change: --tag, --owner, --note, --retire, "
                                         "--trash or --restore"));
    return edit;
}

// What a command is about.
enum class RowKinds { All, Certificates };

// Of a certificate, or of what waits for one.
Task<QString> sha256Of(CommandCall call, QString id, RowKinds kinds)
{
    const auto found = co_await call.services->certificates().find(id);
    if (found)
        co_return found->sha256;
    if (found.error().kind != Error::Kind::NotFound || kinds == RowKinds::Certificates)
        co_return fail(found.error());
    const auto waiting = co_await call.services->certificates().findWaiting(id);
    if (waiting)
        co_return waiting->sha256.hex();
    co_return fail(waiting.error().kind == Error::Kind::NotFound ? found.error() : waiting.error());
}

// Those that are named, or all that a question finds.
Task<QStringList> chosen(CommandCall call, RowKinds kinds, std::stop_token stop)
{
    QStringList sha256;
    for (const QString &id : call.arguments) {
        const auto found = co_await sha256Of(call, id, kinds);
        if (!found)
            co_return fail(found.error());
        if (!sha256.contains(*found))
            sha256.append(*found);
    }
    if (!call.isSet("query"))
        co_return sha256;
    const auto query = Query::parse(call.value("query"));
    if (!query)
        co_return queryError(*call.output, call.value("query"), query.error());
    if (query->isEmpty())
        co_return usageError(QStringLiteral("--query has to ask for something here"));
    Task<std::shared_ptr<Inventory>> reading = call.services->inventory().read(stop);
    const auto inventory = co_await std::move(reading);
    if (!inventory)
        co_return fail(inventory.error());
    const std::shared_ptr<const Inventory> shared = *inventory;
    InventoryRequest request;
    request.query = *query;
    Task<InventoryView> looking = call.services->inventory().view(shared, std::move(request), stop);
    const auto view = co_await std::move(looking);
    if (!view)
        co_return fail(view.error());
    const QStringList named = sha256;
    for (const quint32 row : view->rows) {
        if (kinds == RowKinds::Certificates && !shared->row(row).isCertificate())
            continue;
        const QString hex = shared->row(row).sha256.hex();
        if (!named.contains(hex))
            sha256.append(hex);
    }
    co_return sha256;
}

// For good, and only out of the trash: what was not put there first is left alone, and then so is
// the rest.
Task<QJsonObject> deleteForGood(CommandCall call, QStringList sha256)
{
    int removed = 0;
    CertificateService &service = call.services->certificates();
    if (call.isSet("dry-run")) {
        for (const QString &id : sha256) {
            const auto record = co_await service.find(id);
            if (!record && record.error().kind == Error::Kind::NotFound) {
                const auto waiting = co_await service.findWaiting(id);
                const auto lies =
                    waiting ? requireInTrash(*waiting) : Result<>(fail(waiting.error()));
                if (!lies)
                    co_return fail(lies.error());
                continue;
            }
            if (!record)
                co_return fail(record.error());
            const auto lies = requireInTrash(*record);
            if (!lies)
                co_return fail(lies.error());
        }
    } else {
        const auto done = co_await service.removeForGood(sha256);
        if (!done)
            co_return fail(done.error());
        removed = *done;
    }
    QJsonObject object{{QStringLiteral("count"), sha256.size()},
                       {QStringLiteral("deleted"), removed}};
    co_return object;
}

Task<QJsonObject> edit(CommandCall call, std::stop_token stop)
{
    if (call.isSet("delete")) {
        if (call.arguments.isEmpty() && !call.isSet("query"))
            co_return usageError(QStringLiteral("say which certificates: ID... or --query"));
        Task<QStringList> choosing = chosen(call, RowKinds::All, stop);
        const auto found = co_await std::move(choosing);
        if (!found)
            co_return fail(found.error());
        Task<QJsonObject> deleting = deleteForGood(call, *found);
        co_return co_await std::move(deleting);
    }
    const auto wanted = editOf(call, call.services->clock().utcNow());
    if (!wanted)
        co_return fail(wanted.error());
    if (call.arguments.isEmpty() && !call.isSet("query"))
        co_return usageError(QStringLiteral("say which certificates: ID... or --query"));
    Task<QStringList> choosing = chosen(call, RowKinds::All, stop);
    const auto sha256 = co_await std::move(choosing);
    if (!sha256)
        co_return fail(sha256.error());
    std::size_t changed = 0;
    if (!call.isSet("dry-run")) {
        const QStringList ids = *sha256;
        CertificateEdit change = *wanted;
        Task<std::vector<CertificateMarks>> editing =
            call.services->inventory().edit(ids, std::move(change));
        const auto before = co_await std::move(editing);
        if (!before)
            co_return fail(before.error());
        changed = before->size();
    }
    Task<std::shared_ptr<Inventory>> reading = call.services->inventory().read(stop);
    const auto inventory = co_await std::move(reading);
    if (!inventory)
        co_return fail(inventory.error());
    for (const QString &id : *sha256) {
        const auto fingerprint = Fingerprint::fromHex(id);
        const auto index = fingerprint ? (*inventory)->indexOf(*fingerprint) : std::nullopt;
        if (index)
            call.output->item(rowJson(**inventory, *index), rowText(**inventory, *index));
    }
    QJsonObject object{{QStringLiteral("count"), sha256->size()},
                       {QStringLiteral("changed"), static_cast<qint64>(changed)}};
    co_return object;
}

} // namespace

Task<QStringList> chosenCertificates(CommandCall call, std::stop_token stop)
{
    return chosen(std::move(call), RowKinds::Certificates, std::move(stop));
}

std::vector<Command> inventoryCommands()
{
    Command all;
    all.words = QStringLiteral("list");
    all.summary = QStringLiteral("List certificates, and the requests and keys that wait for one.");
    all.options = {
        commandOption("query", "Which ones; --query-help explains the language.", "Q"),
        commandOption("query-help", "Explain the language of --query."),
        commandOption("sort", "Fields to sort by, \"-\" in front turns one around.", "FIELD,..."),
        commandOption("group", "issuer, zone, tag, place or urgency.", "G"),
        commandOption("hide", "expired, superseded, revoked.", "WHAT,..."),
        commandOption("view", "Start from a saved view.", "NAME"),
        commandOption("save-view", "Save question, order and grouping.", "NAME"),
        commandOption("with-trash", "Also what lies in the trash.")};
    all.run = list;

    Command one;
    one.words = QStringLiteral("show");
    one.arguments = QStringLiteral("ID");
    one.summary = QStringLiteral("Show a certificate, by name or fingerprint.");
    one.minimumArguments = one.maximumArguments = 1;
    one.run = show;

    Command change;
    change.words = QStringLiteral("edit");
    change.arguments = QStringLiteral("[ID...]");
    change.summary = QStringLiteral("Change tags, owner, note; retire; put into the trash.");
    change.maximumArguments = -1;
    change.options = {commandOption("query", "All that this finds.", "Q"),
                      commandOption("tag",
                                    "Tags to add, \"-\" in front of those to remove: prod,-test.",
                                    "TAG,..."),
                      commandOption("owner", "Who looks after it; \"\" for nobody.", "NAME"),
                      commandOption("note", "A note; \"\" for none.", "TEXT"),
                      commandOption("retire", "Put away: it needs no renewal."),
                      commandOption("unretire", "Take back into use."),
                      commandOption("trash", "Into the trash."),
                      commandOption("restore", "Out of the trash."),
                      commandOption("delete", "Delete for good what lies in the trash."),
                      commandOption("dry-run", "Only say which ones.")};
    change.run = edit;
    return {all, one, change};
}

} // namespace sealbook
