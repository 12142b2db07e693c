// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Progress.h"
#include "core/base/Task.h"
#include "core/crypto/Secret.h"
#include "core/records/AccountRecord.h"

#include <QObject>

#include <memory>

namespace sealbook {

// Where a running practice lab is, and how to use it.
struct PracticeFacts
{
    QString directoryUrl; // pebble's
    QString managementUrl; // pebble's second port, for /roots/0
    QString caFile; // PEM of what signs pebble's own TLS
    QString rootFile; // PEM of the practice CA's root
    quint16 dnsPort = 0; // one port for every name server and the resolver
    QString resolver; // "127.0.0.1"
    QString primary; // "127.0.0.11": takes RFC 2136 updates
    QString zone; // "practice.test"
    QString tsigName; // "practice"
    QString tsigAlgorithm; // "hmac-sha256"
    QString logFile; // pebble's log
    int slowServerSeconds = 8; // the slow server lags at most this long
};

// Options that the tests turn; practice itself uses the defaults.
struct PracticeOptions
{
    bool slowServer = true;
    int nonceRejectPercent = 0;
    int authorizationReusePercent = 0;
    bool externalAccountBinding = false;
    bool validationSleep = false;
    QStringList extraZones; // served by all three servers beside practice.test
    QStringList extraRecords; // lines of a zone file with absolute names: "a.b.test. 60 CNAME c.d."
};

// The practice CA and its name servers (practice-lab.md) as child processes of this one: pebble,
// three Knot servers below a root and a "test." of their own, BIND as the CA's resolver, all on
// loopback and one free port, as an ordinary user. The programs are unpacked into a cache, never
// installed as services. Stops them when it dies; start() first clears away what a killed run left.
// Owned by Services or by a test; main thread.
class PracticeLab : public QObject
{
    Q_OBJECT

public:
    // `folder` holds the lab's files and is made anew at each start; `cache` keeps unpacked
    // programs.
    PracticeLab(QString folder, QString cache, QObject *parent = nullptr);
    ~PracticeLab() override;

    // What is missing on this machine to practise, as package names; empty = nothing. Quick.
    [[nodiscard]] QStringList missingPackages() const;
    [[nodiscard]] Task<PracticeFacts> start(PracticeOptions options, ProgressSink progress,
                                            std::stop_token stop);
    [[nodiscard]] Task<> stop();
    [[nodiscard]] bool isRunning() const;
    [[nodiscard]] PracticeFacts facts() const;
    [[nodiscard]] Result<Secret> tsigKey() const; // base64, as a credential form takes it
    [[nodiscard]] CaRecord ca() const;

Q_SIGNALS:
    void runningChanged(bool running);
    void serverDied(QString name, QString lastWords);

private:
    struct Private;
    std::shared_ptr<Private> d; // shared with a start() that is under way when the lab dies
};

} // namespace sealbook
