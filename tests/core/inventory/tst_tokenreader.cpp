// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/CertificateService.h"
#include "core/inventory/InventoryService.h"
#include "core/inventory/TokenReader.h"
#include "core/store/Store.h"
#include "core/vault/Vault.h"
#include "tests/support/Await.h"
#include "tests/support/FakeClock.h"
#include "tests/support/MemorySecretStore.h"
#include "tests/support/StoreAudit.h"
#include "tests/support/TestData.h"

#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

// Tokens by PKCS#11: SoftHSM's, which p11-kit knows as it knows one in a reader.
class TstTokenReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void certificatesOfATokenAreRowsWithItsPlace();
    void keysStayOnTheTokenAndAreNamed();
    void nothingOnTheTokenChanges();
    void oneOfSeveralTokensIsNamed();
    void aTokenThatIsNotThereIsTold();
    void whatIsNoUriIsRefused_data();
    void whatIsNoUriIsRefused();
    void aTokensNameIsReadOutOfItsUri();

private:
    static void run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        process.closeWriteChannel();
        const bool ended = process.waitForFinished();
        QVERIFY2(ended && process.exitCode() == 0,
                 qPrintable(program + u' ' + QString::fromLocal8Bit(process.readAll())));
    }
    void makeToken(const QString &name)
    {
        run(QStringLiteral("softhsm2-util"),
            {QStringLiteral("--init-token"), QStringLiteral("--free"), QStringLiteral("--label"),
             name, QStringLiteral("--pin"), QStringLiteral("1234"), QStringLiteral("--so-pin"),
             QStringLiteral("1234")});
    }
    void write(const QString &token, const QStringList &what)
    {
        run(QStringLiteral("p11tool"),
            QStringList{QStringLiteral("--batch"), QStringLiteral("--login"),
                        QStringLiteral("--set-pin"), QStringLiteral("1234"),
                        QStringLiteral("--write"), QStringLiteral("--no-mark-private")}
                + what + QStringList{QStringLiteral("pkcs11:token=") + token});
    }
    [[nodiscard]] QMap<QString, QByteArray> filesOfTokens() const
    {
        QMap<QString, QByteArray> files;
        QDirIterator walk(m_tokens.filePath(QStringLiteral("tokens")), QDir::Files,
                          QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            QFile file(walk.next());
            if (file.open(QIODevice::ReadOnly) && !file.fileName().endsWith(u".lock"))
                files.insert(file.fileName(), file.readAll());
        }
        return files;
    }
    [[nodiscard]] Result<ImportSummary> import(const char *uri)
    {
        return await(m_service->importTokens(QString::fromLatin1(uri), {}));
    }

    QTemporaryDir m_tokens;
    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MemorySecretStore> m_keychain;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<CertificateService> m_service;
    std::unique_ptr<InventoryService> m_inventory;
};

void TstTokenReader::initTestCase()
{
    QVERIFY(QDir(m_tokens.path()).mkdir(QStringLiteral("tokens")));
    QFile configuration(m_tokens.filePath(QStringLiteral("softhsm2.conf")));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write("directories.tokendir = "
                        + m_tokens.filePath(QStringLiteral("tokens")).toUtf8()
                        + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    configuration.close();
    qputenv("SOFTHSM2_CONF", configuration.fileName().toUtf8());
    makeToken(QStringLiteral("first"));
    makeToken(QStringLiteral("second one"));
    write(QStringLiteral("first"),
          {QStringLiteral("--load-certificate"), testDataPath(QStringLiteral("x509/leaf.pem")),
           QStringLiteral("--label"), QStringLiteral("web")});
    write(QStringLiteral("second%20one"),
          {QStringLiteral("--load-certificate"), testDataPath(QStringLiteral("x509/expired.pem")),
           QStringLiteral("--label"), QStringLiteral("old")});
    const QString publicKey = m_tokens.filePath(QStringLiteral("other.pub"));
    run(QStringLiteral("openssl"),
        {QStringLiteral("pkey"), QStringLiteral("-in"),
         testDataPath(QStringLiteral("x509/other.key")), QStringLiteral("-pubout"),
         QStringLiteral("-out"), publicKey});
    write(QStringLiteral("first"),
          {QStringLiteral("--load-pubkey"), publicKey, QStringLiteral("--label"),
           QStringLiteral("signing")});
}

void TstTokenReader::init()
{
    m_inventory.reset();
    m_service.reset();
    m_vault.reset();
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_keychain = std::make_unique<MemorySecretStore>();
    const QString file = m_folder->filePath(QStringLiteral("profile/sealbook.db"));
    m_store = await(Store::open(file, {})).value();
    m_vault = std::make_unique<Vault>(*m_keychain, *m_store, false);
    m_service = std::make_unique<CertificateService>(*m_store, *m_vault, auditInto(*m_store));
    m_service->useImportHelper({QStringLiteral(SEALBOOK_CONTAINER_HELPER), {}});
    m_inventory = std::make_unique<InventoryService>(*m_store, m_clock);
}

void TstTokenReader::certificatesOfATokenAreRowsWithItsPlace()
{
    const auto summary = import("pkcs11:");
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->files.size(), std::size_t{2}); // the system's trust is none of them
    QCOMPARE(summary->added, 2);
    const auto inventory = await(m_inventory->read({})).value();
    QStringList places;
    for (const InventoryRow &row : inventory->rows()) {
        QVERIFY(row.hasPlace(PlaceRecord::Kind::Token));
        places.append(row.placeList());
    }
    places.sort();
    QCOMPARE(places,
             (QStringList{QStringLiteral("token:first"), QStringLiteral("token:second one")}));
    const Query query = Query::parse(QStringLiteral("place:token")).value();
    QCOMPARE(inventory->matching(query).count(), std::size_t{2});
    QCOMPARE(import("pkcs11:")->known, 2);
}

