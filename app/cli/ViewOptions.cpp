// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ViewOptions.h"

#include "app/Services.h"
#include "core/inventory/InventoryService.h"

namespace sealbook {

tl::unexpected<Error> queryError(Output &output, const QString &text, const Error &fault)
{
    const auto position = static_cast<qsizetype>(fault.evidence.value(u"position").toInteger());
    const auto length = static_cast<qsizetype>(fault.evidence.value(u"length").toInteger());
    constexpr qsizetype shownBefore = 60;
    constexpr qsizetype shownAtMost = 120;
    const qsizetype begin = std::clamp<qsizetype>(position - shownBefore, 0, text.size());
    const QString before = begin > 0 ? QStringLiteral("…") : QString();
    QString around = text.mid(begin, shownAtMost);
    // One column for each character, whatever it is, so that the mark stands below its place.
    std::replace_if(
        around.begin(), around.end(), [](QChar c) { return !c.isPrint(); }, u' ');
    const qsizetype indent =
        before.size() + std::clamp<qsizetype>(position - begin, 0, shownAtMost);
    const qsizetype room = before.size() + around.size() - indent;
    output.note(before + around
                + (begin + around.size() < text.size() ? QStringLiteral("…") : QString()));
    output.note(QString(indent, u' ')
                + QString(std::max<qsizetype>(1, std::min(length, room)), u'^'));
    auto error = usageError(fault.advice.isEmpty()
                                ? fault.detail
                                : QStringLiteral("%1. %2").arg(fault.detail, fault.advice));
    error.value().evidence = fault.evidence;
    return error;
}

Result<InventoryRequest> requestOf(const CommandCall &call, SavedView view)
{
    if (call.isSet("query"))
        view.query = call.isSet("view") && !view.query.isEmpty()
            ? QStringLiteral("(%1) (%2)").arg(view.query, call.value("query"))
            : call.value("query");
    if (call.isSet("sort")) {
        const auto sort = sortFromText(call.value("sort"));
        if (!sort)
            return usageError(sort.error().detail);
        view.sort = *sort;
    }
    if (call.isSet("group")) {
        const auto grouping = inventoryGroupingFromName(call.value("group"));
        if (!grouping)
            return usageError(
                QStringLiteral("--group is one of: issuer, zone, tag, place, urgency, none"));
        view.grouping = *grouping;
    }
    for (const QString &what : call.value("hide").split(u',', Qt::SkipEmptyParts)) {
        if (what == u"expired")
            view.hidesExpired = true;
        else if (what == u"superseded")
            view.hidesSuperseded = true;
        else if (what == u"revoked")
            view.hidesRevoked = true;
        else
            return usageError(QStringLiteral("--hide takes expired, superseded, revoked"));
    }
    auto request = requestOf(view);
    if (!request)
        return queryError(*call.output, view.query, request.error());
    request->hidesTrashed = !call.isSet("with-trash");
    return request;
}

Task<SavedView> startingView(CommandCall call)
{
    SavedView view;
    if (!call.isSet("view"))
        co_return view;
    const auto views = co_await call.services->inventory().savedViews();
    if (!views)
        co_return fail(views.error());
    QStringList names;
    for (const SavedView &candidate : *views) {
        if (candidate.name.compare(call.value("view"), Qt::CaseInsensitive) == 0)
            co_return candidate;
        names.append(candidate.name);
    }
    co_return fail(Error::Kind::NotFound,
                   QStringLiteral("there is no saved view \"%1\"").arg(call.value("view")),
                   names.isEmpty() ? QStringLiteral("None was saved yet.")
                                   : QStringLiteral("There are: %1.").arg(names.join(u", ")));
}

} // namespace sealbook
