// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QObject>

class QLocalServer;

namespace sealbook {

// One window per profile (B66): the first listens on a local socket that only the same user can
// reach; a second asks it to come to the front and ends. `lock` in the terminal uses the same way.
// Owned by the application; main thread.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const QString &home, QObject *parent = nullptr);

    // True when this process is the first and now listens; never takes the place of a live one.
    [[nodiscard]] bool listen();
    // Sends one word ("raise", "lock") to the first; false when there is none.
    [[nodiscard]] bool send(const QByteArray &word);

Q_SIGNALS:
    void received(QByteArray word);

private:
    [[nodiscard]] bool isAnswered() const;

    QString m_name;
    QLocalServer *m_server = nullptr;
};

} // namespace sealbook
