// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/KnownStore.h"

#include "core/inventory/FileAccess.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QStringList>

namespace sealbook {

namespace {

KnownStore of(const char *program, const QString &location, bool isRepeated = false)
{
    return {QStringLiteral("store:%1:%2").arg(QLatin1String(program), location), isRepeated};
}

QByteArray textOf(const QString &path)
{
    constexpr qint64 longest = 256 * 1024; // more than any program puts into such a file
    Result<InputFile> input = InputFile::open(path);
    if (!input || input->size() > longest)
        return {};
    QByteArray text(static_cast<qsizetype>(input->size()), '\0');
    const Result<std::size_t> got = input->read(
        {reinterpret_cast<std::uint8_t *>(text.data()), static_cast<std::size_t>(text.size())});
    return got ? text.left(static_cast<qsizetype>(*got)).trimmed() : QByteArray();
}

bool isPartOf(const QString &part, const QString &whole)
{
    const QByteArray text = textOf(part);
    return part != whole && !text.isEmpty() && textOf(whole).contains(text);
}

// ROOT/live/NAME/fullchain.pem and ROOT/archive/NAME/fullchain3.pem, with ROOT/renewal/NAME.conf.
std::optional<KnownStore> certbotOf(const QString &path)
{
    static const QRegularExpression layout(
        QStringLiteral("^(.*)/(live|archive)/([^/]+)/(cert|chain|fullchain|privkey)(\\d*)\\.pem$"));
    const QRegularExpressionMatch match = layout.match(path);
    if (!match.hasMatch()
        || !QFileInfo::exists(
            QStringLiteral("%1/renewal/%2.conf").arg(match.captured(1), match.captured(3))))
        return std::nullopt;
    const QString folder = path.section(QLatin1Char('/'), 0, -2);
    const QString part = match.captured(4);
    const bool mayBe = part == QLatin1String("cert") || part == QLatin1String("chain");
    const QString full = folder + QStringLiteral("/fullchain%1.pem").arg(match.captured(5));
    return of("certbot", folder, mayBe && isPartOf(path, full));
}

// FOLDER/NAME.cer beside NAME.conf, fullchain.cer and ca.cer.
std::optional<KnownStore> acmeShOf(const QString &path)
{
    const QFileInfo file(path);
    QString name = file.path().section(QLatin1Char('/'), -1);
    if (name.endsWith(QLatin1String("_ecc")))
        name.chop(4);
    const QString base = file.path() + QLatin1Char('/') + name;
    if (!QFileInfo::exists(base + QStringLiteral(".conf"))
        || !QFileInfo::exists(base + QStringLiteral(".cer")))
        return std::nullopt;
    const bool mayBe =
        file.fileName() == QLatin1String("ca.cer") || path == base + QLatin1String(".cer");
    return of("acme.sh", file.path(),
              mayBe && isPartOf(path, file.path() + QStringLiteral("/fullchain.cer")));
}

// ROOT/certificates/NAME.crt (the full chain), NAME.issuer.crt, NAME.key and NAME.json.
std::optional<KnownStore> legoOf(const QString &path)
{
    static const QRegularExpression layout(QStringLiteral(
        "^(.*/certificates)/([^/]+?)(\\.issuer\\.crt|\\.crt|\\.key|\\.pem|\\.pfx)$"));
    const QRegularExpressionMatch match = layout.match(path);
    if (!match.hasMatch())
        return std::nullopt;
    const QString base = match.captured(1) + QLatin1Char('/') + match.captured(2);
    if (!QFileInfo::exists(base + QStringLiteral(".json"))
        || !QFileInfo::exists(base + QStringLiteral(".crt")))
        return std::nullopt;
    const bool mayBe = match.captured(3) == QLatin1String(".issuer.crt");
    return of("lego", match.captured(1), mayBe && isPartOf(path, base + QStringLiteral(".crt")));
}

// Certify The Web keeps what it gets as PKCS#12 files in folders below Certify\assets, by default
// with an empty password; in /usr/share/certify/assets on Linux.
std::optional<KnownStore> certifyOf(const QString &path)
{
    static const QRegularExpression layout(QStringLiteral("^(.*/certify/assets)/.+\\.pfx$"),
                                           QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = layout.match(path);
    if (!match.hasMatch())
        return std::nullopt;
    return of("certify", match.captured(1));
}

std::optional<KnownStore> systemOf(const QString &path)
{
    static const QStringList folders{QStringLiteral("/etc/ssl/certs/"),
                                     QStringLiteral("/usr/share/ca-certificates/"),
                                     QStringLiteral("/usr/local/share/ca-certificates/"),
                                     QStringLiteral("/etc/pki/ca-trust/"),
                                     QStringLiteral("/etc/pki/tls/certs/"),
                                     QStringLiteral("/etc/ca-certificates/")};
    for (const QString &folder : folders) {
        if (path.startsWith(folder))
            return of("system", folder.chopped(1));
    }
    return std::nullopt;
}

std::optional<KnownStore> databaseOf(const QString &path)
{
    const QFileInfo file(path);
    if (file.fileName() == QLatin1String("cert9.db") || file.fileName() == QLatin1String("key4.db"))
        return of("nss", file.path());
    if (file.suffix() == QLatin1String("xdb"))
        return of("xca", path);
    return std::nullopt;
}

} // namespace

KnownStore knownStoreOf(const QString &path)
{
    for (const auto find : {systemOf, certbotOf, legoOf, acmeShOf, certifyOf, databaseOf}) {
        if (std::optional<KnownStore> found = find(path))
            return std::move(*found);
    }
    return {};
}

} // namespace sealbook
