// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateService.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "core/x509/Pkcs12.h"
#include "tests/support/Await.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/StoreAudit.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace sealbook;

namespace {

QByteArray file(const char *name)
{
    return testData(QStringLiteral("x509/") + QLatin1String(name));
}

// A profile of its own for each test, with the real store and vault.
struct Profile
{
    QTemporaryDir folder;
    MemorySecretStore keychain;
    std::unique_ptr<Store> store;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<CertificateService> service;
    std::function<void()> beforeEntry = [] {};

    Profile()
    {
        const QString path = folder.filePath(QStringLiteral("profile/sealbook.db"));
        store = await(Store::open(path, {})).value();
        vault = std::make_unique<Vault>(keychain, *store, false);
        useAudit([this](const QString &action, const QString &subject, const QString &result,
                        const QJsonObject &details) {
            beforeEntry();
            return auditInto(*store)(action, subject, result, details);
        });
    }
    void useAudit(AuditFunction audit)
    {
        service = std::make_unique<CertificateService>(*store, *vault, std::move(audit));
        service->useImportHelper({QStringLiteral(SEALBOOK_CONTAINER_HELPER), {}});
    }
    // "action subject result" of every entry but those of the vault itself.
    QStringList entries()
    {
        QStringList lines;
        const auto all = await(store->audit(0, 100)).value();
        for (const AuditEntry &entry : all) {
            if (!entry.action.startsWith(QLatin1String("vault.")))
                lines << QStringList{entry.action, entry.subject, entry.result}.join(u' ');
        }
        return lines;
    }

    Result<ImportReport> import(const QByteArray &bytes, const char *password = "")
    {
        return await(service->importBytes(testSecret(bytes), QStringLiteral("pasted"),
                                          testSecret(password), {}));
    }
    std::size_t count() { return await(service->list()).value().size(); }
    int keys() { return await(store->keyCount()).value(); }
    Result<Secret> exported(const QString &sha256, ExportFormat format, const char *password = "")
    {
        return await(service->exportBytes(sha256, format, testSecret(password), {}, {}));
    }
};

} // namespace

class TstCertificateService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void importsACertificateWithoutAnyKeychain();
    void importsACertificateWithItsKey();
    void aKeyNeedsTheKeychainAndNothingIsStoredWithout();
    void importingTwiceAddsNothing();
    void importsPkcs12();
    void aKeyThatComesLaterJoinsItsCertificate();
    void aLoneKeyIsKeptForItsCertificate();
    void importsAFileAndNamesItAsOrigin();
    void B39_aKeyOfNobodyAmongAChainStoresNothing();
    void B40_crlfMarkAndTextAroundAreImported();
    void B41_truncatedFileStoresNothing();
    void B42_wrongKeyIsToldAndNothingStored();
    void B43_wrongPasswordThreeTimesLosesNothing();
    void B52_tenThousandNamesAreImported();
    void findsByNamePrefixAndFingerprint();
    void detailsSayWhatTheChainIsWorth();
    void detailsFindIssuersInTheProfile();
    void detailsTrustRootsOfYourOwn();
    void exportsEveryFormat();
    void exportedKeyOpensWithItsPassword();
    void exportsFilesWithTheRightRights();
    void R33_everyExportOfAKeyHasItsEntry();
    void R33_noKeyIsOnDiskBeforeItsEntry();
    void R33_noKeyLeavesWithoutItsEntry_data();
    void R33_noKeyLeavesWithoutItsEntry();
    void R33_anImportHasItsEntries();
    void R33_aKeyThatJoinsLaterHasItsEntries();
    void R33_removingTellsOfTheKeyToo();
    void exportWithoutKeyOrChainSaysSo();
    void removesOne();
    void stopEndsAnImport();
    void formatNamesGoBothWays();
};

