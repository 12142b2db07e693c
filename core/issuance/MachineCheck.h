// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

#include <QString>

#include <functional>
#include <vector>

namespace sealbook {

class HttpTransport;
class Resolver;
class Vault;

// One line of `doctor` and of the first-run page: what on this machine would stop an issuance.
struct MachineFinding
{
    enum class State { Ok, Warning, Stop, NotChecked };
    QString id; // keychain, dns_udp, dns_tcp, ipv6, clock, ca, practice, memory_lock
    State state = State::NotChecked;
    QString title; // plain English: "Keychain works"
    QString detail;
    QString advice; // empty when Ok
    bool operator==(const MachineFinding &) const = default;
};

[[nodiscard]] QString findingStateName(MachineFinding::State state);

struct MachineCheckOptions
{
    bool contactCa = false; // the first-run page contacts none
    QString caDirectoryUrl;
    QStringList missingPracticePackages;
};

// Looks at keychain, port 53 (UDP and TCP, one query to a root server), IPv6 route, clock (against
// the CA's Date), CA, tools for practice, lockable memory. Each finding is told when it is known.
// Owned by Services; main thread.
class MachineCheck
{
public:
    MachineCheck(Vault &vault, Resolver &resolver, HttpTransport &transport);
    [[nodiscard]] Task<std::vector<MachineFinding>> run(MachineCheckOptions options,
                                                        std::function<void(MachineFinding)> sink,
                                                        std::stop_token stop);

private:
    Vault &m_vault;
    Resolver &m_resolver;
    HttpTransport &m_transport;
};

} // namespace sealbook
