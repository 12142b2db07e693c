// SPDX-FileCopyrightText: 2026 Sealbook contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/inventory/RevocationService.h"

#include <QHash>
#include <QObject>

#include <stop_token>

namespace sealbook {

class RevocationSection;

// Fills the pane's section and asks when its button says so; what it asks goes on while another
// certificate is shown. Owned by the page; service and section outlive it.
class RevocationChecker : public QObject
{
    Q_OBJECT

public:
    RevocationChecker(RevocationService &service, RevocationSection &section, const Clock &clock,
                      QObject *parent = nullptr);
    ~RevocationChecker() override;
    void show(const QString &sha256, bool timesLocal);

private:
    void read();
    void check(bool allowsPrivate);

    RevocationService &m_service;
    RevocationSection &m_section;
    const Clock &m_clock;
    QString m_sha256;
    bool m_timesLocal = false;
    QHash<QString, std::stop_source> m_running;
};

} // namespace sealbook
