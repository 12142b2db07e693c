// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/HtmlReport.h"

#include "core/base/DomainName.h"
#include "core/crypto/Digest.h"
#include "core/inventory/RowJson.h"

#include <QLocale>
#include <QTimeZone>

#include <array>

namespace sealbook {

namespace {

constexpr std::size_t rowsBetweenLooks = 256;
constexpr qsizetype mostNames = 12; // of one certificate; CSV and JSON have them all
constexpr qsizetype mostPlaces = 6;
constexpr std::size_t mostColumnsUpright = 6;

// Colors of look.md, sections 1 and 2. Paper is light.
constexpr char style[] = R"(
:root{color-scheme:light;--base:#fff;--head:#f4f5f7;--text:#1d2125;--muted:#565f68;--line:#d5d9dd;
--overdue:#b0122f;--overdue-tint:#fbe8ea;--act_now:#9f4600;--act_now-tint:#fceddd;
--soon:#745800;--soon-tint:#f9f1d0;--fine:#1a6b36;--retired:#565f68}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--base:#1b1e21;--head:#2a2e32;
--text:#e8ebee;--muted:#a7afb7;--line:#3a4046;--overdue:#ff929b;--overdue-tint:#44252b;
--act_now:#ffa866;--act_now-tint:#422c1a;--soon:#e6c75c;--soon-tint:#3a3218;--fine:#7ad191;
--retired:#a7afb7}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1200px;padding:24px 16px;background:var(--base);color:var(--text);
font:13px/18px "Noto Sans","DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:20px;line-height:28px;margin:0 0 4px}
.group th{font-size:13px;font-weight:700;color:inherit;padding:5px 8px;background:var(--head)}
.group th span,.muted,dt,.more{color:var(--muted);font-weight:400}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:0 0 16px}dd{margin:0}
code{font-family:"Noto Sans Mono","DejaVu Sans Mono",monospace;font-size:12px}
.counts{display:flex;flex-wrap:wrap;gap:4px 24px;list-style:none;margin:0 0 16px;padding:0}
.counts b{font-size:16px}
.glyph{width:14px;height:14px;vertical-align:-2px;margin-inline-end:6px;fill:none;stroke-width:1.7;
stroke-linecap:round;stroke-linejoin:round;stroke:currentColor}
.overdue{color:var(--overdue)}.act_now{color:var(--act_now)}.soon{color:var(--soon)}
.fine{color:var(--fine)}.retired{color:var(--retired)}.fine span,.retired span{color:var(--muted)}
.strip{display:block;width:100%;height:auto;margin:0 0 8px}
.strip rect{fill:none;stroke:var(--line)}
.strip .overdue rect{fill:var(--overdue-tint)}.strip .act_now rect{fill:var(--act_now-tint)}
.strip .soon rect{fill:var(--soon-tint)}
.strip text{fill:var(--text);font-size:16px;font-weight:700}
.strip .label{fill:var(--muted);font-size:11px;font-weight:400}
.strip .state{fill:currentColor;font-size:11px;font-weight:400}
table{border-collapse:collapse;width:100%;table-layout:auto}
th{text-align:start;font-weight:400;font-size:12px;color:var(--muted);padding:4px 8px}
td{vertical-align:top;padding:5px 8px;overflow-wrap:anywhere}
th,td{border-bottom:1px solid var(--line)}
td.names{min-width:150px}td.urgency,td.expires{white-space:nowrap}
td.hex{font-family:"Noto Sans Mono","DejaVu Sans Mono",monospace;font-size:11px}
td div{break-inside:avoid}
@media print{body{max-width:none;padding:0;font-size:9pt;line-height:12pt}
thead{display:table-header-group}tr{break-inside:avoid}.group{break-after:avoid}
.strip,.group th{-webkit-print-color-adjust:exact;print-color-adjust:exact}td,th{padding:2pt 4pt}}
)";
constexpr char upright[] = "@page{size:A4 portrait;margin:14mm 12mm}";
constexpr char across[] = "@page{size:A4 landscape;margin:12mm}";

// Drawn once and used by each row. "Cut" parts take the color of the paper.
constexpr char glyphs[] = R"svg(<svg width="0" height="0" aria-hidden="true"><defs>
<symbol id="overdue" viewBox="0 0 16 16"><path fill="currentColor" stroke="none" d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z"/><path stroke="var(--base)" d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"/></symbol>
<symbol id="act_now" viewBox="0 0 16 16"><path fill="currentColor" stroke="none" d="M8 1.8l6.7 12.2H1.3z"/><path stroke="var(--base)" d="M8 6v3.6M8 11.8v.1"/></symbol>
<symbol id="soon" viewBox="0 0 16 16"><circle fill="none" stroke="currentColor" cx="8" cy="8" r="6.2"/><path fill="none" stroke="currentColor" d="M8 4.6V8l2.4 1.7"/></symbol>
<symbol id="fine" viewBox="0 0 16 16"><path fill="none" stroke="currentColor" stroke-width="2" d="M2.8 8.6l3.4 3.4 7-7.6"/></symbol>
<symbol id="retired" viewBox="0 0 16 16"><circle fill="none" stroke="currentColor" cx="8" cy="8" r="6.2"/><path fill="none" stroke="currentColor" d="M5 8h6"/></symbol>
</defs></svg>
)svg";

