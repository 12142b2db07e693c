// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <unordered_map>

namespace sealbook {

// libcurl's multi handle, driven by the event loop of the thread that made it: a notifier for each
// socket and direction that curl watches, one timer for its timeouts. Owned by CurlTransport.
// Transfers that ended are already taken off the multi when `finished` hears of them; it MUST NOT
// destroy this object.
class CurlMulti : public QObject
{
public:
    using Finished = std::function<void(CURL *, CURLcode)>;

    explicit CurlMulti(Finished finished);
    ~CurlMulti() override; // no handle may be left in it

    [[nodiscard]] CURLMcode add(CURL *easy);
    void remove(CURL *easy);

private:
    struct DisableThenDeleteLater
    {
        void operator()(QSocketNotifier *notifier) const;
    };
    using NotifierPtr = std::unique_ptr<QSocketNotifier, DisableThenDeleteLater>;
    struct Watch
    {
        NotifierPtr read;
        NotifierPtr write;
    };

    static int watchSocket(CURL *easy, curl_socket_t socket, int what, void *self, void *);
    static int setTimer(CURLM *multi, long milliseconds, void *self);
    void enable(NotifierPtr &notifier, curl_socket_t socket, QSocketNotifier::Type type, bool on);
    void act(curl_socket_t socket, int events);
    void collectFinished();

    CURLM *m_multi;
    Finished m_finished;
    QTimer m_timer;
    std::unordered_map<curl_socket_t, Watch> m_watches;
};

} // namespace sealbook
