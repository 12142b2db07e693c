// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/LeaseHolder.h"
#include "core/store/Store.h"
#include "tests/support/Await.h"
#include "tests/support/DroppedTable.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <QtEndian>

using namespace sealbook;

namespace {

QDateTime moment(int day)
{
    return QDateTime(QDate(2026, 11, day), QTime(14, 6, 0, 123), QTimeZone::utc()).toUTC();
}

CertificateRecord sampleCertificate(const QString &seed)
{
    CertificateRecord certificate;
    certificate.sha256 = seed.leftJustified(64, QLatin1Char('0'));
    certificate.der = QByteArray("\x30\x82\x00\x01", 4);
    certificate.chainPem = "-----BEGIN CERTIFICATE-----\n";
    certificate.subject = QStringLiteral("www.example.org");
    certificate.names = {QStringLiteral("www.example.org"), QStringLiteral("*.example.org")};
    certificate.issuer = QStringLiteral("Let's \"Encrypt\"");
    certificate.serial = QStringLiteral("0a");
    certificate.notBefore = moment(1);
    certificate.notAfter = moment(30);
    certificate.keyAlgorithm = QStringLiteral("EC P-256");
    certificate.signatureAlgorithm = QStringLiteral("ecdsa-with-SHA256");
    certificate.publicKeySha256 = QStringLiteral("ff");
    certificate.keyId = KeyId::make();
    certificate.origin = QStringLiteral("issued");
    certificate.jobId = JobId::make();
    certificate.credential = QStringLiteral("cf");
    certificate.addedAt = moment(2);
    certificate.subjectDn = QStringLiteral("CN=www.example.org,O=Example");
    certificate.issuerDn = QStringLiteral("CN=R11,O=Let's Encrypt");
    certificate.isCa = true;
    certificate.isSelfIssued = true;
    certificate.windowStart = moment(20);
    certificate.windowEnd = moment(21);
    certificate.owner = QStringLiteral("Mara Keller");
    certificate.note = QStringLiteral("two\nlines");
    certificate.tags = {QStringLiteral("prod"), QStringLiteral("web")};
    certificate.revokedAt = moment(5);
    certificate.trashedAt = moment(6);
    return certificate;
}

PlaceRecord placeAt(const QString &sha256, PlaceRecord::Kind kind, const QString &location, int day)
{
    return {sha256, kind, location, moment(day), moment(day)};
}

JobRecord sampleJob(const QStringList &names)
{
    JobRecord job;
    job.id = JobId::make();
    job.step = QStringLiteral("order");
    job.request.names = names;
    job.request.caId = QStringLiteral("practice");
    job.accountId = AccountId::make();
    job.orderUrl = QStringLiteral("https://ca/order/1");
    job.keyId = KeyId::make();
    job.csrDer = "csr";
    job.createdAt = moment(3);
    job.updatedAt = moment(4);
    job.requests = 7;
    return job;
}

// SQLite counts the commits in the file's header, at byte 24.
quint32 commitsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(24))
        return 0;
    return qFromBigEndian<quint32>(file.read(4).constData());
}

std::unique_ptr<Store> openStore(const QString &file)
{
    Result<std::unique_ptr<Store>> store = await(Store::open(file, {}));
    if (!store) {
        qWarning("%s", qPrintable(describe(store.error())));
        return nullptr;
    }
    return std::move(*store);
}

} // namespace

