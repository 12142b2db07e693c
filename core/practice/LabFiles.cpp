// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/LabFiles.h"

#include "core/practice/LabPorts.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace sealbook {

namespace {

constexpr QFileDevice::Permissions forOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
const char *const marker = "practice-lab";

QString addressOf(LabServer server)
{
    return LabPorts::addresses().at(static_cast<int>(server));
}

bool isBelow(const QString &name, const QString &zone)
{
    return zone == QLatin1String(".") || name.endsWith(QLatin1Char('.') + zone);
}

QStringList leafZones(const LabPlan &plan)
{
    return QStringList(practiceZone()) + plan.options.extraZones;
}

// The closest zone above `name` that the lab serves.
QString zoneAbove(const LabPlan &plan, const QString &name)
{
    QString best = QStringLiteral(".");
    const QStringList zones = QStringList(QStringLiteral("test")) + leafZones(plan);
    for (const QString &zone : zones) {
        if (isBelow(name, zone) && zone.size() > best.size())
            best = zone;
    }
    return best;
}

QString zoneFileName(const QString &zone)
{
    return (zone == QLatin1String(".") ? QStringLiteral("root") : zone) + QStringLiteral(".zone");
}

// A and NS records of the three name servers' own names, which every leaf zone uses.
QString serverAddresses()
{
    return QStringLiteral("ns1.practice.test. 60 A %1\n"
                          "ns2.practice.test. 60 A %2\n"
                          "ns3.practice.test. 60 A %3\n")
        .arg(addressOf(LabServer::Primary), addressOf(LabServer::Secondary),
             addressOf(LabServer::Slow));
}

QString delegation(const QString &zone)
{
    return QStringLiteral("%1. 60 NS ns1.practice.test.\n"
                          "%1. 60 NS ns2.practice.test.\n"
                          "%1. 60 NS ns3.practice.test.\n")
        .arg(zone);
}

QByteArray knotServer(const LabPlan &plan, LabServer server)
{
    // Knot makes the path of its control socket absolute, and such a path has room for 107
    // bytes only; through /proc it is short however deep the lab lies.
    return QStringLiteral("server:\n"
                          "    rundir: /proc/self/cwd\n"
                          "    listen: %1@%2\n"
                          "    udp-workers: 1\n"
                          "    tcp-workers: 1\n"
                          "    background-workers: 1\n"
                          "    automatic-acl: off\n"
                          "database:\n"
                          "    storage: db\n"
                          "    journal-db-max-size: 16M\n"
                          "    kasp-db-max-size: 8M\n"
                          "    timer-db-max-size: 8M\n"
                          "    catalog-db-max-size: 8M\n")
        .arg(addressOf(server))
        .arg(plan.dnsPort)
        .toUtf8();
}

QByteArray knotZone(const QString &zone, const char *more)
{
    return QStringLiteral("  - domain: %1\n"
                          "    storage: .\n"
                          "    file: %2\n"
                          "    zonefile-sync: -1\n")
               .arg(zone, zoneFileName(zone))
               .toUtf8()
        + more;
}

QByteArray remote(const LabPlan &plan, LabServer server)
{
    return QStringLiteral("  - id: %1\n    address: %2@%3\n")
        .arg(labServerName(server), addressOf(server))
        .arg(plan.dnsPort)
        .toUtf8();
}

QByteArray parentConfig(const LabPlan &plan)
{
    QByteArray text = knotServer(plan, LabServer::Parent) + "zone:\n";
    text += knotZone(QStringLiteral("."), "");
    text += knotZone(QStringLiteral("test"), "");
    return text;
}

QByteArray primaryConfig(const LabPlan &plan, const Secret &tsigKey)
{
    QByteArray text = knotServer(plan, LabServer::Primary)
        + "key:\n  - id: practice\n    algorithm: hmac-sha256\n    secret: ";
    text.reserve(8192); // no second buffer with the key in it
    text += QByteArray::fromRawData(tsigKey.text().data(),
                                    static_cast<qsizetype>(tsigKey.text().size()));
    text += "\nremote:\n" + remote(plan, LabServer::Secondary) + remote(plan, LabServer::Slow)
        + "acl:\n"
          "  - id: upd\n    key: practice\n    action: update\n    update-type: [TXT]\n"
          "  - id: xfr\n    address: 127.0.0.0/8\n    action: transfer\n"
          "zone:\n";
    const char *notify = plan.options.slowServer ? "    notify: ns2\n" : "    notify: [ns2, ns3]\n";
    const QStringList zones = leafZones(plan);
    for (const QString &zone : zones) {
        text += knotZone(zone,
                         "    zonefile-load: difference-no-serial\n"
                         "    journal-content: all\n"
                         "    serial-policy: increment\n"
                         "    acl: [upd, xfr]\n");
        text += notify;
    }
    return text;
}

// The slow server is slow because nobody notifies it: it looks every 6 to 8 seconds.
QByteArray secondaryConfig(const LabPlan &plan, LabServer server)
{
    QByteArray text = knotServer(plan, server) + "remote:\n" + remote(plan, LabServer::Primary)
        + "acl:\n  - id: nfy\n    address: 127.0.0.0/8\n    action: notify\nzone:\n";
    const QStringList zones = leafZones(plan);
    for (const QString &zone : zones)
        text += knotZone(zone,
                         "    journal-content: all\n"
                         "    master: ns1\n"
                         "    acl: [nfy]\n"
                         "    refresh-min-interval: 6\n"
                         "    refresh-max-interval: 8\n");
    return text;
}

// Like a CA's own resolver it keeps nothing for later: a value that it saw yesterday must not
// decide about today's order.
QByteArray resolverConfig(const LabPlan &plan)
{
    return QStringLiteral("options { directory \".\"; port %1;\n"
                          "  listen-on { 127.0.0.1; }; listen-on-v6 { none; };\n"
                          "  recursion yes; allow-query { 127.0.0.0/8; };\n"
                          "  dnssec-validation no; empty-zones-enable no;\n"
                          "  qname-minimization off; max-cache-size 16M;\n"
                          "  max-cache-ttl 0; max-ncache-ttl 0; servfail-ttl 0;\n"
                          "  pid-file none; session-keyfile none; };\n"
                          "controls { };\n"
                          "zone \".\" { type hint; file \"root.hints\"; };\n")
        .arg(plan.dnsPort)
        .toUtf8();
}

QByteArray authorityConfig(const LabPlan &plan)
{
    const auto at = [](quint16 port) { return QStringLiteral("127.0.0.1:%1").arg(port); };
    const QDir folder(plan.folder);
    QJsonObject pebble{
        {QStringLiteral("listenAddress"), at(plan.directoryPort)},
        {QStringLiteral("managementListenAddress"), at(plan.managementPort)},
        {QStringLiteral("certificate"), folder.filePath(QStringLiteral("pebble/tls.pem"))},
        {QStringLiteral("privateKey"), folder.filePath(QStringLiteral("pebble/tls.key"))},
        {QStringLiteral("httpPort"), 5002},
        {QStringLiteral("tlsPort"), 5001},
        {QStringLiteral("ocspResponderURL"), QString()},
        {QStringLiteral("externalAccountBindingRequired"), plan.options.externalAccountBinding},
        // 90 days; pebble's own default is five years.
        {QStringLiteral("certificateValidityPeriod"), 7776000},
    };
    if (plan.options.externalAccountBinding) {
        // Pebble's published sample key.
        const QJsonObject keys{
            {QStringLiteral("kid-1"),
             QStringLiteral("zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W")}};
        pebble.insert(QStringLiteral("externalAccountMACKeys"), keys);
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("pebble"), pebble}}).toJson();
}

