// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/StateStyle.h"

#include <QCoreApplication>

namespace sealbook {

namespace {
// Marks the words for translation; the tables below are read at run time.
QString say(const char *word)
{
    return QCoreApplication::translate("StateStyle", word);
}

StateStyle make(StateRole role, Glyph glyph, const char *word)
{
    return {role, glyph, say(word)};
}
} // namespace

StateColors stateColors(StateRole role, const QPalette &palette)
{
    return Theme::of(palette).state(role);
}

StateRole roleOf(Glyph glyph)
{
    switch (glyph) {
    case Glyph::Overdue:
    case Glyph::Failing:
    case Glyph::Broad:
        return StateRole::Crit;
    case Glyph::ActNow:
    case Glyph::WrongPlace:
    case Glyph::Unproved:
        return StateRole::Act;
    case Glyph::Soon:
    case Glyph::OtherValue:
    case Glyph::Drift:
    case Glyph::Forgotten:
    case Glyph::Reused:
    case Glyph::RotationDue:
        return StateRole::Warn;
    case Glyph::Fine:
    case Glyph::Served:
        return StateRole::Ok;
    case Glyph::NotYet:
        return StateRole::Wait;
    case Glyph::Retired:
    case Glyph::CannotCheck:
    case Glyph::NotAsked:
    case Glyph::Revoked:
        return StateRole::Off;
    }
    Q_UNREACHABLE();
}

StateStyle styleOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotAsked:
        return make(StateRole::Off, Glyph::NotAsked, QT_TRANSLATE_NOOP("StateStyle", "not asked"));
    case Verdict::Served:
        return make(StateRole::Ok, Glyph::Served, QT_TRANSLATE_NOOP("StateStyle", "served"));
    case Verdict::NotYet:
        return make(StateRole::Wait, Glyph::NotYet, QT_TRANSLATE_NOOP("StateStyle", "not yet"));
    case Verdict::OtherValue:
        return make(StateRole::Warn, Glyph::OtherValue,
                    QT_TRANSLATE_NOOP("StateStyle", "other value"));
    case Verdict::WrongPlace:
        return make(StateRole::Act, Glyph::WrongPlace,
                    QT_TRANSLATE_NOOP("StateStyle", "wrong place"));
    case Verdict::Failing:
        return make(StateRole::Crit, Glyph::Failing, QT_TRANSLATE_NOOP("StateStyle", "failing"));
    case Verdict::CannotCheck:
        return make(StateRole::Off, Glyph::CannotCheck,
                    QT_TRANSLATE_NOOP("StateStyle", "cannot check"));
    }
    Q_UNREACHABLE();
}

StateStyle styleOf(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Overdue:
        return make(StateRole::Crit, Glyph::Overdue, QT_TRANSLATE_NOOP("StateStyle", "overdue"));
    case Urgency::ActNow:
        return make(StateRole::Act, Glyph::ActNow, QT_TRANSLATE_NOOP("StateStyle", "act now"));
    case Urgency::Soon:
        return make(StateRole::Warn, Glyph::Soon, QT_TRANSLATE_NOOP("StateStyle", "soon"));
    case Urgency::Fine:
        return make(StateRole::Ok, Glyph::Fine, QT_TRANSLATE_NOOP("StateStyle", "fine"));
    case Urgency::Retired:
        return make(StateRole::Off, Glyph::Retired, QT_TRANSLATE_NOOP("StateStyle", "retired"));
    }
    Q_UNREACHABLE();
}

StateStyle styleOf(JobStatus status)
{
    switch (status) {
    case JobStatus::Running:
        return make(StateRole::Wait, Glyph::NotYet, QT_TRANSLATE_NOOP("StateStyle", "running"));
    case JobStatus::Interrupted:
        return make(StateRole::Act, Glyph::ActNow, QT_TRANSLATE_NOOP("StateStyle", "interrupted"));
    case JobStatus::Paused:
        return make(StateRole::Warn, Glyph::Soon, QT_TRANSLATE_NOOP("StateStyle", "paused"));
    case JobStatus::Done:
        return make(StateRole::Ok, Glyph::Fine, QT_TRANSLATE_NOOP("StateStyle", "done"));
    case JobStatus::Failed:
        return make(StateRole::Crit, Glyph::Failing, QT_TRANSLATE_NOOP("StateStyle", "failed"));
    case JobStatus::Cancelled:
        return make(StateRole::Off, Glyph::Revoked, QT_TRANSLATE_NOOP("StateStyle", "cancelled"));
    }
    Q_UNREACHABLE();
}

StateStyle styleOf(JobStep::State state)
{
    switch (state) {
    case JobStep::State::Started:
        return make(StateRole::Wait, Glyph::NotYet, QT_TRANSLATE_NOOP("StateStyle", "started"));
    case JobStep::State::Done:
        return make(StateRole::Ok, Glyph::Fine, QT_TRANSLATE_NOOP("StateStyle", "done"));
    case JobStep::State::Failed:
        return make(StateRole::Crit, Glyph::Failing, QT_TRANSLATE_NOOP("StateStyle", "failed"));
    case JobStep::State::Note:
        return make(StateRole::Off, Glyph::NotAsked, QT_TRANSLATE_NOOP("StateStyle", "note"));
    }
    Q_UNREACHABLE();
}

StateStyle styleOf(CredentialRecord::State state)
{
    switch (state) {
    case CredentialRecord::State::Draft:
        return make(StateRole::Act, Glyph::Unproved, QT_TRANSLATE_NOOP("StateStyle", "unproved"));
    case CredentialRecord::State::Active:
        return make(StateRole::Ok, Glyph::Fine, QT_TRANSLATE_NOOP("StateStyle", "ok"));
    case CredentialRecord::State::Revoked:
        return make(StateRole::Off, Glyph::Revoked, QT_TRANSLATE_NOOP("StateStyle", "revoked"));
    }
    Q_UNREACHABLE();
}

StateStyle styleOf(AccountRecord::Status status)
{
    switch (status) {
    case AccountRecord::Status::Pending:
        return make(StateRole::Wait, Glyph::NotYet, QT_TRANSLATE_NOOP("StateStyle", "pending"));
    case AccountRecord::Status::Valid:
        return make(StateRole::Ok, Glyph::Fine, QT_TRANSLATE_NOOP("StateStyle", "valid"));
    case AccountRecord::Status::Deactivated:
        return make(StateRole::Off, Glyph::Revoked, QT_TRANSLATE_NOOP("StateStyle", "deactivated"));
    }
    Q_UNREACHABLE();
}

} // namespace sealbook
