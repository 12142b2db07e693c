// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/GlobalOptions.h"
#include "core/base/Progress.h"
#include "core/base/Task.h"
#include "core/practice/PracticeLab.h"

#include <memory>

namespace sealbook {

class Services;

// Practice for one process: attaches to the lab that `practice start` keeps running, or starts one
// of its own that ends with it. Each lab has a folder of its own with a throw-away profile in it;
// what a killed run left behind (servers, files, items in the keychain) is cleared away first.
// Owned by the application; main thread.
class PracticeSession
{
public:
    // `home` is the folder of real profiles; practice stays below its "practice" folder.
    explicit PracticeSession(QString home);
    ~PracticeSession();

    [[nodiscard]] Task<> begin(ProgressSink progress, std::stop_token stop);
    // Puts the practice credential into the profile if it is not there yet.
    [[nodiscard]] Task<> prepare(Services &services, std::stop_token stop);
    // Ends an own lab: items out of the keychain, servers stopped, folder removed. A lab that we
    // only attached to goes on.
    [[nodiscard]] Task<> end(Services *services);

    [[nodiscard]] PracticeFacts facts() const { return m_facts; }
    [[nodiscard]] bool isAttached() const { return m_attached; }
    // The options of a profile in this session.
    [[nodiscard]] GlobalOptions options(GlobalOptions given) const;
    // Writes down that this lab may be attached to; for `practice start`.
    [[nodiscard]] Result<> publish() const;

    // The lab that `practice start` keeps running: its process and facts. NotFound without one.
    struct Running
    {
        qint64 pid = 0;
        PracticeFacts facts;
        QString folder;
    };
    [[nodiscard]] static Result<Running> running(const QString &home);
    [[nodiscard]] static QStringList missingPackages(const QString &home);

    static QString credentialName();

private:
    [[nodiscard]] Task<> clearLeftovers(std::stop_token stop);

    QString m_root; // <home>/practice
    QString m_folder; // <home>/practice/<pid>
    PracticeFacts m_facts;
    bool m_attached = false;
    std::unique_ptr<PracticeLab> m_lab;
};

} // namespace sealbook
