// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/TrustRoots.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <curl/curl.h>

#include <algorithm>
#include <array>

namespace sealbook {

static constexpr qint64 maxBundleSize = 16 * 1024 * 1024;

// A folder whose files are named for the hash of their subject, as c_rehash does it.
static bool isHashed(const QString &folder)
{
    return !QDir(folder).entryList({QStringLiteral("????????.0")}, QDir::Files).isEmpty();
}

static QByteArray systemBundlePath()
{
    QByteArray builtIn;
    if (CURL *easy = curl_easy_init()) {
        char *path = nullptr;
        if (curl_easy_getinfo(easy, CURLINFO_CAINFO, &path) == CURLE_OK && path)
            builtIn = path;
        curl_easy_cleanup(easy);
    }
    const std::array candidates{builtIn, QByteArray("/etc/ssl/certs/ca-certificates.crt"),
                                QByteArray("/etc/pki/tls/certs/ca-bundle.crt"),
                                QByteArray("/etc/ssl/ca-bundle.pem"),
                                QByteArray("/etc/ssl/cert.pem")};
    for (const QByteArray &path : candidates) {
        if (!path.isEmpty() && QFileInfo::exists(QFile::decodeName(path)))
            return path;
    }
    return {};
}

[[nodiscard]] static Result<QByteArray> readBundle(const QString &path)
{
    const QString advice = QStringLiteral("Choose a readable PEM file with CA certificates.");
    QFile file(path);
    // A FIFO or a device would block or never end.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("The CA file %1 cannot be read.").arg(path), advice);
    // read() makes room for all that it may read, and that room is wiped when it is given back.
    const QByteArray pem = file.read(std::min(file.size(), maxBundleSize));
    if (!pem.contains("-----BEGIN CERTIFICATE-----"))
        return fail(Error::Kind::BadRequest,
                    QStringLiteral("The CA file %1 holds no PEM certificate.").arg(path), advice);
    return pem;
}

Result<TrustRoots> TrustRoots::load(const QString &extraCaFile)
{
    TrustRoots roots;
    const QByteArray ownFile = qgetenv("SSL_CERT_FILE");
    const QByteArray ownFolder = qgetenv("SSL_CERT_DIR");
    if (!ownFile.isEmpty())
        roots.bundlePath = ownFile;
    else if (!ownFolder.isEmpty())
        roots.folder = ownFolder;
    else if (isHashed(QStringLiteral("/etc/ssl/certs")))
        roots.folder = "/etc/ssl/certs";
    else
        roots.bundlePath = systemBundlePath();
    if (extraCaFile.isEmpty())
        return roots;

    const Result<QByteArray> extra = readBundle(extraCaFile);
    if (!extra)
        return fail(extra.error());
    roots.blob = *extra;
    if (roots.folder.isEmpty()) {
        // Without a system bundle the user's file stands alone: fewer roots, never more.
        const Result<QByteArray> system = readBundle(QFile::decodeName(roots.bundlePath));
        roots.blob = system.value_or(QByteArray()) + '\n' + *extra;
    }
    return roots;
}

} // namespace sealbook
