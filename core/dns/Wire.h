// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/DnsName.h"

#include <QByteArray>

namespace sealbook {

// Appends the fields of a DNS message (RFC 1035 section 4.1) in network order, names uncompressed.
// A value.
class WireWriter
{
public:
    void u8(unsigned value) { m_bytes.append(static_cast<char>(value & 0xff)); }
    void u16(unsigned value)
    {
        u8(value >> 8);
        u8(value);
    }
    void u32(quint32 value)
    {
        u16(value >> 16);
        u16(value & 0xffff);
    }
    void u48(quint64 value)
    {
        u16(static_cast<unsigned>(value >> 32 & 0xffff));
        u32(static_cast<quint32>(value & 0xffffffff));
    }
    void raw(const QByteArray &bytes) { m_bytes.append(bytes); }
    void name(const DnsName &name)
    {
        for (const QString &label : name.labels()) {
            u8(static_cast<unsigned>(label.size()));
            m_bytes.append(label.toLatin1());
        }
        u8(0);
    }
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

// Reads the same from bytes that nobody vouches for: reading past the end yields zeros and makes
// ok() false for good. Compressed names are followed backwards only, so loops end. A value.
class WireReader
{
public:
    explicit WireReader(QByteArray bytes, qsizetype at = 0)
        : m_bytes(std::move(bytes))
        , m_at(at)
    {
    }
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] qsizetype at() const { return m_at; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_bytes.size(); }
    unsigned u8()
    {
        if (m_at < 0 || m_at >= m_bytes.size()) {
            m_ok = false;
            return 0;
        }
        return static_cast<unsigned char>(m_bytes.at(m_at++));
    }
    unsigned u16()
    {
        const unsigned high = u8();
        return high << 8 | u8();
    }
    quint32 u32()
    {
        const quint32 high = u16();
        return high << 16 | u16();
    }
    quint64 u48()
    {
        const quint64 high = u16();
        return high << 32 | u32();
    }
    QByteArray raw(qsizetype size)
    {
        if (size < 0 || size > m_bytes.size() - m_at) {
            m_ok = false;
            return {};
        }
        m_at += size;
        return m_bytes.mid(m_at - size, size);
    }
    // The labels of a name, lower case, each with its length in front, without the final zero.
    QByteArray name();

private:
    QByteArray m_bytes;
    qsizetype m_at = 0;
    bool m_ok = true;
};

} // namespace sealbook