// Self-sufficient, so that it does not matter whether and how the machine configures openssl.
const char *const tlsConfig = "[req]\n"
                              "distinguished_name = subject\n"
                              "x509_extensions = extensions\n"
                              "prompt = no\n"
                              "[subject]\n"
                              "CN = localhost\n"
                              "[extensions]\n"
                              "basicConstraints = critical, CA:TRUE\n"
                              "keyUsage = critical, digitalSignature, keyCertSign\n"
                              "extendedKeyUsage = serverAuth\n"
                              "subjectKeyIdentifier = hash\n"
                              "subjectAltName = DNS:localhost, IP:127.0.0.1\n";

Result<> checkOptions(const PracticeOptions &options)
{
    static const QRegularExpression plain(QStringLiteral("^[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\z"));
    static const QRegularExpression oneLine(
        QStringLiteral("^[a-z0-9*_-]+(\\.[a-z0-9_-]+)*\\. [0-9]+ [A-Z0-9]+ [^\\n]+\\z"));
    for (const QString &zone : options.extraZones) {
        if (!plain.match(zone).hasMatch())
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("\"%1\" cannot be a practice zone").arg(zone));
    }
    for (const QString &record : options.extraRecords) {
        if (!oneLine.match(record).hasMatch())
            return fail(Error::Kind::BadRequest,
                        QStringLiteral("\"%1\" is not one record").arg(record));
    }
    return {};
}

} // namespace

QString labServerName(LabServer server)
{
    switch (server) {
    case LabServer::Resolver:
        return QStringLiteral("resolver");
    case LabServer::Parent:
        return QStringLiteral("parent");
    case LabServer::Primary:
        return QStringLiteral("ns1");
    case LabServer::Secondary:
        return QStringLiteral("ns2");
    case LabServer::Slow:
        return QStringLiteral("ns3");
    case LabServer::Authority:
        return QStringLiteral("pebble");
    }
    Q_UNREACHABLE();
}

QString practiceZone()
{
    return QStringLiteral("practice.test");
}

