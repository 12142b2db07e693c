// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/ExportForm.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace sealbook;

class TstExportForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
    void suggestsAPlainFileName_data();
    void suggestsAPlainFileName();
};

void TstExportForm::findsWhatIsWrong_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("passwordLength");
    QTest::addColumn<bool>("agree");
    QTest::addColumn<bool>("holdsKey");
    QTest::addColumn<QList<int>>("fields");
    const int format = static_cast<int>(ExportForm::Field::Format);
    const int password = static_cast<int>(ExportForm::Field::Password);
    const int file = static_cast<int>(ExportForm::Field::File);
    const QString good = QDir::temp().filePath(QStringLiteral("out.pem"));
    const auto row = [](const char *name, ExportFormat format, const QString &file, int length,
                        bool agree, bool holdsKey, const QList<int> &fields) {
        QTest::newRow(name) << static_cast<int>(format) << file << length << agree << holdsKey
                            << fields;
    };
    row("fine", ExportFormat::FullChainPem, good, 0, true, false, {});
    row("no file", ExportFormat::Der, QString(), 0, true, false, {file});
    row("a folder", ExportFormat::Der, QDir::tempPath(), 0, true, false, {file});
    row("no such folder", ExportFormat::Der, QStringLiteral("/no/such/folder/a.der"), 0, true,
        false, {file});
    row("relative", ExportFormat::Der, QStringLiteral("a.der"), 0, true, false, {file});
    row("key not here", ExportFormat::KeyPem, good, 0, true, false, {format});
    row("key in plain", ExportFormat::KeyPem, good, 0, true, true, {});
    row("passwords differ", ExportFormat::KeyPem, good, 5, false, true, {password});
    row("PKCS#12 without", ExportFormat::Pkcs12, good, 0, true, true, {password});
    row("PKCS#12", ExportFormat::Pkcs12, good, 9, true, true, {});
    row("old PKCS#12 without", ExportFormat::Pkcs12Legacy, good, 0, true, true, {password});
    row("all in one, key not here", ExportFormat::CombinedPem, good, 0, true, false, {format});
    row("all in one", ExportFormat::CombinedPem, good, 0, true, true, {});
    row("secret, key not here", ExportFormat::KubernetesSecret, good, 0, true, false, {format});
    row("PKCS#7 needs no key", ExportFormat::Pkcs7, good, 0, true, false, {});
    row("a leftover password does not matter", ExportFormat::LeafPem, good, 9, false, true, {});
}

void TstExportForm::findsWhatIsWrong()
{
    QFETCH(int, format);
    QFETCH(QString, file);
    QFETCH(int, passwordLength);
    QFETCH(bool, agree);
    QFETCH(bool, holdsKey);
    QFETCH(QList<int>, fields);
    ExportForm form;
    form.format = static_cast<ExportFormat>(format);
    form.file = file;
    form.passwordLength = passwordLength;
    form.passwordsAgree = agree;
    form.holdsKey = holdsKey;
    QList<int> found;
    for (const ExportForm::Problem &problem : form.problems()) {
        found << static_cast<int>(problem.field);
        QVERIFY(problem.text.endsWith(QLatin1Char('.')));
    }
    QCOMPARE(found, fields);
}

void TstExportForm::suggestsAPlainFileName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("host") << QStringLiteral("www.example.com")
                          << QStringLiteral("www.example.com.fullchain.pem");
    QTest::newRow("wildcard") << QStringLiteral("*.example.com")
                              << QStringLiteral("_.example.com.fullchain.pem");
    QTest::newRow("a path in an imported name")
        << QStringLiteral("../../etc/passwd")
        << QStringLiteral("_.._etc_passwd-3754d6cb.fullchain.pem");
    QTest::newRow("only dots") << QStringLiteral("..")
                               << QStringLiteral("certificate-5ec1f7e7.fullchain.pem");
}

void TstExportForm::suggestsAPlainFileName()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    InventoryRow row;
    row.names = name.toUtf8();
    row.sha256 =
        Fingerprint::fromHex(QStringLiteral("abcdef0123456789").leftJustified(64, QLatin1Char('0')))
            .value();
    const QString suggested = ExportForm::suggestedName(row, ExportFormat::FullChainPem);
    QCOMPARE(suggested, expected);
    QVERIFY(!suggested.contains(QLatin1Char('/')));
}

QTEST_MAIN(TstExportForm)
#include "tst_export_form.moc"
