// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateService.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/StoreAudit.h"
#include "tests/support/TestData.h"
#include "tests/support/TestSecret.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace sealbook;

// What is exported, read by another program than the one that wrote it.
class TstExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void combinedFileStartsWithTheKey();
    void pkcs7HoldsLeafAndIssuers();
    void pkcs12SaysWhichCiphersItHas_data();
    void pkcs12SaysWhichCiphersItHas();
    void pkcs12TakesAnAlias();
    void kubernetesSecretHoldsBoth();
    void kubernetesNamesAreCheckedAndQuoted();
    void serverFilesHaveTheirRights();
    void otherCertificatesFilesAreNotReplaced();
    void aRenewalReplacesItsPredecessor();
    void aMissingFolderIsToldAndNothingWritten();
    void withoutTheKeyNothingIsWritten();

private:
    // The output of `openssl` with these words, fed with `input`; what it says on failure.
    static QByteArray openssl(const QStringList &words, const QByteArray &input)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral("openssl"), words);
        process.write(input);
        process.closeWriteChannel();
        return process.waitForFinished(20000) ? process.readAll() : "openssl does not end";
    }
    [[nodiscard]] QByteArray exported(ExportFormat format, const char *password = "",
                                      const QString &alias = {}) const
    {
        const auto made =
            await(m_service->exportBytes(m_leaf, format, testSecret(password), alias, {}));
        return made ? revealed(*made) : "failed: " + made.error().detail.toUtf8();
    }
    static CertificateRecord named(const QByteArray &name)
    {
        CertificateRecord record;
        if (!name.isEmpty())
            record.names = {QString::fromUtf8(name)};
        record.sha256 = QString(64, u'1');
        return record;
    }
    [[nodiscard]] CertificateRecord leaf() const { return *await(m_store->certificate(m_leaf)); }
    static QByteArray data(const char *name)
    {
        return testData(QStringLiteral("x509/") + QLatin1String(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    MemorySecretStore m_keychain;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<CertificateService> m_service;
    QString m_leaf;
};

void TstExport::init()
{
    m_service.reset();
    m_vault.reset();
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    const QString file = m_folder->filePath(QStringLiteral("profile/sealbook.db"));
    m_store = await(Store::open(file, {})).value();
    m_vault = std::make_unique<Vault>(m_keychain, *m_store, false);
    m_service = std::make_unique<CertificateService>(*m_store, *m_vault, auditInto(*m_store));
    const QByteArray bytes = data("leaf.pem") + data("leaf.key") + data("issuing.pem");
    const auto report =
        await(m_service->importBytes(testSecret(bytes), QStringLiteral("pasted"), Secret(), {}));
    QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
    m_leaf = report->sha256.front();
}

void TstExport::combinedFileStartsWithTheKey()
{
    const QByteArray file = exported(ExportFormat::CombinedPem);
    QVERIFY(file.startsWith("-----BEGIN PRIVATE KEY-----\n"));
    QVERIFY(file.endsWith(data("leaf.pem") + data("issuing.pem")));
    QCOMPARE(
        openssl({QStringLiteral("pkey"), QStringLiteral("-noout"), QStringLiteral("-check")}, file)
            .trimmed(),
        QByteArray("Key is valid"));
}

void TstExport::pkcs7HoldsLeafAndIssuers()
{
    const QByteArray said = openssl({QStringLiteral("pkcs7"), QStringLiteral("-print_certs")},
                                    exported(ExportFormat::Pkcs7));
    QCOMPARE(said.count("-----BEGIN CERTIFICATE-----"), 2);
    QVERIFY2(said.contains("CN = www.example.org") || said.contains("CN=www.example.org"), said);
}

void TstExport::pkcs12SaysWhichCiphersItHas_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("cipher");
    QTest::addColumn<QByteArray>("mac");
    QTest::newRow("modern") << static_cast<int>(ExportFormat::Pkcs12) << QByteArray("AES-256-CBC")
                            << QByteArray("MAC: sha256");
    QTest::newRow("legacy") << static_cast<int>(ExportFormat::Pkcs12Legacy)
                            << QByteArray("pbeWithSHA1And3-KeyTripleDES-CBC")
                            << QByteArray("MAC: sha1");
}

void TstExport::pkcs12SaysWhichCiphersItHas()
{
    QFETCH(int, format);
    QFETCH(QByteArray, cipher);
    QFETCH(QByteArray, mac);
    const QByteArray said =
        openssl({QStringLiteral("pkcs12"), QStringLiteral("-info"), QStringLiteral("-noout"),
                 QStringLiteral("-passin"), QStringLiteral("pass:pw")},
                exported(static_cast<ExportFormat>(format), "pw"));
    QVERIFY2(said.contains(cipher), said);
    QVERIFY2(said.contains(mac), said);
}

void TstExport::pkcs12TakesAnAlias()
{
    const QByteArray said =
        openssl({QStringLiteral("pkcs12"), QStringLiteral("-nokeys"), QStringLiteral("-clcerts"),
                 QStringLiteral("-passin"), QStringLiteral("pass:pw")},
                exported(ExportFormat::Pkcs12, "pw", QStringLiteral("tomcat")));
    QVERIFY2(said.contains("friendlyName: tomcat"), said);
}

void TstExport::kubernetesSecretHoldsBoth()
{
    QHash<QByteArray, QByteArray> values;
    for (const QByteArray &line : exported(ExportFormat::KubernetesSecret).split('\n')) {
        const qsizetype colon = line.indexOf(": ");
        if (colon > 0)
            values.insert(line.left(colon).trimmed(), line.mid(colon + 2));
    }
    QCOMPARE(values.value("kind"), QByteArray("Secret"));
    QCOMPARE(values.value("type"), QByteArray("kubernetes.io/tls"));
    QCOMPARE(values.value("name"), QByteArray("\"www.example.org\""));
    QCOMPARE(QByteArray::fromBase64(values.value("tls.crt")), exported(ExportFormat::FullChainPem));
    QCOMPARE(QByteArray::fromBase64(values.value("tls.key")), exported(ExportFormat::KeyPem));
}

void TstExport::kubernetesNamesAreCheckedAndQuoted()
{
    QVERIFY(exported(ExportFormat::KubernetesSecret, "", QStringLiteral("1e3"))
                .contains("\n  name: \"1e3\"\ndata:"));
    QVERIFY(exported(ExportFormat::KubernetesSecret, "", QStringLiteral("a\nkind: Pod"))
                .startsWith("failed: "));
}

void TstExport::serverFilesHaveTheirRights()
{
    const QString folder = m_folder->path();
    const auto files = serverFiles(QStringLiteral("nginx"), named("w"), folder);
    const auto written = await(m_service->exportForServer(m_leaf, *files, folder, {}));
    QVERIFY2(written, written ? "" : qPrintable(written.error().detail));
    struct stat facts = {};
    QCOMPARE(::stat(qPrintable(m_folder->filePath(QStringLiteral("w.key.pem"))), &facts), 0);
    QCOMPARE(facts.st_mode & 07777, 0600u);
    QCOMPARE(::stat(qPrintable(m_folder->filePath(QStringLiteral("w.fullchain.pem"))), &facts), 0);
    QCOMPARE(facts.st_mode & 0600u, 0600u);
}

void TstExport::otherCertificatesFilesAreNotReplaced()
{
    const QString folder = m_folder->path();
    for (const QString &server : serverNames()) {
        auto files = serverFiles(server, leaf(), folder);
        QVERIFY(files);
        for (const ServerFiles::Part &part : files->parts) {
            const QString path = QDir(folder).filePath(part.fileName);
            QFile there(path);
            QVERIFY(there.open(QIODevice::WriteOnly));
            there.write(data("expired.pem")); // of other names
            there.close();
            const auto refused = await(m_service->exportForServer(m_leaf, *files, folder, {}));
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, Error::Kind::Conflict);
            QVERIFY(refused.error().detail.contains(path));
            QVERIFY(there.open(QIODevice::ReadOnly));
            QCOMPARE(there.readAll(), data("expired.pem"));
            there.close();
            for (const ServerFiles::Part &other : files->parts)
                QCOMPARE(QFileInfo::exists(QDir(folder).filePath(other.fileName)),
                         other.fileName == part.fileName);
            QVERIFY(there.remove());
        }
        files->replacesOthers = true;
        QVERIFY(await(m_service->exportForServer(m_leaf, *files, folder, {})));
        for (const ServerFiles::Part &part : files->parts)
            QVERIFY(QFile::remove(QDir(folder).filePath(part.fileName)));
    }
}

