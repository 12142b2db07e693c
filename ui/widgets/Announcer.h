// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace sealbook {

// Tells screen readers what changed, at most every two seconds: what comes in between is kept, and
// only the newest of it is said. Owned by what it speaks for.
class Announcer : public QObject
{
    Q_OBJECT

public:
    explicit Announcer(QWidget *speaker);
    void announce(const QString &text);
    void setInterval(std::chrono::milliseconds interval);

Q_SIGNALS:
    void announced(const QString &text);

private:
    void say(const QString &text);

    QPointer<QWidget> m_speaker;
    QTimer m_quiet;
    QString m_waiting;
};

} // namespace sealbook
