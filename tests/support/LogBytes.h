// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

namespace sealbook {

// The bytes of transparency logs, as RFC 6962 and the Static CT API write them, around certificates
// of a test.
struct LogBytes
{
    static QByteArray number(quint64 value, int size)
    {
        QByteArray bytes;
        for (int i = size - 1; i >= 0; --i)
            bytes.append(static_cast<char>(value >> (8 * i)));
        return bytes;
    }
    static QByteArray block(const QByteArray &bytes, int lengthSize)
    {
        return number(static_cast<quint64>(bytes.size()), lengthSize) + bytes;
    }
    // A TimestampedEntry of a certificate, or of a precertificate whose part to be signed does not
    // matter here.
    static QByteArray timestamped(const QByteArray &der, bool isPrecertificate, quint64 at)
    {
        const QByteArray entry = isPrecertificate
            ? number(1, 2) + QByteArray(32, 'k') + block("to be signed", 3)
            : number(0, 2) + block(der, 3);
        return number(at, 8) + entry + block({}, 2);
    }
    // RFC 6962 section 3.4, and what stands beside it.
    static QByteArray leafInput(const QByteArray &der, bool isPrecertificate, quint64 at)
    {
        return number(0, 2) + timestamped(der, isPrecertificate, at);
    }
    static QByteArray extraData(const QByteArray &der, bool isPrecertificate)
    {
        const QByteArray chain = block({}, 3);
        return isPrecertificate ? block(der, 3) + chain : chain;
    }
    static QByteArray tileLeaf(const QByteArray &der, bool isPrecertificate, quint64 at)
    {
        return timestamped(der, isPrecertificate, at)
            + (isPrecertificate ? block(der, 3) : QByteArray())
            + block(QByteArray(64, 'f'), 2); // two fingerprints of issuers
    }
    static QByteArray checkpoint(qint64 size)
    {
        return "log.example/2026\n" + QByteArray::number(size) + "\n"
            + QByteArray(32, 'r').toBase64() + "\n\n\xe2\x80\x94 log.example/2026 c2ln\n";
    }
};

} // namespace sealbook
