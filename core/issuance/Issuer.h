// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/records/JobRecord.h"

#include <QByteArray>

#include <functional>

namespace sealbook {

// A chain as the CA gave it, checked: leaf first, PEM, nothing but certificates in it.
struct IssuedChain
{
    QByteArray leafDer;
    QByteArray chainPem; // the issuers, leaf not included
};

// Something that turns a job into a certificate. AcmeIssuer is one; a private CA would be another.
// MUST persist what it learns through the job it is given before it acts on it.
class Issuer
{
public:
    virtual ~Issuer() = default;
    [[nodiscard]] virtual Task<IssuedChain> obtain(JobRecord job, std::stop_token stop) = 0;
};

} // namespace sealbook