void TstCertificateService::importsACertificateWithoutAnyKeychain()
{
    Profile profile;
    profile.keychain.setState(KeychainState::Absent);
    QSignalSpy changed(profile.service.get(), &CertificateService::changed);
    const Result<ImportReport> report = profile.import(file("leaf.pem") + file("issuing.pem"));
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(report->added, 1);
    QCOMPARE(report->known, 0);
    QCOMPARE(report->keysStored, 0);
    QCOMPARE(profile.keychain.writes, 0);
    QVERIFY(!changed.isEmpty() || changed.wait());
    const CertificateRecord record = await(profile.service->list()).value().front();
    QCOMPARE(record.sha256, report->sha256.front());
    QCOMPARE(record.subject, QStringLiteral("www.example.org"));
    QCOMPARE(record.names.size(), 4);
    QCOMPARE(record.issuer, QStringLiteral("Example Trust"));
    QCOMPARE(record.serial, QStringLiteral("87654321"));
    QCOMPARE(record.keyAlgorithm, QStringLiteral("EC P-256"));
    QCOMPARE(record.origin, QStringLiteral("pasted"));
    QCOMPARE(record.chainPem, file("issuing.pem"));
    QCOMPARE(record.der, file("leaf.der"));
    QVERIFY(!record.keyId.isValid());
    QVERIFY(record.addedAt.isValid());
}

void TstCertificateService::importsACertificateWithItsKey()
{
    Profile profile;
    const Result<ImportReport> report = profile.import(file("leaf.pem") + file("leaf.key"));
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(report->added, 1);
    QCOMPARE(report->keysStored, 1);
    QVERIFY(await(profile.service->list()).value().front().keyId.isValid());
    QCOMPARE(profile.keys(), 1);
}

void TstCertificateService::aKeyNeedsTheKeychainAndNothingIsStoredWithout()
{
    Profile profile;
    profile.keychain.setState(KeychainState::Absent);
    const Result<ImportReport> report = profile.import(file("leaf.pem") + file("leaf.key"));
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::KeychainAbsent);
    QCOMPARE(profile.count(), std::size_t{0});
    QCOMPARE(profile.keys(), 0);
}

void TstCertificateService::importingTwiceAddsNothing()
{
    Profile profile;
    const QByteArray both = file("leaf.pem") + file("leaf.key");
    QVERIFY(profile.import(both));
    const Result<ImportReport> again = profile.import(both);
    QVERIFY(again);
    QCOMPARE(again->added, 0);
    QCOMPARE(again->known, 1);
    QCOMPARE(again->keysStored, 0);
    QCOMPARE(again->sha256.size(), 1);
    QCOMPARE(profile.count(), std::size_t{1});
    QCOMPARE(profile.keys(), 1);
}

void TstCertificateService::importsPkcs12()
{
    Profile profile;
    const Result<ImportReport> report = profile.import(file("pkcs12/java.p12"), "open sesame");
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(report->added, 1);
    QCOMPARE(report->keysStored, 1);
    QCOMPARE(await(profile.service->list()).value().front().chainPem, file("issuing.pem"));
}

void TstCertificateService::aKeyThatComesLaterJoinsItsCertificate()
{
    Profile profile;
    QVERIFY(profile.import(file("leaf.der")));
    const Result<ImportReport> report = profile.import(file("leaf-encrypted.key"), "open sesame");
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(report->keysStored, 1);
    QCOMPARE(report->known, 1);
    QVERIFY(await(profile.service->list()).value().front().keyId.isValid());
}

void TstCertificateService::aLoneKeyIsKeptForItsCertificate()
{
    Profile profile;
    QVERIFY(profile.import(file("leaf.der")));
    const Result<ImportReport> report = profile.import(file("other.key"));
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(report->keysStored, 1);
    QVERIFY(report->notes.join(u' ').contains(QLatin1String("No certificate here")));
    QCOMPARE(profile.keys(), 1);
    QVERIFY(!await(profile.service->list()).value().front().keyId.isValid());
}

void TstCertificateService::importsAFileAndNamesItAsOrigin()
{
    Profile profile;
    const Result<ImportReport> report = await(
        profile.service->importFile(testDataPath(QStringLiteral("x509/leaf.pem")), Secret(), {}));
    QVERIFY(report);
    QCOMPARE(await(profile.service->list()).value().front().origin,
             QStringLiteral("file:")
                 + QFileInfo(testDataPath(QStringLiteral("x509/leaf.pem"))).canonicalFilePath());
    const Result<ImportReport> missing =
        await(profile.service->importFile(QStringLiteral("/nowhere/leaf.pem"), Secret(), {}));
    QCOMPARE(missing.error().kind, Error::Kind::NotFound);
    QCOMPARE(missing.error().evidence.value(QLatin1String("file")).toString(),
             QStringLiteral("/nowhere/leaf.pem"));
}

