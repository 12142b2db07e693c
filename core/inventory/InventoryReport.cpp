// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/InventoryReport.h"

#include "core/inventory/CsvFile.h"
#include "core/inventory/HtmlReport.h"
#include "core/inventory/RowJson.h"

#include <QFileInfo>
#include <QJsonDocument>

namespace sealbook {

namespace {

constexpr std::size_t rowsBetweenLooks = 256;

using C = ReportColumn;
const std::vector<ReportColumn> htmlColumns{C::Names, C::Urgency, C::Expires, C::Issuer,
                                            C::Key,   C::Places,  C::Tags,    C::Owner};
const std::vector<ReportColumn> csvColumns{
    C::Names,  C::Urgency, C::Days,  C::Expires, C::ValidFrom, C::Issuer, C::Key,
    C::Places, C::Tags,    C::Owner, C::Note,    C::Serial,    C::Sha256};

// Each row of the view with its group, until somebody says stop. A view without groups is one.
Result<> forEachRow(const InventoryView &view, const std::stop_token &stop,
                    const std::function<void(quint32 row, const InventoryGroup *group)> &use)
{
    std::size_t group = 0;
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        if (i % rowsBetweenLooks == 0 && stop.stop_requested())
            return fail(Error::Kind::Cancelled, QStringLiteral("the report was cancelled"));
        while (group < view.groups.size() && i >= view.groups[group].end)
            ++group;
        use(view.rows[i], group < view.groups.size() ? &view.groups[group] : nullptr);
    }
    return {};
}

Result<QByteArray> csvReport(const Inventory &inventory, const ReportRequest &request,
                             const InventoryView &view, const std::stop_token &stop)
{
    const bool isGrouped = !view.groups.empty();
    QStringList heads;
    if (isGrouped)
        heads << QStringLiteral("group");
    for (const ReportColumn column : request.columns)
        heads << reportColumnName(column);
    QByteArray file = csvRecord(heads);
    const auto written = forEachRow(view, stop, [&](quint32 row, const InventoryGroup *group) {
        QStringList cells;
        if (group != nullptr)
            cells << group->key;
        for (const ReportColumn column : request.columns)
            cells << reportText(inventory, row, column);
        file += csvRecord(cells);
    });
    if (!written)
        return fail(written.error());
    // Without the mark, some spreadsheets take UTF-8 for the encoding of the last century.
    const bool isAscii = std::all_of(file.cbegin(), file.cend(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return isAscii ? file : "\xEF\xBB\xBF" + file;
}

QByteArray jsonLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Result<QByteArray> jsonReport(const Inventory &inventory, const ReportRequest &request,
                              const InventoryView &view, const std::stop_token &stop)
{
    QByteArray file;
    const auto written = forEachRow(view, stop, [&](quint32 row, const InventoryGroup *group) {
        QJsonObject item = rowJson(inventory, row);
        item.insert(QStringLiteral("event"), QStringLiteral("item"));
        if (group != nullptr)
            item.insert(QStringLiteral("group"), group->key);
        file += jsonLine(item);
    });
    if (!written)
        return fail(written.error());
    return file
        + jsonLine({{QStringLiteral("event"), QStringLiteral("result")},
                    {QStringLiteral("ok"), true},
                    {QStringLiteral("count"), static_cast<qint64>(view.matching)},
                    {QStringLiteral("hidden"), static_cast<qint64>(view.hidden)},
                    {QStringLiteral("query"), request.view.query.text()},
                    {QStringLiteral("generated_at"), momentText(inventory.now())}});
}

} // namespace

std::optional<ReportFormat> reportFormatFromName(const QString &name)
{
    if (name == QLatin1String("html"))
        return ReportFormat::Html;
    if (name == QLatin1String("csv"))
        return ReportFormat::Csv;
    if (name == QLatin1String("json"))
        return ReportFormat::Json;
    return std::nullopt;
}

std::optional<ReportFormat> reportFormatOfFile(const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    return reportFormatFromName(ending == QLatin1String("htm") ? QStringLiteral("html") : ending);
}

Result<InventoryReport> inventoryReport(const Inventory &inventory, const ReportRequest &request,
                                        std::stop_token stop)
{
    const Result<InventoryView> view = inventory.view(request.view, stop);
    if (!view)
        return fail(view.error());
    ReportRequest wanted = request;
    if (wanted.columns.empty())
        wanted.columns = wanted.format == ReportFormat::Csv ? csvColumns : htmlColumns;
    Result<QByteArray> file;
    switch (wanted.format) {
    case ReportFormat::Html:
        file = htmlReport(inventory, wanted, *view, stop);
        break;
    case ReportFormat::Csv:
        file = csvReport(inventory, wanted, *view, stop);
        break;
    case ReportFormat::Json:
        file = jsonReport(inventory, wanted, *view, stop);
        break;
    }
    if (!file)
        return fail(file.error(), "writing the report");
    return InventoryReport{*file, {view->matching, view->hidden}};
}

} // namespace sealbook
