// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/rules/SourceText.h"

#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

namespace sealbook {

// The rules of the house that a reader cannot see at a glance, read from the sources below `root`:
// who may include whom (the table stands in core/CMakeLists.txt and ui/CMakeLists.txt), where third
// parties live, [[nodiscard]] on whatever returns Result or Task, no braces inside co_await, no
// member handed to co_return, no loop over a result that is gone by then, SPDX heads. There is no
// list of exceptions. Each violation is one line: "path:line: what".
class Rules
{
public:
    explicit Rules(QString root);

    [[nodiscard]] QStringList violations();
    [[nodiscard]] int filesRead() const { return m_filesRead; }

private:
    struct File
    {
        QString path; // below the root
        QString layer; // "core", "ui", "app", "tests"
        QString module; // "acme", "widgets"; empty for app and tests
    };

    void readTable(const QString &layer);
    void checkHead(const QString &path, const QString &text);
    void checkSource(const File &file, const QString &text);
    void checkIncludes(const File &file, const SourceText &source);
    void checkHouseInclude(const File &file, const Include &include);
    void checkForeignInclude(const File &file, const Include &include);
    void checkNodiscard(const File &file, const SourceText &source);
    void checkAwaits(const File &file, const SourceText &source);
    void checkLoops(const File &file, const SourceText &source);
    void report(const QString &path, int line, const QString &what);

    QString m_root;
    QMap<QString, QSet<QString>> m_depends; // "core/acme" -> "http", ...
    QStringList m_found;
    int m_filesRead = 0;
};

} // namespace sealbook
