// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/crypto/Secret.h"

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

namespace sealbook {

// What one run of the program left: how it ended and each line it printed.
struct SealbookRun
{
    int exitCode = -1;
    bool killed = false;
    QList<QJsonObject> lines;
    QByteArray errors; // stderr

    [[nodiscard]] QJsonObject result() const
    {
        return lines.isEmpty() ? QJsonObject() : lines.constLast();
    }
    [[nodiscard]] bool ok() const
    {
        return exitCode == 0 && result().value(QStringLiteral("ok")).toBool();
    }
    [[nodiscard]] QString errorKind() const;
    [[nodiscard]] QList<QJsonObject> events(const QString &event) const;
    // For QVERIFY2: what to read when it went wrong.
    [[nodiscard]] QByteArray story() const;
};

// The program as a script uses it: a process of its own with --json, one profile, one home. Each
// test owns one. Blocks until the program ends; only tests may.
class Sealbook
{
public:
    // `globals` stand before every command: --home, --resolver and the like.
    explicit Sealbook(QStringList globals);

    [[nodiscard]] SealbookRun run(const QStringList &arguments, const QByteArray &input = {});
    // The same with a failpoint armed: "C6:kill".
    [[nodiscard]] SealbookRun runFailing(const QString &failpoint, const QStringList &arguments);
    // Starts it and leaves it running; for tests that stop or look at it meanwhile.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList &arguments,
                                                  const QString &failpoint = {}) const;
    // Waits for a started run and reads what it said.
    [[nodiscard]] static SealbookRun finish(QProcess &process);

    // Words of a program that runs the program: strace with its options.
    void setWrapper(QStringList words) { m_wrapper = std::move(words); }
    void setEnvironment(const QString &name, const QString &value)
    {
        m_environment.insert(name, value);
    }
    // Takes everything out of the program's environment but this.
    void clearEnvironment(const QStringList &kept);

private:
    QStringList m_globals;
    QStringList m_wrapper;
    QProcessEnvironment m_environment;
};

} // namespace sealbook
