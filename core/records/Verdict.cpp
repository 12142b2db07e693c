// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/records/Verdict.h"

namespace sealbook {

QString verdictName(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotAsked:
        return QStringLiteral("not_asked");
    case Verdict::Served:
        return QStringLiteral("served");
    case Verdict::NotYet:
        return QStringLiteral("not_yet");
    case Verdict::OtherValue:
        return QStringLiteral("other_value");
    case Verdict::WrongPlace:
        return QStringLiteral("wrong_place");
    case Verdict::Failing:
        return QStringLiteral("failing");
    case Verdict::CannotCheck:
        return QStringLiteral("cannot_check");
    }
    Q_UNREACHABLE();
}

} // namespace sealbook
