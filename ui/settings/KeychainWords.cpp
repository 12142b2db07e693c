// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/KeychainWords.h"

namespace sealbook {

StateStyle KeychainWords::styleOf(KeychainState state)
{
    switch (state) {
    case KeychainState::Ok:
        return {StateRole::Ok, Glyph::Fine, tr("unlocked")};
    case KeychainState::Absent:
        return {StateRole::Crit, Glyph::Failing, tr("none on this computer")};
    case KeychainState::NoService:
        return {StateRole::Crit, Glyph::Failing, tr("no service answers")};
    case KeychainState::NoKeyringYet:
        return {StateRole::Act, Glyph::ActNow, tr("no keyring yet")};
    case KeychainState::PlainKeyring:
        return {StateRole::Crit, Glyph::Failing, tr("lies unencrypted on disk")};
    case KeychainState::Locked:
        return {StateRole::Act, Glyph::ActNow, tr("locked")};
    case KeychainState::Denied:
        return {StateRole::Act, Glyph::ActNow, tr("refused")};
    case KeychainState::ChangedBackend:
        return {StateRole::Act, Glyph::ActNow, tr("another keychain than before")};
    case KeychainState::TimedOut:
        return {StateRole::Act, Glyph::ActNow, tr("does not answer")};
    case KeychainState::Lied:
        return {StateRole::Crit, Glyph::Failing, tr("did not keep what it was given")};
    }
    Q_UNREACHABLE();
}

QString KeychainWords::sentence(const KeychainStatus &status)
{
    if (status.state == KeychainState::Ok)
        return tr("Every secret of this profile is in it or sealed under a key that is in it.");
    return status.detail;
}

QString KeychainWords::place(const KeychainStatus &status)
{
    if (status.collection.isEmpty())
        return status.backend;
    return tr("%1, collection “%2”").arg(status.backend, status.collection);
}

StateStyle KeychainWords::diskStyle(const VaultProof &proof)
{
    if (proof.findings.isEmpty())
        return {StateRole::Ok, Glyph::Fine, tr("nothing readable found")};
    return {StateRole::Crit, Glyph::Failing,
            tr("%n readable things found", "", static_cast<int>(proof.findings.size()))};
}

QString KeychainWords::report(const VaultProof &proof)
{
    QStringList lines;
    lines << tr("Keychain: %1, %2").arg(place(proof.keychain), styleOf(proof.keychain.state).word);
    lines << tr("Vault: %1").arg(proof.vaultId);
    lines << tr("Database: %1, %n sealed records", "", proof.sealedRecords).arg(proof.databaseFile);
    lines << tr("Items in the keychain:");
    for (const QString &item : proof.items)
        lines << QStringLiteral("  ") + item;
    lines << tr("On disk: %1").arg(diskStyle(proof).word);
    for (const QString &finding : proof.findings)
        lines << QStringLiteral("  ") + finding;
    return lines.join(QLatin1Char('\n'));
}

} // namespace sealbook
