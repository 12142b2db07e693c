// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0

// What the table of certificates costs at 1,000, 10,000 and 100,000 rows, in a window that is
// really painted (QT_QPA_PLATFORM=offscreen will do): until the answer to a keystroke, a sort or a
// regroup is on the screen, and for how long the GUI thread stood still at the longest meanwhile.
// Milliseconds: median and worst of several.
//     bench_table [COUNT...]
#include "core/inventory/Lineage.h"
#include "core/inventory/QueryCompletion.h"
#include "tests/support/FakeClock.h"
#include "tests/support/InventoryRows.h"
#include "ui/certificates/CertificateFlags.h"
#include "ui/certificates/CertificateModel.h"
#include "ui/certificates/CertificateView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QScrollBar>
#include <QThread>

#include <algorithm>
#include <cstdio>

using namespace sealbook;

namespace {

double residentMib()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').at(1).toDouble() / 1024;
    }
    return 0;
}

double millisecondsOf(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

class Measure
{
public:
    explicit Measure(const char *what)
        : m_what(what)
    {
    }
    ~Measure()
    {
        std::sort(m_times.begin(), m_times.end());
        if (!m_times.empty())
            std::printf("  %-34s %8.2f  worst %8.2f  longest stop %8.2f\n", m_what,
                        m_times[m_times.size() / 2], m_times.back(), m_stop);
        std::fflush(stdout);
    }
    // Does it, then lets the loop turn until `isDone`, and once more for what is painted.
    template <typename Action, typename Done>
    void run(Action action, Done isDone)
    {
        QElapsedTimer whole;
        whole.start();
        turn(action);
        while (!isDone()) {
            turn([] { QCoreApplication::processEvents(); });
            QThread::usleep(100);
        }
        turn([] { QCoreApplication::processEvents(); });
        m_times.push_back(millisecondsOf(whole));
    }

private:
    template <typename Part>
    void turn(Part part)
    {
        QElapsedTimer timer;
        timer.start();
        part();
        m_stop = std::max(m_stop, millisecondsOf(timer));
    }

    const char *m_what;
    std::vector<double> m_times;
    double m_stop = 0;
};

void benchWith(std::size_t count)
{
    std::printf("%zu rows\n", count);
    const FakeClock clock;
    const double before = residentMib();
    auto inventory =
        std::make_shared<Inventory>(Inventory::of(manyInventoryRows(count), inventoryNow()));
    const double engine = residentMib();
    CertificateModel model(clock);
    CertificateView view(&model);
    view.resize(1120, 600);
    int answers = 0;
    QObject::connect(&model, &CertificateModel::viewChanged, &view, [&answers] { ++answers; });
    const auto ask = [&](Measure &measure, const InventoryRequest &request) {
        const int known = answers;
        measure.run([&] { model.setRequest(request); },
                    [&] { return answers > known && !model.isAsking(); });
    };
    {
        Measure first("first rows on the screen");
        const int known = answers;
        first.run(
            [&] {
                view.show();
                model.setInventory(inventory);
            },
            [&] { return answers > known && !model.isAsking(); });
    }
    InventoryRequest request = model.request();
    {
        Measure typing("filter keystroke");
        const QString text = QStringLiteral("host123.zone12.com");
        for (int length = 1; length <= text.size(); ++length) {
            request.query = Query::parse(text.left(length)).value();
            ask(typing, request);
        }
        for (const char *query : {"", "tag:prod", "tag:prod expires<30d", "issuer:digicert key:rsa",
                                  "name:*.example.org", "not is:retired", ""}) {
            request.query = Query::parse(QLatin1String(query)).value();
            ask(typing, request);
        }
    }
    {
        Measure first("sort by a column, first time");
        Measure again("sort by a column, again");
        for (int round = 0; round < 4; ++round) {
            for (const InventoryField field :
                 {InventoryField::Name, InventoryField::Issuer, InventoryField::Key,
                  InventoryField::Serial, InventoryField::Owner, InventoryField::Lifetime}) {
                request.sort = {{field, round % 2 == 1}, {InventoryField::Expires, false}};
                ask(round == 0 ? first : again, request);
            }
        }
    }
    {
        Measure regroup("regroup");
        for (int round = 0; round < 3; ++round) {
            for (const InventoryGrouping grouping :
                 {InventoryGrouping::None, InventoryGrouping::Issuer, InventoryGrouping::Zone,
                  InventoryGrouping::Tag, InventoryGrouping::Place, InventoryGrouping::Urgency}) {
                request.grouping = grouping;
                ask(regroup, request);
            }
        }
    }
    {
        Measure fold("fold and unfold the largest group");
        int head = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex index = model.index(row, 0);
            if (index.data(CertificateModel::CountRole).toInt()
                > model.index(head, 0).data(CertificateModel::CountRole).toInt())
                head = row;
        }
        for (int i = 0; i < 6; ++i)
            fold.run([&] { model.setFolded(head, i % 2 == 0); }, [] { return true; });
    }
    {
        Measure scroll("scroll by a page");
        QScrollBar *bar = view.verticalScrollBar();
        for (int i = 0; i < 200; ++i)
            scroll.run([&] { bar->setValue(bar->maximum() / 200 * i); }, [] { return true; });
    }
    {
        Measure select("select all");
        for (int i = 0; i < 5; ++i) {
            view.clearSelection();
            select.run([&] { view.selectAll(); }, [] { return true; });
        }
        Measure count("count what is selected");
        for (int i = 0; i < 5; ++i)
            count.run([&] { std::ignore = view.selectedCount(); }, [] { return true; });
        Measure kept("keystroke with all selected");
        request.query = Query::parse(QStringLiteral("zone")).value();
        ask(kept, request);
        request.query = Query();
        ask(kept, request);
        view.clearSelection();
    }
    {
        Measure pane("what the pane tells of one");
        for (quint32 i = 0; i < 20; ++i)
            pane.run(
                [&] {
                    const auto index = static_cast<quint32>(i * (inventory->size() / 20));
                    std::ignore = CertificateFlags::of(*inventory, index);
                    std::ignore = Lineage::of(*inventory, index);
                },
                [] { return true; });
    }
    {
        Measure complete("completion");
        for (const char *text :
             {"i", "iss", "issuer:", "issuer:d", "tag:", "owner:m", "zone:zone1", "place:", "x"}) {
            const QString typed = QLatin1String(text);
            complete.run([&] { std::ignore = completeQuery(typed, typed.size(), *inventory); },
                         [] { return true; });
        }
    }
    {
        Measure minute("the minute's turn");
        for (int i = 0; i < 5; ++i) {
            const int known = answers;
            minute.run([&] { model.refreshTimes(); },
                       [&] { return answers > known && !model.isAsking(); });
        }
    }
    std::printf("  %-34s %8.0f MiB, table %.0f MiB more\n", "memory of rows and engine",
                engine - before, residentMib() - engine);
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    std::vector<std::size_t> counts;
    for (int i = 1; i < argc; ++i)
        counts.push_back(static_cast<std::size_t>(std::strtoul(argv[i], nullptr, 10)));
    if (counts.empty())
        counts = {1000, 10000, 100000};
    for (const std::size_t count : counts)
        benchWith(count);
    return 0;
}
