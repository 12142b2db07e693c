// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ExitCode.h"

namespace sealbook {

ExitCode exitCodeOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::ApprovalNeeded:
        return ExitCode::ApprovalNeeded;
    case Error::Kind::KeychainAbsent:
    case Error::Kind::KeychainDenied:
        return ExitCode::Keychain;
    case Error::Kind::DnsNotReady:
        return ExitCode::DnsNotReady;
    case Error::Kind::CaRefused:
        return ExitCode::CaRefused;
    case Error::Kind::ProviderRefused:
        return ExitCode::ProviderRefused;
    case Error::Kind::Cancelled:
        return ExitCode::Cancelled;
    default:
        break;
    }
    // An ACME problem keeps its URN whatever its kind: the CA has spoken.
    return error.type.startsWith(QLatin1String("urn:ietf:params:acme:")) ? ExitCode::CaRefused
                                                                         : ExitCode::Failed;
}

} // namespace sealbook