void TstCertificateService::B39_aKeyOfNobodyAmongAChainStoresNothing()
{
    Profile profile;
    const Result<ImportReport> report =
        profile.import(file("leaf.pem") + file("other.key") + file("issuing.pem"));
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::BadRequest);
    QCOMPARE(profile.count(), std::size_t{0});
    QCOMPARE(profile.keys(), 0);
}

void TstCertificateService::B40_crlfMarkAndTextAroundAreImported()
{
    Profile profile;
    QByteArray pem = "\xef\xbb\xbfHere it is:\n" + file("leaf.pem") + "Bag Attributes\n"
        + file("leaf.key") + "\nregards\n";
    pem.replace("\n", "\r\n");
    const Result<ImportReport> report = profile.import(pem);
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    QCOMPARE(report->added, 1);
    QCOMPARE(report->keysStored, 1);
}

void TstCertificateService::B41_truncatedFileStoresNothing()
{
    Profile profile;
    const QByteArray both = file("leaf.pem") + file("issuing.pem");
    for (const qsizetype size : {both.size() - 40, both.size() - 10, qsizetype{600}}) {
        const Result<ImportReport> report = profile.import(both.left(size));
        QVERIFY(!report);
        QCOMPARE(report.error().kind, Error::Kind::BadRequest);
    }
    QCOMPARE(profile.count(), std::size_t{0});
}

void TstCertificateService::B42_wrongKeyIsToldAndNothingStored()
{
    Profile profile;
    const Result<ImportReport> report = profile.import(file("leaf.pem") + file("other.key"));
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::BadRequest);
    QVERIFY(report.error().detail.contains(QStringLiteral("public keys differ")));
    QCOMPARE(profile.count(), std::size_t{0});
    QCOMPARE(profile.keys(), 0);
    QCOMPARE(profile.keychain.writes, 0);
}

void TstCertificateService::B43_wrongPasswordThreeTimesLosesNothing()
{
    Profile profile;
    QVERIFY(profile.import(file("leaf.der")));
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!profile.import(file("pkcs12/aes.p12"), "wrong"));
        QVERIFY(!profile.import(file("leaf.pem") + file("leaf-encrypted.key"), "wrong"));
    }
    QCOMPARE(profile.count(), std::size_t{1});
    QCOMPARE(profile.keys(), 0);
    QVERIFY(profile.import(file("pkcs12/aes.p12"), "open sesame"));
    QCOMPARE(profile.keys(), 1);
}

void TstCertificateService::B52_tenThousandNamesAreImported()
{
    Profile profile;
    const Result<ImportReport> report = profile.import(file("odd/B52-ten-thousand-sans.der"));
    QVERIFY(report);
    QCOMPARE(await(profile.service->list()).value().front().names.size(), 10000);
}

void TstCertificateService::findsByNamePrefixAndFingerprint()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem"))->sha256.front();
    const QString old = profile.import(file("expired.pem"))->sha256.front();
    const auto found = [&profile](const QString &id) {
        const Result<CertificateRecord> record = await(profile.service->find(id));
        return record ? record->sha256 : kindName(record.error().kind);
    };
    QCOMPARE(found(leaf), leaf);
    QCOMPARE(found(leaf.left(8)), leaf);
    QCOMPARE(found(old.left(12).toUpper()), old);
    QCOMPARE(found(QString(leaf).insert(2, QLatin1Char(':'))), leaf);
    QCOMPARE(found(QStringLiteral("example.org")), leaf);
    QCOMPARE(found(QStringLiteral(" WWW.Example.org. ")), leaf);
    QCOMPARE(found(QStringLiteral("old.example.org")), old);
    QCOMPARE(found(QStringLiteral("192.0.2.1")), leaf);
    QCOMPARE(found(leaf.left(7)), QStringLiteral("BadRequest"));
    QCOMPARE(found(QStringLiteral("nobody.example.org")), QStringLiteral("NotFound"));
    QCOMPARE(found(QStringLiteral("00000000")), QStringLiteral("NotFound"));
    QCOMPARE(found(QString()), QStringLiteral("NotFound"));

    // The newer of two for one name, and what is in use before what is retired.
    const QString forged = profile.import(file("forged.pem"))->sha256.front();
    CertificateRecord record = await(profile.service->find(forged)).value();
    record.retired = true;
    QVERIFY(await(profile.store->saveCertificate(record)));
    QCOMPARE(found(QStringLiteral("www.example.org")), leaf);
}

