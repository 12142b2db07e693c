// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateService.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/DroppedTable.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/SigningCa.h"
#include "tests/support/StoreAudit.h"
#include "tests/support/StubCertificate.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

using namespace sealbook;

// Files and folders as they lie on real machines, and the process that reads containers.
class TstImportPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void B48_threeBadOfAThousandFilesAreListed();
    void readsAFolderOfManyKinds();
    void foreignFilesOfAFolderArePassedBy();
    void aKeyBesideItsCertificateJoinsIt();
    void aLinkInACircleEnds();
    void aBundleOfThousandsIsReadAsAStream();
    void stopKeepsWhatCameBefore();
    void R33_whatABrokenImportStoredHasItsEntry();
    void tellsHowFarItIs();
    void namesBeyondAllLengthAreKeptShortAndTold();
    void B55_aRequestIsKeptAsOne();
    void storesOfOtherProgramsAreNamed();
    void pkcs7GivesItsCertificates();
    void B55_keystoresGiveTheirCertificates_data();
    void B55_keystoresGiveTheirCertificates();
    void certifysFolderIsReadWithoutAPassword();
    void aDatabaseOfNssIsRead();
    void B44_containersAreReadByAProcessOfTheirOwn();
    void theProcessThatDiesIsTold();
    void theProcessThatHangsEndsWithTheStop();
    void anAnswerOfNonsenseIsRefused_data();
    void anAnswerOfNonsenseIsRefused();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const
    {
        const QString path = m_folder->filePath(QStringLiteral("in/") + name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        return written ? path : QString();
    }
    [[nodiscard]] QString folder() const { return m_folder->filePath(QStringLiteral("in")); }
    [[nodiscard]] Result<ImportSummary> import(const QStringList &paths, const char *password = "",
                                               ProgressSink progress = {},
                                               std::stop_token stop = {})
    {
        return await(m_service->importPaths(paths, testSecret(password), std::move(progress),
                                            std::move(stop)));
    }
    [[nodiscard]] std::size_t stored() { return await(m_service->list()).value().size(); }
    static QByteArray data(const char *name)
    {
        return testData(QStringLiteral("x509/") + QLatin1String(name));
    }
    static const SigningCa &importingCa()
    {
        static const SigningCa ca("Importing CA");
        return ca;
    }
    // Certificates that differ by name only, as PEM.
    [[nodiscard]] static QByteArray many(int count, int from = 0)
    {
        static const EvpPkeyPtr key(EVP_EC_gen("P-256"));
        QByteArray all;
        for (int i = 0; i < count; ++i)
            all +=
                importingCa().leafPem(key.get(), {QStringLiteral("host%1.example").arg(from + i)});
        return all;
    }
    void useShell(const QString &script)
    {
        m_service->useImportHelper({QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script}});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    MemorySecretStore m_keychain;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<CertificateService> m_service;
};

void TstImportPaths::init()
{
    m_service.reset();
    m_vault.reset();
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    QDir().mkpath(folder());
    const QString file = m_folder->filePath(QStringLiteral("profile/sealbook.db"));
    m_store = await(Store::open(file, {})).value();
    m_vault = std::make_unique<Vault>(m_keychain, *m_store, false);
    m_service = std::make_unique<CertificateService>(*m_store, *m_vault, auditInto(*m_store));
    m_service->useImportHelper({QStringLiteral(SEALBOOK_CONTAINER_HELPER), {}});
}

void TstImportPaths::B48_threeBadOfAThousandFilesAreListed()
{
    for (int i = 0; i < 1000; ++i) {
        QByteArray pem = many(1, i);
        if (i % 400 == 7)
            pem.truncate(pem.size() / 2);
        QVERIFY(!write(QStringLiteral("%1/%2.pem").arg(i % 10).arg(i), pem).isEmpty());
    }
    const auto summary = import({folder()});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->added, 997);
    QCOMPARE(stored(), std::size_t(997));
    QStringList bad;
    for (const ImportSummary::File &each : summary->files) {
        if (each.error) {
            bad << QFileInfo(each.path).fileName();
            QVERIFY(!each.error->detail.isEmpty());
        }
    }
    bad.sort();
    QCOMPARE(bad,
             QStringList(
                 {QStringLiteral("407.pem"), QStringLiteral("7.pem"), QStringLiteral("807.pem")}));
}

