// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QStringList>

#include <stop_token>

namespace sealbook {

// The files that some paths stand for: a file for itself, a folder for all ordinary files below it,
// in the order of their names. Links are followed, but no folder and no file comes twice, so a loop
// ends; pipes, devices and sockets are passed by without being opened.
struct FolderWalk
{
    struct File
    {
        QString path; // absolute
        qint64 size = 0;
        bool isNamed = false; // the person named it, instead of a folder above it
    };
    struct Problem
    {
        QString path;
        Error error; // a folder that may not be read, a path that is not there
    };
    std::vector<File> files;
    std::vector<Problem> problems;
    qint64 bytes = 0;
};

// Blocks. Cancelled when `stop` is requested.
[[nodiscard]] Result<FolderWalk> walkFolders(const QStringList &paths, std::stop_token stop);

} // namespace sealbook
