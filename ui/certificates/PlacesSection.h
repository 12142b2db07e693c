// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/EndpointRecord.h"
#include "core/records/PlaceRecord.h"
#include "ui/widgets/PaneSection.h"
#include "ui/widgets/StateStyle.h"

#include <vector>

class QGridLayout;

namespace sealbook {

// Where a certificate was seen, and where it is served or should be. Owned by the pane.
class PlacesSection : public PaneSection
{
    Q_OBJECT

public:
    // One line of it.
    struct Place
    {
        StateStyle state; // a place without a state has an icon instead
        QString icon;
        QString text;
        QString when; // "served", "seen 3 d ago"
        QString toolTip;
        bool operator==(const Place &) const = default;
    };

    explicit PlacesSection(QWidget *parent = nullptr);
    void setPlaces(const std::vector<Place> &places);
    // What is known of one certificate, what is served first.
    [[nodiscard]] static std::vector<Place> placesOf(const QString &sha256,
                                                     const std::vector<PlaceRecord> &places,
                                                     const std::vector<EndpointStatus> &endpoints,
                                                     const QDateTime &now);

private:
    QWidget *m_lines = nullptr;
};

} // namespace sealbook
