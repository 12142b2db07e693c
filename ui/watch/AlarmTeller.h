// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inventory/WatchService.h"

#include <QTimer>

#include <vector>

namespace sealbook {

// Makes one message of the alarms that come within a moment: when the network is down, nobody wants
// forty. Owned by the application, which says where it is shown.
class AlarmTeller : public QObject
{
    Q_OBJECT

public:
    explicit AlarmTeller(WatchService &watch, QObject *parent = nullptr);
    void setPause(std::chrono::milliseconds pause);

Q_SIGNALS:
    // `subject` is the endpoint that the watch page opens; empty where there are several.
    void told(const QString &title, const QString &text, bool isBad, const QString &subject);

private:
    void tell();

    std::vector<EndpointAlarm> m_alarms;
    QTimer m_pause;
};

} // namespace sealbook
