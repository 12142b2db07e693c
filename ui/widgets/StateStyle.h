// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/records/AccountRecord.h"
#include "core/records/CredentialRecord.h"
#include "core/records/JobStatus.h"
#include "core/records/Urgency.h"
#include "core/records/Verdict.h"
#include "ui/widgets/Glyph.h"
#include "ui/widgets/Theme.h"

#include <QPalette>

namespace sealbook {

// The colours for the palette in force: light or dark by its darkness.
[[nodiscard]] StateColors stateColors(StateRole role, const QPalette &palette);

// The role that a glyph is drawn in wherever nothing else says it.
[[nodiscard]] StateRole roleOf(Glyph glyph);

// How a state is said: always glyph and word; the word of a good state is muted,
// except on the board, where it is what everybody waits for.
struct StateStyle
{
    StateRole role = StateRole::Off;
    Glyph glyph = Glyph::NotAsked;
    QString word; // translated
    [[nodiscard]] bool mutesWord() const { return role == StateRole::Ok && glyph != Glyph::Served; }
    bool operator==(const StateStyle &) const = default;
};

[[nodiscard]] StateStyle styleOf(Verdict verdict);
[[nodiscard]] StateStyle styleOf(Urgency urgency);
[[nodiscard]] StateStyle styleOf(JobStatus status);
[[nodiscard]] StateStyle styleOf(JobStep::State state);
[[nodiscard]] StateStyle styleOf(CredentialRecord::State state);
[[nodiscard]] StateStyle styleOf(AccountRecord::Status status);

} // namespace sealbook
