// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Announcer.h"

#include <QAccessible>

namespace sealbook {

Announcer::Announcer(QWidget *speaker)
    : QObject(speaker)
    , m_speaker(speaker)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(2000);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        if (!m_waiting.isEmpty())
            say(std::exchange(m_waiting, {}));
    });
}

void Announcer::setInterval(std::chrono::milliseconds interval)
{
    m_quiet.setInterval(interval);
}

void Announcer::announce(const QString &text)
{
    if (m_quiet.isActive()) {
        m_waiting = text;
        return;
    }
    say(text);
}

void Announcer::say(const QString &text)
{
    m_quiet.start();
    if (m_speaker) {
        m_speaker->setAccessibleName(text);
        QAccessibleEvent event(m_speaker, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
    Q_EMIT announced(text);
}

} // namespace sealbook
