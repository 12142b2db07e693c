// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/credentials/CredentialForm.h"

namespace sealbook {

std::vector<FieldProblem> CredentialForm::problems() const
{
    std::vector<FieldProblem> found;
    const auto need = [&found](const QString &value, const char *field, const QString &problem) {
        if (value.trimmed().isEmpty())
            found.push_back({QLatin1String(field), problem});
    };
    need(name, "name",
         tr("Give it a name, so that certificates can say what they were issued "
            "with."));
    need(owner, "owner", tr("Name the person who answers for it."));
    need(purpose, "purpose", tr("Say what it is for."));
    for (const ProviderField &field : provider.fields) {
        if (!field.required)
            continue;
        const bool given = field.secret ? secretsGiven.contains(field.id)
                                        : !fields.value(field.id).trimmed().isEmpty();
        if (!given)
            found.push_back({field.id, tr("%1 is needed.").arg(field.label)});
    }
    return found;
}

} // namespace sealbook
