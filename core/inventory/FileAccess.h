// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace sealbook {

// Reads an ordinary file of at most `limit` bytes and hands its content to `use`, then wipes it: it
// may hold a key. Folders, pipes, devices and unreadable files each get a text of their own, and
// none of them makes it wait.
[[nodiscard]] Result<>
readFileOnce(const QString &path, qsizetype limit,
             const std::function<Result<>(std::span<const std::uint8_t>)> &use);

// Replaces `path` as a whole or not at all, also through a crash or power loss: temporary file in
// the same folder, fsync, rename, fsync of the folder. With `isSecret` it is 0600 from the first
// moment, else 0644 less `umask`, or less the process's own, which this program keeps at 077.
[[nodiscard]] Result<> replaceFile(const QString &path, std::span<const std::uint8_t> bytes,
                                   bool isSecret, std::optional<unsigned> umask = {});

} // namespace sealbook
