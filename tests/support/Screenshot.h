// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/DesignLook.h"

#include <QDir>
#include <QTest>
#include <QWidget>

namespace sealbook {

// Pictures of `widget` in light and dark, to be held against the design's, where the environment
// names a folder for them (SEALBOOK_SCREENSHOTS); nothing otherwise. 1120 x 772 is what the window
// leaves a page at 1280 x 800.
inline void takeScreenshots(QWidget &widget, const QString &name, const QSize &size = {1120, 772})
{
    const QString folder = qEnvironmentVariable("SEALBOOK_SCREENSHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    widget.resize(size);
    for (const bool dark : {true, false}) {
        useDesignLook(dark);
        QTest::qWait(50);
        const QString shade = dark ? QStringLiteral("dark") : QStringLiteral("light");
        const bool saved =
            widget.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, name, shade));
        QVERIFY2(saved, qPrintable(folder));
    }
}

} // namespace sealbook
