// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/IssuanceLab.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

namespace sealbook {

bool IssuanceLab::start(PracticeOptions options)
{
    if (!m_lab.start(std::move(options))) {
        m_failure = m_lab.failure();
        return false;
    }
    m_stamps = std::make_unique<StampedLog>(m_lab.facts().logFile);
    if (!m_stamps->isOpen())
        m_failure = "pebble's log cannot be read";
    return m_stamps->isOpen();
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

void IssuanceLab::watch(const QStringList &names, const QStringList &more)
{
    QStringList records = more;
    for (const QString &name : names)
        records.append(QStringLiteral("_acme-challenge.")
                       + (name.startsWith(QLatin1String("*.")) ? name.mid(2) : name));
    records.removeDuplicates();
    const QStringList servers{m_lab.facts().primary, QStringLiteral("127.0.0.12"),
                              QStringLiteral("127.0.0.13")};
    m_mark = m_stamps->mark();
    m_watch = std::make_unique<ZoneWatch>(servers, m_lab.facts().dnsPort, records);
}

std::optional<StampedLog::Line> IssuanceLab::firstChallenge() const
{
    std::optional<StampedLog::Line> line;
    static_cast<void>(QTest::qWaitFor(
        [&] { return (line = m_stamps->first("POST /chalZ/", m_mark)).has_value(); }, 2000));
    return line;
}

QByteArray IssuanceLab::tooEarly()
{
    if (!m_watch)
        return "nobody watched";
    m_watch->end();
    const auto watched = std::exchange(m_watch, {});
    const auto posted = firstChallenge();
    if (!posted)
        return "no challenge was posted";
    if (watched->valuesSeen() == 0)
        return "the watch saw no validation value at all";
    return watched->lateAfter(posted->at);
}

QByteArray IssuanceLab::tooEarly(const SealbookRun &run)
{
    QByteArray seen = tooEarly();
    if (!seen.isEmpty())
        return seen;
    const qint64 served = lastServedAt(run);
    if (served < 0)
        return "the program saw no name server serve";
    const qint64 early = served - firstChallenge()->wall;
    return early <= 0 ? QByteArray()
                      : "the program saw the last server serve " + QByteArray::number(early)
            + " ms after it asked the CA";
}

qint64 lastServedAt(const SealbookRun &run)
{
    QMap<QString, qint64> servedAt; // by name and address, when it was first seen
    for (const QJsonObject &row : run.events(QStringLiteral("board"))) {
        if (row.value(QStringLiteral("verdict")).toString() != QLatin1String("served")
            || row.value(QStringLiteral("resolver")).toBool())
            continue;
        const QString key = row.value(QStringLiteral("name")).toString() + u' '
            + row.value(QStringLiteral("address")).toString();
        const QJsonObject evidence = row.value(QStringLiteral("evidence")).toObject();
        const QDateTime at = QDateTime::fromString(
            evidence.value(QStringLiteral("asked_at")).toString(), Qt::ISODateWithMs);
        if (!servedAt.contains(key))
            servedAt.insert(key, at.toMSecsSinceEpoch());
    }
    qint64 last = -1;
    for (const qint64 at : servedAt)
        last = std::max(last, at);
    return last;
}

int IssuanceLab::count(const QByteArray &path, qint64 from) const
{
    return static_cast<int>(pebbleLog().mid(from).count("POST " + path));
}

} // namespace sealbook
