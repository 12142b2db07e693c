// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/ContainerReader.h"

#include <QStringList>

#include <chrono>
#include <stop_token>

namespace sealbook {

// How to start the process that reads containers: a program with its arguments. With an empty
// program there is none, and containers are refused.
struct ImportHelper
{
    QString program;
    QStringList arguments;
};

// Has one container read by a process of its own, which a hostile file may crash, fill or keep busy
// without harm (security.md section 3). Password, file and keys cross through a socket only, keys
// straight into Secrets. The process is killed, with what it forked, when `stop` is requested,
// after `patience`, or when its answer breaks a rule. Blocks; any thread.
class ContainerProcess
{
public:
    explicit ContainerProcess(ImportHelper helper,
                              std::chrono::milliseconds patience = std::chrono::seconds(30))
        : m_helper(std::move(helper))
        , m_patience(patience)
    {
    }

    [[nodiscard]] Result<ContainerContent> read(ImportFormat format,
                                                std::span<const std::uint8_t> bytes,
                                                const Secret &password,
                                                const std::stop_token &stop) const;

private:
    ImportHelper m_helper;
    std::chrono::milliseconds m_patience;
};

} // namespace sealbook
