// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QTest>

#ifndef QT_TESTCASE_SOURCEDIR
#error "Qt6::Test names the folder of the test"
#endif

namespace sealbook {

// Where a file of tests/data lies; `name` is relative to that folder.
[[nodiscard]] inline QString testDataPath(const QString &name)
{
    return QStringLiteral(QT_TESTCASE_SOURCEDIR "/../../data/") + name;
}

[[nodiscard]] inline QByteArray testData(const QString &name)
{
    QFile file(testDataPath(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no test data %s", qPrintable(file.fileName()));
    return file.readAll();
}

} // namespace sealbook
