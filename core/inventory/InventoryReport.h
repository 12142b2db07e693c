// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/ReportColumn.h"

namespace sealbook {

enum class ReportFormat {
    Html, // one file for people: on the screen, light and dark, and on paper
    Csv, // for spreadsheets; see CsvFile
    Json // the lines of `list --json`, for programs
};
[[nodiscard]] std::optional<ReportFormat> reportFormatFromName(const QString &name); // "html"
// By the ending of a file's name.
[[nodiscard]] std::optional<ReportFormat> reportFormatOfFile(const QString &path);

// What a report is asked for: the question as the table has it, and what to say of what is found.
struct ReportRequest
{
    InventoryRequest view;
    std::vector<ReportColumn> columns; // none: the format's own choice
    ReportFormat format = ReportFormat::Html;
};

struct ReportCounts
{
    quint32 certificates = 0;
    quint32 hidden = 0; // would be in it, but for the switches
};

struct InventoryReport
{
    QByteArray file;
    ReportCounts counts;
};

// Any thread: a large inventory takes a moment. Cancelled soon after `stop` was asked. Its time is
// the inventory's own now.
[[nodiscard]] Result<InventoryReport>
inventoryReport(const Inventory &inventory, const ReportRequest &request, std::stop_token stop);

} // namespace sealbook
