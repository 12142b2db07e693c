// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0

// What the timeline costs at 1,000, 10,000 and 100,000 certificates: making its rows (away from the
// main thread), and frames of the view at 1280 x 800 while it is scrolled and zoomed. Milliseconds;
// the worst is what a person would notice. No display is needed.
//     bench_timeline [COUNT...]
#include "tests/support/DesignLook.h"
#include "tests/support/InventoryRows.h"
#include "ui/timeline/GanttView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QScrollBar>

#include <cstdio>

using namespace sealbook;

namespace {

constexpr int frames = 200;
constexpr qint64 budgetMicroseconds = 16'000;

void frame(GanttView &view, QImage &image)
{
    view.render(&image);
}

template <typename Step>
void measure(const char *what, GanttView &view, Step step)
{
    QImage image(view.size(), QImage::Format_RGB32);
    frame(view, image); // fonts and glyphs are in their caches
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) {
        step(i);
        QElapsedTimer timer;
        timer.start();
        frame(view, image);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    const auto late = std::count_if(times.begin(), times.end(),
                                    [](double time) { return time * 1000 > budgetMicroseconds; });
    std::printf("  %-34s %7.2f  worst %7.2f  over 16 ms: %ld of %d\n", what,
                times[times.size() / 2], times.back(), static_cast<long>(late), frames);
    std::fflush(stdout);
}

void run(std::size_t count)
{
    std::printf("%zu certificates\n", count);
    TimelineSources sources;
    sources.now = QDateTime::fromMSecsSinceEpoch(inventoryNow(), QTimeZone::utc());
    sources.inventory =
        std::make_shared<const Inventory>(Inventory::of(manyInventoryRows(count), inventoryNow()));
    QElapsedTimer timer;
    timer.start();
    const auto timeline = std::make_shared<const Timeline>(*Timeline::of(sources, {}, {}));
    std::printf("  %-34s %7lld\n", "making the rows", static_cast<long long>(timer.elapsed()));
    GanttView view;
    view.resize(1120, 626);
    view.show();
    timer.restart();
    view.setTimeline(timeline);
    std::printf("  %-34s %7lld  (%d rows)\n", "handing them to the view",
                static_cast<long long>(timer.elapsed()), view.visibleRows());
    measure("scrolling through the rows", view, [&](int i) {
        QScrollBar *bar = view.verticalScrollBar();
        bar->setValue(static_cast<int>(static_cast<qint64>(bar->maximum()) * i / frames));
    });
    measure("scrolling through time", view, [&](int i) {
        QScrollBar *bar = view.horizontalScrollBar();
        bar->setValue(static_cast<int>(static_cast<qint64>(bar->maximum()) * i / frames));
    });
    view.goToToday();
    measure("zooming from year to day", view,
            [&](int i) { view.zoomTo(TimeScale::perDayOf(static_cast<double>(i) / frames)); });
    view.fitAll();
    measure("all of time", view, [&](int i) { view.verticalScrollBar()->setValue(i * 7); });
    timer.restart();
    view.setAllFolded(true);
    view.setAllFolded(false);
    std::printf("  %-34s %7lld\n", "folding and unfolding all",
                static_cast<long long>(timer.elapsed()));
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    useDesignLook(false);
    std::vector<std::size_t> counts;
    for (const QString &argument : QApplication::arguments().mid(1))
        counts.push_back(argument.toULongLong());
    if (counts.empty())
        counts = {1'000, 10'000, 100'000};
    for (const std::size_t count : counts)
        run(count);
    return 0;
}