void TstExport::aRenewalReplacesItsPredecessor()
{
    for (const QString &server : serverNames()) {
        const auto files = serverFiles(server, leaf(), m_folder->path());
        QVERIFY(files);
        for (int turn = 0; turn < 2; ++turn) {
            const auto written =
                await(m_service->exportForServer(m_leaf, *files, m_folder->path(), {}));
            QVERIFY2(written, written ? "" : qPrintable(written.error().detail));
        }
    }
}

void TstExport::aMissingFolderIsToldAndNothingWritten()
{
    const QString folder = m_folder->filePath(QStringLiteral("not/there"));
    const auto files = serverFiles(QStringLiteral("caddy"), named("w"), folder);
    const auto written = await(m_service->exportForServer(m_leaf, *files, folder, {}));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Error::Kind::NotFound);
    QVERIFY(written.error().detail.contains(folder));
    QVERIFY(!QFileInfo::exists(folder));
}

void TstExport::withoutTheKeyNothingIsWritten()
{
    const auto report = await(m_service->importBytes(testSecret(data("issuing.pem")),
                                                     QStringLiteral("pasted"), Secret(), {}));
    const QString keyless = report->sha256.front();
    const QString folder = m_folder->path();
    const auto files = serverFiles(QStringLiteral("nginx"), named("w"), folder);
    const auto written = await(m_service->exportForServer(keyless, *files, folder, {}));
    QVERIFY(!written);
    QVERIFY(!QFileInfo::exists(m_folder->filePath(QStringLiteral("w.fullchain.pem"))));
}

QTEST_GUILESS_MAIN(TstExport)
#include "tst_export.moc"
