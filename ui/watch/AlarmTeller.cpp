// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/watch/AlarmTeller.h"

#include <algorithm>

namespace sealbook {

namespace {
constexpr std::chrono::seconds usualPause{2};
constexpr std::size_t mostLines = 3;
} // namespace

AlarmTeller::AlarmTeller(WatchService &watch, QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    setPause(usualPause);
    connect(&m_pause, &QTimer::timeout, this, &AlarmTeller::tell);
    connect(&watch, &WatchService::alarmed, this, [this](const EndpointAlarm &alarm) {
        m_alarms.push_back(alarm);
        if (!m_pause.isActive())
            m_pause.start();
    });
}

void AlarmTeller::setPause(std::chrono::milliseconds pause)
{
    m_pause.setInterval(pause);
}

void AlarmTeller::tell()
{
    std::vector<EndpointAlarm> alarms = std::exchange(m_alarms, {});
    if (alarms.empty())
        return;
    const auto isWorse = [](const EndpointAlarm &alarm) {
        return alarm.kind == EndpointAlarm::Kind::Worse;
    };
    const auto rest = std::stable_partition(alarms.begin(), alarms.end(), isWorse);
    const bool isBad = rest != alarms.begin();
    const auto worse = static_cast<int>(rest - alarms.begin());
    const auto all = static_cast<int>(alarms.size());
    const QString title =
        isBad ? tr("%n endpoints need a person", "", worse) : tr("%n endpoints changed", "", all);
    QStringList lines;
    for (std::size_t i = 0; i < std::min(alarms.size(), mostLines); ++i)
        lines.append(alarms[i].text);
    if (alarms.size() > mostLines)
        lines.append(tr("and %n more", "", static_cast<int>(alarms.size() - mostLines)));
    const QString subject = all == 1 ? alarms.front().endpoint.text() : QString();
    Q_EMIT told(title, lines.join(QLatin1Char('\n')), isBad, subject);
}

} // namespace sealbook
