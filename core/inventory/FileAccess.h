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

// An ordinary file, open for reading. Folders, pipes, devices, empty and unreadable files each get
// a text of their own, and none of them makes it wait (B38). Move-only; closed when it goes.
class InputFile
{
public:
    [[nodiscard]] static Result<InputFile> open(const QString &path);
    ~InputFile();
    InputFile(InputFile &&other) noexcept;
    InputFile &operator=(InputFile &&) = delete;
    InputFile(const InputFile &) = delete;
    InputFile &operator=(const InputFile &) = delete;

    [[nodiscard]] qint64 size() const { return m_size; } // when it was opened
    // Reads on; fewer bytes than there is room only at the end of the file.
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> into);
    // The file's first bytes, without moving on.
    [[nodiscard]] Result<std::size_t> peek(std::span<std::uint8_t> into) const;

private:
    InputFile(QString path, int fd, qint64 size);
    QString m_path;
    int m_fd = -1;
    qint64 m_size = 0;
};

// Reads an ordinary file of at most `limit` bytes and hands its content to `use`, then wipes it: it
// may hold a key. Folders, pipes, devices and unreadable files each get a text of their own, and
// none of them makes it wait.
[[nodiscard]] Result<>
readFileOnce(const QString &path, qsizetype limit,
             const std::function<Result<>(std::span<const std::uint8_t>)> &use);

// Replaces `path` as a whole or not at all, also through a crash or power loss: a new file in the
// same folder (without a name, where the system has that: a crash leaves nothing of it), fsync, its
// name, fsync of the folder. With `isSecret` it is 0600 from the first
// moment, else 0644 less `umask`, or less the process's own, which this program keeps at 077.
[[nodiscard]] Result<> replaceFile(const QString &path, std::span<const std::uint8_t> bytes,
                                   bool isSecret, std::optional<unsigned> umask = {});

} // namespace sealbook