constexpr std::array urgencies{Urgency::Overdue, Urgency::ActNow, Urgency::Soon, Urgency::Fine,
                               Urgency::Retired};

QString wordOf(Urgency urgency)
{
    return urgencyName(urgency).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString minuteText(qint64 moment)
{
    return QDateTime::fromMSecsSinceEpoch(moment, QTimeZone::utc())
        .toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

// "in 33 d", "in 21 h", "3 d ago".
QString leftText(qint64 ms)
{
    constexpr qint64 hourMs = 3'600'000;
    constexpr qint64 dayMs = 24 * hourMs;
    const qint64 away = std::abs(ms);
    const QString span = away >= 2 * dayMs ? QStringLiteral("%1 d").arg(away / dayMs)
                                           : QStringLiteral("%1 h").arg(away / hourMs);
    return ms >= 0 ? QStringLiteral("in ") + span : span + QStringLiteral(" ago");
}

// Text of foreign make runs in its own direction and cannot turn what stands around it.
QByteArray isolated(const QString &text)
{
    return "<bdi>" + escapedHtml(text) + "</bdi>";
}

QByteArray glyph(Urgency urgency)
{
    return "<svg class=\"glyph\" aria-hidden=\"true\"><use href=\"#"
        + urgencyName(urgency).toLatin1() + "\"/></svg>";
}

QByteArray linesOf(const QStringList &lines, qsizetype most)
{
    QByteArray cell;
    for (const QString &line : lines.first(std::min(most, lines.size())))
        cell += "<div>" + isolated(line) + "</div>";
    if (lines.size() > most)
        cell +=
            "<div class=\"more\">and " + QByteArray::number(lines.size() - most) + " more</div>";
    return cell;
}

QByteArray namesCell(const InventoryRow &row)
{
    QStringList names = row.names.isEmpty() ? QStringList{row.subject()} : row.nameList();
    for (QString &name : names) {
        const QString readable = unicodeNameOf(name);
        if (readable != name)
            name = QStringLiteral("%1 (%2)").arg(readable, name);
    }
    return linesOf(names, mostNames);
}

QByteArray momentCell(qint64 moment)
{
    return moment == 0 ? QByteArray() : minuteText(moment).toLatin1();
}

QByteArray cellOf(const Inventory &inventory, std::size_t index, ReportColumn column)
{
    const InventoryRow &row = inventory.row(index);
    if (!row.isCertificate()) {
        if (column == ReportColumn::Urgency)
            return rowKindName(row).toLatin1();
        if (column == ReportColumn::Expires)
            return "waiting since " + momentCell(row.addedAt);
        if (column == ReportColumn::Days || column == ReportColumn::ValidFrom
            || column == ReportColumn::Lifetime)
            return {};
    }
    switch (column) {
    case ReportColumn::Names:
        return namesCell(row);
    case ReportColumn::Urgency: {
        const Urgency urgency = inventory.urgency(index);
        return "<span class=\"" + urgencyName(urgency).toLatin1() + "\">" + glyph(urgency)
            + "<span>" + wordOf(urgency).toLatin1() + "</span></span>";
    }
    case ReportColumn::Expires:
        return momentCell(row.notAfter) + " <div class=\"muted\">"
            + leftText(row.notAfter - inventory.now()).toLatin1() + "</div>";
    case ReportColumn::ValidFrom:
        return momentCell(row.notBefore);
    case ReportColumn::Added:
        return momentCell(row.addedAt);
    case ReportColumn::Lifetime:
    case ReportColumn::Days:
        return reportText(inventory, index, column).toLatin1() + " d";
    case ReportColumn::Places: {
        QByteArray cell = linesOf(row.placeList(), mostPlaces);
        if (inventory.isDrift(index))
            cell += "<div class=\"soon\">served, though a newer one is here</div>";
        return cell;
    }
    default: {
        const QString text = reportText(inventory, index, column);
        return text.isEmpty() ? QByteArray() : isolated(text);
    }
    }
}

// Names of ours only.
QByteArray classOf(ReportColumn column)
{
    const bool isHex = column == ReportColumn::Serial || column == ReportColumn::Sha256;
    return isHex ? QByteArray("hex") : reportColumnName(column).toLatin1();
}

void addRow(QByteArray &page, const Inventory &inventory, std::size_t index,
            const std::vector<ReportColumn> &columns)
{
    page += "<tr>";
    for (const ReportColumn column : columns)
        page +=
            "<td class=\"" + classOf(column) + "\">" + cellOf(inventory, index, column) + "</td>";
    page += "</tr>\n";
}

// The different rows of the view by urgency: grouped by tag or place, one may stand in several.
std::array<int, 5> countsOf(const Inventory &inventory, const InventoryView &view)
{
    std::array<int, 5> counts{};
    std::vector<bool> isCounted(inventory.size());
    for (const quint32 row : view.rows) {
        if (!isCounted[row])
            ++counts[static_cast<std::size_t>(inventory.urgency(row))];
        isCounted[row] = true;
    }
    return counts;
}

QByteArray countsPart(const Inventory &inventory, const InventoryView &view)
{
    const std::array<int, 5> counts = countsOf(inventory, view);
    QByteArray part = "<ul class=\"counts\">\n";
    for (const Urgency urgency : urgencies) {
        part += "<li class=\"" + urgencyName(urgency).toLatin1() + "\">" + glyph(urgency) + "<b>"
            + QByteArray::number(counts[static_cast<std::size_t>(urgency)]) + "</b> <span>"
            + wordOf(urgency).toLatin1() + "</span></li>\n";
    }
    return part + "</ul>\n";
}

QString cellLabel(const ExpiryWeeks &weeks, int index)
{
    if (index == ExpiryWeeks::overdueCell)
        return QStringLiteral("over");
    if (index == ExpiryWeeks::laterCell)
        return QStringLiteral("later");
    return QLocale::c().toString(weeks.monday(index), QStringLiteral("d MMM"));
}

QByteArray stripCell(const ExpiryWeeks &weeks, int index)
{
    constexpr int cellWidth = 64;
    constexpr int step = 66;
    const ExpiryWeeks::Cell &cell = weeks.cell(index);
    const int left = index * step + (index > 0 ? 6 : 0)
        + (index == ExpiryWeeks::laterCell ? 6 : 0); // the weeks stand apart
    const bool isEmpty = cell.certificates() == 0;
    const QByteArray state = isEmpty ? QByteArray("none") : urgencyName(cell.worst()).toLatin1();
    const QByteArray label = cellLabel(weeks, index).toLatin1();
    const QByteArray text = isEmpty || cell.worst() == Urgency::Fine
        ? QByteArray()
        : QByteArray::number(cell.count(cell.worst())) + ' ' + wordOf(cell.worst()).toLatin1();
    const auto at = [left](int x) { return QByteArray::number(left + x); };
    return "<g class=\"" + state + "\"><title>" + label + ": "
        + QByteArray::number(cell.certificates()) + " certificates"
        + (text.isEmpty() ? QByteArray() : ", " + text) + "</title><rect x=\"" + at(0)
        + ".5\" y=\"0.5\" fill=\"none\" stroke=\"currentColor\" width=\""
        + QByteArray::number(cellWidth - 1) + "\" height=\"59\"/><text class=\"label\" x=\"" + at(6)
        + "\" y=\"15\">" + label + "</text><text x=\"" + at(6) + "\" y=\"34\">"
        + QByteArray::number(cell.certificates()) + "</text><text class=\"state\" x=\"" + at(6)
        + "\" y=\"51\">" + text + "</text></g>\n";
}

QByteArray stripPart(const ExpiryWeeks &weeks)
{
    QByteArray part = "<svg class=\"strip\" role=\"img\" aria-label=\"What expires in which week\" "
                      "viewBox=\"0 0 1001 60\">\n";
    for (int i = 0; i < ExpiryWeeks::cellCount; ++i)
        part += stripCell(weeks, i);
    return part + "</svg>\n";
}

QByteArray factsPart(const Inventory &inventory, const ReportRequest &request,
                     const InventoryView &view)
{
    const QString asked = request.view.query.text().trimmed();
    QByteArray part = "<dl>\n<dt>Made</dt><dd>" + minuteText(inventory.now()).toLatin1()
        + " UTC; all times are UTC</dd>\n<dt>Question</dt><dd>"
        + (asked.isEmpty() ? QByteArray("all certificates")
                           : "<code><bdi>" + escapedHtml(asked) + "</bdi></code>")
        + "</dd>\n<dt>Certificates</dt><dd>" + QByteArray::number(view.matching);
    if (view.hidden > 0)
        part += ", and " + QByteArray::number(view.hidden) + " that are hidden";
    return part + "</dd>\n</dl>\n";
}

QByteArray groupHead(const InventoryGroup &group, const ReportRequest &request)
{
    const InventoryGrouping grouping = request.view.grouping;
    const std::optional<Urgency> urgency =
        grouping == InventoryGrouping::Urgency ? urgencyFromName(group.key) : std::nullopt;
    QByteArray title = group.key.isEmpty() ? "no " + inventoryGroupingName(grouping).toLatin1()
                                           : isolated(group.key);
    if (urgency)
        title = glyph(*urgency) + wordOf(*urgency).toLatin1();
    return "<tr class=\"group" + (urgency ? ' ' + urgencyName(*urgency).toLatin1() : QByteArray())
        + "\"><th scope=\"rowgroup\" colspan=\""
        + QByteArray::number(static_cast<qsizetype>(request.columns.size())) + "\">" + title
        + " <span>" + QByteArray::number(group.end - group.begin) + "</span></th></tr>\n";
}

Result<> addRows(QByteArray &page, const Inventory &inventory, const InventoryView &view,
                 const InventoryGroup &group, const std::vector<ReportColumn> &columns,
                 const std::stop_token &stop)
{
    for (std::size_t i = group.begin; i < group.end; ++i) {
        if (i % rowsBetweenLooks == 0 && stop.stop_requested())
            return fail(Error::Kind::Cancelled, QStringLiteral("the report was cancelled"));
        addRow(page, inventory, view.rows[i], columns);
    }
    return {};
}

QByteArray tableHead(const std::vector<ReportColumn> &columns)
{
    QByteArray heads = "<table><thead><tr>";
    for (const ReportColumn column : columns)
        heads += "<th scope=\"col\">" + reportColumnTitle(column).toLatin1() + "</th>";
    return heads + "</tr></thead>\n";
}

// The policy allows the one style sheet of this page, by its hash, and nothing else.
QByteArray head(const QByteArray &css)
{
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
           "'sha256-"
        + QByteArray::fromHex(sha256Hex(css).toLatin1()).toBase64()
        + "'; base-uri 'none'; form-action 'none'\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n"
          "<meta name=\"viewport\" content=\"width=device-width\">\n"
          "<title>Certificates</title>\n<style>"
        + css + "</style>\n</head>\n<body>\n";
}

} // namespace

QByteArray escapedHtml(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar c : text) {
        switch (c.unicode()) {
        case '&':
            result += QStringLiteral("&amp;");
            break;
        case '<':
            result += QStringLiteral("&lt;");
            break;
        case '>':
            result += QStringLiteral("&gt;");
            break;
        case '"':
            result += QStringLiteral("&quot;");
            break;
        case '\'':
            result += QStringLiteral("&#39;");
            break;
        case '\n':
        case '\t':
            result += c;
            break;
        default:
            result += c.category() == QChar::Other_Control ? QChar(QChar::ReplacementCharacter) : c;
        }
    }
    return result.toUtf8();
}