void TstImportPaths::readsAFolderOfManyKinds()
{
    QVERIFY(!write(QStringLiteral("leaf.crt"), data("leaf.der")).isEmpty());
    QVERIFY(!write(QStringLiteral("deep/er/chain.pem"), data("issuing.pem")).isEmpty());
    QVERIFY(!write(QStringLiteral("expired.pem"), data("expired.pem")).isEmpty());
    const auto summary = import({folder()});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->added, 3);
    QCOMPARE(summary->files.size(), std::size_t(3));
    const auto again = import({folder()});
    QCOMPARE(again->added, 0);
    QCOMPARE(again->known, 3);
}

void TstImportPaths::foreignFilesOfAFolderArePassedBy()
{
    const QString picture = write(QStringLiteral("picture.png"), "\x89PNG\r\n\x1a\n and so on");
    QVERIFY(!write(QStringLiteral("leaf.pem"), data("leaf.pem")).isEmpty());
    const auto summary = import({folder()});
    QCOMPARE(summary->added, 1);
    QCOMPARE(std::count_if(summary->files.begin(), summary->files.end(),
                           [](const ImportSummary::File &each) { return each.isForeign; }),
             1);
    // Named by the person, it is an error that says what it is.
    const auto named = import({picture});
    QVERIFY(named->files.front().error);
    QVERIFY(named->files.front().isNamed);
}

void TstImportPaths::aKeyBesideItsCertificateJoinsIt()
{
    QVERIFY(!write(QStringLiteral("a.key"), data("leaf.key")).isEmpty());
    QVERIFY(!write(QStringLiteral("b.pem"), data("leaf.pem")).isEmpty());
    const auto summary = import({folder()});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->keysStored, 1);
    const auto list = await(m_service->list()).value();
    QCOMPARE(list.size(), std::size_t(1));
    QVERIFY(list.front().keyId.isValid());
}

void TstImportPaths::aLinkInACircleEnds()
{
    QVERIFY(!write(QStringLiteral("a/leaf.pem"), data("leaf.pem")).isEmpty());
    QVERIFY(QFile::link(folder(), folder() + QStringLiteral("/a/round")));
    const auto summary = import({folder()});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->added, 1);
    QCOMPARE(stored(), std::size_t(1));
}

void TstImportPaths::aBundleOfThousandsIsReadAsAStream()
{
    const QString bundle = write(QStringLiteral("bundle.pem"), many(3000));
    const auto summary = import({bundle});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->added, 3000);
    QCOMPARE(stored(), std::size_t(3000));
}

void TstImportPaths::stopKeepsWhatCameBefore()
{
    for (int i = 0; i < 40; ++i)
        QVERIFY(!write(QStringLiteral("%1.pem").arg(i), many(50, i * 50)).isEmpty());
    std::stop_source source;
    const ProgressSink sink = [&source](const Progress &) { source.request_stop(); };
    const auto summary = import({folder()}, "", sink, source.get_token());
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(stored(), std::size_t(summary->added));
    QVERIFY(summary->cancelled || summary->added == 2000);
}

void TstImportPaths::R33_whatABrokenImportStoredHasItsEntry()
{
    // The first file fills a batch of its own.
    QVERIFY(!write(QStringLiteral("a.pem"), many(2000)).isEmpty());
    QVERIFY(!write(QStringLiteral("b.pem"), many(1, 2000)).isEmpty());
    bool broken = false;
    const ProgressSink breaking = [&](const Progress &) {
        broken = broken || dropTable(m_store->file(), QStringLiteral("place"));
    };
    QVERIFY(!import({folder()}, "", breaking));
    QVERIFY(broken);
    const std::size_t kept = stored();
    QVERIFY(kept > 0 && kept < 2001);
    std::size_t told = 0;
    const auto entries = await(m_store->audit(0, 100)).value();
    for (const AuditEntry &entry : entries) {
        QCOMPARE(entry.action, QStringLiteral("certificate.import"));
        told += std::size_t(entry.details.value(QLatin1String("added")).toInt());
    }
    QCOMPARE(told, kept);
}

