// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/KubernetesName.h"

#include <QTest>

using namespace sealbook;

class TstKubernetesName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kubernetesNamesAreAllowedOnes_data();
    void kubernetesNamesAreAllowedOnes();
    void kubernetesNamesOfCertificatesStayApart();
};

void TstKubernetesName::kubernetesNamesAreAllowedOnes_data()
{
    QTest::addColumn<QString>("alias");
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"tls", "1234567890", "true", "null", "no", "1e3", "2026-11-25", "0x1f",
                             "www.example.org", "a-b.c"})
        QTest::newRow(name) << QString::fromLatin1(name) << QByteArray(name);
    for (const char *name : {"*.example.org", " my server ", "a\nkind: Pod", "***!", "---", "Tls",
                             "a_b", "a..b", ".a", "a-", "a\"b", "ä"})
        QTest::newRow(name) << QString::fromUtf8(name) << QByteArray();
    QTest::newRow("long label") << QString(64, u'a') << QByteArray();
    QTest::newRow("long") << QStringLiteral("abc.").repeated(80) + u'd' << QByteArray();
}

void TstKubernetesName::kubernetesNamesAreAllowedOnes()
{
    QFETCH(QString, alias);
    QFETCH(QByteArray, name);
    const Result<QString> checked = checkedKubernetesName(alias);
    QCOMPARE(checked ? checked->toLatin1() : QByteArray(), name);
    if (!checked)
        QVERIFY(!checked.error().advice.isEmpty());
}

void TstKubernetesName::kubernetesNamesOfCertificatesStayApart()
{
    QStringList made;
    for (const QString &name :
         {QStringLiteral("www.example.org"), QStringLiteral("*.example.org"),
          QStringLiteral("wildcard.example.org"), QStringLiteral("a_b"), QStringLiteral("a*b"),
          QStringLiteral("a b"), QStringLiteral("..."), QStringLiteral("***"), QString(),
          QString(300, u'a'), QString(301, u'a'), QStringLiteral("a.b\nkind: Pod"),
          QStringLiteral("a..b"), QStringLiteral("a.b")}) {
        made.append(kubernetesNameOf(name));
        const auto checked = checkedKubernetesName(made.last());
        QVERIFY2(checked, qPrintable(made.last()));
    }
    QCOMPARE(made.at(0), QStringLiteral("www.example.org"));
    QCOMPARE(made.at(1), QStringLiteral("wildcard.example.org"));
    QCOMPARE(made.removeDuplicates(), 0);
}

QTEST_GUILESS_MAIN(TstKubernetesName)
#include "tst_kubernetesname.moc"
