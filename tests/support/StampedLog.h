// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QFile>

#include <chrono>
#include <mutex>
#include <optional>
#include <poll.h>
#include <sys/inotify.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace sealbook {

// Follows a log that another program writes and remembers when each line came, to the millisecond:
// pebble itself writes whole seconds. A line is stamped when it is read, so never before it was
// written. Owned by a test; reads in a thread of its own.
class StampedLog
{
public:
    using Clock = std::chrono::steady_clock;
    struct Line
    {
        Clock::time_point at;
        qint64 wall = 0; // the same moment in milliseconds since the epoch
        QByteArray text;
    };

    explicit StampedLog(const QString &path)
        : m_file(path)
        , m_notify(inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        inotify_add_watch(m_notify, QFile::encodeName(path).constData(), IN_MODIFY);
        m_isOpen = m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
        m_thread = std::jthread([this](const std::stop_token &stop) {
            while (!stop.stop_requested())
                take();
        });
    }
    ~StampedLog()
    {
        m_thread.request_stop();
        m_thread.join();
        ::close(m_notify);
    }
    Q_DISABLE_COPY_MOVE(StampedLog)

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    // How many lines there are; what comes later is "since" this.
    [[nodiscard]] std::size_t mark() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_lines.size();
    }
    // The first line since `mark` that holds `text`.
    [[nodiscard]] std::optional<Line> first(const QByteArray &text, std::size_t mark) const
    {
        const std::scoped_lock lock(m_mutex);
        for (std::size_t i = mark; i < m_lines.size(); ++i) {
            if (m_lines[i].text.contains(text))
                return m_lines[i];
        }
        return std::nullopt;
    }

private:
    void take()
    {
        pollfd wait{m_notify, POLLIN, 0};
        ::poll(&wait, 1, 50);
        char events[4096];
        while (::read(m_notify, events, sizeof events) > 0) { }
        m_rest += m_file.readAll();
        const Clock::time_point now = Clock::now();
        const qint64 wall = QDateTime::currentMSecsSinceEpoch();
        const std::scoped_lock lock(m_mutex);
        for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n')) {
            m_lines.push_back({now, wall, m_rest.left(end)});
            m_rest.remove(0, end + 1);
        }
    }

    QFile m_file;
    int m_notify = -1;
    bool m_isOpen = false;
    QByteArray m_rest; // a line that is not complete yet
    mutable std::mutex m_mutex;
    std::vector<Line> m_lines;
    std::jthread m_thread; // ends before what it uses
};

} // namespace sealbook
