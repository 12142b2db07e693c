// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Progress.h"
#include "core/base/Task.h"
#include "core/records/RevocationRecord.h"
#include "core/x509/Crl.h"

#include <QObject>

namespace sealbook {

class HttpTransport;
class Store;
struct HttpRequest;

// Asks CAs whether certificates were revoked: by OCSP (RFC 6960), and where that gives no answer by
// CRL (RFC 5280). Only when a person asks, never by itself: whoever is asked learns who asks about
// what. Answers are kept with their time. Owned by Services; main thread.
class RevocationService : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        // Addresses come out of the certificates. Without this, none of them leads a request to
        // this machine or into its network.
        bool allowsPrivate = false;
        std::chrono::seconds maxAge{0}; // younger answers that still hold are not asked for again
    };
    static constexpr qint64 longestCrl = 32L * 1024 * 1024;

    // Both transports speak plain HTTP; `guarded` refuses private addresses. They outlive this.
    RevocationService(Store &store, HttpTransport &guarded, HttpTransport &anywhere,
                      const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] Task<std::optional<RevocationRecord>> last(QString sha256);
    // Asks about each, many at a time, and keeps what is found out as it comes; gives what is known
    // then, in the order of `sha256`. Progress: "revocation.checking". Fails only where the profile
    // does, or with Cancelled; what was found out before stays.
    [[nodiscard]] Task<std::vector<RevocationRecord>>
    check(QStringList sha256, Options options, ProgressSink progress, std::stop_token stop);
    // Stops what is under way and waits for it: before the store goes.
    [[nodiscard]] Task<> close();

Q_SIGNALS:
    void checked(const sealbook::RevocationRecord &record);

private:
    struct Run;
    struct Case;
    class Running;
    [[nodiscard]] Task<std::vector<RevocationRecord>>
    checkThese(QStringList sha256, std::shared_ptr<Run> run, std::stop_token stop);
    [[nodiscard]] Task<> work(std::shared_ptr<Run> run, std::stop_token stop);
    [[nodiscard]] Task<RevocationRecord> checkOne(std::shared_ptr<Run> run, QString sha256,
                                                  std::stop_token stop);
    [[nodiscard]] Task<> ask(std::shared_ptr<Run> run, std::shared_ptr<Case> one,
                             std::stop_token stop);
    [[nodiscard]] Task<bool> findIssuer(std::shared_ptr<Run> run, std::shared_ptr<Case> one,
                                        std::stop_token stop);
    [[nodiscard]] Task<RevocationAnswer> askResponder(std::shared_ptr<Run> run,
                                                      std::shared_ptr<Case> one, QString address,
                                                      std::stop_token stop);
    [[nodiscard]] Task<RevocationAnswer> askList(std::shared_ptr<Run> run,
                                                 std::shared_ptr<Case> one, QString address,
                                                 std::stop_token stop);
    [[nodiscard]] Task<Crl> listAt(std::shared_ptr<Run> run, QString address, Certificate issuer,
                                   std::stop_token stop);
    [[nodiscard]] Task<Crl> fetchList(std::shared_ptr<Run> run, QString address, Certificate issuer,
                                      std::stop_token stop);
    [[nodiscard]] Task<QByteArray> fetch(std::shared_ptr<Run> run, HttpRequest request,
                                         std::stop_token stop);

    Store &m_store;
    HttpTransport &m_guarded;
    HttpTransport &m_anywhere;
    const Clock &m_clock;
    std::stop_source m_ending;
    int m_running = 0;
    std::optional<Deferred<>> m_drained;
};

} // namespace sealbook
