// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/inventory/SavedView.h"

#include <QJsonDocument>
#include <QTest>

using namespace sealbook;

class TstSavedView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesToJsonAndBack()
    {
        SavedView view;
        view.name = QStringLiteral("Soon, by zone");
        view.query = QStringLiteral("expires<30d -tag:\"test\"");
        view.sort = {{InventoryField::Urgency, false}, {InventoryField::Expires, true}};
        view.grouping = InventoryGrouping::Zone;
        view.hidesSuperseded = true;
        SavedView other;
        other.name = QStringLiteral("All");
        other.hidesExpired = other.hidesRevoked = true;
        const std::vector<SavedView> views{view, other};
        const QByteArray json = QJsonDocument(toJson(views)).toJson();
        QCOMPARE(savedViewsFromJson(QJsonDocument::fromJson(json).array()), views);
        const auto request = requestOf(view);
        QVERIFY(request);
        QCOMPARE(request->query.text(), view.query);
        QCOMPARE(request->sort, view.sort);
        QCOMPARE(request->grouping, view.grouping);
        QVERIFY(request->hidesSuperseded && !request->hidesExpired && request->hidesTrashed);
    }

    void keepsWhatItUnderstandsOfAForeignOne()
    {
        const QByteArray json = R"([7, {}, {"name": " "}, {"name": "x", "query": "color:red",
            "sort": "beauty", "group": "color", "hide": ["expired", "odd"]}])";
        const std::vector<SavedView> views =
            savedViewsFromJson(QJsonDocument::fromJson(json).array());
        QCOMPARE(views.size(), std::size_t{1});
        QCOMPARE(views[0].sort, SavedView().sort);
        QCOMPARE(views[0].grouping, InventoryGrouping::None);
        QVERIFY(views[0].hidesExpired);
        const auto request = requestOf(views[0]);
        QVERIFY(!request);
        QCOMPARE(request.error().evidence.value(QLatin1String("length")).toInt(), 5);
    }

    void readsOrders()
    {
        const auto sort = sortFromText(QStringLiteral(" -Expires, name,"));
        QVERIFY(sort);
        QCOMPARE(sortText(*sort), QStringLiteral("-expires,name"));
        const auto wrong = sortFromText(QStringLiteral("name,beauty"));
        QVERIFY(!wrong);
        QVERIFY(wrong.error().detail.contains(QStringLiteral("\"beauty\", but by name, issuer")));
    }
};

QTEST_GUILESS_MAIN(TstSavedView)
#include "tst_savedview.moc"
