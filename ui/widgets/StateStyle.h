// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/AccountRecord.h"
#include "core/records/CredentialRecord.h"
#include "core/records/JobRecord.h"
#include "core/records/Urgency.h"
#include "core/records/Verdict.h"
#include "ui/widgets/Glyph.h"

#include <QColor>
#include <QPalette>

namespace sealbook {

// What a state means to a person; the only own colours of the house.
enum class StateRole { Crit, Act, Warn, Ok, Wait, Off };

struct StateColors
{
    QColor text; // glyph and word: at least 4.5 : 1 on every surface and on its own tint
    QColor fill; // bars
    QColor tint; // strip cells and bar bodies
};

// The colours for the palette in force: light or dark by its darkness.
[[nodiscard]] StateColors stateColors(StateRole role, const QPalette &palette);

// How a state is said: always glyph and word; the word of a good state is muted.
struct StateStyle
{
    StateRole role = StateRole::Off;
    Glyph glyph = Glyph::NotAsked;
    QString word; // translated
    [[nodiscard]] bool mutesWord() const { return role == StateRole::Ok; }
    bool operator==(const StateStyle &) const = default;
};

[[nodiscard]] StateStyle styleOf(Verdict verdict);
[[nodiscard]] StateStyle styleOf(Urgency urgency);
[[nodiscard]] StateStyle styleOf(JobRecord::State state);
[[nodiscard]] StateStyle styleOf(JobStep::State state);
[[nodiscard]] StateStyle styleOf(CredentialRecord::State state);
[[nodiscard]] StateStyle styleOf(AccountRecord::Status status);

} // namespace sealbook