class TstStore : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;

    QString file() const { return m_folder->filePath(QStringLiteral("profile/sealbook.db")); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = openStore(file());
        QVERIFY(m_store);
    }
    void cleanup()
    {
        m_store.reset();
        m_folder.reset();
    }

    void keepsItsVaultIdAcrossOpenings()
    {
        const QString id = m_store->vaultId();
        QVERIFY(!QUuid::fromString(id).isNull());
        m_store.reset();
        m_store = openStore(file());
        QCOMPARE(m_store->vaultId(), id);
    }

    void keepsSettings_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("text") << QJsonValue(QStringLiteral("quotes ' \" and ü"));
        QTest::newRow("number") << QJsonValue(qint64(9007199254740993));
        QTest::newRow("truth") << QJsonValue(true);
        QTest::newRow("null") << QJsonValue(QJsonValue::Null);
        QTest::newRow("object") << QJsonValue(QJsonObject{{QStringLiteral("a"), 1}});
    }
    void keepsSettings()
    {
        QFETCH(QJsonValue, value);
        QVERIFY(await(m_store->setting(QStringLiteral("k")))->isUndefined());
        QVERIFY(await(m_store->setSetting(QStringLiteral("k"), QStringLiteral("old"))));
        QVERIFY(await(m_store->setSetting(QStringLiteral("k"), value)));
        QCOMPARE(*await(m_store->setting(QStringLiteral("k"))), value);
    }

    void keepsCertificatesByTheirHash()
    {
        const CertificateRecord certificate = sampleCertificate(QStringLiteral("abc1"));
        QCOMPARE(*await(m_store->saveCertificate(certificate)), true);
        QCOMPARE(*await(m_store->certificate(certificate.sha256)), certificate);
        QCOMPARE(*await(m_store->certificate(QStringLiteral("ABC1"))), certificate);
        QCOMPARE(await(m_store->certificates())->size(), std::size_t(1));
        QVERIFY(await(m_store->removeCertificates({certificate.sha256}, RemoveFrom::Anywhere)));
        const auto gone = await(m_store->certificate(certificate.sha256));
        QCOMPARE(gone.error().kind, Error::Kind::NotFound);
    }

    void refusesAnAmbiguousPrefix()
    {
        QVERIFY(await(m_store->saveCertificate(sampleCertificate(QStringLiteral("abc1")))));
        QVERIFY(await(m_store->saveCertificate(sampleCertificate(QStringLiteral("abc2")))));
        QCOMPARE(await(m_store->certificate(QStringLiteral("abc"))).error().kind,
                 Error::Kind::Conflict);
        QCOMPARE(await(m_store->certificate(QStringLiteral("%"))).error().kind,
                 Error::Kind::NotFound);
        QVERIFY(await(m_store->certificate(QStringLiteral("abc2"))));
    }

    void findsAllThatHaveAName()
    {
        CertificateRecord old = sampleCertificate(QStringLiteral("abc1"));
        old.subject = QStringLiteral("Old \"Host\"");
        old.names = {QStringLiteral("WWW.example.org"), QStringLiteral("b\"c")};
        CertificateRecord young = sampleCertificate(QStringLiteral("abc2"));
        young.retired = true;
        QVERIFY(await(m_store->saveCertificates({old, young}, {})));
        const auto named = [this](const char *name) {
            QStringList found;
            const auto all = await(m_store->certificatesNamed(QString::fromUtf8(name)));
            for (const CertificateRecord &one : all.value())
                found.append(one.sha256.left(4));
            return found.join(u' ');
        };
        QCOMPARE(named("www.EXAMPLE.org"), QStringLiteral("abc1 abc2"));
        QCOMPARE(named("*.example.org"), QStringLiteral("abc2"));
        QCOMPARE(named("old \"host\""), QStringLiteral("abc1"));
        QCOMPARE(named("b\"c"), QStringLiteral("abc1"));
        for (const char *other : {"example.org", "ww.example.org", "", "%", "\"", "c"})
            QCOMPARE(named(other), QString());
    }

    void savesManyWithTheirPlaces()
    {
        std::vector<CertificateRecord> records;
        for (const char *seed : {"ab3", "ab1", "ab2"})
            records.push_back(sampleCertificate(QString::fromLatin1(seed)));
        records[0].trashedAt = {};
        records[2].chainPem = {};
        records[2].trashedAt = {};
        const QString first = records[0].sha256;
        const std::vector<PlaceRecord> places{
            placeAt(first, PlaceRecord::Kind::File, QStringLiteral("/etc/ssl/a.pem"), 7),
            placeAt(first, PlaceRecord::Kind::Endpoint, QStringLiteral("a.example:443"), 8)};
        const auto counts = await(m_store->saveCertificates(records, places));
        QVERIFY2(counts, counts ? "" : qPrintable(describe(counts.error())));
        QCOMPARE(*counts, (SavedCounts{3, 0, 0}));
        QCOMPARE(await(m_store->certificates())->size(), std::size_t(3));
        for (const CertificateRecord &record : records)
            QCOMPARE(*await(m_store->certificate(record.sha256)), record);
        const auto found = await(m_store->places(first));
        QCOMPARE(found->size(), std::size_t(3));
        QCOMPARE(found->at(0), places[1]);
        QCOMPARE(found->at(1), places[0]);
        QCOMPARE(found->at(2).kind, PlaceRecord::Kind::Issued);
        QCOMPARE(found->at(2).firstSeenAt, moment(2));

        QCOMPARE(*await(m_store->saveCertificates(records, {})), (SavedCounts{0, 3, 1}));
        QVERIFY(await(m_store->removeCertificates({first}, RemoveFrom::Anywhere)));
        QVERIFY(await(m_store->places(first))->empty());
    }

    void aPlaceKeepsWhenItWasSeenFirstAndLast()
    {
        CertificateRecord record = sampleCertificate(QStringLiteral("abc1"));
        record.origin = QStringLiteral("file:www.pem");
        QVERIFY(await(m_store->saveCertificate(record)));
        record.addedAt = moment(9);
        QVERIFY(await(m_store->saveCertificate(record)));
        record.addedAt = moment(8);
        QVERIFY(await(m_store->saveCertificate(record)));
        const auto places = await(m_store->places(record.sha256));
        QCOMPARE(places->size(), std::size_t(1));
        QCOMPARE(places->front().location, QStringLiteral("www.pem"));
        QCOMPARE(places->front().firstSeenAt, moment(2));
        QCOMPARE(places->front().lastSeenAt, moment(9));
    }

    void savingManyIsAllOrNothing()
    {
        std::vector<CertificateRecord> records{sampleCertificate(QStringLiteral("abc1"))};
        const QString stranger(64, QLatin1Char('f'));
        const auto failed = await(m_store->saveCertificates(
            records, {placeAt(stranger, PlaceRecord::Kind::File, QStringLiteral("x"), 1)}));
        QVERIFY(!failed);
        QVERIFY(await(m_store->certificates())->empty());
        records.push_back(sampleCertificate(QStringLiteral("not hex")));
        QVERIFY(!await(m_store->saveCertificates(records, {})));
        QVERIFY(await(m_store->certificates())->empty());
    }

    void inventoryRowsAreLight()
    {
        const CertificateRecord record = sampleCertificate(QStringLiteral("abc1"));
        CertificateRecord plain = sampleCertificate(QStringLiteral("abc2"));
        plain.subjectDn = QStringLiteral("CN=www.example.org");
        plain.keyId = KeyId();
        plain.isCa = plain.isSelfIssued = false;
        plain.tags.clear();
        plain.names = {QStringLiteral("a\\x00.example"), QStringLiteral("ü\n\"")};
        plain.addedAt = moment(3);
        QVERIFY(await(m_store->saveCertificates(
            {plain, record},
            {placeAt(plain.sha256, PlaceRecord::Kind::Endpoint, QStringLiteral("a:443"), 2)})));
        const auto rows = await(m_store->inventoryRows());
        QVERIFY2(rows, rows ? "" : qPrintable(describe(rows.error())));
        QCOMPARE(rows->size(), std::size_t(2));
        const InventoryRow &row = rows->front();
        const InventoryRow &other = rows->back();
        QCOMPARE(row.sha256.hex(), record.sha256);
        QVERIFY(row.publicKey.isNull());
        QCOMPARE(row.notBefore, moment(1).toMSecsSinceEpoch());
        QCOMPARE(row.notAfter, moment(30).toMSecsSinceEpoch());
        QCOMPARE(row.addedAt, moment(2).toMSecsSinceEpoch());
        QCOMPARE(row.trashedAt, moment(6).toMSecsSinceEpoch());
        QCOMPARE(row.revokedAt, moment(5).toMSecsSinceEpoch());
        QCOMPARE(row.windowStart, moment(20).toMSecsSinceEpoch());
        QCOMPARE(row.windowEnd, moment(21).toMSecsSinceEpoch());
        QCOMPARE(row.subject(), record.subject);
        QVERIFY(row.commonName.isEmpty());
        QCOMPARE(other.subject(), plain.subject);
        QCOMPARE(other.commonName, plain.subject);
        QCOMPARE(row.subjectDn, record.subjectDn);
        QCOMPARE(row.issuer, record.issuer);
        QCOMPARE(row.issuerDn, record.issuerDn);
        QCOMPARE(row.keyAlgorithm, record.keyAlgorithm);
        QCOMPARE(row.signatureAlgorithm, record.signatureAlgorithm);
        QCOMPARE(row.owner, record.owner);
        QCOMPARE(row.credential, record.credential);
        QCOMPARE(row.tags, record.tags);
        QCOMPARE(row.note, record.note);
        QCOMPARE(row.nameList(), record.names);
        QCOMPARE(row.firstName(), record.names.first());
        QCOMPARE(row.nameCount(), 2);
        QCOMPARE(row.serial, record.serial.toUtf8());
        QVERIFY(row.is(InventoryRow::HasKey) && row.is(InventoryRow::IsCa)
                && row.is(InventoryRow::SelfIssued) && !row.is(InventoryRow::Retired));
        QCOMPARE(row.placeList(), QStringList{QStringLiteral("issued")});
        QVERIFY(other.subjectDn.isEmpty());
        QVERIFY(!other.is(InventoryRow::HasKey) && !other.is(InventoryRow::IsCa));
        QVERIFY(other.hasPlace(PlaceRecord::Kind::Endpoint));
        QCOMPARE(other.placeList(),
                 (QStringList{QStringLiteral("issued"), QStringLiteral("endpoint:a:443")}));
        QCOMPARE(other.nameList(),
                 (QStringList{QStringLiteral("a\\x00.example"), QStringLiteral("ü \"")}));
        QCOMPARE(static_cast<const void *>(row.issuer.constData()),
                 static_cast<const void *>(other.issuer.constData()));
        const QStringList ids{plain.sha256, QString(64, QLatin1Char('0')), record.sha256};
        const auto some = await(m_store->inventoryRows(ids));
        QCOMPARE(some->size(), std::size_t(2));
        QCOMPARE(some->at(0), other);
        QCOMPARE(some->at(1), row);
    }

    void editsManyAndUndoes()
    {
        CertificateRecord one = sampleCertificate(QStringLiteral("abc1"));
        one.tags.clear();
        one.trashedAt = {};
        CertificateRecord two = sampleCertificate(QStringLiteral("abc2"));
        QVERIFY(await(m_store->saveCertificates({one, two}, {})));
        CertificateEdit edit;
        edit.addTags = {QStringLiteral(" Zone  A "), QStringLiteral("PROD"), QString()};
        edit.removeTags = {QStringLiteral("WEB")};
        edit.owner = QStringLiteral("Jo");
        edit.note = QStringLiteral("seen");
        edit.retired = true;
        edit.trashedAt = moment(9);
        const QStringList both{one.sha256, two.sha256};
        const auto before = await(m_store->editCertificates(both, edit));
        QVERIFY(before);
        QCOMPARE(before->size(), std::size_t(2));
        QCOMPARE(before->at(1).tags, two.tags);
        const CertificateRecord after = *await(m_store->certificate(two.sha256));
        QCOMPARE(after.tags, (QStringList{QStringLiteral("prod"), QStringLiteral("Zone A")}));
        QCOMPARE(after.owner, QStringLiteral("Jo"));
        QCOMPARE(after.note, QStringLiteral("seen"));
        QVERIFY(after.retired);
        QCOMPARE(after.trashedAt, moment(9));
        QCOMPARE(await(m_store->certificate(one.sha256))->tags,
                 (QStringList{QStringLiteral("PROD"), QStringLiteral("Zone A")}));
        // What does not change needs no undo.
        QVERIFY(await(m_store->editCertificates(both, edit))->empty());

        const auto undone = await(m_store->restoreMarks(*before));
        QVERIFY(undone);
        QCOMPARE(*await(m_store->certificate(one.sha256)), one);
        QCOMPARE(*await(m_store->certificate(two.sha256)), two);
        QVERIFY(await(m_store->restoreMarks(*undone)));
        QCOMPARE(*await(m_store->certificate(two.sha256)), after);

        edit.trashedAt = QDateTime();
        const QStringList withStranger{one.sha256, QString(64, QLatin1Char('0'))};
        QCOMPARE(await(m_store->editCertificates(withStranger, edit)).error().kind,
                 Error::Kind::NotFound);
        QCOMPARE(await(m_store->certificate(one.sha256))->trashedAt, moment(9));
    }

    void R33_removesACertificateWithItsKey_data()
    {
        QTest::addColumn<QString>("needs");
        QTest::addColumn<bool>("goes");
        QTest::newRow("nobody") << QString() << true;
        QTest::newRow("another certificate") << QStringLiteral("certificate") << false;
        QTest::newRow("one for the same key, not joined") << QStringLiteral("twin") << false;
        QTest::newRow("an account") << QStringLiteral("account") << false;
        QTest::newRow("a paused job") << QStringLiteral("paused") << false;
        QTest::newRow("a job that failed") << QStringLiteral("failed") << false;
        QTest::newRow("only the job that is done") << QStringLiteral("done") << true;
        QTest::newRow("only a job that was cancelled") << QStringLiteral("cancelled") << true;
    }
    void R33_removesACertificateWithItsKey()
    {
        QFETCH(QString, needs);
        QFETCH(bool, goes);
        KeyRecord key;
        key.id = KeyId::make();
        key.purpose = QStringLiteral("leaf");
        key.algorithm = QStringLiteral("ec256");
        key.publicKeySha256 = QString(64, QLatin1Char('7'));
        key.sealed = "sealed";
        QVERIFY(await(m_store->saveKey(key)));
        CertificateRecord record = sampleCertificate(QStringLiteral("abc1"));
        record.keyId = key.id;
        record.publicKeySha256 = key.publicKeySha256;
        QVERIFY(await(m_store->saveCertificate(record)));
        CertificateRecord other = sampleCertificate(QStringLiteral("abc2"));
        other.keyId = needs == QLatin1String("certificate") ? key.id : KeyId();
        if (needs == QLatin1String("twin"))
            other.publicKeySha256 = key.publicKeySha256;
        else
            other.publicKeySha256 = QString(64, QLatin1Char('8'));
        QVERIFY(await(m_store->saveCertificate(other)));
        if (needs == QLatin1String("account")) {
            AccountRecord account;
            account.id = AccountId::make();
            account.keyId = key.id;
            QVERIFY(await(m_store->saveAccount(account)));
        }
        JobRecord job = sampleJob({QStringLiteral("a.example")});
        job.keyId = key.id;
        job.state = jobStateFromName(needs);
        if (job.state != JobRecord::State::Failed || needs == QLatin1String("failed"))
            QVERIFY(await(m_store->saveJob(job)));

        const auto removed =
            await(m_store->removeCertificates({record.sha256}, RemoveFrom::Anywhere));
        QVERIFY(removed);
        QCOMPARE(removed->certificates, 1);
        QCOMPARE(removed->keys, goes ? 1 : 0);
        QCOMPARE(await(m_store->keyCount()).value(), goes ? 0 : 1);
        const auto entries = await(m_store->audit(0, 10)).value();
        QCOMPARE(entries.size(), std::size_t(goes ? 2 : 1));
        QCOMPARE(entries[0].action, QStringLiteral("certificate.remove"));
        QCOMPARE(entries[0].details.value(QLatin1String("key")).toString(),
                 goes ? QStringLiteral("removed") : QStringLiteral("kept"));
        QVERIFY(entries[0].actor.contains(QLatin1Char('@')));
        if (goes)
            QCOMPARE(entries[1].action, QStringLiteral("key.remove"));
        QVERIFY(await(m_store->verifyAudit({}))->intact);
        // Not there: nothing is removed and nothing is noted.
        QVERIFY(!await(m_store->removeCertificates({record.sha256}, RemoveFrom::Anywhere)));
        QCOMPARE(await(m_store->audit(0, 10))->size(), entries.size());
    }

    void R33_deletesAllOrNoneAndOnlyOutOfTheTrash()
    {
        CertificateRecord inTrash = sampleCertificate(QStringLiteral("abc1"));
        CertificateRecord inUse = sampleCertificate(QStringLiteral("abc2"));
        inUse.trashedAt = {};
        QVERIFY(await(m_store->saveCertificate(inTrash)));
        QVERIFY(await(m_store->saveCertificate(inUse)));
        const QStringList both{inTrash.sha256, inUse.sha256};
        const auto refused = await(m_store->removeCertificates(both, RemoveFrom::Trash));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::PolicyDenied);
        QVERIFY(!refused.error().advice.isEmpty());
        QCOMPARE(await(m_store->certificates())->size(), std::size_t{2});
        QVERIFY(await(m_store->audit(0, 10))->empty());

        CertificateEdit edit;
        edit.trashedAt = moment(9);
        QVERIFY(await(m_store->editCertificates({inUse.sha256}, edit)));
        const auto removed = await(m_store->removeCertificates(both, RemoveFrom::Trash));
        QVERIFY(removed);
        QCOMPARE(removed->certificates, 2);
        QVERIFY(await(m_store->certificates())->empty());
        QCOMPARE(await(m_store->audit(0, 10))->size(), std::size_t{3});
    }

    void R33_editsHaveAnEntry_data()
    {
        QTest::addColumn<CertificateEdit>("edit");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("changed");
        const auto row = [](const char *name, const char *action, const char *changed, auto set) {
            CertificateEdit edit;
            set(edit);
            QTest::newRow(name) << edit << QString::fromLatin1(action)
                                << QString::fromLatin1(changed);
        };
        using Edit = CertificateEdit;
        row("trash", "certificate.trash", "trashed", [](Edit &e) { e.trashedAt = moment(9); });
        row("owner", "certificate.edit", "owner", [](Edit &e) { e.owner = QStringLiteral("Eva"); });
        row("retire", "certificate.edit", "retired", [](Edit &e) { e.retired = true; });
        row("tag", "certificate.edit", "tags", [](Edit &e) { e.addTags = {QStringLiteral("t")}; });
        row("revoked", "certificate.edit", "revoked", [](Edit &e) { e.revokedAt = moment(9); });
        row("note", "", "", [](Edit &e) { e.note = QStringLiteral("private"); });
        row("nothing new", "", "", [](Edit &e) { e.owner = QStringLiteral("Mara Keller"); });
    }
    void R33_editsHaveAnEntry()
    {
        QFETCH(CertificateEdit, edit);
        QFETCH(QString, action);
        QFETCH(QString, changed);
        QStringList ids;
        for (const char *seed : {"abc1", "abc2"}) {
            CertificateRecord record = sampleCertificate(QString::fromLatin1(seed));
            record.trashedAt = {};
            record.revokedAt = {};
            QVERIFY(await(m_store->saveCertificate(record)));
            ids.append(record.sha256);
        }
        QSignalSpy told(m_store.get(), &Store::audited);
        const auto before = await(m_store->editCertificates(ids, edit));
        QVERIFY(before);
        auto entries = await(m_store->audit(0, 10)).value();
        QCOMPARE(entries.size(), std::size_t(action.isEmpty() ? 0 : 1));
        QCOMPARE(told.count(), action.isEmpty() ? 0 : 1);
        if (action.isEmpty())
            return;
        QCOMPARE(entries[0].action, action);
        QCOMPARE(entries[0].details.value(QLatin1String("count")).toInt(), 2);
        QCOMPARE(entries[0].details.value(QLatin1String("sha256")).toArray().size(), 2);
        QCOMPARE(entries[0].details.value(QLatin1String("changed")).toArray(), QJsonArray{changed});
        QVERIFY(entries[0].details.contains(changed));
        // The undo is an act of its own.
        QVERIFY(await(m_store->restoreMarks(*before)));
        entries = await(m_store->audit(0, 10)).value();
        QCOMPARE(entries.size(), std::size_t{2});
        QCOMPARE(entries[1].details.value(QLatin1String("changed")).toArray(), QJsonArray{changed});
        QVERIFY(await(m_store->verifyAudit({}))->intact);
    }

    void R33_anActWhoseEntryCannotBeWrittenDidNotHappen()
    {
        CertificateRecord record = sampleCertificate(QStringLiteral("abc1"));
        QVERIFY(await(m_store->saveCertificate(record)));
        QVERIFY(dropTable(file(), QStringLiteral("audit")));
        CertificateEdit edit;
        edit.owner = QStringLiteral("Eva");
        QVERIFY(!await(m_store->editCertificates({record.sha256}, edit)));
        QVERIFY(!await(m_store->removeCertificates({record.sha256}, RemoveFrom::Trash)));
        AuditEntry entry;
        entry.action = QStringLiteral("setting.change");
        QVERIFY(!await(m_store->setSetting(QStringLiteral("k"), 1, entry)));
        QCOMPARE(*await(m_store->certificate(record.sha256)), record);
        QVERIFY(await(m_store->setting(QStringLiteral("k")))->isUndefined());
    }

    void marksOfAnotherProgramFillOnlyWhatIsEmpty()
    {
        CertificateRecord record = sampleCertificate(QStringLiteral("abc1"));
        record.tags.clear();
        QVERIFY(await(m_store->saveCertificate(record)));
        CertificateRecord again = record;
        again.addedAt = moment(9);
        again.tags = {QStringLiteral("xca")};
        again.owner = QStringLiteral("Somebody Else");
        QVERIFY(await(m_store->saveCertificate(again)));
        const CertificateRecord stored = *await(m_store->certificate(record.sha256));
        QCOMPARE(stored.tags, QStringList{QStringLiteral("xca")});
        QCOMPARE(stored.owner, record.owner);
        QCOMPARE(stored.addedAt, record.addedAt);
    }

    void mergesASecondSightOfACertificate()
    {
        CertificateRecord found = sampleCertificate(QStringLiteral("abc1"));
        const KeyId key = found.keyId;
        found.keyId = KeyId();
        found.jobId = JobId();
        found.chainPem.clear();
        found.retired = true;
        QCOMPARE(*await(m_store->saveCertificate(found)), true);

        CertificateRecord again = sampleCertificate(QStringLiteral("abc1"));
        again.keyId = key;
        again.jobId = JobId();
        again.origin = QStringLiteral("pasted");
        again.addedAt = moment(9);
        QCOMPARE(*await(m_store->saveCertificate(again)), false);

        CertificateRecord stored = *await(m_store->certificate(found.sha256));
        QCOMPARE(stored.keyId, key);
        QCOMPARE(stored.chainPem, again.chainPem);
        QCOMPARE(stored.addedAt, found.addedAt);
        QCOMPARE(stored.origin, QStringLiteral("issued"));
        QVERIFY(stored.retired); // a second import does not bring it back

        stored.retired = false; // an edit of the stored record does
        stored.failedRenewals = 2;
        QCOMPARE(*await(m_store->saveCertificate(stored)), false);
        QCOMPARE(*await(m_store->certificate(found.sha256)), stored);
    }

    void keepsKeys()
    {
        KeyRecord key;
        key.id = KeyId::make();
        key.purpose = QStringLiteral("leaf");
        key.algorithm = QStringLiteral("ec256");
        key.publicKeySha256 = QStringLiteral("aa");
        key.sealed = QByteArray("\0sealed\0", 8);
        key.createdAt = moment(5);
        QVERIFY(await(m_store->saveKey(key)));
        QCOMPARE(*await(m_store->key(key.id)), key);
        QCOMPARE(*await(m_store->keyByPublicKey(QStringLiteral("aa"))), key);
        QCOMPARE(*await(m_store->keyCount()), 1);
        QCOMPARE(await(m_store->key(KeyId::make())).error().kind, Error::Kind::NotFound);
    }

    void keepsAccountsAndAuthorities()
    {
        AccountRecord account;
        account.id = AccountId::make();
        account.caId = QStringLiteral("practice");
        account.directoryUrl = QStringLiteral("https://ca/dir");
        account.keyId = KeyId::make();
        account.keyAlgorithm = QStringLiteral("ec256");
        account.contacts = {QStringLiteral("mailto:a@example.org")};
        account.createdAt = moment(5);
        QVERIFY(await(m_store->saveAccount(account)));
        account.url = QStringLiteral("https://ca/acct/1");
        account.status = AccountRecord::Status::Valid;
        account.termsAgreed = true;
        QVERIFY(await(m_store->saveAccount(account)));
        QCOMPARE(*await(m_store->accounts()), std::vector<AccountRecord>{account});

        CaRecord ca;
        ca.id = QStringLiteral("corp");
        ca.name = QStringLiteral("Corp CA");
        ca.directoryUrl = QStringLiteral("https://acme.corp/dir");
        ca.needsEab = true;
        ca.offersWildcards = false;
        QVERIFY(await(m_store->saveCa(ca)));
        QCOMPARE(*await(m_store->addedCas()), std::vector<CaRecord>{ca});
        QVERIFY(await(m_store->removeCa(ca.id)));
        QCOMPARE(await(m_store->removeCa(ca.id)).error().kind, Error::Kind::NotFound);
    }

    void keepsCredentialsUnderUniqueNames()
    {
        CredentialRecord credential;
        credential.id = CredentialId::make();
        credential.name = QStringLiteral("cf");
        credential.provider = QStringLiteral("cloudflare");
        credential.owner = QStringLiteral("Ada");
        credential.purpose = QStringLiteral("web");
        credential.fields = {{QStringLiteral("zone"), QStringLiteral("example.org")}};
        credential.secretItems = {{QStringLiteral("token"), QStringLiteral("sealbook/x/token/1")}};
        credential.reach = {QStringLiteral("example.org")};
        credential.createdAt = moment(6);
        QVERIFY(await(m_store->saveCredential(credential)));
        credential.lastUsedAt = moment(7);
        credential.state = CredentialRecord::State::Revoked;
        QVERIFY(await(m_store->saveCredential(credential)));
        QCOMPARE(*await(m_store->credential(QStringLiteral("cf"))), credential);
        QCOMPARE(await(m_store->credentials())->size(), std::size_t(1));

        CredentialRecord other = credential;
        other.id = CredentialId::make();
        const auto taken = await(m_store->saveCredential(other));
        QCOMPARE(taken.error().kind, Error::Kind::Conflict);
        QVERIFY(taken.error().detail.contains(QStringLiteral("\"cf\"")));

        QVERIFY(await(m_store->removeCredential(credential.id)));
        QCOMPARE(await(m_store->credential(QStringLiteral("cf"))).error().kind,
                 Error::Kind::NotFound);
    }

    void R06_refusesACredentialWithoutOwner()
    {
        CredentialRecord credential;
        credential.id = CredentialId::make();
        credential.name = QStringLiteral("cf");
        credential.purpose = QStringLiteral("web");
        QCOMPARE(await(m_store->saveCredential(credential)).error().kind, Error::Kind::Conflict);
        QVERIFY(await(m_store->credentials())->empty());
    }

    void keepsJobsNewestFirst()
    {
        JobRecord first = sampleJob({QStringLiteral("a.example")});
        JobRecord second = sampleJob({QStringLiteral("b.example")});
        second.createdAt = moment(8);
        QVERIFY(await(m_store->saveJob(first)));
        QVERIFY(await(m_store->saveJob(second)));
        Error error;
        error.kind = Error::Kind::DnsNotReady;
        error.detail = QStringLiteral("ns2 does not serve it");
        first.state = JobRecord::State::Failed;
        first.error = error;
        QVERIFY(await(m_store->saveJob(first)));
        const std::vector<JobRecord> jobs = *await(m_store->jobs());
        QCOMPARE(jobs.size(), std::size_t(2));
        QCOMPARE(jobs.at(0), second);
        QCOMPARE(jobs.at(1), first);
        QCOMPARE(*await(m_store->job(first.id)), first);
    }

    void neverReopensAJobThatIsDone()
    {
        JobRecord job = sampleJob({QStringLiteral("a.example")});
        job.state = JobRecord::State::Failed;
        QVERIFY(await(m_store->saveJob(job)));
        job.state = JobRecord::State::Running;
        QVERIFY(await(m_store->saveJob(job)));
        job.state = JobRecord::State::Done;
        QVERIFY(await(m_store->saveJob(job)));
        job.state = JobRecord::State::Running;
        QCOMPARE(await(m_store->saveJob(job)).error().kind, Error::Kind::Conflict);
        QCOMPARE(await(m_store->job(job.id))->state, JobRecord::State::Done);
    }

    void numbersTheStepsOfEachJob()
    {
        const JobRecord job = sampleJob({QStringLiteral("a.example")});
        QVERIFY(await(m_store->saveJob(job)));
        JobStep step;
        step.jobId = job.id;
        step.step = QStringLiteral("order");
        step.state = JobStep::State::Done;
        step.detail = QStringLiteral("1 order");
        step.took = std::chrono::milliseconds(42);
        step.at = moment(9);
        QCOMPARE(await(m_store->addStep(step))->sequence, qint64(1));
        const JobStep second = *await(m_store->addStep(step));
        QCOMPARE(second.sequence, qint64(2));
        const std::vector<JobStep> steps = *await(m_store->steps(job.id));
        QCOMPARE(steps.size(), std::size_t(2));
        QCOMPARE(steps.at(1), second);
        step.jobId = JobId::make();
        QVERIFY(!await(m_store->addStep(step)));
    }

    void leasesAJobToOneHolder()
    {
        const JobRecord job = sampleJob({QStringLiteral("a.example")});
        QVERIFY(await(m_store->saveJob(job)));
        const QString me = QStringLiteral("desk:1");
        const QString other = QStringLiteral("laptop:2");
        QVERIFY(await(m_store->leaseJob(job.id, me, std::chrono::seconds(60))));
        QVERIFY(await(m_store->leaseJob(job.id, me, std::chrono::seconds(90))));
        const auto held = await(m_store->leaseJob(job.id, other, std::chrono::seconds(60)));
        QCOMPARE(held.error().kind, Error::Kind::Conflict);
        QVERIFY(held.error().detail.contains(holderInWords(me)));
        QVERIFY(await(m_store->releaseJob(job.id, other))); // not its own: changes nothing
        QVERIFY(!await(m_store->leaseJob(job.id, other, std::chrono::seconds(60))));
        QVERIFY(await(m_store->releaseJob(job.id, me)));
        QVERIFY(await(m_store->leaseJob(job.id, other, std::chrono::seconds(60))));
        QCOMPARE(await(m_store->job(job.id))->owner, other);
    }

    void B72_refusesASecondJobForTheSameNames()
    {
        const JobRecord first =
            sampleJob({QStringLiteral("a.example"), QStringLiteral("b.example")});
        const JobRecord second =
            sampleJob({QStringLiteral("b.example"), QStringLiteral("a.example")});
        QVERIFY(await(m_store->saveJob(first)));
        QVERIFY(await(m_store->saveJob(second)));
        QVERIFY(
            await(m_store->leaseJob(first.id, QStringLiteral("desk:1"), std::chrono::seconds(60))));
        const auto held =
            await(m_store->leaseJob(second.id, QStringLiteral("desk:1"), std::chrono::seconds(60)));
        QCOMPARE(held.error().kind, Error::Kind::Conflict);
        QVERIFY(held.error().detail.contains(QStringLiteral("same names")));

        JobRecord third = sampleJob({QStringLiteral("a.example"), QStringLiteral("b.example")});
        third.owner = QStringLiteral("laptop:2");
        third.leaseUntil = QDateTime::currentDateTimeUtc().addSecs(60);
        QCOMPARE(await(m_store->saveJob(third)).error().kind, Error::Kind::Conflict);
    }

    void takesOverAnExpiredLease()
    {
        const JobRecord job = sampleJob({QStringLiteral("a.example")});
        QVERIFY(await(m_store->saveJob(job)));
        QVERIFY(
            await(m_store->leaseJob(job.id, QStringLiteral("desk:1"), std::chrono::seconds(-1))));
        QVERIFY(
            await(m_store->leaseJob(job.id, QStringLiteral("laptop:2"), std::chrono::seconds(60))));
    }

    void takesOverFromADeadProcessAtOnce()
    {
        const JobRecord job = sampleJob({QStringLiteral("a.example")});
        QVERIFY(await(m_store->saveJob(job)));
        LeaseHolder here = LeaseHolder::ofThisProcess();
        const QString living = here.text();
        here.pid = 4194999; // above any pid_max that Linux allows, so never a living process
        const QString dead = here.text();
        QVERIFY(await(m_store->leaseJob(job.id, dead, std::chrono::seconds(600))));
        QVERIFY(await(m_store->leaseJob(job.id, living, std::chrono::seconds(600))));
        QVERIFY(!await(
            m_store->leaseJob(job.id, QStringLiteral("laptop:2"), std::chrono::seconds(60))));
    }

    void savingAJobLeavesItsLeaseAlone()
    {
        JobRecord job = sampleJob({QStringLiteral("a.example")});
        QVERIFY(await(m_store->saveJob(job)));
        QVERIFY(
            await(m_store->leaseJob(job.id, QStringLiteral("desk:1"), std::chrono::seconds(60))));
        job.step = QStringLiteral("publish");
        QVERIFY(await(m_store->saveJob(job)));
        QCOMPARE(await(m_store->job(job.id))->owner, QStringLiteral("desk:1"));
    }

    void C6_keepsIntentsOpenUntilTheyAreRemoved()
    {
        const JobRecord job = sampleJob({QStringLiteral("a.example")});
        QVERIFY(await(m_store->saveJob(job)));
        std::vector<TxtIntent> intents(2);
        for (TxtIntent &intent : intents) {
            intent.id = IntentId::make();
            intent.jobId = job.id;
            intent.certificateName = QStringLiteral("a.example");
            intent.recordName = QStringLiteral("_acme-challenge.a.example");
            intent.zone = QStringLiteral("example");
            intent.value = QStringLiteral("digest");
            intent.createdAt = moment(9);
        }
        QVERIFY(await(m_store->saveIntents(intents)));
        QCOMPARE(*await(m_store->openIntents()), intents);
        intents[0].state = TxtIntent::State::Removed;
        intents[0].removedAt = moment(10);
        intents[1].state = TxtIntent::State::Published;
        intents[1].handle = {{QStringLiteral("id"), QStringLiteral("77")}};
        QVERIFY(await(m_store->saveIntents(intents)));
        QCOMPARE(*await(m_store->openIntents()), std::vector<TxtIntent>{intents.at(1)});
        QCOMPARE(*await(m_store->intentsOf(job.id)), intents);
    }

    void finishesAJobInOneTransaction()
    {
        JobRecord job = sampleJob({QStringLiteral("a.example")});
        QVERIFY(await(m_store->saveJob(job)));
        QVERIFY(
            await(m_store->leaseJob(job.id, QStringLiteral("desk:1"), std::chrono::seconds(60))));
        CertificateRecord certificate = sampleCertificate(QStringLiteral("abc1"));
        AuditEntry entry;
        entry.action = QStringLiteral("certificate.issue");
        job.state = JobRecord::State::Done;
        job.certificateSha256 = certificate.sha256;

        CertificateRecord broken = certificate;
        broken.sha256 = QStringLiteral("no hash");
        QVERIFY(!await(m_store->finishJob(job, broken, entry)));
        QCOMPARE(await(m_store->job(job.id))->state, JobRecord::State::Running);
        QVERIFY(await(m_store->audit(1, 10))->empty());

        QVERIFY(await(m_store->finishJob(job, certificate, entry)));
        const JobRecord stored = *await(m_store->job(job.id));
        QCOMPARE(stored.state, JobRecord::State::Done);
        QVERIFY(stored.owner.isEmpty());
        QCOMPARE(await(m_store->certificates())->size(), std::size_t(1));
        QCOMPARE(await(m_store->audit(1, 10))->size(), std::size_t(1));
    }

    void aFailingWriteDoesNotDisturbItsNeighbors()
    {
        // All are queued before the first one runs, so they share a commit.
        std::vector<Task<>> tasks;
        CredentialRecord bad;
        bad.id = CredentialId::make();
        bad.name = QStringLiteral("x");
        for (int i = 0; i < 20; ++i) {
            if (i == 7)
                tasks.push_back(m_store->saveCredential(bad));
            tasks.push_back(m_store->setSetting(QStringLiteral("k%1").arg(i), i));
        }
        QCoro::Task<std::vector<Result<void>>> together = all<void>(std::move(tasks));
        const std::vector<Result<void>> results = QCoro::waitFor(std::move(together));
        for (std::size_t i = 0; i < results.size(); ++i)
            QCOMPARE(results.at(i).has_value(), i != 7);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(await(m_store->setting(QStringLiteral("k%1").arg(i)))->toInt(), i);
    }

    void whatOneTurnOfTheLoopAsksIsOneCommit()
    {
        const quint32 before = commitsOf(file());
        for (int turn = 0; turn < 20; ++turn) {
            std::vector<Task<>> tasks;
            for (int i = 0; i < 3; ++i)
                tasks.push_back(m_store->setSetting(QStringLiteral("k%1").arg(i), turn));
            QCoro::Task<std::vector<Result<void>>> together = all<void>(std::move(tasks));
            for (const Result<void> &result : QCoro::waitFor(std::move(together)))
                QVERIFY(result);
        }
        QCOMPARE(commitsOf(file()) - before, quint32(20));
    }

    void finishesWhatWasQueuedBeforeItDies()
    {
        std::vector<Task<>> tasks;
        for (int i = 0; i < 50; ++i)
            tasks.push_back(m_store->setSetting(QStringLiteral("k%1").arg(i), i));
        m_store.reset();
        m_store = openStore(file());
        QCOMPARE(await(m_store->setting(QStringLiteral("k49")))->toInt(), 49);
        QCoro::Task<std::vector<Result<void>>> together = all<void>(std::move(tasks));
        for (const Result<void> &result : QCoro::waitFor(std::move(together)))
            QVERIFY(result);
    }

    void tellsOwnChangesAtOnceAndOthersSoon()
    {
        const std::unique_ptr<Store> other = openStore(file());
        QSignalSpy own(m_store.get(), &Store::changed);
        QSignalSpy others(other.get(), &Store::changed);
        QVERIFY(await(m_store->setSetting(QStringLiteral("k"), 1)));
        QTRY_VERIFY(!own.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!others.isEmpty(), 10000);
        QCOMPARE(await(other->setting(QStringLiteral("k")))->toInt(), 1);
    }

    void doesNotBlockTheEventLoop()
    {
        int ticks = 0;
        QTimer timer;
        timer.callOnTimeout([&ticks] { ++ticks; });
        timer.start(0);
        for (int i = 0; i < 20; ++i)
            QVERIFY(await(m_store->setSetting(QStringLiteral("k"), i)));
        QVERIFY(ticks > 0);
    }

    void openingCanBeCancelled()
    {
        std::stop_source source;
        source.request_stop();
        const QString file = m_folder->filePath(QStringLiteral("other.db"));
        QCOMPARE(await(Store::open(file, source.get_token())).error().kind, Error::Kind::Cancelled);
        QVERIFY(!QFile::exists(file));
    }
};

QTEST_GUILESS_MAIN(TstStore)
#include "tst_store.moc"
