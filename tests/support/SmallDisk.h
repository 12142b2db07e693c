// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QString>

#include <csignal>

#include <sys/mount.h>
#include <sys/resource.h>

namespace sealbook {

// A disk of 256 KiB mounted on a folder, for tests of full and read-only disks. Where mounting is
// not allowed, `isMounted` is false and fillUp() limits the size of files instead, which fails the
// same writes with another error. Undone when it dies.
class SmallDisk
{
public:
    explicit SmallDisk(const QString &folder)
        : m_folder(QFile::encodeName(folder))
        , m_mounted(::mount("tmpfs", m_folder.constData(), "tmpfs", 0, "size=256k,mode=0700") == 0)
    {
    }
    ~SmallDisk()
    {
        freeUp();
        if (m_mounted)
            ::umount2(m_folder.constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    [[nodiscard]] bool isMounted() const { return m_mounted; }

    void fillUp()
    {
        if (m_mounted) {
            QFile ballast(QFile::decodeName(m_folder) + QStringLiteral("/ballast"));
            if (ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
                while (ballast.write(QByteArray(4096, 'x')) == 4096) { }
            }
            return;
        }
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    void freeUp()
    {
        QFile::remove(QFile::decodeName(m_folder) + QStringLiteral("/ballast"));
        const rlimit limit{RLIM_INFINITY, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    [[nodiscard]] bool makeReadOnly()
    {
        return m_mounted
            && ::mount("tmpfs", m_folder.constData(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr)
            == 0;
    }

private:
    QByteArray m_folder;
    bool m_mounted;
};

} // namespace sealbook
