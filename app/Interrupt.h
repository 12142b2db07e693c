// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <stop_token>

class QSocketNotifier;

namespace sealbook {

// Ctrl-C (SIGINT), SIGTERM and SIGHUP (the terminal was closed): the first asks what runs to stop
// and clean up, the second leaves at once with 130; what was left can be resumed. One for the
// process, made in main.
class Interrupt : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(std::stop_source stop, QObject *parent = nullptr);
    ~Interrupt() override;
    [[nodiscard]] bool wasAsked() const { return m_asked; }

Q_SIGNALS:
    void asked();

private:
    void onSignal();

    std::stop_source m_stop;
    QSocketNotifier *m_notifier = nullptr;
    bool m_asked = false;
};

} // namespace sealbook
