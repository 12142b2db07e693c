// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/FolderWalk.h"

#include "core/base/Task.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <set>
#include <sys/stat.h>

namespace sealbook {

namespace {

constexpr int deepest = 64;

// One walk. Lives only inside walkFolders().
class Walk
{
public:
    explicit Walk(std::stop_token stop)
        : m_stop(std::move(stop))
    {
    }

    void take(const QByteArray &path, bool isNamed, int depth)
    {
        if (m_stop.stop_requested())
            return;
        struct stat facts = {};
        if (::stat(path.constData(), &facts) != 0) {
            const int code = errno;
            struct stat link = {};
            const bool dangles = !isNamed && code == ENOENT && ::lstat(path.constData(), &link) == 0
                && S_ISLNK(link.st_mode);
            if (!dangles) // a link to nothing in a folder says nothing
                complain(path, code);
            return;
        }
        if (!S_ISDIR(facts.st_mode) && !S_ISREG(facts.st_mode) && !isNamed)
            return;
        if (!m_seen.emplace(facts.st_dev, facts.st_ino).second)
            return;
        if (S_ISDIR(facts.st_mode))
            enter(path, depth);
        else // what is no ordinary file is refused with its own text when it is opened
            add(path, facts, isNamed);
    }

    FolderWalk result;

private:
    void add(const QByteArray &path, const struct stat &facts, bool isNamed)
    {
        const qint64 size = S_ISREG(facts.st_mode) ? facts.st_size : 0;
        result.files.push_back({QFile::decodeName(path), size, isNamed});
        result.bytes += size;
    }

    void enter(const QByteArray &path, int depth)
    {
        if (depth > deepest)
            return;
        const std::unique_ptr<DIR, int (*)(DIR *)> folder(::opendir(path.constData()), &::closedir);
        if (!folder) {
            complain(path, errno);
            return;
        }
        std::vector<QByteArray> names;
        while (const dirent *entry = ::readdir(folder.get())) {
            const bool mayMatter = entry->d_type == DT_REG || entry->d_type == DT_DIR
                || entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN;
            if (mayMatter && std::strcmp(entry->d_name, ".") != 0
                && std::strcmp(entry->d_name, "..") != 0)
                names.emplace_back(entry->d_name);
        }
        std::sort(names.begin(), names.end());
        // certbot's current certificates are links from "live" into "archive": taken first, they
        // are told by where they are in use.
        const auto live = std::find(names.begin(), names.end(), "live");
        if (live != names.end())
            std::rotate(names.begin(), live, live + 1);
        for (const QByteArray &name : names)
            take(path.endsWith('/') ? path + name : path + '/' + name, false, depth + 1);
    }

    void complain(const QByteArray &path, int code)
    {
        Error error;
        error.kind = code == ENOENT ? Error::Kind::NotFound : Error::Kind::BadRequest;
        const QString shown = QFile::decodeName(path);
        if (code == ENOENT)
            error.detail = QStringLiteral("there is no file \"%1\"").arg(shown);
        else if (code == EACCES)
            error.detail = QStringLiteral("\"%1\" may not be read by you").arg(shown);
        else
            error.detail = QStringLiteral("\"%1\" cannot be read: %2")
                               .arg(shown, QString::fromLocal8Bit(std::strerror(code)));
        result.problems.push_back({shown, std::move(error)});
    }

    std::stop_token m_stop;
    std::set<std::pair<dev_t, ino_t>> m_seen;
};

} // namespace

Result<FolderWalk> walkFolders(const QStringList &paths, std::stop_token stop)
{
    Walk walk(stop);
    for (const QString &path : paths)
        walk.take(QFile::encodeName(QDir::cleanPath(QDir().absoluteFilePath(path))), true, 0);
    if (stop.stop_requested())
        return fail(cancelled());
    return std::move(walk.result);
}

} // namespace sealbook