Result<QByteArray> htmlReport(const Inventory &inventory, const ReportRequest &request,
                              const InventoryView &view, std::stop_token stop)
{
    const Result<ExpiryWeeks> weeks = inventory.expiryWeeks(request.view, stop);
    if (!weeks)
        return fail(weeks.error());
    const QByteArray css =
        QByteArray(style) + (request.columns.size() > mostColumnsUpright ? across : upright);
    QByteArray page = head(css) + glyphs + "<h1>Certificates</h1>\n"
        + factsPart(inventory, request, view) + countsPart(inventory, view) + stripPart(*weeks);
    std::vector<InventoryGroup> groups = view.groups;
    const bool isGrouped = !groups.empty();
    if (!isGrouped)
        groups.push_back({{}, Urgency::Retired, 0, static_cast<quint32>(view.rows.size())});
    if (view.rows.empty())
        return page + "<p>No certificate matches.</p>\n</body>\n</html>\n";
    page += tableHead(request.columns);
    for (const InventoryGroup &group : groups) {
        page += "<tbody>\n";
        if (isGrouped)
            page += groupHead(group, request);
        const auto added = addRows(page, inventory, view, group, request.columns, stop);
        if (!added)
            return fail(added.error());
        page += "</tbody>\n";
    }
    return page + "</table>\n</body>\n</html>\n";
}

} // namespace sealbook