void TstImportPaths::tellsHowFarItIs()
{
    QVERIFY(!write(QStringLiteral("a.pem"), many(2)).isEmpty());
    QVERIFY(!write(QStringLiteral("b.pem"), many(2, 2)).isEmpty());
    std::vector<Progress> seen;
    const auto summary =
        import({folder()}, "", [&seen](const Progress &step) { seen.push_back(step); });
    QVERIFY(summary);
    QVERIFY(!seen.empty());
    QCOMPARE(seen.back().step, 2);
    QCOMPARE(seen.back().of, 2);
}

void TstImportPaths::namesBeyondAllLengthAreKeptShortAndTold()
{
    const QByteArray name(60'000, 'a');
    const QByteArray pem = StubCertificate::make("DNS:" + name + ".example").certificatePem;
    QVERIFY(!write(QStringLiteral("a.pem"), pem).isEmpty());
    QVERIFY(!write(QStringLiteral("stream.pem"), pem.repeated(60)).isEmpty());
    const auto summary = import({folder()});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->added, 1);
    QCOMPARE(summary->files.size(), std::size_t(2));
    for (const ImportSummary::File &each : summary->files) {
        QVERIFY(!each.error);
        QCOMPARE(each.notes.filter(QStringLiteral("only their beginning")).size(), 1);
    }
    const std::vector<CertificateRecord> records = await(m_service->list()).value();
    QCOMPARE(records.size(), std::size_t(1));
    QVERIFY(records.front().names.first().size() < 300);
    QVERIFY(records.front().der.contains(name)); // what is exported is the certificate itself
}

void TstImportPaths::B55_aRequestIsKeptAsOne()
{
    const auto summary = import({write(QStringLiteral("a.csr"), data("request.pem"))});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    const ImportSummary::File &read = summary->files.front();
    QCOMPARE(read.requests, 1);
    QVERIFY(!read.error);
    QCOMPARE(summary->requests, 1);
    QCOMPARE(stored(), std::size_t(0));
}

void TstImportPaths::storesOfOtherProgramsAreNamed()
{
    const QByteArray full = data("leaf.pem") + data("issuing.pem");
    const auto put = [this](const char *name, const QByteArray &bytes) {
        QVERIFY(!write(QLatin1String(name), bytes).isEmpty());
    };
    put("le/renewal/www.conf", "cert = x\n");
    put("le/archive/www/cert1.pem", data("leaf.pem"));
    put("le/archive/www/chain1.pem", data("issuing.pem"));
    put("le/archive/www/fullchain1.pem", full);
    QDir().mkpath(folder() + QStringLiteral("/le/live/www"));
    for (const char *part : {"cert", "chain", "fullchain"}) {
        const QString name = QLatin1String(part);
        QVERIFY(QFile::link(QStringLiteral("../../archive/www/") + name + QStringLiteral("1.pem"),
                            folder() + QStringLiteral("/le/live/www/%1.pem").arg(name)));
    }
    put("acme/a.example_ecc/a.example.conf", "Le_Domain='a.example'\n");
    put("acme/a.example_ecc/a.example.cer", data("expired.pem"));
    put("acme/a.example_ecc/fullchain.cer", data("expired.pem") + data("issuing.pem"));
    put("acme/a.example_ecc/ca.cer", data("issuing.pem"));
    const QByteArray other = many(1);
    put("lego/certificates/b.example.crt", other + importingCa().pem());
    put("lego/certificates/b.example.issuer.crt", importingCa().pem());
    put("lego/certificates/b.example.json", "{\"domain\": \"b.example\"}\n");
    const auto summary = import({folder()});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->added, 3); // the issuers are chains, and no rows
    QStringList origins;
    const std::vector<CertificateRecord> records = await(m_service->list()).value();
    for (const CertificateRecord &record : records)
        origins << QString(record.origin).remove(folder());
    origins.sort();
    QCOMPARE(origins,
             QStringList({QStringLiteral("store:acme.sh:/acme/a.example_ecc"),
                          QStringLiteral("store:certbot:/le/live/www"),
                          QStringLiteral("store:lego:/lego/certificates")}));
    // Without bundles (lego --no-bundle) the issuer stands nowhere else.
    put("lego/certificates/b.example.crt", other);
    const auto loose = import({folder() + QStringLiteral("/lego")});
    QCOMPARE(loose->added, 1);
    // Named by the person, a part is read like any other file.
    const auto part = import({folder() + QStringLiteral("/le/archive/www/chain1.pem")});
    QCOMPARE(part->added, 1);
}

