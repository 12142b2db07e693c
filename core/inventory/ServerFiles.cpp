// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/ServerFiles.h"

#include "core/crypto/Secret.h"
#include "core/inventory/FileAccess.h"
#include "core/x509/Certificate.h"

#include <QCryptographicHash>
#include <QDir>

#include <algorithm>
#include <array>

namespace sealbook {

namespace {

constexpr qsizetype longestFileName = 100; // suffixes and temporary names need room below 255 bytes
constexpr qsizetype hashDigits = 8;
constexpr qsizetype largestExport = 4 * 1024 * 1024;

// How a server's configuration takes a path in double quotes: what a backslash in front makes
// stand for itself, and what nothing does.
struct ServerFacts
{
    const char *name;
    const char *lines; // %1, %2: the files
    const char *escaped;
    std::array<const char *, 3> refused;
};
constexpr std::array servers{
    // ngx_conf_read_token() knows \" \' \\ \t \r \n; a dollar begins a variable also in quotes,
    // and ssl_certificate takes variables.
    ServerFacts{
        "nginx", "ssl_certificate %1;\nssl_certificate_key %2;\n", "\"\\", {"$", nullptr, nullptr}},
    // "${NAME}" is put in before the line is taken apart.
    ServerFacts{"apache",
                "SSLCertificateFile %1\nSSLCertificateKeyFile %2\n",
                "\"\\",
                {"${", "%{", nullptr}},
    // "Quoting and escaping" of its manual: in weak quotes these three keep a meaning.
    ServerFacts{"haproxy", "bind :443 ssl crt %1\n", "\"\\$", {nullptr, nullptr, nullptr}},
    // In quotes only a quote can be escaped, so no backslash can stand before one; braces are
    // placeholders, put in at any place.
    ServerFacts{"caddy", "tls %1 %2\n", "\"", {"{", "}", "\\"}}};

const ServerFacts *factsOf(const QString &server)
{
    for (const ServerFacts &facts : servers) {
        if (server == QLatin1String(facts.name))
            return &facts;
    }
    return nullptr;
}

bool isPlain(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
        || c == u'.' || c == u'-' || c == u'_';
}

Result<QString> quoted(const ServerFacts &facts, const QString &path)
{
    const bool hasControls = std::any_of(path.begin(), path.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line
            || c.category() == QChar::Separator_Paragraph;
    });
    if (hasControls)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("the folder's path has a line break or another control "
                                   "character in it, which no configuration can name"),
                    QStringLiteral("Choose another folder."));
    for (const char *refused : facts.refused) {
        if (refused && path.contains(QLatin1String(refused)))
            return fail(
                Error::Kind::BadRequest,
                QStringLiteral("\"%1\" has \"%2\" in it, which the configuration of %3 would not "
                               "take as a part of a path, quoted or not")
                    .arg(path, QLatin1String(refused), QLatin1String(facts.name)),
                QStringLiteral("Choose another folder."));
    }
    if (std::all_of(path.begin(), path.end(), [](QChar c) { return isPlain(c) || c == u'/'; }))
        return path;
    QString safe;
    for (const QChar c : path) {
        if (QLatin1String(facts.escaped).contains(c))
            safe += u'\\';
        safe += c;
    }
    return QString(u'"' + safe + u'"');
}

// Whether the file is a certificate with these names: what a renewal may replace.
bool holdsSameNames(const QString &path, const CertificateRecord &record)
{
    bool isSame = false;
    const Result<> read =
        readFileOnce(path, largestExport, [&](std::span<const std::uint8_t> bytes) -> Result<> {
            QByteArray pem(reinterpret_cast<const char *>(bytes.data()),
                           static_cast<qsizetype>(bytes.size()));
            const Result<std::vector<Certificate>> found = certificatesFromPem(pem, false);
            wipe(pem); // it may hold a key
            isSame = found && !found->empty()
                && nameSetOf(certificateRecordOf(found->front())) == nameSetOf(record);
            return {};
        });
    return read && isSame;
}

} // namespace