void TstCertificateService::detailsSayWhatTheChainIsWorth()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem") + file("issuing.pem"))->sha256.front();
    const Result<CertificateDetails> details = await(profile.service->details(leaf));
    QVERIFY2(details, details ? "" : qPrintable(details.error().detail));
    QCOMPARE(details->record.sha256, leaf);
    QCOMPARE(details->leaf.sha256(), leaf);
    QCOMPARE(details->extensions.size(), std::size_t{12});
    QVERIFY(!details->chain.verified);
    QVERIFY(!details->chain.reason.isEmpty());
    QCOMPARE(details->chain.path.size(), std::size_t{2});
    QVERIFY(!await(profile.service->details(QStringLiteral("0").repeated(64))));
}

// A server that sends its certificate alone is no reason not to know who issued it.
void TstCertificateService::detailsFindIssuersInTheProfile()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem"))->sha256.front();
    QCOMPARE(await(profile.service->details(leaf))->chain.path.size(), std::size_t{1});
    QVERIFY(profile.import(file("issuing.pem")));
    QVERIFY(profile.import(file("root.pem")));
    const Result<CertificateDetails> details = await(profile.service->details(leaf));
    QVERIFY(details);
    QCOMPARE(details->chain.path.size(), std::size_t{3});
    QVERIFY(!details->chain.verified); // to be here is not to be trusted
    QVERIFY2(details->chain.reason.contains(QLatin1String("does not trust")),
             qPrintable(details->chain.reason));
    QVERIFY(!details->isOwnRoot);
}

void TstCertificateService::detailsTrustRootsOfYourOwn()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem") + file("issuing.pem"))->sha256.front();
    const QString roots = profile.folder.filePath(QStringLiteral("roots.pem"));
    QFile written(roots);
    QVERIFY(written.open(QIODevice::WriteOnly));
    written.write(file("root.pem"));
    written.close();
    // Of a CA that the person added.
    CaRecord ca;
    ca.id = QStringLiteral("own");
    ca.name = QStringLiteral("Own CA");
    ca.directoryUrl = QStringLiteral("https://ca.example/dir");
    ca.caFile = roots;
    QVERIFY(await(profile.store->saveCa(ca)));
    const Result<CertificateDetails> byCa = await(profile.service->details(leaf));
    QVERIFY(byCa);
    QVERIFY2(byCa->chain.verified, qPrintable(byCa->chain.reason));
    QVERIFY(byCa->isOwnRoot);
    QVERIFY(await(profile.store->removeCa(ca.id)));
    QVERIFY(!await(profile.service->details(leaf))->chain.verified);
    // Of a file that was named at the start; one that is not there is passed by.
    profile.service->useRootFiles({roots, roots + QStringLiteral(".none")});
    QVERIFY(await(profile.service->details(leaf))->isOwnRoot);
}

void TstCertificateService::exportsEveryFormat()
{
    Profile profile;
    const QString leaf =
        profile.import(file("leaf.pem") + file("leaf.key") + file("issuing.pem"))->sha256.front();
    const auto text = [&](ExportFormat format) {
        const Result<Secret> bytes = profile.exported(leaf, format);
        return bytes ? revealed(*bytes) : bytes.error().detail.toUtf8();
    };
    QCOMPARE(text(ExportFormat::LeafPem), file("leaf.pem"));
    QCOMPARE(text(ExportFormat::ChainPem), file("issuing.pem"));
    QCOMPARE(text(ExportFormat::FullChainPem), file("leaf.pem") + file("issuing.pem"));
    QCOMPARE(text(ExportFormat::Der), file("leaf.der"));
    QCOMPARE(text(ExportFormat::KeyPem), file("leaf.key"));
}