void TstImportPaths::pkcs7GivesItsCertificates()
{
    std::vector<Certificate> certificates =
        certificatesFromPem(data("leaf.pem") + data("issuing.pem"), true).value();
    const QString path = write(QStringLiteral("chain.p7b"), makePkcs7(certificates).value());
    const auto summary = import({path});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QVERIFY2(!summary->files.front().error, "");
    QCOMPARE(summary->added, 1);
    QCOMPARE(await(m_service->list()).value().front().chainPem, data("issuing.pem"));
}

void TstImportPaths::B55_keystoresGiveTheirCertificates_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<int>("certificates");
    QTest::addColumn<int>("keys");
    QTest::addColumn<int>("closed");
    const auto row = [](const char *name, int certificates, int keys, int closed) {
        QTest::newRow(name) << QByteArray(name) << QByteArray("open sesame") << certificates << keys
                            << closed;
    };
    row("java.jks", 3, 1, 1);
    row("java.jceks", 2, 2, 1);
    row("bouncy.bks", 2, 1, 0);
    row("bouncy-v1.bks", 1, 1, 0);
    row("bouncy.ubr", 2, 1, 0);
    row("two-keys.p12", 2, 2, 0);
    QTest::newRow("java.jks, no password") << QByteArray("java.jks") << QByteArray() << 3 << 0 << 2;
    QTest::newRow("bouncy.bks, no password")
        << QByteArray("bouncy.bks") << QByteArray() << 2 << 0 << 1;
}

void TstImportPaths::B55_keystoresGiveTheirCertificates()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, password);
    QFETCH(int, certificates);
    QFETCH(int, keys);
    QFETCH(int, closed);
    const QByteArray store = testData(QStringLiteral("foreign/") + QString::fromLatin1(name));
    // By what it holds: the name says nothing.
    const QString path = write(QStringLiteral("store.pem"), store);
    const auto summary = import({path}, password.constData());
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    const ImportSummary::File &read = summary->files.front();
    QVERIFY2(!read.error, read.error ? qPrintable(read.error->detail) : "");
    QCOMPARE(summary->added, certificates);
    QCOMPARE(summary->keysStored, keys);
    QCOMPARE(static_cast<int>(read.closedKeys.size()), closed);
    for (const ContainerContent::ClosedKey &key : read.closedKeys)
        QVERIFY(!key.name.isEmpty() && !key.why.isEmpty());
}

// Certify The Web: one PKCS#12 file for each certificate it got, by default with an empty password.
void TstImportPaths::certifysFolderIsReadWithoutAPassword()
{
    const QString assets = QStringLiteral("ProgramData/Certify/assets");
    QVERIFY(!write(assets + QStringLiteral("/www.example.org/20261101_1a2b3c4d.pfx"),
                   data("pkcs12/B45-empty-password.p12"))
                 .isEmpty());
    const auto summary = import({folder()});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QVERIFY(!summary->files.front().error);
    QCOMPARE(summary->added, 1);
    QCOMPARE(summary->keysStored, 1);
    const CertificateRecord record = await(m_service->list()).value().front();
    QCOMPARE(record.origin, QStringLiteral("store:certify:%1/%2").arg(folder(), assets));
    QVERIFY(record.keyId.isValid());
}

