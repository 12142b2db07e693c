// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QStringList>
#include <QTcpServer>

#include <memory>
#include <vector>

namespace sealbook {

// The lab's three ports: one for DNS, free for UDP and TCP on every address of the lab, and the two
// of the CA. As long as it lives it listens on the same ports of one more loopback address, where
// other labs look too: two labs never choose the same, although name servers share UDP ports among
// themselves without an error (SO_REUSEPORT). A foreign program may still come between; then the
// server fails to bind and the lab takes another LabPorts.
class LabPorts
{
public:
    [[nodiscard]] static Result<LabPorts> reserve();

    [[nodiscard]] quint16 dns() const { return m_first; }
    [[nodiscard]] quint16 directory() const { return static_cast<quint16>(m_first + 1); }
    [[nodiscard]] quint16 management() const { return static_cast<quint16>(m_first + 2); }

    // Where the lab's name servers listen: the resolver, the parent, ns1, ns2, ns3.
    [[nodiscard]] static QStringList addresses();

private:
    [[nodiscard]] bool take(quint16 first);

    quint16 m_first = 0;
    std::vector<std::unique_ptr<QTcpServer>> m_guards;
};

} // namespace sealbook
