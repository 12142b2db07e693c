// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/issuance/CaCatalog.h"

#include <QSet>
#include <QTest>
#include <QUrl>

using namespace sealbook;

class TstCaCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyBuiltInCaIsWhole();
    void noTwoAreTheSame();
    void stagingIsMarked();
    void noneIsPractice();
    void aUrlIsACaOfItsOwn();
};

void TstCaCatalog::everyBuiltInCaIsWhole()
{
    QVERIFY(builtInCas().size() >= 2);
    for (const CaRecord &ca : builtInCas()) {
        const QByteArray id = ca.id.toLatin1();
        const QUrl url(ca.directoryUrl, QUrl::StrictMode);
        QVERIFY2(url.isValid() && url.scheme() == QLatin1String("https"), id.constData());
        QVERIFY2(!url.host().isEmpty() && url.userInfo().isEmpty(), id.constData());
        QVERIFY2(!ca.id.isEmpty() && !ca.name.isEmpty() && !ca.terms.isEmpty(), id.constData());
        QVERIFY2(!ca.caaIdentity.isEmpty(), id.constData());
        QVERIFY2(ca.builtIn && ca.caFile.isEmpty(), id.constData());
    }
}

void TstCaCatalog::noTwoAreTheSame()
{
    QSet<QString> ids;
    QSet<QString> urls;
    QSet<QString> names;
    for (const CaRecord &ca : builtInCas()) {
        QVERIFY2(!ids.contains(ca.id), qPrintable(ca.id));
        QVERIFY2(!urls.contains(ca.directoryUrl), qPrintable(ca.directoryUrl));
        QVERIFY2(!names.contains(ca.name), qPrintable(ca.name));
        ids.insert(ca.id);
        urls.insert(ca.directoryUrl);
        names.insert(ca.name);
    }
}

void TstCaCatalog::stagingIsMarked()
{
    int staging = 0;
    for (const CaRecord &ca : builtInCas()) {
        QCOMPARE(ca.isStaging, ca.id.endsWith(QLatin1String("-staging")));
        QCOMPARE(ca.isStaging, ca.name.contains(QLatin1String("staging")));
        staging += ca.isStaging ? 1 : 0;
    }
    QVERIFY(staging > 0);
}

void TstCaCatalog::noneIsPractice()
{
    for (const CaRecord &ca : builtInCas())
        QVERIFY2(!ca.isPractice && ca.id != QLatin1String("practice"), qPrintable(ca.id));
}

void TstCaCatalog::aUrlIsACaOfItsOwn()
{
    const CaRecord ca = caByUrl(QStringLiteral("https://ca.intern.example:8443/acme/directory"));
    QCOMPARE(ca.id, QStringLiteral("https://ca.intern.example:8443/acme/directory"));
    QCOMPARE(ca.directoryUrl, ca.id);
    QCOMPARE(ca.name, QStringLiteral("ca.intern.example"));
    QVERIFY(!ca.builtIn && !ca.isPractice && ca.offersWildcards);
}

QTEST_GUILESS_MAIN(TstCaCatalog)
#include "tst_cacatalog.moc"
