// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/ExitCode.h"
#include "core/base/Result.h"
#include "core/records/BoardRow.h"
#include "core/records/CertificateRecord.h"
#include "core/records/JobRecord.h"

#include <QJsonObject>

namespace sealbook {

// What a command prints. With --json stdout holds one object a line and nothing else, the last one
// a result; messages for people go to stderr. Without it, people read stdout. Main thread.
class Output
{
public:
    explicit Output(bool json)
        : m_json(json)
    {
    }

    [[nodiscard]] bool isJson() const { return m_json; }
    // A line for people.
    void say(const QString &line);
    // A line about progress for people; always stderr.
    void note(const QString &line);
    // One row of a list: as an object, or as `line`, in one line whatever it holds.
    void item(QJsonObject object, const QString &line);
    void step(const JobStep &step);
    void board(const BoardState &board);
    // The last line. Returns the exit code.
    [[nodiscard]] ExitCode finish(const Result<QJsonObject> &result);

private:
    void print(const QJsonObject &object);

    bool m_json = false;
    std::vector<BoardRow> m_shown; // rows as last printed, so that only changes are
    QString m_headline;
};

[[nodiscard]] QJsonObject certificateJson(const CertificateRecord &certificate);
// A foreign value, so that it cannot begin a line of its own.
[[nodiscard]] QString oneLine(QString text);
[[nodiscard]] QString rfc3339(const QDateTime &time); // "" for an invalid one

} // namespace sealbook
