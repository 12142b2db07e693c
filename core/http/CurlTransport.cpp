// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/http/CurlTransport.h"

#include "core/http/CurlMulti.h"
#include "core/http/CurlTransfer.h"
#include "core/http/TrustRoots.h"

#include <map>

using namespace std::chrono_literals;

namespace sealbook {

// The state that coroutines may outlive: they hold it by QPointer.
class CurlTransport::Private : public QObject
{
public:
    explicit Private(CurlTransportOptions given)
        : options(std::move(given))
        , share(curl_share_init())
        , roots(TrustRoots::load(options.caFile))
        , multi([this](CURL *easy, CURLcode code) { finish(easy, code); })
    {
        curl_share_setopt(share.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    }
    ~Private() override;

    [[nodiscard]] Result<CURL *> start(HttpRequest request, Deferred<HttpResponse> deferred);
    void finish(CURL *easy, CURLcode code);
    void abandon(CURL *easy, quint64 serial, Error error);

    struct Running
    {
        quint64 serial = 0;
        std::unique_ptr<CurlTransfer> transfer;
    };

    CurlTransportOptions options;
    std::unique_ptr<CURLSH, CurlFree<curl_share_cleanup>> share;
    Result<TrustRoots> roots;
    CurlMulti multi;
    std::map<CURL *, Running> running;
    quint64 lastSerial = 0;
    int count = 0;
};

CurlTransport::Private::~Private()
{
    while (!running.empty())
        abandon(running.begin()->first, running.begin()->second.serial, cancelled());
}

Result<CURL *> CurlTransport::Private::start(HttpRequest request, Deferred<HttpResponse> deferred)
{
    if (!roots)
        return fail(roots.error());
    auto transfer = std::make_unique<CurlTransfer>(std::move(request), std::move(deferred));
    const Result<> prepared = transfer->prepare(options, *roots, share.get());
    if (!prepared)
        return fail(prepared.error());
    CURL *easy = transfer->easy();
    const CURLMcode added = multi.add(easy);
    if (added != CURLM_OK)
        return fail(Error::Kind::Internal, QString::fromLatin1(curl_multi_strerror(added)));
    ++count;
    running[easy] = {++lastSerial, std::move(transfer)};
    return easy;
}

void CurlTransport::Private::finish(CURL *easy, CURLcode code)
{
    auto found = running.extract(easy);
    if (!found.empty())
        found.mapped().transfer->finish(code);
}

void CurlTransport::Private::abandon(CURL *easy, quint64 serial, Error error)
{
    const auto found = running.find(easy);
    if (found == running.end() || found->second.serial != serial)
        return;
    multi.remove(easy);
    const Running stopped = std::move(found->second);
    running.erase(found);
    stopped.transfer->abandon(std::move(error));
}

static void initializeCurlOnce()
{
    static const CURLcode initialized = curl_global_init(CURL_GLOBAL_DEFAULT);
    Q_ASSERT(initialized == CURLE_OK);
    Q_UNUSED(initialized)
}

CurlTransport::CurlTransport(CurlTransportOptions options)
{
    initializeCurlOnce();
    d = std::make_unique<Private>(std::move(options));
}

CurlTransport::~CurlTransport() = default;

Task<HttpResponse> CurlTransport::send(HttpRequest request, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return fail(cancelled());
    // curl keeps the time itself; this bound is for the case that it does not.
    const std::chrono::milliseconds limit = request.timeout + 2s;
    const QString what = QStringLiteral("%1 did not answer in time.").arg(request.url.host());
    const Deferred<HttpResponse> deferred;
    const Result<CURL *> started = d->start(std::move(request), deferred);
    if (!started)
        co_return fail(started.error());

    const QPointer<Private> owner(d.get());
    CURL *const easy = *started;
    const quint64 serial = d->lastSerial;
    // Direct on this thread; queued where a stop comes from another one.
    const std::stop_callback onStop(stop, [owner, easy, serial] {
        if (owner)
            QMetaObject::invokeMethod(
                owner.data(), [owner, easy, serial] { owner->abandon(easy, serial, cancelled()); });
    });
    Task<HttpResponse> waiting = within(deferred, limit, what, stop);
    Result<HttpResponse> response = co_await std::move(waiting);
    if (!response && owner)
        owner->abandon(easy, serial, response.error());
    co_return response;
}

int CurlTransport::requestCount() const
{
    return d->count;
}

QString httpLibraryVersion()
{
    return QString::fromLatin1(curl_version_info(CURLVERSION_NOW)->version);
}

} // namespace sealbook
