// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"

namespace sealbook {

// Whether a server of the lab is up, found out by asking it as a client would. Each waits until it
// is, at most `limit`, and never longer than it has to.

// The server at `address` answers for the SOA of `zone`: with authority, or else (the resolver) by
// having found it.
[[nodiscard]] Task<> untilItAnswers(QString address, quint16 port, QString zone, bool authoritative,
                                    std::chrono::milliseconds limit, std::stop_token stop);
// Something accepts TCP connections.
[[nodiscard]] Task<> untilItAccepts(QString address, quint16 port, std::chrono::milliseconds limit,
                                    std::stop_token stop);

} // namespace sealbook
