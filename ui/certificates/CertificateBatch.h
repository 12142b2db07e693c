// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/CertificateService.h"

namespace sealbook {

// The same call for many certificates, one after the other. They end at the first error, and at a
// stop; what was done before stands. The service outlives them.

// All as PEM, each with its issuers behind it when `withChains`.
[[nodiscard]] Task<QByteArray> pemOfAll(CertificateService *service, QStringList sha256,
                                        bool withChains, std::stop_token stop);
// Into `folder`, each full chain a file of its own that was not there before. How many.
[[nodiscard]] Task<int> exportAll(CertificateService *service, QStringList sha256, QString folder,
                                  std::stop_token stop);
// For good. How many.
[[nodiscard]] Task<int> removeAll(CertificateService *service, QStringList sha256,
                                  std::stop_token stop);

} // namespace sealbook
