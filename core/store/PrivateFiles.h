// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QString>

namespace sealbook {

// Files and folders that are their owner's alone, as a profile's are. Everything here blocks; any
// thread.

[[nodiscard]] QString systemText(int code); // what the system says to an errno

// Makes the folder (0700, its parents too) where it is not there. BadRequest where it is no folder,
// or where others can write into it.
[[nodiscard]] Result<> makePrivateFolder(const QString &folder);

// A file under a name that nobody has, beside what it shall become; 0600 from its first moment and
// empty. Gone with this object, unless it was put into its place.
class DraftFile
{
public:
    [[nodiscard]] static Result<DraftFile> beside(const QString &target);
    ~DraftFile();
    DraftFile(DraftFile &&other) noexcept;
    DraftFile &operator=(DraftFile &&) = delete;
    DraftFile(const DraftFile &) = delete;
    DraftFile &operator=(const DraftFile &) = delete;

    [[nodiscard]] const QString &path() const { return m_path; }
    // On disk, then the target's name; a file that has it is replaced as a whole or not at all.
    [[nodiscard]] Result<> replace(const QString &target);
    // The same, but Conflict where a file has that name.
    [[nodiscard]] Result<> putNew(const QString &target);

private:
    explicit DraftFile(QString path);
    [[nodiscard]] Result<> sync() const;
    QString m_path; // empty once it is in its place
};

// Best effort: some file systems refuse it.
void syncFolder(const QString &folder);

} // namespace sealbook