Result<> writePrivately(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate, forOwner)
        || file.write(bytes) != bytes.size() || !file.flush())
        return fail(Error::Kind::Internal, QStringLiteral("%1: %2").arg(path, file.errorString()));
    return {};
}

Result<> makeLabFolder(const QString &folder)
{
    QDir dir(folder);
    if (dir.exists() && !dir.isEmpty()) {
        if (!dir.exists(QLatin1String(marker)))
            return fail(Error::Kind::Conflict,
                        QStringLiteral("%1 holds something else than a practice lab").arg(folder),
                        QStringLiteral("Name an empty folder, or one that is not there yet."));
        if (!dir.removeRecursively())
            return fail(Error::Kind::Internal,
                        QStringLiteral("%1 could not be emptied").arg(folder));
    }
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, forOwner | QFileDevice::ExeOwner))
        return fail(Error::Kind::Internal, QStringLiteral("%1 could not be made").arg(folder));
    return writePrivately(dir.filePath(QLatin1String(marker)), QByteArray());
}

QByteArray zoneText(const LabPlan &plan, const QString &zone)
{
    const bool isLeaf = leafZones(plan).contains(zone);
    const QString absolute = zone == QLatin1String(".") ? zone : zone + QLatin1Char('.');
    QString text =
        QStringLiteral("%1 60 SOA %2. hostmaster.practice.test. 1 3600 5 86400 5\n")
            .arg(absolute,
                 isLeaf ? QStringLiteral("ns1.practice.test") : QStringLiteral("ns.test"));
    if (isLeaf) {
        text += delegation(zone);
    } else {
        text += absolute + QStringLiteral(" 60 NS ns.test.\n");
        text += QStringLiteral("ns.test. 60 A %1\n").arg(addressOf(LabServer::Parent));
    }
    if (zone == QLatin1String("."))
        text += QStringLiteral("test. 60 NS ns.test.\n");
    // The servers' own addresses: data in practice.test, glue in test.
    if (zone == practiceZone() || zone == QLatin1String("test"))
        text += serverAddresses();
    const QStringList leaves = leafZones(plan);
    for (const QString &leaf : leaves) {
        if (zoneAbove(plan, leaf) == zone)
            text += delegation(leaf);
    }
    for (const QString &record : plan.options.extraRecords) {
        const QString owner = record.section(QLatin1Char(' '), 0, 0).chopped(1);
        if (leaves.contains(owner) ? owner == zone : zoneAbove(plan, owner) == zone)
            text += record + QLatin1Char('\n');
    }
    return text.toUtf8();
}

Result<> writeLabFiles(const LabPlan &plan, const Secret &tsigKey)
{
    const auto checked = checkOptions(plan.options);
    if (!checked)
        return fail(checked.error());

    const QDir folder(plan.folder);
    QByteArray withKey = primaryConfig(plan, tsigKey);
    std::vector<std::pair<QString, QByteArray>> files{
        {QStringLiteral("parent/knot.conf"), parentConfig(plan)},
        {QStringLiteral("parent/root.zone"), zoneText(plan, QStringLiteral("."))},
        {QStringLiteral("parent/test.zone"), zoneText(plan, QStringLiteral("test"))},
        {QStringLiteral("ns2/knot.conf"), secondaryConfig(plan, LabServer::Secondary)},
        {QStringLiteral("ns3/knot.conf"), secondaryConfig(plan, LabServer::Slow)},
        {QStringLiteral("resolver/named.conf"), resolverConfig(plan)},
        {QStringLiteral("resolver/root.hints"),
         QStringLiteral(". 3600000 NS ns.test.\nns.test. 3600000 A %1\n")
             .arg(addressOf(LabServer::Parent))
             .toUtf8()},
        {QStringLiteral("pebble/pebble.json"), authorityConfig(plan)},
        {QStringLiteral("pebble/tls.conf"), QByteArray(tlsConfig)},
    };
    const QStringList leaves = leafZones(plan);
    for (const QString &zone : leaves) {
        // The secondaries begin with the same file: nothing waits for a first transfer.
        for (const char *server : {"ns1/", "ns2/", "ns3/"})
            files.emplace_back(QLatin1String(server) + zoneFileName(zone), zoneText(plan, zone));
    }

    // Knot does not make its database folder itself.
    for (const char *name : {"parent/db", "ns1/db", "ns2/db", "ns3/db", "resolver", "pebble"}) {
        if (!folder.mkpath(QLatin1String(name)))
            return fail(
                Error::Kind::Internal,
                QStringLiteral("%1 could not be made").arg(folder.filePath(QLatin1String(name))));
    }
    const auto keyWritten =
        writePrivately(folder.filePath(QStringLiteral("ns1/knot.conf")), withKey);
    wipe(withKey);
    if (!keyWritten)
        return fail(keyWritten.error());
    for (const auto &[path, text] : files) {
        const auto written = writePrivately(folder.filePath(path), text);
        if (!written)
            return fail(written.error());
    }
    return {};
}

} // namespace sealbook
