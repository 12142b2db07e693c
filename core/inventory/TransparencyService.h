// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/inventory/TransparencySource.h"

#include <QJsonObject>
#include <QObject>

namespace sealbook {

class Store;

// Whose certificates are watched for, and where. Nothing in it means that nobody is asked: that is
// how a profile begins.
struct TransparencySettings
{
    struct Source
    {
        TransparencySource::Kind kind = TransparencySource::Kind::Search;
        QUrl url;
        bool operator==(const Source &) const = default;
    };
    QStringList domains; // A-labels, sorted
    std::vector<Source> sources;
    bool operator==(const TransparencySettings &) const = default;

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static TransparencySettings fromJson(const QJsonObject &object);
};

// What one run found, source by source.
struct TransparencyReport
{
    struct Source
    {
        TransparencySettings::Source source;
        qint64 looked = 0; // entries
        int found = 0; // certificates about the domains
        int added = 0; // that were not in the profile
        bool isComplete = true; // false: there is more, for the next run
        std::optional<Error> error; // nothing was read, and why
    };
    std::vector<Source> sources;
    QStringList sha256; // of all that were found, each once
};

// Watches what CAs log about a person's domains (RFC 6962): reads the sources that the settings
// name from where the last run ended, and keeps what is about the domains as certificates that were
// seen in a log. Runs only when it is told to. Owned by Services; main thread.
class TransparencyService : public QObject
{
    Q_OBJECT

public:
    TransparencyService(Store &store, HttpTransport &transport, const Clock &clock,
                        QObject *parent = nullptr);

    [[nodiscard]] Task<TransparencySettings> settings();
    [[nodiscard]] Task<> saveSettings(TransparencySettings settings);
    // Reads each source once. A source that fails is told in the report, and the others are read;
    // fails itself only where the profile does, or with Cancelled.
    [[nodiscard]] Task<TransparencyReport> run(std::stop_token stop);

private:
    [[nodiscard]] Task<> readOne(TransparencySettings::Source wanted, QStringList domains,
                                 std::shared_ptr<TransparencyReport> report, std::stop_token stop);
    [[nodiscard]] Task<int> keep(std::vector<LogEntry> entries, QString host,
                                 std::shared_ptr<TransparencyReport> report);

    Store &m_store;
    HttpTransport &m_transport;
    const Clock &m_clock;
};

} // namespace sealbook
