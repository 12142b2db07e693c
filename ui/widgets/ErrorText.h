// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"

#include <QString>

namespace sealbook {

// An Error in the user's words. The sentence comes from the kind and is translated; `detail` is
// core's own plain English and stands beneath it, never alone. A value.
struct ErrorText
{
    [[nodiscard]] static ErrorText of(const Error &error);
    // The whole error as text for a bug report or a colleague. It holds no secret, as no Error may.
    [[nodiscard]] static QString report(const Error &error);

    QString sentence; // what happened: "The name servers do not serve the record yet."
    QString detail; // the evidence, with the parts one a line
    QString advice; // what to do
    QString retry; // "Can be tried again in 5 min." or empty
};

// Core's details are phrases ("no such name"): the same as a sentence.
[[nodiscard]] QString asSentence(const QString &phrase);

} // namespace sealbook
