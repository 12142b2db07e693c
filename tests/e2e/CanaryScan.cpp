// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/CanaryScan.h"

#include <QDirIterator>
#include <QFile>
#include <QSet>

#include <algorithm>
#include <cstring>

namespace sealbook {

namespace {
constexpr qsizetype shortest = 8; // shorter ones stand everywhere by chance
constexpr qsizetype half = 12;
constexpr qsizetype scalarSize = 32;
constexpr qsizetype pemLine = 64; // characters, of 48 bytes

quint32 startOf(const char *bytes)
{
    quint32 start = 0;
    std::memcpy(&start, bytes, sizeof start);
    return start;
}

std::size_t slotOf(quint32 start)
{
    return (start * 2654435761U) >> 16;
}

QByteArray eachAs(const QByteArray &secret, const char *prefix, bool upper)
{
    QByteArray text;
    for (const char byte : secret) {
        const QByteArray hex = QByteArray(1, byte).toHex();
        text += prefix + (upper ? hex.toUpper() : hex);
    }
    return text;
}

// Base64 of the secret where it starts at byte `offset` of a group of three: only the characters
// that depend on nothing around it.
QByteArray alignedBase64(const QByteArray &secret, qsizetype offset, QByteArray::Base64Options how)
{
    const QByteArray text = (QByteArray(offset, '\0') + secret).toBase64(how);
    const qsizetype from = (offset * 8 + 5) / 6;
    const qsizetype to = (offset + secret.size()) * 8 / 6;
    return text.mid(from, to - from);
}

QByteArray reversed(QByteArray bytes)
{
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}
} // namespace

std::vector<std::pair<QString, QByteArray>> CanaryScan::formsOf(const QByteArray &secret)
{
    std::vector<std::pair<QString, QByteArray>> forms;
    const auto form = [&forms](const char *what, const QByteArray &bytes) {
        forms.emplace_back(QLatin1String(what), bytes);
    };
    form("raw bytes", secret);
    QByteArray wide;
    for (const char byte : secret)
        wide += QByteArray(1, byte) + QByteArray(1, '\0');
    form("UTF-16LE", wide);
    form("hex", secret.toHex());
    form("upper hex", secret.toHex().toUpper());
    for (qsizetype offset = 0; offset < 3; ++offset) {
        form("base64", alignedBase64(secret, offset, QByteArray::Base64Encoding));
        form("base64url", alignedBase64(secret, offset, QByteArray::Base64UrlEncoding));
    }
    form("URL text", secret.toPercentEncoding());
    form("URL hex", eachAs(secret, "%", false));
    form("URL upper hex", eachAs(secret, "%", true));
    form("JSON escapes", eachAs(secret, "\\u00", false));
    form("JSON upper escapes", eachAs(secret, "\\u00", true));
    form("C escapes", eachAs(secret, "\\x", false));
    form("first half", secret.left(half));
    form("last half", secret.right(half));
    form("reversed", reversed(secret));
    form("reversed first half", reversed(secret.left(half)));
    form("reversed last half", reversed(secret.right(half)));
    return forms;
}

void CanaryScan::addForm(const QString &name, const QString &form, const QByteArray &bytes)
{
    if (bytes.size() < shortest)
        return;
    const quint32 start = startOf(bytes.constData());
    m_starts.set(slotOf(start));
    m_byStart.emplace(start, m_forms.size());
    m_forms.push_back({name + QStringLiteral(" as ") + form, bytes});
}

void CanaryScan::add(const QString &name, const QByteArray &secret)
{
    for (const auto &[form, bytes] : formsOf(secret))
        addForm(name, form, bytes);
}

bool CanaryScan::addKey(const QString &name, const QByteArray &pkcs8)
{
    // ECPrivateKey (RFC 5915 section 3): version 1, then the number as an OCTET STRING of 32.
    const QByteArray head = QByteArray::fromHex("0201010420");
    const qsizetype found = pkcs8.indexOf(head);
    const qsizetype at = found + head.size();
    if (found < 0 || pkcs8.size() < at + scalarSize)
        return false;
    add(name, pkcs8.mid(at, scalarSize));
    const QByteArray body = pkcs8.toBase64();
    for (qsizetype line = 0; line * 48 < at + scalarSize; ++line) {
        if ((line + 1) * 48 > at)
            addForm(name, QStringLiteral("PEM"), body.mid(line * pemLine, pemLine));
    }
    return true;
}

QStringList CanaryScan::hitsIn(const QByteArray &bytes) const
{
    QStringList hits;
    const char *const data = bytes.constData();
    for (qsizetype at = 0; at + shortest <= bytes.size(); ++at) {
        const quint32 start = startOf(data + at);
        if (!m_starts.test(slotOf(start)))
            continue;
        const auto [from, to] = m_byStart.equal_range(start);
        for (auto each = from; each != to; ++each) {
            const Form &form = m_forms[each->second];
            if (form.bytes.size() <= bytes.size() - at
                && std::memcmp(data + at, form.bytes.constData(),
                               static_cast<std::size_t>(form.bytes.size()))
                    == 0)
                hits.append(form.what);
        }
    }
    hits.removeDuplicates();
    return hits;
}

QStringList CanaryScan::hitsInFile(const QString &path) const
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {path + QStringLiteral(": cannot be read")};
    QStringList hits;
    for (const QString &hit : hitsIn(file.readAll()))
        hits.append(path + QStringLiteral(": ") + hit);
    return hits;
}

QStringList CanaryScan::hitsBelow(const QString &folder, int *files) const
{
    QStringList hits;
    QDirIterator every(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                       QDirIterator::Subdirectories);
    while (every.hasNext()) {
        const QString path = every.next();
        hits += hitsIn(path.toUtf8());
        hits += hitsInFile(path);
        if (files != nullptr)
            ++*files;
    }
    return hits;
}

} // namespace sealbook
