// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/practice/PracticeLab.h"
#include "tests/support/Await.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace sealbook {

// A practice lab for one test program: started in initTestCase(), stopped when it dies. It shares
// unpacked programs with all other tests of this user, where the system has none of its own.
//
//     LabFixture m_lab;
//     void initTestCase() { QVERIFY2(m_lab.start({}), m_lab.failure()); }
class LabFixture
{
public:
    [[nodiscard]] bool start(PracticeOptions options)
    {
        Task<PracticeFacts> task = m_lab.start(options, {}, {});
        const auto started = await(std::move(task));
        m_failure = started ? QByteArray() : describe(started.error()).toUtf8();
        return started.has_value();
    }
    // A lab whose three name servers follow at once: for whoever does not test waiting.
    [[nodiscard]] bool startFast(QStringList extraZones = {})
    {
        PracticeOptions options;
        options.slowServer = false;
        options.extraZones = std::move(extraZones);
        return start(options);
    }
    [[nodiscard]] bool stop() { return await(m_lab.stop()).has_value(); }

    [[nodiscard]] const char *failure() const { return m_failure.constData(); }
    [[nodiscard]] PracticeLab &lab() { return m_lab; }
    [[nodiscard]] PracticeFacts facts() const { return m_lab.facts(); }
    [[nodiscard]] QString folder() const { return m_folder.filePath(QStringLiteral("lab")); }
    // A file beside the lab, for what the test itself needs.
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    [[nodiscard]] static QString cache()
    {
        // A test in a throw-away home still finds what tests/run's other tests have unpacked.
        const QString given = qEnvironmentVariable("SEALBOOK_TEST_CACHE");
        return (given.isEmpty()
                    ? QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
                    : given)
            + QStringLiteral("/sealbook-tests/practice");
    }
    // Some tools of servers lie where only root's PATH leads.
    [[nodiscard]] static QString located(const QString &program)
    {
        const QString found = QStandardPaths::findExecutable(program);
        return found.isEmpty()
            ? QStandardPaths::findExecutable(program, {QStringLiteral("/usr/sbin")})
            : found;
    }
    // Runs a program to its end and hands out what it said, errors included.
    [[nodiscard]] static QByteArray run(const QString &program, const QStringList &arguments,
                                        const QByteArray &input = {})
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(located(program), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60000))
            return "does not end or start: " + program.toUtf8();
        return process.readAll();
    }
    // What one server says about a name, one value a line (kdig's +short).
    [[nodiscard]] QByteArray ask(const QString &server, const QString &name,
                                 const QString &type) const
    {
        const QStringList arguments{QStringLiteral("@") + server,
                                    QStringLiteral("-p"),
                                    QString::number(facts().dnsPort),
                                    QStringLiteral("+short"),
                                    QStringLiteral("+norec"),
                                    name,
                                    type};
        return run(QStringLiteral("dig"), arguments).trimmed();
    }
    // Puts a TXT record on the primary by RFC 2136, as `nsupdate` would for a person.
    [[nodiscard]] QByteArray addTxt(const QString &name, const QString &value) const
    {
        return update(QStringLiteral("add %1 60 TXT \"%2\"").arg(name, value));
    }
    [[nodiscard]] QByteArray update(const QString &command) const
    {
        const auto key = m_lab.tsigKey();
        if (!key)
            return "no TSIG key";
        const std::string_view secret = key->text();
        const QByteArray script = QStringLiteral("server %1 %2\nkey %3:%4 ")
                                      .arg(facts().primary)
                                      .arg(facts().dnsPort)
                                      .arg(facts().tsigAlgorithm, facts().tsigName)
                                      .toUtf8()
            + QByteArray(secret.data(), static_cast<qsizetype>(secret.size())) + '\n'
            + command.toUtf8() + "\nsend\n";
        return run(QStringLiteral("nsupdate"), QStringList(), script).trimmed();
    }

private:
    QTemporaryDir m_folder;
    QByteArray m_failure;
    PracticeLab m_lab{folder(), cache()};
};

} // namespace sealbook
