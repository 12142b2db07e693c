// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

namespace sealbook {

// How far a long action is. `of` is 0 where the end is not known. `text` is a key that the face
// translates, such as "practice.unpacking".
struct Progress
{
    QString text;
    int step = 0;
    int of = 0;
    bool canCancel = true;
    bool operator==(const Progress &) const = default;
};

using ProgressSink = std::function<void(Progress)>;

} // namespace sealbook
