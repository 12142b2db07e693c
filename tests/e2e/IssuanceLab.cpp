// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/IssuanceLab.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

namespace sealbook {

bool IssuanceLab::start(PracticeOptions options)
{
    if (m_lab.start(std::move(options)))
        return true;
    m_failure = m_lab.failure();
    return false;
}

std::unique_ptr<Sealbook> IssuanceLab::freshProfile(const std::function<void(Sealbook &)> &prepare)
{
    const PracticeFacts facts = m_lab.facts();
    m_home = m_lab.path(QStringLiteral("profile%1").arg(++m_profiles));
    const QString port = QString::number(facts.dnsPort);
    auto sealbook = std::make_unique<Sealbook>(
        QStringList{QStringLiteral("--home"), m_home, QStringLiteral("--ca-file"), facts.caFile,
                    QStringLiteral("--resolver"), facts.resolver + u':' + port,
                    QStringLiteral("--dns-port"), port});
    if (prepare)
        prepare(*sealbook);
    const auto key = m_lab.lab().tsigKey();
    if (!key) {
        m_failure = describe(key.error()).toUtf8();
        return nullptr;
    }
    const QByteArray input(key->text().data(), static_cast<qsizetype>(key->size()));
    const SealbookRun added = sealbook->run(
        {QStringLiteral("credential"), QStringLiteral("add"), QStringLiteral("rfc2136"),
         QStringLiteral("--name"), QStringLiteral("lab"), QStringLiteral("--owner"),
         QStringLiteral("the test"), QStringLiteral("--purpose"), QStringLiteral("end to end"),
         QStringLiteral("--field"), QStringLiteral("server=%1:%2").arg(facts.primary, port),
         QStringLiteral("--field"), QStringLiteral("key_name=%1").arg(facts.tsigName),
         QStringLiteral("--field"), QStringLiteral("algorithm=%1").arg(facts.tsigAlgorithm),
         QStringLiteral("--secret-fd"), QStringLiteral("key=0")},
        input);
    if (added.ok())
        return sealbook;
    m_failure = added.story();
    return nullptr;
}

QStringList IssuanceLab::issue(const QStringList &names, const QStringList &more) const
{
    return QStringList{QStringLiteral("issue"),    QStringLiteral("--ca"),
                       m_lab.facts().directoryUrl, QStringLiteral("--credential"),
                       QStringLiteral("lab"),      QStringLiteral("--agree-to-terms")}
    + more + names;
}

// Each server works in a folder of its own below the lab's.
qint64 IssuanceLab::processOf(const QString &server) const
{
    const QString wanted = m_lab.folder() + u'/' + server;
    for (const QString &entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        if (entry.toLongLong() > 0
            && QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(entry)) == wanted)
            return entry.toLongLong();
    }
    return -1;
}

bool IssuanceLab::pause(const QString &server) const
{
    const qint64 pid = processOf(server);
    return pid > 0 && ::kill(static_cast<pid_t>(pid), SIGSTOP) == 0;
}

bool IssuanceLab::goOn(const QString &server) const
{
    const qint64 pid = processOf(server);
    return pid > 0 && ::kill(static_cast<pid_t>(pid), SIGCONT) == 0;
}

QByteArray IssuanceLab::addRecord(const QString &zone, const QString &owner, const QString &type,
                                  const QString &data) const
{
    const QString socket =
        QStringLiteral("/proc/%1/cwd/knot.sock").arg(processOf(QStringLiteral("ns1")));
    const QString knotc = QStringLiteral("knotc");
    const QStringList common{QStringLiteral("-s"), socket};
    QByteArray said =
        LabFixture::run(knotc, common + QStringList{QStringLiteral("zone-begin"), zone});
    said += LabFixture::run(knotc,
                            common
                                + QStringList{QStringLiteral("zone-set"), zone, owner,
                                              QStringLiteral("60"), type, data});
    const QByteArray committed =
        LabFixture::run(knotc, common + QStringList{QStringLiteral("zone-commit"), zone});
    return committed.contains("OK") ? QByteArray() : said + committed;
}

bool IssuanceLab::waitForRecord(const QString &server, const QString &name,
                                const QByteArray &value) const
{
    return QTest::qWaitFor(
        [&] { return m_lab.ask(server, name, QStringLiteral("TXT")).contains(value); }, 30000);
}

QByteArray IssuanceLab::validationRecords(const QString &name) const
{
    return m_lab.ask(m_lab.facts().primary, QStringLiteral("_acme-challenge.") + name,
                     QStringLiteral("TXT"));
}

QByteArray IssuanceLab::pebbleLog() const
{
    QFile file(m_lab.facts().logFile);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Pebble writes "Pebble 2026/11/25 14:06:00 POST /chalZ/ -> calling handler()", in local time.
qint64 IssuanceLab::firstChallengeSecond(qint64 from) const
{
    static const QRegularExpression posted(
        QStringLiteral("Pebble (\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d) POST /chalZ/"));
    const auto match = posted.match(QString::fromUtf8(pebbleLog().mid(from)));
    if (!match.hasMatch())
        return -1;
    return QDateTime::fromString(match.captured(1), QStringLiteral("yyyy/MM/dd hh:mm:ss"))
        .toSecsSinceEpoch();
}

int IssuanceLab::count(const QByteArray &path, qint64 from) const
{
    return static_cast<int>(pebbleLog().mid(from).count("POST " + path));
}

} // namespace sealbook
