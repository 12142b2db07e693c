// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/ActivityWords.h"

#include <QJsonDocument>
#include <QLocale>

#include <array>
#include <span>
#include <utility>

namespace sealbook {

namespace {
QString lookUp(const QString &key, std::span<const std::pair<const char *, const char *>> table)
{
    for (const auto &[name, words] : table) {
        if (key == QLatin1String(name))
            return QCoreApplication::translate("ActivityWords", words);
    }
    return key; // newer than we are: shown as it is
}

constexpr std::array<std::pair<const char *, const char *>, 9> steps{{
    {"account", QT_TRANSLATE_NOOP("ActivityWords", "account")},
    {"order", QT_TRANSLATE_NOOP("ActivityWords", "order")},
    {"authorizations", QT_TRANSLATE_NOOP("ActivityWords", "authorizations")},
    {"publish", QT_TRANSLATE_NOOP("ActivityWords", "writing DNS records")},
    {"propagation", QT_TRANSLATE_NOOP("ActivityWords", "waiting for DNS")},
    {"challenge", QT_TRANSLATE_NOOP("ActivityWords", "validation by the CA")},
    {"finalize", QT_TRANSLATE_NOOP("ActivityWords", "signing")},
    {"certificate", QT_TRANSLATE_NOOP("ActivityWords", "certificate")},
    {"cleanup", QT_TRANSLATE_NOOP("ActivityWords", "clean-up")},
}};

constexpr std::array<std::pair<const char *, const char *>, 31> actions{{
    {"account.register", QT_TRANSLATE_NOOP("ActivityWords", "account registered")},
    {"account.deactivate", QT_TRANSLATE_NOOP("ActivityWords", "account deactivated")},
    {"credential.add", QT_TRANSLATE_NOOP("ActivityWords", "credential added")},
    {"credential.read", QT_TRANSLATE_NOOP("ActivityWords", "credential used")},
    {"credential.remove", QT_TRANSLATE_NOOP("ActivityWords", "credential removed")},
    {"credential.reach", QT_TRANSLATE_NOOP("ActivityWords", "reach asked")},
    {"zone.write", QT_TRANSLATE_NOOP("ActivityWords", "DNS record written")},
    {"zone.remove", QT_TRANSLATE_NOOP("ActivityWords", "DNS record removed")},
    {"certificate.issue", QT_TRANSLATE_NOOP("ActivityWords", "certificate issued")},
    {"dns.incomplete", QT_TRANSLATE_NOOP("ActivityWords", "went on without every name server")},
    {"job.switch", QT_TRANSLATE_NOOP("ActivityWords", "DNS provider switched")},
    {"certificate.import", QT_TRANSLATE_NOOP("ActivityWords", "certificates imported")},
    {"certificate.remove", QT_TRANSLATE_NOOP("ActivityWords", "certificate removed")},
    {"certificate.revoke", QT_TRANSLATE_NOOP("ActivityWords", "certificate revoked")},
    {"ca.add", QT_TRANSLATE_NOOP("ActivityWords", "CA added")},
    {"ca.remove", QT_TRANSLATE_NOOP("ActivityWords", "CA removed")},
    {"certificate.edit", QT_TRANSLATE_NOOP("ActivityWords", "certificates edited")},
    {"certificate.trash", QT_TRANSLATE_NOOP("ActivityWords", "certificates put into the trash")},
    {"certificate.restore",
     QT_TRANSLATE_NOOP("ActivityWords", "certificates taken out of the trash")},
    {"setting.change", QT_TRANSLATE_NOOP("ActivityWords", "setting changed")},
    {"vault.create", QT_TRANSLATE_NOOP("ActivityWords", "vault made")},
    {"vault.recovery_code", QT_TRANSLATE_NOOP("ActivityWords", "recovery code made")},
    {"vault.recover", QT_TRANSLATE_NOOP("ActivityWords", "vault recovered")},
    {"vault.forget", QT_TRANSLATE_NOOP("ActivityWords", "keychain items removed")},
    {"key.store", QT_TRANSLATE_NOOP("ActivityWords", "key stored")},
    {"key.remove", QT_TRANSLATE_NOOP("ActivityWords", "key removed")},
    {"key.export", QT_TRANSLATE_NOOP("ActivityWords", "key exported")},
    {"passphrase.set", QT_TRANSLATE_NOOP("ActivityWords", "passphrase set")},
    {"passphrase.change", QT_TRANSLATE_NOOP("ActivityWords", "passphrase changed")},
    {"passphrase.remove", QT_TRANSLATE_NOOP("ActivityWords", "passphrase removed")},
    {"passphrase.check", QT_TRANSLATE_NOOP("ActivityWords", "passphrase asked")},
}};
} // namespace

QString ActivityWords::step(const QString &step)
{
    return lookUp(step, steps);
}

QString ActivityWords::action(const QString &action)
{
    return lookUp(action, actions);
}

QString ActivityWords::names(const JobRecord &job)
{
    const QStringList &names = job.request.names;
    if (names.size() < 2)
        return names.value(0);
    return tr("%1 +%2").arg(names.first()).arg(names.size() - 1);
}

QString ActivityWords::took(std::chrono::milliseconds duration)
{
    const qint64 ms = duration.count();
    if (ms < 1000)
        return tr("%1 ms").arg(ms);
    if (ms < 60'000)
        return tr("%1 s").arg(QLocale().toString(static_cast<double>(ms) / 1000.0, 'f', 1));
    return tr("%1 min %2 s").arg(ms / 60'000).arg(ms % 60'000 / 1000);
}

QString ActivityWords::chain(const AuditVerdict &verdict)
{
    if (verdict.intact)
        return tr("Audit chain intact, %n entries", "", static_cast<int>(verdict.entries));
    if (verdict.firstBad > 0)
        return tr("Audit chain broken at entry %1: %2").arg(verdict.firstBad).arg(verdict.reason);
    return tr("Audit chain broken: %1").arg(verdict.reason);
}

QByteArray ActivityWords::jsonLine(const AuditEntry &entry)
{
    QJsonObject object;
    object.insert(QLatin1String("sequence"), entry.sequence);
    object.insert(QLatin1String("at"), entry.at.toUTC().toString(Qt::ISODateWithMs));
    object.insert(QLatin1String("actor"), entry.actor);
    object.insert(QLatin1String("action"), entry.action);
    object.insert(QLatin1String("subject"), entry.subject);
    object.insert(QLatin1String("result"), entry.result);
    object.insert(QLatin1String("details"), entry.details);
    object.insert(QLatin1String("previous_hash"), QString::fromLatin1(entry.previousHash.toHex()));
    object.insert(QLatin1String("hash"), QString::fromLatin1(entry.hash.toHex()));
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace sealbook
