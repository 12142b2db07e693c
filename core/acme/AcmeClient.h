// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Task.h"
#include "core/http/HttpTransport.h"
#include "core/x509/PrivateKey.h"

#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

#include <deque>
#include <memory>

namespace sealbook {

// The CA's index (RFC 8555 section 7.1.1).
struct Directory
{
    QUrl newNonce;
    QUrl newAccount;
    QUrl newOrder;
    QUrl newAuthz;
    QUrl revokeCert;
    QUrl keyChange;
    QUrl renewalInfo; // RFC 9773; empty where the CA has none
    QUrl termsOfService;
    QUrl website;
    QStringList caaIdentities;
    bool externalAccountRequired = false;
    QMap<QString, QString> profiles; // name -> text (draft-ietf-acme-profiles)
};

struct Account
{
    QUrl url; // "kid"
    QString status; // valid, deactivated, revoked
    QStringList contacts;
};

struct Order
{
    QUrl url;
    QString status; // pending, ready, processing, valid, invalid
    QDateTime expires;
    QStringList names; // A-labels, wildcards with "*."
    std::vector<QUrl> authorizations;
    QUrl finalize;
    QUrl certificate;
    std::optional<Error> error;
    std::optional<std::chrono::seconds> retryAfter;
};

struct Challenge
{
    QString type; // "dns-01"
    QUrl url;
    QString status; // pending, processing, valid, invalid
    QString token;
    std::optional<Error> error;
};

struct Authorization
{
    QUrl url;
    QString name; // A-label, without star
    bool wildcard = false;
    QString status; // pending, valid, invalid, deactivated, expired, revoked
    QDateTime expires;
    std::vector<Challenge> challenges;
    std::optional<std::chrono::seconds> retryAfter;
};

// External account binding (RFC 8555 section 7.3.4).
struct ExternalAccount
{
    QString kid;
    Secret macKey; // decoded bytes
};

struct NewAccount
{
    QStringList contacts;
    bool agreesToTerms = false;
    bool onlyExisting = false;
    std::optional<ExternalAccount> binding;
};

// One method for each request of RFC 8555, for one account key at one CA; no story (AcmeIssuer has
// that). Keeps a pool of nonces (at most 32), posts at most eight requests at once, signs each
// anew, retries badNonce at most five times with the nonce of the error reply, here and nowhere
// else. Problem documents become Errors: `type` is the URN, `parts` the subproblems. Every URL that
// a reply names must be https. Owned by who issues; lives on the main thread; outlives its tasks.
class AcmeClient
{
public:
    // `key` is shared with nobody else; `accountUrl` is empty until newAccount has told it.
    AcmeClient(HttpTransport &transport, QUrl directoryUrl, PrivateKey key, QUrl accountUrl);
    ~AcmeClient();

    [[nodiscard]] Task<Directory> directory(std::stop_token stop); // fetched once, then kept
    [[nodiscard]] Task<> warmNonce(std::stop_token stop);
    [[nodiscard]] Task<Account> newAccount(NewAccount wanted, std::stop_token stop);
    [[nodiscard]] Task<Account> updateContacts(QStringList contacts, std::stop_token stop);
    [[nodiscard]] Task<> deactivateAccount(std::stop_token stop);
    [[nodiscard]] Task<Order> newOrder(QStringList names, QString profile, std::stop_token stop);
    [[nodiscard]] Task<Order> order(QUrl url, std::stop_token stop);
    [[nodiscard]] Task<Authorization> authorization(QUrl url, std::stop_token stop);
    [[nodiscard]] Task<> deactivateAuthorization(QUrl url, std::stop_token stop);
    [[nodiscard]] Task<Challenge> answerChallenge(QUrl url, std::stop_token stop);
    [[nodiscard]] Task<Order> finalize(Order order, QByteArray csrDer, std::stop_token stop);
    [[nodiscard]] Task<QByteArray> certificate(QUrl url, std::stop_token stop); // PEM
    [[nodiscard]] Task<> revoke(QByteArray certificateDer, int reason, std::stop_token stop);

    // Polls `url` until the order leaves `pending` and `processing`: a given Retry-After is
    // honoured (floor 1 s, cap 1 h), without one at 30, 60, 120, 250 ms, 0.5, 1, 2 s ... (table in
    // the .cpp).
    [[nodiscard]] Task<Order> pollOrder(QUrl url, std::chrono::seconds limit, std::stop_token stop);
    // The same, from a reply that may say when to ask first (RFC 8555 section 7.4).
    [[nodiscard]] Task<Order> pollOrder(Order known, std::chrono::seconds limit,
                                        std::stop_token stop);

    [[nodiscard]] QUrl accountUrl() const;
    // token "." thumbprint, digested: what the TXT record must hold (section 8.4).
    [[nodiscard]] QString dns01Value(const QString &token) const;
    // How far the CA's clock is ahead of ours, by the Date of its last reply.
    [[nodiscard]] std::optional<std::chrono::seconds> clockSkew() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace sealbook
