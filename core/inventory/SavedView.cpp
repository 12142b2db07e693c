// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/SavedView.h"

#include <QJsonObject>

namespace sealbook {

namespace {

const QLatin1String nameKey("name");
const QLatin1String queryKey("query");
const QLatin1String sortKey("sort");
const QLatin1String groupKey("group");
const QLatin1String hideKey("hide");
const QLatin1String expired("expired");
const QLatin1String superseded("superseded");
const QLatin1String revoked("revoked");

} // namespace

Result<InventoryRequest> requestOf(const SavedView &view)
{
    Result<Query> query = Query::parse(view.query);
    if (!query)
        return fail(query.error(), "reading a saved view");
    InventoryRequest request;
    request.query = std::move(*query);
    request.sort = view.sort;
    request.grouping = view.grouping;
    request.hidesExpired = view.hidesExpired;
    request.hidesSuperseded = view.hidesSuperseded;
    request.hidesRevoked = view.hidesRevoked;
    return request;
}

QJsonArray toJson(const std::vector<SavedView> &views)
{
    QJsonArray array;
    for (const SavedView &view : views) {
        QJsonArray hide;
        if (view.hidesExpired)
            hide.append(expired);
        if (view.hidesSuperseded)
            hide.append(superseded);
        if (view.hidesRevoked)
            hide.append(revoked);
        array.append(QJsonObject{{nameKey, view.name},
                                 {queryKey, view.query},
                                 {sortKey, sortText(view.sort)},
                                 {groupKey, inventoryGroupingName(view.grouping)},
                                 {hideKey, hide}});
    }
    return array;
}

std::vector<SavedView> savedViewsFromJson(const QJsonArray &array)
{
    std::vector<SavedView> views;
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        SavedView view;
        view.name = object.value(nameKey).toString().simplified();
        if (view.name.isEmpty())
            continue;
        view.query = object.value(queryKey).toString();
        if (const auto sort = sortFromText(object.value(sortKey).toString()))
            view.sort = *sort;
        view.grouping = inventoryGroupingFromName(object.value(groupKey).toString())
                            .value_or(InventoryGrouping::None);
        const QJsonArray hide = object.value(hideKey).toArray();
        view.hidesExpired = hide.contains(expired);
        view.hidesSuperseded = hide.contains(superseded);
        view.hidesRevoked = hide.contains(revoked);
        views.push_back(std::move(view));
    }
    return views;
}

QString sortText(const std::vector<InventorySort> &sort)
{
    QStringList parts;
    for (const InventorySort &key : sort)
        parts.append((key.descending ? QStringLiteral("-") : QString())
                     + inventoryFieldName(key.field));
    return parts.join(QLatin1Char(','));
}

Result<std::vector<InventorySort>> sortFromText(const QString &text)
{
    std::vector<InventorySort> sort;
    for (QString name : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        name = name.trimmed();
        const bool descending = name.startsWith(QLatin1Char('-'));
        const auto field = inventoryFieldFromName(descending ? name.mid(1) : name);
        if (!field) {
            QStringList names;
            for (std::size_t i = 0; i < inventoryFieldCount; ++i)
                names.append(inventoryFieldName(static_cast<InventoryField>(i)));
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("one cannot sort by \"%1\", but by %2")
                            .arg(name, names.join(QStringLiteral(", "))));
        }
        sort.push_back({*field, descending});
    }
    return sort;
}

} // namespace sealbook
