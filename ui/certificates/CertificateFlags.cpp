// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/CertificateFlags.h"

#include "ui/widgets/TimeText.h"

#include <algorithm>

namespace sealbook {

namespace {
// CA/Browser Forum baseline requirements 6.3.2: the most for certificates issued from 15 March
// 2026.
constexpr qint64 longLife = 200LL * 86'400'000;
} // namespace

std::vector<CertificateFlags::Flag> CertificateFlags::of(const Inventory &inventory, quint32 index)
{
    std::vector<Flag> flags;
    const InventoryRow &row = inventory.row(index);
    const quint8 traits = inventory.columns().traits[index];
    const auto add = [&flags](StateRole role, Glyph glyph, const QString &text) {
        flags.push_back({{role, glyph, {}}, text});
    };
    if (row.revokedAt != 0 && row.is(InventoryRow::Served))
        add(StateRole::Crit, Glyph::Revoked, tr("It is revoked and still served."));
    else if (row.revokedAt != 0)
        add(StateRole::Off, Glyph::Revoked, tr("It is revoked: clients that ask refuse it."));
    if (row.isServedExpired(inventory.now()))
        add(StateRole::Crit, Glyph::Overdue, tr("It is expired and still served."));
    if (row.notBefore > inventory.now() && row.isCertificate())
        add(StateRole::Warn, Glyph::Soon,
            tr("It is not valid yet: its time begins on %1.")
                .arg(TimeText::date(QDateTime::fromMSecsSinceEpoch(row.notBefore).toUTC(), false)));
    const bool isSha1 = (traits & InventoryColumns::Sha1) != 0;
    if (isSha1)
        add(StateRole::Act, Glyph::ActNow,
            tr("It is signed with SHA-1, which no current client accepts."));
    if ((traits & InventoryColumns::Weak) != 0 && !isSha1)
        add(StateRole::Act, Glyph::ActNow,
            tr("Its key or signature is weak (%1). Replace key and certificate.")
                .arg(row.keyAlgorithm));
    if (!row.is(InventoryRow::IsCa) && row.isCertificate()
        && row.notAfter - row.notBefore > longLife)
        add(StateRole::Warn, Glyph::Soon,
            tr("It lives longer than 200 days, which public authorities no longer issue: the next "
               "one must be renewed more often."));
    if ((traits & InventoryColumns::SharedKey) != 0) {
        const auto others = std::count_if(
            inventory.rows().begin(), inventory.rows().end(), [&row](const InventoryRow &other) {
                return other.publicKey == row.publicKey && other.sha256 != row.sha256;
            });
        add(StateRole::Warn, Glyph::Reused,
            tr("%n other certificates here have the same key.", "", static_cast<int>(others)));
    }
    return flags;
}

std::vector<CertificateFlags::Flag> CertificateFlags::ofUse(bool isServer, bool isClient)
{
    if (!isServer || !isClient)
        return {};
    return {{{StateRole::Warn, Glyph::Soon, {}},
             tr("It also serves as a client's certificate. Public authorities stop issuing such "
                "ones for both uses: a client will need one of another kind.")}};
}

} // namespace sealbook
