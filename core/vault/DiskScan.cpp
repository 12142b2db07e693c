// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/vault/DiskScan.h"

#include "core/crypto/Base64.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <functional>

namespace sealbook {

namespace {

constexpr qint64 largestFile = 256 * 1024 * 1024;
constexpr std::size_t shortestSecret = 8; // a shorter one is found everywhere by chance

struct Needle
{
    Secret bytes;
    const char *form;
};

Result<Secret> widened(const Secret &secret)
{
    Result<Secret> wide = Secret::ofSize(secret.size() * 2);
    if (wide) {
        for (std::size_t i = 0; i < secret.size(); ++i)
            wide->writableBytes()[i * 2] = secret.bytes()[i];
    }
    return wide;
}

Result<Secret> hexOf(const Secret &secret)
{
    Result<Secret> hex = Secret::ofSize(secret.size() * 2);
    if (hex) {
        for (std::size_t i = 0; i < secret.size(); ++i) {
            hex->writableBytes()[i * 2] =
                static_cast<std::uint8_t>("0123456789abcdef"[secret.bytes()[i] >> 4]);
            hex->writableBytes()[i * 2 + 1] =
                static_cast<std::uint8_t>("0123456789abcdef"[secret.bytes()[i] & 15]);
        }
    }
    return hex;
}

// Up to the last whole group of three bytes, so that what stands behind it does not matter.
Result<Secret> base64Of(const Secret &secret)
{
    const Result<Secret> whole = Secret::copyOf(secret.bytes().first(secret.size() / 3 * 3));
    if (!whole)
        return fail(whole.error());
    return encodeBase64(*whole, Base64Alphabet::Standard);
}

Result<std::vector<Needle>> needlesOf(const std::vector<Secret> &secrets)
{
    std::vector<Needle> needles;
    for (const Secret &secret : secrets) {
        if (secret.size() < shortestSecret)
            continue;
        Result<Secret> plain = secret.clone();
        Result<Secret> wide = widened(secret);
        Result<Secret> hex = hexOf(secret);
        Result<Secret> base64 = base64Of(secret);
        for (const Result<Secret> *form : {&plain, &wide, &hex, &base64}) {
            if (!*form)
                return fail(form->error());
        }
        needles.push_back({std::move(*plain), "readable"});
        needles.push_back({std::move(*wide), "as UTF-16"});
        needles.push_back({std::move(*hex), "as hex"});
        needles.push_back({std::move(*base64), "as base64"});
    }
    return needles;
}

bool holds(std::string_view text, std::string_view needle)
{
    const std::boyer_moore_horspool_searcher searcher(needle.begin(), needle.end());
    return std::search(text.begin(), text.end(), searcher) != text.end();
}

bool holdsPemKey(const QByteArray &content)
{
    // BEGIN PRIVATE KEY, BEGIN EC PRIVATE KEY, ...: the words of RFC 7468 sections 10 and 13.
    for (qsizetype at = content.indexOf("-----BEGIN "); at >= 0;
         at = content.indexOf("-----BEGIN ", at + 1)) {
        if (content.mid(at + 11, 30).contains("PRIVATE KEY-----"))
            return true;
    }
    return false;
}

} // namespace

Result<QStringList> scanForSecrets(const QString &folder, const std::vector<Secret> &secrets)
{
    const Result<std::vector<Needle>> needles = needlesOf(secrets);
    if (!needles)
        return fail(needles.error());
    QStringList findings;
    const QFileInfoList files =
        QDir(folder).entryInfoList(QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDir::Name);
    for (const QFileInfo &info : files) {
        QFile file(info.filePath());
        if (info.size() > largestFile || !file.open(QIODevice::ReadOnly)) {
            findings.append(QStringLiteral("%1 could not be looked through").arg(info.fileName()));
            continue;
        }
        const QByteArray content = file.readAll();
        if (holdsPemKey(content))
            findings.append(
                QStringLiteral("%1 holds a private key in PEM form").arg(info.fileName()));
        for (const Needle &needle : *needles) {
            if (holds({content.constData(), static_cast<std::size_t>(content.size())},
                      needle.bytes.text()))
                findings.append(QStringLiteral("%1 holds a secret of this profile, %2")
                                    .arg(info.fileName(), QLatin1String(needle.form)));
        }
    }
    return findings;
}

} // namespace sealbook
