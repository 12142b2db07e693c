// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/PlacesSection.h"

#include "ui/certificates/CertificateWords.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/SymbolLabel.h"
#include "ui/widgets/TimeText.h"

#include <QGridLayout>
#include <QSet>

namespace sealbook {

namespace {
constexpr std::size_t mostLines = 40;
constexpr int symbolSize = 14;

// Of a path its whole text, of the others what people call them.
QString textOf(const PlaceRecord &place)
{
    if (place.kind == PlaceRecord::Kind::File)
        return place.location;
    return CertificateWords::place(place.kind, place.location).text;
}
} // namespace

PlacesSection::PlacesSection(QWidget *parent)
    : PaneSection(tr("Places"), parent)
{
    setObjectName(QStringLiteral("placesSection"));
}

std::vector<PlacesSection::Place>
PlacesSection::placesOf(const QString &sha256, const std::vector<PlaceRecord> &places,
                        const std::vector<EndpointStatus> &endpoints, const QDateTime &now)
{
    std::vector<Place> lines;
    QSet<QString> watched;
    const auto add = [&](const EndpointStatus &endpoint, const EndpointCheck &check,
                         const StateStyle &state, const QString &when, const QString &why) {
        watched.insert(endpoint.record.address.text());
        const QString text = tr("%1 %2", "endpoint and IP address")
                                 .arg(endpoint.record.address.text(), check.address);
        lines.push_back({state, {}, text, when, why});
    };
    for (const EndpointStatus &endpoint : endpoints) {
        for (const EndpointCheck &check : endpoint.checks) {
            const bool isDrift =
                endpoint.state == EndpointState::Drift || endpoint.state == EndpointState::Differs;
            if (check.sha256 == sha256
                && !(isDrift && endpoint.newestSha256 != sha256
                     && !endpoint.newestSha256.isEmpty())) {
                add(endpoint, check, {StateRole::Ok, Glyph::Served, {}}, tr("served"),
                    tr("seen %1").arg(TimeText::ago(now, check.lastAt)));
            } else if (check.sha256 == sha256) {
                add(endpoint, check, {StateRole::Warn, Glyph::Drift, {}}, tr("served, but old"),
                    endpoint.reason);
            } else if (endpoint.newestSha256 == sha256 && !check.sha256.isEmpty()) {
                add(endpoint, check, {StateRole::Warn, Glyph::Drift, {}}, tr("serves an older one"),
                    endpoint.reason);
            }
        }
    }
    for (const PlaceRecord &place : places) {
        if (place.kind == PlaceRecord::Kind::Endpoint && watched.contains(place.location))
            continue;
        Place line;
        line.icon = CertificateWords::place(place.kind, place.location).icon;
        line.text = textOf(place);
        const bool isStanding =
            place.kind == PlaceRecord::Kind::Issued || place.kind == PlaceRecord::Kind::Pasted;
        if (place.lastSeenAt.isValid())
            line.when = isStanding ? TimeText::date(place.firstSeenAt, false)
                                   : tr("seen %1").arg(TimeText::ago(now, place.lastSeenAt));
        line.toolTip = tr("First seen %1, last seen %2")
                           .arg(TimeText::exact(place.firstSeenAt, false),
                                TimeText::exact(place.lastSeenAt, false));
        lines.push_back(line);
    }
    return lines;
}

void PlacesSection::setPlaces(const std::vector<Place> &places)
{
    if (m_lines != nullptr) {
        m_lines->hide();
        m_lines->deleteLater();
    }
    m_lines = new QWidget(this);
    auto *grid = new QGridLayout(m_lines);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Place &place : places) {
        if (static_cast<std::size_t>(row) == mostLines) {
            const auto rest = static_cast<int>(places.size() - mostLines);
            grid->addWidget(
                makeLabel(LabelKind::Muted, tr("and %n more places", "", rest), m_lines), row, 1);
            break;
        }
        auto *symbol = new SymbolLabel(m_lines, symbolSize);
        if (place.icon.isEmpty())
            symbol->setGlyph(place.state.glyph, place.state.role);
        else
            symbol->setIcon(place.icon, IconTone::Muted);
        auto *text = new ElidedLabel(ElidedLabel::Mode::Value, m_lines);
        text->setFullText(place.text);
        text->setAccessibleName(tr("%1: %2").arg(place.text, place.when));
        QLabel *when = makeLabel(LabelKind::Muted, place.when, m_lines);
        if (!place.toolTip.isEmpty())
            when->setToolTip(place.toolTip);
        grid->addWidget(symbol, row, 0);
        grid->addWidget(text, row, 1);
        grid->addWidget(when, row, 2, Qt::AlignTrailing);
        ++row;
    }
    add(m_lines);
    m_lines->show();
    setAside(places.empty() ? QString() : QString::number(places.size()));
    setVisible(!places.empty());
}

} // namespace sealbook
