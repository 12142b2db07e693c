// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/CurlMulti.h"

namespace sealbook {

// Enough for a server that speaks HTTP/1.1 only; with HTTP/2 one connection carries everything.
static constexpr long maxConnectionsPerHost = 4;

void CurlMulti::DisableThenDeleteLater::operator()(QSocketNotifier *notifier) const
{
    // curl may drop a socket while that socket's own notifier is being delivered.
    notifier->setEnabled(false);
    notifier->deleteLater();
}

CurlMulti::CurlMulti(Finished finished)
    : m_multi(curl_multi_init())
    , m_finished(std::move(finished))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.callOnTimeout(this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });

    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &CurlMulti::watchSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &CurlMulti::setTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    curl_multi_setopt(m_multi, CURLMOPT_MAX_HOST_CONNECTIONS, maxConnectionsPerHost);
}

CurlMulti::~CurlMulti()
{
    curl_multi_cleanup(m_multi);
}

CURLMcode CurlMulti::add(CURL *easy)
{
    return curl_multi_add_handle(m_multi, easy);
}

void CurlMulti::remove(CURL *easy)
{
    curl_multi_remove_handle(m_multi, easy);
}

int CurlMulti::watchSocket(CURL *, curl_socket_t socket, int what, void *self, void *)
{
    auto *multi = static_cast<CurlMulti *>(self);
    if (what == CURL_POLL_REMOVE) {
        multi->m_watches.erase(socket);
        return 0;
    }
    Watch &watch = multi->m_watches[socket];
    multi->enable(watch.read, socket, QSocketNotifier::Read, (what & CURL_POLL_IN) != 0);
    multi->enable(watch.write, socket, QSocketNotifier::Write, (what & CURL_POLL_OUT) != 0);
    return 0;
}

int CurlMulti::setTimer(CURLM *, long milliseconds, void *self)
{
    auto *multi = static_cast<CurlMulti *>(self);
    // Also for 0 through the event loop: curl must not be entered again from its own callback.
    if (milliseconds < 0)
        multi->m_timer.stop();
    else
        multi->m_timer.start(static_cast<int>(std::min(milliseconds, 86400000L)));
    return 0;
}

void CurlMulti::enable(NotifierPtr &notifier, curl_socket_t socket, QSocketNotifier::Type type,
                       bool on)
{
    if (notifier) {
        notifier->setEnabled(on);
        return;
    }
    if (!on)
        return;
    notifier.reset(new QSocketNotifier(qintptr(socket), type));
    const int events = type == QSocketNotifier::Read ? CURL_CSELECT_IN : CURL_CSELECT_OUT;
    connect(notifier.get(), &QSocketNotifier::activated, this,
            [this, socket, events] { act(socket, events); });
}

void CurlMulti::act(curl_socket_t socket, int events)
{
    int running = 0;
    curl_multi_socket_action(m_multi, socket, events, &running);
    collectFinished();
}

void CurlMulti::collectFinished()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        // The message dies with remove_handle.
        CURL *easy = message->easy_handle;
        const CURLcode code = message->data.result;
        remove(easy);
        m_finished(easy, code);
    }
}

} // namespace sealbook
