// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Progress.h"
#include "core/base/Task.h"

#include <QStringList>

namespace sealbook {

// Where the lab's programs are, ready to run.
struct LabTools
{
    QString pebble;
    QString knotd;
    QString named;
    QString openssl;
    QString libraryPath; // LD_LIBRARY_PATH for unpacked ones; empty when all are the system's
};

// Finds the lab's programs: the system's own where they can be used, else Debian packages that are
// downloaded and unpacked below `cache` as whoever we are. Nothing is installed, so no service is
// ever enabled. Libraries that are not on the machine come the same way. A value; main thread.
class LabPrograms
{
public:
    // `searchPath` empty = PATH and the folders of servers.
    explicit LabPrograms(QString cache, QStringList searchPath = {});

    // Packages of what is neither there nor can be fetched. Quick: starts nothing.
    [[nodiscard]] QStringList missingPackages() const;
    [[nodiscard]] Task<LabTools> provide(ProgressSink progress, std::stop_token stop) const;

private:
    [[nodiscard]] QString onSystem(const QString &program) const;
    [[nodiscard]] QString unpacked(const QString &program, const QString &package) const;
    [[nodiscard]] bool canFetch() const;
    [[nodiscard]] QString libraryPath() const;
    [[nodiscard]] Result<QString> unconfined(const QString &path) const;
    [[nodiscard]] Task<> fetch(QStringList packages, std::stop_token stop) const;
    [[nodiscard]] Task<> unpack(QString archive, QString package, std::stop_token stop) const;
    [[nodiscard]] Task<> completeLibraries(QString program, QString package,
                                           std::stop_token stop) const;
    [[nodiscard]] Task<QStringList> lackingLibraries(QString program, std::stop_token stop) const;
    [[nodiscard]] Task<QStringList> libraryPackages(QStringList packages,
                                                    std::stop_token stop) const;

    QString m_cache;
    QStringList m_searchPath;
};

} // namespace sealbook