void TstCertificateService::exportedKeyOpensWithItsPassword()
{
    Profile profile;
    const QString leaf =
        profile.import(file("leaf.pem") + file("leaf.key") + file("issuing.pem"))->sha256.front();
    const Result<Secret> sealed = profile.exported(leaf, ExportFormat::KeyPem, "pw");
    QVERIFY(sealed);
    QVERIFY(sealed->text().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
    QVERIFY(PrivateKey::fromPem(*sealed, testSecret("pw")));
    const Result<Secret> p12 = profile.exported(leaf, ExportFormat::Pkcs12, "pw");
    QVERIFY2(p12, p12 ? "" : qPrintable(p12.error().detail));
    const Result<Pkcs12Content> content = readPkcs12(p12->bytes(), testSecret("pw"));
    QVERIFY(content);
    QCOMPARE(content->certificates.size(), std::size_t{2});
    QVERIFY(content->key);
    QCOMPARE(profile.exported(leaf, ExportFormat::Pkcs12).error().kind, Error::Kind::BadRequest);
}

void TstCertificateService::exportsFilesWithTheRightRights()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem") + file("leaf.key"))->sha256.front();
    const auto modeAfter = [&](ExportFormat format) -> unsigned {
        const QString path = profile.folder.filePath(exportFormatName(format));
        const mode_t before = ::umask(0);
        const Result<> done =
            await(profile.service->exportFile(leaf, format, testSecret("pw"), {}, path, {}));
        ::umask(before);
        struct stat facts = {};
        const bool there = ::stat(QFile::encodeName(path).constData(), &facts) == 0;
        return done && there ? facts.st_mode & 07777 : 0;
    };
    QCOMPARE(modeAfter(ExportFormat::KeyPem), 0600u);
    QCOMPARE(modeAfter(ExportFormat::Pkcs12), 0600u);
    QCOMPARE(modeAfter(ExportFormat::FullChainPem), 0644u);
    QCOMPARE(modeAfter(ExportFormat::Der), 0644u);
}

void TstCertificateService::R33_everyExportOfAKeyHasItsEntry()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem") + file("leaf.key"))->sha256.front();
    const qsizetype before = profile.entries().size();
    QVERIFY(profile.exported(leaf, ExportFormat::FullChainPem));
    QCOMPARE(profile.entries().size(), before);
    QVERIFY(profile.exported(leaf, ExportFormat::KeyPem, "pw"));
    QVERIFY(!profile.exported(leaf, ExportFormat::Pkcs12));
    const QStringList expected{QStringLiteral("key.export %1 ok").arg(leaf),
                               QStringLiteral("key.export %1 BadRequest").arg(leaf)};
    QCOMPARE(profile.entries().mid(before), expected);
}

void TstCertificateService::R33_noKeyIsOnDiskBeforeItsEntry()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem") + file("leaf.key"))->sha256.front();
    const QString path = profile.folder.filePath(QStringLiteral("out.key"));
    int asked = 0;
    profile.beforeEntry = [&] {
        ++asked;
        QVERIFY(!QFileInfo::exists(path));
    };
    QVERIFY(await(profile.service->exportFile(leaf, ExportFormat::KeyPem, Secret(), {}, path, {})));
    QCOMPARE(asked, 1);
    QVERIFY(QFileInfo::exists(path));
}

void TstCertificateService::R33_noKeyLeavesWithoutItsEntry_data()
{
    QTest::addColumn<ExportFormat>("format");
    for (const QString &name : exportFormatNames())
        QTest::newRow(qPrintable(name)) << *exportFormatFromName(name);
}

void TstCertificateService::R33_noKeyLeavesWithoutItsEntry()
{
    QFETCH(ExportFormat, format);
    Profile profile;
    const QString leaf =
        profile.import(file("leaf.pem") + file("leaf.key") + file("issuing.pem"))->sha256.front();
    profile.useAudit(refusingAudit());
    const auto bytes = profile.exported(leaf, format, "pw");
    QCOMPARE(bool(bytes), !holdsKey(format));
    if (!bytes) {
        QCOMPARE(bytes.error().kind, Error::Kind::Conflict);
        QVERIFY(!bytes.error().advice.isEmpty());
    }
    const QString path = profile.folder.filePath(QStringLiteral("out"));
    const auto written =
        await(profile.service->exportFile(leaf, format, testSecret("pw"), {}, path, {}));
    QCOMPARE(bool(written), !holdsKey(format));
    QCOMPARE(QFileInfo::exists(path), !holdsKey(format));
    const QString folder = profile.folder.path();
    const auto record = await(profile.service->find(leaf));
    QVERIFY(record);
    const auto files = serverFiles(QStringLiteral("nginx"), *record, folder);
    QVERIFY(files);
    QVERIFY(!await(profile.service->exportForServer(leaf, *files, folder, {})));
    for (const ServerFiles::Part &part : files->parts)
        QVERIFY(!QFileInfo::exists(QDir(folder).filePath(part.fileName)));
}

