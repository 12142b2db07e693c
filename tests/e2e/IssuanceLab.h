// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/e2e/Sealbook.h"
#include "tests/support/LabFixture.h"
#include "tests/support/StampedLog.h"
#include "tests/support/ZoneWatch.h"

#include <functional>
#include <memory>

namespace sealbook {

// When the program saw the last name server serve what it had published, as its board said; in
// milliseconds since the epoch, -1 where it never looked.
[[nodiscard]] qint64 lastServedAt(const SealbookRun &run);

// A real CA and real name servers for one test program, and a profile of ours that can write to
// them. The profile is an ordinary one: it asks the lab's CA by its URL, as a user of a private CA
// would.
class IssuanceLab
{
public:
    [[nodiscard]] bool start(PracticeOptions options);
    [[nodiscard]] QByteArray failure() const { return m_failure; }
    [[nodiscard]] LabFixture &lab() { return m_lab; }

    // A fresh profile with the credential "lab" in it; null when that fails (see failure()).
    // `prepare` sees the program before it runs for the first time.
    [[nodiscard]] std::unique_ptr<Sealbook>
    freshProfile(const std::function<void(Sealbook &)> &prepare = {});
    [[nodiscard]] QStringList issue(const QStringList &names, const QStringList &more = {}) const;
    [[nodiscard]] QString home() const { return m_home; }

    // Stops a name server where it stands, and lets it go on.
    [[nodiscard]] bool pause(const QString &server) const;
    [[nodiscard]] bool goOn(const QString &server) const;
    // Puts a record into a zone of the primary, whatever its type; empty, or what knotc said.
    [[nodiscard]] QByteArray addRecord(const QString &zone, const QString &owner,
                                       const QString &type, const QString &data) const;
    [[nodiscard]] bool waitForRecord(const QString &server, const QString &name,
                                     const QByteArray &value) const;

    // What the primary has at _acme-challenge.<name>.
    [[nodiscard]] QByteArray validationRecords(const QString &name) const;
    [[nodiscard]] QByteArray pebbleLog() const;
    // From now on the name servers are asked for the validation records of `names` until somebody
    // wants to know what was seen; `more` are records that CNAMEs lead to.
    void watch(const QStringList &names, const QStringList &more = {});
    // Ends the watch: by pebble's log, was a challenge posted before the last name server served
    // what had to be there? By what the servers themselves said, and by what the program said that
    // it had seen of them. Empty when not, and when a challenge was posted at all.
    [[nodiscard]] QByteArray tooEarly(const SealbookRun &run);
    // The same by what the servers said alone: for a story that took several runs.
    [[nodiscard]] QByteArray tooEarly();
    [[nodiscard]] qint64 pebbleLogSize() const { return pebbleLog().size(); }
    [[nodiscard]] int count(const QByteArray &path, qint64 from) const; // requests in pebble's log

private:
    [[nodiscard]] qint64 processOf(const QString &server) const;

    [[nodiscard]] std::optional<StampedLog::Line> firstChallenge() const;

    LabFixture m_lab;
    QByteArray m_failure;
    QString m_home;
    int m_profiles = 0;
    std::unique_ptr<StampedLog> m_stamps; // of pebble's log
    std::unique_ptr<ZoneWatch> m_watch;
    std::size_t m_mark = 0; // where pebble's log stood when the watch began
};

} // namespace sealbook
