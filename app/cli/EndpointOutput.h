// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Output.h"
#include "core/records/EndpointRecord.h"

namespace sealbook {

// How the terminal shows endpoints.
[[nodiscard]] QJsonObject endpointCheckJson(const EndpointCheck &check);
[[nodiscard]] QJsonObject endpointJson(const EndpointStatus &status);
[[nodiscard]] QString endpointLine(const EndpointStatus &status);
void sayEndpoint(Output &output, const EndpointStatus &status,
                 const std::vector<EndpointCheck> &history);

inline constexpr int monitoringUnknown = 3;
// What a monitoring system reads: an exit code (0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN) and a line
// with performance data behind a bar.
struct MonitoringSummary
{
    int exitCode = monitoringUnknown;
    QString line;
};
[[nodiscard]] MonitoringSummary monitoringSummary(const std::vector<EndpointStatus> &statuses);

} // namespace sealbook