void TstImportPaths::aDatabaseOfNssIsRead()
{
    QVERIFY(!write(QStringLiteral("nss/cert9.db"), testData(QStringLiteral("foreign/nss-cert9.db")))
                 .isEmpty());
    QVERIFY(!write(QStringLiteral("nss/places.sqlite"),
                   QByteArray("SQLite format 3\0", 16) + QByteArray(4080, 'x'))
                 .isEmpty());
    const auto summary = import({folder()});
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->added, 2);
    for (const ImportSummary::File &each : summary->files)
        QVERIFY2(!each.error || each.isForeign, each.error ? qPrintable(each.error->detail) : "");
    const std::vector<CertificateRecord> records = await(m_service->list()).value();
    for (const CertificateRecord &record : records)
        QCOMPARE(record.origin, QStringLiteral("store:nss:%1/nss").arg(folder()));
}

void TstImportPaths::B44_containersAreReadByAProcessOfTheirOwn()
{
    m_service->useImportHelper({});
    const QString path = write(QStringLiteral("a.p12"), data("pkcs12/aes.p12"));
    const auto summary = import({path}, "open sesame");
    QVERIFY(summary->files.front().error);
    QCOMPARE(stored(), std::size_t(0));
    m_service->useImportHelper({QStringLiteral(SEALBOOK_CONTAINER_HELPER), {}});
    const auto again = import({path}, "open sesame");
    QVERIFY2(!again->files.front().error, "");
    QVERIFY(again->added > 0);
}

void TstImportPaths::theProcessThatDiesIsTold()
{
    useShell(QStringLiteral("cat >/dev/null; kill -9 $$"));
    const QString path = write(QStringLiteral("a.p12"), data("pkcs12/aes.p12"));
    const auto summary = import({path}, "open sesame");
    const auto &error = summary->files.front().error;
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::BadRequest);
    QVERIFY2(error->detail.contains(QStringLiteral("died")), qPrintable(error->detail));
    QCOMPARE(stored(), std::size_t(0));
}

void TstImportPaths::theProcessThatHangsEndsWithTheStop()
{
    useShell(QStringLiteral("cat >/dev/null; echo $$ >'%1'; exec sleep 600")
                 .arg(m_folder->filePath(QStringLiteral("pid"))));
    const QString path = write(QStringLiteral("a.p12"), data("pkcs12/aes.p12"));
    std::stop_source source;
    const QString pidFile = m_folder->filePath(QStringLiteral("pid"));
    QTimer watch;
    watch.callOnTimeout([&source, pidFile] {
        if (QFileInfo(pidFile).size() > 0)
            source.request_stop();
    });
    watch.start(20);
    const auto summary = import({path}, "open sesame", {}, source.get_token());
    QVERIFY(!summary || summary->cancelled || summary->files.front().error);
    QFile file(pidFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString pid = QString::fromLatin1(file.readAll().trimmed());
    QTRY_VERIFY(!QFileInfo::exists(QStringLiteral("/proc/") + pid));
    QCOMPARE(stored(), std::size_t(0));
}

void TstImportPaths::anAnswerOfNonsenseIsRefused_data()
{
    QTest::addColumn<QString>("script");
    QTest::newRow("nothing") << QStringLiteral("cat >/dev/null");
    QTest::newRow("text") << QStringLiteral("cat >/dev/null; echo hello");
    QTest::newRow("many") << QStringLiteral("cat >/dev/null; printf '\\001\\377\\377\\377\\377'");
    QTest::newRow("zeros") << QStringLiteral("cat >/dev/null; head -c 100000 /dev/zero");
    QTest::newRow("its own request") << QStringLiteral("cat");
    QTest::newRow("fails") << QStringLiteral("cat >/dev/null; exit 3");
}

void TstImportPaths::anAnswerOfNonsenseIsRefused()
{
    QFETCH(QString, script);
    useShell(script);
    const QString path = write(QStringLiteral("a.p12"), data("pkcs12/aes.p12"));
    const auto summary = import({path}, "open sesame");
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QVERIFY(summary->files.front().error);
    QVERIFY(!summary->files.front().error->detail.isEmpty());
    QCOMPARE(stored(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TstImportPaths)
#include "tst_importpaths.moc"
