// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/ChainCheck.h"

#include "core/x509/Certificate.h"

#include <algorithm>

namespace sealbook {

namespace {
// Some CAs add the www of a name, or the name of a www, without being asked (SSL.com, Actalis): who
// proved one of them may have the other (BR 3.2.2.4.7 by the authorization domain name).
bool isGift(const QString &name, const QStringList &ordered)
{
    const QString www = QStringLiteral("www.");
    return ordered.contains(www + name)
        || (name.startsWith(www) && ordered.contains(name.mid(www.size())));
}

bool fits(const QStringList &held, const QStringList &ordered)
{
    const auto isHeld = [&held](const QString &name) { return held.contains(name); };
    const auto mayStand = [&ordered](const QString &name) {
        return ordered.contains(name) || isGift(name, ordered);
    };
    return std::all_of(ordered.begin(), ordered.end(), isHeld)
        && std::all_of(held.begin(), held.end(), mayStand);
}
} // namespace

QStringList comparable(QStringList names)
{
    for (QString &name : names)
        name = name.toLower();
    names.sort();
    names.removeDuplicates();
    return names;
}

Error refusedByUs(const QString &detail)
{
    Error error;
    error.kind = Error::Kind::CaRefused;
    error.detail = detail;
    error.advice =
        QStringLiteral("Do not use what was sent. Report it to the CA; nothing was stored.");
    return error;
}

Result<IssuedChain> checkIssued(const QByteArray &pem, const QStringList &names,
                                const QString &publicKeySha256)
{
    auto certificates = certificatesFromPem(pem, true);
    if (!certificates)
        return fail(certificates.error());
    if (certificates->empty())
        return fail(refusedByUs(QStringLiteral("the CA sent no certificate")));
    const Certificate &leaf = certificates->front();
    if (leaf.publicKeySha256() != publicKeySha256)
        return fail(refusedByUs(QStringLiteral("the CA's certificate is for another key")));
    if (!fits(comparable(leaf.names()), comparable(names)))
        return fail(refusedByUs(QStringLiteral("the CA's certificate is for other names: %1")
                                    .arg(leaf.names().join(u", "))));

    // Each SHOULD certify the one before (RFC 8555 section 9.1), so a CA may send them in another
    // order. Servers want them in this one, and none may be left over.
    IssuedChain issued;
    issued.leafDer = leaf.der();
    for (auto below = certificates->begin(); below + 1 != certificates->end(); ++below) {
        const auto issuer = std::find_if(below + 1, certificates->end(),
                                         [&](const auto &each) { return below->isIssuedBy(each); });
        if (issuer == certificates->end())
            return fail(refusedByUs(
                QStringLiteral("the CA's chain does not hold together at certificate %1")
                    .arg(below - certificates->begin() + 2)));
        std::rotate(below + 1, issuer, issuer + 1);
        issued.chainPem += (below + 1)->pem();
    }
    return issued;
}

} // namespace sealbook
