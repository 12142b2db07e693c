// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/practice/LabFiles.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

class TstLabFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void delegatesAZoneFromItsClosestParent_data();
    void delegatesAZoneFromItsClosestParent();
    void putsARecordIntoTheClosestZone();
    void onlyTheSlowServerIsNotNotified();
    void givesTheAuthorityItsOptions();
    void everyFileIsItsOwnersOnly();
    void emptiesALabButNothingElse();
    void refusesWhatCannotBeAZoneOrARecord_data();
    void refusesWhatCannotBeAZoneOrARecord();
};

namespace {

LabPlan planFor(const QString &folder = {})
{
    LabPlan plan;
    plan.folder = folder;
    plan.dnsPort = 20053;
    plan.directoryPort = 20054;
    plan.managementPort = 20055;
    return plan;
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

Secret key()
{
    return std::move(*Secret::take(QByteArray("c2VjcmV0")));
}

} // namespace

void TstLabFiles::delegatesAZoneFromItsClosestParent_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("parent");
    QTest::newRow("our own") << "practice.test"
                             << "test";
    QTest::newRow("a sister") << "other.test"
                              << "test";
    QTest::newRow("a child") << "sub.practice.test"
                             << "practice.test";
    QTest::newRow("a grandchild") << "a.sub.practice.test"
                                  << "sub.practice.test";
    QTest::newRow("elsewhere") << "example.org"
                               << ".";
    QTest::newRow("a name that only ends alike") << "notpractice.test"
                                                 << "test";
}

void TstLabFiles::delegatesAZoneFromItsClosestParent()
{
    QFETCH(QString, zone);
    QFETCH(QString, parent);
    LabPlan plan = planFor();
    plan.options.extraZones =
        QStringList{QStringLiteral("other.test"), QStringLiteral("sub.practice.test"),
                    QStringLiteral("a.sub.practice.test"), QStringLiteral("example.org"),
                    QStringLiteral("notpractice.test")};
    const QByteArray delegation = '\n' + zone.toUtf8() + ". 60 NS ns3.practice.test.\n";
    for (const char *candidate :
         {".", "test", "practice.test", "sub.practice.test", "other.test"}) {
        const QString name = QString::fromLatin1(candidate);
        const bool has = zoneText(plan, name).contains(delegation);
        QCOMPARE(has, name == parent || name == zone);
    }
}

void TstLabFiles::putsARecordIntoTheClosestZone()
{
    LabPlan plan = planFor();
    plan.options.extraZones = QStringList(QStringLiteral("sub.practice.test"));
    const QString record = QStringLiteral("x.sub.practice.test. 60 CNAME y.example.");
    const QString apex = QStringLiteral("sub.practice.test. 60 CAA 0 issue \"pebble\"");
    plan.options.extraRecords = QStringList{record, apex};
    for (const QString &line : {record, apex}) {
        QVERIFY(zoneText(plan, QStringLiteral("sub.practice.test")).contains(line.toUtf8()));
        QVERIFY(!zoneText(plan, practiceZone()).contains(line.toUtf8()));
        QVERIFY(!zoneText(plan, QStringLiteral("test")).contains(line.toUtf8()));
    }
}

void TstLabFiles::onlyTheSlowServerIsNotNotified()
{
    QTemporaryDir folder;
    LabPlan plan = planFor(folder.path());
    QVERIFY(writeLabFiles(plan, key()).has_value());
    const QString config = folder.filePath(QStringLiteral("ns1/knot.conf"));
    QVERIFY(read(config).contains("notify: ns2\n"));
    plan.options.slowServer = false;
    QVERIFY(writeLabFiles(plan, key()).has_value());
    QVERIFY(read(config).contains("notify: [ns2, ns3]\n"));
}

