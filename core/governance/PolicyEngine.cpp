// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/governance/PolicyEngine.h"

#include "core/base/DomainName.h"

namespace sealbook {

namespace {
Result<> decideName(const PolicyInput &input, const DomainName &name)
{
    if (name.isWildcard() && !input.ca.offersWildcards)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("%1 issues no wildcards (%2)").arg(input.ca.name, name.ascii()),
                    QStringLiteral("Name each host, or choose another CA."));
    const bool reserved =
        name.base() == QLatin1String("test") || name.base().endsWith(QLatin1String(".test"));
    if (reserved && input.ca.builtIn)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("%1 lies below .test, which is reserved (RFC 6761): no public "
                                   "CA can issue it")
                        .arg(name.ascii()),
                    QStringLiteral("Use practice mode for it, or a name of a real domain."));
    return {};
}
} // namespace

Result<> decide(const PolicyInput &input)
{
    if (input.isPractice && !input.ca.isPractice)
        return fail(
            Error::Kind::PolicyDenied,
            QStringLiteral("a practice profile never asks a real CA (%1)").arg(input.ca.name),
            QStringLiteral("Leave practice mode to issue for real."));
    if (!input.isPractice && input.ca.isPractice)
        return fail(Error::Kind::PolicyDenied,
                    QStringLiteral("the practice CA serves practice profiles only"));
    for (const QString &text : input.request.names) {
        const auto name = DomainName::fromUserInput(text);
        if (!name)
            return fail(name.error());
        const auto allowed = decideName(input, *name);
        if (!allowed)
            return allowed;
    }
    return {};
}

} // namespace sealbook