QStringList serverNames()
{
    QStringList names;
    for (const ServerFacts &facts : servers)
        names.append(QString::fromLatin1(facts.name));
    return names;
}

Result<ServerFiles> serverFiles(const QString &server, const CertificateRecord &record,
                                const QString &folder)
{
    const ServerFacts *const facts = factsOf(server);
    if (!facts)
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("there is no server \"%1\"").arg(server),
                    QStringLiteral("It is one of: %1.").arg(serverNames().join(u", ")));
    const QString base = plainFileName(record);
    ServerFiles files;
    files.server = server;
    if (server == QLatin1String("haproxy"))
        files.parts = {{base + QStringLiteral(".pem"), ExportFormat::CombinedPem}};
    else
        files.parts = {{base + QStringLiteral(".fullchain.pem"), ExportFormat::FullChainPem},
                       {base + QStringLiteral(".key.pem"), ExportFormat::KeyPem}};
    QStringList paths;
    for (const ServerFiles::Part &part : files.parts) {
        const Result<QString> path = quoted(*facts, QDir(folder).absoluteFilePath(part.fileName));
        if (!path)
            return fail(path.error());
        paths.append(*path);
    }
    const QString lines = QString::fromLatin1(facts->lines);
    files.snippet = paths.size() == 1 ? lines.arg(paths[0]) : lines.arg(paths[0], paths[1]);
    return files;
}

QString plainFileName(const CertificateRecord &record)
{
    const QString name = record.names.value(0, record.subject).toLower();
    const bool isWildcard = name.startsWith(QLatin1String("*."));
    QString base = isWildcard ? QLatin1Char('_') + name.mid(1) : name;
    // A name that looks like a wildcard's file would take its place.
    bool isChanged = !isWildcard && name.startsWith(QLatin1String("_."));
    for (QChar &c : base) {
        if (!isPlain(c)) {
            c = u'_';
            isChanged = true;
        }
    }
    while (base.startsWith(u'.') || base.startsWith(u'-')) { // hidden, or an option of a command
        base.remove(0, 1);
        isChanged = true;
    }
    if (base.size() > longestFileName) {
        base.truncate(longestFileName);
        isChanged = true;
    }
    const bool isEmpty = std::all_of(base.begin(), base.end(),
                                     [](QChar c) { return c == u'_' || c == u'.' || c == u'-'; });
    if (isEmpty && name.isEmpty())
        return record.sha256.left(2 * hashDigits);
    if (isEmpty)
        base = QStringLiteral("certificate");
    if (!isChanged && !isEmpty)
        return base;
    const QByteArray hash = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    return base + u'-' + QString::fromLatin1(hash.toHex().left(hashDigits));
}

Result<> refuseFilesOfOthers(const CertificateRecord &record, const ServerFiles &files,
                             const QString &folder)
{
    if (files.replacesOthers)
        return {};
    const QDir target(folder);
    // A key alone does not say whose it is: the certificate beside it does.
    const auto certificate =
        std::find_if(files.parts.begin(), files.parts.end(), [](const ServerFiles::Part &part) {
            return part.format != ExportFormat::KeyPem;
        });
    const bool isOurs = certificate != files.parts.end()
        && holdsSameNames(target.filePath(certificate->fileName), record);
    for (const ServerFiles::Part &part : files.parts) {
        const QString path = target.absoluteFilePath(part.fileName);
        const QFileInfo there(path);
        if (!isOurs && (there.exists() || there.isSymLink()))
            return fail(Error::Kind::Conflict,
                        QStringLiteral("%1 is there already, and is not of a certificate with "
                                       "these names")
                            .arg(path),
                        QStringLiteral("Choose another folder, or move that file away."));
    }
    return {};
}

} // namespace sealbook