void TstCertificateService::R33_anImportHasItsEntries()
{
    Profile profile;
    QVERIFY(profile.import(file("leaf.pem") + file("leaf.key")));
    const auto entries = await(profile.store->audit(0, 10)).value();
    QCOMPARE(entries.size(), std::size_t{3});
    QCOMPARE(entries[0].action, QStringLiteral("vault.create"));
    QCOMPARE(entries[1].action, QStringLiteral("key.store"));
    QCOMPARE(entries[1].details.value(QLatin1String("purpose")).toString(), QStringLiteral("leaf"));
    QCOMPARE(entries[2].action, QStringLiteral("certificate.import"));
    QCOMPARE(entries[2].subject, QStringLiteral("pasted"));
    QCOMPARE(entries[2].details.value(QLatin1String("added")).toInt(), 1);
    QCOMPARE(entries[2].details.value(QLatin1String("keys")).toInt(), 1);
    // What is refused stores nothing, and nothing is told.
    QVERIFY(!profile.import("nothing of the kind"));
    QCOMPARE(await(profile.store->audit(0, 10))->size(), entries.size());
}

void TstCertificateService::R33_aKeyThatJoinsLaterHasItsEntries()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem"))->sha256.front();
    QVERIFY(profile.import(file("leaf.key")));
    const QStringList entries = profile.entries();
    QCOMPARE(entries.size(), 3);
    QVERIFY(entries[1].startsWith(QLatin1String("key.store ")));
    QCOMPARE(entries[2], QStringLiteral("certificate.import pasted ok"));
    const auto last = await(profile.store->newestAudit()).value();
    QCOMPARE(last->details.value(QLatin1String("sha256")).toString(), leaf);
}

void TstCertificateService::R33_removingTellsOfTheKeyToo()
{
    Profile profile;
    const auto report = profile.import(file("leaf.pem") + file("leaf.key"));
    QVERIFY(report);
    QCOMPARE(profile.keys(), 1);
    const qsizetype before = profile.entries().size();
    QVERIFY(await(profile.service->remove(report->sha256.front())));
    QCOMPARE(profile.keys(), 0);
    const QStringList entries = profile.entries().mid(before);
    QCOMPARE(entries.size(), 2);
    QVERIFY(entries[0].startsWith(QLatin1String("certificate.remove ")));
    QVERIFY(entries[1].startsWith(QLatin1String("key.remove ")));
}

void TstCertificateService::exportWithoutKeyOrChainSaysSo()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem"))->sha256.front();
    QCOMPARE(profile.exported(leaf, ExportFormat::KeyPem).error().kind, Error::Kind::NotFound);
    QCOMPARE(profile.exported(leaf, ExportFormat::ChainPem).error().kind, Error::Kind::NotFound);
    QCOMPARE(revealed(profile.exported(leaf, ExportFormat::FullChainPem).value()),
             file("leaf.pem"));
    QVERIFY(!profile.exported(QStringLiteral("f").repeated(64), ExportFormat::LeafPem));
}

void TstCertificateService::removesOne()
{
    Profile profile;
    const QString leaf = profile.import(file("leaf.pem"))->sha256.front();
    QVERIFY(await(profile.service->remove(leaf)));
    QCOMPARE(profile.count(), std::size_t{0});
}

void TstCertificateService::stopEndsAnImport()
{
    Profile profile;
    std::stop_source source;
    source.request_stop();
    const Result<ImportReport> report = await(profile.service->importBytes(
        testSecret(file("leaf.pem")), QStringLiteral("pasted"), Secret(), source.get_token()));
    QVERIFY(!report);
    QCOMPARE(report.error().kind, Error::Kind::Cancelled);
    QCOMPARE(profile.count(), std::size_t{0});
}

void TstCertificateService::formatNamesGoBothWays()
{
    QCOMPARE(exportFormatNames().size(), 10);
    for (const QString &name : exportFormatNames())
        QCOMPARE(exportFormatName(exportFormatFromName(name).value()), name);
    QVERIFY(!exportFormatFromName(QStringLiteral("jks")));
}

QTEST_GUILESS_MAIN(TstCertificateService)
#include "tst_certificateservice.moc"
