// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/PlaceRecord.h"

#include <array>

namespace sealbook {

namespace {

constexpr std::array names{std::pair{PlaceRecord::Kind::Issued, "issued"},
                           std::pair{PlaceRecord::Kind::File, "file"},
                           std::pair{PlaceRecord::Kind::Pasted, "pasted"},
                           std::pair{PlaceRecord::Kind::Endpoint, "endpoint"},
                           std::pair{PlaceRecord::Kind::Store, "store"},
                           std::pair{PlaceRecord::Kind::Log, "log"},
                           std::pair{PlaceRecord::Kind::Token, "token"}};

} // namespace

QString placeKindName(PlaceRecord::Kind kind)
{
    for (const auto &[candidate, name] : names) {
        if (candidate == kind)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<PlaceRecord::Kind> placeKindFromName(QStringView name)
{
    for (const auto &[kind, candidate] : names) {
        if (name == QLatin1String(candidate))
            return kind;
    }
    return std::nullopt;
}

PlaceRecord placeOfOrigin(const QString &sha256, const QString &origin)
{
    PlaceRecord place;
    place.sha256 = sha256;
    const qsizetype colon = origin.indexOf(QLatin1Char(':'));
    const QString word = colon < 0 ? origin : origin.left(colon);
    const std::optional<PlaceRecord::Kind> kind = placeKindFromName(word);
    place.kind = kind.value_or(PlaceRecord::Kind::File);
    if (!kind)
        place.location = origin;
    else if (colon >= 0)
        place.location = origin.mid(colon + 1);
    return place;
}

} // namespace sealbook
