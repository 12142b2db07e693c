// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/RequestProblems.h"

#include "core/base/DomainName.h"
#include "core/x509/Csr.h"

namespace sealbook {

std::vector<Error> requestProblems(const IssuanceRequest &request)
{
    std::vector<Error> found;
    const auto wrong = [&found](const QString &detail, const QString &advice = {}) {
        found.push_back(fail(Error::Kind::BadRequest, detail, advice).value());
    };
    if (request.names.isEmpty())
        wrong(QStringLiteral("Enter a domain"));
    if (request.names.size() > NameList::maxNames)
        wrong(QStringLiteral("%1 names are more than the %2 that one certificate may hold")
                  .arg(request.names.size())
                  .arg(NameList::maxNames),
              QStringLiteral("Split them over several certificates."));
    for (const QString &typed : request.names) {
        const auto name = DomainName::fromUserInput(typed);
        if (!name)
            found.push_back(name.error());
    }
    if (request.caId.isEmpty())
        wrong(QStringLiteral("Choose a CA"));
    if (request.csrDer.isEmpty())
        return found;
    const auto csr = Csr::read(request.csrDer);
    if (!csr) {
        found.push_back(csr.error());
        return found;
    }
    QStringList asked = request.names;
    QStringList held = csr->names;
    asked.sort();
    held.sort();
    if (asked != held)
        wrong(QStringLiteral("the CSR is for other names: %1").arg(csr->names.join(u", ")),
              QStringLiteral("Give exactly the names of the CSR, or make a new one."));
    return found;
}

} // namespace sealbook
