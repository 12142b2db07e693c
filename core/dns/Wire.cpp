// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/dns/Wire.h"

namespace sealbook {

QByteArray WireReader::name()
{
    QByteArray labels;
    qsizetype resumeAt = -1;
    qsizetype lowest = m_at;
    while (m_ok) {
        const unsigned length = u8();
        if (!m_ok || length == 0)
            break;
        if ((length & 0xc0) == 0xc0) {
            const qsizetype target = static_cast<qsizetype>((length & 0x3f) << 8 | u8());
            if (resumeAt < 0)
                resumeAt = m_at;
            // RFC 1035 section 4.1.4: a pointer names a *prior* occurrence.
            if (target >= lowest)
                m_ok = false;
            lowest = target;
            m_at = target;
            continue;
        }
        if (length > 63 || labels.size() + static_cast<qsizetype>(length) > 254) {
            m_ok = false;
            break;
        }
        labels.append(static_cast<char>(length));
        labels.append(raw(static_cast<qsizetype>(length)).toLower());
    }
    if (resumeAt >= 0)
        m_at = resumeAt;
    return m_ok ? labels : QByteArray();
}

} // namespace sealbook