void TstTokenReader::keysStayOnTheTokenAndAreNamed()
{
    const auto summary = import("pkcs11:token=first");
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->files.size(), std::size_t{1});
    const ImportSummary::File &file = summary->files.front();
    QCOMPARE(file.path, QStringLiteral("token:first"));
    QCOMPARE(file.closedKeys.size(), std::size_t{1});
    QCOMPARE(file.closedKeys.front().name, QStringLiteral("signing"));
    QCOMPARE(summary->keysStored, 0);
    // Until its certificate comes the key is a row of its own.
    const auto inventory = await(m_inventory->read({})).value();
    QCOMPARE(inventory->size(), std::size_t{2});
    const InventoryRow &key = inventory->row(1);
    QVERIFY(key.is(InventoryRow::IsKey) && !key.is(InventoryRow::HasKey));
    QCOMPARE(key.keyAlgorithm, QStringLiteral("EC P-256"));
    QCOMPARE(key.placeList(), QStringList{QStringLiteral("token:first")});
    const QString publicKey = key.publicKey.hex();
    QVERIFY(await(m_inventory->trash({publicKey})));
    QCOMPARE(await(m_service->removeForGood({publicKey})).value(), 1);
    QVERIFY(import("pkcs11:token=first"));
    QVERIFY(await(m_service->importPaths({testDataPath(QStringLiteral("x509/expired.pem"))},
                                         Secret(), {}, {})));
    const auto after = await(m_inventory->read({})).value();
    for (const InventoryRow &row : after->rows())
        QVERIFY(row.isCertificate()); // expired.pem has the key that signs
}

void TstTokenReader::nothingOnTheTokenChanges()
{
    const auto before = filesOfTokens();
    QVERIFY(before.size() > 4);
    QVERIFY(import("pkcs11:"));
    QCOMPARE(filesOfTokens(), before);
}

void TstTokenReader::oneOfSeveralTokensIsNamed()
{
    const auto summary = import("pkcs11:token=second%20one");
    QVERIFY2(summary, summary ? "" : qPrintable(describe(summary.error())));
    QCOMPARE(summary->added, 1);
    QCOMPARE(await(m_service->list()).value().front().origin, QStringLiteral("token:second one"));
}

void TstTokenReader::aTokenThatIsNotThereIsTold()
{
    const auto summary = import("pkcs11:token=third");
    QVERIFY(!summary);
    QCOMPARE(summary.error().kind, Error::Kind::NotFound);
    QVERIFY(summary.error().detail.contains(QLatin1String("third")));
}

void TstTokenReader::whatIsNoUriIsRefused_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::newRow("another scheme") << QByteArray("http://token");
    QTest::newRow("a half escape") << QByteArray("pkcs11:token=%2");
    QTest::newRow("nothing") << QByteArray("");
}

void TstTokenReader::whatIsNoUriIsRefused()
{
    QFETCH(QByteArray, uri);
    const auto summary = import(uri.constData());
    QVERIFY(!summary);
    QCOMPARE(summary.error().kind, Error::Kind::BadRequest);
}

void TstTokenReader::aTokensNameIsReadOutOfItsUri()
{
    QCOMPARE(tokenNameOf(QStringLiteral("pkcs11:model=x;token=My%20token;serial=1")),
             QStringLiteral("My token"));
    QCOMPARE(tokenNameOf(QStringLiteral("pkcs11:serial=1")), QString());
    QCOMPARE(tokenNameOf(QStringLiteral("pkcs11:token=a%0Ab")), QStringLiteral("a\\x0a") + u'b');
}

QTEST_GUILESS_MAIN(TstTokenReader)
#include "tst_tokenreader.moc"