void TstLabFiles::givesTheAuthorityItsOptions()
{
    QTemporaryDir folder;
    LabPlan plan = planFor(folder.path());
    const auto pebble = [&folder] {
        return QJsonDocument::fromJson(read(folder.filePath(QStringLiteral("pebble/pebble.json"))))
            .object()
            .value(QLatin1String("pebble"))
            .toObject();
    };
    QVERIFY(writeLabFiles(plan, key()).has_value());
    QCOMPARE(pebble().value(QLatin1String("listenAddress")).toString(),
             QStringLiteral("127.0.0.1:20054"));
    QCOMPARE(pebble().value(QLatin1String("certificateValidityPeriod")).toInt(), 7776000);
    QVERIFY(!pebble().contains(QLatin1String("externalAccountMACKeys")));
    plan.options.externalAccountBinding = true;
    QVERIFY(writeLabFiles(plan, key()).has_value());
    QVERIFY(pebble().value(QLatin1String("externalAccountBindingRequired")).toBool());
    QVERIFY(pebble()
                .value(QLatin1String("externalAccountMACKeys"))
                .toObject()
                .contains(QLatin1String("kid-1")));
}

void TstLabFiles::everyFileIsItsOwnersOnly()
{
    QTemporaryDir folder;
    QVERIFY(writeLabFiles(planFor(folder.path()), key()).has_value());
    QDirIterator it(folder.path(), QDir::Files, QDirIterator::Subdirectories);
    int files = 0;
    while (it.hasNext()) {
        it.next();
        ++files;
        QCOMPARE(it.fileInfo().permissions()
                     & (QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
                        | QFileDevice::WriteOther),
                 QFileDevice::Permissions());
    }
    QVERIFY(files >= 12);
}

void TstLabFiles::emptiesALabButNothingElse()
{
    QTemporaryDir parent;
    const QString lab = parent.filePath(QStringLiteral("a/b/lab"));
    QVERIFY(makeLabFolder(lab).has_value());
    QVERIFY(writePrivately(lab + QStringLiteral("/old"), "x").has_value());
    QVERIFY(makeLabFolder(lab).has_value());
    QVERIFY(!QFile::exists(lab + QStringLiteral("/old")));

    const QString home = parent.filePath(QStringLiteral("home"));
    QVERIFY(QDir().mkpath(home));
    QVERIFY(writePrivately(home + QStringLiteral("/letter"), "x").has_value());
    const auto refused = makeLabFolder(home);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().kind, Error::Kind::Conflict);
    QVERIFY(QFile::exists(home + QStringLiteral("/letter")));
}

void TstLabFiles::refusesWhatCannotBeAZoneOrARecord_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("record");
    QTest::newRow("empty zone") << QString() << QString();
    QTest::newRow("a line break") << "a.test\n  - domain: b" << QString();
    QTest::newRow("a final dot") << "a.test." << QString();
    QTest::newRow("the root") << "." << QString();
    QTest::newRow("a path") << "../x" << QString();
    QTest::newRow("a newline at the end") << "a.test\n" << QString();
    QTest::newRow("a record over two lines") << "a.test"
                                             << "x.a.test. 60 A 127.0.0.1\n$INCLUDE /x";
    QTest::newRow("a relative record") << "a.test"
                                       << "x 60 A 127.0.0.1";
    QTest::newRow("a directive") << "a.test"
                                 << "$INCLUDE /etc/passwd.";
}

void TstLabFiles::refusesWhatCannotBeAZoneOrARecord()
{
    QFETCH(QString, zone);
    QFETCH(QString, record);
    QTemporaryDir folder;
    LabPlan plan = planFor(folder.path());
    plan.options.extraZones = QStringList(zone);
    if (!record.isEmpty())
        plan.options.extraRecords = QStringList(record);
    const auto written = writeLabFiles(plan, key());
    QVERIFY(!written.has_value());
    QCOMPARE(written.error().kind, Error::Kind::BadRequest);
}

QTEST_GUILESS_MAIN(TstLabFiles)
#include "tst_labfiles.moc"
