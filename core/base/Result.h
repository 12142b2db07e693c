// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"

#include <tl/expected.hpp>

namespace sealbook {

// What every fallible function returns. Mark each such declaration [[nodiscard]] (tests/rules
// looks).
template <typename T = void>
using Result = tl::expected<T, Error>;

// Makes the failing side of a Result. With `doing`, says what was being attempted:
//     if (!csr)
//         return fail(csr.error(), "making the CSR");
[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error, const char *doing)
{
    error.context.append(QString::fromLatin1(doing));
    return tl::unexpected<Error>(std::move(error));
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error::Kind kind, QString detail,
                                                QString advice = {})
{
    Error error;
    error.kind = kind;
    error.detail = std::move(detail);
    error.advice = std::move(advice);
    return tl::unexpected<Error>(std::move(error));
}

} // namespace sealbook
